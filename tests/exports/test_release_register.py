"""What each release brought, for programs: what the ledger recorded, and what goes live now."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalpress.assess import assess
from evalpress.exports.release_register import release_register
from evalpress.ledger import Edition, Ledger, ReportEntry, Withdrawn
from samples import NOW, public, reference

FIRST, SECOND = "2026-01-05T09:00:00+08:00", "2026-03-01T09:00:00+08:00"


def edition(number: int, moment: str) -> Edition:
    return Edition(number=number, state="published", went_live=moment)


def entry(*editions: Edition, withdrawn: Withdrawn | None = None) -> ReportEntry:
    return ReportEntry(title="旧题", editions=editions, withdrawn=withdrawn)


def register(
    ledger: dict[str, ReportEntry], version: int = 1, formerly: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    catalogue = assess([public(f"title: 标题\nversion: {version}")], reference(), NOW)
    found = json.loads(release_register(Ledger(ledger), catalogue, formerly or {}))
    assert found["version"] == 1
    return list(found["releases"])


def told(release: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(one["address"], one["edition"], one["change"]) for one in release["reports"]]


def test_days_are_told_newest_first() -> None:
    own = entry(edition(1, FIRST), edition(2, SECOND))
    found = register({"education/2025/": own, "culture/2025/": entry(edition(1, FIRST))}, 2)
    assert [release["date"] for release in found] == [SECOND[:10], FIRST[:10]]
    assert told(found[0]) == [("education/2025/", 2, "edition")]
    assert told(found[1]) == [("culture/2025/", 1, "new"), ("education/2025/", 1, "new")]
    assert [one["title"] for one in found[1]["reports"]] == ["旧题", "标题"]


@pytest.mark.parametrize(("before", "version", "change"), [((), 1, "new"), ((1,), 2, "edition")])
def test_what_is_published_now_is_told_as_the_ledger_will(
    before: tuple[int, ...], version: int, change: str
) -> None:
    """Else a site that has just been published would not be the same when it is built again."""
    others = {"culture/2025/": entry(edition(1, FIRST))}
    own = [edition(number, FIRST) for number in before]
    coming = register(others | ({"education/2025/": entry(*own)} if own else {}), version)
    now = edition(version, f"{NOW:%Y-%m-%d}T23:59:59+08:00")
    assert coming == register(others | {"education/2025/": entry(*own, now)}, version)
    assert (f"{NOW:%Y-%m-%d}", "education/2025/", version, change) in [
        (release["date"], *one) for release in coming for one in told(release)
    ]


def test_a_report_that_moved_is_no_new_one() -> None:
    known = entry(edition(1, FIRST))
    moved = register({"old/2025/": known}, formerly={"education/2025/": "old/2025/"})
    assert moved == register({"education/2025/": known})


def test_a_withdrawal_is_told_by_its_day() -> None:
    taken = Withdrawn(date="2026-02-03", reason="数据有误")
    gone = {"culture/2025/": entry(edition(1, FIRST), withdrawn=taken)}
    found = {release["date"]: told(release) for release in register(gone)}
    assert found["2026-02-03"] == [("culture/2025/", 1, "withdrawn")]
