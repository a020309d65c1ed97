"""OpenAPI 3.1 of all interfaces: made from the registered data sets, so it cannot fall behind."""

from django.conf import settings
from django.utils.translation import gettext as _

from exports.columns import DATE, NUMBER, URL
from exports.datasets import public_datasets
from exports.downloads import XLSX_FOR_VISITORS
from exports.formats import FORMATS, LIMIT
from exports.public import catalogue
from exports.terms import terms
from page_types.publication.interfaces import all_interfaces
from page_types.publication.snapshot import snapshot

PATH = "/api/v1/openapi.json"
VERSION = "1.0"
#: Rows of a page: as many as asked for, at most. Pages beyond which nothing is looked for.
USUAL, MOST, LAST_PAGE = 100, 1000, 100_000
TEXT, WHOLE = {"type": "string"}, {"type": "integer", "minimum": 0}
ADDRESS = {"type": "string", "format": "uri"}


def document():
    """The whole document, as a dictionary."""
    sets, held = public_datasets(), terms()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{snapshot().name} — {_('数据开放接口')}",
            "version": VERSION,
            "description": " ".join(filter(None, (held.text, held.note))),
            "license": {"name": held.text, **({"url": held.url} if held.url else {})},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {
            catalogue.API: _operation(_("数据集目录"), "datasets", [], _ref("Catalogue")),
            **{f"{catalogue.API}{each.name}/": _dataset(each) for each in sets},
            **{f"{catalogue.PATH}{each.name}.{{format}}": _file(each) for each in sets},
            **{each.name: each.describe() for each in all_interfaces()},
            PATH: _operation(_("本接口说明"), "openapi", [], {"type": "object"}),
        },
        "components": {
            "schemas": {
                "Catalogue": _object(
                    datasets=_list(_ref("Dataset")), openapi=ADDRESS,
                    licence=_object(text=TEXT, url=TEXT, confirmed={"type": "boolean"}),
                ),
                "Dataset": _object(
                    name=TEXT, label=TEXT, description=TEXT, rows=WHOLE, downloads=WHOLE,
                    updated={"type": ["string", "null"], "format": "date-time"},
                    page=ADDRESS, url=ADDRESS,
                    files={"type": "object", "additionalProperties": ADDRESS},
                    columns=_list({"type": "object"}), filters=_list({"type": "object"}),
                ),
                "Error": {
                    **_object(error=TEXT, fields={"type": "object"}), "required": ["error"],
                },
                **{f"row_{each.name}": _row(each) for each in sets},
            },
            "responses": {
                "BadRequest": _answer(_("参数有误"), _ref("Error")),
                "NotModified": {"description": _("与 If-None-Match 所给的相同，没有变化")},
                "TooManyRequests": {
                    **_answer(_("请求过于频繁"), _ref("Error")),
                    "headers": {"Retry-After": {"schema": WHOLE, "description": _("秒")}},
                },
            },
        },
    }  # fmt: skip


def _dataset(dataset):
    page = {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}
    size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    parameters = [
        *_asked(dataset),
        _parameter("page", page, _("页码")),
        _parameter("size", size, _("每页行数")),
    ]
    link = {"type": ["string", "null"], "format": "uri"}
    schema = _object(
        dataset=TEXT, total=WHOLE, page=WHOLE, size=WHOLE, pages=WHOLE, previous=link, next=link,
        results=_list(_ref(f"row_{dataset.name}")),
    )  # fmt: skip
    item = _operation(str(dataset.label), dataset.name, parameters, schema)
    item["get"]["description"] = str(dataset.description)
    item["get"]["responses"]["400"] = {"$ref": "#/components/responses/BadRequest"}
    return item


def _file(dataset):
    """Its files; what a format cannot hold is answered by a page that names others."""
    forms = {"name": "format", "in": "path", "required": True, "description": _("文件格式")}
    forms["schema"] = {**TEXT, "enum": list(FORMATS)}
    item = _operation(
        _("%(label)s：下载文件") % {"label": dataset.label},
        f"{dataset.name}_file",
        [forms, *_asked(dataset)],
        {},
    )
    held = _("%(few)d 行以内各种格式，xlsx 至 %(many)d 行，csv、tsv、json 不限。")
    item["get"]["description"] = held % {"few": LIMIT, "many": XLSX_FOR_VISITORS}
    answers = item["get"]["responses"]
    types = {form.content_type.partition(";")[0]: {} for form in FORMATS.values()}
    answers["200"]["content"] = types
    page = {"text/html": {}}
    answers["400"] = {"description": _("参数有误，或这种格式容纳不下"), "content": page}
    answers["429"] = {"description": _("请求过于频繁"), "content": page}
    return item


def _asked(dataset):
    """Period and filters, which rows and files share."""
    day = {"type": "string", "format": "date"}
    return [
        _parameter("from", day, _("开始日期，含当日")),
        _parameter("to", day, _("结束日期，含当日")),
        *(_filter(each) for each in dataset.filters),
    ]


def _filter(asked):
    pairs = asked.pairs()
    schema = {**TEXT, "enum": [value for value, _label in pairs]} if asked.choices else TEXT
    meanings = "；".join(f"{value}：{label}" for value, label in pairs if value != label)
    return _parameter(
        asked.name, schema, f"{asked.label}（{meanings}）" if meanings else str(asked.label)
    )


def _row(dataset):
    return _object(**{column.name: _column(column) for column in dataset.columns})


def _column(column):
    schema = {"type": ["string", "null"], "title": str(column.label)}
    if column.kind == NUMBER:
        # Decimals are text, so that no reader rounds an amount.
        schema["type"] = ["number", "string", "null"]
    elif column.kind == DATE:
        schema["format"] = "date"
    elif column.kind == URL:
        schema["format"] = "uri"
    return {**schema, "description": str(column.help)} if column.help else schema


def _operation(summary, name, parameters, schema):
    return {
        "get": {
            "summary": summary,
            "operationId": name,
            "parameters": parameters,
            "responses": {
                "200": {
                    **_answer(summary, schema),
                    "headers": {"ETag": {"schema": TEXT}},
                },
                "304": {"$ref": "#/components/responses/NotModified"},
                "429": {"$ref": "#/components/responses/TooManyRequests"},
            },
        }
    }


def _answer(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameter(name, schema, description):
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items):
    return {"type": "array", "items": items}


def _object(**properties):
    return {"type": "object", "properties": properties}
