"""evalpress.pdf.reachable: every link of a PDF leads somewhere, wherever the PDF is opened."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
import pytest
from weasyprint import HTML

from evalpress import pdf
from evalpress.pdf.layout import lay_out
from evalpress.pdf.reachable import settle_links
from evalpress.text.markup import as_url
from projects import Finished
from sampling import sample

SITE = "https://pf.example.gov.cn/jx/"
PAGE = f"{SITE}parks/2025/"
# Names that clerks give files, of which an address is easily made wrong.
NAMES = ("附件1 汇总表.xlsx", "附件#2（定稿）.pdf", "完成率98%.docx", "a?b&c=1.csv", "%23.pdf")


def hrefs(html: str, base_url: str) -> list[str | None]:
    root = HTML(string=html).etree_element
    settle_links(root, base_url)
    return [link.get("href") for link in root.iter("a")]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_beside_the_report_is_named_by_its_whole_address(name: str) -> None:
    (found,) = hrefs(f'<a href="{as_url(f"attachments/{name}")}">附件</a>', PAGE)
    assert found is not None
    parts = urlsplit(found)
    assert (parts.query, parts.fragment) == ("", "")
    assert unquote(parts.path) == f"/jx/parks/2025/attachments/{name}"


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_holds_that_address(name: str) -> None:
    html = f'<html lang="zh-CN"><title>一</title><p><a href="{as_url(name)}">附件</a></p>'
    with pikepdf.open(BytesIO(lay_out(html, PAGE))) as opened:
        (link,) = opened.pages[0].Annots
        assert unquote(str(link.A.URI)) == f"{PAGE}{name}"


def test_without_an_address_of_the_site_there_is_text_and_no_link() -> None:
    html = '<p><a href="attachments/a.pdf">附件</a><a href="../">上级</a></p>'
    assert hrefs(html, "") == [None, None]


def test_other_links_stay() -> None:
    html = '<p id="a"><a href="#a">甲</a><a href="#b">无</a><a href="https://x.cn/">外</a></p>'
    assert hrefs(html, "") == ["#a", None, "https://x.cn/"]


@pytest.mark.slow
def test_every_link_of_the_demonstration_leads_somewhere(finished: Finished) -> None:
    files = sorted(path for path in finished.site.rglob("*.pdf") if path.is_file())
    assert files
    for path in sample(files, 3):
        if "attachments" not in path.parts:
            with pikepdf.open(path) as opened:
                assert not [*_dead(opened)], path.name


def _dead(opened: pikepdf.Pdf) -> Iterator[Any]:
    """The links that lead neither to a page of the file, a file inside, nor to a whole address."""
    inside = set(opened.attachments)
    names: dict[str, Any] = {}
    if "/Names" in opened.Root and "/Dests" in opened.Root.Names:
        found = list(opened.Root.Names.Dests.Names)
        names = {str(name): place for name, place in zip(found[::2], found[1::2], strict=True)}
    pages = {page.objgen for page in opened.pages}
    for page in opened.pages:
        for link in page.get("/Annots", ()):
            if link.get("/Subtype") != "/Link":
                continue
            if "/A" in link:
                is_there = (
                    str(link.A.T.N) in inside
                    if link.A.S == "/GoToE"
                    else urlsplit(str(link.A.URI)).scheme
                )
                if not is_there:
                    yield link
                continue
            place = link.Dest
            place = names.get(str(place)) if isinstance(place, pikepdf.String) else place
            if place is None or place[0].objgen not in pages:
                yield link


@pytest.mark.slow
def test_what_the_site_s_own_addresses_name_is_there(
    finished: Finished, jobs: dict[str, pdf.PrintJob]
) -> None:
    """With an address of the site: every link to it names a page or a file of the site."""
    seen = 0
    for name, job in jobs.items():
        folder = next(finished.site.rglob(f"{name}.pdf")).parent
        address = folder.relative_to(finished.site).as_posix()
        for found in hrefs(pdf.document_html(job), f"{SITE}{address}/"):
            if found and found.startswith(SITE):
                path = finished.site / unquote(urlsplit(found).path.removeprefix("/jx/"))
                assert path.is_file() or (path / "index.html").is_file(), found
                seen += 1
    assert seen
