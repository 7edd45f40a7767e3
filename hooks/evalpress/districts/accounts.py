"""A district's files -> what its own interface (api/v1/) and its list of names tell of it.

Nothing is read from its pages, and nothing is added up that it does not say.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from evalpress.assess.punctuality import PUBLIC, Status
from evalpress.exports.correction_register import ADDRESS as CORRECTIONS
from evalpress.exports.coverage_register import ADDRESS as COVERAGE
from evalpress.exports.interface import INDEX, ROOT
from evalpress.model import Provenance
from evalpress.release.manifest import Manifest
from evalpress.search import NAMES
from evalpress.wording import word

_DUE = (*PUBLIC, Status.MISSING)


class Unread(Exception):
    """A file of the interface is not as this program knows it: its path."""


@dataclass(frozen=True)
class Account:
    """What a district tells: the `directory` of its interface, every year of every department
    (`coverage`), every public report (`reports`), its list of `names`, what it has removed from
    what was public (`removals`): address of the report and id of the correction; and its
    `corrections` and withdrawals, None where its site does not tell programs of them."""

    manifest: Manifest
    directory: Mapping[str, Any]
    coverage: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    names: dict[str, Any]
    removals: frozenset[tuple[str, str]] = frozenset()
    corrections: Sequence[dict[str, Any]] | None = None

    @property
    def site_url(self) -> str:
        """The address that the district was built for; "" where it has none."""
        return str(self.directory.get("site_url") or "")

    @property
    def day(self) -> str:
        """The day (ISO 8601) for which it was built."""
        return self.manifest.as_of[:10]

    @cached_property
    def years(self) -> list[int]:
        """The years of which it tells, newest first."""
        return sorted({int(one["year"]) for one in self.coverage}, reverse=True)

    @cached_property
    def departments(self) -> int:
        """How many departments it lists."""
        return len(self.names["departments"])

    def published(self, year: int) -> int:
        """How many overall reports of a year are public."""
        return self._count(year, *PUBLIC)

    def due(self, year: int) -> int:
        """How many of a year have to be: those that are public, those that are missing, and those
        with a deadline of which there are only others' documents."""
        partial = sum(
            one["status"] == Status.PARTIAL and "due" in one
            for one in self.coverage
            if one["year"] == year
        )
        return self._count(year, *_DUE) + int(partial)

    def _count(self, year: int, *statuses: str) -> int:
        return sum(one["year"] == year and one["status"] in statuses for one in self.coverage)

    @cached_property
    def invented(self) -> dict[str, int]:
        """How many reports are of a provenance other than real, by the word for it."""
        return dict(Counter(one["provenance"] for one in self.reports if self.is_invented(one)))

    def is_invented(self, told: Mapping[str, Any]) -> bool:
        """Whether what is told of a report is of another provenance than real."""
        return bool(told["provenance"] != word("provenances", Provenance.REAL, "word"))


# The files without which a district cannot be joined.
NEEDED = (INDEX, COVERAGE, NAMES)


def read_account(folder: Path, manifest: Manifest) -> Account:
    """What the files of a district tell. Raises Unread."""
    directory, coverage = _object(folder, INDEX), _object(folder, COVERAGE)
    try:
        if directory["version"] != 1 or coverage["version"] != 1:
            raise Unread(INDEX)
        years = [g["id"] for g in directory["groups"] if g["kind"] == "years"]
        reports = [dict(one) for year in years for one in _reports(folder, year)]
        account = Account(
            manifest, directory, [dict(one) for one in coverage["coverage"]], reports,
            _object(folder, NAMES), frozenset(_removals(folder, reports)),
            _corrections(folder) if CORRECTIONS in manifest.files else None,
        )  # fmt: skip
        _read_through(account)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise Unread(f"{INDEX}: {error}") from None
    return account


_TOLD = ("region", "department", "department_name", "short_name", "status_name")
_CORRECTED = ("change", "address", "title", "provenance", "day", "date")
_REPORTED = ("title", "address", "department_name", "kind", "provenance", "json")


def _read_through(account: Account) -> None:
    """Ask for all that is asked of an account later. Raises KeyError, TypeError or ValueError."""
    datetime.fromisoformat(account.manifest.as_of)
    for one in account.coverage:
        _ = Status(one["status"]), int(one["year"]), "".join(one[name] for name in _TOLD)
    for one in account.reports:
        _ = "".join(one[name] for name in _REPORTED)
        _ = date.fromisoformat(one.get("published") or "2000-01-01")
    for one in account.corrections or ():
        _ = "".join(one[name] for name in _CORRECTED), date.fromisoformat(one["day"])
    for group in account.directory["groups"]:
        _ = "".join((group["kind"], group["title"], group["page"], *group["files"]))
    for row in account.names["departments"]:
        _, _, _, dated, _, series = row
        _ = dated[-1][0] + "".join(one[0] for one in series)
    _ = account.years, account.departments, account.invented


def _removals(folder: Path, reports: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for report in reports:
        if int(report["version"]) > 1:
            for correction in corrections_in(folder / str(report["json"])):
                if correction.get("redacted"):
                    yield str(report["address"]), str(correction["id"])


def corrections_in(path: Path) -> list[dict[str, Any]]:
    """The corrections that a report's JSON tells. Raises OSError, ValueError, AttributeError."""
    return list(json.loads(path.read_bytes()).get("content", {}).get("corrections", []))


def _corrections(folder: Path) -> list[dict[str, Any]]:
    found = _object(folder, CORRECTIONS)
    if found["version"] != 1:
        raise Unread(CORRECTIONS)
    return [dict(one) for one in found["corrections"]]


def _reports(folder: Path, year: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _object(folder, f"{ROOT}years/{year}/reports.json")["reports"]
    return found


def _object(folder: Path, path: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / path).read_bytes())
    except (OSError, ValueError):
        raise Unread(path) from None
    if not isinstance(found, dict):
        raise Unread(path)
    return found
