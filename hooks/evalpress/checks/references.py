"""2 check: rules about names that must be known: schemes, outlines, sections, columns, files."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from glob import escape
from pathlib import Path, PurePath
from typing import NamedTuple
from unicodedata import category, normalize

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.listed import file_of, position_of
from evalpress.checks.subject import Subject
from evalpress.files.attachments import leads_out
from evalpress.findings import Finding, Level, Place, find
from evalpress.load import LISTS, Path_, Source, labelled
from evalpress.model import (
    Defaults,
    Evaluated,
    FundColumnRole,
    Key,
    Kind,
    Outline,
    Project,
    Report,
    ReportFile,
)
from evalpress.text.nearest import near
from evalpress.wording import word


def _unknown(
    context: Context, where: Place, found: str, list_name: str, also: Iterable[str] = ()
) -> Iterator[Finding]:
    """A finding for a name that is not in a list, unless its entry was refused while reading."""
    known = getattr(context.loaded.reference, list_name)
    if found in known or context.loaded.was_refused(list_name, found):
        return
    file, names = LISTS[list_name][0], sorted(known)
    listed = "、".join([*names, *also]) or word("finding", "nothing")
    suggestion = near(found, [*names, *also])
    yield find("unknown_reference", where, found=found, near=suggestion, file=file, known=listed)


def owner_paths(report: Report) -> Iterator[tuple[Evaluated, Path_]]:
    """The report and the projects inside it, each with the way to it in the file."""
    yield report.content, ()
    for index, project in enumerate(report.content.projects):
        yield project, ("projects", index)


def each_owner(context: Context) -> Iterator[tuple[Report, Evaluated, Source, Path_]]:
    """All reports and their projects, with where they stand."""
    for report in context.loaded.reports:
        for owner, path in owner_paths(report):
            yield report, owner, context.source(report), path


_DEFAULT_LISTS = {
    "scheme": "schemes",
    "grade_scale": "grade_scales",
    "fund_table": "fund_tables",
    "indicator_table": "indicator_tables",
}


@rule_for_all("unknown_reference")
def unknown_references(context: Context) -> Iterator[Finding]:
    """权重方案、提纲、表样、地区等都要先登记再引用。

    依据：本程序的数据格式
    """
    yield from _of_regions(context)
    yield from _of_departments(context)
    yield from _of_schemes(context)
    for _, owner, source, path in each_owner(context):
        yield from _of_report(context, owner, source, path)


def _of_regions(context: Context) -> Iterator[Finding]:
    source = file_of(context, "regions")
    for region in context.loaded.reference.regions.values():
        index = position_of(source, "regions", region.id)
        for number, defaults in enumerate(region.defaults):
            base: Path_ = ("regions", index, "defaults", number)
            yield from _of_defaults(context, defaults, source, base)
        for number, deadline in enumerate(region.deadlines):
            for at, found in enumerate(deadline.departments):
                way = ("regions", index, "deadlines", number, "departments", at)
                yield from _unknown(context, source.place(way), found, "departments")


def _of_defaults(
    context: Context, defaults: Defaults, source: Source, base: Path_
) -> Iterator[Finding]:
    for key, list_name in _DEFAULT_LISTS.items():
        found = getattr(defaults, key)
        if found and (key, found) != ("scheme", "none"):
            yield from _unknown(context, source.place((*base, key)), found, list_name)
    for kind, outline in defaults.outlines.items():
        where = source.place((*base, "outlines", kind))
        yield from _unknown(context, where, outline, "outlines")


_DEPARTMENT_REFS = {"regions": "regions", "parents": "departments", "successors": "departments"}


def _of_departments(context: Context) -> Iterator[Finding]:
    source = file_of(context, "departments")
    for department in context.loaded.reference.departments.values():
        index = position_of(source, "departments", department.id)
        for name, list_name in _DEPARTMENT_REFS.items():
            for number, ref in enumerate(getattr(department, name)):
                where = source.place(("departments", index, name, number, "id"))
                yield from _unknown(context, where, ref.id, list_name)


def _of_schemes(context: Context) -> Iterator[Finding]:
    source = file_of(context, "schemes")
    for scheme in context.loaded.reference.schemes.values():
        base: Path_ = ("schemes", position_of(source, "schemes", scheme.id))
        where = source.place((*base, "grade_scale"))
        yield from _unknown(context, where, scheme.grade_scale, "grade_scales")


def _of_report(
    context: Context, owner: Evaluated, source: Source, path: Path_
) -> Iterator[Finding]:
    wanted: dict[Path_, tuple[str | None, str]] = {
        ("scheme",): (owner.scheme if owner.scheme != "none" else None, "schemes"),
        ("outline",): (owner.outline, "outlines"),
        ("indicator_table",): (owner.indicator_table, "indicator_tables"),
        ("funds", "table"): (owner.funds.table if owner.funds else None, "fund_tables"),
    }
    for keys, (found, list_name) in wanted.items():
        if found:
            way = (*path, *keys)
            where = source.place(way, labelled(ReportFile, source, way))
            also = ["none"] if keys == ("scheme",) else []
            yield from _unknown(context, where, found, list_name, also)
    for number, indicator in enumerate(owner.indicators):
        if indicator.common:
            where = source.place((*path, "indicators", number, "common"))
            yield from _unknown(context, where, indicator.common, "common_indicators")


def outline_of(context: Context, report: Report, owner: Evaluated) -> Outline | None:
    """The outline that a report or a project inside it prints by; None where none is known."""
    return context.loaded.reference.outline_of(owner, report.key, report.kind)


@rule_for_all("no_default")
def missing_defaults(context: Context) -> Iterator[Finding]:
    """报告没有写提纲、资金表、指标表时，所在地区当年要有默认值。

    依据：本程序的数据格式
    """
    reference = context.loaded.reference
    for report, owner, source, path in each_owner(context):
        if reference.departments[report.key.department].region not in reference.regions:
            continue
        defaults = reference.defaults(report.key)
        needs = {
            "outline": owner.body
            and not isinstance(owner, Project)
            and not owner.outline
            and report.kind not in defaults.outlines,
            "funds.table": owner.funds and not owner.funds.table and not defaults.fund_table,
            "indicator_table": owner.indicators
            and not owner.indicator_table
            and not defaults.indicator_table,
            "scheme": owner.scores and not owner.scheme and not defaults.scheme,
        }
        region = reference.region_of(report.key).name
        for field in (name for name, lacks in needs.items() if lacks):
            where = source.place((*path, field.split(".")[0]))
            write = word("finding", "below").format(*field.split(".")) if "." in field else field
            yield find(
                "no_default", where, field=field, write=write, region=region, year=report.key.year
            )


@rule_for_all("unknown_section")
def unknown_sections(context: Context) -> Iterator[Finding]:
    """body 里的章节要在提纲里有。

    依据：本程序的数据格式
    """
    for report, owner, source, path in each_owner(context):
        outline = outline_of(context, report, owner)
        if outline is None:
            continue
        known = [section.id for section in outline.walk()]
        for found in owner.body:
            if found not in known:
                where = source.place((*path, "body", found))
                yield find(
                    "unknown_section", where, found=found, outline=outline.id,
                    near=near(found, known), known="、".join(known),
                )  # fmt: skip


@rule_for_all("unknown_column")
def unknown_columns(context: Context) -> Iterator[Finding]:
    """资金表的列要在表样里有，或是通用的列。

    依据：本程序的数据格式
    """
    for report, owner, source, path in each_owner(context):
        table = context.loaded.reference.fund_table_of(owner, report.key)
        if table is None or not owner.funds:
            continue
        known = [column.id for column in table.columns]
        names = {**{c.name: c.id for c in table.columns}, **{i: i for i in known}}
        general = [str(role) for role in FundColumnRole if role is not FundColumnRole.OTHER]
        for index, line in enumerate(owner.funds.rows):
            for found in line.amounts:
                if found not in known and found not in general:
                    where = source.place((*path, "funds", "rows", index, "amounts", found))
                    yield find(
                        "unknown_column", where, found=found, table=table.id,
                        near=near(found, {**names, **{g: g for g in general}}),
                        known="、".join(known),
                    )  # fmt: skip
            if not line.name and line.id not in [row.id for row in table.rows]:
                rows = "、".join(row.id for row in table.rows)
                where = source.place((*path, "funds", "rows", index, "id"))
                yield find("unnamed_row", where, found=line.id, table=table.id, known=rows)


@rule_for_all("unknown_extra")
def unknown_extra_columns(context: Context) -> Iterator[Finding]:
    """指标的自定义列要在指标表里登记。

    依据：本程序的数据格式
    """
    for report, owner, source, path in each_owner(context):
        table = context.loaded.reference.indicator_table_of(owner, report.key)
        known = [column.id for column in table.columns if column.id] if table else []
        for index, indicator in enumerate(owner.indicators if table else ()):
            for found in (key for key in indicator.extra if key not in known):
                where = source.place((*path, "indicators", index, "extra", found))
                yield find(
                    "unknown_extra", where, found=found, table=table.id if table else "",
                    near=near(found, known),
                )  # fmt: skip


@rule_for_all("unknown_dimension")
def unknown_dimensions(context: Context) -> Iterator[Finding]:
    """得分和指标的一级名称要在权重方案里有。

    依据：本程序的数据格式
    """
    for report, owner, source, path in each_owner(context):
        scheme = context.loaded.reference.scheme_of(owner, report.key)
        if scheme is None:
            continue
        known = [dimension.name for dimension in scheme.dimensions]
        for index, score in enumerate(owner.scores.items if owner.scores else ()):
            if not scheme.dimension(score.name):
                where = source.place((*path, "scores", "items", index, "name"))
                yield find(
                    "unknown_dimension", where, found=score.name, scheme=scheme.id,
                    near=near(score.name, known), known="、".join(known),
                )  # fmt: skip


@rule_for_all("unknown_grade")
def unknown_grades(context: Context) -> Iterator[Finding]:
    """等级要用等级表里的词。

    依据：地方做法
    """
    for report, owner, source, path in each_owner(context):
        scale = context.loaded.reference.grade_scale_of(owner, report.key)
        found = owner.scores.grade if owner.scores else None
        if found and scale and not scale.grade(found):
            known = "、".join(grade.word for grade in scale.grades)
            where = source.place((*path, "scores", "grade"))
            yield find("unknown_grade", where, found=found, scale=scale.id, known=known)


MAX_NAME = 200  # bytes; file systems end at 255
_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f]|^\.|^~|[. ]$")
# Signs that nobody sees: some turn the direction of writing, so that a name looks like another.
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
# What readers can open and no computer runs. Whatever else there is may be run somewhere.
FILE_KINDS = frozenset(
    [".pdf", ".ofd", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".pptx", ".ppt", ".dps",
     ".odt", ".ods", ".csv", ".txt", ".rtf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp",
     ".tif", ".tiff", ".zip", ".rar", ".7z"]
)  # fmt: skip


class NearFile(NamedTuple):
    """A file that was probably meant, and in what its name differs: a key of the wording."""

    name: str
    difference: str


def near_file(folder: Path, wanted: str) -> NearFile | None:
    """The file of a folder whose name is nearly the wanted one."""
    there = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    names = [name for name in there if name != wanted]
    for difference, form in _FORMS.items():
        for name in names:
            if form(name) == form(wanted):
                return NearFile(name, difference)
    stems = {PurePath(name).stem: name for name in names}
    close = difflib.get_close_matches(PurePath(wanted).stem, list(stems), n=1, cutoff=0.75)
    return NearFile(stems[close[0]], "letters") if close else None


# What two names have in common that differ in one thing, from the least difference on.
_FORMS: dict[str, Callable[[str], str]] = {
    "encoding": lambda name: normalize("NFC", name),
    "case": lambda name: normalize("NFC", name).casefold(),
    "space": lambda name: "".join(normalize("NFKC", name).casefold().split()),
    "doubled": lambda name: _once_ended(normalize("NFC", name).casefold()),
    "ending": lambda name: PurePath("".join(normalize("NFKC", name).casefold().split())).stem,
}


def _once_ended(name: str) -> str:
    """The name with an ending that stands twice, or behind another, once: 表.xlsx.xlsx."""
    path = PurePath(name)
    inner = PurePath(path.stem)
    return path.stem if inner.suffix and inner.suffix == path.suffix else name


@rule("repeated_attachment", level=Level.WARNING)
def repeated_attachments(subject: Subject) -> Iterator[Finding]:
    """附件清单里，同一个编号、同一个文件只列一次。

    依据：报告前后一致
    """
    for field in ("number", "file"):
        first: dict[str, str] = {}
        for attachment in subject.content.attachments:
            found = getattr(attachment, field)
            other = first.setdefault(found, attachment.id) if found else attachment.id
            if other != attachment.id:
                place = f"attachments/{attachment.id}/{field}"
                yield subject.find("repeated_attachment", place, found=found)


@rule("file_missing", waivable=False)
def missing_files(subject: Subject) -> Iterator[Finding]:
    """附件、原件和图片要在附件文件夹里，文件名不能带路径，文件类型要能公开。

    依据：国办秘函〔2019〕19号
    """
    folder, key = subject.attachments, subject.key
    shown = f"data/attachments/{key.department}/{key.year}"
    for _, steps, name in subject.parts:
        if steps[-1] not in ("file", "picture") or not isinstance(name, str):
            continue
        where = subject.locate(steps)
        if _is_unsafe(name):
            yield find("unsafe_file_name", where, found=_with_unseen(name))
        elif PurePath(name).suffix.lower() not in FILE_KINDS:
            yield find("active_file", where, found=name)
        elif leads_out(folder):
            yield find(
                "linked_folder", where, found=f"data/attachments/{key.department}/{key.year}"
            )
        elif (folder / name).is_symlink() or not (folder / name).is_file():
            shown = f"data/attachments/{key.department}/{key.year}/{name}"
            if nearest := near_file(folder, name):
                difference = word("file_differences", nearest.difference)
                yield find(
                    "file_near", where, found=shown, near=nearest.name, difference=difference
                )
            elif other := _elsewhere(folder, name):
                yield find("file_elsewhere", where, found=shown, other=other)
            else:
                yield find("file_missing", where, found=shown)


def _elsewhere(folder: Path, name: str) -> str:
    """Where else below the folder of all attachments a file of this name lies; or nothing."""
    root = folder.parent.parent
    for path in sorted((*root.glob(f"*/*/{escape(name)}"), *root.glob(f"*/{escape(name)}"))):
        if path.parent != folder and path.is_file() and not path.is_symlink():
            return f"data/attachments/{path.parent.relative_to(root).as_posix()}"
    return ""


def _is_unsafe(name: str) -> bool:
    too_long = len(name.encode(errors="replace")) > MAX_NAME
    return too_long or bool(_UNSAFE.search(name)) or any(category(c) in _UNSEEN for c in name)


def _with_unseen(name: str) -> str:
    """The name with the signs that nobody sees written out, as U+202E."""
    return "".join(f"<U+{ord(c):04X}>" if category(c) in _UNSEEN else c for c in name)


@rule_for_all("unknown_problem")
def unknown_problems(context: Context) -> Iterator[Finding]:
    """后续情况要指向以前报告里的问题。

    依据：本程序的数据格式
    """
    reports = {report.key: report for report in context.loaded.reports}
    for report in context.loaded.reports:
        key, source = report.key, context.source(report)
        for index, followup in enumerate(report.content.followups):
            earlier = reports.get(Key(key.department, followup.year, key.slug))
            known = [problem.id for problem in earlier.content.problems] if earlier else []
            unread = Key(key.department, followup.year, key.slug) in context.loaded.unread
            if followup.year < key.year and followup.problem not in known and not unread:
                where = source.place(("followups", index, "problem"))
                suggestion = near(followup.problem, known)
                yield find(
                    "unknown_problem", where, found=followup.problem, year=followup.year,
                    near=suggestion,
                )  # fmt: skip


@rule_for_all("no_attachments")
def empty_attachment_lists(context: Context) -> Iterator[Finding]:
    """附件目录页要列出附件。

    依据：地方做法
    """
    for report in context.loaded.reports:
        if report.content.kind is Kind.ATTACHMENTS and not report.content.attachments:
            yield find("no_attachments", context.source(report).place(("kind",)))
