"""A folder served as a web server would."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a web server would, with the site's own page for what is not there."""

    protocol_version = "HTTP/1.1"
    headers_sent: Mapping[str, str] = {}
    pieces = 1

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """A page comes in so many pieces, each late enough to be drawn without the next."""
        if self.pieces == 1 or not self.path.partition("?")[0].endswith("/"):
            super().copyfile(source, outputfile)
            return
        content = source.read()
        step = len(content) // self.pieces + 1
        for start in range(0, len(content), step):
            outputfile.write(content[start : start + step])
            outputfile.flush()
            time.sleep(0.1)

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(site: Path, headers: Mapping[str, str] | None = None, pieces: int = 1) -> Iterator[str]:
    """Serve a folder, each answer with these headers, its pages slowly in so many pieces; gives its
    address."""
    served = type("_Served", (_Handler,), {"headers_sent": headers or {}, "pieces": pieces})
    handler = functools.partial(served, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
