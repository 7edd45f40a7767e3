"""Findings -> text for a terminal, or JSON, SARIF 2.1.0 and GitHub's commands for machines.

One function per format, registered in FORMATS; each takes an Examination and gives the whole text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.text import Text

from evalpress import checks
from evalpress.checks.signing import Examination
from evalpress.findings import Finding, Level, heaviest_last
from evalpress.model import Waiver
from evalpress.wording import catalogue, word

Format = Callable[[Examination], str]
FORMATS: dict[str, Format] = {}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def form(name: str) -> Callable[[Format], Format]:
    """Register a format under the name that `--format` takes. Raises ValueError for one that is
    taken, which is a bug."""

    def register(function: Format) -> Format:
        if name in FORMATS:
            raise ValueError(f"format {name} is registered twice")
        FORMATS[name] = function
        return function

    return register


def with_waivers(examination: Examination) -> list[tuple[Finding, Waiver | None]]:
    """All findings in the order of files and lines, each with the waiver that signs it off."""
    standing: list[tuple[Finding, Waiver | None]] = [(f, None) for f in examination.open]
    return sorted(
        [*standing, *examination.waived], key=lambda e: (e[0].where, e[0].rule, e[0].what)
    )


# --- for people ---------------------------------------------------------------------------------

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.HINT: "cyan"}


@form("text")
def text(examination: Examination) -> str:
    """What stands, one paragraph per finding, and a count; without colours."""
    out = StringIO()
    show(examination, Console(file=out, color_system=None, width=10_000))
    return out.getvalue().rstrip("\n")


def show(examination: Examination, console: Console) -> None:
    """Print the text to a console; colours appear only where that is a terminal."""
    for finding in heaviest_last(examination.open):
        console.print(_coloured(finding), soft_wrap=True)
    counts = {level: sum(f.level is level for f in examination.open) for level in Level}
    said = word("finding", "count").format(
        errors=counts[Level.ERROR], warnings=counts[Level.WARNING], hints=counts[Level.HINT]
    )
    signed = word("finding", "signed").format(len(examination.waived))
    console.print(Text(said + (signed if examination.waived else "")), soft_wrap=True)


def _coloured(finding: Finding) -> Text:
    shown = Text(str(finding))
    first = shown.plain.partition("\n")[0]
    rest = first[len(str(finding.where)) :]
    shown.stylize("bold", 0, len(first) - len(rest))
    shown.stylize(_STYLES[finding.level], len(first) - len(rest), len(first))
    return shown


# --- for machines -------------------------------------------------------------------------------


@form("json")
def as_json(examination: Examination) -> str:
    """A list of objects, signed-off findings included; `waived` says who answers for them."""
    return _dump([_record(finding, waiver) for finding, waiver in with_waivers(examination)])


def _record(finding: Finding, waiver: Waiver | None) -> dict[str, Any]:
    where = finding.where
    return {
        "rule": finding.rule,
        "level": finding.level.name.lower(),
        "file": where.file,
        "line": where.line or None,
        "column": where.column or None,
        "field": where.field or None,
        "place": finding.place or None,
        "what": finding.what,
        "fix": finding.fix,
        "in_draft": finding.in_draft,
        "waived": waiver.model_dump(mode="json", exclude={"rule", "place"}) if waiver else None,
    }


@form("sarif")
def sarif(examination: Examination) -> str:
    """SARIF 2.1.0; signed-off findings are suppressed results."""
    found = with_waivers(examination)
    rules = sorted({finding.rule for finding, _ in found})
    driver = {"name": "evalpress", "rules": [_sarif_rule(rule) for rule in rules]}
    results = [_sarif_result(finding, waiver, rules) for finding, waiver in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dump({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: str) -> dict[str, Any]:
    about = explained(rule)
    return {"id": rule, **({"shortDescription": {"text": about}} if about else {})}


def explained(rule: str) -> str:
    """What a rule asks for, in one Chinese sentence; for the reader's own rules what it finds."""
    known = checks.RULES.get(rule)
    if known:
        return known.about
    message = catalogue("wording")["messages"].get(rule, {}).get("what", "")
    return re.sub(r"\{\w+\}", "…", message).replace("{{", "{").replace("}}", "}")


def _outside(finding: Finding) -> Level:
    """The level for programs that stop at errors: a draft's mistakes stop nothing."""
    return max(finding.level, Level.WARNING) if finding.in_draft else finding.level


_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def _sarif_result(finding: Finding, waiver: Waiver | None, rules: list[str]) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(printable(finding.where.file))}}
    region = {"startLine": finding.where.line, "startColumn": finding.where.column}
    if finding.where.line:
        location["region"] = {name: value for name, value in region.items() if value}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _SARIF_LEVELS[_outside(finding)],
        "message": {"text": _sentences(finding)},
        "locations": [{"physicalLocation": location}],
    }
    if finding.place:
        logical = {"fullyQualifiedName": finding.place, "name": finding.where.field}
        result["locations"][0]["logicalLocations"] = [logical]
    if waiver:
        result["suppressions"] = [{"kind": "inSource", "justification": waiver.reason}]
    return result


@form("github")
def github(examination: Examination) -> str:
    """Workflow commands that GitHub shows beside the lines; only what stands."""
    return printable("\n".join(_commands(examination)))


_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


def _commands(examination: Examination) -> Iterator[str]:
    for finding, waiver in with_waivers(examination):
        where = finding.where
        values = {
            "file": where.file, "line": where.line, "col": where.column, "title": finding.rule,
        }  # fmt: skip
        given = ",".join(f"{name}={_property(value)}" for name, value in values.items() if value)
        if waiver is None:
            yield f"::{_COMMANDS[_outside(finding)]} {given}::{_data(_sentences(finding))}"


def _data(value: object) -> str:
    """A message as a workflow command can carry it, on one line."""
    return str(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _sentences(finding: Finding) -> str:
    """Field, what was found and what to write, each on a line of its own."""
    parts = {"field": finding.where.field, "what": finding.what, "fix": finding.fix}
    return "\n".join(f"{word('finding', name)}{said}" for name, said in parts.items() if said)


def _dump(data: object) -> str:
    return printable(json.dumps(data, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """Text that every output can encode; file names may hold bytes of an old encoding."""
    return re.sub("[\ud800-\udfff]", "�", text)
