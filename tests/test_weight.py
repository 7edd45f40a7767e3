"""What a reader waits for: how heavy the first view of each kind of page is, and that nothing of it
moves once it is drawn, on a slow telephone whose page comes in pieces either. Both are counts, not
times."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from projects import Finished
from sampling import sample
from serving import serving
from test_browser import KINDS
from visits import HEADER_BOX, Visit

HEAVIEST = 65 * 1024  # bytes of everything that a page asks for by itself, in gzip
MOST_MOVED = 0.02  # cumulative layout shift
SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SIZES = [(390, 844), (768, 1024), (1440, 900)]
OF_SEARCH = ("search/names.json", "search/words/", "search/texts/")
SLOW_LINE = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": -1}


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_view_is_light_and_holds_nothing_of_the_search(
    visit: Callable[..., Visit], kind: str
) -> None:
    """The search is loaded when it is used, and then at once."""
    one = visit()
    sizes: dict[str, int] = {}
    one.page.on("response", lambda r: sizes.update({r.url: len(gzip.compress(r.body(), 6))}))
    path, _, query = KINDS[kind].partition("?")
    one.open(path)
    one.page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= HEAVIEST, sizes
    if query:
        one.open(KINDS[kind])
        one.page.wait_for_load_state("networkidle")
    assert not [url for url in one.asked if any(part in url for part in OF_SEARCH)]
    with one.page.expect_response("**/search/names.json"):
        one.page.locator(HEADER_BOX).focus()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "size", "slowed"),
    sample([(kind, size, slowed) for kind in KINDS for size in SIZES for slowed in (1, 4)], 11),
)
def test_nothing_moves_once_it_is_drawn(
    visit: Callable[..., Visit], kind: str, size: tuple[int, int], slowed: int
) -> None:
    one = visit(viewport={"width": size[0], "height": size[1]})
    one.page.add_init_script(SHIFTS)
    slow_down(one.page, slowed)
    one.open(KINDS[kind])
    one.page.wait_for_load_state("networkidle")
    one.page.evaluate(SETTLED)
    assert one.page.evaluate("window.moved") <= MOST_MOVED


@pytest.fixture(scope="module")
def in_pieces(finished: Finished) -> Iterator[str]:
    """A site whose pages come so slowly that what is there of them would be drawn."""
    with serving(finished.site, pieces=8) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "size"), sample([(kind, size) for kind in KINDS for size in SIZES], 11)
)
def test_nothing_moves_of_a_page_that_comes_in_pieces(
    visit: Callable[..., Visit], in_pieces: str, kind: str, size: tuple[int, int]
) -> None:
    """Not even what no reader sees: a table is laid out when its last row is there."""
    one = visit(viewport={"width": size[0], "height": size[1]})
    one.address = in_pieces
    one.page.add_init_script(SHIFTS)
    one.open(KINDS[kind])
    one.page.wait_for_load_state("networkidle")
    one.page.evaluate(SETTLED)
    assert one.page.evaluate("window.moved") <= MOST_MOVED


def test_many_tables_are_laid_out_together(visit: Callable[..., Visit]) -> None:
    """Not once for each of them: this page has more than a hundred."""
    one = visit(viewport={"width": 390, "height": 844})
    session = one.page.context.new_cdp_session(one.page)
    session.send("Performance.enable")
    one.open("guide/fields/")
    one.page.wait_for_load_state("networkidle")
    one.page.evaluate(SETTLED)
    tables = one.page.locator(".ep-table").count()
    metrics = session.send("Performance.getMetrics")["metrics"]
    layouts = next(each["value"] for each in metrics if each["name"] == "LayoutCount")
    assert tables > 60 > 3 * layouts


def slow_down(page: Page, times: int) -> None:
    """Makes the processor so many times slower for this page, and its line (bytes a second, ms)."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    if times > 1:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_LINE)
