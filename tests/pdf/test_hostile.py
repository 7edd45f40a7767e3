"""evalpress.pdf: nothing that a report says makes the printer read a file or call a host."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pypdf import PdfReader

from evalpress import pdf
from evalpress.text.markup import plain
from pdf_text import page_texts
from print_jobs import JOB, print_all

SECRET = "外人不得见"


class _Counter(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counter) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/a"
        server.shutdown()


# Each draws from an address; those that would leave a hole in the page are refused instead.
QUIET = (
    '<link rel="attachment" href="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<style>@import url("{url}");</style>',
    '<style>@font-face {{ font-family: f; src: url("{url}"); }} p {{ font-family: f; }}</style>',
    '<p style="background-image: url({url})">背景</p>',
    '<a rel="attachment" href="{url}">附件</a>',
    '<object data="{url}">替代文字</object>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>图</title>'
    '<image href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>图</title>'
    '<use href="{url}#a"/></svg>',
    '<base href="{url}"><a href="b">链接</a>',
)
HOLES = ('<p><img src="{url}" alt="图"></p>', '<p style="list-style-image: url({url})">点</p>')


@pytest.mark.parametrize("html", [*QUIET, *HOLES])
def test_nothing_is_fetched(tmp_path: Path, pool: Executor, host: str, html: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    for url in (host, secret.as_uri(), "file:///etc/passwd"):
        job = replace(JOB, markdown=f"# 标题\n\n<div>{html.format(url=url)}</div>")
        try:
            file = print_all([job], tmp_path / "cache", pool)[0][job.name]
        except pdf.PrintFailed as failed:
            assert failed.__cause__ is None, "a traceback for a report's mistake"
            continue
        content = file.read_bytes()
        assert SECRET.encode() not in content
        with PdfReader(file) as reader:
            assert not reader.attachments
        assert SECRET not in "".join(page_texts(file))
    assert not _Counter.asked


def test_text_that_looks_like_markup_is_printed_as_text(tmp_path: Path, pool: Executor) -> None:
    for number, html in enumerate((*QUIET, *HOLES)):
        text = html.format(url="file:///etc/passwd")
        job = replace(JOB, name=f"parks-{number}", markdown=f"# 标题\n\n{plain(text)}")
        file = print_all([job], tmp_path, pool)[0][job.name]
        assert "".join(text.split()) in "".join(page_texts(file))
