"""Earlier editions, withdrawn reports, all corrections."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

from evalpress.assess import Catalogue, assess
from evalpress.assess.punctuality import Punctuality, Status
from evalpress.clock import BEIJING
from evalpress.disclose.public import withdrawn
from evalpress.ledger import digest_of_form, public_form
from evalpress.ledger.editions import Editions
from evalpress.ledger.held import Recorded
from evalpress.ledger.past import Past, past_editions
from evalpress.ledger.recorded import Edition, ReportEntry
from evalpress.model import PublicReport, Report, State
from evalpress.pages.superseded import (
    changes_page,
    corrections_page,
    edition_page,
    version_block,
    withdrawn_page,
)
from samples import NOW, public, reference, written

FIRST = """\
version: 1
indicators: [{id: canteens, name: 食堂数, actual: 94%}]
body: {overview: 由王小明办理。}
"""
SECOND = """\
version: 2
indicators: [{id: canteens, name: 食堂数, actual: 95%}]
body: {overview: 由专人办理。}
corrections:
  - {id: c1, place: indicators/canteens/actual, kind: material, date: 2025-10-15, old: 94%,
     new: 95%, reason: 口径 <有误>, office: 办公室}
"""
REMOVED = """\
  - {id: c2, place: body/overview, kind: material, redacted: 是, date: 2025-10-15,
     reason: 误列个人信息, office: 办公室}
"""


def earlier(folder: Path, now: PublicReport) -> list[Past]:
    """The editions before a report that was first public as FIRST."""
    report = public(FIRST)
    form, address = public_form(report, reference()), report.key.address
    edition = Edition(number=1, state="published", went_live="", data=digest_of_form(form))
    Editions(folder).write(address, 1, form)
    entry = ReportEntry(title=report.title, editions=(edition,))
    recorded = Recorded(Editions(folder), address, entry)
    return past_editions(recorded, now, public_form(now, reference()))


def catalogue(*reports: PublicReport) -> Catalogue:
    return assess(reports, reference(), NOW)


def test_an_earlier_edition_is_whole_and_says_what_took_its_place(tmp_path: Path) -> None:
    now = public(SECOND)
    [past] = earlier(tmp_path, now)
    page = edition_page(catalogue(now), past, {}, {})
    assert page.address == "education/2025/v1/"
    assert "94%" in page.markdown and "王小明" in page.markdown
    assert page.frame.search is None
    assert page.frame.stamp and "第2版" in page.frame.stamp["note"]
    assert "2025-10-15" in page.frame.stamp["note"]
    compared = changes_page(catalogue(now), past)
    assert compared.address == "education/2025/v1/changes/"
    assert "94%" in compared.markdown and "95%" in compared.markdown


def test_what_a_later_correction_removed_is_in_no_page_of_the_edition(tmp_path: Path) -> None:
    now = public(SECOND + REMOVED)
    [past] = earlier(tmp_path, now)
    for page in (edition_page(catalogue(now), past, {}, {}), changes_page(catalogue(now), past)):
        assert "王小明" not in page.markdown
        assert "于2025-10-15删去，不再公开：误列个人信息" in unescape(page.markdown)
    assert "王小明" not in json.dumps(past.form, ensure_ascii=False)
    assert past.document == ""
    assert "94%" in edition_page(catalogue(now), past, {}, {}).markdown


def test_the_same_is_removed_from_what_is_kept_without_it(tmp_path: Path) -> None:
    now = public(SECOND + REMOVED)
    [past] = earlier(tmp_path, now)
    editions, kept = Editions(tmp_path), digest_of_form(past.form)
    editions.write("education/2025/", 1, past.form)
    edition = past.edition.model_copy(update={"kept": kept})
    entry = ReportEntry(title="报告", editions=(edition,))
    recorded = Recorded(editions, "education/2025/", entry)
    [again] = past_editions(recorded, now, public_form(now, reference()))
    assert again.form == past.form
    assert replace(again, edition=past.edition) == past


def test_a_report_says_which_edition_it_is(tmp_path: Path) -> None:
    now = public(SECOND)
    block = version_block(now, earlier(tmp_path, now))
    assert (block["number"], block["corrected"]) == (2, "2025-10-15")
    assert [one["url"] for one in block["earlier"]] == ["education/2025/v1/"]
    assert version_block(public(FIRST), ())["earlier"] == []


def test_all_corrections_stand_on_one_page() -> None:
    found = catalogue(public(SECOND + REMOVED))
    page = corrections_page(found)
    assert page.markdown.count("2025-10-15") == 2
    assert "口径 &lt;有误&gt;" in page.markdown


def taken() -> Report:
    why = "withdrawal: {date: 2025-11-10, reason: 重复计列, office: 教育局}\nscores: {total: 97}\n"
    report = written(f"first_published: 2025-08-25\n{why}")
    content = report.content.model_copy(update={"state": State.WITHDRAWN})
    return Report(report.key, report.source, content)


def test_a_withdrawn_report_says_so_and_nothing_else() -> None:
    gone = withdrawn([taken()], reference(), NOW)
    found = assess([], reference(), datetime(2026, 12, 1, tzinfo=BEIJING), gone)
    [one] = gone
    page = withdrawn_page(found, one)
    assert page.address == "education/2025/"
    assert "重复计列" in page.markdown and "2025-11-10" in page.markdown
    assert "97" not in page.markdown
    assert page.frame.search is None and page.frame.pdf is None
    coverage = found.coverage(found.reference.departments["education"], 2025)
    assert coverage.status is Status.WITHDRAWN
    assert coverage.punctuality is Punctuality.UNKNOWN
    assert not coverage.is_due
    assert "重复计列" in corrections_page(found).markdown
