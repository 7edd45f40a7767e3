"""evalpress.pdf.inlined: whatever a picture is made of, the PDF stays one for the archive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from page import validate_pdf
from PIL import Image

from evalpress import pdf
from evalpress.pdf.finish import finish
from evalpress.pdf.inlined import data_address
from evalpress.pdf.layout import lay_out
from print_jobs import JOB

TURNED = 0x0112  # Exif: which way up


def draw(path: Path, mode: str) -> Path:
    picture = Image.radial_gradient("L").resize((60, 40)).convert(mode)
    exif = Image.Exif()
    if path.stem == "turned":
        exif[TURNED] = 6
    picture.save(path, exif=exif)
    return path


PICTURES = {
    "photo.jpg": "RGB", "scan.png": "1", "grey.jpg": "L", "inks.jpg": "CMYK", "alpha.png": "RGBA",
    "palette.png": "P", "grey-alpha.png": "LA", "turned.jpg": "RGB",
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    files = {name: draw(folder / name, mode) for name, mode in PICTURES.items()}
    shown = "\n\n".join(f'<p><img src="{name}" alt="图"></p>' for name in files)
    pictures = tuple((name, str(path)) for name, path in files.items())
    job = replace(JOB, markdown=f"# 标题\n\n{shown}", pictures=pictures)
    path = folder / "all.pdf"
    path.write_bytes(finish(lay_out(pdf.document_html(job))))
    return path


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_report_with_every_kind_of_picture_conforms(printed: Path, profile: str) -> None:
    assert not [found.message for found in validate_pdf(printed, profile=profile).failures]


def test_no_picture_is_smoothed_or_made_of_inks(printed: Path) -> None:
    with pikepdf.open(printed) as document:
        images = [
            found for found in document.objects
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"
        ]  # fmt: skip
        assert len(images) >= len(PICTURES)
        assert not any(image.get("/Interpolate", False) for image in images)
        assert "/DeviceCMYK" not in {str(image.get("/ColorSpace")) for image in images}


def test_a_picture_that_needs_no_change_keeps_its_bytes(tmp_path: Path) -> None:
    import base64

    path = draw(tmp_path / "photo.jpg", "RGB")
    inside = data_address(path).partition("base64,")[2]
    assert base64.b64decode(inside) == path.read_bytes()
