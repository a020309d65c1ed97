"""What is said of public data sets, on pages and to machines alike."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext

from exports.counting import downloads
from exports.datasets import Dataset, public_dataset, public_datasets
from exports.downloads import visitors_may_have
from exports.formats import FORMATS
from exports.terms import terms
from page_types.publication.fixed_pages import FixedPage

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
    """Under which conditions the data may be used, for machines."""
    held = terms()
    return {"text": held.text, "url": held.url, "confirmed": held.confirmed}


def fixed_pages():
    """The catalogue and each data set, for site map and site search; no row is counted."""
    label = gettext("数据开放")
    yield FixedPage(PATH, label, gettext("本网站向社会开放的数据集，可按需下载，也可由程序读取。"))
    for each in public_datasets():
        yield FixedPage(
            f"{PATH}{each.name}/",
            str(each.label),
            str(each.description),
            "\n".join([label, *(f"{column.label} {column.help}" for column in each.columns)]),
            each.updated or (lambda: None),
        )


def structured(item, publisher, held):
    """schema.org's Dataset, for search engines; `held` are the Terms."""
    address = settings.SITE_URL
    data = {
        "@type": "Dataset",
        "name": str(item.dataset.label),
        "description": str(item.dataset.description or item.dataset.label),
        "url": address + item.path,
        "license": held.url or held.text,
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
