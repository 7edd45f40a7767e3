"""Queries for a built site, drawn by a program, with the pages that hold each of them.

Drawn from titles, the names of departments, and the text of pages: problems, indicators, amounts,
and pieces of two, three and four characters. Which pages hold a query is told from their HTML
alone, without anything of the program's search. The same site gives the same queries.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evalpress.assess import Catalogue

SEED = "search"
_ARTICLE = re.compile(r"<article[^>]*data-search-body[^>]*>(.*?)</article>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|span|strong|em|wbr|time|small|mark|code)\b[^>]*>")
# What is no text: charts, whose figures stand in a table beside them.
# Pictures, and the marks of what the program lays out, are no text of a page.
_PICTURE = re.compile(r"<svg\b.*?</svg>|<(p|span) class=\"ep-computed__\w+\">.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_AMOUNT = re.compile(r"\d[\d,]*\.\d+(?=万元)")
# Asks names and full text as the search page does.
ASK = """async ([site, query]) => {
  const load = (name) => import(new URL(`assets/search/${name}.js`, site).href);
  const sources = (await load("sources")).openSources(new URL(site));
  const { askNames, askText } = await load("answers");
  const named = await askNames(sources, query);
  const { pages, rest, near } = await askText(sources, named, 10);
  const found = [...pages, ...rest.map((hit) => hit.page)];
  return { exact: named.exact, near, found: [...new Set(found.map((page) => page.address))] };
}"""


@dataclass(frozen=True)
class Query:
    """A query; `first` is the page that must come first, `holding` those that must be found."""

    text: str
    kind: str
    holding: frozenset[str]
    first: str = ""


def page_texts(site: Path) -> dict[str, str]:
    """The text of every page that can be found, by address, in one form of letters and digits."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        article = _ARTICLE.search(path.read_text(encoding="utf-8"))
        if article:
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            shown = _INLINE.sub("", _PICTURE.sub("", article[1]))
            found[address] = html.unescape(_TAG.sub("\n", shown))
    return found


def draw(catalogue: Catalogue, texts: dict[str, str], count: int) -> list[Query]:
    """About `count` queries: a quarter titles, a quarter names, the others from the text."""
    rng = Random(SEED)
    alike = {address: _alike(text) for address, text in texts.items()}
    quarter = count // 4
    titles = list(all_titles(catalogue))
    names = list(_names(catalogue))
    words = sorted({word for text in texts.values() for word in _pieces(text, rng)})
    amounts = sorted({a for text in texts.values() for a in _AMOUNT.findall(text)})
    drawn = [
        *rng.sample(titles, min(quarter, len(titles))),
        *rng.sample(names, min(quarter, len(names))),
    ]
    plain = [(w, "piece") for w in rng.sample(words, count - len(drawn) - quarter // 4)]
    plain += [(a, "amount") for a in rng.sample(amounts, min(quarter // 4, len(amounts)))]
    return [*drawn, *(Query(text, kind, _holding(text, alike)) for text, kind in plain)]


def all_titles(catalogue: Catalogue) -> Iterator[Query]:
    """Every report's full title, which puts that report first."""
    for assessment in catalogue.assessments.values():
        address = assessment.key.address
        yield Query(assessment.report.title, "title", frozenset({address}), address)


def _names(catalogue: Catalogue) -> Iterator[Query]:
    """Every name with all reports of the departments that go by it."""
    addresses: dict[str, set[str]] = {}
    firsts: dict[str, str] = {}
    for department in catalogue.departments:
        own = {k.address for k in catalogue.assessments if k.department == department.id}
        for name in filter(None, [*department.all_names(), department.budget_code]):
            addresses.setdefault(name, set()).update(own, {f"{department.id}/"})
            firsts.setdefault(name, f"{department.id}/")
    for name, held in addresses.items():
        yield Query(name, "name", frozenset(held), firsts[name])


def _pieces(text: str, rng: Random) -> Iterator[str]:
    """A few pieces of a page: of two to four characters, and whole runs between marks."""
    runs = _WORD.findall(text)
    for length in (2, 3, 4, 4):
        run = rng.choice(runs)
        start = rng.randrange(max(1, len(run) - length + 1))
        yield run[start : start + length]
    yield rng.choice(runs)[:20]


def _alike(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3})", "", plain)


def _holding(query: str, alike: dict[str, str]) -> frozenset[str]:
    word = re.escape(_alike(query))
    wanted = re.compile(rf"(?<![\d.]){word}(?!\d)" if query[0].isdigit() else word)
    return frozenset(address for address, text in alike.items() if wanted.search(text))
