"""What goes on where MkDocs 1.6 and Material end builds the same site: ProperDocs, and the theme
MaterialX, which takes the place of Material and so lies in a folder of its own:

    pip install --no-deps --target FOLDER mkdocs-materialx
    EVALPRESS_MATERIALX=FOLDER pytest tests/host/test_generators.py
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from evalpress.cache.inputs import PACKAGE
from evalpress.release.manifest import NAME, SUMS
from projects import Project, make_plain_project, replace
from serving import serving
from visits import RULES, Visit

MATERIALX = os.environ.get("EVALPRESS_MATERIALX", "")
STYLE = "assets/evalpress.css"
# What follows from the theme's own style sheet, but for its name.
OF_STYLES = {STYLE, NAME, SUMS}


def tree(site: Path) -> dict[str, bytes]:
    """All files, the style sheet under a name that does not tell its content."""
    (style,) = site.glob("assets/*.css")
    files = (path for path in site.rglob("*") if path.is_file() and path != style)
    own = f"assets/{style.name}".encode()
    found = {
        path.relative_to(site).as_posix(): path.read_bytes().replace(own, STYLE.encode())
        for path in files
    }
    return {**found, STYLE: style.read_bytes()}


def plain(folder: Path) -> Project:
    project = make_plain_project(folder)
    project.set("as_of: 2029-01-01 09:00")
    return project


def differing(one: Path, other: Path) -> set[str]:
    before, after = tree(one), tree(other)
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


@pytest.mark.slow
@pytest.mark.skipif(find_spec("properdocs") is None, reason="ProperDocs is not installed")
def test_properdocs_builds_the_same_files(tmp_path: Path) -> None:
    one, other = plain(tmp_path / "one"), plain(tmp_path / "other")
    assert one.build().code == 0
    built = other.run("properdocs", "build", "--strict", "-f", "mkdocs.yml")
    assert built.code == 0, built.said
    assert not differing(one.site, other.site)


@pytest.mark.slow
@pytest.mark.skipif(not MATERIALX, reason="EVALPRESS_MATERIALX names no folder with MaterialX")
def test_materialx_builds_the_same_pages(tmp_path: Path, browser: Browser) -> None:
    one, other = plain(tmp_path / "one"), plain(tmp_path / "other")
    assert one.build().code == 0
    replace(other.config, "  name: material\n", "  name: materialx\n")
    path = os.pathsep.join([MATERIALX, str(PACKAGE.parent)])
    built = other.run("mkdocs", "build", "--strict", PYTHONPATH=path)
    assert built.code == 0, built.said
    assert differing(one.site, other.site) == OF_STYLES
    with serving(other.site) as address:
        visit = Visit(browser.new_page(viewport={"width": 390, "height": 844}), address)
        for page in ("", "parks/2025/"):
            visit.open(page)
            assert not Axe().run(visit.page, options=RULES).response["violations"]
        assert not visit.complaints
