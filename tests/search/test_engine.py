"""The engine in a real browser, on a small site: what is found and in which order; what a reader
is told when a file is damaged or missing; a strict policy; results that arrive late."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from evalpress.search import parts
from evalpress.search.tokens import bucket_of, search_words
from search import mini

BOX = "[data-ep-search] input"
HITS = "[data-ep-search] .ep-hit"
PANEL = "[data-ep-search] .ep-search__panel"
ADVICE = "[data-ep-search] .ep-search__advice"
RESULTS = "main, .ep-results"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
ASK = """async ([site, query]) => {
  const { openSources } = await import(new URL("assets/search/sources.js", site).href);
  const { hits, near } = await openSources(new URL(site)).text.find(query, 10);
  const [first] = hits.length ? await hits[0].passages(query, 3) : [];
  return { near, found: hits.map((hit) => hit.page.address), first };
}"""
PAGES = {
    "education/2025/": mini.page("<p>今年开展网信工作，信办法办理，网信信办。</p>" * 9),
    "education/2024/": mini.page(
        '<h2 id="work">主要工作</h2><p>区委网信办参加检查。</p>'
        '<div class="ep-problem" id="problem-1"><p>支出１，２３４.５６万元，低于预算。</p></div>'
    ),
    "education/2023/": mini.page("<p>采购𠮷野家快餐 １５ 份，iPhone15 一台，PDF 两份。</p>"),
    "education/2022/": mini.page("<p>消防检查</p>"),
    "education/2021/": mini.page('<h2 id="fire">消防工作</h2><p>无</p>'),
    "finance/2025/": mini.page("<p>没有检查</p>", "消防专项报告"),
    "finance/2024/": mini.page("<p>消防 消防 消防 消防 消防 消防 消防 消防</p>" * 9),
    "guide/": mini.page("<p>各项说明</p>", "消防说明", "说明"),
    "finance/2023/": mini.page("<p>支出1234.5万元、1234.567万元</p>"),
    "finance/": mini.page("<p>部门</p>", "云汀县财政局", "部门主页"),
}


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a folder as Python does, with a policy that lets no code but the site's own run."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

    bound = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mini") / "site"
    mini.write(folder, PAGES)
    return folder


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    one = context.new_page()
    one.on("pageerror", lambda error: pytest.fail(str(error)))
    yield one
    context.close()


def ask(page: Page, home: str, query: str) -> Any:
    if page.url != home:
        page.goto(home)
    return page.evaluate(ASK, [home, query])


def typed(page: Page, home: str, words: str) -> None:
    """These words in the header's box."""
    page.goto(home)
    page.locator(BOX).click()
    page.keyboard.insert_text(words)


# --- what is found ------------------------------------------------------------------------------


def test_browser_and_index_look_for_a_word_in_the_same_file(page: Page, home: str) -> None:
    words = list(search_words("桥西区委网信办2025年度𠮷野家𠀀支出1,234.56万元 PDF éÅ ㎡Ⅻ가나"))
    page.goto(home)
    module = json.dumps(f"{home}assets/search/words.js")
    found = page.evaluate(
        f"words => import({module}).then(m => words.map(word => m.bucketOf(word, 4096)))", words
    )
    assert found == [bucket_of(word, 4096) for word in words]


def test_a_string_as_it_stands_comes_before_its_pieces_however_often(page: Page, home: str) -> None:
    answer = ask(page, home, "网信办")
    assert answer["found"] == ["education/2024/", "education/2025/"]
    assert not answer["near"]


def test_title_before_many_places_before_a_heading_and_guides_last(page: Page, home: str) -> None:
    assert ask(page, home, "消防")["found"] == [
        "finance/2025/", "finance/2024/", "education/2021/", "education/2022/", "guide/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("1,234.56", ["education/2024/"]),
        ("1234.56", ["education/2024/"]),
        ("１２３４.５６", ["education/2024/"]),
        ("𠮷野家", ["education/2023/"]),
        ("購𠮷", []),
        ("iphone15", ["education/2023/"]),
        ("IPHONE15", ["education/2023/"]),
        ("pdf", ["education/2023/"]),
        ("pd", []),
        ("15", ["education/2023/"]),
        ("防", []),
        ("，。", []),
        ("消防 检查", ["education/2022/", "finance/2025/"]),
        ("部门", ["finance/"]),
    ],
)
def test_amounts_rare_signs_width_and_case(
    page: Page, home: str, query: str, found: list[str]
) -> None:
    assert ask(page, home, query)["found"] == found


def test_where_no_page_holds_all_of_a_query_those_that_hold_most_are_near(
    page: Page, home: str
) -> None:
    answer = ask(page, home, "区委网信办参加检查啊")
    assert answer["near"] and answer["found"] == ["education/2024/"]


def test_an_excerpt_marks_the_words_and_knows_its_section(page: Page, home: str) -> None:
    heading = ask(page, home, "网信办")["first"]
    assert heading == {
        "id": "work", "heading": "主要工作", "pieces": ["区委", "网信办", "参加检查。"],
    }  # fmt: skip
    problem = ask(page, home, "1,234.56")["first"]
    assert problem["id"] == "problem-1" and problem["heading"] == "主要工作"
    assert problem["pieces"] == ["支出", "１，２３４.５６", "万元，低于预算。"]


def test_parts_answer_as_one_index_does(
    page: Page, home: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ("消防", "网信办", "支出", "检查", "𠮷野家")
    whole = [ask(page, home, query)["found"] for query in queries]
    monkeypatch.setattr(parts, "PART", 2)
    mini.write(tmp_path, PAGES)
    about = json.loads((tmp_path / "search/names.json").read_text(encoding="utf-8"))["index"]
    assert len(about["parts"]) > 3
    with serving(tmp_path) as address:
        assert [ask(page, address, query)["found"] for query in queries] == whole


def test_a_single_character_is_looked_up_among_the_names(page: Page, home: str) -> None:
    page.goto(f"{home}search/?q=防")
    expect(page.locator(".ep-results__status")).to_contain_text("只查找了名称")


def test_facets_count_what_was_found(page: Page, home: str) -> None:
    page.goto(f"{home}search/?q=消防")
    expect(page.locator(".ep-results__status")).to_have_text("共 5 条结果。")
    years = page.get_by_role("group", name="年度", exact=True).locator("label")
    assert years.all_inner_texts() == ["2025年度1", "2024年度1", "2022年度1", "2021年度1"]
    kinds = page.get_by_role("group", name="文种", exact=True).locator("label")
    assert sorted(kinds.all_inner_texts()) == ["说明1", "部门整体4"]
    kinds.filter(has_text="说明").locator("input").check()
    expect(page.locator(".ep-results__status")).to_have_text("共 1 条结果。")
    expect(page.locator(".ep-result__title")).to_have_text("消防说明")


# --- what fails ---------------------------------------------------------------------------------


def answer_with(status: int, body: bytes) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body=body)


def cut_short(route: Route) -> None:
    route.fulfill(body=route.fetch().body()[:-3])


def garble(route: Route) -> None:
    body = bytearray(route.fetch().body())
    body[-8] ^= 0xFF
    route.fulfill(body=bytes(body))


FAULTS: dict[str, Callable[[Route], None]] = {
    "missing": answer_with(404, b"no"),
    "empty": answer_with(200, b""),
    "a page instead": answer_with(200, "<!doctype html>没有这个网页".encode()),
    "cut short": cut_short,
    "garbled": garble,
    "unreachable": lambda route: route.abort(),
}


def expect_failure(page: Page, words: str) -> None:
    """The box says that it failed and leads to the list; that nothing was found it never says."""
    expect(page.locator(ADVICE)).to_contain_text(words)
    link = page.locator(ADVICE).get_by_role("link", name="全部报告")
    expect(link).to_have_attribute("href", re.compile(r"/search/#all$"))
    assert "没有找到" not in page.locator("body").inner_text()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_index_is_told_and_leads_to_the_list(page: Page, home: str, fault: str) -> None:
    page.route("**/search/words/*", FAULTS[fault])
    typed(page, home, "消防")
    expect_failure(page, "搜索没有成功")
    page.goto(f"{home}search/?q=消防")
    expect(page.locator(".ep-results__trouble")).to_contain_text("搜索没有成功")
    expect(page.locator("[data-ep-all]")).to_be_visible()
    assert "没有找到" not in page.locator("body").inner_text()
    assert "共 0 条" not in page.locator("body").inner_text()


@pytest.mark.parametrize("fault", FAULTS)
def test_names_that_match_are_shown_though_the_index_is_broken(
    page: Page, home: str, fault: str
) -> None:
    page.route("**/search/words/*", FAULTS[fault])
    typed(page, home, "财政")
    expect_failure(page, "正文搜索没有成功，只查找了名称。")
    expect(page.locator(HITS).first).to_contain_text("云汀县财政局")
    page.goto(f"{home}search/?q=财政")
    alert = page.locator(".ep-results__trouble")
    expect(alert).to_contain_text("正文搜索没有成功，只列出了名称相符的。")
    expect(alert.get_by_role("link", name="全部报告")).to_be_visible()
    expect(page.locator(".ep-result__title").first).to_have_text("云汀县财政局")


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "garbled"])
def test_a_broken_list_of_names_is_told(page: Page, home: str, fault: str) -> None:
    page.route("**/search/names.json", FAULTS[fault])
    typed(page, home, "财政局")
    expect_failure(page, "搜索没有成功")
    page.goto(f"{home}search/?q=财政局")
    expect(page.locator(".ep-results__trouble")).to_contain_text("搜索没有成功")
    expect(page.locator("[data-ep-all]")).to_be_visible()
    assert "没有找到" not in page.locator("body").inner_text()


def test_a_failed_search_may_be_tried_again(page: Page, home: str) -> None:
    page.route("**/search/words/*", FAULTS["missing"])
    typed(page, home, "消防")
    expect_failure(page, "搜索没有成功")
    page.unroute("**/search/words/*")
    page.locator(BOX).fill("")
    expect(page.locator(PANEL)).to_be_hidden()
    page.locator(BOX).fill("消防")
    expect(page.locator(HITS).first).to_have_attribute("href", f"{home}finance/2025/")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_text_costs_its_own_excerpt_only(page: Page, home: str, fault: str) -> None:
    page.route("**/search/texts/education/2021/*", FAULTS[fault])
    typed(page, home, "消防")
    hit = page.locator(f"{HITS}[href*='education/2021/']")
    expect(hit).to_contain_text("没有读取成功")
    expect(page.locator(f"{HITS}[href*='finance/2024/'] mark").first).to_have_text("消防")
    page.goto(f"{home}search/?q=消防")
    expect(page.locator(".ep-result", has_text="没有读取成功")).to_have_count(1)
    expect(page.locator(".ep-results__status")).to_have_text("共 5 条结果。")


@pytest.mark.parametrize("module", ["box", "finder", "parts", "words"])
@pytest.mark.parametrize("fault", ["missing", "unreachable"])
def test_a_script_that_does_not_load_is_told(
    page: Page, home: str, module: str, fault: str
) -> None:
    page.route(f"**/assets/search/{module}.js", FAULTS[fault])
    if module == "finder":
        page.goto(f"{home}search/?q=消防")
        where = "[data-ep-search-page] .ep-search__advice"
        expect(page.locator("[data-ep-all]")).to_be_visible()
    else:
        page.goto(home)
        page.locator(BOX).focus()
        where = ADVICE
    expect(page.locator(where)).to_contain_text("搜索没有启动")
    expect(page.locator(where).get_by_role("link", name="全部报告")).to_be_visible()


def test_a_browser_without_decompression_is_told(browser: Browser, home: str) -> None:
    context = browser.new_context()
    context.add_init_script("delete globalThis.DecompressionStream")
    page = context.new_page()
    typed(page, home, "消防")
    expect_failure(page, "搜索没有成功")
    context.close()


# --- a site that changes ------------------------------------------------------------------------


def test_a_site_that_was_published_meanwhile_is_read_anew(page: Page, tmp_path: Path) -> None:
    mini.write(tmp_path, PAGES)
    for path in (tmp_path / "search").rglob("*.*"):
        os.utime(path, (1e9, 1e9))  # long ago, or a server takes the new file for the old one
    with serving(tmp_path) as address:
        assert ask(page, address, "消防")["found"][0] == "finance/2025/"
        more = {"aaa/": mini.page("<p>新添</p>", "新添", "说明"), "guide/": PAGES["finance/2023/"]}
        shutil.rmtree(tmp_path / "search")
        mini.write(tmp_path, {**PAGES, **more})
        assert ask(page, address, "支出")["found"] == [
            "education/2024/", "finance/2023/", "guide/",
        ]  # fmt: skip
        assert ask(page, address, "新添")["found"] == ["aaa/"]


# --- results that arrive late -------------------------------------------------------------------


class Held:
    """Requests that wait until they are let go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.routes: list[Route] = []
        page.route(pattern, lambda route: self.routes.append(route))

    def let_go(self) -> None:
        for route in self.routes:
            route.continue_()


@pytest.fixture
def late(page: Page, home: str) -> Held:
    """The names of 财政 are listed, the full text is asked and has not answered."""
    held = Held(page, "**/search/words/*")
    with page.expect_request("**/search/words/*"):
        typed(page, home, "财政")
    expect(page.locator(HITS).nth(2)).to_be_visible()
    return held


def test_the_arrow_keys_stay_on_their_result_when_more_arrive(page: Page, late: Held) -> None:
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{HITS}[aria-selected=true]")
    target = chosen.get_attribute("href")
    late.let_go()
    expect(page.locator("[data-ep-search] .ep-search__more")).to_have_text("查看全部结果")
    expect(chosen).to_have_attribute("href", target or "?")
    expect(page.locator(BOX)).to_have_attribute(
        "aria-activedescendant", chosen.get_attribute("id") or "?"
    )


def test_what_arrives_late_does_not_open_what_was_closed(page: Page, late: Held) -> None:
    page.keyboard.press("Escape")
    with page.expect_response("**/search/words/*"):
        late.let_go()
    expect(page.locator("[data-ep-search] [role=status]")).to_contain_text("列出")
    expect(page.locator("[data-ep-search] .ep-search__more")).to_have_text("查看全部结果")
    expect(page.locator(PANEL)).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator(PANEL)).to_be_visible()


def test_typing_on_leaves_the_result(page: Page, late: Held) -> None:
    page.keyboard.press("ArrowDown")
    late.let_go()
    page.keyboard.insert_text("局")
    expect(page.locator(f"{HITS}[aria-selected=true]")).to_have_count(0)
