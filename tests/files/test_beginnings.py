"""What a file that nobody issued begins like."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.files.beginnings import hints_of
from evalpress.pages.crawled import Located, map_of_maps, site_maps
from evalpress.release.manifest import NAME, SUMS, Manifest, write_manifest
from evalpress.verify.shards import shard_files
from evalpress.wording import word
from sample_files import pdf


def said(folder: Path, content: bytes) -> list[str]:
    path = folder / "held"
    path.write_bytes(content)
    return hints_of(path)


def recognised(*names: str) -> list[str]:
    return [word("verify", "recognised", name) for name in names]


def test_what_the_program_writes_for_a_whole_site_is_recognised(tmp_path: Path) -> None:
    write_manifest(tmp_path, Manifest({"a.html": (1, "0" * 64), "b\n.html": (1, "1" * 64)}))
    assert hints_of(tmp_path / NAME) == recognised("manifest")
    assert hints_of(tmp_path / SUMS) == recognised("sums")
    for _, content in shard_files({}):
        assert said(tmp_path, content) == recognised("answers")
    (own,) = site_maps([Located("a/")], "https://a.invalid/").values()
    for content in (own, map_of_maps(["sitemap-1.xml"], "https://a.invalid/")):
        assert said(tmp_path, content) == recognised("map")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!DOCTYPE html><html lang=zh>", "page"), (b"\n<html>", "page"),
        (b"PK\x03\x04\x14\x00", "archive"), (b"\\" + b"0" * 64 + b"  a\\nb\n", "sums"),
    ],
)  # fmt: skip
def test_what_others_made_is_recognised(tmp_path: Path, content: bytes, name: str) -> None:
    assert said(tmp_path, content) == recognised(name)


def test_of_other_files_nothing_is_said(tmp_path: Path) -> None:
    whole = pdf()
    for content in (b"", whole, b"a,b\n1,2\n", b"{}", b"<?xml version='1.0'?><feed>", b"0" * 64):
        assert said(tmp_path, content) == []
    assert said(tmp_path, whole[:200]) == [word("verify", "cut_short")]
