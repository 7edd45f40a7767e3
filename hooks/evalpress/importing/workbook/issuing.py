"""Data of a site -> the forms that there are to make: one report's, or a year's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalpress.authoring.scaffold import CannotScaffold, draft, find_department
from evalpress.findings import report as told
from evalpress.importing.modeltree import tree_of
from evalpress.importing.workbook.drawn import Drawing
from evalpress.importing.workbook.fitted import fit
from evalpress.importing.workbook.formulas import sums
from evalpress.importing.workbook.hiddensheet import Records
from evalpress.importing.workbook.offering import offer
from evalpress.importing.workbook.spreading import spread
from evalpress.load import Loaded, build, parse
from evalpress.model import Key, Report, ReportFile
from evalpress.wording import catalogue, word


@dataclass(frozen=True)
class Form:
    """A form that was made: whose, its file, and the report whose figures it shows or was made
    from."""

    key: Key
    content: bytes
    is_new: bool
    source: str = ""


def issue(loaded: Loaded, name: str, year: str, slug: str = "") -> Form:
    """The form of a report: of the one that there is, or of the next one after last year's.

    Raises CannotScaffold for an unknown department, a wrong year or slug, and where last year's
    report cannot be read.
    """
    department = find_department(loaded.reference, name).id
    known = _report(loaded, Key(department, _year(year), slug))
    if known:
        return Form(known.key, drawn(loaded, known), False, known.source)
    report, earlier = next_report(loaded, Key(department, _year(year), slug))
    content = drawn(loaded, report, True, earlier)
    return Form(report.key, content, True, earlier.source if earlier else "")


def _year(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) == 4):
        raise CannotScaffold("bad_year", found=said)
    return int(said)


def next_report(loaded: Loaded, key: Key) -> tuple[Report, Report | None]:
    """The beginning of a report that there is not yet, and the earlier one that it was made from.
    Raises CannotScaffold where it cannot be begun."""
    made = draft(loaded, key.department, str(key.year), key.slug)
    source, findings = parse(made.path.as_posix(), made.text.encode())
    content, mistakes = build(ReportFile, source)
    if content is None:
        what = told([*findings, *mistakes])
        raise CannotScaffold("earlier_unreadable", found=made.path, what=what)
    return Report(made.key, made.path.as_posix(), content), made.earlier


def owed(loaded: Loaded, year: int) -> list[Key]:
    """Every report that is owed of a year: the overall one of each department that has to report,
    and those of projects that reported the year before or have begun to."""
    found: dict[Key, None] = {}
    for department in loaded.reference.departments.values():
        if department.existed_in(year) and not department.exemption(year):
            found[Key(department.id, year)] = None
    for report in loaded.reports:
        key = report.key
        department = loaded.reference.departments[key.department]
        if key.slug and key.year in (year, year - 1) and department.existed_in(year):
            found[Key(key.department, year, key.slug)] = None
    return sorted(found)


def _report(loaded: Loaded, key: Key) -> Report | None:
    return next((report for report in loaded.reports if report.key == key), None)


def drawn(
    loaded: Loaded, report: Report, is_new: bool = False, earlier: Report | None = None
) -> bytes:
    """The file of a report's form."""
    drawing = _drawing(loaded, report, earlier)
    drawing.draw()
    for entry in sums(drawing.found, report, loaded.reference, drawing.cell, is_new):
        drawing.sum(entry)
    return drawing.finish()


def fresh_records(loaded: Loaded, key: Key) -> Records:
    """The records that a form of this report would have now, for one that has lost its own."""
    report = _report(loaded, key) or next_report(loaded, key)[0]
    drawing = _drawing(loaded, report, None)
    drawing.draw()
    return drawing.records


def _drawing(loaded: Loaded, report: Report, earlier: Report | None) -> Drawing:
    key, reference = report.key, loaded.reference
    earlier = earlier or _report(loaded, Key(key.department, key.year - 1, key.slug))
    found = spread(tree_of(report.content))
    offer(found, report, reference, earlier)
    form = fit(found, report, reference, dict(_offers(loaded, report)))
    name = reference.departments[key.department].named_in(key.year).name
    what = report.content.project_name or key.slug
    title = word("workbook", "title").format(name=name, year=key.year, what=what).strip()
    return Drawing(form, found, Records(key, form=form, empty=found.empty), title)


def _offers(loaded: Loaded, report: Report) -> Iterator[tuple[str, Iterable[str]]]:
    """Usual words for columns that take others as well."""
    reference, content = loaded.reference, report.content
    usual = catalogue("wording")["workbook"]["usual"]
    scheme = reference.scheme_of(content, report.key)
    scale = reference.grade_scale_of(content, report.key)
    same = [
        i for r in loaded.reports if r.key.department == report.key.department
        for i in r.content.indicators
    ]  # fmt: skip
    dimensions = [d.name for d in scheme.dimensions] if scheme else []
    yield "level1", [*dimensions, *sorted({i.level1 for i in same if i.level1})]
    yield "level2", [*usual["level2"], *sorted({i.level2 for i in same if i.level2})]
    yield "grade", [grade.word for grade in scale.grades] if scale else []
    yield "unit", usual["unit"]
