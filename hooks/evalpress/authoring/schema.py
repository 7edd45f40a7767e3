"""The models and templates/fields.yml -> JSON Schemas of the data files, for editors.

They describe what a clerk writes, not what the program makes of it: a text may stand for a
paragraph, a list or a target, and a number may be a text, because the reader takes scalars as text.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from evalpress.load import LISTS as REFERENCE_LISTS
from evalpress.load import parse
from evalpress.model import (
    FromText,
    Goals,
    Indicator,
    Model,
    ReportFile,
    SectionText,
    WithheldBlock,
    reference,
    text,
    values,
)
from evalpress.model.values import LooseDate, Written
from evalpress.wording import catalogue, field_entry, word

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"
REPORT = "report"

_SCALAR = ["string", "number", "boolean"]
_TEXT: JsonSchemaValue = {"type": _SCALAR, "pattern": r"\S"}


def schemas() -> dict[str, JsonSchemaValue]:
    """The schema of every kind of data file, by its name: `report`, `departments`, …"""
    return {REPORT: _of_report(), **{file: _of_lists(file) for file in _reference_files()}}


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder, one `<name>.json` each; makes the folder where it is
    missing. Raises OSError where they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schemas().items():
        (folder / f"{name}.json").write_text(schema_text(content), encoding="utf-8")


def schema_text(schema: JsonSchemaValue) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _of_report() -> JsonSchemaValue:
    definitions = _definitions(ReportFile)
    about = next(p for p in catalogue("fields")["parts"] if ReportFile.__name__ in p["classes"])
    root = {**definitions.pop(ReportFile.__name__), "title": about["name"]}
    return {"$schema": DIALECT, **root, "description": about["help"], "$defs": definitions}


def _reference_files() -> list[str]:
    return list(dict.fromkeys(Path(file).stem for file, _ in REFERENCE_LISTS.values()))


def _of_lists(file: str) -> JsonSchemaValue:
    """A file of reference data: lists of one model each."""
    lists = {n: model for n, (of, model) in REFERENCE_LISTS.items() if Path(of).stem == file}
    properties = {
        name: {"type": "array", "items": _ref(model), "title": _about(model)["name"]}
        for name, model in lists.items()
    }
    return {
        "$schema": DIALECT,
        "title": "、".join(str(entry["title"]) for entry in properties.values()),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": _definitions(*lists.values()),
    }


def _ref(model: type[Model]) -> JsonSchemaValue:
    return {"$ref": f"#/$defs/{model.__name__}"}


def _definitions(*roots: type[Model]) -> dict[str, JsonSchemaValue]:
    _, made = models_json_schema([(r, "validation") for r in roots], schema_generator=_AsWritten)
    definitions: dict[str, JsonSchemaValue] = made["$defs"]
    if WithheldBlock.__name__ in definitions:
        del definitions[WithheldBlock.__name__]
        _share_block(definitions)
        _name_overall(definitions)
    return dict(sorted(definitions.items()))


def _share_block(definitions: dict[str, JsonSchemaValue]) -> None:
    """One definition of a block of text for all places that take one."""
    block = definitions[SectionText.__name__]["anyOf"][0]["anyOf"][1]
    for name, definition in definitions.items():
        definitions[name] = _replaced(definition, block, {"$ref": "#/$defs/Block"})
    definitions["Block"] = block


def _replaced(node: Any, old: JsonSchemaValue, new: JsonSchemaValue) -> Any:
    if node == old:
        return new
    if isinstance(node, dict):
        return {key: _replaced(child, old, new) for key, child in node.items()}
    return [_replaced(child, old, new) for child in node] if isinstance(node, list) else node


def _name_overall(definitions: dict[str, JsonSchemaValue]) -> None:
    """The overall goal is a goal whose id goes without saying."""
    overall = copy.deepcopy(definitions["Goal"])
    del overall["required"]
    definitions["OverallGoal"] = overall
    place = definitions[Goals.__name__]["properties"]["overall"]
    place["anyOf"] = [{"$ref": "#/$defs/OverallGoal"}, {"type": "null"}]


# --- pydantic's schema, turned into what a clerk writes -----------------------------------------


def _like(rule: str, pattern: str, *types: str) -> JsonSchemaValue:
    """A text of this pattern, which editors may also read as one of the types; what the reader
    says under `rule` is what the editor says of any other text."""
    whole = rf"^\s*(?:{pattern})\s*$".replace(r"\d", "[0-9]")
    return {"type": ["string", *types], "pattern": whole, **_advice(rule)}


def _advice(rule: str) -> JsonSchemaValue:
    return {"patternErrorMessage": word("messages", rule, "fix")}


_NUMBER = values.NUMBER.pattern
_LATIN_FLAGS = [flag for flag in values.FLAGS if flag.isascii()]
_AS_WRITTEN: dict[Callable[..., Any], JsonSchemaValue] = {
    values.read_number: _like("not_a_number", _NUMBER, "number"),
    values.read_percent: _like("not_a_number", rf"{_NUMBER}[%％]?", "number"),
    values.read_count: {**_like("not_a_count", values.COUNT.pattern, "integer"), "minimum": 0},
    values.read_flag: {"enum": ["是", "否", True, False, *_LATIN_FLAGS]},
    values.read_day: _like("not_a_day", values.DAY.pattern),
    values.read_moment: _like("not_a_moment", values.MOMENT.pattern),
    values.blank_to_none: {"type": [*_SCALAR, "null"]},
}
# What a partial date can consist of; the reader knows which parts go together.
_DATE: JsonSchemaValue = {
    "type": ["string", "integer"],
    "pattern": r"^[0-9年月日\s-]+$",
    **_advice("not_a_date"),
}


class _AsWritten(GenerateJsonSchema):
    """Makes the schema of the input, with the Chinese names and explanations of fields.yml."""

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        reader: Any = schema["function"]["function"]
        if reader in _AS_WRITTEN:
            return dict(_AS_WRITTEN[reader])
        inner = self.generate_inner(schema["schema"])
        if reader is text.as_list:
            return {"anyOf": [inner, inner["items"]]}
        if getattr(reader, "__qualname__", "").startswith(reference.one_or_many.__name__):
            return {"anyOf": [dict(_TEXT), inner]}
        return inner

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        if "pattern" not in schema:
            return dict(_TEXT)
        return {**super().str_schema(schema), **_advice("not_an_id")}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        keys = self.generate_inner(schema["keys_schema"])
        names = {} if keys == _TEXT else {"propertyNames": keys}
        found = self.generate_inner(schema["values_schema"])
        return {"type": "object", **names, "additionalProperties": found}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        kind: type[Enum] = schema["cls"]
        meanings = catalogue("fields")["choices"][kind.__name__]
        names = [str(member.value) for member in kind]
        return {"enum": names, "enumDescriptions": [meanings[name] for name in names]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if not isinstance(inner.get("type"), str | list):
            return {"anyOf": [inner, {"type": "null"}]}
        found = [inner["type"]] if isinstance(inner["type"], str) else inner["type"]
        return {**inner, "type": list(dict.fromkeys([*found, "null"]))}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        kinds = [k for tag, k in schema["choices"].items() if "withheld" not in str(tag)]
        return {"anyOf": [self.generate_inner(kind) for kind in kinds]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        kind = schema["cls"]
        if issubclass(kind, Written):
            return dict(_DATE) if kind is LooseDate else dict(_TEXT)
        found = super().model_schema(schema)
        for field, place in found["properties"].items():
            place.update(_explained(kind, field))
        return _short_forms(kind, {**found, **_titled(kind)})


def _explained(kind: type[Model], field: str) -> JsonSchemaValue:
    """Chinese name, explanation and example of a field."""
    entry = field_entry(kind, field)
    if not entry:
        return {}
    source, _ = parse("example", entry["example"].encode())
    return {"title": entry["name"], "description": entry["help"], "examples": [source.data[field]]}


def _titled(kind: type[Model]) -> JsonSchemaValue:
    about = _about(kind)
    return {"title": about["name"], "description": about["help"]}


def _about(kind: type[Model]) -> dict[str, str]:
    name = kind.__name__
    classes = [part["classes"] for part in catalogue("fields")["parts"]]
    return next((c[name] for c in classes if name in c), {"name": name, "help": ""})


def _short_forms(kind: type[Model], found: JsonSchemaValue) -> JsonSchemaValue:
    """What else may stand for the model: a mere text, or the content of a section."""
    if issubclass(kind, FromText):
        return {"anyOf": [dict(_TEXT), found]}
    if kind is SectionText:
        return {"anyOf": [_bare(found["properties"]["content"]), found]}
    if kind is Indicator:
        return {**found, "anyOf": [{"required": [name]} for name in ("name", "text", "level2")]}
    return found


def _bare(schema: JsonSchemaValue) -> JsonSchemaValue:
    return {key: found for key, found in schema.items() if key in ("anyOf", "type", "items")}
