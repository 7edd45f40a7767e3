"""What the machine lacks (shared libraries, parts of Python), and the Debian packages with them."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from evalpress.setup.needs import Need, say

# The names that WeasyPrint opens, each with the Debian package that brings it.
LIBRARIES = {
    "libgobject-2.0.so.0": "libpango-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
PLAYWRIGHT_LIBRARIES = {"libatomic.so.1": "libatomic1"}


def missing_libraries(tests: bool = False, load: Callable[[str], Any] = ctypes.CDLL) -> list[Need]:
    """Return the shared libraries that `load` cannot open; `tests` need more of them."""
    wanted = {**LIBRARIES, **(PLAYWRIGHT_LIBRARIES if tests else {})}
    return [Need(name, package) for name, package in wanted.items() if not _opens(name, load)]


def _opens(name: str, load: Callable[[str], Any]) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True


def missing_venv(
    find: Callable[[str], Any] = importlib.util.find_spec,
    version: tuple[int, ...] = sys.version_info[:2],
) -> list[Need]:
    """Return what this Python lacks for making a virtual environment with pip in it."""
    if all(find(name) is not None for name in ("venv", "ensurepip")):
        return []
    return [Need("Python 的 venv 模块", "python{}.{}-venv".format(*version))]


def distribution_id(os_release: Path = Path("/etc/os-release")) -> str:
    """Return the ID of this machine's distribution, or "" where nothing tells it."""
    with suppress(OSError):
        for line in os_release.read_text(encoding="utf-8").splitlines():
            if line.startswith("ID="):
                return line[3:].strip("\"'")
    return ""


def is_root() -> bool:
    """Tell whether this process may install packages of the system."""
    return os.geteuid() == 0


def apt_command(packages: Iterable[str], root: bool) -> str:
    """Return the shell command that installs `packages`, with sudo unless `root`."""
    sudo = "" if root else "sudo "
    names = " ".join(sorted(set(packages)))
    return f"{sudo}apt-get update; {sudo}apt-get install -y --no-install-recommends {names}"


def add_system_parts(needs: Iterable[Need], root: Path) -> None:
    """As root, install the packages of `needs`; what stays missing shows in the next look."""
    packages = [name for need in needs for name in need.packages()]
    if packages and is_root() and shutil.which("apt-get"):
        say(command := apt_command(packages, root=True))
        # On a machine just started the daily upgrade may still hold the lock.
        patient = command.replace("install", "-o DPkg::Lock::Timeout=300 install", 1)
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(patient, shell=True, cwd=root, env=environ)
        importlib.invalidate_caches()
