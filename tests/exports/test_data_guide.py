"""The readers' page about downloads names and explains every column."""

from __future__ import annotations

import json

import pytest

from evalpress.assess import assess
from evalpress.exports import EXPORTS, of_report
from evalpress.exports.guide import data_page
from evalpress.exports.registry import columns
from evalpress.text.markup import in_html
from samples import public, reference

TEXT = """
title: 甲
body: {preface: 一段。}
funds: {rows: [{id: total, amounts: {budget: 3}}]}
withheld: [{place: funds/total/budget, reason: 依法}]
"""


@pytest.mark.parametrize("table", ["origin", *(kind.name for kind in EXPORTS.values())])
def test_every_column_is_named_and_explained(table: str) -> None:
    page = data_page().markdown
    for key, column in columns(table).items():
        assert f'<th scope="row">{in_html(column.get("name", key))}</th>' in page
        assert in_html(column["about"]) in page


def test_every_part_of_the_json_is_explained_and_nothing_else() -> None:
    catalogue = assess([public(TEXT)], reference())
    first, *_ = of_report(catalogue, next(iter(catalogue.assessments.values())))
    assert {*json.loads(first.content), "slug"} == set(columns("json"))
