"""A rule on one report, from the report's text."""

from __future__ import annotations

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
