"""What is said of public data sets, on pages and to machines alike."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timezone import is_aware, localtime

from exports.counting import downloads
from exports.datasets import Dataset, public_dataset, public_datasets
from exports.downloads import visitors_may_have
from exports.formats import FORMATS

PATH, API = "/open-data/", "/api/v1/datasets/"


@dataclass(frozen=True)
class Shown:
    """A public data set with its facts of this moment."""

    dataset: Dataset
    rows: int
    updated: datetime | None
    downloads: int

    @property
    def path(self):
        """Its page."""
        return f"{PATH}{self.dataset.name}/"

    @property
    def api(self):
        """Its address for machines."""
        return f"{API}{self.dataset.name}/"

    @property
    def files(self):
        """(format, address) of the whole; formats that cannot hold it are left out."""
        return [
            (form, f"{PATH}{self.dataset.name}.{form.name}")
            for form in FORMATS.values()
            if visitors_may_have(form, self.rows)
        ]


def shown(dataset, counts=None):
    """The facts of a data set; `counts` (data set -> downloads), where they are known already."""
    counts = downloads() if counts is None else counts
    updated = dataset.updated() if dataset.updated else None
    if isinstance(updated, datetime) and is_aware(updated):
        updated = localtime(updated)
    return Shown(dataset, dataset.counted(), updated, counts.get(dataset.name, 0))


def all_shown():
    """Every public data set with its facts."""
    counts = downloads()
    return [shown(each, counts) for each in public_datasets()]


def one_shown(name):
    """One of them; None where there is none."""
    found = public_dataset(name)
    return found and shown(found)


def licence():
    """Under which conditions the data may be used."""
    text, url = settings.PORTAL_OPEN_DATA_LICENCE, settings.PORTAL_OPEN_DATA_LICENCE_URL
    return {"text": text, "url": url}


def structured(item, publisher):
    """schema.org's Dataset, for search engines."""
    address = settings.SITE_URL
    data = {
        "@type": "Dataset",
        "name": str(item.dataset.label),
        "description": str(item.dataset.description or item.dataset.label),
        "url": address + item.path,
        "license": settings.PORTAL_OPEN_DATA_LICENCE_URL or settings.PORTAL_OPEN_DATA_LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": publisher, "url": f"{address}/"},
        "variableMeasured": [str(column.label) for column in item.dataset.columns],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.content_type.partition(";")[0],
                "contentUrl": address + path,
            }
            for form, path in item.files
        ],
    }
    return {**data, "dateModified": item.updated.isoformat()} if item.updated else data
