"""The one catalogue of Chinese words: templates/wording.yml and templates/fields.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATES = Path(__file__).parent / "templates"


@cache
def catalogue(name: str) -> dict[str, Any]:
    """A catalogue file of templates/, read once."""
    text = (TEMPLATES / f"{name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def word(*keys: str) -> str:
    """The words under these keys of wording.yml; an unknown key is a bug and raises KeyError."""
    entry: Any = catalogue("wording")
    for key in keys:
        entry = entry[key]
    return str(entry)


def words(*keys: str) -> dict[str, str]:
    """All words of one group of wording.yml."""
    entry: Any = catalogue("wording")
    for key in keys:
        entry = entry[key]
    return dict(entry)


def field_entry(model: type, field: str) -> dict[str, str]:
    """What fields.yml says of a model's field, under the class that defines it; or nothing."""
    entries = (catalogue("fields").get(base.__name__, {}).get(field) for base in model.__mro__)
    return next(filter(None, entries), {})


def field_name(model: type, field: str) -> str:
    """The Chinese name of a model's field, or the key itself where it names itself."""
    return field_entry(model, field).get("name", field)


def field_example(model: type, field: str) -> str:
    """An example of a model's field as YAML text, or nothing."""
    return field_entry(model, field).get("example", "")
