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
        unknown = "".join(sign for sign in self._seldom(text) if ord(sign) not in known)
        return _FORMLESS.sub("", visible(unknown)) if unknown else ""

    def unprintable(self, text: str) -> str:
        """The signs that lines from left to right cannot show, then those that no font has, each
        once. Raises FontsMissing without the fonts."""
        seldom = self._seldom(text)
        return "".join(dict.fromkeys(vertical(seldom) + self.lacking(seldom)) if seldom else "")

    def _seldom(self, text: str) -> str:
        """The signs of a text that a second look is for, each once, in the order of the text."""
        return "".join(dict.fromkeys(_seldom(self.official).findall(text)))


def vertical(text: str) -> str:
    """The signs of a text that belong to a script written from top to bottom, each once."""
    return "".join(dict.fromkeys(_VERTICAL.findall(text)))


@cache
def _seldom(official: Path | None) -> re.Pattern[str]:
    """Any sign but those of the basic plane that the fonts have and that are not vertical: one
    such look at a text is quicker than asking of each of its signs. Raises FontsMissing."""
    known = [s for s in _signs(official) if s <= _BASIC and not _VERTICAL.match(chr(s))]
    return re.compile(f"[^{re.escape(''.join(map(chr, known)))}]" if known else "(?s:.)")


_BASIC = 0xFFFF


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
