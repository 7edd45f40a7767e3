"""A rule on one report, from the report's text or from one file beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evalpress.checks import RULES
from evalpress.checks.subject import Subject
from evalpress.findings import Finding
from evalpress.model import Key, Reference, Report
from samples import DATA, parsed, reference


def subject(
    text: str, department: str = "education", year: int = 2025, slug: str = "",
    known: Reference | None = None,
) -> Subject:  # fmt: skip
    """What a rule sees of a report with this text, beside the invented county's reference data."""
    source, content = parsed(text)
    report = Report(Key(department, year, slug), source.name, content)
    return Subject(report, known or reference(), source, DATA / "attachments")


def findings(rule: str, text: str, slug: str = "", known: Reference | None = None) -> list[Finding]:
    """What one rule finds in a report with this text."""
    of_report = RULES[rule].of_report
    assert of_report
    return list(of_report(subject(text, slug=slug, known=known)))


def places(rule: str, text: str, slug: str = "", known: Reference | None = None) -> list[str]:
    return [finding.place for finding in findings(rule, text, slug, known)]


FILE_RULES = (
    "private_data_in_file", "possible_private_data_in_file", "unchecked_attachment",
    "file_metadata", "hidden_content", "possible_hidden_content",
)  # fmt: skip


def about_file(folder: Path, name: str, content: bytes) -> list[Finding]:
    """What the rules find in a report with this one file: a picture in its text, or attached."""
    (folder / name).write_bytes(content)
    is_picture = name.endswith((".jpg", ".png", ".gif", ".webp"))
    text = (
        f"body: {{overview: [{{id: p, picture: {name}, alt: 图}}]}}"
        if is_picture
        else f"attachments: [{{id: a1, name: 附表, file: {name}}}]"
    )
    seen = replace(subject(text), attachments=folder)
    rules = [RULES[rule].of_report for rule in FILE_RULES]
    return [finding for rule in rules if rule for finding in rule(seen)]
