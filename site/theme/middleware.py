"""What the theme does around every view: variants by prefix, pages for one reader."""

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import translation

from theme import reading, variants
from theme.finished_html import in_variant, local, without_pictures
from theme.variants import ENGLISH, HANT, ORIGINAL


def _is_page(response):
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and not response.streaming


def _rewrite(response, change):
    response.content = change(response.content.decode(response.charset))
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))


class VariantMiddleware:
    """Takes `/hant` or `/en` off the path, and gives the finished page back in that variant.

    Only public HTML has variants. Files, feeds and the admin asked for below a prefix answer with a
    redirect to their one address. Asks the database nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        variant, path = variants.of_path(request.path_info)
        request.variant = variant
        if variant is ORIGINAL:
            return self.get_response(request)
        if not path:
            return HttpResponsePermanentRedirect(f"/{variant.prefix}/")
        query = request.META.get("QUERY_STRING", "")
        if not variants.has_variants(path):
            only = f"/{path.lstrip('/')}"  # never `//host`, which leads away
            return HttpResponseRedirect(f"{only}?{query}" if query else only)
        request.path_info = request.path = request.META["PATH_INFO"] = path
        if variant is HANT:
            request.META["QUERY_STRING"] = variants.simplified_query(query)
        language = "en" if variant is ENGLISH else translation.get_language()
        with translation.override(language):
            response = self.get_response(request)
        return self._finished(response, variant)

    def _finished(self, response, variant):
        if where := response.headers.get("Location"):
            path = local(where)
            if path is not None:
                response.headers["Location"] = variant.path(path)
        elif _is_page(response):
            _rewrite(response, lambda html: in_variant(html, variant))
            response.headers["Content-Language"] = variant.language
        return response


class ReadingMiddleware:
    """Marks pages made for one reader's preferences, and takes the pictures out of plain ones."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        chosen = reading.chosen_by(request)
        if chosen and _is_page(response) and variants.has_variants(request.path_info):
            reading.mark_as_personal(response)
            if chosen.get("view") == "plain":
                _rewrite(response, without_pictures)
        return response
