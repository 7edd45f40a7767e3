"""The private fonts as they lie: whole or not, and the rules that go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.setup import fontset
from setup.machines import write_fonts


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    return write_fonts(tmp_path / "fonts")


def test_complete_fonts_are_left_alone(fonts: Path) -> None:
    assert fontset.has_fonts(fonts)


@pytest.mark.parametrize("name", ["files/FandolFang-Regular.otf", "fonts.conf", "manifest.txt"])
def test_missing_or_cut_font_file_is_noticed(fonts: Path, name: str) -> None:
    (fonts / name).write_text("")
    assert not fontset.has_fonts(fonts)
    (fonts / name).unlink()
    assert not fontset.has_fonts(fonts)


def test_rules_name_no_folder_but_their_own() -> None:
    rules = fontset.fonts_conf(Path("/home/a & b/fonts"))
    assert rules.count("<dir>") == 1
    assert "<dir>/home/a &amp; b/fonts/files</dir>" in rules
    assert "<include" not in rules
