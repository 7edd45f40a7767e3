"""evalpress.pdf: what is printed is the page's text, whole; files are accessible and cached."""

from __future__ import annotations

import http.server
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar

import pytest
from conftest import Finished, make_small_project
from pdf_text import page_texts, squeeze, structure_text, tags
from pypdf import PdfReader

from evalpress import pdf
from evalpress import site as sites
from evalpress.settings import Settings

# What a PDF gives back for signs that share their glyph with another one.
LOOKALIKES = str.maketrans({"⋯": "…", "〜": "～", "–": "—", "―": "—"})
JOB = pdf.PrintJob(
    name="parks-2025",
    title="青禾县园林绿化中心2025年度绩效自评报告",
    markdown="# 标题\n\n## 一、概况 {#a}\n\n管护公园四个。\n\n### （一）细目 {#b}\n\n正文。",
    author="青禾县园林绿化中心",
    description="摘要",
)


class _Text(HTMLParser):
    """The text of a page as it is to be printed; the style puts a colon behind each term."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
            self.inside = True

    inside = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "dt":
            self.parts.append("：")
        if re.fullmatch("h[1-6]", tag):
            self.inside = False

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        if self.inside:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def squeezed(self) -> str:
        return same_looks("".join(self.parts))


def same_looks(text: str) -> str:
    return squeeze(text).translate(LOOKALIKES)


def body(job: pdf.PrintJob) -> _Text:
    return _Text(pdf.document_html(job).split("<body>", 1)[1])


# --- the project's own reports ------------------------------------------------------------------


@pytest.fixture(scope="module")
def jobs(finished: Finished) -> dict[str, pdf.PrintJob]:
    """What the build printed, by the report's name."""
    folder = finished.project.folder
    made = sites.make(Settings(), folder, folder / "docs")
    return {p.report.key.name: made._job(p, "") for p in made.pages if p.report}


@pytest.fixture(scope="module")
def chosen(jobs: dict[str, pdf.PrintJob]) -> list[str]:
    """The adapted report, the two with the most table cells, the longest of a project."""
    cells = sorted(jobs, key=lambda name: jobs[name].markdown.count("<td"))
    of_projects = [name for name in jobs if name.count("-20") and not name[-4:].isdigit()]
    longest = max(of_projects, key=lambda name: len(jobs[name].markdown))
    return list(dict.fromkeys(["qiaoxi-cac-2025", cells[-1], cells[-2], longest]))


def printed(finished: Finished, name: str) -> Path:
    return next(finished.site.rglob(f"{name}.pdf"))


@pytest.mark.slow
def test_the_text_is_the_page_s_whole_text_in_its_order(
    finished: Finished, jobs: dict[str, pdf.PrintJob]
) -> None:
    """Every report, tables included."""
    for name, job in jobs.items():
        assert same_looks(structure_text(printed(finished, name))) == body(job).squeezed, name


def test_the_site_shows_the_text_that_is_printed(
    finished: Finished, jobs: dict[str, pdf.PrintJob], chosen: list[str]
) -> None:
    for name in chosen:
        html = (printed(finished, name).parent / "index.html").read_text(encoding="utf-8")
        article = html.split("<article", 1)[1].split(">", 1)[1].split("</article>")[0]
        assert _Text(article).squeezed == _Text(pdf.page_html(jobs[name].markdown)).squeezed


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
    assert found.count("/TD") >= markdown.count("<td")
    assert found.count("/TH") >= markdown.count("<th") - markdown.count("<thead")


def test_fonts_are_embedded(finished: Finished, chosen: list[str]) -> None:
    for name in chosen:
        with PdfReader(printed(finished, name)) as reader:
            for page in reader.pages:
                for font in page["/Resources"]["/Font"].values():
                    described = font.get_object()["/DescendantFonts"][0].get_object()
                    assert "/FontFile3" in described["/FontDescriptor"].get_object()
                    assert "/ToUnicode" in font.get_object()


# --- printing -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with pdf._pool(1) as one:
        yield one


def test_the_same_job_gives_the_same_bytes(tmp_path: Path, pool: Executor) -> None:
    contents = []
    for folder in ("one", "two"):
        files, count = pdf.print_all([JOB], tmp_path / folder, pool)
        assert count == 1
        contents.append(files[JOB.name].read_bytes())
    assert contents[0] == contents[1]


def test_only_what_changed_is_printed(tmp_path: Path, pool: Executor) -> None:
    others = [JOB, replace(JOB, name="parks-2024")]
    assert pdf.print_all(others, tmp_path, pool)[1] == 2
    assert pdf.print_all(others, tmp_path, pool)[1] == 0
    others[1] = replace(others[1], markdown="# 改过的标题")
    files, count = pdf.print_all(others, tmp_path, pool)
    assert count == 1
    pdf.sweep(tmp_path, files.values())
    assert set(tmp_path.iterdir()) == set(files.values())


@pytest.mark.parametrize("field", ["title", "markdown", "author", "description", "footer", "stamp"])
def test_all_that_shapes_a_file_is_in_its_fingerprint(field: str) -> None:
    assert pdf.fingerprint(replace(JOB, **{field: "另一个"})) != pdf.fingerprint(JOB)


def test_a_changed_picture_changes_the_fingerprint(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    found = []
    for content in (b"1", b"2"):
        picture.write_bytes(content)
        found.append(pdf.fingerprint(replace(JOB, pictures=(("a.png", str(picture)),))))
    assert found[0] != found[1]


def test_a_stamp_is_printed(tmp_path: Path, pool: Executor) -> None:
    files, _ = pdf.print_all([replace(JOB, stamp="草稿")], tmp_path, pool)
    assert structure_text(files[JOB.name]).startswith("草稿标题")


def test_a_failing_report_is_named_and_the_others_are_printed(
    tmp_path: Path, pool: Executor
) -> None:
    wrong = replace(JOB, name="parks-2023", markdown=None)  # type: ignore[arg-type]
    with pytest.raises(pdf.PrintFailed, match="parks-2023") as failed:
        pdf.print_all([wrong, JOB], tmp_path, pool)
    assert JOB.name not in str(failed.value)
    assert failed.value.__cause__ is not None
    assert [path.name[:10] for path in tmp_path.iterdir()] == ["parks-2025"]


def test_a_sign_that_no_font_has_is_told(tmp_path: Path, pool: Executor) -> None:
    """It would be printed as an empty box."""
    job = replace(JOB, markdown="# 标题\n\n满意😀，成活率高。")
    with pytest.raises(pdf.PrintFailed, match=r"parks-2025：.*“😀”（U\+1F600）") as failed:
        pdf.print_all([job], tmp_path, pool)
    assert failed.value.__cause__ is None
    assert not list(tmp_path.iterdir())


def test_signs_of_names_and_units_are_printed(tmp_path: Path, pool: Executor) -> None:
    job = replace(
        JOB, markdown="# 洨泜堃\n\n㎡、⑪、⑳、≥95%、Ⅱ类、±0.5℃、“365天*24小时”、①〔2024〕7号、—、·"
    )
    files, _ = pdf.print_all([job], tmp_path, pool)
    assert same_looks(structure_text(files[JOB.name])) == body(job).squeezed


def picture_job(path: Path) -> pdf.PrintJob:
    return replace(
        JOB,
        markdown='# 标题\n\n<p><img src="a.png" alt="图"></p>',
        pictures=(("a.png", str(path)),),
    )


def test_a_picture_is_printed(tmp_path: Path, pool: Executor) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(small_png())
    files, _ = pdf.print_all([picture_job(path)], tmp_path / "cache", pool)
    with PdfReader(files[JOB.name]) as reader:
        assert len(reader.pages[0].images) == 1


def small_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = [
        chunk(b"IHDR", head),
        chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path, pool: Executor) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"no picture")
    with pytest.raises(pdf.PrintFailed, match="parks-2025：有 1 张图片打不开"):
        pdf.print_all([picture_job(path)], tmp_path / "cache", pool)


class _Counter(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_nothing_is_fetched_while_printing(tmp_path: Path, pool: Executor) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("外人不得见", encoding="utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counter) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        http_url = f"http://127.0.0.1:{server.server_port}/a"
        for url in (http_url, secret.as_uri()):
            html = (
                f'<link rel="attachment" href="{url}"><link rel="stylesheet" href="{url}">'
                f'<style>@import url("{url}");</style>'
            )
            job = replace(JOB, markdown=f"# 标题\n\n{html}\n\n<p>{url}</p>")
            files, _ = pdf.print_all([job], tmp_path / "cache", pool)
            with PdfReader(files[JOB.name]) as reader:
                assert not reader.attachments
            picture = replace(JOB, markdown=f'# 标题\n\n<p><img src="{url}"></p>')
            with pytest.raises(pdf.PrintFailed):
                pdf.print_all([picture], tmp_path / "cache", pool)
        server.shutdown()
    assert not _Counter.asked


WARNINGS = """
import logging, sys
from pathlib import Path
from evalpress import pdf
logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stdout))
pdf.print_one(pdf.PrintJob("a", "a", "# a"), Path(sys.argv[1]) / "a.pdf")
"""


def test_the_style_makes_no_warnings(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARNINGS, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files_and_no_workers(tmp_path: Path) -> None:
    project = make_small_project(tmp_path)
    cache = tmp_path / ".cache/evalpress/pdf"
    process = project.start("mkdocs", "build")
    wait_until(lambda: cache.is_dir() and any(cache.glob("*.pdf")))
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert workers
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    for path in cache.glob("*.pdf"):
        with PdfReader(path) as reader:
            assert reader.pages[0].extract_text()
    built = project.build()
    assert built.code == 0, built.said
    assert len(list(cache.iterdir())) == 3


def wait_until(happens: Any) -> None:
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    """All processes below one, as far down as they go."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    direct = [int(word) for path in lists for word in path.read_text().split()]
    return [*direct, *(below for child in direct for below in children(child))]
