"""Reports in the manner of other provinces: clean ones have no finding but hints, and single
mistakes planted into them (fixtures/mistakes.yml) are found, each with a right twin that is not.

Five invented reports under fixtures/provinces/: other frameworks, dimensions, weights and grade
words, bonuses and penalties, a project's form, an evaluation by the finance bureau.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest
import yaml

from evalpress.checks import RULES, Context, check, check_report
from evalpress.findings import Finding, Level
from evalpress.load import build, load, parse
from evalpress.model import Report, ReportFile
from evalpress.typefaces import Typefaces
from samples import DATA

PROVINCES = DATA.parent / "provinces"


class Mistake(NamedTuple):
    """In which report which piece is changed, into what, the rule that finds it, its right twin."""

    file: str
    old: str
    wrong: str
    rule: str
    right: str = ""


MISTAKES = {
    name: Mistake(**entry)
    for name, entry in yaml.safe_load(
        (DATA.parent / "mistakes.yml").read_text(encoding="utf-8")
    ).items()
}


@cache
def context() -> Context:
    return Context(load(PROVINCES), PROVINCES, fonts=Typefaces())


@cache
def text_of(file: str) -> str:
    return (PROVINCES / "reports" / file).read_text(encoding="utf-8")


def found_in(file: str, text: str) -> list[Finding]:
    """What the rules find in one of the reports with another text."""
    source, wrong = parse(file, text.encode())
    content, more = build(ReportFile, source)
    assert content is not None and not wrong, [*wrong, *more]
    known = next(r for r in context().loaded.reports if r.source.endswith(file))
    seen = context().subject(known)
    return check_report(
        replace(seen, report=Report(known.key, known.source, content), source=source)
    )


@cache
def told_of(file: str) -> frozenset[str]:
    return frozenset(f.what for f in found_in(file, text_of(file)))


def changed(mistake: Mistake, new: str) -> list[Finding]:
    """What is found beside that which the clean report has."""
    text = text_of(mistake.file)
    assert text.count(mistake.old) == 1, mistake.old
    found = found_in(mistake.file, text.replace(mistake.old, new))
    return [f for f in found if f.what not in told_of(mistake.file)]


def test_clean_reports_of_other_provinces_are_clean() -> None:
    found = [*context().loaded.findings, *check(context())]
    assert [str(f) for f in found if f.level is not Level.HINT] == []


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found(mistake: Mistake) -> None:
    assert mistake.rule in RULES
    assert mistake.rule in {f.rule for f in changed(mistake, mistake.wrong)}


RIGHT = {name: mistake for name, mistake in MISTAKES.items() if mistake.right}


@pytest.mark.parametrize("mistake", RIGHT.values(), ids=RIGHT)
def test_its_right_twin_is_left_alone(mistake: Mistake) -> None:
    found = changed(mistake, mistake.right)
    assert [str(f) for f in found if f.level is not Level.HINT] == []
