"""更正: the short chain for a small difference that touches no number, date, name or file.

`small.why_not_correction(old, new)` is the rule; `services` asks it at submission and again when
the text goes public.
"""

from page_types.review.correction.small import why_not_correction

__all__ = ["why_not_correction"]
