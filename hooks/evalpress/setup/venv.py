"""`.venv`, the project's own environment: its pinned packages, and whether they are as asked."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evalpress.setup.needs import SetupProblem, say

STAMP = "evalpress.json"
# Folders may have Chinese names whatever the locale says.
UTF8 = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
SITE_PINS, TEST_PINS = ".ci/pins/site.txt", ".ci/pins/test.txt"
STAMPED_FILES = ("pyproject.toml", SITE_PINS, TEST_PINS, "hooks/evalpress/setup/venv.py")
NO_NETWORK = (
    "没有网络，或者没有连上软件源（见上面的网址）。要经过代理的，先设好 HTTPS_PROXY；"
    "有内部软件源的，先在 pip 的配置里写上它的网址；完全没有网络的，用离线安装包"
)
# What pip says -> what is told to the person at the keyboard.
FAILURES = {
    "NewConnectionError": NO_NETWORK,
    "NameResolutionError": NO_NETWORK,
    "ConnectTimeoutError": NO_NETWORK,
    "ReadTimeoutError": NO_NETWORK,
    "ProxyError": NO_NETWORK,
    "Could not fetch URL": NO_NETWORK,
    "DO NOT MATCH THE HASHES": (
        "下载的软件包与 {pins} 登记的校验值（SHA-256）不符，已停止，没有安装；以上列出了是哪个包、"
        "应有的值（Expected）和实际的值（Got）。下载可能不完整，也可能是软件源上的文件被换过："
        "请换一个软件源再运行一次；仍然不符的，不要绕过，告诉维护人"
    ),
    "No matching distribution found": (
        "软件源上没有上面所说的软件包适合本机（Python {python}）的安装文件，或者没有连上软件源。"
        "连得上的，请换一个 Python，例如 make PYTHON=python3.13"
    ),
}


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
    interrupted) the environment is made afresh. Every file that comes from outside bears a pinned
    SHA-256, and none is built here, because a build would fetch what no pin names; the project
    itself is built with the pinned setuptools. Raises SetupProblem with pip's own output, or where
    `.venv` is a link to the environment of another folder, of which nothing is touched.
    """
    venv, stamp = root / ".venv", read_stamp(root)
    _refuse_another_s(venv, stamp)
    inputs, tests = inputs_hash(root), tests or stamp.get("tests") is True
    (venv / STAMP).unlink(missing_ok=True)
    if not _is_at_home(stamp, root):
        _make_venv(venv)
    say("安装 Python 软件包（首次约需一分钟）……")
    pip = [str(venv / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check"]
    pinned = ["--require-hashes", "--only-binary", ":all:"]
    run_pip([*pip, *pinned], TEST_PINS if tests else SITE_PINS, root)
    run_captured([*pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", "."], root)
    _point_relatively(venv)
    write_text_whole(
        venv / STAMP, json.dumps({"inputs": inputs, "tests": tests, "place": _place(root)})
    )


def _point_relatively(venv: Path) -> None:
    """Name the package's folder by its way from here: Python reads these files in the locale's
    encoding, in which the whole path may not be written."""
    for pointer in venv.glob("lib/python*/site-packages/__editable__.evalpress-*.pth"):
        way = os.path.relpath(venv.parent / "hooks", pointer.parent)
        pointer.write_text(f"{way}\n", encoding="ascii")


def run_pip(pip: list[str], pins: str, root: Path) -> None:
    """Run a command of pip for all that a file pins; raise SetupProblem with its output and, in
    words of ours, with what went wrong, where that is known.

    Of a proxy or an index that answers with an error pip tells only its log.
    """
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch, "log")
        try:
            run_captured([*pip, "--retries", "1", "--log", str(log), "-r", pins], root)
        except SetupProblem as problem:
            output = "".join([problem.output, *_unfetched(log)])
            told = [text for words, text in FAILURES.items() if words in output]
            python = "{}.{}".format(*sys.version_info)
            texts = [text.format(pins=pins, python=python) for text in told] or [str(problem)]
            raise SetupProblem(texts[0], output=output) from problem


def _unfetched(log: Path) -> Iterator[str]:
    """The addresses that gave nothing; an index that has no such package says 404."""
    if log.is_file():
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if "Could not fetch URL" in line and " 404 " not in line:
                yield f"{line.partition(' ')[2]}\n"


def _refuse_another_s(venv: Path, stamp: dict[str, Any]) -> None:
    """A folder that was moved takes its environment along; at the end of a link it is in use."""
    place = stamp.get("place")
    if place and place[0] != str(venv.parent) and venv.is_symlink():
        raise SetupProblem(
            f".venv 是一个链接，指向 {place[0]} 正在用的环境，没有动它。只想用它的，直接运行 "
            ".venv/bin 里的命令；要给这个文件夹建自己的环境，先运行 rm .venv，再运行一次"
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
        command, cwd=folder, env={**os.environ, **UTF8}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        text = f"下面的命令没有成功，以上是它的输出：\n    {shlex.join(command)}"
        raise SetupProblem(text, output=done.stdout)


def write_text_whole(path: Path, text: str) -> None:
    """Write a text file in one step. (`cache/` is not to be had yet: see the room's rule.)"""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
