"""What is known of every file that was ever issued, in the light of the new site."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evalpress.ledger import Edition, Issued, Ledger, ReportEntry, Standing, Volume
from evalpress.ledger.known import FileKind
from evalpress.ledger.recorded import Redaction
from evalpress.verify import Answer, Current, answers_of
from evalpress.wording import word
from issued import DAY, UNKNOWN, corpus, sha

ADDRESS = "a/2025/"
ONE = corpus(1)
GONE = replace(corpus(5), current=[])


def standing(answers: dict[str, list[Answer]], content: bytes) -> str:
    found = answers.get(sha(content))
    return str(found[0].standing) if found else UNKNOWN


def test_no_answer_is_wrong_on_a_thousand_files() -> None:
    whole = corpus(100)
    answers = whole.answers
    assert len(whole.files) == 1000
    wrong = [(a, s) for content, s, a in whole.files if standing(answers, content) != s]
    assert wrong == []
    for content, expected, address in whole.files:
        if expected != UNKNOWN:
            assert answers[sha(content)][0].address == address


def test_a_superseded_file_says_by_what_and_since_when() -> None:
    (answer,) = ONE.answers[sha(ONE.files[0][0])]
    assert (answer.edition, answer.latest, answer.on) == (1, 3, "2026-03-01")


def test_what_was_removed_is_not_named() -> None:
    (answer,) = ONE.answers[sha(ONE.files[1][0])]
    assert (answer.name, answer.on, answer.reason) == ("", "2026-05-01", "有个人信息")


def test_a_withdrawn_report_says_when_why_and_by_whom() -> None:
    five = corpus(5)  # another one holds a PDF of another moment
    (answer,) = five.answers[sha(five.files[40][0])]
    assert (answer.standing, answer.name) == (Standing.WITHDRAWN, "")
    assert (answer.on, answer.reason, answer.office) == ("2026-06-01", "数据有误", "办公室")


def test_the_new_site_decides_before_the_ledger_knows() -> None:
    """The ledger is written once the site is live."""
    content = ONE.files[3][0]
    new = [replace(one, sha256=sha(b"new"), edition=4) for one in ONE.current]
    (answer,) = answers_of(ONE.ledger, new, DAY)[sha(content)]
    assert (answer.standing, answer.latest, answer.on) == (Standing.SUPERSEDED, 4, DAY)
    same = [replace(one, sha256=sha(b"new")) for one in ONE.current]
    assert standing(answers_of(ONE.ledger, same, DAY), content) == "reprinted"
    other = [replace(one, address="other/") for one in same]
    assert standing(answers_of(ONE.ledger, other, DAY), content) == "withdrawn"


def test_what_the_new_site_removes_is_not_named_any_more() -> None:
    removed = {(ONE.current[0].address, 1): ("2026-11-30", "有个人信息")}
    new = [replace(one, edition=4) for one in ONE.current]
    (answer,) = answers_of(ONE.ledger, new, DAY, removed)[sha(ONE.files[0][0])]
    told = (answer.standing, answer.latest, answer.name, answer.reason)
    assert told == (Standing.REDACTED, 4, "", "有个人信息")


def test_without_a_site_the_ledger_s_word_holds() -> None:
    answers = answers_of(ONE.ledger, ())
    told = [standing(answers, content) for content, _, _ in ONE.files[:6]]
    assert told == [expected for _, expected, _ in ONE.files[:6]]


def test_without_a_ledger_the_site_s_files_are_known() -> None:
    answers = answers_of(Ledger(), ONE.current)
    assert [str(found[0].standing) for found in answers.values()] == ["current", "current"]


def test_the_same_bytes_in_two_reports_have_two_answers_the_best_first() -> None:
    one = Current("a" * 64, FileKind.ATTACHMENT, "a.pdf", "b/2025/", "乙")
    answers = answers_of(Ledger(), [one, replace(one, address="a/2025/", title="甲")])["a" * 64]
    assert [answer.title for answer in answers] == ["甲", "乙"]


DATA = {sha(b"json-1"): "x.json", sha(b"json-2"): "x.json", sha(b"csv"): "x.csv"}


def ledger_with(*editions: Edition, volumes: dict[str, Volume] | None = None) -> Ledger:
    return Ledger({ADDRESS: ReportEntry(title="报告", editions=editions)}, volumes or {})


def edition(number: int, **more: object) -> Edition:
    went = f"2026-0{number}-01T09:00:00+08:00"
    return Edition(number=number, state="published", went_live=went, **more)  # type: ignore[arg-type]


def here(*names: tuple[bytes, FileKind], number: int = 1) -> list[Current]:
    return [Current(sha(c), kind, "x", ADDRESS, "报告", number) for c, kind in names]


def test_data_that_another_program_wrote_are_genuine_and_of_the_present_edition() -> None:
    ledger = ledger_with(edition(1, data_files=DATA))
    for known in (here((b"json-2", FileKind.DATA), (b"csv", FileKind.DATA)), []):
        answers = answers_of(ledger, known, DAY)
        told = [standing(answers, content) for content in (b"json-1", b"json-2", b"csv")]
        assert told == ["reprinted", "current", "current"]


def test_data_of_an_earlier_edition_are_superseded_but_where_nothing_changed() -> None:
    first = edition(1, data_files=DATA, superseded="2026-02-01T09:00:00+08:00")
    ledger = ledger_with(
        first, edition(2, data_files={sha(b"new"): "x.json", sha(b"csv"): "x.csv"})
    )
    known = here((b"new", FileKind.DATA), (b"csv", FileKind.DATA), number=2)
    answers = answers_of(ledger, known, DAY)
    told = [standing(answers, content) for content in (b"json-1", b"json-2", b"new", b"csv")]
    assert told == ["superseded", "superseded", "current", "current"]
    answer = answers[sha(b"json-1")][0]
    assert (answer.kind, answer.edition, answer.latest) == (FileKind.DATA, 1, 2)


BOOK = {
    "a/a-reports.pdf": Volume(
        kind="book", title="汇编", page="a/", reports=(ADDRESS,),
        issued={
            "2026-01-01T09:00:00+08:00": sha(b"book-1"),
            "2026-01-15T09:00:00+08:00": sha(b"book-2"),
            "2026-02-01T09:00:00+08:00": sha(b"book-3"),
        },
    )
}  # fmt: skip
TWO = (edition(1, superseded="2026-02-01T09:00:00+08:00"), edition(2))


def test_an_old_book_says_that_another_took_its_place_and_whether_a_report_was_corrected() -> None:
    known = [Current(sha(b"book-3"), FileKind.BOOK, "b.pdf", "a/", "汇编")]
    known += here((b"now", FileKind.PDF), number=2)
    for site in (known, []):
        answers = answers_of(ledger_with(*TWO, volumes=BOOK), site, DAY)
        first, third = answers[sha(b"book-1")][0], answers[sha(b"book-3")][0]
        assert (first.standing, first.on) == (Standing.REPLACED, "2026-01-15")
        assert first.reason == word("verify", "volume_corrected")
        assert (third.standing, third.reason) == (Standing.CURRENT, "")
        assert first.kind is FileKind.BOOK and first.address == "a/"
    same = answers_of(ledger_with(edition(1), volumes=BOOK), (), DAY)
    assert same[sha(b"book-1")][0].reason == ""


def test_a_book_of_what_was_removed_since_is_not_to_be_passed_on() -> None:
    gone = (Redaction(correction="c", date="2026-02-01", reason="有个人信息"),)
    ledger = ledger_with(TWO[0].model_copy(update={"redacted": gone}), TWO[1], volumes=BOOK)
    for removed, one in (({}, ledger), ({(ADDRESS, 1): ("2026-02-01", "有个人信息")},
                                        ledger_with(*TWO, volumes=BOOK))):  # fmt: skip
        answers = answers_of(one, here((b"now", FileKind.PDF), number=2), DAY, removed)
        told = answers[sha(b"book-1")][0]
        assert (told.standing, told.name, told.reason) == (Standing.REDACTED, "", "有个人信息")
        assert answers[sha(b"book-3")][0].standing is Standing.REPLACED


LIST = {
    "coverage/coverage.csv": Volume(
        kind="list", title="公开情况", page="coverage/",
        issued={
            "2026-01-15T09:00:00+08:00": sha(b"list-1"),
            "2026-02-01T09:00:00+08:00": sha(b"list-2"),
        },
    )
}  # fmt: skip


def test_an_old_table_of_a_page_is_replaced_and_says_what_may_be_wrong_in_it() -> None:
    gone = (Redaction(correction="c", date="2026-02-01", reason="有个人信息"),)
    redacted = ledger_with(TWO[0].model_copy(update={"redacted": gone}), TWO[1], volumes=LIST)
    known = [Current(sha(b"list-2"), FileKind.LIST, "coverage.csv", "coverage/", "公开情况")]
    known += here((b"now", FileKind.PDF), number=2)
    for ledger, reason in (
        (redacted, "page_removed"), (ledger_with(*TWO, volumes=LIST), "volume_corrected"),
    ):  # fmt: skip
        for site in (known, []):
            answers = answers_of(ledger, site, DAY)
            (old,), (now,) = answers[sha(b"list-1")], answers[sha(b"list-2")]
            assert (old.standing, old.on) == (Standing.REPLACED, "2026-02-01")
            assert (old.reason, old.name) == (word("verify", reason), "coverage.csv")
            assert (now.standing, now.reason) == (Standing.CURRENT, "")


def test_a_table_of_the_home_page_leads_there() -> None:
    one = Current(sha(b"x"), FileKind.LIST, "coverage.csv", "", "首页")
    (answer,) = answers_of(Ledger(), [one])[sha(b"x")]
    assert Answer.from_data(json.loads(json.dumps(answer.as_data()))) == answer
    assert answer.as_data()["address"] == ""


def test_public_data_of_an_earlier_edition_are_superseded_though_the_site_has_them() -> None:
    ledger = ledger_with(*TWO)
    known = here((b"now", FileKind.DATA), number=2) + here((b"v1", FileKind.DATA), number=1)
    (answer,) = answers_of(ledger, known, DAY)[sha(b"v1")]
    told = (answer.standing, answer.edition, answer.latest, answer.on)
    assert told == (Standing.SUPERSEDED, 1, 2, "2026-02-01")


def test_what_was_issued_after_the_site_that_came_back_is_known() -> None:
    """The ledger knows of two editions; readers have the first one again, and a report less."""
    first = edition(1, pdfs=(Issued(name="x.pdf", sha256=sha(b"one")),))
    second = edition(2, pdfs=(Issued(name="x.pdf", sha256=sha(b"two")),))
    other = ReportEntry(title="另一份", editions=(
        edition(2, pdfs=(Issued(name="y.pdf", sha256=sha(b"other")),)),))  # fmt: skip
    ledger = Ledger({**ledger_with(first, second).reports, "b/2025/": other})
    answers = answers_of(ledger, here((b"one", FileKind.PDF)), DAY, back=True)
    assert standing(answers, b"one") == "current"
    for content in (b"two", b"other"):
        (answer,) = answers[sha(content)]
        assert (answer.standing, answer.on) == (Standing.REPLACED, DAY)
        assert answer.reason == word("verify", "gone_back")


@pytest.mark.parametrize("answer", [found[0] for found in corpus(5).answers.values()])
def test_an_answer_is_read_as_it_was_written(answer: Answer) -> None:
    assert Answer.from_data(json.loads(json.dumps(answer.as_data()))) == answer
