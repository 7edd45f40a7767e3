"""`manifest.json` and `SHA256SUMS` say what a site consists of, the same way every time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from evalpress.release.manifest import (
    NAME,
    SUMS,
    Manifest,
    Share,
    read_manifest,
    read_sums,
    write_manifest,
)

FILES = {"b/c/index.html": (2, "bb"), "a.txt": (1, "aa"), "附#%.pdf": (3, "cc")}
SHARES = {"b/c/index.html": Share("b/c/", 2)}
ODD = ["a b.txt", "附件 一.pdf", "two\nlines", "back\\slash", "\\n", "\r", os.fsdecode(b"\xff")]


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    odd = {**FILES, os.fsdecode(b"\xff"): (4, "dd")}
    written = Manifest(odd, "2026-08-15T09:00:00+08:00", frozenset({"a.txt"}), SHARES, "9.1")
    (tmp_path / NAME).write_bytes(written.content)
    assert read_manifest(tmp_path) == written
    found = json.loads(written.content)
    assert found["program"] == "evalpress 9.1"
    assert found["files"]["a.txt"] == {"size": 1, "sha256": "aa"}
    assert found["files"]["b/c/index.html"] == {
        "size": 2, "sha256": "bb", "report": "b/c/", "edition": 2,
    }  # fmt: skip


def test_the_same_files_give_the_same_bytes() -> None:
    backwards = dict(reversed(FILES.items()))
    assert Manifest(FILES).content == Manifest(backwards).content
    assert Manifest(FILES).sums() == Manifest(backwards).sums()
    others = (Manifest(FILES, "2026"), Manifest(FILES, shares=SHARES), Manifest(FILES, program="9"))
    assert Manifest(FILES).digest not in {other.digest for other in others}


def test_it_knows_pages_folders_and_what_is_its_own() -> None:
    manifest = Manifest(FILES, earlier=frozenset({"a.txt"}))
    assert manifest.pages == {"b/c/index.html": (2, "bb")}
    assert manifest.folders == {"b", "b/c"}
    assert set(manifest.own_files) == {"b/c/index.html", "附#%.pdf"}
    assert all(map(manifest.is_own, ["a.txt", NAME, SUMS, "SHA256SUMS.asc"]))
    assert not any(map(manifest.is_own, ["b.txt", "b/SHA256SUMS.asc", "SHA256SUMS-x"]))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "other"}', '{"format": "evalpress-manifest/1"}', "null"]
)
def test_what_is_no_manifest_is_none(tmp_path: Path, text: str) -> None:
    assert read_manifest(tmp_path) is None
    (tmp_path / NAME).write_text(text)
    assert read_manifest(tmp_path) is None


def listed(folder: Path) -> Manifest:
    """The manifest of a folder with oddly named files."""
    files = {}
    for number, name in enumerate(ODD):
        (folder / name).write_text(str(number))
        files[name] = (1, hashlib.sha256(str(number).encode()).hexdigest())
    return Manifest(files)


def test_the_hashes_are_read_as_they_were_written(tmp_path: Path) -> None:
    own = listed(tmp_path)
    assert read_sums(own.sums()) == {
        **{path: sha for path, (_, sha) in own.files.items()}, NAME: own.digest,
    }  # fmt: skip


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not installed")
def test_coreutils_check_the_hashes(tmp_path: Path) -> None:
    write_manifest(tmp_path, listed(tmp_path))
    command = ["sha256sum", "--check", "--strict", "--status", SUMS]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / ODD[2]).write_text("x")
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 1
