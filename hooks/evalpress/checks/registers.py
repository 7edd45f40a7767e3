"""2 check: rules about reference data itself: entries that contradict themselves or each other.

What is wrong there is wrong for every report that follows it, and is said once, at the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from pydantic import BaseModel

from evalpress.checks import Context, rule_for_all
from evalpress.checks.listed import entries, repeated
from evalpress.checks.rounding import plain
from evalpress.findings import Finding, Level, find
from evalpress.load import Path_, Source
from evalpress.model import Defaults, Grade, IndicatorField, Outline
from evalpress.text.nearest import near
from evalpress.text.numbering import has_form
from evalpress.wording import word

_COLUMN_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*", re.ASCII)
_OPEN_END = 9999


@rule_for_all("repeated_entry")
def repeated_entries(context: Context) -> Iterator[Finding]:
    """提纲的章节、表的行和列、方案的一级指标，编号不得重复。

    依据：本程序的数据格式
    """
    for list_name in ("schemes", "grade_scales", "fund_tables", "indicator_tables"):
        for entry, source, base in entries(context, list_name):
            for path, found in _repeated_below(entry, base):
                yield find(
                    "repeated_entry", source.place((*path, "id")), found=found, owner=entry.id
                )
    for outline, source, base in entries(context, "outlines"):
        for path, found in _repeated_sections(outline, base):
            yield find("repeated_entry", source.place((*path, "id")), found=found, owner=outline.id)


def _repeated_below(node: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Way and id of every entry whose id an earlier entry of the same list has."""
    if isinstance(node, BaseModel):
        for key in type(node).model_fields:
            yield from _repeated_below(getattr(node, key), (*path, key))
    elif isinstance(node, tuple):
        yield from (((*path, index), found) for index, found in repeated(node))
        for index, child in enumerate(node):
            yield from _repeated_below(child, (*path, index))


def _repeated_sections(outline: Outline, base: Path_) -> Iterator[tuple[Path_, str]]:
    """Sections with an id that any earlier section of the outline has."""
    seen: set[str] = set()

    def visit(sections: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
        for index, section in enumerate(sections):
            if section.id in seen:
                yield (*path, index), section.id
            seen.add(section.id)
            yield from visit(section.sections, (*path, index, "sections"))

    return visit(outline.sections, (*base, "sections"))


@rule_for_all("outline_numbering", level=Level.WARNING)
def outline_numbering(context: Context) -> Iterator[Finding]:
    """提纲各级标题的编号样式要能递增。

    依据：本程序的数据格式
    """
    for outline, source, base in entries(context, "outlines"):
        samples: list[tuple[Path_, str | None]] = [
            (("numbering", index), sample) for index, sample in enumerate(outline.numbering)
        ]
        samples.append((("goals", "numbering"), outline.goals.numbering))
        samples.append((("problems", "numbering"), outline.problems.numbering))
        for path, sample in samples:
            if not has_form(sample):
                where = source.place((*base, *path))
                yield find("outline_numbering", where, found=sample, outline=outline.id)


# --- tables -------------------------------------------------------------------------------------


@rule_for_all("unknown_row")
def unknown_summands(context: Context) -> Iterator[Finding]:
    """合计行 sum_of 里的各行，资金表要有。

    依据：本程序的数据格式
    """
    for table, source, base in entries(context, "fund_tables"):
        known = [row.id for row in table.rows]
        for index, row in enumerate(table.rows):
            others = [other for other in known if other != row.id]
            for number, found in enumerate(row.sum_of):
                if found not in others:
                    where = source.place((*base, "rows", index, "sum_of", number))
                    yield find(
                        "unknown_row", where, found=found, table=table.id,
                        near=near(found, others), known="、".join(others),
                    )  # fmt: skip


@rule_for_all("extra_without_id")
def extra_columns_without_id(context: Context) -> Iterator[Finding]:
    """指标表的自定义列要有编号。

    依据：本程序的数据格式
    """
    for table, source, base in entries(context, "indicator_tables"):
        for index, column in enumerate(table.columns):
            if column.field is IndicatorField.EXTRA and not column.id:
                where = source.place((*base, "columns", index, "field"))
                yield find("extra_without_id", where, found=column.name)


@rule_for_all("unsafe_column_id")
def unsafe_column_ids(context: Context) -> Iterator[Finding]:
    """资金表的列用英文编号，中文写在名称里。

    依据：本程序的数据格式
    """
    for table, source, base in entries(context, "fund_tables"):
        for index, column in enumerate(table.columns):
            if not _COLUMN_ID.fullmatch(column.id):
                where = source.place((*base, "columns", index, "id"))
                yield find("unsafe_column_id", where, found=column.id)


# --- grades -------------------------------------------------------------------------------------


@rule_for_all("grade_bounds")
def grade_bounds(context: Context) -> Iterator[Finding]:
    """各档等级的分数段首尾相接，不留空档也不重叠。

    依据：算术关系
    """
    for scale, source, base in entries(context, "grade_scales"):
        falling = sorted(scale.grades, key=lambda g: g.floor, reverse=True)
        for grade in falling:
            if grade.floor >= grade.ceiling:
                where = _grade(source, base, scale.grades, grade, "floor")
                yield find(
                    "grade_upside_down", where, scale=scale.id, word=grade.word,
                    found=plain(grade.floor), expected=plain(grade.ceiling),
                )  # fmt: skip
        for above, grade in pairwise(falling):
            if grade.ceiling != above.floor and grade.floor < grade.ceiling:
                where = _grade(source, base, scale.grades, grade, "ceiling")
                yield find(
                    "grade_bounds", where, scale=scale.id, word=grade.word, above=above.word,
                    found=plain(grade.ceiling), expected=plain(above.floor),
                )  # fmt: skip


def _grade(source: Source, base: Path_, grades: tuple[Grade, ...], grade: Grade, key: str) -> Any:
    return source.place((*base, "grades", grades.index(grade), key))


@rule_for_all("repeated_grade_word")
def repeated_grade_words(context: Context) -> Iterator[Finding]:
    """一个等级用词只能属于一个等级。

    依据：报告前后一致
    """
    for scale, source, base in entries(context, "grade_scales"):
        seen: dict[str, int] = {}
        for index, grade in enumerate(scale.grades):
            for found in dict.fromkeys((grade.id, grade.word, *grade.also)):
                first = seen.setdefault(found, index)
                if first != index:
                    where = source.place((*base, "grades", index))
                    yield find(
                        "repeated_grade_word", where, scale=scale.id, found=found,
                        first=scale.grades[first].word, second=grade.word,
                    )  # fmt: skip


# --- years --------------------------------------------------------------------------------------


@rule_for_all("overlapping_defaults")
def overlapping_defaults(context: Context) -> Iterator[Finding]:
    """地区的默认值按年度分组，各组年度不得重叠。

    依据：本程序的数据格式
    """
    for region, source, base in entries(context, "regions"):
        numbered = list(enumerate(region.defaults))
        for (_, first), (index, second) in combinations(numbered, 2):
            year = _first_common_year(first, second)
            if year is not None:
                where = source.place((*base, "defaults", index))
                shown = word("finding", "all_years") if year == 0 else year
                yield find("overlapping_defaults", where, region=region.name, year=shown)


def _first_common_year(first: Defaults, second: Defaults) -> int | None:
    start = max(first.since or 0, second.since or 0)
    end = min(first.until or _OPEN_END, second.until or _OPEN_END)
    if start > end:
        return None
    return start or (end if end != _OPEN_END else 0)


@rule_for_all("name_without_until")
def names_without_end(context: Context) -> Iterator[Finding]:
    """部门以前的名称要写明用到哪一天。

    依据：本程序的数据格式
    """
    for department, source, base in entries(context, "departments"):
        for index, name in enumerate(department.names[:-1]):
            if not name.until:
                where = source.place((*base, "names", index))
                yield find("name_without_until", where, found=name.name)
