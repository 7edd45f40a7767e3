"""The search boxes in a real browser: names at once, the full text behind them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from benchmarks import search_queries
from evalpress import site as sites
from evalpress.search.tokens import alike, search_words
from evalpress.text.lookalikes import BEYOND_NFKC
from projects import Finished
from sampling import sample
from visits import Visit

BOX = "[data-ep-search]"
INPUT, HITS, ADVICE = f"{BOX} input", f"{BOX} .ep-hit", f"{BOX} .ep-search__advice"
PANEL = f"{BOX} .ep-search__panel"
QUERIES = 200


def typed(visit: Callable[..., Visit], words: str, path: str = "", **options: Any) -> Visit:
    """A visit with these words in the header's box."""
    one = visit(**options)
    one.open(path)
    one.page.locator(INPUT).click()
    one.page.keyboard.insert_text(words)
    return one


def addresses(one: Visit) -> list[str]:
    links = one.page.locator(HITS).evaluate_all("links => links.map(link => link.href)")
    return [link.removeprefix(one.address) for link in links]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("网信办", "qiaoxi-cac/"),
        ("区文广体局", "culture/"),
        ("云泽区文化广播电视体育局", "culture/"),
        ("911", "education/"),
        ("教育局 2023", "education/2023/"),
        ("2023教育局", "education/2023/"),
        ("教育局2023年", "education/2023/"),
        ("２０２３年度　教育局", "education/2023/"),
        ("2023", "years/2023/"),
        ("校园安全", "education/2025/campus-safety/"),
        ("教育局校园安全", "education/2025/campus-safety/"),
        ("云泽区教育局 2023 年度部门整体支出绩效自评报告", "education/2023/"),
    ],
)
def test_a_name_finds_its_page_first_without_the_full_text(
    visit: Callable[..., Visit], words: str, first: str
) -> None:
    one = typed(visit, words)
    expect(one.page.locator(HITS).first).to_be_visible()
    assert addresses(one)[0] == first


def test_a_name_needs_no_full_text(visit: Callable[..., Visit]) -> None:
    one = typed(visit, "教育局")
    expect(one.page.locator(HITS).first).to_be_visible()
    expect(one.page.locator(f"{BOX} .ep-search__more")).to_have_text("查看全部结果")
    assert not [url for url in one.asked if "/search/words/" in url]


def test_a_department_s_page_comes_before_its_reports_newest_first(
    visit: Callable[..., Visit],
) -> None:
    one = typed(visit, "文广体局")
    expect(one.page.locator(HITS).nth(5)).to_be_visible()
    years = [f"culture/{year}/" for year in range(2025, 2020, -1)]
    assert addresses(one) == ["culture/", *years]


def test_words_of_the_text_are_shown_marked_with_a_link_to_their_section(
    visit: Callable[..., Visit],
) -> None:
    one = typed(visit, "满意度调查")
    hit = one.page.locator(HITS).first
    expect(hit.locator("mark")).to_have_text("满意度调查")
    hit.click()
    one.page.wait_for_url("**#*")
    anchor = one.page.url.partition("#")[2]
    assert one.page.locator(f"[id='{anchor}']").count() == 1


def test_the_box_works_by_keyboard(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("departments/")
    one.page.keyboard.press("/")
    box = one.page.locator(INPUT)
    expect(box).to_be_focused()
    one.page.keyboard.type("教育局")
    expect(one.page.locator(f"{HITS} mark").first).to_have_text("教育局")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    second = one.page.locator(HITS).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "?")
    one.page.keyboard.press("Escape")
    expect(one.page.locator(PANEL)).to_be_hidden()
    one.page.keyboard.press("ArrowDown")
    target = one.page.locator(f"{HITS}[aria-selected=true]").get_attribute("href") or "?"
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(target)


def test_enter_leads_to_all_results(visit: Callable[..., Visit]) -> None:
    one = typed(visit, "教育局", "years/")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**/search/?q=*")
    expect(one.page.locator("[data-ep-search-page] input[name=q]")).to_have_value("教育局")


def test_an_input_method_at_work_is_not_disturbed(visit: Callable[..., Visit]) -> None:
    """Half-written letters are no query; Enter belongs to the input method."""
    one = visit()
    one.open("")
    client = one.page.context.new_cdp_session(one.page)
    with one.page.expect_response("**/search/names.json"):
        one.page.locator(INPUT).click()
        client.send(
            "Input.imeSetComposition", {"text": "jiao", "selectionStart": 4, "selectionEnd": 4}
        )
    expect(one.page.locator(PANEL)).to_be_hidden()
    client.send("Input.insertText", {"text": "教育局"})
    expect(one.page.locator(HITS).first).to_contain_text("教育局")


def test_words_that_nothing_holds_are_answered_with_names_like_them(
    visit: Callable[..., Visit],
) -> None:
    one = typed(visit, "龘龘教育厅")
    advice = one.page.locator(ADVICE)
    expect(advice).to_contain_text("没有找到")
    expect(advice.get_by_role("link", name="云泽区教育局")).to_be_visible()
    expect(advice.get_by_role("link", name="部门列表")).to_be_visible()


def test_a_page_opened_from_a_folder_says_how_to_search(
    visit: Callable[..., Visit], finished: Finished
) -> None:
    one = visit()
    one.address = finished.site.as_uri() + "/"
    one.page.goto(f"{one.address}years/index.html")
    one.page.locator(INPUT).focus()
    expect(one.page.locator(ADVICE)).to_contain_text("直接打开文件时不能搜索")


# --- what is found ------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_page_that_holds_a_query_is_found(
    visit: Callable[..., Visit], finished: Finished, pages_made: sites.Site
) -> None:
    texts = search_queries.page_texts(finished.site)
    queries = search_queries.draw(pages_made.catalogue, texts, QUERIES)
    one = visit()
    one.open("")
    for query in sample(queries, 3):
        answer = one.page.evaluate(search_queries.ASK, [one.address, query.text])
        assert query.holding <= set(answer["found"]), query.text
        if query.first:
            assert answer["found"][0] == query.first, query.text


@pytest.mark.slow
def test_the_browser_and_the_index_cut_texts_alike(
    visit: Callable[..., Visit], finished: Finished
) -> None:
    texts = list(search_queries.page_texts(finished.site).values())[::5]
    texts += [
        "ＰＤＦ版１,２３４.５６万元",
        "㎡①Ⅻ𠮷野家堃",
        "A4、b-5_c 98.1%…é",
        "Ⅳ级ÅΩ가나か゛",
        "⺠⽣⻓⼾⻔⾭，" + BEYOND_NFKC,
    ]
    one = visit()
    one.open("")
    module = json.dumps(f"{one.address}assets/search/text.js")
    cut = f"texts => import({module}).then(m => texts.map(t => [m.alike(t), m.searchWords(t)]))"
    for text, (plain, words) in zip(texts, one.page.evaluate(cut, texts), strict=True):
        assert plain == alike(text)
        assert set(words) == set(search_words(text))
