"""`.venv`: what counts as finished, and what an installation leaves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from evalpress.setup import venv
from evalpress.setup.needs import SetupProblem


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a finished `.venv` of the kind for `make site`."""
    for name in venv.STAMPED_FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"content of {name}")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").touch()
    write_stamp(tmp_path, tests=False)
    return tmp_path


def write_stamp(root: Path, tests: bool, **changes: object) -> None:
    stamp = {
        "inputs": venv.inputs_hash(root),
        "tests": tests,
        "place": [str(root), *sys.version_info[:2]],
    }
    (root / ".venv" / venv.STAMP).write_text(json.dumps({**stamp, **changes}))


def test_finished_environment_is_left_alone(project: Path) -> None:
    assert venv.has_packages(project, tests=False)


def test_tests_need_more_than_the_site(project: Path) -> None:
    assert not venv.has_packages(project, tests=True)
    write_stamp(project, tests=True)
    assert venv.has_packages(project, tests=True)
    assert venv.has_packages(project, tests=False)


@pytest.mark.parametrize("name", venv.STAMPED_FILES)
def test_changed_input_counts_as_unfinished(project: Path, name: str) -> None:
    (project / name).write_text("changed")
    assert not venv.has_packages(project, tests=False)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"'])
def test_unreadable_stamp_counts_as_unfinished(project: Path, text: str) -> None:
    (project / ".venv" / venv.STAMP).write_text(text)
    assert not venv.has_packages(project, tests=False)


def test_environment_moved_or_of_another_python_counts_as_unfinished(project: Path) -> None:
    write_stamp(project, tests=False, place=["/elsewhere", *sys.version_info[:2]])
    assert not venv.has_packages(project, tests=False)
    write_stamp(project, tests=False, place=[str(project), 3, 10])
    assert not venv.has_packages(project, tests=False)


def test_vanished_python_counts_as_unfinished(project: Path) -> None:
    (project / ".venv/bin/python").unlink()
    assert not venv.has_packages(project, tests=False)


def test_failing_pip_shows_its_own_output_and_leaves_no_stamp(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text("#!/bin/sh\necho this is what pip said\nexit 1\n")
    python.chmod(0o755)
    (project / "pyproject.toml").write_text("changed")
    with pytest.raises(SetupProblem) as problem:
        venv.install_packages(project, tests=False)
    assert problem.value.output == "this is what pip said\n"
    assert "-m pip install" in str(problem.value)
    assert venv.read_stamp(project) == {}


def test_installation_writes_its_stamp_last_and_keeps_the_tests_part(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\ntest ! -e .venv/{venv.STAMP} && echo "$@" > asked\n')
    python.chmod(0o755)
    write_stamp(project, tests=True)
    (project / "pyproject.toml").write_text("changed")
    venv.install_packages(project, tests=False)
    assert (project / "asked").read_text().endswith("-c .ci/constraints.txt -e .[test]\n")
    assert venv.has_packages(project, tests=True)
