"""`release.json` says what a site consists of, the same way every time."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from evalpress.release.manifest import NAME, Manifest, read_manifest

FILES = {"b/c/index.html": (2, "bb"), "a.txt": (1, "aa"), "附#%.pdf": (3, "cc")}


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    odd = {**FILES, os.fsdecode(b"\xff"): (4, "dd")}
    written = Manifest(odd, "2026-08-15T09:00:00+08:00", frozenset({"a.txt"}))
    (tmp_path / NAME).write_bytes(written.as_bytes())
    assert read_manifest(tmp_path) == written
    assert json.loads(written.as_bytes())["files"]["a.txt"] == [1, "aa"]


def test_the_same_files_give_the_same_bytes() -> None:
    backwards = dict(reversed(FILES.items()))
    assert Manifest(FILES).as_bytes() == Manifest(backwards).as_bytes()
    assert Manifest(FILES).digest != Manifest(FILES, "2026").digest


def test_it_knows_pages_folders_and_what_is_its_own() -> None:
    manifest = Manifest(FILES, earlier=frozenset({"a.txt"}))
    assert manifest.pages == {"b/c/index.html": (2, "bb")}
    assert manifest.folders == {"b", "b/c"}
    assert set(manifest.own_files) == {"b/c/index.html", "附#%.pdf"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "other"}', '{"format": "evalpress-release/1"}', "null"]
)
def test_what_is_no_manifest_is_none(tmp_path: Path, text: str) -> None:
    assert read_manifest(tmp_path) is None
    (tmp_path / NAME).write_text(text)
    assert read_manifest(tmp_path) is None
