"""Fonts -> the signs that they have, and those of a text that no font has. Read once a process for
each set of font files; a text is looked at by its distinct signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalpress.text.markup import visible
from evalpress.typefaces.private import (
    FontsMissing,
    font_files,
    official_fingerprint,
    own_fingerprint,
)

# Signs without a form of their own, which need no glyph: line ends, joiners, variation selectors.
_FORMLESS = re.compile("[\t\n\r\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
# Written from top to bottom; in lines from left to right their letters would lie on their sides.
_VERTICAL = re.compile("[\u1800-\u180a\u1810-\u18af\ua840-\ua87f\U00011660-\U0001167f]")


@dataclass(frozen=True)
class Typefaces:
    """The fonts that PDFs are set in: our own and, where a setting names it, a folder with official
    ones."""

    official: Path | None = None

    @property
    def fingerprint(self) -> str:
        """What identifies the fonts; empty where they are not installed."""
        try:
            own = own_fingerprint()
        except FontsMissing:
            return ""
        return own + (official_fingerprint(self.official) if self.official else "")

    def lacking(self, text: str) -> str:
        """The signs of a text that no font has, each once, in the order of the text. Raises
        FontsMissing without the fonts."""
        known = _signs(self.official)
        unknown = [sign for sign in set(text) if ord(sign) not in known]
        return _FORMLESS.sub("", visible("".join(sorted(unknown, key=text.index))))


def vertical(text: str) -> str:
    """The signs of a text that belong to a script written from top to bottom, each once."""
    return "".join(dict.fromkeys(_VERTICAL.findall(text)))


@cache
def _signs(official: Path | None) -> frozenset[int]:
    """The code points that at least one font has. Raises FontsMissing without the fonts."""
    more = [path for path in official.rglob("*") if path.is_file()] if official else []
    return frozenset[int]().union(*map(_of_file, [*font_files(), *more]))


def _of_file(path: Path) -> set[int]:
    """The code points of every face in a file; none where it is no font."""
    import uharfbuzz

    blob = uharfbuzz.Blob.from_file_path(str(path))
    faces = (uharfbuzz.Face(blob, index) for index in range(uharfbuzz.Face(blob).count))
    return set[int]().union(*(face.unicodes for face in faces))
