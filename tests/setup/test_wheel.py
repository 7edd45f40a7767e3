"""The wheel: the same bytes every time, and all that a site needs is inside."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

import evalpress
from evalpress.setup.wheel import build_wheel
from projects import PACKAGE, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def test_twice_the_same_bytes_whatever_the_umask(wheel: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        again = build_wheel(ROOT, tmp_path)
    finally:
        os.umask(before)
    assert again.name == wheel.name == f"evalpress-{evalpress.__version__}-py3-none-any.whl"
    assert again.read_bytes() == wheel.read_bytes()


def test_every_file_of_the_package_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    own = {
        f"evalpress/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert own <= names
    assert not {name for name in names - own if ".dist-info/" not in name}
