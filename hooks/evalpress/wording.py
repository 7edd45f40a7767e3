"""The Chinese words of the program: the files below templates/wording/, and templates/fields.yml.

A file is named after the module or room that says its words, so that the words of a rule, a verb,
an export or a kind of page stand together; all files make one catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATES = Path(__file__).parent / "templates"


@cache
def catalogue(name: str) -> dict[str, Any]:
    """A catalogue of templates/, read once: a file, or the files below a folder as one."""
    folder = TEMPLATES / name
    return joined(folder.rglob("*.yml")) if folder.is_dir() else _read(folder.with_suffix(".yml"))


def joined(files: Iterable[Path]) -> dict[str, Any]:
    """The groups of words of several files, each of which may add words to every group.

    Raises ValueError, naming both files, where two have a word under the same keys.
    """
    groups: dict[str, Any] = {}
    owners: dict[tuple[str, str], Path] = {}
    for file in sorted(files):
        for group, entries in _read(file).items():
            for key in entries:
                if (owner := owners.setdefault((group, key), file)) != file:
                    raise ValueError(f"{group}: {key} stands in {owner} and in {file}")
            groups.setdefault(group, {}).update(entries)
    return groups


def _read(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def word(*keys: str) -> str:
    """The words under these keys of wording/; an unknown key is a bug and raises KeyError."""
    entry: Any = catalogue("wording")
    for key in keys:
        entry = entry[key]
    return str(entry)


def words(*keys: str) -> dict[str, str]:
    """All words of one group of wording/."""
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
