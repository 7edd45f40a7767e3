"""What went live when, and what came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.ledger import Edition, Ledger, ReportEntry
from evalpress.ledger.livelog import LIVE, Went, gone_back, note, read_live
from evalpress.ledger.recorded import Withdrawn

FIRST = Went(went_live="2026-12-31T09:00:00+08:00", release=1, manifest="a" * 64, program="0.2.0")
SECOND = FIRST.model_copy(update={"went_live": "2027-01-02T09:00:00+08:00", "release": 2})
BACK = Went(
    went_live="2027-01-03T09:00:00+08:00", release=3, manifest="a" * 64, again=1,
    earlier={"education/2025/": 1, "health/2025/": 0},
)  # fmt: skip


def entry(*numbers: int, withdrawn: Withdrawn | None = None) -> ReportEntry:
    editions = tuple(Edition(number=n, state="published", went_live="") for n in numbers)
    return ReportEntry(title="报告", editions=editions, withdrawn=withdrawn)


def test_every_entry_stays_in_the_file_of_its_year(tmp_path: Path) -> None:
    names = [note(tmp_path, went).name for went in (FIRST, SECOND)]
    before = (tmp_path / LIVE / "2027.yml").read_text(encoding="utf-8")
    note(tmp_path, BACK)
    assert names == ["2026.yml", "2027.yml"]
    assert (tmp_path / LIVE / "2027.yml").read_text(encoding="utf-8").startswith(before)
    assert read_live(tmp_path) == [FIRST, SECOND, BACK]


def test_what_went_back_is_every_report_that_is_not_as_it_last_was() -> None:
    gone = entry(1, withdrawn=Withdrawn(date="2026-06-01", reason="有误"))
    ledger = Ledger(
        {"a/2025/": entry(1, 2), "b/2025/": entry(1), "c/2025/": entry(2), "d/2025/": gone}
    )
    assert gone_back(ledger, {"a/2025/": 1, "b/2025/": 1}) == {"a/2025/": 1, "c/2025/": 0}


@pytest.mark.parametrize("text", ["[", "[]", "format: evalpress-live/9\nlive: []\n"])
def test_a_damaged_log_is_not_written_over(tmp_path: Path, text: str) -> None:
    path = tmp_path / LIVE / "2026.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ValueError):
        note(tmp_path, FIRST)
    assert path.read_text() == text


def test_nothing_went_live_yet(tmp_path: Path) -> None:
    assert read_live(tmp_path) == []
