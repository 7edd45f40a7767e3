"""What may not be public is in no byte of what a build leaves: a word in every private place,
looked for in the site, the releases that are kept and the caches, decompressed.

One more private place: a word in `PRIVATE` and a line in `plant`. One more kind of output: a reader
in `_READERS`, and its suffix in the last test, which proves that words are found there at all.
"""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from evalpress.districts.joining_up import join
from evalpress.files.clean import clean_files
from evalpress.model import ReportContent, ReportFile
from joints import joint
from projects import Project, make_small_project, replace
from sample_files import docx, jpeg, new_pdf, paragraph, png

PRIVATE = {
    name: f"zqleak{number:02}x"
    for number, name in enumerate((
        "draft", "draft title", "draft attachment", "draft attachment name", "embargoed",
        "withheld text", "withheld fact", "waivers", "sign_offs", "notes", "comment in report",
        "comment in reference data", "comment in settings", "unreferenced", "unreferenced name",
        "hidden report", "backup", "hidden page", "pdf author", "docx author", "jpeg author",
        "png author", "environment",
    ))
}  # fmt: skip
PUBLIC = "zqpublicx"
# What is of the program alone: everything that was read, drafts too. Nobody is served from it.
OWN = {"checks.pickle", "last.json"}
PUBLISH = ["evalpress.commands", "publish"]
JOINT = ".site-joint"  # where the site of districts lies in the project's folder


def pdf_by(author: str) -> bytes:
    document, content = new_pdf(f"Annual report {PUBLIC}"), io.BytesIO()
    document.docinfo["/Author"] = author
    document.save(content)
    return content.getvalue()


def plant(project: Project) -> None:
    """Put every word in its place."""
    data, word = project.folder / "data", PRIVATE
    replace(project.report("archives/2024"), "草稿暗记甲一七", word["draft"])
    append(
        project.report("archives/2024"),
        f"title: {word['draft title']}\nattachments:\n"
        f"  - {{id: a, name: 附件, file: {word['draft attachment name']}.docx}}\n",
    )
    put(
        data / f"attachments/archives/2024/{word['draft attachment name']}.docx",
        docx(paragraph(word["draft attachment"])),
    )
    replace(project.report("archives/2025"), "未到时间暗记乙二八", word["embargoed"])
    report = project.report("parks/2025")
    replace(
        report, "    - label: 机构\n",
        f"    - {{id: secret, text: 本段{word['withheld text']}}}\n    - 公开{PUBLIC}文字。\n"
        "    - label: 机构\n",
    )  # fmt: skip
    replace(
        report, "facts:\n",
        f"facts:\n  - {{id: hidden, name: 巡查, value: 1, period: {word['withheld fact']}}}\n"
        f"  - {{id: shown, name: 公示牌, value: 77, period: {PUBLIC}}}\n",
    )  # fmt: skip
    replace(report, "经办人暗记丁四", word["sign_offs"])
    replace(report, "内部暗记丙三九", f"{word['notes']}  # {word['comment in report']}\n#")
    append(report, WITHHELD + WAIVERS.format(word["waivers"]))
    append(data / "departments.yml", f"# {word['comment in reference data']}\n")
    append(project.config, f"# {word['comment in settings']}\n")
    folder = data / "attachments/parks/2025"
    put(folder / f"{word['unreferenced name']}.txt", word["unreferenced"].encode())
    put(data / "reports/parks/.2026.yml", f"title: {word['hidden report']}\n".encode())
    put(data / "reports/parks/~2026.yml", f"title: {word['backup']}\n".encode())
    put(project.folder / "docs/.hidden.md", f"# {word['hidden page']}\n".encode())
    files = {
        "a.pdf": pdf_by(word["pdf author"]), "b.jpg": jpeg(word["jpeg author"], turned=1),
        "c.png": png(word["png author"]),
        "d.docx": docx(paragraph(f"办法{PUBLIC}"), docProps__core_xml=CORE % word["docx author"]),
    }  # fmt: skip
    for name, content in files.items():
        put(folder / name, content)
    listed = "".join(f"  - {{id: f{n}, name: 附, file: {name}}}\n" for n, name in enumerate(files))
    replace(report, "attachments:\n", f"attachments:\n{listed}")


WITHHELD = """withheld:
  - {place: body/overview/secret, reason: 依照保密规定不予公开}
  - {place: facts/hidden, reason: 依照保密规定不予公开}
"""
WAIVERS = """waivers:
  - {{rule: unchecked_attachment, place: attachments/f1, reason: 甲{0}, date: 2026-03-25}}
  - {{rule: unchecked_attachment, place: attachments/f2, reason: 乙{0}, date: 2026-03-25}}
"""
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>%s</dc:creator>'
    "</cp:coreProperties>"
)


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


# --- every byte ---------------------------------------------------------------------------------


@cache
def opened(suffix: str, content: bytes) -> bytes:
    """What a file with this suffix and content says: its bytes, and everything that is packed in
    them. The same file lies in several folders, and is opened once."""
    packed = _READERS.get(suffix, lambda content: iter(()))
    return b"\n".join([content, *packed(content)]).lower()


def _of_pdf(content: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(content)) as document:
        for thing in document.objects:
            yield str(thing).encode()
            if isinstance(thing, pikepdf.Stream):
                yield _decoded(thing)
        yield document.trailer.unparse(resolved=True)
    with PdfReader(io.BytesIO(content)) as reader:
        yield str(reader.metadata).encode()
        yield from (page.extract_text().encode() for page in reader.pages)


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture, whose bytes are no text
        return stream.read_raw_bytes()


def _of_archive(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield archive.comment
        for info in archive.infolist():
            yield info.filename.encode() + info.comment + info.extra
            yield opened(Path(info.filename).suffix, archive.read(info))


def _of_index(content: bytes) -> Iterator[bytes]:
    """Every zlib stream, wherever in the file it begins."""
    whole = memoryview(content)
    for begin in re.finditer(b"\x78", content):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(whole[begin.start() :])


def _of_base(content: bytes) -> Iterator[bytes]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in base.execute(tables).fetchall():
            for row in base.execute(f"SELECT * FROM {table}"):
                yield from (c if isinstance(c, bytes) else str(c).encode() for c in row)


def _of_picture(content: bytes) -> Iterator[bytes]:
    with Image.open(io.BytesIO(content)) as picture:
        yield repr((picture.info, dict(picture.getexif()))).encode()


_READERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    ".pdf": _of_pdf, ".docx": _of_archive, ".xlsx": _of_archive, ".zip": _of_archive,
    ".bin": _of_index, ".sqlite": _of_base, ".gz": lambda content: [gzip.decompress(content)],
    ".jpg": _of_picture, ".png": _of_picture,
}  # type: ignore[dict-item]  # fmt: skip


def everything(project: Project) -> list[Path]:
    """Every file that the builds left beside the project's own."""
    folders = [*project.folder.glob(".site*"), project.site, project.folder / ".cache"]
    found = (path for folder in folders for path in [folder, *folder.rglob("*")])
    return sorted({path for path in found if path.is_file() and path.name not in OWN})


def holding(told: dict[str, bytes], word: str) -> set[str]:
    """The files that hold a word, in UTF-8 or UTF-16, in their names or in them; from the project's
    folder."""
    wanted = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found = {said for said in {*told.values()} if any(one in said for one in wanted)}
    return {path for path, said in told.items() if said in found or word in path}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with all words, built, then published with the set of everything, so that a release
    is kept; joined to a site of districts."""
    project = make_small_project(tmp_path_factory.mktemp("leaks"))
    plant(project)
    refused = project.build()
    assert refused.code == 1
    assert refused.said.count("[file_metadata]") == 4
    assert not project.site.exists()
    clean_files([project.folder / "data/attachments/parks"])
    variables = {"EVALPRESS_TEST": PRIVATE["environment"]}
    ways = {"管护公园3个": ["mkdocs", "build", "--strict"], "管护公园九个": PUBLISH}
    for text, way in ways.items():
        replace(project.report("parks/2024"), "管护公园3个", text)
        built = project.run(*way, **variables)
        assert built.code == 0, built.said
    assert (project.site / "data/all/evaluations.zip").is_file()
    join(joint(project.folder / JOINT, {"ping": project.site}))
    return project


@pytest.fixture(scope="module")
def told(planted: Project) -> dict[str, bytes]:
    """What every file says, opened once for all words."""
    return {
        path.relative_to(planted.folder).as_posix(): opened(path.suffix, path.read_bytes())
        for path in everything(planted)
    }


def test_every_internal_field_has_a_word() -> None:
    internal = ReportFile.model_fields.keys() - ReportContent.model_fields.keys()
    assert internal - {"state", "kind", "slug", "provenance", "withheld"} <= PRIVATE.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", PRIVATE)
def test_nothing_private_is_in_any_byte(told: dict[str, bytes], name: str) -> None:
    assert holding(told, PRIVATE[name]) == set()


@pytest.mark.slow
def test_what_is_public_is_found_in_every_kind_of_file(told: dict[str, bytes]) -> None:
    """Or the search for what is private would prove nothing."""
    found = holding(told, PUBLIC)
    assert {Path(path).suffix for path in found} >= {
        ".html", ".pdf", ".json", ".bin", ".docx", ".sqlite", ".jsonl", ".zip", ".xlsx", ".csv",
    }  # fmt: skip
    folders = {path.split("/")[0] for path in found}
    assert folders == {"site", ".site-releases", ".cache", JOINT}
