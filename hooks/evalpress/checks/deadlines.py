"""2 check: who must publish what by when -> Findings: deadlines and exemptions that contradict.

What is said of punctuality in public must rest on dates that can hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from evalpress.checks import Context, rule_for_all
from evalpress.checks.listed import entries
from evalpress.findings import Finding, Level, find
from evalpress.model import Deadline, Department, Key, Region
from evalpress.wording import word, words

_LONGEST = 2  # calendar years after the year under review; a later day is a slip of the pen


@rule_for_all("deadline_year")
def deadline_years(context: Context) -> Iterator[Finding]:
    """公开期限在年度结束以后；单为某些部门（如年中撤销的）定的，可以早一些。

    依据：本程序的数据格式
    """
    for region, source, base in entries(context, "regions"):
        for index, deadline in enumerate(region.deadlines):
            first = deadline.year + (0 if deadline.departments else 1)
            last = deadline.year + _LONGEST
            if not first <= deadline.due.year <= last:
                where = source.place((*base, "deadlines", index, "due"))
                yield find(
                    "deadline_year", where, found=deadline.due, year=deadline.year,
                    first=f"{first}-01-01", last=f"{last}-12-31",
                )  # fmt: skip


@rule_for_all("overlapping_deadlines")
def overlapping_deadlines(context: Context) -> Iterator[Finding]:
    """同一年度、同一文种，对同一部门只能有一个公开期限。

    依据：本程序的数据格式
    """
    for region, source, base in entries(context, "regions"):
        numbered = list(enumerate(region.deadlines))
        for (_, first), (index, second) in combinations(numbered, 2):
            if shared := _shared(first, second):
                where = source.place((*base, "deadlines", index))
                yield find(
                    "overlapping_deadlines", where, year=second.year, found=shared,
                    first=first.due, second=second.due,
                )  # fmt: skip


def _shared(first: Deadline, second: Deadline) -> str:
    """What two deadlines of the same rank both hold for, in words; nothing where they do not."""
    kinds = [words("kinds")[kind] for kind in first.kinds if kind in second.kinds]
    if first.year != second.year or not kinds:
        return ""
    if not first.departments and not second.departments:
        return "、".join(kinds)
    both = [name for name in first.departments if name in second.departments]
    return f"{'、'.join(both)}（{'、'.join(kinds)}）" if both else ""


@rule_for_all("deadline_for_nobody")
def deadlines_for_nobody(context: Context) -> Iterator[Finding]:
    """期限里点名的部门，当年要存在、属于这个地区、没有免报。

    依据：本程序的数据格式
    """
    known = context.loaded.reference.departments
    for region, source, base in entries(context, "regions"):
        for index, deadline in enumerate(region.deadlines):
            for number, name in enumerate(deadline.departments):
                why = _not_due(known[name], region, deadline.year) if name in known else ""
                if why:
                    where = source.place((*base, "deadlines", index, "departments", number))
                    values = {"found": name, "year": deadline.year, "region": region.name}
                    reason = word("deadlines", why).format(**values)
                    yield find("deadline_for_nobody", where, why=reason, **values)


def _not_due(department: Department, region: Region, year: int) -> str:
    """Why the department owes this region no report of the year; nothing where it does."""
    if department.exemption(year):
        return "exempt"
    if not department.existed_in(year):
        return "absent"
    return "" if region.id in {ref.id for ref in department.regions} else "elsewhere"


@rule_for_all("repeated_exemption")
def repeated_exemptions(context: Context) -> Iterator[Finding]:
    """一个部门一个年度的免报只写一次。

    依据：本程序的数据格式
    """
    for department, source, base in entries(context, "departments"):
        years = [exemption.year for exemption in department.exemptions]
        for index, year in enumerate(years):
            if year in years[:index]:
                where = source.place((*base, "exemptions", index, "year"))
                yield find("repeated_exemption", where, found=department.id, year=year)


@rule_for_all("exempt_but_absent", level=Level.WARNING)
def exempt_but_absent(context: Context) -> Iterator[Finding]:
    """部门不存在的年度不用写免报。

    依据：本程序的数据格式
    """
    for department, source, base in entries(context, "departments"):
        for index, exemption in enumerate(department.exemptions):
            if not department.existed_in(exemption.year):
                where = source.place((*base, "exemptions", index, "year"))
                yield find("exempt_but_absent", where, found=department.id, year=exemption.year)


@rule_for_all("exempt_but_reported", level=Level.WARNING)
def exempt_but_reported(context: Context) -> Iterator[Finding]:
    """免报的年度没有部门整体报告；有报告的不是免报。

    依据：本程序的数据格式
    """
    for department, source, base in entries(context, "departments"):
        for index, exemption in enumerate(department.exemptions):
            report = context.reports.get(Key(department.id, exemption.year))
            if report:
                where = source.place((*base, "exemptions", index, "year"))
                yield find(
                    "exempt_but_reported", where, found=department.id, year=exemption.year,
                    file=report.source,
                )  # fmt: skip
