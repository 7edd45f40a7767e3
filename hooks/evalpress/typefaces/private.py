"""The private fonts from which every PDF is set: where they are, their names, their identity.

The set-up (setup/fonts.py) puts them there; nothing else on the machine may take part, so that a
PDF looks the same everywhere.
"""

import hashlib
import sys
from functools import cache
from html import escape
from pathlib import Path

from evalpress.cache.cachefiles import write_whole
from evalpress.setup.fontset import MANIFEST, fonts_conf, fonts_folder
from evalpress.wording import word

# print.css names official fonts (仿宋_GB2312 …) before ours; only this makes them known.
_WITH_OFFICIAL = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>{own}</include>
  <dir>{official}</dir>
</fontconfig>
"""


class FontsMissing(Exception):
    """The private fonts are not installed; the text tells the user what to run."""


def own_folder() -> Path:
    """The folder of the private fonts, whether or not it is there."""
    return fonts_folder(Path(sys.prefix))


def fontconfig_file(fonts: Path | None = None) -> Path:
    """The absolute path for FONTCONFIG_FILE. Raises FontsMissing when not installed."""
    path = (fonts or own_folder()).absolute() / "fonts.conf"
    if not path.is_file():
        raise FontsMissing(word("typefaces", "missing").format(path.parent))
    return path


def font_files(fonts: Path | None = None) -> list[Path]:
    """The font files by name. Raises FontsMissing when not installed."""
    return sorted((fontconfig_file(fonts).parent / "files").iterdir())


@cache
def own_fingerprint(fonts: Path | None = None) -> str:
    """A hash of the names, sizes and contents of our fonts and the rules by which they are chosen.

    The contents were hashed by the set-up, so this reads one small file. Raises FontsMissing.
    """
    manifest = (fontconfig_file(fonts).parent / MANIFEST).read_bytes()
    return hashlib.sha256(manifest + fonts_conf(Path()).encode()).hexdigest()


def with_official(official: Path, folder: Path) -> Path:
    """Write a fontconfig file into `folder` that knows the fonts of `official` beside ours; gives
    its path. Raises FontsMissing when ours are not installed."""
    path = folder / "fonts-official.conf"
    places = {"own": fontconfig_file(), "official": official.absolute()}
    text = _WITH_OFFICIAL.format(
        **{key: escape(str(place), quote=False) for key, place in places.items()}
    )
    write_whole(path, text.encode())
    return path


def official_fingerprint(official: Path) -> str:
    """A hash of the names and contents of the files in a folder of official fonts. Raises OSError
    for one that cannot be read."""
    hashed = hashlib.sha256()
    for path in sorted(path for path in official.rglob("*") if path.is_file()):
        hashed.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()
