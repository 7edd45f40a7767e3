"""Ordinary files of Word, Excel, WPS and LibreOffice give no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordinary_files import ORDINARY
from subjects import about_file


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_file_is_no_finding(name: str, tmp_path: Path) -> None:
    file, content = ORDINARY[name]
    assert about_file(tmp_path, file, content) == []


def test_there_are_fifty_of_them() -> None:
    assert len(ORDINARY) >= 50
