"""mkdocs.yml as the command line reads it."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, chdir
from pathlib import Path

import pytest

from commands.asking import check
from evalpress import commands
from projects import Project, replace


def test_a_missing_configuration_is_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


def test_tags_of_mkdocs_in_the_configuration_are_passed_over(small: Project) -> None:
    replace(small.config, "plugins: []", "plugins: !ENV [NO_SUCH_VARIABLE, []]")
    assert check(small) == 0


def test_broken_yaml_in_the_configuration_is_told(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(small.config, "plugins: []", "plugins: [")
    assert check(small) == 1
    assert "mkdocs.yml:" in capsys.readouterr().err


def told(project: Project, capsys: pytest.CaptureFixture[str], *verb: str) -> tuple[int, str]:
    code = commands.main([*(verb or ("check",)), "--config", str(project.config)])
    return code, capsys.readouterr().err


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder", "circle", "nothing"])
def test_what_is_no_file_of_settings_is_told(
    small: Project, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small.config
    path.unlink()
    with ExitStack() as stack:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            taken = stack.enter_context(socket.socket(socket.AF_UNIX))
            stack.enter_context(chdir(path.parent))
            taken.bind(path.name)
        elif kind == "folder":
            path.mkdir()
        elif kind != "nothing":
            path.symlink_to({"device": "/dev/null", "circle": path.name}[kind])
        for verb in ("check", "build", "serve", "publish", "releases", "status"):
            code, said = told(small, capsys, verb)
            assert code == 2
            assert "mkdocs.yml" in said


ODD = {"nul": '"a\\0b"', "line": '"a\\nb"', "long": f'"{"长" * 90}"', "surrogate": '"a\\ud800b"'}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "setting",
    ["site_dir", "docs_dir", "theme.custom_dir", "data_dir", "cache_dir", "pdf_fonts", "take_over"],
)
def test_paths_that_none_can_be_are_told_with_their_line(
    small: Project, setting: str, odd: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key, value = setting.rpartition(".")[2], ODD[odd]
    if key == "custom_dir":
        replace(small.config, "theme:\n", f"theme:\n  custom_dir: {value}\n")
    elif key in ("site_dir", "docs_dir"):
        replace(small.config, f"{key}: {key[:4]}", f"{key}: {value}")
    else:
        text = small.config.read_text(encoding="utf-8").replace("    data_dir: data\n", "")
        small.config.write_text(text, encoding="utf-8")
        small.set(f"{key}: {value}")
    line = small.config.read_text(encoding="utf-8").partition(value)[0].count("\n") + 1
    code, said = told(small, capsys)
    assert code == 1
    assert f"mkdocs.yml:{line}:" in said
    assert "240" in said


@pytest.mark.parametrize("value", ["12", "[a]"])
def test_a_path_that_is_no_text_is_told(
    small: Project, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(small.config, "theme:\n", f"theme:\n  custom_dir: {value}\n")
    code, said = told(small, capsys)
    assert code == 1
    assert "theme.custom_dir" in said


def test_a_host_that_builds_tells_of_such_a_path_too(small: Project) -> None:
    replace(small.config, "site_dir: site", 'site_dir: "a\\0b"')
    built = small.build()
    assert built.code == 1
    assert "site_dir" in built.said
    assert "Traceback" not in built.said


@pytest.mark.parametrize("text", ["\x00", "as_of: 2026-13-45", "[" * 3000])
def test_what_yaml_cannot_read_is_told(
    small: Project, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with small.config.open("a", encoding="utf-8") as file:
        file.write(f"a: {text}\n")
    code, said = told(small, capsys)
    assert code == 1
    assert "mkdocs.yml" in said
