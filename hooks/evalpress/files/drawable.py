"""A picture file -> whether every browser and the printer can draw it, and if not, why."""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path

# What browsers and the printer draw, by the ending of the name.
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
# Whatever Pillow raises for content that it cannot make sense of.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError)


def fault(path: Path) -> str:
    """Why a picture cannot be drawn: `format` for a file that is no PNG, JPEG, GIF or WebP by its
    name or its content, `damaged` for one that breaks off or cannot be decoded, `too_large` for one
    with more pixels than the printer takes; nothing for a picture. Raises OSError for a file that
    is not there."""
    if path.suffix.lower() not in FORMATS:
        return "format"
    status = path.stat()
    return _fault(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4096)
def _fault(path: Path, changed: int, size: int) -> str:
    """Draw a picture once for each state of its file."""
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=sorted(set(FORMATS.values()))) as picture:
                picture.load()
                return "" if _is_whole(path, picture.format) else "damaged"
        except Image.DecompressionBombError:
            return "too_large"
        except UnidentifiedImageError:
            return "damaged" if _begins_like_one(path) else "format"
        except _BROKEN:
            return "damaged"


# Behind the picture's own data these formats have an end, which decoders do without.
_STARTS = {"JPEG": b"\xff\xda", "PNG": b"IDAT"}
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}


def _is_whole(path: Path, kind: str | None) -> bool:
    """Whether a picture has its end; a copy that broke off shows a grey band instead."""
    if kind not in _ENDS:
        return True
    content = path.read_bytes()
    return content.rfind(_ENDS[kind]) > content.rfind(_STARTS[kind])


def _begins_like_one(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(12)
    return start.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8")) or start[8:] == b"WEBP"
