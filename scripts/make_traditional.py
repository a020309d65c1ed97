"""Makes `search/analysis/traditional.txt`: Han characters with a simplified form (opencc, t2s).

Run it by hand when opencc's table changes, and raise ANALYSIS_VERSION: a new index is needed.
"""

import sys
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
#: Han characters: the basic block, extension A, extensions B and beyond.
RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
#: As a single character it stays in simplified texts (乾隆), though it is also written 干.
KEPT = "乾"


def main():
    convert = opencc.OpenCC("t2s").convert
    pairs = []
    for first, last in RANGES:
        for code in range(first, last + 1):
            old = chr(code)
            new = convert(old)
            if new != old and len(new) == 1 and old not in KEPT:
                pairs.append(old + new)
    head = "# Traditional, simplified; made by scripts/make_traditional.py (opencc t2s).\n"
    target = ROOT / "search" / "analysis" / "traditional.txt"
    target.write_text(head + "\n".join(pairs) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(pairs)} characters -> {target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
