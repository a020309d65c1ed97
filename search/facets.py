"""Facets: by what results can be narrowed, with counts, as links that add or take away a choice."""

from collections import Counter

from django.utils.translation import gettext as _

from page_types.organisation.models import Department
from page_types.policy import PolicyPage
from page_types.publication.snapshot import snapshot
from search import answers
from search.answers import FacetValue
from search.searching import FILTERS, chosen_facets, within
from search.sources import format_label, kind_labels

#: Values of a facet that are shown; chosen ones always are.
SHOWN = 12


def facets_of(answer, scope):
    """The facets of an answer; a facet's own choice does not narrow its own counts ('or').

    `scope` is narrowed by what was chosen. At most one query, for the names of departments.
    """
    if not answer.combinations:
        return []
    facets = [
        _facet("kind", _("类型"), answer, scope, kind_labels()),
        _columns(answer, scope),
        _facet("department", _("责任处室"), answer, scope, _departments(answer)),
        _years(answer, scope),
        _facet("validity", _("有效性"), answer, scope, dict(PolicyPage.Validity.choices)),
        _formats(answer, scope),
    ]
    return [facet for facet in facets if len(facet.values) > 1 or _chosen(facet)]


def _chosen(facet):
    return any(value.chosen for value in facet.values)


def counts_of(name, answer, scope):
    """Counter of a facet's values among the results narrowed by all the other facets."""
    others = [chosen for chosen in chosen_facets(scope) if chosen[0] != name]
    counts = Counter()
    for each in answer.combinations:
        value = getattr(each, name)
        if value not in (None, "") and within(each, others):
            counts[value] += each.count
    return counts


def _facet(name, label, answer, scope, labels):
    counts, chosen = counts_of(name, answer, scope), getattr(scope, FILTERS[name][0])
    wanted = [value for value, _count in counts.most_common(SHOWN)]
    wanted += [value for value in chosen if value not in wanted and value in labels]
    values = [
        FacetValue(value, str(labels[value]), counts[value], value in chosen)
        for value in wanted
        if value in labels
    ]
    return answers.Facet(name, label, values)


def _departments(answer):
    wanted = {each.department for each in answer.combinations}
    return dict(Department.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _years(answer, scope):
    found = _facet("year", _("年份"), answer, scope, {y: y for y in range(1900, 2200)})
    found.values.sort(key=lambda value: -value.value)
    return found


def _formats(answer, scope):
    labels = {each.format: format_label(each.format) for each in answer.combinations if each.format}
    return _facet("format", _("格式"), answer, scope, labels)


def _columns(answer, scope):
    """Columns as they lie: the top ones, or those below what was chosen, each with all below it."""
    site = snapshot()
    counts = counts_of("column", answer, scope)
    chosen = _topmost(site, scope.columns)
    nodes = [child for node in chosen for child in [node, *node.children]] or site.top
    values = []
    for node in nodes:
        count = sum(counts[each.pk] for each in node.walk())
        if count or node in chosen:
            values.append(FacetValue(node.pk, node.title, count, node in chosen))
    return answers.Facet("column", _("栏目"), values)


def _topmost(site, columns):
    """The chosen columns without those that are chosen only because they lie below one."""
    nodes = [site.by_id[pk] for pk in columns if pk in site.by_id]
    return [node for node in nodes if node.parent not in nodes]
