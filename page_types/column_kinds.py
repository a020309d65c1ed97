"""The kinds of column that the page modules serve. Extensions register theirs themselves."""

from django.utils.translation import gettext_lazy as _

from page_types.publication import kinds

ARTICLE = ("page_types.ArticlePage",)
POLICY = ("page_types.PolicyPage", "page_types.ArticlePage")

#: (name, label, page types, ColumnType of the government meta tag)
CORE = [
    ("home", _("首页"), (), ""),
    ("news", _("动态信息"), ARTICLE, "工作动态"),
    ("plan", _("规划"), ARTICLE, "政策文件"),
    ("personnel", _("人事信息"), ARTICLE, "信息公开目录"),
    ("policy", _("政策文件"), POLICY, "政策文件"),
    ("catalogue", _("公开目录"), POLICY, "信息公开目录"),
    ("notice", _("公告公示"), ARTICLE, "通知公告"),
    ("statistics", _("统计数据"), ARTICLE, "数据发布"),
    ("institution", _("机构职能"), ARTICLE, "机构职能"),
    ("service", _("办事服务"), ARTICLE, "办事服务"),
    ("topic", _("专题"), ARTICLE, "工作动态"),
    ("link", _("链接"), ARTICLE, "办事服务"),
]


def register_all():
    """Called once, when the app is ready."""
    for name, label, page_types, column_type in CORE:
        kinds.register(kinds.Kind(name, label, page_types, column_type=column_type))
