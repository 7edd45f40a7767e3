"""The declaration of the form names every field of the model, and each of its parts has words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from evalpress.importing.workbook.formsheets import SHEETS, TABLES, owner_of
from evalpress.model import Goals, Profile, ReportFile, WithheldBlock
from evalpress.model.values import Written
from evalpress.wording import catalogue

# What stands in the form as a table of its own, or on no sheet: the state of what comes back.
APART = {("ReportFile", "state"), ("Table", "columns"), ("Table", "rows")}


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    arguments = get_args(annotation)
    for part in arguments[:1] if get_origin(annotation) is Annotated else arguments:
        yield from models(part)


def every_model() -> dict[type[BaseModel], None]:
    found: dict[type[BaseModel], None] = {}
    waiting = [ReportFile]
    while waiting:
        kind = waiting.pop()
        if kind not in found and not issubclass(kind, Written) and kind is not WithheldBlock:
            found[kind] = None
            waiting += [m for info in kind.model_fields.values() for m in models(info.annotation)]
    return found


def placed() -> set[tuple[str, str]]:
    """Every field that a column holds or that leads to a table."""
    found = set()
    for table in TABLES.values():
        for kind in table.kinds:
            for column in table.columns:
                name = kind.field(column.key.removesuffix(".*"))
                owner = owner_of(kind.model, name) if kind.model and name else None
                if owner:
                    found.add((owner[0].__name__, owner[1]))
            if kind.path:
                found.add(("", kind.path[-1]))
    return found


def test_every_field_of_the_model_has_a_column() -> None:
    held = placed()
    homeless = [
        (kind.__name__, name)
        for kind in every_model()
        for name, info in kind.model_fields.items()
        if name != "id"
        and (kind.__name__, name) not in {*held, *APART}
        and ("", name) not in held
        and not any(m in (Profile, Goals) or m in every_model() for m in models(info.annotation))
        and not any((heir.__name__, name) in held for heir in kind.__subclasses__())
        and not any((heir.__name__, name) in held for heir in every_model() if heir in kind.__mro__)
        and kind.__name__ != "TableColumn"
    ]
    assert not homeless


def test_every_sheet_table_and_kind_has_words() -> None:
    words = catalogue("wording")["workbook"]
    assert {sheet.name for sheet in SHEETS} | {"guide"} == set(words["sheets"])
    assert {sheet.name for sheet in SHEETS} == set(words["about"])
    assert set(TABLES) == set(words["titles"])
    kinds = {kind.name for table in TABLES.values() for kind in table.kinds}
    assert kinds == set(words["kinds"])


def test_words_of_kinds_are_told_apart_within_their_table() -> None:
    words = catalogue("wording")["workbook"]["kinds"]
    for table in TABLES.values():
        said = [words[kind.name] for kind in table.kinds]
        assert len(set(said)) == len(said)
