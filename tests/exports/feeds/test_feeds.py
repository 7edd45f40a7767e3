"""Every feed is Atom as RFC 4287 wants it, and says what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from evalpress.assess import Catalogue, assess
from evalpress.clock import BEIJING
from evalpress.disclose.public import withdrawn
from evalpress.exports.feeds import Entry, Feed, all_feeds, as_atom, listing
from evalpress.exports.feeds.listing import moment_of
from evalpress.model import Report, State
from evalpress.model.values import LooseDate
from samples import NOW, public, reference, written

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.gov.cn/open/"
CORRECTED = """\
title: 甲<乙>&报告
first_published: 2025-08-25 9:00
version: 2
problems: [{id: slow, text: 支付<偏慢>&, due: 2026年6月底前}]
corrections:
  - {id: c1, place: indicators/canteens/actual, kind: material, date: 2025-10-15, old: 94%,
     new: 95%, reason: 口径 <有误>, office: 办公室}
  - {id: c2, place: body/overview, kind: material, redacted: 是, date: 2025-10-16, old: 王小明,
     reason: 误列个人信息, office: 办公室}
"""
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def catalogue() -> Catalogue:
    why = "withdrawal: {date: 2025-11-10, reason: 重复计列, office: 教育局}"
    report = written(f"first_published: 2025-08-25\n{why}", year=2024)
    content = report.content.model_copy(update={"state": State.WITHDRAWN})
    gone = withdrawn([Report(report.key, report.source, content)], reference(), NOW)
    undated = public("title: 没有日期", year=2023)
    dated = public("title: 后公开\nfirst_published: 2025-09-01", department="finance")
    return assess([public(CORRECTED), undated, dated], reference(), NOW, gone)


def wrong(content: bytes, site_url: str) -> list[str]:
    """What RFC 4287 asks for and a feed lacks (its sections 4.1.1, 4.1.2, 4.2.6, 3.3, 4.2.7)."""
    feed = etree.fromstring(content)
    found = [] if feed.tag == f"{ATOM}feed" else ["the root is no feed"]
    entries = feed.findall(f"{ATOM}entry")
    for node in (feed, *entries):
        found += [f"{name} is not there once" for name in ("id", "title", "updated")
                  if len(node.findall(f"{ATOM}{name}")) != 1]  # fmt: skip
        ids = node.findtext(f"{ATOM}id") or ""
        found += [] if re.match(r"(https?://|urn:[a-z0-9-]+:)\S+$", ids) else [f"no IRI: {ids}"]
        if not (node.findtext(f"{ATOM}title") or "").strip():
            found.append("an empty title")
        stamps = [*node.findall(f"{ATOM}updated"), *node.findall(f"{ATOM}published")]
        found += [f"no date: {s.text}" for s in stamps if not _STAMP.fullmatch(s.text or "")]
        rels = [(e.get("rel", "alternate"), e.get("type")) for e in node.findall(f"{ATOM}link")]
        found += ["two links are alike"] if len(set(rels)) != len(rels) else []
        found += [] if any(rel == "alternate" for rel, _ in rels) else ["no alternate"]
        known = {"id", "title", "updated", "author", "link", "entry", "published", "summary"}
        found += [f"unknown {child.tag}" for child in node if child.tag[len(ATOM) :] not in known]
    own = [e.get("href") for e in feed.findall(f"{ATOM}link[@rel='self']")]
    found += [] if len(own) == 1 and (not site_url or own[0].startswith(site_url)) else ["no self"]
    found += [] if (feed.findtext(f"{ATOM}author/{ATOM}name") or "").strip() else ["no author"]
    numbers = [(e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}updated")) for e in entries]
    return found + (["two entries are one"] if len(set(numbers)) != len(numbers) else [])


@pytest.mark.parametrize("site_url", [SITE, ""])
def test_every_feed_is_valid(site_url: str) -> None:
    found = all_feeds(catalogue())
    assert {"", "education/", "years/2025/", "corrections/", "problems/"} <= {
        feed.page for feed in found
    }
    for feed in found:
        assert wrong(as_atom(feed, "公开 & 网站", site_url), site_url) == [], feed.page


def entries_of(page: str) -> list[Entry]:
    feed = next(feed for feed in all_feeds(catalogue()) if feed.page == page)
    return list(feed.entries)


def test_reports_are_in_the_feeds_of_all_their_department_and_their_year() -> None:
    both = ["finance/2025/", "education/2025/"]
    assert [e.id for e in entries_of("")] == both
    assert [e.id for e in entries_of("years/2025/")] == both
    [entry] = entries_of("education/")
    assert entry.published == datetime(2025, 8, 25, 9, tzinfo=BEIJING)
    assert entry.updated == datetime(2025, 10, 16, tzinfo=BEIJING)
    assert "第2版" in entry.summary and "演示数据" in entry.summary
    assert entries_of("years/2023/") == [], "without a date it has no place in time"


def test_corrections_and_withdrawals_are_in_one_feed() -> None:
    found = {entry.id: entry for entry in entries_of("corrections/")}
    assert set(found) == {"education/2025/#c1", "education/2025/#c2", "education/2024/#withdrawn"}
    assert "94% → 95%；口径 <有误>" in found["education/2025/#c1"].summary
    assert "王小明" not in found["education/2025/#c2"].summary
    assert "重复计列" in found["education/2024/#withdrawn"].summary


def test_the_newest_come_first_and_the_feed_bears_their_date() -> None:
    entries = tuple(
        Entry(f"a/{n}/", f"第{n}", datetime(2025, 1, n, tzinfo=BEIJING), f"a/{n}/")
        for n in (2, 3, 1)
    )
    feed = etree.fromstring(as_atom(Feed("", "甲", entries), "乙", SITE))
    assert [e.text for e in feed.iterfind(f"{ATOM}entry/{ATOM}title")] == ["第3", "第2", "第1"]
    assert feed.findtext(f"{ATOM}updated") == "2025-01-03T00:00:00+08:00"


@pytest.mark.parametrize("page", ["", "education/", "years/2025/", "corrections/"])
def test_without_an_address_links_lead_from_the_file(page: str, tmp_path: Path) -> None:
    feed = next(feed for feed in all_feeds(catalogue()) if feed.page == page)
    tree = etree.fromstring(as_atom(feed, "甲"))
    for link in tree.iterfind(f"{ATOM}entry/{ATOM}link"):
        target = (tmp_path / feed.page / link.get("href", "").partition("#")[0]).resolve()
        assert target.relative_to(tmp_path).as_posix() in {
            entry.href.partition("#")[0].rstrip("/") for entry in feed.entries
        }


def test_no_character_breaks_a_feed() -> None:
    entry = Entry("a/", "甲\x00\x0b]]>&<乙", datetime(2025, 1, 1, tzinfo=BEIJING), "甲乙/\"'<")
    content = as_atom(Feed("", "丙\x08", (entry,)), "丁", SITE)
    assert etree.fromstring(content).findtext(f"{ATOM}entry/{ATOM}title") == "甲]]>&<乙"


def test_the_same_data_give_the_same_feed() -> None:
    one, other = (as_atom(all_feeds(catalogue())[0], "甲") for _ in range(2))
    assert one == other


def test_a_date_that_is_not_whole_counts_as_the_first_it_can_be() -> None:
    assert moment_of(LooseDate.model_validate("2025年8月")) == datetime(2025, 8, 1, tzinfo=BEIJING)
    assert moment_of(LooseDate.model_validate("2025")) == datetime(2025, 1, 1, tzinfo=BEIJING)


def test_two_feeds_beside_one_page_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def another(catalogue: Catalogue) -> Iterator[Feed]:
        yield Feed("corrections/", "又一个", ())

    monkeypatch.setattr(listing, "_MAKERS", [*listing._MAKERS, another])
    with pytest.raises(ValueError, match="one address"):
        all_feeds(catalogue())
