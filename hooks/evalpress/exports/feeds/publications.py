"""6 export: reports as they are published and corrected -> feeds of all, of each department and of
each year. A report that does not say when it was published has no place in time, and is in none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from evalpress.assess import Assessment, Catalogue
from evalpress.exports.feeds.listing import Entry, Feed, feeds, moment_of
from evalpress.model import Provenance
from evalpress.pages.frame import short_name
from evalpress.wording import word


@feeds
def reports(catalogue: Catalogue) -> Iterator[Feed]:
    """All, then departments in the order of the data, then years."""
    found = [(a, _entry(a, a.report.content.first_published)) for a in catalogue.newest_first]
    yield Feed("", word("feeds", "all"), tuple(entry for _, entry in found))
    for department in catalogue.departments:
        own = tuple(entry for a, entry in found if a.key.department == department.id)
        title = word("feeds", "department").format(short_name(department))
        yield Feed(f"{department.id}/", title, own)
    for year in catalogue.years:
        own = tuple(entry for a, entry in found if a.key.year == year)
        yield Feed(f"years/{year}/", word("feeds", "year").format(year), own)


def _entry(assessment: Assessment, published: datetime | None) -> Entry:
    assert published, "only dated ones are listed"
    report = assessment.report
    return Entry(
        id=report.key.address,
        title=report.title,
        updated=_updated(assessment, published),
        href=report.key.address,
        summary=_summary(assessment),
        published=published,
    )


def _updated(assessment: Assessment, published: datetime) -> datetime:
    """The day of the last correction, or when it was published; a day that is written without its
    month may seem to be before that, and is not."""
    dates = (correction.date for correction in assessment.report.content.corrections)
    return max([published, *(moment_of(written) for written in dates if written)])


def _summary(assessment: Assessment) -> str:
    """What it is and of whom; that it is an invented one, first; which edition, after the first."""
    report, version = assessment.report, assessment.report.content.version
    parts = [
        "" if report.provenance is Provenance.REAL
        else word("provenances", report.provenance, "word"),
        assessment.department_name, word("kinds", report.kind),
        word("feeds", "edition").format(version) if version > 1 else "",
    ]  # fmt: skip
    return "；".join(filter(None, parts))
