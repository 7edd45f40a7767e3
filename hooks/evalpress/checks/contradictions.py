"""2 check: rules on one report about entries that contradict themselves or say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.checks import rule
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import CorrectionKind, ItemList, Piece, Show
from evalpress.text.numbering import has_form
from evalpress.wording import words


@rule("numbering_without_form", level=Level.WARNING)
def numbering_without_form(subject: Subject) -> Iterator[Finding]:
    """列表的编号样式要能递增。

    依据：本程序的数据格式
    """
    for place, _, block in subject.of(ItemList):
        if not has_form(block.numbering):
            found = block.numbering
            yield subject.find("numbering_without_form", f"{place}/numbering", found=found)
    evaluation = subject.content.evaluation
    if evaluation and not has_form(evaluation.numbering):
        place, found = "evaluation/numbering", evaluation.numbering
        yield subject.find("numbering_without_form", place, found=found)


@rule("fact_value")
def fact_values(subject: Subject) -> Iterator[Finding]:
    """登记的数据要么有确切数值，要么是原件的大概说法，二者只写其一。

    依据：报告前后一致
    """
    for owner, prefix in subject.owners():
        for fact in owner.facts:
            place = f"{prefix}facts/{fact.id}"
            if fact.value is not None and fact.written:
                yield subject.find("fact_value", f"{place}/written", name=fact.name)
            elif fact.value is None and not fact.written and not fact.parts:
                yield subject.find("fact_without_value", place, name=fact.name)


@rule("repeated_dimension")
def repeated_dimensions(subject: Subject) -> Iterator[Finding]:
    """同一个一级指标在得分里只写一次。

    依据：报告前后一致
    """
    for owner, prefix in subject.owners():
        scheme, seen = subject.scheme(owner), dict[str, str]()
        for score in owner.scores.items if owner.scores else ():
            dimension = scheme.dimension(score.name) if scheme else None
            key = dimension.id if dimension else score.name
            if dimension and scheme and key in seen:
                place = f"{prefix}scores/{score.id or score.name}"
                values = {"found": score.name, "first": seen[key], "scheme": scheme.id}
                yield subject.find("repeated_dimension", place, **values)
            seen.setdefault(key, score.name)


@rule("version_zero")
def version_zero(subject: Subject) -> Iterator[Finding]:
    """版本号从 1 开始。

    依据：本程序的数据格式
    """
    if subject.content.version == 0:
        yield subject.find("version_zero", "version")


@rule("version_not_raised", level=Level.WARNING)
def version_not_raised(subject: Subject) -> Iterator[Finding]:
    """更正了内容的，版本号加 1；只知道改过、不知道改了什么的不用加。

    依据：本程序的数据格式
    """
    known = [c for c in subject.content.corrections if c.kind or c.place or c.old or c.new]
    material = [c for c in known if c.kind is not CorrectionKind.WORDING]
    held = subject.recorded and subject.recorded.entry  # edition_number says what it must be
    if material and subject.content.version == 1 and not held:
        given = "version" in subject.content.model_fields_set
        yield subject.find("version_not_raised", "version" if given else "corrections")


@rule("followup_year")
def followup_years(subject: Subject) -> Iterator[Finding]:
    """后续情况说的是以前年度的问题。

    依据：报告前后一致
    """
    for index, followup in enumerate(subject.content.followups):
        if followup.year >= subject.key.year:
            place = f"followups/{followup.id or index + 1}/year"
            year = subject.key.year
            yield subject.find(
                "followup_year", place, found=followup.year, year=year, last=year - 1
            )


# The parts of a report that hold a piece's data, where none has the piece's own name.
_PARTS: dict[Piece, tuple[str, ...]] = {
    Piece.GOAL_TARGETS: ("goals",),
    Piece.GOAL_ACTUALS: ("goals",),
    Piece.OVERALL_ACTUAL: ("goals",),
    Piece.STAGES: ("evaluation",),
    Piece.MEASURES: ("problems",),
    Piece.PROJECT_TABLE: ("projects",),
    Piece.FORM: ("funds", "goals", "indicators"),
}


@rule("nothing_to_show", level=Level.WARNING)
def nothing_to_show(subject: Subject) -> Iterator[Finding]:
    """正文里要插入的内容，报告里要有。

    依据：本程序的数据格式
    """
    owners = {prefix: owner for owner, prefix in subject.owners()}
    for place, steps, block in subject.of(Show):
        owner = owners["/".join([*place.split("/")[:2], ""]) if steps[0] == "projects" else ""]
        parts = _PARTS.get(block.show, (block.show.value,))
        if not any(getattr(owner, part, None) for part in parts):
            found = words("pieces")[block.show.value]
            yield subject.find("nothing_to_show", place, found=found)
