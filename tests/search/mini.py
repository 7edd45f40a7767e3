"""A small site to search: a few pages written by hand, the real scripts, an index of both."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from evalpress.assess import Catalogue, assess
from evalpress.disclose.public import publish
from evalpress.model import Deadline, Reference
from evalpress.pages import script_words
from evalpress.search import index
from evalpress.wording import TEMPLATES
from samples import NOW, reference, written

YEARS = (2021, 2022, 2023, 2024, 2025)
# One address for each report of the catalogue.
REPORTS = [f"{department}/{year}/" for department in ("education", "finance") for year in YEARS]
PAGE = (
    '<!doctype html><html lang="zh-CN"><article class="ep-article" data-search-body'
    ' data-title="{title}" data-kind="{kind}">{body}</article></html>'
)
HEAD = '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
SCRIPT = (
    '<script defer src="{base}/assets/words.js"></script>'
    '<script defer src="{base}/assets/search.js" data-base="{base}"></script></html>'
)
BOX = '<div data-ep-search="header"></div>'
FINDER = (
    '<div class="ep-results" data-ep-search-page></div>'
    '<div data-ep-all><h2 id="all">全部报告</h2><ul><li>名单</li></ul></div>'
)


@cache
def catalogue() -> Catalogue:
    """Two departments with a report for each of five years."""
    reports = [
        written("version: 1", department, year)
        for department in ("education", "finance")
        for year in YEARS
    ]
    return assess([publish(report, reference(), NOW) for report in reports], reference())


def with_deadline(year: int) -> Reference:
    """The county's reference data with a day by which all must publish the reports of a year."""
    found = reference()
    deadline = Deadline(year=year, due=date(year + 1, 9, 15))
    regions = {
        name: region.model_copy(update={"deadlines": (deadline,)})
        for name, region in found.regions.items()
    }
    return replace(found, regions=regions)


def page(body: str, title: str = "一份报告", kind: str = "部门整体") -> str:
    """A page that asks to be found."""
    return PAGE.format(title=html.escape(title), kind=kind, body=body)


def write(site: Path, pages: dict[str, str], of: Catalogue | None = None) -> int:
    """Write the pages, by address, with the scripts and the index of a catalogue; gives the number
    indexed."""
    put(site, {**pages, "": HEAD + BOX + SCRIPT.format(base=".")})
    put(site, {"search/": HEAD + FINDER + SCRIPT.format(base="..")})
    shutil.copytree(TEMPLATES / "theme" / "assets", site / "assets", dirs_exist_ok=True)
    (site / "assets" / script_words.NAME).write_text(script_words.script_words(), encoding="utf-8")
    (site / "404.html").write_text("没有这个网页", encoding="utf-8")
    return index(site, of or catalogue())


def put(site: Path, pages: dict[str, str]) -> None:
    for address, source in pages.items():
        path = site / address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


def content(site: Path, names: Iterable[str] = ("search",)) -> dict[str, bytes]:
    """Every file below these folders, by name."""
    found = (path for name in names for path in sorted((site / name).rglob("*")))
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in found if p.is_file()}
