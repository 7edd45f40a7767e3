"""What a report's findings follow from: of all that was read, only what its rules look at."""

from __future__ import annotations

from pathlib import Path

from evalpress.checks import Context
from evalpress.load import load
from evalpress.model import Key
from samples import REPORT, data_folder, inspect, rules

MINE = Key("education", 2025)
OTHER = "data/reports/finance/2025.yml"
EARLIER = "data/reports/education/2024.yml"
GOOD = {REPORT: "state: draft\ntitle: 甲", OTHER: "state: draft", EARLIER: "state: draft"}


def follows(root: Path, **changed: str) -> tuple[str, ...]:
    names = {"other": OTHER, "earlier": EARLIER, "departments": "data/departments.yml"}
    files = {**GOOD, **{names[name]: text for name, text in changed.items()}}
    loaded = load(data := data_folder(root, dict(files)))
    context = Context(loaded, data)
    return context.follows_from(context.reports[MINE])


def test_a_refused_report_of_others_is_no_reference_data(tmp_path: Path) -> None:
    """One mistake among thousands of reports is no reason to check all others again."""
    before = follows(tmp_path)
    assert follows(tmp_path, other="state: draft\nbdy: {}") == before
    assert follows(tmp_path, other="state: [") == before


def test_the_year_before_counts_whether_it_was_read_or_not(tmp_path: Path) -> None:
    before = follows(tmp_path)
    refused = follows(tmp_path, earlier="state: draft\nbdy: {}")
    assert len({before, refused, follows(tmp_path, earlier="state: draft\ntitle: 乙")}) == 3


def test_reference_data_count_for_every_report(tmp_path: Path) -> None:
    before = follows(tmp_path)
    text = (tmp_path / "data/departments.yml").read_text(encoding="utf-8")
    assert follows(tmp_path, departments=f"{text}# 一\n") != before


def test_a_report_among_the_attachments_is_told(tmp_path: Path) -> None:
    name = "data/attachments/education/2025.yml"
    told = inspect(tmp_path, {REPORT: "state: draft\n", name: "state: draft\n"})
    assert [f.where.file for f in told if f.rule == "report_in_attachments"] == [name]
    right = inspect(tmp_path / "right", {REPORT: "state: draft\n"})
    assert "report_in_attachments" not in rules(right)
