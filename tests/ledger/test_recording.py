"""What went live -> the ledger after it."""

from __future__ import annotations

from typing import Any

from evalpress.ledger import Issued, Ledger, Standing, known_files
from evalpress.ledger.known import FileKind
from evalpress.ledger.ledgerfile import as_text
from evalpress.ledger.recorded import Redaction, Withdrawn
from evalpress.ledger.recording import Live, record

FIRST, SECOND, THIRD = (f"2026-0{month}-01T09:00:00+08:00" for month in (4, 5, 6))
ADDRESS = "education/2025/"


def live(number: int = 1, text: str = "甲", pdf: str = "a", **more: Any) -> Live:
    return Live(
        title="报告", state="published", number=number, public={"content": {"title": text}},
        pdf=Issued(name="education-2025.pdf", sha256=pdf), **more,
    )  # fmt: skip


def after(*steps: tuple[str, Live], address: str = ADDRESS) -> Ledger:
    ledger = Ledger()
    for moment, report in steps:
        ledger = record(ledger, {address: report}, moment)
    return ledger


def test_the_same_again_changes_nothing() -> None:
    once = after((FIRST, live()))
    assert record(once, {ADDRESS: live()}, SECOND) == once


def test_a_higher_number_is_a_new_edition() -> None:
    entry = after((FIRST, live()), (SECOND, live(2, "乙", "b"))).reports[ADDRESS]
    assert [e.number for e in entry.editions] == [1, 2]
    assert entry.editions[0].superseded == SECOND
    assert entry.latest.went_live == SECOND
    assert not entry.latest.superseded


def test_another_wording_or_print_is_the_same_edition() -> None:
    entry = after((FIRST, live()), (SECOND, live(1, "乙", "b"))).reports[ADDRESS]
    [edition] = entry.editions
    assert edition.went_live == FIRST
    assert [pdf.sha256 for pdf in edition.pdfs] == ["a", "b"]


def test_the_last_print_stands_last_even_where_it_was_printed_before() -> None:
    entry = after((FIRST, live()), (SECOND, live(pdf="b")), (THIRD, live(pdf="a"))).reports[ADDRESS]
    assert [pdf.sha256 for pdf in entry.latest.pdfs] == ["b", "a"]


def test_what_is_not_live_any_more_stays_recorded() -> None:
    ledger = after((FIRST, live()))
    assert record(ledger, {}, SECOND) == ledger


def test_a_withdrawn_report_keeps_its_editions() -> None:
    taken = Withdrawn(date="2026-05-01", reason="有误", office="教育局")
    entry = after((FIRST, live()), (SECOND, live(withdrawn=taken))).reports[ADDRESS]
    assert entry.withdrawn == taken
    assert len(entry.editions) == 1
    back = after((FIRST, live()), (SECOND, live(withdrawn=taken)), (THIRD, live(2, "乙", "b")))
    assert back.reports[ADDRESS].withdrawn is None


def test_what_was_withdrawn_before_anybody_recorded_is_not_invented() -> None:
    taken = Withdrawn(date="2026-05-01", reason="有误", office="教育局")
    assert not after((FIRST, live(withdrawn=taken)))


def test_a_renamed_report_takes_its_record_along() -> None:
    ledger = record(after((FIRST, live())), {"schools/2025/": live(former=(ADDRESS,))}, SECOND)
    assert list(ledger.reports) == ["schools/2025/"]
    assert ledger.reports["schools/2025/"].former == (ADDRESS,)
    assert ledger.owner_of_former(ADDRESS) == "schools/2025/"


def test_what_a_correction_removed_is_marked_in_every_earlier_edition() -> None:
    gone = Redaction(correction="c1", date="2026-06-01", reason="个人信息")
    third = live(3, "丙", "c", redactions=(gone,))
    entry = after((FIRST, live()), (SECOND, live(2, "乙", "b")), (THIRD, third)).reports[ADDRESS]
    assert [e.redacted for e in entry.editions] == [(gone,), (gone,), ()]
    assert [e.pdfs[0].sha256 for e in entry.editions] == ["a", "b", "c"]


def test_a_file_that_was_replaced_stays_known() -> None:
    old = {"education/2025/attachments/a.pdf": "1"}
    new = {"education/2025/attachments/b.pdf": "2"}
    steps = (FIRST, live(attachments=old)), (SECOND, live(attachments=new))
    assert after(*steps).reports[ADDRESS].replaced == old


def test_the_sheets_for_an_original_are_recorded_beside_it() -> None:
    beside = {"education/2025/attachments/扫描件.pdf": "a"}
    sheets = [Issued(name="education-2025-cover.pdf", sha256=sha) for sha in "bc"]
    steps = [(FIRST, live(attachments=beside, cover=sheets[0]))]
    steps.append((SECOND, live(attachments=beside, cover=sheets[1])))
    edition = after(*steps).reports[ADDRESS].latest
    assert [issued.sha256 for issued in edition.pdfs] == ["a"]
    assert [issued.sha256 for issued in edition.covers] == ["b", "c"]
    assert edition.is_original(edition.pdfs[0])
    told = {one.sha256: (one.kind, one.standing) for one in known_files(after(*steps))}
    assert told == {
        "a": (FileKind.ORIGINAL, Standing.CURRENT),
        "b": (FileKind.COVER, Standing.REPRINTED),
        "c": (FileKind.COVER, Standing.CURRENT),
    }


def test_a_ledger_without_originals_says_nothing_of_sheets() -> None:
    assert "covers" not in as_text(after((FIRST, live())).reports)
