"""The archive for machines without a network holds all that an installation asks for."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from evalpress.setup import bundle
from evalpress.setup.needs import SetupProblem


def write_fonts(folder: Path) -> Path:
    for part in ("files", "licences"):
        (folder / part).mkdir(parents=True)
        (folder / part / "a").write_text(part, encoding="utf-8")
    return folder


def fetch(command: list[str], pins: str, root: Path) -> None:
    Path(command[-1]).mkdir(parents=True)


def test_wheels_fonts_names_and_a_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = write_fonts(tmp_path / "fonts")
    monkeypatch.setattr(bundle, "run_pip", fetch)
    monkeypatch.setattr(bundle, "fonts_folder", lambda prefix: fonts)
    with tarfile.open(bundle.build_bundle(bundle.ROOT, tmp_path / "dist")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        listed = archive.extractfile(next(n for n in archive.getnames() if n.endswith("s.txt")))
        assert listed and b"libpango-1.0-0\n" in listed.read()
    assert {"install.sh", "packages.txt", "fonts/files/a", "fonts/licences/a"} <= names
    assert [name for name in names if name.startswith("wheels/evalpress-")]


def test_without_fonts_there_is_no_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "run_pip", fetch)
    monkeypatch.setattr(bundle, "fonts_folder", lambda prefix: tmp_path / "none")
    with pytest.raises(SetupProblem, match="字体"):
        bundle.build_bundle(bundle.ROOT, tmp_path / "dist")
