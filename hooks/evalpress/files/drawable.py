"""A picture file -> whether every browser and the printer can draw it, and if not, why."""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=sorted(set(FORMATS.values()))) as picture:
                picture.load()
        except Image.DecompressionBombError:
            return "too_large"
        except UnidentifiedImageError:
            return "damaged" if _begins_like_one(path) else "format"
        except _BROKEN:
            return "damaged"
    return ""


def _begins_like_one(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(12)
    return start.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8")) or start[8:] == b"WEBP"
