"""A checkout -> one archive that installs the program on a machine without a network.

`python -m evalpress.setup.bundle [FOLDER]`: the wheel, every pinned package with setuptools, the
fonts, the names of the system's packages and a script, for this system and processor.
"""

from __future__ import annotations

import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

import evalpress
from evalpress.setup.fontset import fonts_folder
from evalpress.setup.needs import SetupProblem
from evalpress.setup.system import LIBRARIES
from evalpress.setup.venv import SITE_PINS, run_pip
from evalpress.setup.wheel import ROOT, build_wheel

_PARTS = ("files", "licences")
_INSTALL = Path(__file__).parents[1] / "templates" / "install.sh"


def build_bundle(root: Path, folder: Path) -> Path:
    """Put the archive into a folder; gives its path. Raises SetupProblem where packages cannot be
    fetched or fonts are not there."""
    name = f"evalpress-{evalpress.__version__}-offline"
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch, name)
        pip = [sys.executable, "-m", "pip", "download", "--require-hashes"]
        asked = ["--only-binary", ":all:", "-d", str(tree / "wheels")]
        run_pip([*pip, *asked], SITE_PINS, root)
        build_wheel(root, tree / "wheels")
        _take_fonts(fonts_folder(Path(sys.prefix)), tree / "fonts")
        names = sorted({"python3", "python3-venv", *LIBRARIES.values()})
        (tree / "packages.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
        shutil.copyfile(_INSTALL, tree / "install.sh")
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(folder / f"{name}.tar", "w") as archive:
            archive.add(tree, name)
    return folder / f"{name}.tar"


def _take_fonts(fonts: Path, target: Path) -> None:
    for part in _PARTS:
        if not (fonts / part).is_dir():
            raise SetupProblem(f"没有找到字体（{fonts}），请先运行 make setup")
        shutil.copytree(fonts / part, target / part)


if __name__ == "__main__":
    print(build_bundle(ROOT, Path(*sys.argv[1:2] or [str(ROOT / "dist")])))
