"""4 write: what a report is in a few words -> the picture that stands for it where its link is
shared (Open Graph).

Drawn in one colour on one ground, so that it is small: 16 shades, 1200 × 630 pixels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from evalpress.cache.ahead import ahead
from evalpress.cache.cachefiles import write_whole
from evalpress.cache.store import digest
from evalpress.typefaces import private

if TYPE_CHECKING:  # a build that draws nothing loads no Pillow
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_BAND = 120  # pixels of ink above, with the site's name
_SHADES = 16
_GROUND, _INK = (255, 255, 255), (23, 57, 107)
_FONT, _SIMPLIFIED = "NotoSansCJK-Bold.ttc", 2  # the face of the collection that has our forms
_LINES = 5
_PAYS = 8  # pictures for each process that draws them
_ROOM = WIDTH - 2 * _MARGIN


@dataclass(frozen=True)
class Card:
    """The words of a picture: the site's name above, the title, a line of figures, and what has to
    be said of a report that is no real one."""

    site: str
    title: str
    figures: str = ""
    note: str = ""


def keep_cards(cards: Mapping[str, Card], folder: Path) -> dict[str, Path]:
    """Draw pictures into a cache folder unless they lie there; gives the files by the same names.
    Raises FontsMissing, and OSError where one can't be written."""
    files = {name: folder / f"{name}-{_follows(card)}.png" for name, card in cards.items()}
    new = [name for name, path in files.items() if not path.exists()]
    ahead([partial(_keep, cards[name], files[name]) for name in new], pays=_PAYS)
    for name in new:
        _keep(cards[name], files[name])
    return files


def _keep(card: Card, path: Path) -> None:
    if not path.exists():
        write_whole(path, draw(card))


def _follows(card: Card) -> str:
    return digest(*astuple(card), *_look())


@cache
def _look() -> tuple[str | bytes, ...]:
    """All that a picture follows from besides its words."""
    import PIL

    return Path(__file__).read_bytes(), PIL.__version__, private.own_fingerprint()


def draw(card: Card) -> bytes:
    """The picture as PNG; the same words give the same bytes. Raises FontsMissing."""
    from PIL import Image, ImageDraw

    shades = Image.new("L", (WIDTH, HEIGHT), 0)
    on = ImageDraw.Draw(shades)
    on.rectangle((0, 0, WIDTH, _BAND), fill=255)
    note = _font(40).getlength(f"{card.note}　") if card.note else 0
    site = _fitted(card.site, 40, _ROOM - note)
    on.text((_MARGIN, _BAND / 2), site, fill=0, font=_font(40), anchor="lm")
    _write_title(on, card.title)
    foot = HEIGHT - _MARGIN
    on.text((_MARGIN, foot), _fitted(card.figures, 38), fill=255, font=_font(38), anchor="ls")
    if card.note:
        at = (WIDTH - _MARGIN, _BAND / 2)
        on.text(at, card.note, fill=0, font=_font(40), anchor="rm")
    few = shades.point([round(shade * (_SHADES - 1) / 255) for shade in range(256)])
    few = few.convert("P") if few.mode != "P" else few
    few.putpalette([part for shade in range(_SHADES) for part in _mixed(shade)])
    out = BytesIO()
    few.save(out, "PNG", bits=4, optimize=False)
    return out.getvalue()


def _mixed(shade: int) -> Iterator[int]:
    """The red, green and blue of a shade between ground and ink."""
    for ground, ink in zip(_GROUND, _INK, strict=True):
        yield round(ground + (ink - ground) * shade / (_SHADES - 1))


def _write_title(on: ImageDraw, title: str) -> None:
    """The title in the largest size in which it has room."""
    sizes = (64, 56, 48, 42)
    size = next((s for s in sizes if len(_lines(title, s)) <= _LINES - 2), sizes[-1])
    found = _lines(title, size)
    if len(found) > _LINES:
        found = [*found[: _LINES - 1], f"{found[_LINES - 1][:-1]}…"]
    top = _BAND + _MARGIN
    for number, line in enumerate(found):
        on.text((_MARGIN, top + number * size * 1.4), line, fill=255, font=_font(size), anchor="lt")


def _lines(text: str, size: int) -> list[str]:
    """A text in lines that fit between the margins."""
    found: list[str] = []
    while text:
        line = _cut(text, size)
        found.append(line)
        text = text[len(line) :].lstrip()
    return found


def _fitted(text: str, size: int, room: float = _ROOM) -> str:
    line = _cut(text, size, room)
    return line if line == text else f"{line[:-1]}…"


def _cut(text: str, size: int, room: float = _ROOM) -> str:
    """As much of a text, one sign at the least, as a line has room for, in pixels."""
    font = _font(size)
    wide = bisect_right(range(1, len(text) + 1), room, key=lambda end: font.getlength(text[:end]))
    return text[: max(1, wide)]


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    path = private.fontconfig_file().parent / "files" / _FONT
    layout = ImageFont.Layout.BASIC  # the same on a machine without Raqm
    return ImageFont.truetype(path, size, index=_SIMPLIFIED, layout_engine=layout)
