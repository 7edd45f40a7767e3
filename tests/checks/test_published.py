"""What was public neither changes nor vanishes without a word."""

from __future__ import annotations

from dataclasses import replace as replace_fields
from pathlib import Path

import pytest
import yaml

from evalpress.checks import RULES, Context, examine
from evalpress.findings import Finding, blocking
from evalpress.ledger import Ledger
from evalpress.load import load
from ledgers import check_folder, findings_against, held, record_all, recorded_of
from samples import data_folder, rules
from subjects import subject

REPORT = """\
version: 1
first_published: 2025-04-15 09:00
public_info: {index_number: "1/2025-1"}
body: {overview: [{id: first, text: 全年办理了12件。}, 第二段。]}
indicators: [{id: canteens, name: 食堂数, target: ≥12个, actual: 94%, score: 9.50}]
scores: {total: 97.20, grade: 优}
"""
CORRECTED = REPORT.replace("94%", "95%").replace("version: 1", "version: 2")
ENTRY = """\
corrections:
  - {id: c1, place: indicators/canteens/actual, kind: material, date: 2025-05-06, old: 94%,
     new: 95%, reason: 统计口径有误, office: 教育局办公室}
"""


def test_what_did_not_change_is_silent(tmp_path: Path) -> None:
    assert held(REPORT, REPORT, tmp_path) == []
    assert held(REPORT, f"notes: 内部\n{REPORT}", tmp_path) == []


def test_a_published_figure_does_not_change_without_a_word(tmp_path: Path) -> None:
    recorded = recorded_of(subject(REPORT).report, tmp_path)
    now = subject(REPORT.replace("94%", "95%"))
    [found] = findings_against(recorded, now.report, now)
    assert found.rule == "changed_without_correction"
    assert found.where.line == 6
    assert "94%" in found.what and "95%" in found.what
    [entry] = yaml.safe_load(found.fix[found.fix.index("corrections:") :])["corrections"]
    assert entry["place"] == "indicators/canteens/actual"
    assert (entry["id"], entry["old"], entry["new"]) == ("c1", "94%", "95%")


def test_a_correction_records_the_change(tmp_path: Path) -> None:
    assert held(REPORT, CORRECTED + ENTRY, tmp_path) == []


def test_an_edition_that_was_not_raised_is_told_once(tmp_path: Path) -> None:
    recorded = recorded_of(subject(REPORT).report, tmp_path)
    now = subject(CORRECTED.replace("version: 2", "version: 1") + ENTRY)
    assert [f.rule for f in findings_against(recorded, now.report, now)] == ["edition_number"]
    raised = RULES["version_not_raised"].of_report
    assert raised
    assert [f.rule for f in raised(now)] == ["version_not_raised"]
    assert not list(raised(replace_fields(now, recorded=recorded)))


def test_a_new_wording_is_no_new_edition(tmp_path: Path) -> None:
    new = REPORT.replace("第二段", "另一段") + (
        "corrections: [{id: c1, place: body/overview, kind: wording, date: 2025-05-06,"
        " old: 第二段。, new: 另一段。, reason: 笔误, office: 办公室}]\n"
    )
    assert held(REPORT, new, tmp_path) == []
    raised = new.replace("version: 1", "version: 2")
    assert held(REPORT, raised, tmp_path) == ["edition_number"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("old: 94%", "old: 93%", "correction_values"),
        ("new: 95%", "new: 96%", "correction_values"),
        ("kind: material", "redacted: 否", "correction_incomplete"),
        (", office: 教育局办公室", "", "correction_incomplete"),
        ("version: 2", "version: 1", "edition_number"),
        ("version: 2", "version: 3", "edition_number"),
        ("2025-04-15", "2025-04-16", "first_publication_moved"),
        ("优", "良", "changed_without_correction"),
        ("canteens/actual", "canteens/target", "correction_without_change"),
        ("old: 94%", "redacted: 是, old: 94%", "redacted_value_kept"),
    ],
)
def test_what_a_correction_says_is_true(tmp_path: Path, old: str, new: str, rule: str) -> None:
    assert rule in held(REPORT, (CORRECTED + ENTRY).replace(old, new), tmp_path)


def test_what_was_corrected_once_stays_corrected(tmp_path: Path) -> None:
    now = CORRECTED + ENTRY
    assert held(now, now, tmp_path) == []
    assert held(now, CORRECTED, tmp_path) == ["correction_rewritten"]
    assert held(now, now.replace("口径有误", "有误"), tmp_path) == ["correction_rewritten"]
    redacted = now.replace(" old: 94%,", " redacted: 是,")
    assert held(now, redacted, tmp_path) == []


NAMED = "body: {overview: [{id: who, text: 由王小明办理。}], method: 王小明负责。}\nversion: 1\n"
REDACTED = """\
body: {overview: [{id: who, text: 由专人办理。}], method: 专人负责。}
version: 2
corrections:
  - {id: c1, place: body/overview, kind: material, redacted: 是, date: 2025-05-06, reason: 个人信息,
     office: 办公室}
  - {id: c2, place: body/method, kind: material, redacted: 是, date: 2025-05-06, reason: 个人信息,
     office: 办公室}
"""


def test_what_should_never_have_been_public_is_nowhere(tmp_path: Path) -> None:
    assert held(NAMED, REDACTED, tmp_path) == []
    left = REDACTED.replace("专人负责", "王小明负责")
    assert "redacted_value_left" in held(NAMED, left, tmp_path)
    wording = REDACTED.replace("kind: material", "kind: wording", 1)
    assert "redaction_of_wording" in held(NAMED, wording, tmp_path)


def test_the_order_of_what_is_listed_is_public(tmp_path: Path) -> None:
    rows = "indicators: [{id: a, name: 甲}, {id: b, name: 乙}]\n"
    turned = "indicators: [{id: b, name: 乙}, {id: a, name: 甲}]\n"
    assert held(rows, turned, tmp_path) == ["changed_without_correction"]


def test_a_correction_may_name_what_is_gone(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    gone = REPORT.replace("version: 1", "version: 2").replace(
        "indicators: [{id: canteens, name: 食堂数, target: ≥12个, actual: 94%, score: 9.50}]\n", ""
    )
    gone += (
        "corrections: [{id: c1, place: indicators/canteens, kind: material, date: 2025-05-06,"
        " reason: 重复, office: 办公室}]\n"
    )
    assert "unknown_place" not in found_in(tmp_path, gone, ledger)
    assert "unknown_place" in found_in(tmp_path, gone, Ledger())


def test_kept_data_that_were_touched_are_told(tmp_path: Path) -> None:
    recorded = recorded_of(subject(REPORT).report, tmp_path)
    path = recorded.editions.data_path(recorded.address, 1)
    path.write_text(path.read_text().replace("97.20", "98.20"))
    now = subject(CORRECTED)
    assert rules(findings_against(recorded, now.report, now)) == ["edition_lost"]


# --- over all reports ---------------------------------------------------------------------------

EDUCATION = "data/reports/education/2025.yml"


def folder(root: Path, text: str, **more: str) -> Ledger:
    files: dict[str, str | bytes] = {EDUCATION: f"state: published\n{text}", **more}
    return record_all(data_folder(root, files))


def found_in(root: Path, text: str, ledger: Ledger, state: str = "published") -> list[str]:
    (root / EDUCATION).write_text(f"state: {state}\n{text}", encoding="utf-8")
    return rules(blocked(root, ledger))


def blocked(root: Path, ledger: Ledger) -> list[Finding]:
    loaded = load(root / "data")
    return blocking(examine(Context(loaded, root / "data", ledger=ledger)).open)


def test_a_published_report_does_not_become_a_draft(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    assert found_in(tmp_path, REPORT, ledger, "draft") == ["fell_back_to_draft"]
    assert found_in(tmp_path, "  broken: [", ledger, "draft")[-1:] == ["report_vanished"]
    assert found_in(tmp_path, REPORT, Ledger(), "draft") == []


def test_a_published_report_does_not_vanish(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    (tmp_path / EDUCATION).unlink()
    [found] = blocked(tmp_path, ledger)
    assert found.rule == "report_vanished"
    assert found.where.file == EDUCATION


def test_a_withdrawn_report_says_why(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    assert found_in(tmp_path, REPORT, ledger, "withdrawn") == ["withdrawal_missing"]
    why = "withdrawal: {date: 2025-06-01, reason: 数据有误, office: 教育局}\n"
    assert found_in(tmp_path, REPORT + why, ledger, "withdrawn") == []
    assert found_in(tmp_path, REPORT + why, ledger) == ["withdrawal_unused"]


def test_a_report_under_correction_stays_as_it_is(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    assert found_in(tmp_path, REPORT, ledger, "under-correction") == []
    changed = REPORT.replace("94%", "95%")
    found = found_in(tmp_path, changed, ledger, "under-correction")
    assert found == ["changed_without_correction"]


def test_a_department_that_was_renamed_leads_on(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    departments = tmp_path / "data" / "departments.yml"
    text = departments.read_text(encoding="utf-8")
    (tmp_path / "data" / "reports" / "education").rename(tmp_path / "data" / "reports" / "schools")
    departments.write_text(text.replace("id: education", "id: schools", 1), encoding="utf-8")
    assert "report_vanished" in rules(blocked(tmp_path, ledger))
    former = "id: schools\n    former_ids: [education]"
    departments.write_text(text.replace("id: education", former, 1), encoding="utf-8")
    assert "report_vanished" not in rules(blocked(tmp_path, ledger))


def test_an_index_number_stays_with_its_report(tmp_path: Path) -> None:
    ledger = folder(tmp_path, REPORT)
    other = tmp_path / "data" / "reports" / "education" / "2024.yml"
    other.write_text(f"state: published\n{REPORT}".replace("2025-04-15", "2025-03-15"), "utf-8")
    found = found_in(tmp_path, REPORT.replace("1/2025-1", "1/2025-2"), ledger)
    assert "index_number_taken" in found
    assert "changed_without_correction" in found


def test_an_attachment_does_not_vanish(tmp_path: Path) -> None:
    listed = REPORT + "attachments: [{id: a, name: 表, file: 甲.csv}]\n"
    data_folder(tmp_path, {"data/attachments/education/2025/甲.csv": b"1,2\n"})
    data_folder(tmp_path, {"data/attachments/education/2025/乙.csv": b"1,3\n"})
    ledger = folder(tmp_path, listed)
    assert "attachment_dropped" in found_in(tmp_path, REPORT, ledger)
    other = listed.replace("甲.csv", "乙.csv")
    assert "attachment_dropped" in found_in(tmp_path, other, ledger)
    led_on = other.replace("file: 乙.csv", "file: 乙.csv, former_files: [甲.csv]")
    assert "attachment_dropped" not in found_in(tmp_path, led_on, ledger)


def test_other_bytes_under_the_same_name_are_a_change(tmp_path: Path) -> None:
    listed = REPORT + "attachments: [{id: a, name: 表, file: 甲.csv}]\n"
    file = tmp_path / "data" / "attachments" / "education" / "2025" / "甲.csv"
    data_folder(tmp_path, {"data/attachments/education/2025/甲.csv": b"1,2\n"})
    ledger = folder(tmp_path, listed)
    before = rules(check_folder(tmp_path / "data", ledger))
    assert "changed_without_correction" not in before
    file.write_bytes(b"1,3\n")
    found = [f for f in check_folder(tmp_path / "data", ledger) if f.rule.startswith("changed")]
    assert [f.place for f in found] == ["attachments/a/file"]


def test_a_slug_like_an_edition_is_reserved(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {"data/reports/education/2025/v2.yml": "state: published\n"})
    assert "reserved_slug" in rules(check_folder(data, Ledger()))
