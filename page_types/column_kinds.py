"""The kinds of column that the page modules serve. Extensions register theirs themselves."""

from django.utils.translation import gettext_lazy as _

from page_types import catalogue, new_media, special_lists
from page_types.publication import kinds


def _types(*names):
    return tuple(f"page_types.{name}Page" for name in names)


#: name, label, page types (the first is the kind's own), ColumnType of the meta tag, more of Kind
CORE = [
    ("home", _("首页"), (), "", {}),
    ("news", _("动态信息"), _types("Article", "PictureStory"), "工作动态", {}),
    (
        "pictures", _("图片新闻"), _types("PictureStory"), "工作动态",
        {"template": "page_types/lists/pictures.html", "context": special_lists.pictures},
    ),
    ("republication", _("转载"), _types("Republication"), "工作动态", {}),
    (
        "new_media", _("政务新媒体"), _types("Micropost", "Link"), "互动交流",
        {"template": "page_types/lists/new_media.html", "context": new_media.posts},
    ),
    ("plan", _("规划"), _types("Article", "Policy"), "政策文件", {}),
    ("personnel", _("人事信息"), _types("Article", "Notice"), "信息公开目录", {}),
    (
        "policy", _("政策文件"), _types("Policy", "Article"), "政策文件",
        {"template": "page_types/lists/policies.html"},
    ),
    (
        "catalogue", _("公开目录"), _types("Policy", "Article", "Institution", "Notice"),
        "信息公开目录",
        {
            "template": "page_types/lists/catalogue.html",
            "context": catalogue.context,
            "urlconf": "page_types.catalogue",
        },
    ),
    (
        "powers", _("权责清单"), _types("ListOfPowers", "Article"), "信息公开目录",
        {"urlconf": "page_types.power_versions"},
    ),
    (
        "notice", _("公告公示"), _types("Notice", "Article"), "通知公告",
        {"template": "page_types/lists/notices.html"},
    ),
    ("statistics", _("统计数据"), _types("Statistics", "Article"), "数据发布", {}),
    (
        "institution", _("机构职能"), _types("Institution", "Article"), "机构职能",
        {"template": "page_types/lists/institutions.html", "context": special_lists.by_rank},
    ),
    (
        "leaders", _("领导信息"), _types("Leader"), "负责人信息",
        {"template": "page_types/lists/leaders.html", "context": special_lists.by_rank},
    ),
    (
        "service", _("办事服务"), _types("Service", "Link", "Article"), "办事服务",
        {"template": "page_types/lists/services.html"},
    ),
    (
        "topic", _("专题"), _types("Topic", "Article", "PictureStory"), "工作动态",
        {"template": "page_types/lists/topics.html", "context": special_lists.pictures},
    ),
    (
        "link", _("链接"), _types("Link"), "办事服务",
        {"template": "page_types/lists/links.html"},
    ),
]  # fmt: skip


def register_all():
    """Called once, when the app is ready."""
    for name, label, page_types, column_type, more in CORE:
        kinds.register(kinds.Kind(name, label, page_types, column_type=column_type, **more))
