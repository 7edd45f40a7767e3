"""6 export: the ledger and the reports of a new site -> JSON of the static interface: what each
release brought.

Reports by the moment at which readers got them, as `publish` recorded it. What the ledger does not
know yet goes live with the site that this file is part of, and so bears no moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalpress.assess import Catalogue
from evalpress.exports.interface import ROOT, interface_file
from evalpress.ledger import Edition, Ledger, ReportEntry

ADDRESS = f"{ROOT}releases.json"


def release_register(ledger: Ledger, catalogue: Catalogue) -> bytes:
    """One object for each moment (`went_live`, ISO 8601, Beijing time), newest first: the reports
    that were `new`, came as another `edition`, or were `withdrawn` then, by address; the day of a
    withdrawal is all that is known of it."""
    moments: dict[str, list[dict[str, Any]]] = {}
    for address, entry in ledger.reports.items():
        for moment, change in _recorded(address, entry):
            moments.setdefault(moment, []).append(change)
    coming = [*_coming(ledger, catalogue)]
    found = [({"went_live": m}, moments[m]) for m in sorted(moments, reverse=True)]
    every = [*([({}, coming)] if coming else []), *found]
    return interface_file(
        "releases",
        ({**head, "reports": sorted(of, key=lambda c: c["address"])} for head, of in every),
    )


def _recorded(address: str, entry: ReportEntry) -> Iterator[tuple[str, dict[str, Any]]]:
    for edition in entry.editions:
        yield edition.went_live, _brought(address, entry.title, edition)
    if taken := entry.withdrawn:
        yield taken.date, _withdrawn(address, entry.title, entry.latest.number)


def _brought(address: str, title: str, edition: Edition) -> dict[str, Any]:
    told = {
        "address": address, "title": title, "edition": edition.number,
        "change": "new" if edition.number == 1 else "edition",
        "first_published": edition.first_published, "corrected": edition.corrected,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _withdrawn(address: str, title: str, edition: int) -> dict[str, Any]:
    return {"address": address, "title": title, "edition": edition, "change": "withdrawn"}


def _coming(ledger: Ledger, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """What this site has and the ledger does not know."""
    for key, assessment in catalogue.assessments.items():
        report, known = assessment.report, ledger.reports.get(key.address)
        number = report.content.version
        if known is None or known.latest.number < number:
            change = "edition" if known else "new"
            yield {
                "address": key.address,
                "title": report.title,
                "edition": number,
                "change": change,
            }
    for key, report in catalogue.withdrawn.items():
        known = ledger.reports.get(key.address)
        if known and not known.withdrawn:
            yield _withdrawn(key.address, report.title, report.content.version)
