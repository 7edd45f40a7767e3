"""The page at /verify/ in a browser: the command line's answers, and no file leaves it.

The page is served with a small ledger's answers, without the frame of the theme.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from evalpress.ledger.known import FileKind
from evalpress.pages.verifying import verifying_page
from evalpress.text.dialect import convert
from evalpress.verify import Current
from evalpress.verify.shards import shard_files
from evalpress.wording import TEMPLATES, word
from issued import UNKNOWN, Corpus, corpus, sha
from sampling import often
from serving import serving

SCRIPT = TEMPLATES / "theme" / "assets" / "verify.js"
TABLE = "部门,状态\n甲,已公开\n".encode()
NO_CRYPTO = "Object.defineProperty(window, 'crypto', { value: {} });"
FRAME = (
    '<!doctype html><html lang="zh" class="no-js"><meta charset="utf-8"><title>x</title>'
    '<link rel="stylesheet" href="../verify.css"><script src="../first.js"></script><body>{}'
    '<script src="../verify.js" data-base=".."></script>'
)
SIZES = [
    0,
    1,
    55,
    56,
    57,
    63,
    64,
    65,
    119,
    120,
    128,
    1000,
    (4 << 20) - 1,
    (4 << 20) + 70,
    9_000_001,
]


@pytest.fixture(scope="module")
def known() -> Corpus:
    made = corpus(5)
    made.current.append(Current(sha(TABLE), FileKind.LIST, "coverage.csv", "coverage/", "公开情况"))
    return made


@pytest.fixture(scope="module")
def site(known: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    for address, content in shard_files(known.answers):
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    page = FRAME.format(convert(verifying_page().markdown).html)
    (folder / "verify/index.html").write_text(page, encoding="utf-8")
    for path in (SCRIPT, SCRIPT.with_name("first.js"), TEMPLATES / "styles" / "verify.css"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "404.html").write_text("none")
    with serving(folder) as address:
        yield address


@pytest.fixture(params=["subtle", "plain"])
def page(browser: Browser, site: str, request: Any) -> Iterator[Page]:
    """The page, with the browser's own hash function and, as over http, without."""
    context = browser.new_context()
    if request.param == "plain":
        context.add_init_script(NO_CRYPTO)
    one = context.new_page()
    one.goto(f"{site}verify/")
    yield one
    context.close()


def hand(page: Page, contents: list[bytes]) -> None:
    page.locator("input[type=file]").set_input_files([
        {"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": content}
        for number, content in enumerate(contents)
    ])  # fmt: skip


def verdicts(page: Page, count: int) -> list[str]:
    """What is said of each file, in the order in which they were given."""
    found = page.locator(".ep-verify__one strong")
    expect(found).to_have_count(count)
    return found.all_text_contents()[::-1]


def test_every_file_is_called_what_it_is(page: Page, known: Corpus) -> None:
    files = known.files[: often(20, 50)] + known.files[40:50]
    hand(page, [content for content, _, _ in files])
    expected = [word("verify", "verdicts", standing) for _, standing, _ in files]
    assert verdicts(page, len(files)) == expected


def test_the_hash_is_right_for_every_length(page: Page, tmp_path: Path) -> None:
    piece = bytes(n % 251 for n in range(500))
    contents = [(piece * (size // 500 + 1))[:size] for size in SIZES]
    paths = [tmp_path / f"{number}.pdf" for number, _ in enumerate(contents)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    page.locator("input[type=file]").set_input_files(paths)
    shown = page.locator(".ep-verify__hash")
    expect(shown).to_have_count(len(SIZES))
    found = [text.split("　")[1] for text in shown.all_text_contents()[::-1]]
    assert found == [sha(content) for content in contents]


def test_an_answer_says_what_changed_and_leads_there(page: Page, known: Corpus, site: str) -> None:
    hand(page, [known.files[0][0]])
    one = page.locator(".ep-verify__one")
    expect(one).to_contain_text("现行的是第3版")
    expect(one).to_contain_text("2026-03-01")
    assert one.get_by_role("link", name="更正了什么").get_attribute("href") == (
        f"{site}d0/2025/#corrections"
    )


def test_a_sealed_file_is_said_to_be_one(page: Page, known: Corpus) -> None:
    hand(page, [known.files[4][0]])
    assert verdicts(page, 1) == [word("verify", "verdicts", "current")]
    expect(page.locator(".ep-verify__one")).to_contain_text(word("verify", "sealed"))


def test_only_one_small_list_is_loaded_and_nothing_is_sent(
    browser: Browser, known: Corpus, site: str
) -> None:
    page = browser.new_page()
    asked: list[tuple[str, str, str | None]] = []
    page.on("request", lambda one: asked.append((one.method, one.url, one.post_data)))
    page.goto(f"{site}verify/")
    before = len(asked)
    content = known.files[3][0]
    hand(page, [content])
    verdicts(page, 1)
    after = [("GET", f"{site}verify/{name}", None)
             for name in ("index.json", f"hashes/{sha(content)[0]}.json")]  # fmt: skip
    assert asked[before:] == after
    page.close()


def test_a_hash_can_be_typed(page: Page, known: Corpus) -> None:
    typed = page.get_by_label("SHA-256")
    typed.fill(f" {sha(known.files[3][0]).upper()} ")
    typed.press("Enter")
    assert verdicts(page, 1) == [word("verify", "verdicts", "current")]
    typed.fill("123")
    typed.press("Enter")
    expect(page.locator(".ep-verify__one").first).to_contain_text(word("verify", "no_hash"))


def test_a_download_that_broke_off_is_told(page: Page, known: Corpus) -> None:
    hand(page, [known.files[3][0][:200]])
    assert verdicts(page, 1) == [word("verify", "verdicts", UNKNOWN)]
    expect(page.locator(".ep-verify__one")).to_contain_text(word("verify", "cut_short"))


def test_what_nobody_lists_is_told_by_how_it_begins(page: Page) -> None:
    hand(page, [b"PK\x03\x04", b"a,b\n"])
    verdicts(page, 2)
    archive, other = word("verify", "recognised", "archive"), page.locator(".ep-verify__one").first
    expect(page.locator(".ep-verify__one").last).to_contain_text(archive)
    expect(other).not_to_contain_text(archive)


def test_a_table_of_a_page_is_called_one_and_leads_there(page: Page, site: str) -> None:
    hand(page, [TABLE])
    one = page.locator(".ep-verify__one")
    kind = word("verify", "kinds", "list")
    expect(one).to_contain_text(f"公开情况，{kind}：coverage.csv")
    leading = one.get_by_role("link", name=word("verify", "look"))
    assert leading.get_attribute("href") == f"{site}coverage/"


@pytest.mark.parametrize("answer", [(404, "none"), (200, "<p>"), (200, '{"format": "other"}')])
def test_without_the_lists_there_is_no_answer(
    browser: Browser, known: Corpus, site: str, answer: tuple[int, str]
) -> None:
    page = browser.new_page()
    status, body = answer
    page.route("**/hashes/*.json", lambda route: route.fulfill(status=status, body=body))
    page.goto(f"{site}verify/")
    hand(page, [known.files[3][0]])
    expect(page.locator(".ep-verify__one")).to_contain_text(word("verify", "unloaded"))
    assert page.locator(".ep-verify__one strong").count() == 0
    page.close()


def test_without_scripts_the_page_says_how_to_do_it_by_hand(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}verify/")
    expect(page.locator("form")).to_be_hidden()
    for words in (
        "sha256sum 文件",
        "certutil",
        "evalpress verify",
        word("verify", "page", "no_script"),
    ):
        expect(page.locator("body")).to_contain_text(words)
    context.close()


def test_nothing_is_evaluated() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert not [w for w in ("eval(", "Function(", "innerHTML", "document.write") if w in text]
