"""The registry of publish checks under its stable name, for other rooms and for extensions.

    from page_types.review import publish_checks

    @publish_checks.register(name="olympic_names", label=_("译名"), severity="should")
    def names_as_agreed(text, page):
        yield publish_checks.Problem("body", _("译名与对照表不同"), mend=_("…"))

What checks are is told in `page_types.review.checks`.
"""

from page_types.review.checks.registry import Problem, Severity, problems_of, register

__all__ = ["Problem", "Severity", "problems_of", "register"]


def __getattr__(name):
    """Words need the models of the pages, which an extension may import before they are there."""
    if name in ("source", "words_of"):
        from page_types.review.checks import words

        return getattr(words, name)
    raise AttributeError(name)
