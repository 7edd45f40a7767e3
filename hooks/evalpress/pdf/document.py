"""5 print: a job -> one HTML document with its pictures inside."""

from __future__ import annotations

import base64
import html
import mimetypes
from pathlib import Path

import markdown

from evalpress.markup import render
from evalpress.pdf.job import PrintJob
from evalpress.wording import TEMPLATES

# The Markdown that pages are written in; site and PDF read it with the same extensions.
EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
STYLE = TEMPLATES / "print.css"
TEMPLATE = TEMPLATES / "print.html.j2"


def document_html(job: PrintJob) -> str:
    """The whole HTML document that a job prints from."""
    body = page_html(job.markdown)
    for address, file in job.pictures:
        body = body.replace(f'src="{html.escape(address)}"', f'src="{_data_address(Path(file))}"')
    return str(render(TEMPLATE.name, job=job, body=body))


def page_html(text: str) -> str:
    """A page's Markdown as HTML."""
    return markdown.markdown(text, extensions=list(EXTENSIONS))


def _data_address(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
