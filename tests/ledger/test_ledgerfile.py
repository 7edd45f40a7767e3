"""data/ledger/ read and written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evalpress.ledger import (
    Edition,
    Issued,
    Ledger,
    ReportEntry,
    Volume,
    read_ledger,
    write_ledger,
)
from evalpress.ledger.ledgerfile import digest_of_ledger, files_for
from evalpress.ledger.recorded import Redaction, Withdrawn
from samples import rules

EDITION = Edition(
    number=1, state="published", went_live="2026-04-15T09:00:00+08:00", data="a" * 64,
    first_published="2026-04-15T09:00:00+08:00",
    pdfs=(Issued(name="education-2024.pdf", sha256="1" * 64),),
    attachments={"education/2024/attachments/表.xlsx": "2" * 64},
    data_files={"3" * 64: "education-2024.json", "4" * 64: "education-2024-indicators.csv"},
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
    },
    {
        "data/all/evaluations.zip": Volume(
            kind="collection", title="全部", issued={"2026-04-15T09:00:00+08:00": "5" * 64},
        ),
        "education/education-reports.pdf": Volume(
            kind="book", title="汇编", page="education/", reports=("education/2024/",),
            issued={"2026-04-15T09:00:00+08:00": "5" * 64, "2026-05-06T09:00:00+08:00": "6" * 64},
        ),
        "years/2024/reports.csv": Volume(
            kind="list", title="2024年度", page="years/2024/",
            issued={"2026-04-15T09:00:00+08:00": "8" * 64},
        ),
        "years/2024/a-2024.pdf": Volume(
            kind="book", title="汇编", page="years/2024/", reports=("education/2024/",),
            issued={"2026-04-15T09:00:00+08:00": "7" * 64, "2026-05-06T09:00:00+08:00": ""},
        ),
    },
)  # fmt: skip


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_ledger(LEDGER, tmp_path)
    found, mistakes = read_ledger(tmp_path)
    assert found == LEDGER
    assert not mistakes
    ledger = tmp_path / "ledger"
    assert {path.name for path in ledger.glob("*.yml")} == {"education.yml", "health.yml"}
    names = {path.name for path in (ledger / "volumes").iterdir()}
    assert names == {"all.yml", "education.yml", "years-2024.yml"}
    assert [path.name for path in (ledger / "pages").iterdir()] == ["years.yml"]


def test_a_part_of_a_ledger_is_read_and_written_without_the_others(tmp_path: Path) -> None:
    write_ledger(LEDGER, tmp_path)
    before = digest_of_ledger(tmp_path)
    listed = LEDGER.volumes["years/2024/reports.csv"]
    only = files_for(["health/2025/canteens/"], {"years/2024/reports.csv": listed})
    assert only == {"ledger/health.yml", "ledger/pages/years.yml"}
    part, _ = read_ledger(tmp_path, only=only)
    assert list(part.reports) == ["health/2025/canteens/"]
    assert list(part.volumes) == ["years/2024/reports.csv"]
    assert write_ledger(part, tmp_path, only) == []
    changed = replace(part, reports={}, volumes={"years/2024/reports.csv": listed.model_copy(
        update={"title": "另一个题目"})})  # fmt: skip
    assert [path.name for path in write_ledger(changed, tmp_path, only)] == [
        "health.yml", "years.yml",
    ]  # fmt: skip
    found, _ = read_ledger(tmp_path)
    assert list(found.reports) == ["education/2024/", "education/2025/"]
    assert len(found.volumes) == len(LEDGER.volumes)
    assert digest_of_ledger(tmp_path) != before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write_ledger(LEDGER, tmp_path)
    assert write_ledger(LEDGER, tmp_path) == []
    kept = {a: e for a, e in LEDGER.reports.items() if not a.startswith("health")}
    without = replace(LEDGER, reports=kept)
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
    write_ledger(replace(LEDGER, reports=more), tmp_path)
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


BEFORE = """\
# 公开台账
format: evalpress-ledger/1
reports:
  education/2024/:
    title: 教育局报告
    editions:
    - number: 1
      state: published
      went_live: '2026-04-15T09:00:00+08:00'
      data: {data}
      pdfs:
      - name: education-2024.pdf
        sha256: {pdf}
"""


def test_a_ledger_of_before_files_with_data_is_read(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    path = tmp_path / "ledger" / "education.yml"
    path.write_text(BEFORE.format(data="a" * 64, pdf="b" * 64), encoding="utf-8")
    ledger, mistakes = read_ledger(tmp_path)
    assert not mistakes
    assert ledger.reports["education/2024/"].latest.data_files == {}
    assert write_ledger(ledger, tmp_path) == [path]
    assert "evalpress-ledger/2" in path.read_text(encoding="utf-8")
    assert read_ledger(tmp_path) == (ledger, [])


def test_a_damaged_file_of_volumes_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger" / "volumes").mkdir(parents=True)
    (tmp_path / "ledger" / "volumes" / "all.yml").write_text("format: x\n")
    mistakes = read_ledger(tmp_path)[1]
    assert rules(mistakes) == ["ledger_format"]
    assert mistakes[0].where.file == "data/ledger/volumes/all.yml"


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == (Ledger(), [])


def test_a_former_address_has_an_owner() -> None:
    assert LEDGER.owner_of_former("jiaoyu/2025/") == "education/2025/"
    assert LEDGER.owner_of_former("education/2025/") is None


@pytest.mark.parametrize("name", ["ledger", "ledger/parks.yml", "ledger/volumes"])
def test_a_ledger_that_is_not_there_at_the_moment_is_no_empty_one(
    tmp_path: Path, name: str
) -> None:
    """A link to a disk that is not mounted, or anything else that is no file."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("/mnt/not/there")
    ledger, wrong = read_ledger(tmp_path)
    assert not ledger.reports
    assert {(f.rule, f.where.file) for f in wrong} >= {("ledger_no_file", f"data/{name}")}
