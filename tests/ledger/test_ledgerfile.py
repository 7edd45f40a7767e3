"""data/ledger/ read and written."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.ledger import Edition, Issued, Ledger, ReportEntry, read_ledger, write_ledger
from evalpress.ledger.recorded import Redaction, Withdrawn
from samples import rules

EDITION = Edition(
    number=1, state="published", went_live="2026-04-15T09:00:00+08:00", data="a" * 64,
    first_published="2026-04-15T09:00:00+08:00",
    pdfs=(Issued(name="education-2024.pdf", sha256="1" * 64),),
    attachments={"education/2024/attachments/表.xlsx": "2" * 64},
)  # fmt: skip
SECOND = EDITION.model_copy(update={"number": 2, "corrected": "2026-05-06"})
REDACTED = EDITION.model_copy(
    update={
        "superseded": "2026-05-06T09:00:00+08:00",
        "redacted": (Redaction(correction="c1", date="2026-05-06", reason="误列个人信息"),),
    }
)
LEDGER = Ledger(
    {
        "education/2024/": ReportEntry(title="教育局报告", editions=(REDACTED, SECOND)),
        "education/2025/": ReportEntry(
            title="另一份", index_number="123456/2025-1", editions=(EDITION,),
            withdrawn=Withdrawn(date="2026-06-01", reason="数据有误", office="教育局"),
            former=("jiaoyu/2025/",),
        ),
        "health/2025/canteens/": ReportEntry(title="食堂", editions=(EDITION,)),
    }
)  # fmt: skip


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_ledger(LEDGER, tmp_path)
    found, mistakes = read_ledger(tmp_path)
    assert found.reports == LEDGER.reports
    assert not mistakes
    assert {path.name for path in (tmp_path / "ledger").iterdir()} == {
        "education.yml",
        "health.yml",
    }


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write_ledger(LEDGER, tmp_path)
    assert write_ledger(LEDGER, tmp_path) == []
    without = Ledger({a: e for a, e in LEDGER.reports.items() if not a.startswith("health")})
    assert [path.name for path in write_ledger(without, tmp_path)] == ["health.yml"]
    assert read_ledger(tmp_path)[0].reports == without.reports


def test_every_hash_has_a_line_of_its_own(tmp_path: Path) -> None:
    write_ledger(LEDGER, tmp_path)
    text = (tmp_path / "ledger" / "education.yml").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) < 120
    assert [
        line for line in text.splitlines() if line.count("1" * 64) + line.count("2" * 64) > 1
    ] == []


def test_reports_added_on_two_branches_are_not_in_each_others_way(tmp_path: Path) -> None:
    """What is added for one report leaves the lines of every other one as they are."""
    write_ledger(LEDGER, tmp_path)
    path = tmp_path / "ledger" / "education.yml"
    before = path.read_text(encoding="utf-8").splitlines()
    more = {**LEDGER.reports, "education/2026/": ReportEntry(title="新", editions=(EDITION,))}
    write_ledger(Ledger(more), tmp_path)
    assert path.read_text(encoding="utf-8").splitlines()[: len(before)] == before


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("format: evalpress-ledger/9\nreports: {}\n", "ledger_format"),
        ("[]\n", "ledger_format"),
        ("format: evalpress-ledger/1\nreports: [\n", "ledger_damaged"),
        ("format: evalpress-ledger/1\nreports: {a/2024/: {title: x}}\n", "ledger_damaged"),
        ("format: evalpress-ledger/1\n<<<<<<< HEAD\nreports: {}\n", "ledger_damaged"),
    ],
)
def test_what_is_no_ledger_is_told(tmp_path: Path, text: str, rule: str) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "education.yml").write_text(text)
    ledger, mistakes = read_ledger(tmp_path)
    assert rules(mistakes) == [rule]
    assert not ledger
    assert mistakes[0].where.file == "data/ledger/education.yml"


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == (Ledger(), [])


def test_a_former_address_has_an_owner() -> None:
    assert LEDGER.owner_of_former("jiaoyu/2025/") == "education/2025/"
    assert LEDGER.owner_of_former("education/2025/") is None
