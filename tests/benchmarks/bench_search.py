"""What the search costs readers and the build, on a generated site of many reports.

    python -m tests.benchmarks.bench_search 1000            # makes pages, asks in Chromium
    python -m tests.benchmarks.bench_search 1000 FOLDER     # keeps them there and reuses them

Printed: sizes of the lists, CPU seconds and memory of indexing, bytes and milliseconds of queries
in a fresh browser, and what 200 queries drawn by a program found. See README.md.
"""

from __future__ import annotations

import functools
import gzip
import html
import http.server
import resource
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import markdown
from playwright.sync_api import Browser, Page, sync_playwright
from tests.benchmarks import corpus, search_queries

from evalpress import search
from evalpress.assess import Catalogue, assess
from evalpress.clock import BEIJING
from evalpress.disclose.public import disclose
from evalpress.load import load
from evalpress.pages import script_words, write
from evalpress.setup import browser as browsers
from evalpress.wording import TEMPLATES

AS_OF = datetime(2026, 11, 1, 9, tzinfo=BEIJING)
WORDS = 9
QUERIES = 200
TITLES = 100
BOX = "[data-ep-search] input"
# Milliseconds from the key to the first result that the selector names.
TIMED = """([box, result]) => new Promise((done) => {
  document.querySelector(box).addEventListener("input", () => {
    const start = performance.now();
    const look = () => {
      if (document.querySelector(result)) done(performance.now() - start);
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true });
})"""


# --- the site -----------------------------------------------------------------------------------

# A page as far as the search reads it: the frame round the article is no part of the index.
PAGE = (
    '<!doctype html><html lang="zh-CN"><article class="ep-article" data-search-body'
    ' data-title="{title}" data-kind="{kind}">{body}</article></html>'
)
HOME = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><div data-ep-search="header"></div>'
    '<script defer src="assets/words.js"></script>'
    '<script defer src="assets/search.js" data-base="."></script></html>'
)


def build(count: int, folder: Path) -> None:
    """The pages of this many generated reports, and a page with the search box."""
    corpus.write(count, folder / "data")
    site = folder / "site"
    renderer = markdown.Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"])
    for page in write(catalogue_of(folder)):
        if page.frame.search:
            kind = html.escape(page.frame.search["kind"])
            body = renderer.reset().convert(page.markdown)
            path = site / page.address / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                PAGE.format(title=html.escape(page.title), kind=kind, body=body), "utf-8"
            )
    (site / "index.html").write_text(HOME, encoding="utf-8")
    shutil.copytree(TEMPLATES / "theme" / "assets", site / "assets", dirs_exist_ok=True)
    (site / "assets" / script_words.NAME).write_text(script_words.script_words(), encoding="utf-8")


def catalogue_of(folder: Path) -> Catalogue:
    """All generated reports, read without the checks."""
    loaded = load(folder / "data", folder)
    public = disclose(loaded.reports, loaded.reference, AS_OF)
    return assess(public, loaded.reference, AS_OF)


def index_costs(site: Path, catalogue: Catalogue) -> tuple[float, float]:
    """CPU seconds of indexing, and the megabytes that this takes beside the catalogue."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    seconds, megabytes = _cpu(), _memory("VmRSS")
    search.index(site, catalogue)
    return _cpu() - seconds, _memory("VmHWM") - megabytes


def _cpu() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def _memory(name: str) -> float:
    """What Linux counts under this name for the process, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    [value] = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(value) / 1024


# --- the server ---------------------------------------------------------------------------------


@dataclass
class Sent:
    """Bytes of bodies by address, as they went over the wire."""

    bytes: Counter[str] = field(default_factory=Counter)

    def of(self, *parts: str) -> int:
        return sum(n for address, n in self.bytes.items() if any(p in address for p in parts))


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a usual web server does: texts compressed, files kept by the browser."""

    protocol_version = "HTTP/1.1"
    sent: Sent
    packed: dict[str, bytes] = {}  # noqa: RUF012  (one for all requests)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = self.packed.setdefault(str(path), _packed(path))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        if path.suffix in _TEXTS:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)
        self.sent.bytes[self.path] += len(content)


_TEXTS = (".html", ".js", ".css", ".json", ".svg", ".xml")


def _packed(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 6) if path.suffix in _TEXTS else content


@contextmanager
def serving(site: Path) -> Iterator[tuple[str, Sent]]:
    """The site's address and what has been sent from it."""
    sent = Sent()
    handler = type("Handler", (_Handler,), {"sent": sent, "packed": {}})
    bound = functools.partial(handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


# --- queries ------------------------------------------------------------------------------------


@dataclass
class Asked:
    """Milliseconds to the first result, bytes of the full text and of the list of names."""

    time: float
    text: int
    names: int


def ask(browser: Browser, address: str, sent: Sent, words: str, result: str) -> Asked:
    """Type a query into the header's box of a browser that has never been here."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    with page.expect_response("**/search/names.json"):
        page.locator(BOX).focus()
    page.wait_for_load_state("networkidle")
    names = sent.of("names.json")
    waiting = page.evaluate_handle(
        f"arguments => ({{ done: ({TIMED})(arguments) }})", [BOX, result]
    )
    page.keyboard.insert_text(words)
    took = waiting.evaluate("one => one.done")
    page.wait_for_load_state("networkidle")
    context.close()
    return Asked(took, sent.of("/search/words/", "/search/texts/"), names)


def text_words(texts: dict[str, str], catalogue: Catalogue) -> list[str]:
    """Two-character words of the text that no name holds."""
    names = "".join(a.report.title for a in catalogue.assessments.values())
    drawn = search_queries.draw(catalogue, texts, QUERIES)
    found = [q.text for q in drawn if q.kind == "piece" and len(q.text) == 2]
    return [word for word in found if word not in names][:WORDS]


def completeness(page: Page, address: str, queries: list[search_queries.Query]) -> Counter[str]:
    """How many queries of each kind were asked, and how many of them found all, and first."""
    counts: Counter[str] = Counter()
    for query in queries:
        found = page.evaluate(search_queries.ASK, [address, query.text])["found"]
        counts[query.kind] += 1
        counts[f"{query.kind}: all pages"] += query.holding <= set(found)
        counts[f"{query.kind}: first"] += not query.first or found[:1] == [query.first]
    return counts


# --- figures ------------------------------------------------------------------------------------


def measure(folder: Path, say: Callable[[str], None] = print) -> None:
    site, catalogue = folder / "site", catalogue_of(folder)
    seconds, peak = index_costs(site, catalogue)
    texts = search_queries.page_texts(site)
    say(f"{len(catalogue.assessments)} reports, {len(texts)} pages in the index")
    content = (site / search.NAMES).read_bytes()
    packed = len(gzip.compress(content)) / 1000
    say(f"{search.NAMES}: {packed:.1f} KB gzip, {len(content) / 1000:.1f} KB")
    for name in (search.WORDS, search.TEXTS):
        sizes = [path.stat().st_size for path in (site / name).rglob("*.bin")]
        say(f"{name}: {sum(sizes) / 1000:.0f} KB in {len(sizes)} files")
    say(
        f"indexing: {seconds:.1f} CPU s, {seconds / len(texts) * 1000:.1f} ms a page, {peak:.0f} MB"
    )
    program = browsers.find_chromium()
    with serving(site) as (address, sent), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        _measure_queries(browser, address, sent, texts, catalogue, say)
        page = browser.new_page()
        page.goto(address)
        counts = completeness(page, address, _all_queries(catalogue, texts))
        for name, count in sorted(counts.items()):
            say(f"{name:24} {count:4}")


def _measure_queries(
    browser: Browser,
    address: str,
    sent: Sent,
    texts: dict[str, str],
    catalogue: Catalogue,
    say: Callable[[str], None],
) -> None:
    rng = Random(search_queries.SEED)
    titles = rng.sample([a.report.title for a in catalogue.assessments.values()], WORDS)
    names = [d.aliases[0] for d in catalogue.departments if d.aliases][:WORDS]
    kinds = {
        "one word, full text": (text_words(texts, catalogue), ".ep-hit__text"),
        "alias, list": (names, ".ep-hit"),
        "title, list": (titles, ".ep-hit"),
    }
    say(f"{'':24}{'ms to first result':>24}{'full text KB':>20}{'list KB':>10}")
    for name, (words, result) in kinds.items():
        asked = []
        for word in words:
            sent.bytes.clear()
            asked.append(ask(browser, address, sent, word, result))
        times, sizes = [a.time for a in asked], [a.text / 1000 for a in asked]
        say(
            f"{name:24}{median(times):9.0f} ({min(times):.0f}-{max(times):.0f})".ljust(48)
            + f"{median(sizes):9.1f} ({min(sizes):.0f}-{max(sizes):.0f})".ljust(20)
            + f"{asked[0].names / 1000:9.1f}"
        )


def _all_queries(catalogue: Catalogue, texts: dict[str, str]) -> list[search_queries.Query]:
    """The drawn queries, and titles until there are a hundred."""
    drawn = search_queries.draw(catalogue, texts, QUERIES)
    titles = [q for q in search_queries.all_titles(catalogue) if q not in drawn]
    missing = TITLES - sum(q.kind == "title" for q in drawn)
    return drawn + Random(search_queries.SEED).sample(titles, min(missing, len(titles)))


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else 1000
    if len(arguments) > 1:
        folder = Path(arguments[1])
        if not (folder / "site").is_dir():
            build(count, folder)
        measure(folder)
        return
    with tempfile.TemporaryDirectory(prefix="evalpress-bench-") as name:
        build(count, Path(name))
        measure(Path(name))


if __name__ == "__main__":
    main(sys.argv[1:])
