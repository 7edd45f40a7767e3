"""The site's HTML before the Nu checker: no page has an error. Needs Java and npm's vnu-jar:

npm pack vnu-jar && tar -xzf vnu-jar-*.tgz
EVALPRESS_NU=package/build/dist/vnu.jar pytest -n0 tests/test_nu.py
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from projects import Finished
from waiting import CEILING

VARIABLE = "EVALPRESS_NU"
NU, JAVA = os.environ.get(VARIABLE, ""), shutil.which("java")
SKIPPED = f"{VARIABLE} names no vnu.jar" if JAVA else "there is no Java"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not (NU and JAVA), reason=SKIPPED)]


def errors(*pages: Path) -> list[dict[str, Any]]:
    """What the checker finds wrong in these pages, or in all below these folders."""
    command = [
        str(JAVA),
        "-Xss2m",
        "-jar",
        NU,
        "--errors-only",
        "--format",
        "json",
        "--skip-non-html",
    ]
    done = subprocess.run(
        [*command, *map(str, pages)], capture_output=True, text=True, timeout=CEILING, check=False
    )
    found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    assert bool(done.returncode) == bool(found), done.stderr
    return found


def told(error: dict[str, Any], site: Path) -> str:
    page = str(error.get("url", "")).rpartition(f"{site}/")[2]
    return f"{page}:{error.get('lastLine')}: {error['message']}"


def test_no_page_has_an_error(finished: Finished) -> None:
    found = errors(finished.site)
    assert not found, "\n".join(told(error, finished.site) for error in found[:50])


def test_an_error_is_found(finished: Finished, tmp_path: Path) -> None:
    page = (finished.site / "index.html").read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(page.replace("<main", "<img><main", 1), encoding="utf-8")
    assert errors(spoilt)
