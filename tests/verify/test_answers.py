"""What is known of every file that was ever issued, in the light of the new site."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evalpress.ledger import Ledger, Standing
from evalpress.ledger.known import FileKind
from evalpress.verify import Answer, Current, answers_of
from issued import DAY, UNKNOWN, corpus, sha

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
    removed = {ONE.current[0].address: ("2026-11-30", "有个人信息")}
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


@pytest.mark.parametrize("answer", [found[0] for found in corpus(5).answers.values()])
def test_an_answer_is_read_as_it_was_written(answer: Answer) -> None:
    assert Answer.from_data(json.loads(json.dumps(answer.as_data()))) == answer
