"""Books: which reports belong together, what they tell, and that only what changed is made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from evalpress import site as sites
from evalpress.assess import Catalogue, assess
from evalpress.clock import BEIJING
from evalpress.pages.books import all_books, department_books, edition, offers, year_books
from evalpress.settings import Settings
from projects import make_small_project, replace
from samples import public, reference


def catalogue(*reports: tuple[str, int, str]) -> Catalogue:
    return assess((public(text, name, year) for name, year, text in reports), reference())


def dated(year: int, more: str = "") -> str:
    return f"first_published: {year + 1}-08-20 09:00\n{more}"


def test_a_department_s_years_are_one_book_newest_first() -> None:
    found = catalogue(*(("education", year, "") for year in (2023, 2025, 2024)))
    (book,) = department_books(found, reference().departments["education"])
    assert [part.key.year for part in book.parts] == [2025, 2024, 2023]
    assert book.address == "education/education-reports-demonstration.pdf"
    assert book.title.endswith("绩效自评报告汇编（2023—2025年度）")
    assert "3 份" in book.lines[0]
    assert book.provenance is not None
    assert book.provenance["word"] == "演示数据"


def test_a_year_s_departments_are_one_book_in_their_order() -> None:
    names = list(reference().departments)[:3]
    found = catalogue(*((name, 2025, "") for name in reversed(names)))
    books = year_books(found, 2025)
    assert [[part.key.department for part in book.parts] for book in books] == [names]
    assert books[0].address.startswith("years/2025/")
    assert "2025年度部门绩效自评报告汇编" in books[0].title


def test_one_report_alone_is_no_book() -> None:
    assert not all_books(catalogue(("education", 2025, "")))


def test_provenances_are_never_bound_together() -> None:
    adapted = "provenance: adapted\nprovenance_note: 依据公开的报告改写。\n"
    years = {2022: "", 2023: "", 2024: adapted, 2025: adapted}
    found = catalogue(*(("education", year, text) for year, text in years.items()))
    books = department_books(found, reference().departments["education"])
    assert [[part.key.year for part in book.parts] for book in books] == [
        [2025, 2024],
        [2023, 2022],
    ]
    assert len({book.address for book in books}) == 2
    labels = [offer.title for offer in offers(books)]
    assert len(set(labels)) == 2


def test_the_cover_tells_the_last_publication_or_correction() -> None:
    correction = (
        "version: 2\ncorrections: [{id: c1, date: 2026-11-03, old: 一, new: 二, reason: 误植}]"
    )
    found = catalogue(("education", 2024, dated(2024)), ("education", 2025, dated(2025)))
    (book,) = department_books(found, reference().departments["education"])
    assert "2026-08-20" in book.lines[1]
    found = catalogue(("education", 2024, dated(2024, correction)), ("education", 2025, ""))
    (book,) = department_books(found, reference().departments["education"])
    assert "2026-11-03" in book.lines[1]
    assert edition(book.parts[1].report) == "2025-08-20 公布，第 2 版"


# --- with the PDFs ------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path, one_pool: None) -> Path:
    return make_small_project(tmp_path).folder


def printed(folder: Path, preview: bool = False) -> sites.Site:
    """The small project on a day on which all but a draft are published: two books."""
    settings = Settings(as_of=datetime(2100, 1, 1, tzinfo=BEIJING))
    made = sites.make(settings, folder, folder / "docs", preview)
    made.print("https://example.org/")
    return made


@pytest.mark.slow
def test_only_what_changed_is_printed_and_bound(data: Path) -> None:
    made = printed(data)
    assert (made.printed, made.bound) == (4, 2)
    made = printed(data)
    assert (made.printed, made.bound) == (0, 0)
    replace(data / "data/reports/parks/2024.yml", "管护公园3个", "管护公园3座")
    made = printed(data)
    assert (made.printed, made.bound) == (1, 1)
    replace(data / "data/reports/parks/2025.yml", "设养护、工程、综合三个科。", "设三个科。")
    made = printed(data)
    assert (made.printed, made.bound) == (1, 2)
    books = {page.address: page.frame.books for page in made.pages if page.frame.books}
    assert set(books) == {"parks/", "years/2025/"}
    for (offer,) in books.values():
        assert made.files[offer.url].read_bytes().startswith(b"%PDF")
        assert offer.size.endswith("KB")
        assert offer.download.endswith(".pdf")


@pytest.mark.slow
def test_a_preview_offers_no_books(data: Path) -> None:
    made = printed(data, preview=True)
    assert made.bound == 0
    assert not any(page.frame.books for page in made.pages)
