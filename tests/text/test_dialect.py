"""Our pages read by us and by a Markdown program: the same HTML, the same headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import markdown
import pytest

from evalpress import site as sites
from evalpress.pages.frame import Page
from evalpress.settings import Settings
from evalpress.text.dialect import convert, slug, with_plain_signs, with_table_frames
from evalpress.text.markup import plain
from projects import make_small_project

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "fenced_code"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    folder = make_small_project(tmp_path_factory.mktemp("dialect")).folder
    return sites.make(Settings(), folder, folder / "docs").pages


def flat(tokens: list[Any]) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        yield token["level"], token["id"], with_plain_signs(token["name"])
        yield from flat(token["children"])


def test_every_kind_of_page_is_read_as_a_markdown_program_reads_it(pages: list[Page]) -> None:
    kinds = {page.frame.kind for page in pages if not page.written_by_hand}
    assert {"report", "project", "department", "year", "comparison", "problems"} <= kinds
    for page in pages:
        if not page.written_by_hand:
            program = markdown.Markdown(
                extensions=EXTENSIONS, extension_configs={"toc": {"slugify": slug}}
            )
            made = convert(page.markdown)
            assert made.html == with_plain_signs(program.convert(page.markdown)), page.address
            assert list(flat(made.tree())) == list(flat(program.toc_tokens)), page.address


@pytest.mark.parametrize(
    "text", ["365天*24小时，全年*7天", "a|b", "<b>&amp;", "2025. 总结", "# 一", "{#x}"]
)
def test_text_stays_text(text: str) -> None:
    made = convert(f"# 题\n\n{plain(text)}").html
    shown = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    assert f"<p>{shown}</p>" in made


def test_a_heading_s_place_is_named_after_it() -> None:
    """Whatever stands before it, so that a link to it holds."""
    made = convert(
        "# 云汀县教育局\n\n## 存在的问题（2025年度）\n\n## 用 Excel 填报\n\n## 用 Excel 填报"
    )
    ids = [entry.id for entry in made.headings]
    assert ids == ["云汀县教育局", "存在的问题2025年度", "用-excel-填报", "用-excel-填报_1"]


def test_torn_html_is_told() -> None:
    with pytest.raises(ValueError, match="empty line"):
        convert("<div>\n\n<tr><td>一</td></tr>\n\n</div>")


def test_a_table_of_a_page_by_hand_stands_in_a_region_and_a_generated_one_in_its_own() -> None:
    own = '<div class="ep-table ep-x" id="a">\n<table>\n</table>\n</div>'
    assert with_table_frames(f"<table>\n</table>\n{own}\n<table>1</table>") == (
        f'<div class="ep-table"><table>\n</table></div>\n{own}\n'
        '<div class="ep-table"><table>1</table></div>'
    )
