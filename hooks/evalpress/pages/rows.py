"""4 write: what the pages that lead to reports share: their columns, cells and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

from markupsafe import Markup

from evalpress.assess import BUDGET_ROLES, Assessment, Catalogue, YearTotals
from evalpress.assess.punctuality import OUTSTANDING, Coverage, Status
from evalpress.assess.targets import targets
from evalpress.model import Department, FundColumnRole, Provenance, Region
from evalpress.pages.attainment import targets_cell, targets_column
from evalpress.pages.frame import (
    Figure,
    Frame,
    anchor,
    found_as,
    home_entry,
    stamp_of,
)
from evalpress.pages.grids import Cell, Column, amount, cell, number_cell
from evalpress.pages.meta_tags import column_tags
from evalpress.text.markup import plain
from evalpress.wording import word, words


def year_figures(totals: YearTotals) -> list[Figure]:
    """Key figures of a region and year."""
    figures = [
        Figure(
            word("page", "published_count"), str(totals.published), word("page", "copies"),
            word("page", "of_due").format(totals.due),
        )
    ]  # fmt: skip
    if totals.projects:
        figures.append(
            Figure(word("page", "project_count"), str(totals.projects), word("page", "copies"))
        )
    covered = word("page", "covers").format(totals.counted)
    for name, value in (("total_budget", totals.budget), ("total_executed", totals.executed)):
        if value is not None:
            figures.append(Figure(word("page", name), amount(value), totals.unit, covered))
    if totals.rate_percent is not None:
        note = word("page", "rate_of_sums")
        figures.append(Figure(word("page", "rate"), amount(totals.rate_percent), "%", note))
    if totals.grades:
        graded = sum(totals.grades.values())
        best = totals.grades.get("excellent", 0)
        note = word("page", "of_graded").format(graded)
        figures.append(
            Figure(word("page", "excellent_count"), str(best), word("page", "copies"), note)
        )
    return figures


_FIGURES = ("self_score", "full_marks", "grade", "budget_column", "executed_column", "rate")


# What a brief list shows of a report in its two lines.
_SLOTS = {"self_score": "score", "grade": "grade", "rate": "rate"}


def figure_columns(within: str | None = None) -> list[Column]:
    """The columns of `figure_cells`. A text for `within` makes them sortable: scores and grades
    among rows with the same facet of that name where it is not empty."""
    sortable = within is not None
    kept = {"self_score": within or "", "grade": within or ""}
    return [
        Column(word("page", "report"), slot="report" if sortable else ""),
        *(
            Column(
                word("page", name), numeric=name != "grade",
                key=name if sortable and name != "full_marks" else "", within=kept.get(name, ""),
                slot=_SLOTS.get(name, "") if sortable else "",
            )
            for name in _FIGURES
        ),
        targets_column("targets" if sortable else ""),
        Column(word("page", "published_on"), key="published" if sortable else ""),
    ]  # fmt: skip


def figure_cells(
    assessment: Assessment, here: str, shown: str, coverage: Coverage | None = None
) -> tuple[Cell, ...]:
    """A report's figures; with its coverage the day of publication says how late it was."""
    money = assessment.money
    published = assessment.report.content.first_published
    budget = money.get(*BUDGET_ROLES, FundColumnRole.APPROPRIATED) if money else None
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    stamp = stamp_of(assessment.report)
    title = anchor(here, assessment.key.address, shown)
    if stamp:
        title += Markup(' <span class="ep-badge">') + plain(stamp["word"]) + Markup("</span>")
    percent, grade = assessment.score_percent, assessment.grade
    return (
        cell(title),
        replace(number_cell(assessment.score), sort=str(percent) if percent is not None else ""),
        number_cell(assessment.full_marks),
        replace(cell(assessment.grade_word), sort=str(grade.floor) if grade else ""),
        number_cell(budget),
        number_cell(executed),
        number_cell(assessment.rate.percent if assessment.rate else None, "%"),
        targets_cell(targets(assessment.report)),
        _published_cell(f"{published:%Y-%m-%d}" if published else None, coverage),
    )


def tick(assessment: Assessment, name: str) -> Markup:
    """A box to choose a report by, for a comparison; where no script runs it is not shown."""
    year = word("page", "year").format(assessment.key.year)
    shown = word("picks", "named").format(name=name, year=year)
    box = '<input type="checkbox" class="ep-choose" value="{}" data-name="{}" aria-label="{}">'
    address = assessment.key.address.rstrip("/")
    return Markup(box).format(address, plain(f"{name}{year}"), plain(shown))


def named_cell(assessment: Assessment | None, name: str, shown: Markup) -> Cell:
    """What names a row: a link, and before it the box to choose the row's report by."""
    return cell((tick(assessment, name) + shown) if assessment else shown)


def moved_cell(change: Decimal) -> Cell:
    """A change with a sign that needs no colour: ▲ 1.20, ▼ 0.35; sorted as a number."""
    return Cell(moved(change), "ep-number", sort=str(change))


def moved(change: Decimal, unit: str = "") -> Markup:
    """▲ 1.20 with the word for it to be read aloud."""
    way = "same" if change == 0 else "up" if change > 0 else "down"
    size = f" {amount(abs(change))}{unit}" if change else ""
    return Markup(
        '<span class="ep-since ep-since--{way}"><span aria-hidden="true">{sign}</span>'
        '<span class="ep-unseen">{said}</span>{size}</span>'
    ).format(way=way, sign=word("since", way, "sign"), said=word("since", way, "said"), size=size)


def _published_cell(day: str | None, coverage: Coverage | None) -> Cell:
    days = days_words(coverage) if coverage and day else ""
    return cell(plain(day) + days_note(days) if days else day)


def days_note(text: str) -> Markup:
    """Days after a deadline, or a reason, below what they are about."""
    return Markup(' <span class="ep-days">') + plain(text) + Markup("</span>")


def unit_note(assessments: list[Assessment]) -> str:
    """The unit of the amounts in a table's caption, where all have the same."""
    units = {a.money.unit for a in assessments if a.money}
    return word("page", "unit_note").format(units.pop()) if len(units) == 1 else ""


def unpublished(catalogue: Catalogue, department: Department, year: int) -> Cell:
    """What stands where a department has no overall report of the year."""
    found = catalogue.coverage(department, year)
    return cell(status_words(found), STATUS_STYLES[found.status])


def days_words(coverage: Coverage) -> str:
    """Days after the deadline or left until it, in words; nothing for what came in time."""
    return word("days", coverage.punctuality).format(abs(coverage.days or 0))


def as_of_words(
    catalogue: Catalogue, departments: Iterable[Department], years: Iterable[int]
) -> str:
    """The day to which days are counted, where something of these years is still outstanding."""
    pairs = product(departments, years)
    counted = (catalogue.coverage(department, year) for department, year in pairs)
    if catalogue.as_of and any(c.status in OUTSTANDING and c.days is not None for c in counted):
        return word("page", "as_of").format(catalogue.as_of)
    return ""


def status_words(coverage: Coverage) -> str:
    """What is there of a year, with the days and the reason."""
    notes = "，".join(filter(None, (days_words(coverage), coverage.reason)))
    label = word("coverage", coverage.status)
    return f"{label}：{notes}" if notes else label


def status_facet(coverage: Coverage) -> str:
    """What is there of a year without the number of days, so that many rows share it."""
    return word("facets", "statuses", coverage.punctuality) or word("coverage", coverage.status)


STATUS_STYLES = {
    Status.PUBLISHED: "ep-yes",
    Status.PREVIEW: "ep-preview",
    Status.PARTIAL: "ep-exempt",
    Status.MISSING: "ep-no",
    Status.EXEMPT: "ep-exempt",
    Status.WITHDRAWN: "ep-exempt",
    Status.ABSENT: "ep-none",
}


def region_note(region: Region) -> str:
    """Says what the region's data are, where they are not simply real."""
    if region.provenance is Provenance.REAL:
        return ""
    label = Markup('<span class="ep-badge">') + plain(
        word("provenances", region.provenance, "word")
    )
    note = region.note or word("provenances", region.provenance, "note")
    return f'<p class="ep-note">{label}</span> {plain(note)}</p>'


def source_words(region: Region) -> str:
    """What a file says of its data: how real they are, and of which region."""
    label = word("provenances", region.provenance, "word")
    return f"{label}　{region.name}" if label else region.name


def several_sources(found: Iterable[Assessment]) -> str:
    """The same of data that may be of several kinds and regions."""
    pairs = dict.fromkeys((a.report.provenance, a.region.name) for a in found)
    return "；".join(f"{word('provenances', kind, 'word')}　{name}" for kind, name in pairs)


def list_frame(kind: str, title: str, **values: Any) -> Frame:
    """What the frame shows round a page that leads to reports; those with a word for it are found
    by the search."""
    shared: dict[str, Any] = {"breadcrumbs": [home_entry()], "tags": column_tags(kind, title)}
    if kind in words("search", "kinds"):
        shared["search"] = found_as(word("search", "kinds", kind))
    return Frame(kind, title, **{**shared, **values})
