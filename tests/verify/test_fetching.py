"""An address is asked within limits, and no other in its place."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from evalpress.verify.fetching import Unreachable, fetch, fetch_digest, is_web, within
from issued import sha


class _Odd(http.server.BaseHTTPRequestHandler):
    """Answers as the path asks."""

    def do_GET(self) -> None:
        if self.path == "/away":
            self.answer(302, b"", Location="http://elsewhere.invalid/")
        elif self.path == "/near":
            self.answer(302, b"", Location="/file")
        elif self.path == "/short":
            self.answer(200, b"1234", length=9)
        elif self.path == "/file":
            self.answer(200, b"1234")
        else:
            self.answer(404, b"gone")

    def answer(self, code: int, content: bytes, length: int | None = None, **heads: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(length or len(content)))
        for name, value in heads.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_file_is_fetched_also_from_where_the_same_host_sends(server: str) -> None:
    assert fetch(f"{server}/file") == b"1234"
    assert fetch_digest(f"{server}/near") == (4, sha(b"1234"))
    assert fetch(f"{server}/file", most=4) == b"1234"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/away", "elsewhere"), ("/short", "cut_short"), ("/nothing", "status")],
)
def test_anything_else_is_told(server: str, path: str, reason: str) -> None:
    with pytest.raises(Unreachable) as told:
        fetch(f"{server}{path}")
    assert told.value.reason == reason
    assert told.value.address == f"{server}{path}"


def test_no_more_is_read_than_allowed(server: str) -> None:
    with pytest.raises(Unreachable) as told:
        fetch(f"{server}/file", most=3)
    assert told.value.reason == "too_large"


def test_where_nobody_listens_the_network_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(Unreachable) as told:
        fetch(address)
    assert told.value.reason == "no_network"


def test_who_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalpress.verify.fetching.SECONDS", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Unreachable) as told:
            fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert told.value.reason == "timeout"


@pytest.mark.parametrize("address", ["http://", "http://a:b@c.example/", "https://[x/"])
def test_what_is_no_address_is_not_asked(address: str) -> None:
    with pytest.raises(Unreachable) as told:
        fetch(address)
    assert told.value.reason == "bad_address"


def test_addresses_are_told_from_paths() -> None:
    assert is_web("https://a.example/") and is_web("HTTP://a.example")
    assert not is_web("file:///etc/passwd") and not is_web("site")
    assert within("https://a.example/x/", "附件 1.pdf").endswith("/x/%E9%99%84%E4%BB%B6%201.pdf")
