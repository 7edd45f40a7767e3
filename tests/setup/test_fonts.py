"""How the private fonts come to their place."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from evalpress.setup import fonts as installed
from evalpress.setup import fontset
from evalpress.setup.needs import SetupProblem
from setup.machines import write_fonts


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    return write_fonts(tmp_path / "fonts")


def test_changed_rules_are_rewritten_without_new_fonts(fonts: Path) -> None:
    (fonts / "fonts.conf").write_text("old")
    before = (fonts / "manifest.txt").stat().st_ino
    installed.install_fonts(fonts)
    assert fontset.has_fonts(fonts)
    assert (fonts / "manifest.txt").stat().st_ino == before


def test_leftovers_of_an_interrupted_run_are_removed(fonts: Path) -> None:
    leftover = fonts.parent / "fonts.new-x1"
    (leftover / "files").mkdir(parents=True)
    installed.install_fonts(fonts)
    assert not leftover.exists()


def test_package_is_unpacked_down_to_the_wanted_files(tmp_path: Path) -> None:
    archive = make_package(tmp_path, {"usr/share/x/A.otf": b"font", "usr/share/x/B.otf": b"other"})
    installed._unpack(archive, {"A.otf": tmp_path / "got"})
    assert (tmp_path / "got").read_bytes() == b"font"
    assert not (tmp_path / "B.otf").exists()


def test_broken_package_is_a_problem_not_a_traceback(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.deb").write_bytes(b"no package")
    with pytest.raises(SetupProblem, match=r"x\.deb"):
        installed._unpack(tmp_path / "x.deb", {})


def make_package(folder: Path, files: dict[str, bytes]) -> Path:
    tree = folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n"
    )
    for name, content in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(content)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-b", tree, folder / "x.deb"],
        check=True,
        capture_output=True,
    )
    return folder / "x.deb"
