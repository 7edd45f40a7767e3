"""Small data folders and reports for the tests of reading, checking and disclosing."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from pathlib import Path

from evalpress.checks import Context, check
from evalpress.clock import BEIJING
from evalpress.disclose.public import publish
from evalpress.findings import Finding, report
from evalpress.load import Loaded, Source, build, load, parse
from evalpress.model import Key, PublicReport, Reference, Report, ReportFile
from evalpress.typefaces import Typefaces

DATA = Path(__file__).parent / "fixtures" / "data"
REFERENCE = ("regions.yml", "departments.yml", "schemes.yml", "tables.yml", "outlines.yml")
NOW = datetime(2026, 1, 1, tzinfo=BEIJING)
REPORT = "data/reports/education/2025.yml"


@cache
def reference() -> Reference:
    """The reference data of the invented county."""
    return load(DATA).reference


def data_folder(root: Path, files: dict[str, str | bytes]) -> Path:
    """A data folder below `root` with the county's reference data and these files over it."""
    for name in REFERENCE:
        (root / "data").mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / name, root / "data" / name)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return root / "data"


def read(root: Path, files: dict[str, str | bytes]) -> Loaded:
    return load(data_folder(root, files))


def inspect(root: Path, files: dict[str, str | bytes]) -> list[Finding]:
    """Every finding about a data folder, from reading and from the rules."""
    data = data_folder(root, files)
    loaded = load(data)
    return [*loaded.findings, *check(Context(loaded, data, fonts=Typefaces()))]


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def parsed(text: str) -> tuple[Source, ReportFile]:
    """A report file's text, read without a mistake; `state` may be left out."""
    state = "" if text.startswith("state:") else "state: published\n"
    source, findings = parse("report.yml", (state + text).encode())
    content, more = build(ReportFile, source)
    assert content is not None, report([*findings, *more])
    assert not findings, report(findings)
    return source, content


def written(text: str, department: str = "education", year: int = 2025, slug: str = "") -> Report:
    return Report(Key(department, year, slug), "report.yml", parsed(text)[1])


def public(text: str, department: str = "education", year: int = 2025) -> PublicReport:
    """The public form of a report with this text."""
    return publish(written(text, department, year), reference(), NOW)
