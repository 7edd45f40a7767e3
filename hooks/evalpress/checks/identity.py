"""2 check: rules about addresses and ids: permanent, unique, clear of the site's own."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.addresses import RESERVED, is_reserved_slug
from evalpress.checks.listed import file_of, position_of, repeated
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, find
from evalpress.ledger.allotting import codes_of, lacks_code
from evalpress.model import Report
from evalpress.text.index_numbers import codes_in, filled, form_of
from evalpress.wording import word


@rule_for_all("reserved_id")
def reserved_department_ids(context: Context) -> Iterator[Finding]:
    """部门编号不能占用网站自己的网址。

    依据：本程序的数据格式
    """
    source = file_of(context, "departments")
    entries = source.data.get("departments", []) if isinstance(source.data, dict) else []
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        found = entry.get("id") if isinstance(entry, dict) else None
        if found in RESERVED:
            yield find("reserved_id", source.place(("departments", index, "id")), found=found)


@rule_for_all("reserved_slug")
def reserved_slugs(context: Context) -> Iterator[Finding]:
    """项目编号不能占用报告自己的网址。

    依据：本程序的数据格式
    """
    for report in context.loaded.reports:
        if is_reserved_slug(report.key.slug):
            where = context.source(report).place(("slug",))
            yield find("reserved_slug", where, found=report.key.slug)


@rule_for_all("duplicate_report")
def duplicate_reports(context: Context) -> Iterator[Finding]:
    """一个网址只能有一份报告。

    依据：本程序的数据格式
    """
    seen: dict[object, str] = {}
    for report in context.loaded.reports:
        if report.key in seen:
            where = context.source(report).place(())
            found, first = report.key.address, seen[report.key]
            other = word("finding", "or_other_slug") if report.key.slug else ""
            yield find("duplicate_report", where, found=found, first=first, other=other)
        seen.setdefault(report.key, report.source)


@rule("repeated_id", waivable=False)
def repeated_ids(subject: Subject) -> Iterator[Finding]:
    """一份报告里，同一列表中的编号不得重复。

    依据：本程序的数据格式
    """
    for _, steps, value in subject.parts:
        if type(value) is tuple:
            for index, found in repeated(value):
                place = "/".join(str(step) for step in steps if isinstance(step, str))
                where = subject.locate((*steps, index, "id"))
                yield find("repeated_id", where, found=found, place=place)


@rule_for_all("duplicate_index_number")
def duplicate_index_numbers(context: Context) -> Iterator[Finding]:
    """索引号不得重复使用。

    依据：地方做法
    """
    seen: dict[str, Report] = {}
    for report in context.loaded.reports:
        number = report.content.public_info.index_number
        if number and number in seen:
            where = context.source(report).place(("public_info", "index_number"))
            yield find("duplicate_index_number", where, found=number, first=seen[number].source)
        elif number:
            seen[number] = report


@rule("index_number_form")
def index_number_form(subject: Subject) -> Iterator[Finding]:
    """索引号合地区规定的样式。

    依据：地方做法
    """
    number = subject.content.public_info.index_number
    pattern = subject.reference.defaults(subject.key).index_number
    department = subject.reference.departments.get(subject.key.department)
    if number and pattern and department and not lacks_code(pattern, department):
        codes = codes_of(department)
        if not form_of(pattern, codes).fullmatch(number):
            sample = filled(pattern, codes, subject.key.year + 1, 1)
            place = "public_info/index_number"
            yield subject.find("index_number_form", place, found=number, expected=sample)


@rule_for_all("index_code_missing")
def index_codes_missing(context: Context) -> Iterator[Finding]:
    """索引号样式里用到的代码，有报告的部门都要有。

    依据：本程序的数据格式
    """
    reference, source = context.loaded.reference, file_of(context, "departments")
    patterns: dict[str, str] = {}
    for report in context.loaded.reports:
        if pattern := reference.defaults(report.key).index_number:
            patterns.setdefault(report.key.department, pattern)
    for name, pattern in patterns.items():
        if lacks_code(pattern, reference.departments[name]):
            where = source.place(("departments", position_of(source, "departments", name)))
            missing = "、".join(codes_in(pattern))
            yield find("index_code_missing", where, found=name, missing=missing, pattern=pattern)


@rule_for_all("uncounted_name")
def shared_names(context: Context) -> Iterator[Finding]:
    """同一地区现有的部门不得同名。

    依据：本程序的数据格式
    """
    seen: dict[tuple[str, str], str] = {}
    departments = context.loaded.reference.departments.values()
    source = file_of(context, "departments")
    for department in (d for d in departments if not d.abolished):
        for name in department.all_names():
            first = seen.setdefault((department.region, name), department.id)
            if first != department.id:
                position = position_of(source, "departments", department.id)
                where = source.place(("departments", position))
                yield find("uncounted_name", where, found=name, first=first, second=department.id)
