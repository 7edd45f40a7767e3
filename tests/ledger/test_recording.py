"""What went live -> the ledger after it."""

from __future__ import annotations

from typing import Any

import pytest

from evalpress.ledger import Issued, Ledger, Standing, Volume, known_files
from evalpress.ledger.known import FileKind, KnownVolume, held_in, known_volumes
from evalpress.ledger.ledgerfile import as_text
from evalpress.ledger.recorded import Redaction, Withdrawn
from evalpress.ledger.recording import Live, news, record, volume_news, with_volumes

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
    third = live(3, "丙", "c", redactions={1: (gone,), 2: (gone,)})
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


def data(*pairs: tuple[str, str]) -> Live:
    return live(data_files=dict(pairs))


def test_files_with_data_are_recorded_as_often_as_they_were_written_in_another_way() -> None:
    second = data(("a2", "x.json"), ("b", "x.csv"))
    ledger = after((FIRST, data(("a", "x.json"), ("b", "x.csv"))), (SECOND, second))
    assert ledger.reports[ADDRESS].latest.data_files == {
        "a": "x.json", "b": "x.csv", "a2": "x.json",
    }  # fmt: skip
    told = {k.sha256: k.standing for k in known_files(ledger) if k.kind is FileKind.DATA}
    assert told == {
        "a": Standing.REPRINTED, "b": Standing.CURRENT, "a2": Standing.CURRENT,
    }  # fmt: skip
    back = record(ledger, {ADDRESS: data(("a", "x.json"), ("b", "x.csv"))}, THIRD)
    told = {k.sha256: k.standing for k in known_files(back) if k.kind is FileKind.DATA}
    assert told["a"] is Standing.CURRENT and told["a2"] is Standing.REPRINTED


def test_the_same_files_with_data_change_nothing_and_a_new_one_is_one_line_more() -> None:
    once = after((FIRST, data(("a", "x.json"), ("b", "y.json"))))
    assert record(once, {ADDRESS: data(("b", "y.json"), ("a", "x.json"))}, SECOND) == once
    more = record(once, {ADDRESS: data(("a", "x.json"), ("b", "y.json"), ("c", "z.json"))}, SECOND)
    before, now = (as_text(one.reports).splitlines() for one in (once, more))
    assert [line for line in now if line not in before] == ["        c: z.json"]
    assert [line for line in now if line in before] == before


def test_a_redaction_is_of_the_editions_that_had_it_and_of_no_later_one() -> None:
    gone = Redaction(correction="c1", date="2026-06-01", reason="个人信息")
    second = (SECOND, live(2, "乙", "b", redactions={1: (gone,)}))
    third = (THIRD, live(3, "丙", "c", redactions={1: (gone,), 2: ()}))
    entry = after((FIRST, live()), second, third).reports[ADDRESS]
    assert [e.redacted for e in entry.editions] == [(gone,), (), ()]


def book(sha: str) -> dict[str, Volume]:
    reports = (ADDRESS,)
    one = Volume(kind="book", title="汇编", page="education/", reports=reports, issued={"": sha})
    return {"education/education-reports.pdf": one}


def test_a_book_is_recorded_by_the_moments_at_which_it_changed() -> None:
    ledger = with_volumes(after((FIRST, live())), book("a"), FIRST)
    assert with_volumes(ledger, book("a"), SECOND) == ledger
    ledger = with_volumes(ledger, book("b"), SECOND)
    ledger = with_volumes(ledger, volume_news(ledger, {}), THIRD)
    [volume] = ledger.volumes.values()
    assert volume.issued == {FIRST: "a", SECOND: "b", THIRD: ""}
    assert volume_news(ledger, {}) == {}
    told = {one.sha256: (one.since, one.until) for one in known_volumes(ledger)}
    assert told == {"a": (FIRST, SECOND), "b": (SECOND, THIRD)}


def test_only_what_makes_the_ledger_another_is_news() -> None:
    ledger = with_volumes(after((FIRST, live())), book("a"), FIRST)
    assert news(ledger, {ADDRESS: live()}) == {}
    assert volume_news(ledger, book("a")) == {}
    assert volume_news(ledger, book("b")) == book("b")
    taken = Withdrawn(date="2026-05-01", reason="有误", office="教育局")
    gone = Redaction(correction="c1", date="2026-06-01", reason="个人信息")
    two = after((FIRST, live()), (SECOND, live(2, "乙", "b")))
    for known, other in (
        (ledger, live(text="乙")), (ledger, live(2)), (ledger, live(pdf="b")),
        (ledger, live(data_files={"c": "x.csv"})), (ledger, live(withdrawn=taken)),
        (ledger, live(index_number="1")), (ledger, live(attachments={"a/b.pdf": "d"})),
        (two, live(2, "乙", "b", redactions={1: (gone,)})),
        (two, live(2, "乙", "b", earlier_files={1: {"e": "v1.json"}})),
    ):  # fmt: skip
        found = news(known, {ADDRESS: other})
        assert found == {ADDRESS: other}
        assert news(record(known, found, THIRD), found) == {}
    assert news(ledger, {"schools/2025/": live(former=(ADDRESS,))})
    assert news(ledger, {"health/2025/": live(withdrawn=taken)}) == {}


def test_the_hash_of_data_that_are_kept_is_enough() -> None:
    once = after((FIRST, live()))
    data = once.reports[ADDRESS].latest.data
    told = live(is_new=False).model_copy(update={"public": {}, "data": data})
    assert news(once, {ADDRESS: told}) == {}


def test_the_files_of_an_earlier_edition_s_data_are_known() -> None:
    second = (SECOND, live(2, "乙", "b", earlier_files={1: {"e": "education-2025-v1.json"}}))
    first, _ = (
        after((FIRST, live(data_files={"d": "education-2025.json"})), second)
        .reports[ADDRESS]
        .editions
    )
    assert first.data_files == {"d": "education-2025.json", "e": "education-2025-v1.json"}


@pytest.mark.parametrize(
    ("page", "reports", "held"),
    [
        ("education/2025/compare/", (), [1]),
        ("problems/education/", (), [1]),
        ("problems/health/", (), []),
        ("coverage/", (), [1]),
        ("education/", (ADDRESS,), [1]),
        ("education/", (), [1]),
        ("years/2025/", (), [1]),
        ("", (), [1]),
        ("years/2024/", (), []),
        ("health/", (), []),
        ("education/", ("education/2024/",), []),
    ],
)
def test_a_set_of_data_held_the_editions_of_its_day(
    page: str, reports: tuple[str, ...], held: list[int]
) -> None:
    ledger = after((FIRST, live()), (THIRD, live(2, "乙", "b")))
    volume = Volume(kind="collection", title="数据", page=page, reports=reports)
    for moment, expected in ((FIRST, held), (SECOND, held), (THIRD, [2] * len(held))):
        one = KnownVolume("a", "x.zip", volume, moment)
        found = held_in(one, ledger.reports, {"education", "health"})
        assert [edition.number for _, edition in found] == expected


def test_a_ledger_without_originals_says_nothing_of_sheets() -> None:
    assert "covers" not in as_text(after((FIRST, live())).reports)
