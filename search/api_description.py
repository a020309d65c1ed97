"""What `/api/v1/search/` takes and gives, for the document of all interfaces (OpenAPI 3.1)."""

from search.api import MOST, USUAL
from search.searching import DATE, FILTERS, RELEVANCE

PATH = "/api/v1/search/"
OR = "可以重复，表示“或”"
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
_RESULT = {
    "title": TEXT,
    "url": {"type": "string", "format": "uri"},
    "kind": TEXT,
    "kind_label": TEXT,
    "column": {"type": ["string", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "document_number": TEXT,
    "index_number": TEXT,
    "validity": TEXT,
    "format": TEXT,
    "summary": TEXT,
    "passage": TEXT,
    "recommended": {"type": "boolean"},
}
_ANSWER = {
    "query": TEXT,
    "total": NUMBER,
    "approximate": {"type": "boolean"},
    "relaxed": {"type": "boolean"},
    "did_you_mean": TEXT,
    "also_searched": {"type": "array", "items": TEXT},
    "page": NUMBER,
    "pages": NUMBER,
    "results": {"type": "array", "items": {"type": "object", "properties": _RESULT}},
    "facets": {"type": "object", "additionalProperties": {"type": "array"}},
}


def describe():
    """The path item."""
    return {
        "get": {
            "summary": "站内搜索",
            "operationId": "search",
            "parameters": [
                _parameter("q", TEXT, "检索词"),
                *(
                    _parameter(name, _values(kind), "可以重复，表示“或”")
                    for name, kind in _filters()
                ),
                _parameter("since", {"type": "string", "format": "date"}, "不早于"),
                _parameter("until", {"type": "string", "format": "date"}, "不晚于"),
                _parameter("sort", {"enum": [RELEVANCE, DATE], "default": RELEVANCE}, "排序"),
                _parameter("page", {"type": "integer", "minimum": 1, "default": 1}, "页码"),
                _parameter(
                    "size",
                    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
                    "每页条数",
                ),
            ],
            "responses": {
                "200": {
                    "description": "检索结果",
                    "content": {
                        "application/json": {"schema": {"type": "object", "properties": _ANSWER}}
                    },
                },
                "429": {"$ref": "#/components/responses/TooManyRequests"},
            },
        }
    }


def _filters():
    return ((name, kind) for name, (_field, kind) in FILTERS.items())


def _values(kind):
    return {"type": "array", "items": NUMBER if kind is int else TEXT}


def _parameter(name, schema, description):
    return {"name": name, "in": "query", "schema": schema, "description": description}
