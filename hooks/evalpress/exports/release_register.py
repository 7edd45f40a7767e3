"""6 export: the ledger and the reports of a new site -> JSON of the static interface: what was
published on which day.

What the ledger does not know yet is published with the site that this file is part of. By the day,
because the moment at which a site goes live is not known when it is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalpress.assess import Catalogue
from evalpress.exports.interface import ROOT, interface_file
from evalpress.ledger import Ledger, ReportEntry

ADDRESS = f"{ROOT}releases.json"


def release_register(ledger: Ledger, catalogue: Catalogue, formerly: Mapping[str, str]) -> bytes:
    """One object for each `date` (ISO 8601, Beijing time), newest first: the reports that were
    `new`, came as another `edition`, or were `withdrawn` then, by address. `formerly` are the
    addresses under which the ledger knows reports of the site, by their present ones."""
    now = {old: new for new, old in formerly.items()}
    known = {now.get(address, address): entry for address, entry in ledger.reports.items()}
    titles = {key.address: one.report.title for key, one in catalogue.assessments.items()}
    days: dict[str, list[dict[str, Any]]] = {}
    for day, told in (*_recorded(known), *_coming(known, catalogue)):
        address = told["address"]
        title = titles.get(address) or told["title"]
        days.setdefault(day, []).append(told | {"title": title})
    return interface_file(
        "releases",
        ({"date": day, "reports": sorted(days[day], key=_place)} for day in sorted(days)[::-1]),
    )


def _place(told: dict[str, Any]) -> tuple[str, int, str]:
    return told["address"], told["edition"], told["change"]


def _recorded(known: Mapping[str, ReportEntry]) -> Iterator[tuple[str, dict[str, Any]]]:
    for address, entry in known.items():
        for edition in entry.editions:
            change = "new" if edition.number == 1 else "edition"
            yield edition.went_live[:10], _told(address, entry.title, edition.number, change)
        if taken := entry.withdrawn:
            yield taken.date, _told(address, entry.title, entry.latest.number, "withdrawn")


def _coming(
    known: Mapping[str, ReportEntry], catalogue: Catalogue
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What this site has and the ledger does not know."""
    today = f"{catalogue.as_of:%Y-%m-%d}" if catalogue.as_of else ""
    for key, assessment in catalogue.assessments.items():
        report, entry = assessment.report, known.get(key.address)
        number = report.content.version
        if entry is None or entry.latest.number < number:
            change = "new" if number == 1 else "edition"
            yield today, _told(key.address, report.title, number, change)
    for key, report in catalogue.withdrawn.items():
        entry, taken = known.get(key.address), report.content.withdrawal
        if entry and not entry.withdrawn and taken:
            yield str(taken.date), _told(key.address, entry.title, entry.latest.number, "withdrawn")


def _told(address: str, title: str, edition: int, change: str) -> dict[str, Any]:
    return {"address": address, "title": title, "edition": edition, "change": change}
