"""Every kind of page of a built site -> what Lighthouse gives it on a telephone, as medians.

`python -m tests.benchmarks.bench_lighthouse PROGRAM [--runs N] [--kinds NAME ...]`; PROGRAM is
Lighthouse's command (npm's lighthouse). The site in site/ is served in gzip, as the recipes do.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.bench_search import serving

sys.path.insert(0, str(Path(__file__).parents[1]))

from evalpress.setup.browser import find_chromium
from evalpress.typefaces import private
from test_browser import KINDS

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage"


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
    with serving(options.site) as (address, _):
        for kind in options.kinds:
            place = "404.html" if kind == "missing" else KINDS[kind]
            runs = range(options.runs)
            reports = [run(options.program, address + place, options.method) for _ in runs]
            print(row(kind, reports), flush=True)


if __name__ == "__main__":
    main()
