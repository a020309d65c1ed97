"""Makes `search/analysis/traditional.txt`: Han characters with a simplified form (opencc).

Run it by hand when opencc's table changes, and raise ANALYSIS_VERSION: a new index is needed.
"""

import sys
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
#: Han characters: the basic block, extension A, extensions B and beyond.
RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
#: Characters of simplified texts too (乾隆, 什么, 著作), whatever else they are elsewhere.
KEPT = "乾么著"


def main():
    # Standard, Hong Kong's and Taiwan's forms; the first that knows a character decides.
    converters = [opencc.OpenCC(name).convert for name in ("t2s", "hk2s", "tw2s")]
    pairs = []
    for first, last in RANGES:
        for code in range(first, last + 1):
            old = chr(code)
            found = (convert(old) for convert in converters)
            new = next((each for each in found if each != old and len(each) == 1), old)
            if new != old and old not in KEPT:
                pairs.append(old + new)
    head = "# Traditional, simplified; made by scripts/make_traditional.py (opencc).\n"
    target = ROOT / "search" / "analysis" / "traditional.txt"
    target.write_text(head + "\n".join(pairs) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(pairs)} characters -> {target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
