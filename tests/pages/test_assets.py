"""What pages name lies at an address that tells its content."""

from __future__ import annotations

import re

from evalpress.pages.assets import FOLDER, address_of
from evalpress.release.history import _HASHED
from projects import GUIDE, Finished

RECIPES = ("nginx.conf", "nginx-subpath.conf", "apache.conf")
NAMED = re.compile(r'<(?:script[^>]* src|link rel="stylesheet" href)="(?:\.\./|\./|/)*([^"]+)"')


def test_another_content_has_another_address() -> None:
    one, other = (address_of("a.b.css", content) for content in (b"one", b"other"))
    assert one != other
    assert re.fullmatch(r"assets/a\.b\.[0-9a-f]{12}\.css", one)
    assert _HASHED.search(one), "it survives one release"


def test_recipes_let_browsers_keep_what_tells_its_content() -> None:
    for recipe in RECIPES:
        text = (GUIDE / "deploy" / recipe).read_text(encoding="utf-8")
        pattern = re.search(r'"(\^?/assets/.*?\$)"', text)
        assert pattern and "immutable" in text, recipe
        assert re.search(pattern[1], f"/{address_of('evalpress.css', b'')}"), recipe
        assert not re.search(pattern[1], "/education/2025/education-2025.pdf"), recipe
        assert not re.search(pattern[1], "/education/2025/list-20251231.pdf"), recipe


def test_a_page_names_only_files_that_tell_their_content(finished: Finished) -> None:
    named: set[str] = set()
    for page in finished.site.rglob("*.html"):
        named.update(NAMED.findall(page.read_text(encoding="utf-8")))
    assert {address.rpartition(".")[2] for address in named} == {"css", "js"}
    for address in named:
        stem, _, ending = address.removeprefix(FOLDER).rsplit(".", 2)
        assert address_of(f"{stem}.{ending}", (finished.site / address).read_bytes()) == address
