"""Machines that lack something, and the private fonts as empty shells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evalpress.setup import fontset


def opens_all_but(*missing: str) -> Callable[[str], object]:
    """A loader of libraries that fails for these."""

    def load(name: str) -> object:
        if name in missing:
            raise OSError(name)
        return object()

    return load


def which_knows(*paths: str) -> Callable[[str], str | None]:
    """A `which` that finds these programs only."""
    return lambda name: next((path for path in paths if path in (name, f"/usr/bin/{name}")), None)


def write_fonts(folder: Path) -> Path:
    """A complete font folder whose files are empty shells that hold their own name."""
    (folder / "files").mkdir(parents=True)
    for names in fontset.FONT_PACKAGES.values():
        for name in names:
            (folder / "files" / name).write_text(name)
    sizes = [(len(path.name), path.name) for path in (folder / "files").iterdir()]
    manifest = "".join(f"0 {size} {name}\n" for size, name in sizes)
    (folder / fontset.MANIFEST).write_text(manifest)
    (folder / "fonts.conf").write_text(fontset.fonts_conf(folder))
    return folder
