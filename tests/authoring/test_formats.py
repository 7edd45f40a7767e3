"""Findings for a terminal and for machines: complete, escaped, in order."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from evalpress import checks
from evalpress.authoring.formats import FORMATS, explained, show, with_waivers
from evalpress.checks.signing import Examination
from evalpress.findings import Finding, Level, Place, report
from evalpress.model import Waiver
from evalpress.wording import catalogue

FILE = "data/reports/education/2025.yml"
ERROR = Finding(
    "weights", Level.ERROR, Place(FILE, 12, 3, "评分 › 总分"), "各项之和 95，总分写 96", "改正",
    place="scores/total",
)  # fmt: skip
WARNING = Finding("late", Level.WARNING, Place(FILE, 4), "50%：a,b\n两行", "核对")
HINT = Finding("odd", Level.HINT, Place("data/reports/教育局/2024.yml"), "没有单位", "补上")
WAIVED = (
    Finding("rate", Level.WARNING, Place(FILE, 9, 1), "不一致", "核对", place="funds/total/rate"),
    Waiver.model_validate({"rule": "rate", "reason": "按本区办法", "date": "2026-01-05"}),
)
EXAMINATION = Examination([HINT, WARNING, ERROR], [WAIVED])
NOTHING = Examination([], [])

# What every consumer of SARIF relies on, after the schema of SARIF 2.1.0.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name", "rules"],
            "properties": {
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "required": ["id"],
                        "additionalProperties": False,
                        "properties": {"id": {"type": "string"}, "shortDescription": TEXT},
                    },
                }
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["error", "warning", "note"]},
                "message": TEXT,
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "suppressions": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["kind"],
                        "properties": {"kind": {"enum": ["inSource", "external"]}},
                    },
                },
            },
        },
        "location": {
            "type": "object",
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "properties": {"uri": {"pattern": r"^[\w/.%-]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "minProperties": 1,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                }
            },
        },
    },
}


def sarif(examination: Examination) -> dict[str, Any]:
    made = json.loads(FORMATS["sarif"](examination))
    assert isinstance(made, dict)
    Draft202012Validator(SARIF).validate(made)
    return made


def test_findings_stand_in_the_order_of_files_and_lines() -> None:
    assert [f.rule for f, _ in with_waivers(EXAMINATION)] == ["late", "rate", "weights", "odd"]


# --- text ---------------------------------------------------------------------------------------


def test_text_says_what_a_build_says_and_counts_what_is_signed() -> None:
    said = FORMATS["text"](EXAMINATION)
    assert said == report(EXAMINATION.open) + "另有 1 处已有核对说明。"
    assert "\x1b" not in said


def test_long_lines_are_not_broken() -> None:
    long = Finding("long", Level.ERROR, Place(FILE, 1), "字" * 900, "改")
    assert "字" * 900 in FORMATS["text"](Examination([long], []))


def test_markup_in_a_finding_is_text() -> None:
    odd = Finding("odd", Level.ERROR, Place("[red].yml", 1), "[bold]甲[/bold] :smile:", "改")
    assert "[bold]甲[/bold] :smile:" in FORMATS["text"](Examination([odd], []))


def test_a_terminal_gets_colours_and_a_pipe_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured, piped = io.StringIO(), io.StringIO()
    show(EXAMINATION, Console(file=coloured, force_terminal=True))
    show(EXAMINATION, Console(file=piped))
    assert "\x1b[" in coloured.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.getvalue()) == piped.getvalue()


# --- JSON ---------------------------------------------------------------------------------------


def test_json_holds_every_finding_with_what_it_is_about() -> None:
    found = json.loads(FORMATS["json"](EXAMINATION))
    keys = ["rule", "level", "file", "line", "column", "field", "place", "what", "fix"]
    keys += ["in_draft", "waived"]
    assert all(list(entry) == keys for entry in found)
    error = next(entry for entry in found if entry["rule"] == "weights")
    assert error == {
        "rule": "weights", "level": "error", "file": FILE, "line": 12, "column": 3,
        "field": "评分 › 总分", "place": "scores/total", "what": "各项之和 95，总分写 96",
        "fix": "改正", "in_draft": False, "waived": None,
    }  # fmt: skip
    hint = next(entry for entry in found if entry["rule"] == "odd")
    assert (hint["line"], hint["column"], hint["place"]) == (None, None, None)


def test_json_says_who_answers_for_a_finding() -> None:
    found = json.loads(FORMATS["json"](EXAMINATION))
    waived = {entry["rule"]: entry["waived"] for entry in found}
    assert waived["rate"]["reason"] == "按本区办法"
    assert waived["rate"]["date"] == "2026-01-05"
    assert json.loads(FORMATS["json"](NOTHING)) == []


# --- SARIF --------------------------------------------------------------------------------------


def test_sarif_has_the_public_shape() -> None:
    (run,) = sarif(EXAMINATION)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["late", "odd", "rate", "weights"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {"late": "warning", "odd": "note", "rate": "warning", "weights": "error"}
    assert sarif(NOTHING)["runs"][0]["results"] == []


def test_sarif_places_are_addresses() -> None:
    results = {r["ruleId"]: r for r in sarif(EXAMINATION)["runs"][0]["results"]}
    physical = results["odd"]["locations"][0]["physicalLocation"]
    assert "region" not in physical
    assert physical["artifactLocation"]["uri"].startswith("data/reports/%E6%95%99")
    logical = results["weights"]["locations"][0]["logicalLocations"]
    assert logical == [{"fullyQualifiedName": "scores/total", "name": "评分 › 总分"}]


def test_what_is_signed_off_is_suppressed() -> None:
    results = sarif(EXAMINATION)["runs"][0]["results"]
    suppressed = {r["ruleId"]: r["suppressions"] for r in results if "suppressions" in r}
    assert suppressed == {"rate": [{"kind": "inSource", "justification": "按本区办法"}]}


def test_rules_are_explained_in_chinese() -> None:
    for rule in checks.RULES.values():
        assert explained(rule.name) == rule.about
    assert explained("unknown_field").startswith("不认识字段“…”")
    for name in catalogue("wording")["messages"]:
        assert not re.search(r"\{\w+\}|\{\{", explained(name))
    assert explained("no such rule") == ""


# --- GitHub -------------------------------------------------------------------------------------


def test_github_gets_one_command_a_line() -> None:
    late, weights, odd = FORMATS["github"](EXAMINATION).split("\n")
    assert late.startswith(f"::warning file={FILE},line=4,title=late::")
    assert late.endswith("发现：50%25：a,b%0A两行%0A应写：核对")
    assert weights.startswith(f"::error file={FILE},line=12,col=3,title=weights::字段：")
    assert odd.startswith("::notice file=data/reports/教育局/2024.yml,title=odd::")
    assert FORMATS["github"](NOTHING) == ""


def test_github_properties_cannot_be_broken_out_of() -> None:
    odd = Finding("odd", Level.ERROR, Place("a,b:c%\r\n.yml", 1), "甲::error::乙\r", "改")
    line = FORMATS["github"](Examination([odd], []))
    assert line.startswith("::error file=a%2Cb%3Ac%25%0D%0A.yml,line=1,title=odd::")
    assert "\n" not in line
    assert "\r" not in line


@pytest.mark.parametrize("name", FORMATS)
def test_file_names_of_any_encoding_can_be_printed(name: str) -> None:
    odd = Finding("odd", Level.ERROR, Place("data/reports/\udcbd.yml", 1), "甲", "改")
    assert FORMATS[name](Examination([odd], [])).encode()


# --- drafts -------------------------------------------------------------------------------------


def test_a_mistake_in_a_draft_is_no_error_for_programs_that_stop_at_errors() -> None:
    found = replace(EXAMINATION.open[0], level=Level.ERROR, in_draft=True)
    examination = Examination([found], [])
    (result,) = json.loads(FORMATS["sarif"](examination))["runs"][0]["results"]
    assert result["level"] == "warning"
    assert FORMATS["github"](examination).startswith("::warning ")
    (entry,) = json.loads(FORMATS["json"](examination))
    assert (entry["level"], entry["in_draft"]) == ("error", True)
    assert "错误（草稿，不妨碍发布）" in FORMATS["text"](examination)
