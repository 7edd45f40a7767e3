"""The site as a whole: a strict build, no dead link, nothing unpublished, nothing foreign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from pypdf import PdfReader

from evalpress.load import Loaded, load
from evalpress.model import Key
from pdf_text import squeeze
from projects import GUIDE, Finished
from search import unpacking

HOST = "http://site.invalid/"
OUTSIDE_WORDS = (
    "草稿暗记甲一七",
    "未到时间暗记乙二八",
    "内部暗记丙三九",
    "经办人暗记丁四",
    "浅根树种",
)
# The numbers of the small project's withheld place, and what they could be computed back from.
OUTSIDE_NUMBERS = ("86.53", "88.92")


class _Reader(HTMLParser):
    """What the tests want to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.language = values.get("lang", self.language) if tag == "html" else self.language
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("a", "area") and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") != "canonical":
            self.loaded.append(values["href"])
        self.loaded += [values["src"]] if "src" in values else []
        self.loaded += [part.split()[0] for part in values.get("srcset", "").split(",") if part]


@cache
def read_page(path: Path) -> _Reader:
    return _Reader(path.read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def address_of(site: Path, page: Path) -> str:
    relative = page.relative_to(site).as_posix()
    return HOST + (relative.removesuffix("index.html") if page.name == "index.html" else relative)


def file_at(site: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path).lstrip("/")
    return site / (f"{path}index.html" if not path or path.endswith("/") else path)


def test_a_strict_build_tells_what_was_made(finished: Finished) -> None:
    data = load(finished.project.folder / "data", finished.project.folder)
    keys = shown(data)
    said = finished.built.said
    assert f"{len(keys)} 份报告" in said
    assert f"{len({key.department for key in keys})} 个部门" in said
    assert f"{len({key.year for key in keys})} 个年度" in said
    assert f"{len(keys) + len(superseded(finished))} 份 PDF" in said
    assert re.search(r"用时 \d+\.\d 秒", said)
    assert str(finished.site / "index.html") in said
    assert "WARNING" not in said and "Deprecation" not in said


def test_the_next_build_prints_nothing_and_gives_the_same_bytes(finished_small: Finished) -> None:
    """Not even the note that nothing changed is there."""
    first = content_of(finished_small.site)
    (finished_small.project.folder / ".cache" / "evalpress" / "last.json").unlink()
    built = finished_small.project.build()
    assert built.code == 0, built.said
    assert "新印 0 份" in built.said
    assert content_of(finished_small.site) == first


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_report_has_its_page_and_its_pdf(finished: Finished) -> None:
    data = load(finished.project.folder / "data", finished.project.folder)
    wanted = shown(data)
    for key in wanted:
        page = finished.site / key.address / "index.html"
        assert page.is_file()
        assert f'href="{key.name}.pdf"' in page.read_text(encoding="utf-8")
        assert (page.parent / f"{key.name}.pdf").read_bytes().startswith(b"%PDF-")
    files = (path for path in finished.site.rglob("*.pdf") if path.is_file())
    found = {path.relative_to(finished.site) for path in files}
    present = {path for path in found if not former_ids(data) & set(path.parts)}
    beside = {p.stem for p in present if p.stem == p.parent.as_posix().replace("/", "-")}
    earlier = {"-".join(path.parts[-4:-1]) for path in superseded(finished)}
    assert beside == {key.name for key in wanted} | earlier


def superseded(finished: Finished) -> list[Path]:
    """The PDFs of earlier editions, as the ledger keeps them."""
    return [*(finished.project.folder / "data" / "ledger" / "editions").rglob("*.pdf")]


def shown(data: Loaded) -> set[Key]:
    """The reports that a reader can have."""
    hidden = ("draft", "withdrawn")
    return {report.key for report in data.reports if report.content.state not in hidden}


def former_ids(data: Loaded) -> set[str]:
    """Ids of departments and reports that were published once and lead on now."""
    old = [i for department in data.reference.departments.values() for i in department.former_ids]
    return {*old, *(slug for report in data.reports for slug in report.content.former_slugs)}


def test_no_page_has_an_unexpected_address(finished: Finished) -> None:
    data = load(finished.project.folder / "data", finished.project.folder)
    wanted = {"index.html", "404.html", "data/index.html"}
    wanted |= {"years/index.html", "departments/index.html"}
    wanted |= {"coverage/index.html", "search/index.html"}
    wanted |= {"corrections/index.html", "verify/index.html", "sitemap/index.html"}
    wanted |= {"problems/index.html", "compare/index.html", "indicators/index.html"}
    wanted |= {f"indicators/{name}/index.html" for name in data.reference.common_indicators}
    for name in data.reference.departments:
        wanted |= {
            f"{name}/index.html",
            f"problems/{name}/index.html",
            f"compare/{name}/index.html",
        }
    for report in data.reports:
        year = report.key.year
        wanted |= {f"{report.key.address}index.html", f"{report.key.address}compare/index.html"}
        wanted |= {f"years/{year}/index.html", f"problems/{year}/index.html"}
        if report.content.state == "withdrawn":  # its PDF leads to what is said of it
            wanted.add(f"{report.key.address}{report.key.name}.pdf/index.html")
    for kept in (finished.project.folder / "data" / "ledger" / "editions").rglob("v*.json"):
        edition = kept.as_posix().partition("/editions/")[2].removesuffix(".json")
        wanted |= {f"{edition}/index.html", f"{edition}/changes/index.html"}
    docs = finished.project.folder / "docs"
    guide = (f"guide/{path.relative_to(GUIDE).as_posix()}" for path in GUIDE.rglob("*.md"))
    for page in (*(path.relative_to(docs).as_posix() for path in docs.rglob("*.md")), *guide):
        name = page.removesuffix(".md")
        wanted.add("index.html" if name == "index" else f"{name.removesuffix('/index')}/index.html")
    found = {page.relative_to(finished.site) for page in pages(finished.site)}
    present = {path.as_posix() for path in found if not former_ids(data) & set(path.parts)}
    assert present <= wanted


def test_every_report_is_two_clicks_from_home(finished: Finished) -> None:
    data = load(finished.project.folder / "data", finished.project.folder)
    wanted = {f"{HOST}{r.key.address}" for r in data.reports if r.content.state != "draft"}
    first = followed(finished.site, {HOST})
    found = first | followed(finished.site, first)
    assert wanted <= found


def followed(site: Path, addresses: set[str]) -> set[str]:
    """The pages that links on these pages lead to."""
    found = set()
    for address in addresses:
        page = file_at(site, address)
        links = (urljoin(address, link).split("#")[0] for link in read_page(page).links)
        found |= {link for link in links if link.startswith(HOST) and link.endswith("/")}
    return found


def test_no_link_is_dead(finished: Finished) -> None:
    dead = [
        f"{page.relative_to(finished.site)}: {link}"
        for page in pages(finished.site)
        for link in [*read_page(page).links, *read_page(page).loaded]
        if not leads_somewhere(finished.site, page, link)
    ]
    assert not dead, "\n".join(dead)


def leads_somewhere(site: Path, page: Path, link: str) -> bool:
    if link.startswith(("mailto:", "tel:", "data:")):
        return True
    target = urljoin(address_of(site, page), link)
    if not target.startswith(HOST):
        return urlsplit(target).scheme in ("http", "https")
    path = file_at(site, target)
    anchor = unquote(urlsplit(target).fragment)
    return path.is_file() and (not anchor or anchor in read_page(path).ids)


def test_nothing_is_loaded_from_elsewhere(finished: Finished) -> None:
    foreign = [
        f"{page.relative_to(finished.site)}: {link}"
        for page in pages(finished.site)
        for link in read_page(page).loaded
        if urlsplit(link).netloc
    ]
    for path in [*finished.site.rglob("*.css"), *finished.site.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        for link in re.findall(
            r"""(?:url\(|@import\s+|import\(|fetch\()\s*["']?([^"')\s]+)""", text
        ):
            if re.match(r"(https?:)?//", link):
                foreign.append(f"{path.relative_to(finished.site)}: {link}")
    assert not foreign, "\n".join(foreign)


def test_places_are_named_after_what_stands_there(finished: Finished) -> None:
    """A number alone would mean another heading as soon as one is added."""
    unnamed = [
        f"{page.relative_to(finished.site)}: {name}"
        for page in pages(finished.site)
        for name in read_page(page).ids
        if re.fullmatch(r"_\d+", name)
    ]
    assert not unnamed, "\n".join(unnamed)


def test_pages_are_sound(finished: Finished) -> None:
    faults = [
        f"{page.relative_to(finished.site)}: {fault}"
        for page in pages(finished.site)
        for fault in faults_of(read_page(page))
    ]
    assert not faults, "\n".join(faults)


def faults_of(page: _Reader) -> Iterator[str]:
    if page.language != "zh-CN":
        yield f"lang={page.language}"
    if page.headings.count(1) != 1 or page.headings[0] != 1:
        yield f"headings {page.headings}"
    for before, after in zip(page.headings, page.headings[1:], strict=False):
        if after > before + 1:
            yield f"h{before} is followed by h{after}"
    for name, count in Counter(page.ids).items():
        if count > 1:
            yield f"id {name} stands {count} times"


def test_nothing_that_is_not_public_is_in_any_file(finished_small: Finished) -> None:
    names = [
        path.relative_to(finished_small.site).as_posix() for path in everything(finished_small)
    ]
    assert not [name for name in names if name.startswith("archives/20")]
    for path in everything(finished_small):
        text = text_of(path)
        for outside in (*OUTSIDE_WORDS, *OUTSIDE_NUMBERS):
            assert outside not in text, path


def test_what_is_public_is_found_in_every_kind_of_file(finished_small: Finished) -> None:
    """Or the search for what is not public would prove nothing."""
    holding = {
        path.suffix for path in everything(finished_small) if "古树名木27株" in text_of(path)
    }
    assert holding >= {".html", ".pdf", ".bin", ".json", ".jsonl"}


def test_the_project_s_own_drafts_and_withheld_texts_stay_inside(finished: Finished) -> None:
    data = load(finished.project.folder / "data", finished.project.folder)
    drafts = [r.key for r in data.reports if r.content.state == "draft"]
    assert drafts, "the project's data should have a draft to prove this"
    site = "".join(text_of(path) for path in pages(finished.site))
    for key in drafts:
        assert not (finished.site / key.address).exists()
        assert f"{key.address}" not in site


def everything(finished: Finished) -> list[Path]:
    return [path for path in finished.site.rglob("*") if path.is_file()]


def text_of(path: Path) -> str:
    """All text of a file; of a PDF with its metadata, of an index without its compression."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        with PdfReader(path) as reader:
            return squeeze(
                "".join([str(reader.metadata), *(p.extract_text() for p in reader.pages)])
            )
    if path.suffix == ".bin":
        [site] = [folder.parent for folder in path.parents if folder.name == "search"]
        return unpacking.text(site, path)
    text = content.decode("utf-8", "replace").replace("\u200b", "")
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)
