"""What the extension says of itself to the rooms below, once, when it is ready."""

from django.utils.translation import gettext_lazy as _


def connect(every):
    """Register kind, doors, clock, search, data sets, figures, notices, sentences of the home."""
    from exports import datasets, figures
    from extensions.credit import clock, demo, desk_today, importers, office_tables, tables
    from extensions.credit.public import column
    from extensions.credit.search_source import source
    from page_types.organisation import calendar
    from page_types.publication import demo as publication_demo
    from page_types.publication import doors, kinds, scheduler
    from page_types.review import notices, today
    from search import sources

    kinds.register(
        kinds.Kind(
            "credit",
            _("信用信息双公示"),
            ("page_types.ArticlePage", "page_types.NoticePage"),
            template="ext_credit/column.html",
            column_type="信息公开目录",
            context=column.context,
            last_update=column.last_update,
        )
    )
    doors.register("/credit/", _("信用信息双公示"), position=40)
    calendar.on_calendar_change(clock.recompute_days)
    scheduler.register("credit", clock.work, every=every)
    sources.register(source)
    importers.register()
    for dataset in (*tables.datasets(), *office_tables.datasets()):
        datasets.register(dataset)
    for figure in tables.figures():
        figures.register(figure)
    today.register(desk_today.sentences)
    publication_demo.register(demo.load)
    notices.kinds.register("credit", _("信用信息双公示"))
