"""evalpress.exports.feeds.problem_news: problems as they are named and followed up."""

from __future__ import annotations

from evalpress.assess import assess
from evalpress.exports.feeds import Entry, all_feeds
from samples import public, reference

FIRST = """
first_published: 2024-08-25
problems:
  - {id: slow, text: 支付<偏慢>, measure: 按季拨付, office: 财务科, due: 2025年6月底前}
  - {id: secret, text: 秘密问题}
withheld: [{place: problems/secret/text, reason: 涉密}]
"""
SECOND = """
first_published: 2025-08-20 10:00
followups: [{year: 2024, problem: slow, status: underway, text: 已压减}]
"""


def entries(*texts: str) -> dict[str, Entry]:
    reports = [public(text, year=2024 + at) for at, text in enumerate(texts)]
    feed = next(f for f in all_feeds(assess(reports, reference())) if f.page == "problems/")
    return {entry.id: entry for entry in feed.entries}


def test_a_problem_is_one_entry_that_is_new_again_when_a_report_speaks_of_it() -> None:
    (before, after) = (entries(FIRST), entries(FIRST, SECOND))
    slow = "problems/education/#p.slow"
    assert set(before) == set(after) == {slow, "problems/education/#p.secret"}
    assert f"{before[slow].updated:%Y-%m-%d}" == "2024-08-25"
    assert f"{after[slow].updated:%Y-%m-%d}" == "2025-08-20"
    assert before[slow].published == after[slow].published
    assert "支付<偏慢>" in after[slow].title
    for said in ("演示数据", "财务科", "2025年6月底前", "整改中：已压减", "2024年度报告列出"):
        assert said in after[slow].summary


def test_what_is_withheld_stays_withheld() -> None:
    found = entries(FIRST)["problems/education/#p.secret"]
    assert "涉密" in found.title and "秘密" not in found.title + found.summary


def test_a_report_without_a_date_is_no_news() -> None:
    assert entries("problems: [{id: slow, text: 慢}]") == {}
