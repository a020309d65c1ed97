"""Public views: an entry and its text in, a page out. The tree of pages is never asked."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from page_types.publication import doors, fragments, kinds, lists
from page_types.publication.addresses import path_of
from page_types.publication.announcements import announcements_now, greyscale_now
from page_types.publication.meta import open_graph, structured_data, tags_for
from page_types.publication.reading import Reading, in_force
from page_types.publication.sql_guard import reading_side_only
from page_types.publication.texts import rebuild


def public(view):
    """A view that visitors reach: safe methods only, and no SQL that names the writing side."""

    @require_safe
    @wraps(view)
    def guarded(request, *args, **kwargs):
        with reading_side_only():
            return view(request, *args, **kwargs)

    return guarded


def portal_facts():
    """Facts of the site for head and footer; empty ones are left out by the templates."""
    return {
        "site_id_code": settings.PORTAL_SITE_ID_CODE,
        "icp_number": settings.PORTAL_ICP_NUMBER,
        "police_number": settings.PORTAL_POLICE_NUMBER,
        "contact": settings.PORTAL_CONTACT,
        "conac_url": settings.PORTAL_CONAC_URL,
        "url": settings.SITE_URL,
        "domain": urlsplit(settings.SITE_URL).netloc,
        "doors": doors.all_doors(),
    }


def base_context(reading, node=None, path=None):
    """What every public template gets (docs/architecture.md)."""
    entry = reading.entry
    if path is None:
        path = path_of(reading.site, entry) if entry else node.url if node else "/"
    url = settings.SITE_URL + path
    title = entry.title if entry else node.title if node else ""
    summary = entry.summary if entry else ""
    return {
        "site": reading.site,
        "portal": portal_facts(),
        "column": node,
        "breadcrumbs": node.line if node and node.path else [],
        "entry": entry,
        "text": reading.text,
        "preview": reading.preview,
        "meta": tags_for(reading.site, node, entry, reading.text),
        "canonical_url": url,
        "announcements": announcements_now(reading.site),
        "greyscale": greyscale_now(reading.site),
        "open_graph": open_graph(reading.site, url, title, summary, bool(entry and entry.slug)),
        "structured_data": structured_data(reading.site, node, url, entry, reading.text),
    }


def door(request, template, path, context=None, status=200):
    """A public page that is no entry: site map, search."""
    reading = Reading()
    return render(
        request, template, {**base_context(reading, path=path), **(context or {})}, status=status
    )


def show_entry(request, site, entry, page_number=1):
    """An entry with its stored text; column pages with their list."""
    text = rebuild(entry.text)
    if (target := text.leads_to()) and target.split("?")[0] != request.path:
        return HttpResponseRedirect(target)
    return show(request, Reading(site, entry, text), page_number)


def show(request, reading, page_number=1):
    """The page of a reading: published, or a preview made from a draft."""
    entry, text = reading.entry, reading.text
    node = reading.site.by_id[entry.column_id]
    with in_force(reading):
        path = page_url(node, page_number) if text.is_column_text else None
        context = base_context(reading, node, path)
        if not text.is_column_text:
            template = text.template
            context |= article_context(reading, entry, text)
        elif node is reading.site.home:
            if page_number != 1:
                raise Http404
            template = text.template
        else:
            kind = kinds.get(node.kind)
            template = kind.template
            context |= list_context(reading.site, node, page_number)
            if kind.context:
                context |= kind.context(reading, node, context)
        if text.is_column_text:
            context["fragments"] = fragments.render_all(reading, entry, text)
        context |= text.public_context(reading, entry)
        return render(request, template, context)


def article_context(reading, entry, text):
    """Context of articles and documents; `next` is the newer neighbour in the column's list."""
    newer, older = (None, None) if reading.preview else lists.neighbours(reading.site, entry)
    return {
        "department_name": entry.department.name,
        "next": newer,
        "previous": older,
        "files": reading.documents(),
        "related": reading.related(),
        "fragments": fragments.render_all(reading, entry, text),
    }


def list_context(site, node, page_number):
    """Context of a column's list; a page number beyond the last does not exist."""
    if node.group:
        return _group_context(site, node, page_number)
    rows, total = lists.of_column(site, node.pk, page_number)
    count = max(1, -(-total // lists.PER_PAGE))
    if page_number > count:
        raise Http404
    # Pinned lines may be older than others.
    known = page_number == 1 and rows and not rows[0].pinned
    return {
        "rows": rows,
        "total": total,
        "page_number": page_number,
        "page_count": count,
        "previous_url": page_url(node, page_number - 1) if page_number > 1 else "",
        "next_url": page_url(node, page_number + 1) if page_number < count else "",
        "last_update": lists.last_update(node, rows[0].shown_at if known else None),
        "feed_url": f"/feeds/{node.key}.xml",
    }


def _group_context(site, node, page_number):
    """A group of columns has no list of its own: it shows the newest of those below, unpaged."""
    if page_number != 1:
        raise Http404
    rows = lists.newest_below(site, node)
    return {
        "rows": rows,
        "total": len(rows),
        "page_number": 1,
        "page_count": 1,
        "previous_url": "",
        "next_url": "",
        "last_update": rows[0].shown_at if rows else None,
        "feed_url": "",
    }


def page_url(node, number):
    """Address of page `number` of a column's list; paging is in the path."""
    return node.url if number == 1 else f"{node.url}page/{number}/"


def fragment(template, context):
    """Safe HTML of a small template, for extensions."""
    return render_to_string(template, context)
