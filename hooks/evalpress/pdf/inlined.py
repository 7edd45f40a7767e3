"""5 print: a picture file -> the address (`data:`) under which it stands in the document.

Screens and the colour space that a PDF for the archive names are RGB: a picture for a printing
press (CMYK) is converted, by its own profile where it brings one.
"""

from __future__ import annotations

import base64
import mimetypes
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 92  # of 100; what a reader can't tell from the picture itself


def data_address(path: Path) -> str:
    """A picture as a `data:` address. Raises OSError for one that cannot be read."""
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind == "image/jpeg" and (shown := _in_rgb(content)):
        content = shown
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _in_rgb(content: bytes) -> bytes | None:
    """A JPEG of four inks as one of red, green and blue; None where it needs no change, or where
    printing itself will say that it is damaged."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.mode != "CMYK":
                return None
            converted, made = _converted(picture), BytesIO()
            converted.save(made, "JPEG", quality=_QUALITY, exif=picture.getexif())
            return made.getvalue()
    except (OSError, SyntaxError):
        return None


def _converted(picture: Image.Image) -> Image.Image:
    from PIL import Image, ImageCms

    if profile := picture.info.get("icc_profile"):
        try:
            own, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
            return cast(Image.Image, found)
        except ImageCms.PyCMSError:
            pass  # a profile that is none says nothing
    return picture.convert("RGB")
