"""The controls above a list, as the page brings them."""

from __future__ import annotations

from evalpress.pages.finder import Order, controls

ROWS = [
    {"status": "解决", "year": "2025"},
    {"status": "<未解决>", "year": "2025"},
    {"status": "解决"},
]
ORDERS = [Order("score", "得分", True), Order("name", "部门", False)]


def form() -> str:
    return str(controls("list", "问题", "个", {"status": "状态", "year": "年度"}, ROWS, ORDERS))


def test_a_facet_that_tells_rows_apart_can_be_chosen_with_its_counts() -> None:
    made = form()
    assert '<option value="解决">解决（2）</option>' in made
    assert '<option value="&lt;未解决&gt;">&lt;未解决&gt;（1）</option>' in made
    assert "年度" not in made


def test_numbers_begin_with_the_largest_and_texts_with_the_first() -> None:
    made = form()
    ways = ["score.desc", "score.asc", "name.asc", "name.desc"]
    assert sorted(ways, key=made.index) == ways


def test_every_control_has_its_label_and_nothing_tears_the_page() -> None:
    made = form()
    assert made.count("<label for=") == made.count('id="list-finder-') == 3
    assert "\n\n" not in made
    assert "共 3 个。" in made
