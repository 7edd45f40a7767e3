"""A checkout -> dist/evalpress-<version>-py3-none-any.whl, the same bytes wherever it is built.

`python -m evalpress.setup.wheel [FOLDER]`. The files are copied first, so that neither the umask
nor what an earlier build left behind takes part; the moment is SOURCE_DATE_EPOCH or the commit's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from evalpress.setup.venv import run_captured

ROOT = Path(__file__).resolve().parents[3]
_FILES = ("pyproject.toml", "README.md", "LICENSE")
_BUILD = (
    "import os; os.umask(0o022); from setuptools import build_meta; build_meta.build_wheel({!r})"
)
_EARLIEST = "315532800"  # 1980-01-01, the first moment that a ZIP file knows


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the wheel of a checkout into a folder; gives its path. Raises SetupProblem."""
    with tempfile.TemporaryDirectory() as scratch:
        tree, made = Path(scratch, "tree"), Path(scratch, "made")
        _copy(root, tree)
        made.mkdir()
        python = ["env", f"SOURCE_DATE_EPOCH={_moment(root)}", sys.executable, "-c"]
        run_captured([*python, _BUILD.format(str(made))], tree)
        [wheel] = made.iterdir()
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copyfile(wheel, folder / wheel.name))


def _copy(root: Path, tree: Path) -> None:
    """The package and what describes it, with the same modes everywhere."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(root / "hooks" / "evalpress", tree / "hooks" / "evalpress", ignore=ignored)
    for name in _FILES:
        shutil.copyfile(root / name, tree / name)
    for path in tree.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _moment(root: Path) -> str:
    """Seconds since 1970 that the files of the wheel bear."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    asked = ["git", "log", "-1", "--format=%ct"]
    said = subprocess.run(asked, cwd=root, capture_output=True, text=True).stdout.strip()
    return said or _EARLIEST


if __name__ == "__main__":
    print(build_wheel(ROOT, Path(*sys.argv[1:2] or [str(ROOT / "dist")])))
