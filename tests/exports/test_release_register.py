"""What each release brought, for programs: what the ledger recorded, and what goes live now."""

from __future__ import annotations

import json
from typing import Any

from evalpress.assess import assess
from evalpress.exports.release_register import release_register
from evalpress.ledger import Edition, Ledger, ReportEntry, Withdrawn
from samples import NOW, public, reference

FIRST, SECOND = "2026-01-05T09:00:00+08:00", "2026-03-01T09:00:00+08:00"


def edition(number: int, moment: str) -> Edition:
    day = moment[:10] if number > 1 else ""
    return Edition(number=number, state="published", went_live=moment, corrected=day)


def entry(*editions: Edition, withdrawn: Withdrawn | None = None) -> ReportEntry:
    return ReportEntry(title="标题", editions=editions, withdrawn=withdrawn)


def register(ledger: dict[str, ReportEntry], version: int = 1) -> list[dict[str, Any]]:
    catalogue = assess([public(f"title: 标题\nversion: {version}")], reference(), NOW)
    found = json.loads(release_register(Ledger(ledger), catalogue))
    assert found["version"] == 1
    return list(found["releases"])


def told(release: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(one["address"], one["edition"], one["change"]) for one in release["reports"]]


def test_releases_are_told_newest_first() -> None:
    own = entry(edition(1, FIRST), edition(2, SECOND))
    found = register({"education/2025/": own, "culture/2025/": entry(edition(1, FIRST))}, 2)
    assert [release["went_live"] for release in found] == [SECOND, FIRST]
    assert told(found[0]) == [("education/2025/", 2, "edition")]
    assert told(found[1]) == [("culture/2025/", 1, "new"), ("education/2025/", 1, "new")]
    assert found[0]["reports"][0]["corrected"] == "2026-03-01"


def test_what_the_ledger_does_not_know_goes_live_now() -> None:
    others = {"culture/2025/": entry(edition(1, FIRST))}
    new, _ = register(others)
    assert "went_live" not in new and told(new) == [("education/2025/", 1, "new")]
    again, _ = register({"education/2025/": entry(edition(1, FIRST))}, 2)
    assert "went_live" not in again and told(again) == [("education/2025/", 2, "edition")]


def test_a_withdrawal_is_told_by_its_day() -> None:
    taken = Withdrawn(date="2026-02-03", reason="数据有误")
    gone = {"culture/2025/": entry(edition(1, FIRST), withdrawn=taken)}
    _, withdrawn, first = register(gone)
    assert (withdrawn["went_live"], told(withdrawn)) == (
        "2026-02-03", [("culture/2025/", 1, "withdrawn")],
    )  # fmt: skip
    assert first["went_live"] == FIRST
