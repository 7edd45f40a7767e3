"""A file imported again: ids, waivers and hand edits stay, the rest follows the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.importing.drafts import bare
from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.merge import NotWritten, Written, fingerprints, record, record_in, write
from evalpress.importing.ownership import Asked
from evalpress.load import Loaded, load
from office_forms import Rows, standard, xlsx_of
from projects import ROOT
from samples import data_folder

WHO = Asked("education", "2025", "canal")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The invented county's data with the forms' words, without reports."""
    words = (ROOT / "data" / "forms.yml").read_bytes()
    return data_folder(tmp_path, {"data/forms.yml": words})


def loaded(data: Path) -> Loaded:
    found = load(data)
    assert not found.findings
    return found


def imported(data: Path, rows: Rows) -> Written:
    found = loaded(data)
    document = read_content("表.xlsx", xlsx_of({"自评表": rows}))
    (draft,) = drafts_of([document], WHO, found)
    return write(draft, found, data)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def changes(written: Written) -> list[tuple[str, str, str, bool]]:
    return [(c.place, c.old, c.new, c.kept) for c in written.changes]


def test_the_same_file_again_changes_nothing(data: Path) -> None:
    path = imported(data, standard()).path
    before = path.read_bytes()
    again = imported(data, standard())
    assert again.renewed
    assert not again.changes
    assert path.read_bytes() == before


def test_what_the_file_changed_is_taken_and_told(data: Path) -> None:
    imported(data, standard())
    rows = standard()
    rows[10][4] = "4条"
    again = imported(data, rows)
    assert changes(again) == [("indicators/output-1/actual", "3条", "4条", False)]
    assert "actual: 4条" in again.path.read_text(encoding="utf-8")


def test_what_was_changed_by_hand_stays(data: Path) -> None:
    path = imported(data, standard()).path
    edit(path, "actual: 3条", "actual: 3.5条")
    rows = standard()
    rows[10][4] = "4条"
    again = imported(data, rows)
    assert changes(again) == [("indicators/output-1/actual", "3.5条", "4条", True)]
    assert "actual: 3.5条" in path.read_text(encoding="utf-8")
    assert not changes(imported(data, rows))


def test_a_hand_edit_outlives_any_number_of_imports(data: Path) -> None:
    path = imported(data, standard()).path
    edit(path, "actual: 3条", "actual: 3.5条")
    for _ in range(3):
        imported(data, standard())
        assert "actual: 3.5条" in path.read_text(encoding="utf-8")


def test_ids_and_waivers_stay(data: Path) -> None:
    path = imported(data, standard()).path
    edit(path, "id: output-1", "id: canals-repaired")
    text = path.read_text(encoding="utf-8")
    waiver = "waivers:\n  - {rule: undated, reason: 另有公文}\n"
    path.write_text(text.replace("\n...\n", f"\n{waiver}...\n"), encoding="utf-8")
    again = imported(data, standard())
    kept = load(data).reports[0].content
    assert kept.indicators[0].id == "canals-repaired"
    assert [w.rule for w in kept.waivers] == ["undated"]
    assert not [c for c in again.changes if c.kept]


def test_an_indicator_that_the_file_lost_goes_and_is_told(data: Path) -> None:
    imported(data, standard())
    rows = standard()
    del rows[11]
    again = imported(data, rows)
    assert [c.place for c in again.changes] == ["indicators/benefit-1"]
    assert len(load(data).reports[0].content.indicators) == 2


def test_what_was_deleted_by_hand_does_not_come_back(data: Path) -> None:
    path = imported(data, standard()).path
    text = path.read_text(encoding="utf-8")
    at = text.index("    # 来源：自评表!H13")
    end = text.index("\n", text.index("deviation:", at)) + 1
    path.write_text(text[:at] + text[end:], encoding="utf-8")
    again = imported(data, standard())
    assert changes(again) == [("indicators/satisfaction-1/deviation", "", "两户未答复", True)]
    assert "deviation" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("state", ["published", "archived"])
def test_a_public_report_is_never_touched(data: Path, state: str) -> None:
    path = imported(data, standard()).path
    edit(path, "state: draft", f"state: {state}\nfirst_published: 2026-03-01 09:00")
    before = path.read_bytes()
    with pytest.raises(NotWritten, match="已经公开"):
        imported(data, standard())
    assert path.read_bytes() == before


def test_a_draft_that_cannot_be_read_is_not_written_over(data: Path) -> None:
    path = imported(data, standard()).path
    path.write_text("state: draft\nindicators: [", encoding="utf-8")
    found = load(data)
    (draft,) = drafts_of([read_content("表.xlsx", xlsx_of({"一": standard()}))], WHO, found)
    with pytest.raises(NotWritten, match="读不出来"):
        write(draft, found, data)


def test_the_record_reads_back_and_a_damaged_one_counts_as_none() -> None:
    prints = fingerprints({"state": "draft", "indicators": [{"id": "a", "name": "甲"}]})
    text = record(prints)
    assert record_in(text.encode()) == prints
    assert record_in(text.replace("eN", "eM", 1).encode()) is None
    assert record_in(b"state: draft\n") is None


def named(written: Written, name: str) -> dict[str, object]:
    rows = bare(written.draft.tree)["indicators"]
    return next(row for row in rows if row["name"] == name)


def test_an_id_that_was_changed_by_hand_goes_with_its_name(data: Path) -> None:
    first = imported(data, standard())
    rows = standard()
    last = next(n for n, row in enumerate(rows) if row and row[0] == "总分") - 1
    old = bare(first.draft.tree)["indicators"][-1]
    edit(first.path, f"- id: {old['id']}\n", "- id: own-name\n")
    rows[last][4] = "改了"
    rows.insert(last, [*rows[last][:2], "新指标", *rows[last][3:]])
    again = imported(data, rows)
    assert named(again, old["name"])["id"] == "own-name"
    assert named(again, old["name"])["actual"] == "改了"
    assert named(again, "新指标")["id"] != "own-name"
    assert not any(change.kept for change in again.changes)


def test_a_new_row_is_not_taken_for_one_that_was_deleted_by_hand(data: Path) -> None:
    first = imported(data, standard())
    *_, last = bare(first.draft.tree)["indicators"]
    text = first.path.read_text(encoding="utf-8")
    start = text.index(f"  - id: {last['id']}\n")
    first.path.write_text(text[:start] + text[text.index("\nscores:", start) :], encoding="utf-8")
    rows = standard()
    at = next(n for n, row in enumerate(rows) if row and row[2:3] == [last["name"]])
    rows[at][2] = "另一个指标"
    assert named(imported(data, rows), "另一个指标")
