"""The home page, Wagtail's site record, and the end of the page that Wagtail ships with."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from page_types.home import HomePage
from page_types.publication.models import Column
from structure.sync.records import follow, require_page


def apply(run):
    """Home page, its column and the site record."""
    plan = run.plan
    home = Column.objects.filter(key=Column.HOME).first()
    if home is None:
        _remove_welcome_page(run)
        home = _make_home(run)
    require_page(home)
    run.columns[Column.HOME] = home
    follow(
        run,
        home,
        {"chain": plan.home.chain},
        owners=[run.department(code) for code in plan.home.owners],
        named=f"{Column.HOME} {plan.home.title}",
    )
    _site_record(run, home)


def _make_home(run):
    home = HomePage(
        title=run.plan.site_name,
        slug=Column.HOME,
        live=False,
        department=run.department(run.plan.home.owners[0]),
    )
    Page.get_first_root_node().add_child(instance=home)
    run.made.add(Column.HOME)
    run.report.change("+", "新建首页", "new home page", f"{run.plan.site_name} → /")
    return Column.objects.create(
        key=Column.HOME, kind=Column.HOME, chain=run.plan.home.chain, page_id=home.pk
    )


def _remove_welcome_page(run):
    """The page of a fresh Wagtail. Its groups and its workflow go with `review`'s migrations."""
    root = Page.get_first_root_node()
    # The site record would go with its root page; `_site_record` gives it the new one.
    Site.objects.update(root_page=root)
    for page in root.get_children().filter(numchild=0):
        if page.specific_class is Page:
            run.report.change("-", "删去出厂页面", "removed stock page", page.title)
            page.delete()


def _site_record(run, home):
    """The one site of the portal. Its host name is the operator's: given once, then left alone."""
    name = run.plan.site_name
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or Column.HOME in run.made:
        site = site or Site(is_default_site=True)
        address = urlsplit(settings.SITE_URL)
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
    elif (site.root_page_id, site.site_name) == (home.page_id, name):
        return
    site.root_page_id, site.site_name = home.page_id, name
    site.save()
    run.report.change("~", "站点", "site", f"{name} {settings.SITE_URL}")
