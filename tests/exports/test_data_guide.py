"""The readers' page about downloads names and explains every column."""

from __future__ import annotations

import json

import pytest

from evalpress.assess import assess
from evalpress.exports import of_report
from evalpress.exports.guide import data_page
from evalpress.exports.registry import columns
from evalpress.exports.table import Table, heads, tables, told
from evalpress.text.markup import in_html
from samples import public, reference

TEXT = """
title: 甲
body: {preface: 一段。}
funds: {rows: [{id: total, amounts: {budget: 3}}]}
withheld: [{place: funds/total/budget, reason: 依法}]
"""


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_column_is_named_and_explained(table: Table) -> None:
    page = data_page().markdown
    for column in table.fields:
        entry = told(table, column)
        assert f">{in_html(entry['name'])}</th>" in page
        assert in_html(entry["about"]) in page
        assert in_html(column.id) in page


def test_a_phone_scrolls_past_headings_not_past_tables() -> None:
    """Every long table is folded, and says nothing less."""
    page = data_page().markdown
    assert page.count("<table>") == page.count('<details class="ep-unfold">') == len(tables()) + 2


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_no_words_are_left_over_and_no_two_columns_have_one_name(table: Table) -> None:
    assert set(columns(table.name)) <= {column.id for column in table.fields}
    assert len(set(heads(table))) == len(table.fields)


def test_every_part_of_the_json_is_explained_and_nothing_else() -> None:
    catalogue = assess([public(TEXT)], reference())
    first, *_ = of_report(catalogue, next(iter(catalogue.assessments.values())))
    assert {*json.loads(first.content), "slug"} == set(columns("json"))
