"""5 print: a job -> one HTML document with its pictures inside."""

from __future__ import annotations

import html
import re
from pathlib import Path

import markdown

from evalpress.pdf.job import TEMPLATE, PrintJob
from evalpress.pdf.titles import balanced
from evalpress.text.markup import render
from evalpress.wording import word

# The Markdown that pages are written in; site and PDF read it with the same extensions.
EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
# Below the title stands what kind of document this is; the imprint follows it.
_RECORD_END = "</dl>"
_TITLE_END = "</h1>"
_OUTWARD = re.compile(r'<a href="(?P<address>https?://[^"]+)"[^>]*>(?P<text>.*?)</a>', re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")


def document_html(job: PrintJob) -> str:
    """The whole HTML document that a job prints from. Raises OSError for a picture that cannot be
    read."""
    from evalpress.pdf.inlined import data_address

    body = with_addresses(balanced(page_html(job.markdown)))
    for address, file in job.pictures:
        body = body.replace(f'src="{html.escape(address)}"', f'src="{data_address(Path(file))}"')
    if job.cover is not None:
        lines = str(render("cover.html.j2", lines=job.cover))
        body = body.replace(_TITLE_END, _TITLE_END + lines, 1)
    head, record_end, rest = body.partition(_RECORD_END)
    code = _code(job.base_url) if job.base_url else ""
    return str(render(TEMPLATE.name, job=job, head=head + record_end, rest=rest, code=code))


def with_addresses(body: str) -> str:
    """A page's HTML with the address behind each link that leads out of the site, for who reads it
    on paper; a link that is called by its address needs none."""
    return _OUTWARD.sub(_with_address, body)


def _with_address(link: re.Match[str]) -> str:
    address, text = link["address"], _MARKUP.sub("", link["text"]).strip()
    if text.rstrip("/") == address.rstrip("/"):
        return link[0]
    return link[0] + word("print", "link").format(address)


def _code(address: str) -> str:
    """An address as a QR code: an SVG with a name."""
    import segno

    code = segno.make_qr(address, error="m")
    return code.svg_inline(border=0, omitsize=True, title=word("print", "code"))


def page_html(text: str) -> str:
    """A page's Markdown as HTML."""
    return markdown.markdown(text, extensions=list(EXTENSIONS))
