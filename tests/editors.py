"""Data files as an editor with the JSON Schemas reads and judges them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from evalpress.authoring.schema import schemas
from evalpress.load import parse

SCHEMAS = schemas()


class EditorLoader(yaml.CSafeLoader):
    """Reads scalars as an editor does (YAML 1.2): no dates, no times, no yes and no."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if not re.search("timestamp|bool|int", tag)]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf")
)
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile("([-+]?[1-9][0-9]*|0)$"), list("+-0123456789")
)


def mistakes(name: str, data: Any) -> list[str]:
    """What the schema says against data, each with the place."""
    errors = Draft202012Validator(SCHEMAS[name]).iter_errors(data)
    return [f"{error.json_path}: {error.message}" for error in errors]


def as_read(path: Path) -> list[Any]:
    """A file's data as the program reads them, all texts, and as an editor does."""
    source, findings = parse(path.name, path.read_bytes())
    assert not findings
    return [source.data, yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)]
