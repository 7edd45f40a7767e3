"""What the machine lacks, and the command that adds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.setup import system
from evalpress.setup.needs import Need
from setup.machines import opens_all_but


def test_each_missing_library_names_its_package() -> None:
    load = opens_all_but("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
    assert system.missing_libraries(load=load) == [
        Need("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
        Need("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    ]


def test_nothing_is_missing_where_all_libraries_open() -> None:
    assert system.missing_libraries(tests=True, load=opens_all_but()) == []


def test_only_the_tests_need_what_playwright_opens() -> None:
    load = opens_all_but("libatomic.so.1")
    assert system.missing_libraries(load=load) == []
    assert system.missing_libraries(tests=True, load=load) == [Need("libatomic.so.1", "libatomic1")]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_missing_venv_names_the_package_of_this_python(module: str) -> None:
    def find(name: str) -> object:
        return None if name == module else object()

    (need,) = system.missing_venv(find, (3, 12))
    assert need.package == "python3.12-venv"


@pytest.mark.parametrize(
    ("text", "found"), [('NAME="X"\nID=debian\n', "debian"), ('ID="ubuntu"\n', "ubuntu"), ("", "")]
)
def test_distribution_is_read_from_os_release(tmp_path: Path, text: str, found: str) -> None:
    (tmp_path / "os-release").write_text(text)
    assert system.distribution_id(tmp_path / "os-release") == found


def test_distribution_is_unknown_without_os_release(tmp_path: Path) -> None:
    assert system.distribution_id(tmp_path / "none") == ""


def test_command_has_sudo_only_for_ordinary_users() -> None:
    assert system.apt_command(["b", "a", "b"], root=True) == (
        "apt-get update; apt-get install -y --no-install-recommends a b"
    )
    assert system.apt_command(["a"], root=False) == (
        "sudo apt-get update; sudo apt-get install -y --no-install-recommends a"
    )
