"""4 write: the style sheet and the scripts that pages name -> addresses that tell their content, so
that a browser may keep them for good and never shows a page with those of another release."""

from __future__ import annotations

import hashlib

from evalpress.wording import TEMPLATES

FOLDER = "assets/"


def script_names() -> list[str]:
    """The scripts that pages name; those of the search lie in a folder of their own, where one
    loads another by its name."""
    return sorted(path.name for path in (TEMPLATES / "theme" / "assets").glob("*.js"))


def address_of(name: str, content: bytes) -> str:
    """Where a file with this content lies: `a.css` at `assets/a.0123456789ab.css`."""
    stem, dot, ending = name.rpartition(".")
    return f"{FOLDER}{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"
