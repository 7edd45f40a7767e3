"""2 check: rules about departments merged, split or given new ids: their dates and addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.addresses import RESERVED, is_reserved_slug
from evalpress.checks.listed import entries
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level, Place, find
from evalpress.load import Path_, Source
from evalpress.model import Department, Key, Successor

_A_DAY = timedelta(days=1)


def _successors(
    context: Context,
) -> Iterator[tuple[Department, Successor, Department | None, Source, Path_]]:
    """Every passing of duties: who gave, how, who took (None where unknown), and where it says."""
    known = context.loaded.reference.departments
    for department, source, base in entries(context, "departments"):
        for index, successor in enumerate(department.successors):
            path = (*base, "successors", index)
            yield department, successor, known.get(successor.id), source, path


@rule_for_all("successor_self")
def successors_of_their_own(context: Context) -> Iterator[Finding]:
    """承接职能的是另一个部门，不是自己。

    依据：本程序的数据格式
    """
    for department, successor, _, source, path in _successors(context):
        if successor.id == department.id:
            yield find("successor_self", source.place((*path, "id")), found=successor.id)


@rule_for_all("successor_too_early")
def successors_too_early(context: Context) -> Iterator[Finding]:
    """承接日期不早于承接部门的成立日期。

    依据：本程序的数据格式
    """
    for _, successor, taker, source, path in _successors(context):
        born = taker.established if taker else None
        if taker and born and successor.since < born:
            yield _dated("successor_too_early", source.place((*path, "since")), taker, successor)


@rule_for_all("successor_gone")
def successors_gone(context: Context) -> Iterator[Finding]:
    """承接日期不晚于承接部门的撤销日期。

    依据：本程序的数据格式
    """
    for department, successor, taker, source, path in _successors(context):
        gone = taker.abolished if taker and taker is not department else None
        if taker and gone and successor.since > gone:
            yield _dated("successor_gone", source.place((*path, "since")), taker, successor)


def _dated(rule: str, where: Place, taker: Department, successor: Successor) -> Finding:
    return find(
        rule, where, found=taker.current.name, since=successor.since,
        established=taker.established, abolished=taker.abolished,
    )  # fmt: skip


@rule_for_all("successor_too_late")
def successors_too_late(context: Context) -> Iterator[Finding]:
    """承接日期不晚于原部门撤销的次日。

    依据：本程序的数据格式
    """
    for department, successor, taker, source, path in _successors(context):
        gone = department.abolished
        if gone and successor.since > gone + _A_DAY:
            where, name = source.place((*path, "since")), taker.current.name if taker else ""
            found = name or successor.id
            yield find(
                "successor_too_late", where, found=found, abolished=gone, since=successor.since
            )


@rule_for_all("life_upside_down")
def lives_upside_down(context: Context) -> Iterator[Finding]:
    """部门的撤销日期不早于成立日期。

    依据：本程序的数据格式
    """
    for department, source, base in entries(context, "departments"):
        born, gone = department.established, department.abolished
        if born and gone and gone < born:
            where = source.place((*base, "abolished"))
            yield find("life_upside_down", where, established=born, abolished=gone)


@rule("report_after_end", level=Level.WARNING)
def report_after_end(subject: Subject) -> Iterator[Finding]:
    """部门撤销以后的年度没有它的报告。

    依据：本程序的数据格式
    """
    department = subject.reference.departments[subject.key.department]
    gone = department.abolished
    if gone and subject.key.year > gone.year:
        yield subject.find("report_after_end", "", abolished=gone, year=subject.key.year)


@rule_for_all("former_id_taken")
def former_ids_taken(context: Context) -> Iterator[Finding]:
    """部门的曾用编号现在没有别人使用，也不占用网站自己的网址。

    依据：本程序的数据格式
    """
    departments = context.loaded.reference.departments
    count = Counter(former for d in departments.values() for former in d.former_ids)
    for department, source, base in entries(context, "departments"):
        for index, found in enumerate(department.former_ids):
            if found in departments or found in RESERVED or count[found] > 1:
                where = source.place((*base, "former_ids", index))
                yield find("former_id_taken", where, found=found)


@rule_for_all("former_slug_taken")
def former_slugs_taken(context: Context) -> Iterator[Finding]:
    """报告的曾用网址编号现在没有别的报告使用，也不占用报告自己的网址。

    依据：本程序的数据格式
    """
    known = context.reports
    reports = [r for r in context.loaded.reports if r.content.former_slugs]
    former = [Key(r.key.department, r.key.year, s) for r in reports for s in r.content.former_slugs]
    for report in reports:
        for index, found in enumerate(report.content.former_slugs):
            key = Key(report.key.department, report.key.year, found)
            if key in known or is_reserved_slug(found) or former.count(key) > 1:
                where = context.source(report).place(("former_slugs", index))
                yield find("former_slug_taken", where, found=found)
