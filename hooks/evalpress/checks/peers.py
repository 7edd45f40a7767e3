"""2 check: rules that hold the departments of a region and year against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from evalpress.checks import Context, rule_for_all
from evalpress.checks.listed import file_of
from evalpress.findings import Finding, Level, Place, find
from evalpress.model import Department, GradeId, Key, Kind, Report

# With fewer reports than this, one grade for all says nothing.
ENOUGH = 8


def _years(context: Context) -> Iterator[tuple[str, int, list[Report]]]:
    """The overall reports of each region and year."""
    groups: dict[tuple[str, int], list[Report]] = {}
    for report in context.loaded.reports:
        if not report.key.slug and (report.content.kind or Kind.DEPARTMENT) is Kind.DEPARTMENT:
            region = context.loaded.reference.departments[report.key.department].region
            groups.setdefault((region, report.key.year), []).append(report)
    for (region, year), reports in groups.items():
        yield region, year, reports


def _region_name(context: Context, region: str) -> str:
    found = context.loaded.reference.regions.get(region)
    return found.name if found else region


@rule_for_all("schemes_differ", level=Level.HINT, waivable=True)
def schemes_differ(context: Context) -> Iterator[Finding]:
    """同一地区同一年度各部门用同一个权重方案。

    依据：地方做法
    """
    reference = context.loaded.reference
    for region, year, reports in _years(context):
        named = [(r, s.id) for r in reports if (s := reference.scheme_of(r.content, r.key))]
        usual = Counter(scheme for _, scheme in named).most_common(1)
        for report, scheme in named:
            if scheme != usual[0][0]:
                where = context.source(report).place(("scheme",))
                values: dict[str, Any] = {"found": scheme, "usual": usual[0][0], "year": year}
                name = _region_name(context, region)
                yield find("schemes_differ", where, place="scheme", region=name, **values)


@rule_for_all("all_excellent", level=Level.HINT)
def all_excellent(context: Context) -> Iterator[Finding]:
    """各部门的等级有高有低，不全是优。

    依据：地方做法
    """
    for region, year, reports in _years(context):
        grades = [grade for report in reports if (grade := _grade(context, report))]
        if len(grades) >= ENOUGH and set(grades) == {GradeId.EXCELLENT}:
            values: dict[str, Any] = {"region": _region_name(context, region), "year": year}
            where = Place(file_of(context, "regions").name, 1)
            yield find("all_excellent", where, count=len(grades), **values)


def _grade(context: Context, report: Report) -> GradeId | None:
    scale = context.loaded.reference.grade_scale_of(report.content, report.key)
    scores = report.content.scores
    grade = scale.grade(scores.grade) if scale and scores and scores.grade else None
    return grade.id if grade else None


@rule_for_all("reports_missing", level=Level.HINT)
def reports_missing(context: Context) -> Iterator[Finding]:
    """其他部门已报的年度，每个应报的部门都报了。

    依据：地方做法
    """
    reference = context.loaded.reference
    known = {report.key for report in context.loaded.reports} | context.loaded.unread
    for region, year, reports in _years(context):
        if len(reports) < 2:
            continue
        missing = [
            department.named_in(year).name
            for department in reference.departments.values()
            if department.region == region
            and _is_due(department, year)
            and Key(department.id, year) not in known
        ]
        if missing:
            values: dict[str, Any] = {"region": _region_name(context, region), "year": year}
            found = "、".join(missing)
            where = Place(file_of(context, "departments").name, 1)
            yield find("reports_missing", where, found=found, count=len(missing), **values)


def _is_due(department: Department, year: int) -> bool:
    return department.existed_in(year) and department.exemption(year) is None
