"""The models and templates/fields.yml -> the Chinese reference of all fields, docs/guide/fields.md.

Written by the program, so that the guide cannot name a field that the program does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import EnumType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from evalpress import model as models
from evalpress.model import Model
from evalpress.wording import catalogue, field_entry


def field_guide() -> str:
    """The whole page as Markdown."""
    words = catalogue("fields")["guide"]
    parts = [_part(part) for part in catalogue("fields")["parts"]]
    head = [f"<!-- {words['refresh']} -->", f"# {words['title']}", words["intro"]]
    return "\n\n".join([*head, *parts]) + "\n"


def own_fields(model: type[Model]) -> dict[str, FieldInfo]:
    """The fields that this class defines itself."""
    inherited = {name for base in _bases(model) for name in base.model_fields}
    return {name: info for name, info in model.model_fields.items() if name not in inherited}


def choices(annotation: Any) -> list[EnumType]:
    """The enumerations that a field's values come from."""
    return [kind for kind in _classes(annotation) if isinstance(kind, EnumType)]


def _part(part: dict[str, Any]) -> str:
    head = f"## {part['name']} {{#{part['id']}}}\n\n{_prose(part['help'])}"
    return "\n\n".join([head, *(_section(name, about) for name, about in part["classes"].items())])


def _section(name: str, about: dict[str, str]) -> str:
    model = getattr(models, name)
    columns = catalogue("fields")["guide"]["columns"]
    rows = [columns, ["---"] * len(columns)]
    rows += [_row(model, field, info) for field, info in own_fields(model).items()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    lead = _prose(about["help"]) + _inherits(model)
    return f"### {about['name']} {{#{name}}}\n\n{lead}\n\n{table}"


def _row(model: type[Model], field: str, info: FieldInfo) -> list[str]:
    words, entry = catalogue("fields")["guide"], field_entry(model, field)
    needed = words["required" if info.is_required() else "optional"]
    explained = _prose(entry["help"]) + _see(info.annotation) + _choices(info.annotation)
    return [f"`{field}`", entry["name"], needed, explained, f"`{entry['example']}`"]


def _prose(text: str) -> str:
    """Plain text for a table cell; links and code spans of the catalogue stay."""
    return text.replace("<", "&lt;").replace("|", "&#124;")


def _inherits(model: type[Model]) -> str:
    bases = [base.__name__ for base in _bases(model) if own_fields(base)]
    words = catalogue("fields")["guide"]["inherits"]
    return str(words).format(names="、".join(map(_link, bases))) if bases else ""


def _see(annotation: Any) -> str:
    """Where the fields below a field are explained; a choice of many is a part of the page."""
    names = [kind.__name__ for kind in _classes(annotation) if _is_model(kind)]
    if not names:
        return ""
    link = _link(names[0]) if len(names) == 1 else _part_link(names[0])
    return str(catalogue("fields")["guide"]["see"]).format(names=link)


def _choices(annotation: Any) -> str:
    words, meanings = catalogue("fields")["guide"], catalogue("fields")["choices"]
    return "".join(
        words["choices"].format(
            choices="、".join(
                words["choice"].format(value=value, meaning=meanings[kind.__name__][value])
                for value in map(str, kind)
            )
        )
        for kind in choices(annotation)
    )


def _link(name: str) -> str:
    return f"[{_part_of(name)['classes'][name]['name']}](#{name})"


def _part_link(name: str) -> str:
    part = _part_of(name)
    return f"[{part['name']}](#{part['id']})"


def _part_of(name: str) -> dict[str, Any]:
    """The part of the page that explains a model."""
    return next(part for part in catalogue("fields")["parts"] if name in part["classes"])


def _bases(model: type[Model]) -> list[type[Model]]:
    return [base for base in model.__mro__[1:] if issubclass(base, Model)]


def _is_model(kind: type) -> bool:
    return issubclass(kind, Model)


def _classes(annotation: Any) -> Iterator[type]:
    """The models and enumerations in a type, however they are wrapped."""
    if isinstance(annotation, EnumType) or (
        isinstance(annotation, type) and issubclass(annotation, Model)
    ):
        yield annotation
    for argument in get_args(annotation):
        yield from _classes(argument)
