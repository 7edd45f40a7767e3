"""The schemas for editors: well-formed, true to the model, and strict about common mistakes."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from editors import SCHEMAS, EditorLoader, as_read, mistakes
from evalpress import model as models
from evalpress.authoring.schema import FOLDER, REPORT
from evalpress.load import load, parse
from evalpress.model import Indicator, Model, ReportFile
from evalpress.model.values import LooseDate
from evalpress.wording import catalogue, field_entry, word
from projects import ROOT, has_demonstration

DATA = ROOT / "data"
FIXTURES = ROOT / "tests" / "fixtures" / "data"
FOLDERS = (DATA, FIXTURES) if has_demonstration() else (FIXTURES,)
REPORTS = sorted(path for folder in FOLDERS for path in folder.glob("reports/**/*.yml"))
REFERENCE = [folder / f"{name}.yml" for folder in FOLDERS for name in SCHEMAS]
REFERENCE = [path for path in REFERENCE if path.is_file()]
CLASSES = [name for part in catalogue("fields")["parts"] for name in part["classes"]]
FIELDS = [
    (kind, field) for kind in (getattr(models, n) for n in CLASSES) for field in kind.model_fields
]


def report(text: str) -> Any:
    return yaml.load(f"state: draft\n{text}", Loader=EditorLoader)


# --- well-formed --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_a_schema_in_chinese(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    for place in properties(SCHEMAS[name]):
        assert re.search("[一-鿿]", place["title"])
    assert "Withheld" not in json.dumps(SCHEMAS[name])


def properties(node: Any) -> list[dict[str, Any]]:
    """Every field of a schema, wherever in it."""
    if isinstance(node, list):
        return [place for child in node for place in properties(child)]
    if not isinstance(node, dict):
        return []
    own = node.get("properties", {}) if node.get("type") == "object" else {}
    children = [child for key, child in node.items() if key != "examples"]
    return [*own.values(), *properties(children)]


def test_every_object_refuses_fields_that_it_does_not_know() -> None:
    for schema in SCHEMAS.values():
        for part in [schema, *schema["$defs"].values()]:
            objects = [p for p in [part, *part.get("anyOf", [])] if "properties" in p]
            assert all(found["additionalProperties"] is False for found in objects)


def test_choices_are_explained() -> None:
    state = SCHEMAS[REPORT]["$defs"]["State"]
    assert state["enum"] == ["draft", "published", "under-correction", "archived", "withdrawn"]
    assert state["enumDescriptions"][0].startswith("草稿")


def test_editors_answer_mistakes_as_the_reader_does() -> None:
    score = SCHEMAS[REPORT]["$defs"]["Indicator"]["properties"]["score"]
    assert score["patternErrorMessage"] == word("messages", "not_a_number", "fix")


# --- true to the model --------------------------------------------------------------------------


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_reports_fit(path: Path) -> None:
    for data in as_read(path):
        assert mistakes(REPORT, data) == []


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: str(path.relative_to(ROOT)))
def test_reference_files_fit(path: Path) -> None:
    for data in as_read(path):
        assert mistakes(path.stem, data) == []


def example_of(kind: type[Model], field: str) -> dict[str, Any]:
    """A field's example in the guide, as the program reads it."""
    return dict(parse("example", field_entry(kind, field)["example"].encode())[0].data)


@pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=lambda part: getattr(part, "__name__", part)
)
def test_examples_of_fields_fit(kind: type[Model], field: str) -> None:
    """What the guide shows for a field fits the schema of its model, wherever that is defined."""
    needed = [name for name, info in kind.model_fields.items() if info.is_required()]
    needed += [*(["name"] if kind is Indicator else []), field]
    example = {key: value for name in needed for key, value in example_of(kind, name).items()}
    for validator in validators(kind):
        assert [error.message for error in validator.iter_errors(example)] == []


@cache
def validators(kind: type[Model]) -> list[Draft202012Validator]:
    """The model alone, after every schema that defines it."""
    if kind is ReportFile:
        return [Draft202012Validator(SCHEMAS[REPORT])]
    ref = f"#/$defs/{kind.__name__}"
    found = [schema["$defs"] for schema in SCHEMAS.values() if kind.__name__ in schema["$defs"]]
    return [Draft202012Validator({"$ref": ref, "$defs": definitions}) for definitions in found]


@pytest.mark.parametrize(
    "text",
    [
        "title: 2025",
        "project_code: 0012",
        "body: {overview: 一段话}",
        "body: {overview: [一段话, {label: 方法, text: 比较法}]}",
        "body: {overview: {heading: 概况, content: [{list: [甲, 乙], numbering: （1）}]}}",
        "goals: {overall: {target: 建成, actual: }}".replace("actual: ", "actual: []"),
        "funds: {rows: [{id: total, amounts: {budget: 12.5, executed: }, rate: 97.27%}]}",
        "indicators: [{id: i, name: 数, target: ≥95%, actual: 12, core: 是, score: '9.5'}]",
        "indicators: [{id: i, level2: 数量指标, not_applicable: 不涉及}]",
        "public_info: {issued: 2025年3月}",
        "public_info: {issued: 2025}",
        "first_published: 2025-08-15 09:00",
        "problems: [{id: p, text: , measure: 改正, measure_in_text: true}]",
        "scores: {total: , grade: }",
    ],
)
def test_what_clerks_write_fits(text: str) -> None:
    assert mistakes(REPORT, report(text)) == []


# --- strict about mistakes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("titel: 甲", "$"),
        ("state: publish", "$.state"),
        ("kind: 项目", "$.kind"),
        ("title: [甲]", "$.title"),
        ("body: 一段话", "$.body"),
        ("body: {Overview: 一段话}", "$.body"),
        ("body: {overview: [{lable: 甲}]}", "$.body.overview"),
        ("body: {overview: }", "$.body.overview"),
        ("funds: {rows: [{id: total, amounts: {budget: 1万}}]}", "$.funds"),
        ("funds: {rows: [{id: total, amounts: {budget: '1,234.5'}}]}", "$.funds"),
        ("funds: {rows: [{amounts: {budget: 1}}]}", "$.funds"),
        ("goals: {items: [{name: 没有编号}]}", "$.goals"),
        ("indicators: {id: i, name: 数}", "$.indicators"),
        ("indicators: [{id: i}]", "$.indicators[0]"),
        ("indicators: [{id: 指标一, name: 数}]", "$.indicators[0].id"),
        ("indicators: [{id: i, name: 数, core: 对}]", "$.indicators[0].core"),
        ("public_info: {issued: 明天}", "$.public_info"),
        ("first_published: 8月15日", "$.first_published"),
        ("version: 1.5", "$.version"),
        ("version: -1", "$.version"),
        ("followups: [{year: 2024, problem: p, status: }]", "$.followups[0].status"),
    ],
)
def test_mistakes_are_shown(text: str, place: str) -> None:
    found = mistakes(REPORT, {**report(""), **report(text)})
    assert len(found) == 1
    assert found[0].startswith(place)


def test_a_reference_file_of_other_lists_is_refused() -> None:
    data = copy.deepcopy(as_read(FIXTURES / "regions.yml")[0])
    assert mistakes("departments", data)


@pytest.mark.parametrize("text", ["2025", "2025年3月", "3月20日", "2025-03-20", "2025 年 3 月"])
def test_dates_that_the_program_reads_fit(text: str) -> None:
    assert LooseDate.model_validate(text)
    assert mistakes(REPORT, report(f"public_info: {{issued: {text}}}")) == []


def test_the_folder_of_schemas_is_no_data() -> None:
    assert not any(FOLDER in finding.where.file for finding in load(DATA).findings)
