"""6 export: corrections and withdrawals -> a feed beside their page, dated by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.assess import Catalogue
from evalpress.exports.feeds.listing import Entry, Feed, feeds, moment_of
from evalpress.model import Correction, PublicReport
from evalpress.pages.superseded import (
    ADDRESS,
    Corrected,
    correction_words,
    corrections_of,
    kind_words,
)
from evalpress.wording import word


@feeds
def corrections(catalogue: Catalogue) -> Iterator[Feed]:
    """Every dated correction, and every report that was withdrawn."""
    found = [_correction(catalogue, one) for one in corrections_of(catalogue)]
    gone = filter(None, map(_withdrawal, catalogue.withdrawn.values()))
    yield Feed(ADDRESS, word("feeds", "corrections"), (*found, *gone))


def _correction(catalogue: Catalogue, one: Corrected) -> Entry:
    report, correction = one
    assert correction.date, "only dated ones are listed"
    address = report.key.address
    return Entry(
        id=f"{address}#{correction.id}",
        title=word("feeds", "corrected").format(title=report.title),
        updated=moment_of(correction.date),
        href=f"{address}#corrections",
        summary=_summary(catalogue, report, correction),
    )


def _summary(catalogue: Catalogue, report: PublicReport, correction: Correction) -> str:
    """Where, from what to what, why; never what was removed."""
    old = word("editions", "redacted") if correction.redacted else correction.old
    changed = f"{old} → {correction.new or word('page', 'absent')}" if old else correction.new
    place = correction_words(report, correction, catalogue.reference)
    parts = (place, changed, correction.reason, kind_words(correction), correction.office)
    return "；".join(filter(None, parts))


def _withdrawal(report: PublicReport) -> Entry | None:
    taken = report.content.withdrawal
    if taken is None:
        return None
    return Entry(
        id=f"{report.key.address}#withdrawn",
        title=word("feeds", "withdrawn").format(title=report.title),
        updated=moment_of(taken.date),
        href=report.key.address,
        summary=f"{taken.reason}；{taken.office}",
    )
