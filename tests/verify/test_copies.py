"""A copy of a whole site is what its manifest says, or every difference is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.release.hashes import Hashes
from evalpress.release.manifest import NAME, SUMS, Manifest, write_manifest
from evalpress.release.verification import files_of
from evalpress.verify.copies import Copy, NoManifest, check_address, check_folder
from serving import serving

FILES = {"index.html": "home", "404.html": "none", "a/附件 1.pdf": "pdf", "robots.txt": "ours"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    write_manifest(folder, Manifest(files_of(folder, Hashes())))
    return folder


def both(folder: Path, against: bytes | None = None) -> tuple[Copy, Copy]:
    with serving(folder) as address:
        return check_folder(folder, against), check_address(address, against)


def test_a_whole_copy_is_whole(site: Path) -> None:
    (site / "SHA256SUMS.asc").write_text("signature")
    for copy in both(site):
        assert copy == Copy(4, seals=("SHA256SUMS.asc",))
        assert copy.is_whole


def test_every_difference_is_named(site: Path) -> None:
    (site / "index.html").write_text("hoax")
    (site / "a/附件 1.pdf").write_text("larger than it was")
    (site / "robots.txt").unlink()
    (site / "a/more.html").write_text("x")
    (site / ".well-known").mkdir()
    here, there = both(site)
    assert here.missing == there.missing == ("robots.txt",)
    assert here.changed == there.changed == ("a/附件 1.pdf", "index.html")
    assert (here.extra, here.own) == (("a/more.html",), (".well-known",))
    assert not here.is_whole and not there.is_whole


def test_a_manifest_that_was_changed_too_is_seen_beside_the_real_one(site: Path) -> None:
    real = (site / NAME).read_bytes()
    (site / "index.html").write_text("hoax")
    write_manifest(site, Manifest(files_of(site, Hashes())))
    for copy in both(site):
        assert copy.is_whole
    for copy in both(site, real):
        assert copy.changed == ("index.html",)
        assert copy.torn


@pytest.mark.parametrize("spoil", ["lose", "tear"])
def test_hashes_that_do_not_agree_are_named(site: Path, spoil: str) -> None:
    (site / SUMS).unlink() if spoil == "lose" else (site / SUMS).write_text("0  index.html\n")
    for copy in both(site):
        assert copy.torn and not copy.is_whole


def test_a_folder_without_a_manifest_is_no_site(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("none")
    with pytest.raises(NoManifest):
        check_folder(tmp_path)
    with serving(tmp_path) as address, pytest.raises(NoManifest):
        check_address(address)
