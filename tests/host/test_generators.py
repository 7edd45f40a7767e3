"""Another generator builds the same site: ProperDocs, which goes on where MkDocs 1.6 ends.

Not part of the pins: whoever has it installed compares, everybody else is told what was skipped.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from projects import Project, make_small_project


def tree(site: Path) -> dict[str, bytes]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def small(folder: Path) -> Project:
    project = make_small_project(folder)
    project.set("pdf: false", "as_of: 2029-01-01 09:00")
    return project


@pytest.mark.slow
@pytest.mark.skipif(find_spec("properdocs") is None, reason="ProperDocs is not installed")
def test_properdocs_builds_the_same_files(tmp_path: Path) -> None:
    one, other = small(tmp_path / "one"), small(tmp_path / "other")
    assert one.build().code == 0
    built = other.run("properdocs", "build", "--strict", "-f", "mkdocs.yml")
    assert built.code == 0, built.said
    before, after = tree(one.site), tree(other.site)
    assert sorted(before) == sorted(after)
    assert [name for name in before if before[name] != after[name]] == []
