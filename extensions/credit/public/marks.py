"""JSON-LD of a record and of a table of records: schema.org's words for what they are."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def _written(data):
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPED))  # noqa: S308  <, > and & are escaped


def of_record(record):
    """A licence is a GovernmentPermit; a penalty a document about its party."""
    url = settings.SITE_URL + record.get_absolute_url()
    issuer = {"@type": "GovernmentOrganization", "name": record.issuer}
    party = {
        "@type": "Person" if record.is_person else "Organization",
        "name": record.shown_name,
        **({"taxID": record.credit_code} if record.credit_code else {}),
    }
    common = {"identifier": record.document_number, "url": url, "inLanguage": "zh-Hans"}
    if record.kind == "licence":
        return _written({
            "@type": "GovernmentPermit", "name": record.shown("document_name"),
            "issuedBy": issuer, "validFrom": record.valid_from.isoformat(),
            "validUntil": record.valid_to.isoformat(), "audience": party, **common,
        })  # fmt: skip
    return _written({
        "@type": "DigitalDocument", "name": record.document_number, "author": issuer,
        "about": party, "abstract": record.shown("content"),
        "dateCreated": record.decided_on.isoformat(),
        "datePublished": record.public_on.isoformat(), **common,
    })  # fmt: skip


def of_table(label, description, url, files, updated):
    """A data set with the files in which it can be had: (format's media type, path) pairs."""
    return _written({
        "@type": "Dataset", "name": str(label), "description": str(description),
        "url": settings.SITE_URL + url, "inLanguage": "zh-Hans", "isAccessibleForFree": True,
        **({"dateModified": updated.isoformat(timespec="seconds")} if updated else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media,
                "contentUrl": settings.SITE_URL + path,
            }
            for media, path in files
        ],
    })  # fmt: skip
