"""`.venv`, the project's own environment: its pinned packages, and whether they are as asked."""

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from evalpress.setup.needs import SetupProblem, say

STAMP = "evalpress.json"
STAMPED_FILES = ("pyproject.toml", ".ci/constraints.txt", "hooks/evalpress/setup/venv.py")


def inputs_hash(root: Path) -> str:
    """Hash all that decides what `.venv` under `root` must hold."""
    digest = hashlib.sha256()
    for name in STAMPED_FILES:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def read_stamp(root: Path) -> dict[str, Any]:
    """Return what the last finished installation wrote down; {} when none finished."""
    try:
        stamp = json.loads((root / ".venv" / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def has_packages(root: Path, tests: bool) -> bool:
    """Tell whether `.venv` holds the packages as now asked for (`tests` needs more of them)."""
    stamp = read_stamp(root)
    return (
        _is_at_home(stamp, root)
        and stamp.get("inputs") == inputs_hash(root)
        and (stamp.get("tests") is True or not tests)
    )


def _is_at_home(stamp: dict[str, Any], root: Path) -> bool:
    """Tell whether a finished `.venv` still stands where, and on the Python, it was made."""
    return stamp.get("place") == _place(root) and (root / ".venv/bin/python").exists()


def _place(root: Path) -> list[Any]:
    return [str(root), *sys.version_info[:2]]


def install_packages(root: Path, tests: bool) -> None:
    """Install the project with its pinned requirements into `.venv`; stamp it when done.

    A changed requirement is installed over what is there; without a valid stamp (new, moved or
    interrupted) the environment is made afresh. Raises SetupProblem with pip's own output.
    """
    venv, stamp = root / ".venv", read_stamp(root)
    inputs, tests = inputs_hash(root), tests or stamp.get("tests") is True
    (venv / STAMP).unlink(missing_ok=True)
    if not _is_at_home(stamp, root):
        _make_venv(venv)
    say("安装 Python 软件包（首次约需一分钟）……")
    pip = [str(venv / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check"]
    target = ".[test]" if tests else "."
    run_captured([*pip, "-c", ".ci/constraints.txt", "-e", target], root)
    write_text_whole(
        venv / STAMP, json.dumps({"inputs": inputs, "tests": tests, "place": _place(root)})
    )


def _make_venv(venv: Path) -> None:
    say("建立 Python 虚拟环境 .venv ……")
    for entry in venv.iterdir():
        if entry.name == "share":
            continue  # the fonts: large, and put there whole or not at all
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    run_captured([sys.executable, "-m", "venv", str(venv)], venv.parent)


def run_captured(command: list[str], folder: Path) -> None:
    """Run a command in `folder`; raise SetupProblem with its output when it fails."""
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        text = f"下面的命令没有成功，以上是它的输出：\n    {shlex.join(command)}"
        raise SetupProblem(text, output=done.stdout)


def write_text_whole(path: Path, text: str) -> None:
    """Write a text file in one step. (`cache/` is not to be had yet: see the room's rule.)"""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
