"""evalpress.pdf: what is printed is the page's text, whole; files are accessible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from evalpress import pdf
from pdf_text import page_texts, squeeze, structure_text, tags
from print_jobs import PrintedText, body, same_looks
from projects import Finished
from sampling import sample


@pytest.fixture(scope="module")
def chosen(jobs: dict[str, pdf.PrintJob]) -> list[str]:
    """The adapted report, the two with the most table cells, the longest of a project."""
    cells = sorted(jobs, key=lambda name: jobs[name].markdown.count("<td"))
    of_projects = [name for name in jobs if name.count("-20") and not name[-4:].isdigit()]
    longest = max(of_projects, key=lambda name: len(jobs[name].markdown))
    return list(dict.fromkeys(["qiaoxi-cac-2025", cells[-1], cells[-2], longest]))


def printed(finished: Finished, name: str) -> Path:
    """What was printed of a report; an original has its own name, and the sheet for it another."""
    sheet = next(finished.site.rglob(f"{name}-cover.pdf"), None)
    return sheet or next(finished.site.rglob(f"{name}.pdf"))


@pytest.mark.slow
def test_the_text_is_the_page_s_whole_text_in_its_order(
    finished: Finished, jobs: dict[str, pdf.PrintJob]
) -> None:
    """Tables included."""
    for name in sample(list(jobs), 3):
        job = jobs[name]
        assert same_looks(structure_text(printed(finished, name))) == body(job).squeezed, name


def test_the_site_shows_the_text_that_is_printed(
    finished: Finished, jobs: dict[str, pdf.PrintJob], chosen: list[str]
) -> None:
    for name in chosen:
        html = (printed(finished, name).parent / "index.html").read_text(encoding="utf-8")
        article = html.split("<article", 1)[1].split(">", 1)[1].split("</article>")[0]
        assert (
            PrintedText(article).squeezed
            == PrintedText(pdf.page_html(jobs[name].markdown)).squeezed
        )


def test_the_painted_pages_hold_the_same_characters(
    finished: Finished, jobs: dict[str, pdf.PrintJob], chosen: list[str]
) -> None:
    """Page by page nothing is lost: painted is at least what the structure names."""
    for name in chosen:
        painted = same_looks("".join(page_texts(printed(finished, name))))
        missing = set(body(jobs[name]).squeezed) - set(painted)
        assert not missing, name
        assert len(painted) >= len(body(jobs[name]).squeezed)


def test_every_page_is_numbered(finished: Finished, chosen: list[str]) -> None:
    for name in chosen:
        for number, text in enumerate(page_texts(printed(finished, name)), 1):
            assert f"—{number}—" in text


def test_files_name_title_author_and_language(
    finished: Finished, jobs: dict[str, pdf.PrintJob], chosen: list[str]
) -> None:
    for name in chosen:
        with PdfReader(printed(finished, name)) as reader:
            root, known = reader.trailer["/Root"], reader.metadata
            assert known
            assert (known.title, known.author) == (jobs[name].title, jobs[name].author)
            assert known.author
            assert root["/Lang"] == "zh-CN"
            assert root["/MarkInfo"]["/Marked"]
            assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_heading_is_a_bookmark(
    finished: Finished, jobs: dict[str, pdf.PrintJob], chosen: list[str]
) -> None:
    for name in chosen:
        with PdfReader(printed(finished, name)) as reader:
            found = [squeeze(title) for title in titles(reader.outline)]
        assert found == [squeeze(text) for _, text in body(jobs[name]).headings], name


def titles(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        yield from titles(entry) if isinstance(entry, list) else (entry.title,)


def test_tables_are_tagged(finished: Finished, jobs: dict[str, pdf.PrintJob]) -> None:
    found = tags(printed(finished, "qiaoxi-cac-2025"))
    markdown = jobs["qiaoxi-cac-2025"].markdown
    assert found.count("/Caption") == markdown.count("<caption")
    assert found.count("/Table") == markdown.count("<table")
    cells = markdown.count("<td") + markdown.count("<th") - markdown.count("<thead")
    assert found.count("/TD") + found.count("/TH") == cells


def test_fonts_are_embedded(finished: Finished, chosen: list[str]) -> None:
    for name in chosen:
        with PdfReader(printed(finished, name)) as reader:
            for page in reader.pages:
                for font in page["/Resources"]["/Font"].values():
                    described = font.get_object()["/DescendantFonts"][0].get_object()
                    assert "/FontFile3" in described["/FontDescriptor"].get_object()
                    assert "/ToUnicode" in font.get_object()
