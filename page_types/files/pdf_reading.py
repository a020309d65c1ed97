"""The words of a PDF, read in a process of its own.

A PDF can keep any reader busy for ever or fill its memory; a process can be stopped. Run as a
program it knows nothing of the portal: bytes come in, one line of JSON goes out.
"""

import json
import subprocess
import sys

#: bytes of memory the reading process may take
_MEMORY = 1024 * 1024 * 1024


def read(content):
    """{"text", "problem", "pages"} of a PDF; see `reading.Reading`."""
    from page_types.files.limits import limit

    seconds = limit("PORTAL_FILE_SECONDS")
    order = [str(limit(name)) for name in ("PORTAL_FILE_PAGES", "PORTAL_FILE_TEXT")]
    try:
        done = subprocess.run(  # noqa: S603  our own program and numbers
            [sys.executable, "-I", __file__, *order, str(seconds)],
            input=content,
            capture_output=True,
            timeout=seconds * 3 + 5,  # by the clock: a busy machine gives less processor
            check=False,
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"text": "", "problem": "slow", "pages": None}
    except (OSError, ValueError):  # killed by its limits: nothing, or half a line, came out
        return {"text": "", "problem": "unreadable", "pages": None}


def _main(pages, characters, seconds):
    import resource
    import time

    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 5, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    until = time.monotonic() + seconds
    import io
    import logging

    from pypdf import PdfReader

    logging.disable()
    text, problem, count, left = [], "", None, characters
    try:
        reader = PdfReader(io.BytesIO(_opened(sys.stdin.buffer.read())))
        count = len(reader.pages)
        for number, page in enumerate(reader.pages):
            if number >= pages or left <= 0 or time.monotonic() > until:
                problem = "partial"
                break
            words = "\n".join(_words(page))
            text.append(words[:left])
            left -= len(words)
        for value in (reader.get_fields() or {}).values():
            text.append(str(value.get("/V", ""))[:1000])
    except PermissionError:
        problem = "encrypted"
    except Exception:  # noqa: BLE001  hostile: what was read so far still counts
        problem = "partial" if any(text) else "unreadable"
    whole = "\n".join(text).replace("\0", "").encode("utf-8", "ignore").decode()[:characters]
    if count and not problem and not whole.strip():
        problem = "no_text"
    json.dump({"text": whole, "problem": problem, "pages": count}, sys.stdout)


def _opened(content):
    """The bytes of a PDF that nothing locks; PermissionError where it asks for a password.

    What only forbids printing or changing is unlocked: pypdf would need one library more for that.
    """
    if b"/Encrypt" not in content:  # stands in the trailer, which is never packed
        return content
    import io

    import pikepdf

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(out, encryption=False)
    except pikepdf.PasswordError as error:
        raise PermissionError from error
    return out.getvalue()


def _words(page):
    yield page.extract_text() or ""
    for mark in page.get("/Annots", None) or ():
        words = mark.get_object().get("/Contents")
        if isinstance(words, str):
            yield words


if __name__ == "__main__":
    _main(*(int(argument) for argument in sys.argv[1:]))
