"""evalpress.assess.pooled and its pages: what departments share by an id, and nothing by a name."""

from __future__ import annotations

import dataclasses
import html
import json
from decimal import Decimal as D

from evalpress.assess import Catalogue, assess
from evalpress.assess.judging import Outcome
from evalpress.assess.pooled import pools, sharing
from evalpress.disclose.public import disclose
from evalpress.model import CommonIndicator, Reference
from evalpress.pages import plan, write
from evalpress.pages.frame import Page
from samples import NOW, reference, written

RATE = CommonIndicator.model_validate({"id": "rate", "names": ["预算执行率", "执行率"]})
UNUSED = CommonIndicator.model_validate({"id": "unused", "names": ["公用经费"]})
KNOWN = dataclasses.replace(reference(), common_indicators={"rate": RATE, "unused": UNUSED})
TEXT = (
    "indicators: [{{id: {id}, name: {name}, nature: positive, target: ≥90%,"
    " actual: {actual}%{more}}}]"
)


def text(
    actual: object,
    target: object = 90,
    own: str = "own-rate",
    common: str = "rate",
    name: str = "执行率",
) -> str:
    more = f", common: {common}" if common else ""
    return TEXT.format(id=own, name=name, actual=actual, more=more)


def catalogue(known: Reference = KNOWN, **texts: str) -> Catalogue:
    """Reports by `department_year` or `department_year_slug`."""
    keys = [(*name.split("_"), "")[:3] for name in texts]
    reports = [
        written(one, department, int(year), slug)
        for (department, year, slug), one in zip(keys, texts.values(), strict=True)
    ]
    return assess(disclose(reports, known, NOW), known, NOW)


def pages(**texts: str) -> dict[str, Page]:
    found = write(catalogue(**texts))
    return {page.address: page for page in found if page.address.startswith("indicators/")}


# --- what is shared -----------------------------------------------------------------------------


def test_an_id_of_reference_data_shares_and_a_like_name_does_not() -> None:
    whole = catalogue(
        education_2025=text(92), finance_2025=text(85, own="other", name="预算执行进度"),
        cyber_2025=text(70, common=""),
    )  # fmt: skip
    assert [a.key.department for a in sharing(whole)["rate"]] == ["education", "finance"]
    assert sharing(whole)["unused"] == []
    (pool,) = pools(whole, "rate")
    told = {one.report.key.department: one.line.years[2025].outcome for one in pool.lines}
    assert told == {"education": Outcome.MET, "finance": Outcome.MISSED}


def test_departments_stand_in_the_order_of_the_data_with_their_years() -> None:
    whole = catalogue(finance_2024=text(85), education_2025=text(92), education_2023=text(80))
    (pool,) = pools(whole, "rate")
    assert [one.report.key.department for one in pool.lines] == ["education", "finance"]
    assert pool.years == [2023, 2024, 2025]
    assert sorted(pool.lines[0].sources) == [2023, 2025]


def test_projects_have_lines_of_their_own() -> None:
    inside = "\nprojects: [{id: hall, name: 体育馆, " + text(60, own="p") + "}]"
    whole = catalogue(education_2025=text(92) + inside, education_2025_road=text(50))
    (pool,) = pools(whole, "rate")
    places = [(one.project != "", one.sources[2025].anchor) for one in pool.lines]
    assert places == [
        (False, "indicator-own-rate"), (True, "project-hall-indicator-p"),
        (True, "indicator-own-rate"),
    ]  # fmt: skip


def test_provenances_are_never_pooled() -> None:
    adapted = f"provenance: adapted\n{text(10)}"
    found = pools(catalogue(education_2025=text(92), finance_2025=adapted), "rate")
    assert [len(pool.lines) for pool in found] == [1, 1]
    assert found[0].provenance is found[0].region.provenance is not found[1].provenance


def test_a_median_needs_three_figures_of_one_unit() -> None:
    two = {"education_2025": text(92), "finance_2025": text(85)}
    other = "indicators: [{id: x, name: 率, common: rate, target: 3次, actual: 2次}]"
    (pool,) = pools(catalogue(**two, cyber_2025=other), "rate")
    assert (pool.unit, pool.medians()) == ("%", {})
    (pool,) = pools(catalogue(**two, cyber_2025=text(99)), "rate")
    assert pool.medians() == {2025: D("92.00")}


# --- the pages ----------------------------------------------------------------------------------


def test_every_shared_indicator_has_a_page_and_the_list_leads_to_it() -> None:
    made = pages(education_2024=text(88), education_2025=text(92), finance_2025=text(85))
    assert list(made) == ["indicators/", "indicators/rate/", "indicators/unused/"]
    listed = html.unescape(made["indicators/"].markdown)
    assert '<a href="rate/">预算执行率</a>' in listed
    assert "2024—2025" in listed
    page = html.unescape(made["indicators/rate/"].markdown)
    for said in ("也叫：执行率", "2025年度", 'href="../../education/2025/#indicator-own-rate"',
                 'href="../../finance/"', "未达到"):  # fmt: skip
        assert said in page
    assert "公开的报告还没有这个指标" in made["indicators/unused/"].markdown


def test_charts_share_an_axis_and_have_files_with_the_numbers_shown() -> None:
    page = pages(education_2024=text(88), education_2025=text(92), finance_2025=text(40))[
        "indicators/rate/"
    ]
    (file,) = page.charts
    assert file.address == "indicators/rate/rate-yunting"
    rows = json.loads(file.text)["rows"]
    assert [row[2:] for row in rows] == [
        ["县教育局", "2024", "%", "90", "88", "未达到", ""],
        ["县教育局", "2025", "%", "90", "92", "达到", ""],
        ["县财政局", "2024", "%", "", "本年未列", "", ""],
        ["县财政局", "2025", "%", "90", "40", "未达到", ""],
    ]  # fmt: skip
    assert all("演示数据" in row[0] and row[1] == "预算执行率" for row in rows)
    axes = page.markdown.split('class="ep-tick"')[1:]
    assert len({axis.split("</g>")[0] for axis in axes}) == 1


def test_what_is_withheld_stays_withheld() -> None:
    hidden = f"{text('77.7')}\nwithheld: [{{place: indicators/own-rate/actual, reason: 依法}}]"
    for page in pages(education_2024=text(88), education_2025=hidden).values():
        assert "77.7" not in page.markdown
        assert not any("77.7" in chart.text for chart in page.charts)


def test_a_report_s_row_leads_to_the_page_on_the_site_alone() -> None:
    body = "\nbody: {overview: [{show: indicators}]}"
    (page,) = (
        p
        for p in write(catalogue(education_2025=text(92) + body))
        if p.address == "education/2025/"
    )
    assert '<a class="ep-web ep-shared" href="../../indicators/rate/">' in page.markdown


def test_a_page_reads_only_the_reports_that_have_its_indicator() -> None:
    whole = catalogue(education_2025=text(92), finance_2025=text(85, common=""))
    reads = {one.name: one.reads for one in plan(whole) if one.name.startswith("indicators")}
    own = tuple(key for key in whole.assessments if key.department == "education")
    assert reads == {"indicators": own, "indicators/rate": own, "indicators/unused": ()}


def test_without_shared_indicators_there_are_no_pages() -> None:
    whole = catalogue(reference(), education_2025=text(92, common=""))
    assert not [one for one in plan(whole) if one.name.startswith("indicators")]
