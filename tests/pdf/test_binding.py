"""evalpress.pdf.binding: a book is its reports as they are, with a cover, a list of contents,
through page numbers, shared fonts, and everything that a reader or a screen reader goes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from page import validate_pdf
from pypdf import PdfReader

from evalpress import pdf
from evalpress.pdf import printing
from evalpress.pdf.binding import bind
from evalpress.pdf.printing import bind_one
from pdf_text import page_texts, squeeze, structure_text, tags
from print_jobs import JOB

TABLE = (
    "<table><caption>{0}表</caption>"
    '<thead><tr><th scope="col">项目</th><th scope="col">数</th></tr></thead>'
    '<tbody><tr><th scope="row">{0}</th><td>12</td></tr></tbody></table>'
)
NAMES = ("林业", "水务", "档案")
# Signs that share a glyph: the second of two stands for another text in another report.
LOOKALIKES = ("一⋯一", "一…一", "")


def job(at: int) -> pdf.PrintJob:
    name = NAMES[at]
    pages = "".join(f'\n\n<p style="break-after: page">{name}第{n}页</p>' for n in range(at + 1))
    text = (
        f"# {name}局2025年度绩效自评报告\n\n## 一、概况 {{#basics}}\n\n{name}管护{LOOKALIKES[at]}。"
        f"{pages}\n\n### （一）细目 {{#items}}\n\n见[概况](#basics)。\n\n{TABLE.format(name)}"
    )
    return replace(JOB, name=f"{at}-2025", title=f"{name}局2025年度绩效自评报告", markdown=text)


JOBS = [job(at) for at in range(len(NAMES))]
BOOK = pdf.BookJob(
    name="all-2025",
    title="青禾县2025年度部门绩效自评报告汇编",
    heading=("青禾县", "2025年度部门绩效自评报告汇编"),
    parts=tuple(pdf.BookPart(job.name, job.title, "2026-08-18 公布") for job in JOBS),
    stamp="演示数据",
    lines=("收录报告 3 份。",),
)
FRONT_PAGES = 2


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("parts")
    files = [folder / f"{job.name}.pdf" for job in JOBS]
    for job, file in zip(JOBS, files, strict=True):
        data = file.with_suffix(".json")
        data.write_text(job.title, encoding="utf-8")
        printing.print_one(replace(job, data=(pdf.Data(data.name, "数据", str(data)),)), file)
    return files


@pytest.fixture(scope="module")
def book(parts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("book") / "all-2025.pdf"
    bind_one(BOOK, parts, file)
    return file


@pytest.fixture
def opened(book: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(book) as document:
        yield document


def starts(parts: list[Path]) -> list[int]:
    """The number of each part's first page."""
    at, found = FRONT_PAGES + 1, []
    for file in parts:
        found.append(at)
        with pikepdf.open(file) as part:
            at += len(part.pages)
    return found


def test_the_text_is_that_of_the_reports(book: Path, parts: list[Path]) -> None:
    """Look-alikes that share a glyph included: each report keeps its own."""
    texts = [structure_text(file) for file in parts]
    assert "⋯" in texts[0]
    assert "…" in texts[1]
    assert structure_text(book).endswith("".join(texts))


def test_the_cover_says_what_the_book_holds(book: Path) -> None:
    text = structure_text(book)
    assert text.startswith("演示数据青禾县2025年度部门绩效自评报告汇编收录报告3份。目录")
    with PdfReader(book) as reader:
        assert reader.metadata is not None
        assert reader.metadata.title == BOOK.title
        assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_page_numbers_run_through_all_pages_but_the_cover(book: Path) -> None:
    cover, *others = page_texts(book)
    assert "—1—" not in cover
    for number, text in enumerate(others, 2):
        assert text.count("—") - text.count("一—一") >= 2
        assert f"—{number}—" in text


def test_the_contents_give_the_numbers_and_lead_there(
    opened: pikepdf.Pdf, book: Path, parts: list[Path]
) -> None:
    contents = page_texts(book)[1]
    links = opened.pages[1].Annots
    for part, start, link in zip(BOOK.parts, starts(parts), links, strict=True):
        assert squeeze(f"{part.title}{part.note}{start}") in contents
        assert link.Dest[0].objgen == opened.pages[start - 1].objgen
        assert "/A" not in link
    assert tags(book).count("/TOCI") == len(parts)


def test_every_heading_is_a_bookmark_below_its_report(book: Path, parts: list[Path]) -> None:
    with PdfReader(book) as reader:
        cover, contents, *reports = nested(reader, reader.outline)
    assert [squeeze(entry[0]) for entry in (cover, contents)] == [BOOK.title, "目录"]
    expected = [
        (job.title, start, [("一、概况", start), ("（一）细目", end)])
        for job, start, end in zip(
            JOBS,
            starts(parts),
            [*(n - 1 for n in starts(parts)[1:]), len(page_texts(book))],
            strict=True,
        )
    ]
    found = [(title, page, [(t, p) for t, p, _ in flat(below)]) for title, page, below in reports]
    assert found == expected


Entry = tuple[str, int, list[Any]]


def nested(reader: PdfReader, outline: list[Any]) -> list[Entry]:
    """Bookmarks with the numbers of their pages, and those below them."""
    found: list[Entry] = []
    for entry in outline:
        if isinstance(entry, list):
            found[-1][2].extend(nested(reader, entry))
        else:
            found.append((entry.title, reader.get_destination_page_number(entry) + 1, []))  # type: ignore[operator]
    return found


def flat(entries: list[Entry]) -> list[Entry]:
    return [each for entry in entries for each in (entry, *flat(entry[2]))]


def test_destinations_are_unique_and_links_within_a_report_stay_within_it(
    opened: pikepdf.Pdf, parts: list[Path]
) -> None:
    found = list(opened.Root.Names.Dests.Names)
    places = {str(name): place for name, place in zip(found[::2], found[1::2], strict=True)}
    assert list(places) == sorted(places)
    assert len(places) == len(found) // 2
    for at, start in enumerate(starts(parts)):
        assert places[f"{at}-2025/basics"][0].objgen == opened.pages[start - 1].objgen
    links = [a for page in opened.pages[FRONT_PAGES:] for a in page.get("/Annots", ())]
    targets = [places[f"{at}-2025/basics"] for at in range(3)]
    assert [link.Dest[0].objgen for link in links] == [place[0].objgen for place in targets]


def test_each_font_is_there_once(opened: pikepdf.Pdf, parts: list[Path]) -> None:
    programs: dict[str, set[Any]] = {}
    for page in opened.pages:
        for font in page.Resources.Font.as_dict().values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            programs.setdefault(str(font.BaseFont), set()).add(descriptor.FontFile3.objgen)
    assert len(programs) >= 4
    assert {len(found) for found in programs.values()} == {1}


def test_glyphs_and_widths_are_those_of_the_reports(opened: pikepdf.Pdf, parts: list[Path]) -> None:
    shared = {str(f.BaseFont): f for f in opened.pages[-1].Resources.Font.as_dict().values()}
    with pikepdf.open(parts[-1]) as part:
        for font in part.pages[0].Resources.Font.as_dict().values():
            own, theirs = program(font), program(shared[str(font.BaseFont)])
            for glyph, width in widths(font).items():
                assert outline(own, glyph) == outline(theirs, glyph)
                assert widths(shared[str(font.BaseFont)])[glyph] == width


def program(font: pikepdf.Object) -> Any:
    """The outlines of an embedded font, by the numbers of the glyphs."""
    fonts = CFFFontSet()
    content = font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()
    fonts.decompile(BytesIO(content), None)
    return fonts.topDictIndex[0].CharStrings


def outline(outlines: Any, glyph: int) -> list[Any]:
    pen = RecordingPen()
    outlines[f"cid{glyph:05}"].draw(pen)
    return list(pen.value)


def widths(font: pikepdf.Object) -> dict[int, float]:
    found = list(font.DescendantFonts[0].W)
    runs = zip(found[::2], found[1::2], strict=True)
    return {int(first) + at: float(w) for first, run in runs for at, w in enumerate(run)}


def test_the_data_of_every_report_travel_inside(opened: pikepdf.Pdf, book: Path) -> None:
    """A report's first page says that they do."""
    with PdfReader(book) as reader:
        found = {name: contents[0].decode() for name, contents in reader.attachments.items()}
    assert found == {f"{job.name}.json": job.title for job in JOBS}
    assert len(opened.Root.AF) == len(JOBS)
    assert {str(file.AFRelationship) for file in opened.Root.AF} <= {"/Data", "/Source"}


def test_files_of_one_name_all_travel_along(parts: list[Path], tmp_path: Path) -> None:
    data, files = tmp_path / "扫描件.pdf", []
    for at, job in enumerate(JOBS[:2]):
        data.write_bytes(bytes([at]))
        files.append(tmp_path / f"{job.name}.pdf")
        inside = (pdf.Data(data.name, "原件", str(data), is_source=True),)
        printing.print_one(replace(job, data=inside), files[-1])
    with pikepdf.open(BytesIO(bind(replace(BOOK, parts=BOOK.parts[:2]), files))) as bound:
        assert sorted(file.EF.F.read_bytes() for file in bound.Root.AF) == [b"\0", b"\1"]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_book_conforms_as_its_reports_do(book: Path, profile: str) -> None:
    report = validate_pdf(book, profile=profile)
    assert report.is_compliant, [(found.rule_id, found.message) for found in report.failures]


def test_every_page_finds_its_structure(opened: pikepdf.Pdf) -> None:
    """Keys of the parent tree are unique and rise; each report is one part of the document."""
    tree = opened.Root.StructTreeRoot
    keys = [int(key) for key in list(tree.ParentTree.Nums)[::2]]
    assert keys == sorted(set(keys))
    assert int(tree.ParentTreeNextKey) == keys[-1] + 1
    used = [int(page.StructParents) for page in opened.pages]
    used += [int(a.StructParent) for page in opened.pages for a in page.get("/Annots", ())]
    assert sorted(used) == keys
    document = tree.K if "/S" in tree.K else tree.K[0]
    titles = [str(kid.T) for kid in document.K if kid.S == "/Part"]
    assert titles == [job.title for job in JOBS]


def test_a_book_is_the_same_bytes_again(book: Path, parts: list[Path]) -> None:
    assert bind(BOOK, parts) == book.read_bytes()


def test_a_long_list_of_contents_knows_its_own_length(parts: list[Path]) -> None:
    many = replace(BOOK, parts=BOOK.parts * 20)
    with pikepdf.open(BytesIO(bind(many, parts * 20))) as document:
        first = document.pages[1].Annots[0].Dest[0].objgen
        front = [page.objgen for page in document.pages].index(first)
        assert front > FRONT_PAGES
        content = BytesIO()
        document.save(content)
    with PdfReader(content) as reader:
        text = squeeze(reader.pages[1].extract_text())
    assert squeeze(f"{JOBS[0].title}2026-08-18公布{front + 1}") in text
