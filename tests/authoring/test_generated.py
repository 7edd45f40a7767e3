"""The files that the program writes about itself are as it would write them now."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.authoring.generated import generated, refresh
from projects import ROOT

FILES = generated()
FOLDER = "hooks/evalpress/templates/guide"


@pytest.mark.parametrize("name", FILES)
def test_generated_files_are_current(name: str) -> None:
    path = ROOT / name
    if not path.parent.is_dir():
        pytest.skip("a site of one's own may do without this folder")
    assert path.read_text(encoding="utf-8") == FILES[name], "to refresh it: make generated"


def test_nothing_else_lies_where_all_is_generated() -> None:
    folder = ROOT / "data" / "schemas"
    names = {path.relative_to(ROOT).as_posix() for path in folder.glob("*")}
    assert names <= FILES.keys()


def test_only_what_is_no_longer_true_is_written(tmp_path: Path) -> None:
    assert refresh(tmp_path) == list(FILES)
    (tmp_path / FOLDER / "rules.md").write_text("old", encoding="utf-8")
    before = (tmp_path / FOLDER / "fields.md").stat()
    assert refresh(tmp_path) == [f"{FOLDER}/rules.md"]
    assert (tmp_path / FOLDER / "fields.md").stat().st_mtime_ns == before.st_mtime_ns
    assert refresh(tmp_path) == []
