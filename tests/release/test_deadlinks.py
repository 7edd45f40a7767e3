"""Links of a finished site: encoded names, places, styles, PDFs; each dead one is found."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from evalpress.release.deadlinks import Facts, dead, facts_of

HOME = "https://a.invalid/ping/"


def links(path: str, html: str, site_url: str = "") -> list[tuple[str, str]]:
    return list(facts_of(path, html.encode(), site_url).links)


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("../2024/", ("parks/2024/", "")), (".", ("parks/2025/", "")), ("..", ("parks/", "")),
        ("#part", ("parks/2025/index.html", "part")), ("a%23b%.pdf", ("parks/2025/a#b%.pdf", "")),
        ("a b.pdf", ("parks/2025/a b.pdf", "")), ("%E9%99%84.pdf?x=1", ("parks/2025/附.pdf", "")),
        ("../../#x", ("", "x")), ("/years/", ("years/", "")), ("a&amp;b", ("parks/2025/a&b", "")),
    ],
)  # fmt: skip
def test_a_link_inside_the_site_is_followed(href: str, leads_to: tuple[str, str]) -> None:
    assert links("parks/2025/index.html", f"<p><a href='{href}'>x</a>") == [leads_to]


@pytest.mark.parametrize(
    "href", ["https://b.invalid/x", "//b.invalid/x", "mailto:a@b", "tel:1", "data:,x", "", "?x=1"]
)
def test_what_leaves_the_site_is_nobody_s_business_here(href: str) -> None:
    assert links("index.html", f'<a href="{href}">x</a>') == []


def test_a_site_below_a_path_knows_its_own_address() -> None:
    assert links("a/index.html", f'<a href="{HOME}b/">x</a>', HOME) == [("b/", "")]
    assert links("404.html", '<a href="/ping/b/">x</a>', HOME) == [("b/", "")]
    assert links("404.html", '<a href="/other/">x</a>', HOME) == []


def test_text_that_looks_like_a_link_is_none() -> None:
    assert links("index.html", '<code>&lt;a href="x"></code> href="y"') == []


def test_styles_link_too() -> None:
    style = b"@font-face{src:url('../fonts/a.woff2')} a{background:url(data:x)}"
    assert facts_of("assets/b.css", style, "").links == (("fonts/a.woff2", ""),)


def pages(**content: str) -> dict[str, Facts]:
    return {f"{n}.html": facts_of(f"{n}.html", text.encode(), "") for n, text in content.items()}


def test_dead_links_and_places_are_found() -> None:
    facts = pages(
        a='<a href="b.html#in"></a><a href="b.html#gone"></a><a href="c.html"></a><a href="#me">',
        b='<h2 id="in">x</h2><a href="c/"></a><a href="d"></a><a href="a.html#:~:text=x"></a>',
    )
    assert list(dead(facts, [*facts, "d/index.html"])) == [
        ("a.html", "b.html#gone"), ("a.html", "c.html"), ("a.html", "a.html#me"), ("b.html", "c/"),
    ]  # fmt: skip


def pdf(*uris: str, pages: int = 1) -> bytes:
    content, file = pikepdf.new(), BytesIO()
    for _ in range(pages):
        page = content.add_blank_page()
        notes = [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=pikepdf.Dictionary(URI=uri))
            for uri in uris
        ]
        page.Annots = pikepdf.Array(notes)
    content.save(file)
    return file.getvalue()


def test_a_pdf_leads_to_the_site_and_opens() -> None:
    found = facts_of("a/b.pdf", pdf(f"{HOME}a/x%20y.pdf", "https://b.invalid/"), HOME)
    assert (found.links, found.broken) == ((("a/x y.pdf", ""),), False)
    assert facts_of("a/b.pdf", pdf(pages=0), HOME).broken
    assert facts_of("a/b.pdf", pdf()[:200], HOME).broken
    assert facts_of("a/b.pdf", b"", HOME).broken


def test_facts_can_be_kept() -> None:
    found = facts_of("a.html", b'<a href="b#c" id="x">', "")
    known: dict[tuple[str, str], tuple[str, str]] = {}
    first, second = (Facts.from_bytes(found.as_bytes(), known) for _ in range(2))
    assert first == second == found
    assert first.links[0] is second.links[0], "in memory once"


@pytest.mark.parametrize("path", ["old", "old/", "old/2019/", "old/2019/a.pdf", "b.html", "old/#x"])
def test_what_others_keep_there_is_not_dead(path: str) -> None:
    name, _, place = path.partition("#")
    facts = {"index.html": Facts(((name, place),))}
    assert list(dead(facts, ["index.html"], ["old", "b.html"])) == []
    assert list(dead(facts, ["index.html"])) == [("index.html", path)]


@pytest.mark.parametrize("path", ["older/", "new/old/", "b.html.bak", "index/"])
def test_what_only_has_a_name_like_it_is_dead(path: str) -> None:
    facts = {"index.html": Facts(((path, ""),))}
    assert list(dead(facts, ["index.html"], ["old", "b.html"])) == [("index.html", path)]
