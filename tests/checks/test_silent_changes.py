"""Every kind of field of many published reports is changed in turn: each change is refused, and
each is let through once it is recorded. None is silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pytest

from evalpress.checks.subject import Subject
from evalpress.clock import BEIJING
from evalpress.disclose.public import publish
from evalpress.findings import Level
from evalpress.ledger.held import Recorded, hold, lasting
from evalpress.model import (
    Correction,
    Key,
    Report,
    ReportContent,
    SectionText,
    State,
    WithheldBlock,
)
from evalpress.model.places import Steps, walk
from evalpress.model.values import Frozen, LooseDate, Measure, Written
from ledgers import findings_against, recorded_of
from random_reports import random_report
from samples import NOW, reference
from sampling import often
from subjects import subject

Owned = tuple[str, str]
REPORTS = 200
# What leads to a report, from it to others (`common`), or tells of its editions; other rules and
# tests are about these.
APART = {"former_slugs", "former_files", "withdrawal", "common"}

# What is the same in all reports here, and has rules of its own.
FIXED = {"corrections", "withheld"}


def published(seed: int) -> Report:
    """A random report that was public for some time, without corrections."""
    drawn = random_report(seed)
    content = drawn.model_copy(
        update={
            "body": {name: _numbered(section) for name, section in drawn.body.items()},
            "state": State.PUBLISHED, "corrections": (), "withheld": (), "version": 1,
            "withdrawal": None, "first_published": datetime(2025, 4, 15, 9, tzinfo=BEIJING),
        }
    )  # fmt: skip
    return Report(Key("education", 2025), "report.yml", content)


def _numbered(section: SectionText) -> SectionText:
    """A section with a number of its own, which no random one has."""
    return section.model_copy(update={"number": "（九）"}) if section.heading else section


def other(value: Any) -> Any:
    """Another value of the same type; None where it can only be taken away."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next((v for v in type(value) if v is not value), None)
    if isinstance(value, datetime):
        return value + timedelta(days=1)
    if isinstance(value, Measure | LooseDate):
        return type(value).model_validate("2019" if isinstance(value, LooseDate) else "甲乙丙")
    if isinstance(value, Decimal | int):
        return value + 1
    return f"{value}-x" if isinstance(value, str) else None


def put(node: Any, steps: Steps, change: Any) -> Any:
    """A copy of a part of a report with a change to what lies at the end of the way."""
    if not steps:
        return change(node)
    step, rest = steps[0], steps[1:]
    if isinstance(node, Frozen):
        return node.model_copy(update={str(step): put(getattr(node, str(step)), rest, change)})
    if isinstance(node, dict):
        return {**node, step: put(node[step], rest, change)}
    index = int(step)
    return (*node[:index], put(node[index], rest, change), *node[index + 1 :])


def kinds(content: ReportContent) -> Iterator[tuple[str, Steps, Any]]:
    """One place of every kind of field that the report uses."""
    seen = set()
    for _, steps, value in walk(content):
        kind = tuple(step for step in steps if isinstance(step, str))[-2:], type(value)
        is_public = steps[0] in ReportContent.model_fields and not APART & set(steps)
        if is_public and kind not in seen:
            seen.add(kind)
            yield "/".join(map(str, steps)), steps, value


def is_optional(content: ReportContent, steps: Steps) -> bool:
    """Whether a report may be without what lies at the end of the way."""
    owner: Any = content
    for step in steps[:-1]:
        owner = getattr(owner, step) if isinstance(owner, Frozen) else owner[step]
    fields = type(owner).model_fields if isinstance(owner, Frozen) else {}
    return str(steps[-1]) in fields and fields[str(steps[-1])].default is None


def fields_of(kind: type[Frozen], seen: dict[type[Frozen], None] | None = None) -> set[Owned]:
    """Every field of a model, and of all models in it."""
    seen = {} if seen is None else seen
    if kind in seen or issubclass(kind, Written | WithheldBlock):
        return set()
    seen[kind] = None
    found = {(kind.__name__, name) for name in kind.model_fields}
    open_fields = (info for name, info in kind.model_fields.items() if name not in APART | FIXED)
    for info in open_fields:
        for inner in models_in(info.annotation):
            found |= fields_of(inner, seen)
    return found


def models_in(annotation: Any) -> Iterator[type[Frozen]]:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def used_by(content: ReportContent) -> set[Owned]:
    """The fields that are changed in a report."""
    found = set()
    for _, steps, _ in kinds(content):
        owner: Any = content
        for step in steps[:-1]:
            owner = getattr(owner, step) if isinstance(owner, Frozen) else owner[step]
        if isinstance(owner, Frozen):
            kind = ReportContent if isinstance(owner, ReportContent) else type(owner)
            found.add((kind.__name__, str(steps[-1])))
    return found


def changes_of(value: Any, optional: bool) -> Iterator[tuple[str, Any]]:
    """What somebody may do to a part of a report, one that may be missing or one that may not."""
    if optional:
        yield "taken away", lambda _: None
    if isinstance(value, tuple):
        yield "removed", lambda found: found[1:]
        if len(value) > 1 and value[0] != value[1]:
            yield "turned", lambda found: (found[1], found[0], *found[2:])
    elif isinstance(value, dict):
        yield "removed", lambda found: dict(list(found.items())[1:])
    elif isinstance(value, Frozen) and not isinstance(value, Written):
        return
    elif (new := other(value)) is not None:
        yield "changed", lambda _: new


def errors(recorded: Recorded, report: Report, like: Subject) -> list[str]:
    found = findings_against(recorded, report, like)
    return [f"{f.rule} {f.place}" for f in found if f.level is Level.ERROR]


def corrected(recorded: Recorded, report: Report) -> Report:
    """The same report with an entry for every place that changed."""
    found = hold(recorded, publish(report, reference(), NOW), reference(), {})
    assert found
    entries = [
        Correction.model_validate(
            {
                "id": f"c{number}", "kind": "material", "date": "2025-05-06", "reason": "有误",
                "office": "办公室", "place": lasting(place),
            }
        )
        for number, place in enumerate(dict.fromkeys(lasting(c.place) for c in found.changes), 1)
    ]  # fmt: skip
    changes = {"corrections": tuple(entries), "version": 2}
    return Report(report.key, report.source, report.content.model_copy(update=changes))


@pytest.mark.parametrize("seed", range(often(6, 200)))
def test_no_change_is_silent(seed: int, tmp_path: Path) -> None:
    report, like = published(seed), subject("title: 报告\n")
    recorded = recorded_of(report, tmp_path)
    assert errors(recorded, report, like) == []
    tried = 0
    for place, steps, value in kinds(report.content):
        for name, change in changes_of(value, is_optional(report.content, steps)):
            content = put(report.content, steps, change)
            changed = Report(report.key, report.source, content)
            assert errors(recorded, changed, like), f"{place} {name}: silent"
            told = corrected(recorded, changed)
            left = [e for e in errors(recorded, told, like) if "correction_values" not in e]
            is_fixed = steps[0] in ("first_published", "version")
            assert is_fixed or left == [], f"{place} {name}: refused though it is recorded"
            tried += 1
    assert tried > 20


def test_every_public_field_is_among_those_that_are_changed() -> None:
    """A field that the model gets is changed as well, or named here."""
    reached = set().union(*(used_by(published(seed).content) for seed in range(REPORTS)))
    asked = {(owner, name) for owner, name in fields_of(ReportContent) if name not in APART | FIXED}
    assert asked - reached == set()
