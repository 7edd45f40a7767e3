"""6 export: what was corrected or withdrawn since it was public -> JSON of the static interface.

The same as the page of corrections, for programs; never what was removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalpress.assess import Catalogue
from evalpress.exports.feeds.listing import moment_of
from evalpress.exports.interface import ROOT, interface_file
from evalpress.model import PublicReport
from evalpress.pages.superseded import Corrected, correction_words, corrections_of, kind_words
from evalpress.wording import word

ADDRESS = f"{ROOT}corrections.json"


def correction_register(catalogue: Catalogue) -> bytes:
    """One object for each dated correction, and one for each report that was withdrawn (`change`):
    the newest `day` (ISO 8601) first; `date` is what the report says, which need not be whole."""
    found = [_correction(catalogue, one) for one in corrections_of(catalogue)]
    found += [told for report in catalogue.withdrawn.values() for told in _withdrawal(report)]
    given = ({key: value for key, value in one.items() if value} for one in found)
    return interface_file(
        "corrections", sorted(given, key=lambda one: str(one["day"]), reverse=True)
    )


def _correction(catalogue: Catalogue, one: Corrected) -> dict[str, Any]:
    report, correction = one
    assert correction.date, "only dated ones are listed"
    old = word("editions", "redacted") if correction.redacted else correction.old
    return {
        "change": "correction", "id": correction.id, **_of_report(report),
        "day": f"{moment_of(correction.date):%Y-%m-%d}", "date": str(correction.date),
        "about": correction_words(report, correction, catalogue.reference), "old": old,
        "new": correction.new, "nature": kind_words(correction), "redacted": correction.redacted,
        "reason": correction.reason, "note": correction.note, "office": correction.office,
    }  # fmt: skip


def _withdrawal(report: PublicReport) -> Iterator[dict[str, Any]]:
    if taken := report.content.withdrawal:
        day = str(taken.date)
        yield {
            "change": "withdrawal", **_of_report(report), "day": day, "date": day,
            "reason": taken.reason, "office": taken.office,
        }  # fmt: skip


def _of_report(report: PublicReport) -> dict[str, str]:
    return {
        "address": report.key.address, "title": report.title,
        "provenance": word("provenances", report.provenance, "word"),
    }  # fmt: skip
