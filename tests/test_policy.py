"""The finished site under the policy that its deployment recipes send: nothing is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from projects import GUIDE, Finished
from serving import serving

RECIPES = ("nginx.conf", "nginx-subpath.conf", "apache.conf")
HEADER = re.compile(r'Content-Security-Policy "([^"]+)"')
REFUSED = "event => console.error('refused', event.violatedDirective, event.blockedURI)"


def policy(recipe: str) -> str:
    (found,) = HEADER.findall((GUIDE / "deploy" / recipe).read_text(encoding="utf-8"))
    return str(found)


def test_all_recipes_send_one_policy_that_allows_nothing_inline() -> None:
    (one,) = {policy(recipe) for recipe in RECIPES}
    assert "unsafe" not in one
    assert "script-src 'self';" in one and "style-src 'self';" in one


@pytest.mark.parametrize("recipe", RECIPES)
def test_only_scripts_and_styles_are_kept_for_a_year(recipe: str) -> None:
    """An attachment with a date in its name may be exchanged, and `.git` is nobody's business."""
    text = (GUIDE / "deploy" / recipe).read_text(encoding="utf-8")
    (kept,) = re.findall(r'"([^"\n]*0-9a-f[^"\n]*)"', text)
    hashed = ["/assets/search.e9484a268679.js", "/assets/a/main.618322db.min.css"]
    others = [
        "/parks/2025/attachments/a-20251231.pdf", "/parks/2025/a.20251231.js",
        "/assets/b.20251231.pdf", "/.git/objects/pack/pack-0123456789abcdef.pack",
    ]  # fmt: skip
    assert [path for path in hashed + others if re.search(kept, path)] == hashed
    if recipe == "nginx.conf":
        assert text.index("location ~ /\\.") < text.index(kept)


def test_no_page_has_a_script_or_a_style_of_its_own(finished: Finished) -> None:
    """What is data for search engines is no script."""
    inline = re.compile(
        r"<style|<script(?![^>]* (src=|type=\"application/ld))|<[a-z][^>]*\s(?:style|on[a-z]+)="
    )
    pages = finished.site.rglob("*.html")
    assert {p: m[0] for p in pages if (m := inline.search(p.read_text(encoding="utf-8")))} == {}


@pytest.fixture(scope="module")
def guarded(finished: Finished) -> Iterator[str]:
    """The address at which the site is served with the policy."""
    with serving(finished.site, {"Content-Security-Policy": policy(RECIPES[0])}) as found:
        yield found


@pytest.fixture
def page(browser: Browser, guarded: str) -> Iterator[Page]:
    """A page that may complain of nothing."""
    opened = browser.new_page(base_url=guarded)
    refused: list[str] = []
    opened.on("console", lambda said: said.type == "error" and refused.append(said.text))
    opened.on("pageerror", lambda error: refused.append(str(error)))
    opened.add_init_script(f"document.addEventListener('securitypolicyviolation', {REFUSED})")
    yield opened
    opened.close()
    assert not refused


@pytest.mark.parametrize(
    "place",
    ["", "education/2025/", "education/", "years/2025/", "problems/", "guide/report/", "data/"],
)
def test_pages_open(page: Page, place: str) -> None:
    page.goto(place)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_the_policy_forbids_is_noticed(browser: Browser, guarded: str) -> None:
    opened = browser.new_page(base_url=guarded)
    opened.goto("")
    opened.evaluate("document.body.setAttribute('style', 'opacity: 0.5')")
    assert opened.evaluate("getComputedStyle(document.body).opacity") == "1"
    opened.close()


def test_the_search_answers_in_the_box_and_on_its_page(page: Page) -> None:
    page.goto("")
    page.locator("[data-ep-search] input").fill("教育局")
    expect(page.get_by_role("option").first).to_be_visible()
    page.goto("search/?q=满意度")
    expect(page.locator(".ep-result").first).to_be_visible()


def test_reports_are_compared(page: Page) -> None:
    page.goto("compare/?a=education/2024&b=education/2025")
    expect(page.locator("[data-ep-compared] table").first).to_be_visible()
    page.goto("compare/?r=education/2024&r=education/2025&r=health/2025")
    expect(page.locator("[data-ep-several] .ep-share rect").first).to_be_attached()


def test_charts_have_the_colours_of_both_schemes(page: Page) -> None:
    page.goto("education/")
    page.get_by_role("button", name="深色显示").click()
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator(".ep-chart svg").first).to_be_visible()


def test_the_register_is_sorted_and_filtered(page: Page) -> None:
    page.goto("problems/2024/")
    page.locator(".ep-sort").first.click()
    page.locator("[data-ep-finder] input").first.fill("没有这样的")
    expect(page.locator(".ep-finder__status").first).to_contain_text("没有符合的")


def test_a_file_is_verified(page: Page, finished: Finished) -> None:
    page.goto("verify/")
    file = finished.site / "education/2025/education-2025.json"
    page.locator("[data-ep-verify] input[type=file]").set_input_files(file)
    expect(page.locator("[data-ep-verified] strong").first).to_be_visible()
