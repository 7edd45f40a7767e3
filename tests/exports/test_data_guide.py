"""The readers' page about downloads names and explains every column."""

from __future__ import annotations

import json

import pytest

from evalpress.assess import assess
from evalpress.exports import of_report
from evalpress.exports.guide import data_page
from evalpress.text.markup import in_html
from evalpress.wording import words
from samples import public, reference

TEXT = """
title: 甲
body: {preface: 一段。}
funds: {rows: [{id: total, amounts: {budget: 3}}]}
withheld: [{place: funds/total/budget, reason: 依法}]
"""


@pytest.mark.parametrize("table", ["origin", "indicator", "fund"])
def test_every_column_is_explained_and_nothing_else(table: str) -> None:
    assert words("exports", table).keys() == words("exports", "help", table).keys()
    for title, about in zip(
        words("exports", table).values(), words("exports", "help", table).values(), strict=True
    ):
        assert in_html(title) in data_page().markdown
        assert in_html(about) in data_page().markdown


def test_every_part_of_the_json_is_explained_and_nothing_else() -> None:
    catalogue = assess([public(TEXT)], reference())
    first, *_ = of_report(catalogue, next(iter(catalogue.assessments.values())))
    assert {*json.loads(first.content), "slug"} == set(words("exports", "help", "json"))
