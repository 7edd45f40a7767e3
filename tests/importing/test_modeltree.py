"""A report's tree says what its file says, and nothing else."""

from __future__ import annotations

import pytest

from evalpress.importing.drafts import canonical_text
from evalpress.importing.modeltree import ValueKind, choice_of, tree_of, value_kind
from evalpress.load import build, parse
from evalpress.model import FundLine, Goal, Indicator, Nature, ReportFile, Stage
from random_reports import random_report
from samples import parsed


def test_what_is_at_its_default_is_left_out() -> None:
    content = parsed("version: 1\nproblems: [{id: a, text: 甲, measure_in_text: 否}]")[1]
    assert tree_of(content) == {"problems": [{"id": "a", "text": "甲"}], "state": "published"}


def test_figures_keep_their_places_and_texts_their_writing() -> None:
    content = parsed(
        "funds: {rows: [{id: total, amounts: {budget: 12.50}, rate: 97.50%}]}\n"
        "indicators: [{id: a, name: 甲, target: ≥95%, core: 是}]"
    )[1]
    tree = tree_of(content)
    assert tree["funds"]["rows"] == [
        {"id": "total", "amounts": {"budget": "12.50"}, "rate": "97.50%"}
    ]
    assert tree["indicators"] == [{"id": "a", "name": "甲", "target": "≥95%", "core": "是"}]


@pytest.mark.parametrize(
    ("model", "field", "kind"),
    [
        (FundLine, "amounts", ValueKind.NUMBER),
        (FundLine, "rate", ValueKind.PERCENT),
        (Indicator, "target", ValueKind.MEASURE),
        (Goal, "actual", ValueKind.BLOCKS),
        (Stage, "start", ValueKind.DATE),
        (ReportFile, "first_published", ValueKind.MOMENT),
    ],
)
def test_how_a_field_is_written_follows_from_its_type(
    model: type, field: str, kind: ValueKind
) -> None:
    assert value_kind(model, field) is kind


def test_choices_are_known() -> None:
    assert choice_of(Indicator, "nature") is Nature
    assert choice_of(Indicator, "name") is None


@pytest.mark.parametrize("seed", range(40))
def test_any_report_comes_back_from_its_tree(seed: int) -> None:
    content = random_report(seed)
    source, mistakes = parse("report.yml", canonical_text(tree_of(content)).encode())
    assert not mistakes
    assert build(ReportFile, source)[0] == content
