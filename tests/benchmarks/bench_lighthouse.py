"""Every kind of page of a built site -> what Lighthouse gives it on a telephone, as medians.

`python -m tests.benchmarks.bench_lighthouse PROGRAM [--runs N] [--kinds NAME ...]`; PROGRAM is
Lighthouse's command (npm's lighthouse). The site in site/ is served in gzip, as the recipes do.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from evalpress.setup.browser import find_chromium
from evalpress.typefaces import private
from test_browser import KINDS

PACKED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".xml"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage"


class Packing(SimpleHTTPRequestHandler):
    """A folder, in gzip where that helps."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        if path.suffix in PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve the folder; gives its address."""
    handler = functools.partial(Packing, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def run(program: str, address: str, method: str) -> dict[str, Any]:
    """One report of Lighthouse, as its JSON has it."""
    own = {
        "CHROME_PATH": str(find_chromium()),
        "FONTCONFIG_FILE": str(private.fontconfig_file()),
    }
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [program, address, "--quiet", f"--chrome-flags={FLAGS}", "--output=json",
                   f"--output-path={file.name}", f"--throttling-method={method}",
                   f"--only-categories={','.join(CATEGORIES)}"]  # fmt: skip
        subprocess.run(command, check=True, env={**os.environ, **own})
        found: dict[str, Any] = json.loads(Path(file.name).read_bytes())
    return found


def failing(report: dict[str, Any]) -> Iterator[str]:
    """What keeps a category other than performance from being full."""
    for name in CATEGORIES[1:]:
        for part in report["categories"][name]["auditRefs"]:
            score = report["audits"][part["id"]]["score"]
            if part["weight"] and score is not None and score < 1:
                yield part["id"]


def row(kind: str, reports: list[dict[str, Any]]) -> str:
    """The medians of several reports on one page."""
    scores = [
        statistics.median(100 * report["categories"][name]["score"] for report in reports)
        for name in CATEGORIES
    ]
    times = [
        statistics.median(report["audits"][name]["numericValue"] for report in reports)
        for name in TIMES
    ]
    shift = max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    weight = reports[0]["audits"]["total-byte-weight"]["numericValue"] / 1024
    short = ", ".join(sorted({name for report in reports for name in failing(report)}))
    said = "".join(f"{score:5.0f}" for score in scores) + "".join(f"{ms:7.0f}" for ms in times)
    return f"{kind:26}{said}{shift:8.3f}{weight:7.1f}  {short}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--method", choices=["simulate", "devtools"], default="simulate")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    options = parser.parse_args()
    print(f"{'':26} perf  acc best  seo FCP ms LCP ms TBT ms     CLS     KB")
    with serving(options.site) as address:
        for kind in options.kinds:
            place = "404.html" if kind == "missing" else KINDS[kind]
            runs = range(options.runs)
            reports = [run(options.program, address + place, options.method) for _ in runs]
            print(row(kind, reports), flush=True)


if __name__ == "__main__":
    main()
