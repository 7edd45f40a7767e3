"""7 index: the text of pages in, a Pagefind index of their search words out.

The only file that knows Pagefind. It runs the extended program as a program, because Pagefind's
Python interface waits for ever when the program behind it dies.

Pagefind is given each page's search words, once each and weighted, instead of the page: it would
cut Chinese in one way here and in another in the browser, so that pages go unfound, and an index
of all places is several times as long to download. What it keeps for showing a result is then
replaced by the page's text.

Many pages make several indexes, of which the browser asks all at once: Pagefind goes through every
place of a word for each page that has it, so that twice the pages take four times as long.
"""

from __future__ import annotations

import gzip
import importlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evalpress.search.pages import IndexedPage
from evalpress.search.tokens import search_words

# Words are told apart by spaces alone; for a real language Pagefind would cut and stem them. Each
# part has a language of its own: the names of pages begin with it, so that no two parts share one.
LANGUAGE = "und"
MOST_PAGES = 5000  # in one part
# Pagefind's own user interfaces; the site has its own search box.
UNUSED = ("pagefind-ui*", "pagefind-modular*", "pagefind-component*", "pagefind-highlight*")
PROGRAMS = ("pagefind*.js", "wasm*")
_SIGNATURE = b"pagefind_dcd"
_TITLE_WEIGHT, _HEADING_WEIGHT, _MOST = 4, 2, 9


class SearchError(Exception):
    """The index could not be made; the message ends with Pagefind's own output, if it ran."""


def build(pages: Sequence[IndexedPage], output: Path) -> list[list[str]]:
    """Write the index of these pages to the folder `output`, in place of an older one.

    Up to MOST_PAGES lie in the folder itself, more of them in parts of it as well, called 1, 2, ...
    Returns Pagefind's names of the pages, part by part: page n is in part n modulo their number.
    The same pages give the same bytes. Raises SearchError when Pagefind is missing or fails.
    """
    shutil.rmtree(output, ignore_errors=True)
    count = -(-len(pages) // MOST_PAGES)
    return [
        _build_part(pages[part::count], output / (str(part) if part else ""), part)
        for part in range(count)
    ]


def _build_part(pages: Sequence[IndexedPage], output: Path, part: int) -> list[str]:
    """The index of some of the pages; their names. Programs lie with the first part only."""
    language = f"{LANGUAGE}-x-{part}" if part else LANGUAGE
    with TemporaryDirectory(prefix="evalpress-search-") as folder:
        for number, page in enumerate(pages):
            Path(folder, f"{number}.html").write_text(_digest(page), encoding="utf-8")
        said = _run(Path(folder), output, language)
    _drop(output, (*UNUSED, *PROGRAMS) if part else UNUSED)
    names = _replace_fragments(pages, output)
    if len(names) != len(pages):
        raise SearchError(f"搜索索引不完整：\n{said.strip()}")
    return [names[number] for number in range(len(pages))]


def _digest(page: IndexedPage) -> str:
    """A page that holds nothing but search words, those of one weight together."""
    groups: dict[int, list[str]] = {}
    for word, weight in _weights(page).items():
        groups.setdefault(weight, []).append(word)
    body = "".join(
        f'<p data-pagefind-weight="{weight}">{" ".join(sorted(words))}</p>'
        for weight, words in sorted(groups.items())
    )
    return f"<html><body data-pagefind-body>{body}</body></html>"


def _weights(page: IndexedPage) -> dict[str, int]:
    """How much each search word says about the page: often, in a heading, in the title."""
    title = search_words(page.title)
    headings = search_words("\n".join(section.heading for section in page.sections))
    texts = [page.title, *(section.text for section in page.sections)]
    counts = search_words("\n".join(texts))
    return {
        word: min(
            _MOST,
            count.bit_length()
            + (_TITLE_WEIGHT if word in title else 0)
            + (_HEADING_WEIGHT if word in headings else 0),
        )
        for word, count in counts.items()
    }


def _run(folder: Path, output: Path, language: str) -> str:
    """Run Pagefind in a folder where no settings of its own lie about; return its output."""
    command = [str(_program()), "--site", ".", "--output-path", str(output.resolve())]
    command += ["--force-language", language]
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    if done.returncode != 0:
        raise SearchError(f"生成搜索索引失败（{done.returncode}）：\n{done.stdout.strip()}")
    return done.stdout


def _program() -> Path:
    """Find the extended program that the package pagefind[extended] brought along."""
    try:
        package = importlib.import_module("pagefind_bin_extended")
        return Path(package.get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise SearchError("没有找到搜索程序，请安装 pagefind[extended]") from error


def _drop(output: Path, patterns: Iterable[str]) -> None:
    """Delete files that no page of the site loads."""
    for pattern in patterns:
        for path in output.glob(pattern):
            path.unlink()


def _replace_fragments(pages: Sequence[IndexedPage], output: Path) -> dict[int, str]:
    """Put each page's text where Pagefind kept its search words; return names by page number."""
    names: dict[int, str] = {}
    for path in (output / "fragment").glob("*.pf_fragment"):
        kept = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        number = int(kept["url"].strip("/").removesuffix(".html"))
        content = json.dumps(_fragment(pages[number]), ensure_ascii=False).encode()
        path.write_bytes(gzip.compress(_SIGNATURE + content, mtime=0))
        names[number] = path.stem
    return names


def _fragment(page: IndexedPage) -> dict[str, Any]:
    """What the browser loads to show a page; an anchor's `location` is its place in the text."""
    texts, anchors, length = [], [], 0
    for section in page.sections:
        if section.id:
            anchors.append(
                {"element": "h2", "id": section.id, "text": section.heading, "location": length}
            )
        texts.append(section.text)
        length += len(section.text.encode("utf-16-le")) // 2 + 1
    return {
        "url": page.address, "content": "\n".join(texts), "word_count": 0, "filters": {},
        "meta": {"title": page.title, "kind": page.kind}, "anchors": anchors,
    }  # fmt: skip
