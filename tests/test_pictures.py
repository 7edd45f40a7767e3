"""Every kind of page looks as it did: small pictures of their first screens, which `make golden`
takes anew. They are compared by what they show, not by their bytes: digits and dates may change,
and letters may be drawn a little otherwise by another browser; a part that moves does not pass."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from golden_files import REFRESH, ROOT
from sampling import sample
from test_browser import KINDS
from visits import Visit

FOLDER = ROOT / "tests" / "golden" / "pictures"
SIZES = {390: (844, 3), 1440: (900, 6)}  # width: height, and how much smaller the picture is
SEEN = 24  # of 255 levels of grey
MOST = 0.05  # of all dots
HEAVIEST = 1_500_000  # bytes of all pictures
CASES = [(kind, width) for kind in KINDS for width in SIZES]


def path_of(kind: str, width: int) -> Path:
    return FOLDER / f"{kind.replace(' ', '-')}-{width}.png"


def small(png: bytes, times: int) -> Image.Image:
    whole = Image.open(io.BytesIO(png)).convert("L")
    return whole.reduce(times).quantize(32)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that a reader would see to be lighter or darker, letters being blurred."""
    blur = ImageFilter.GaussianBlur(2)
    both = [picture.convert("L").filter(blur) for picture in (one, other)]
    seen = ImageChops.difference(*both).point(lambda level: 255 * (level > SEEN))
    return seen.histogram()[255] / (seen.width * seen.height)


@pytest.mark.golden
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "width"), CASES if os.environ.get(REFRESH) else sample(CASES, 3))
def test_a_page_looks_as_it_did(
    visit: Callable[..., Visit], tmp_path: Path, kind: str, width: int
) -> None:
    height, times = SIZES[width]
    one = visit(viewport={"width": width, "height": height}, color_scheme="light")
    one.open(KINDS[kind])
    one.page.wait_for_load_state("networkidle")
    found = small(one.page.screenshot(animations="disabled"), times)
    path = path_of(kind, width)
    if os.environ.get(REFRESH):
        path.parent.mkdir(parents=True, exist_ok=True)
        found.save(path, optimize=True)
    with Image.open(path) as expected:
        assert found.size == expected.size
        share = differing(found, expected)
    if share > MOST:
        found.save(tmp_path / path.name)
    assert share <= MOST, (
        f"{share:.1%} of {path.name} differs, see {tmp_path}; if meant: make golden"
    )


def test_there_is_a_picture_of_every_kind_and_all_are_small() -> None:
    pictures = set(FOLDER.glob("*.png"))
    assert pictures == {path_of(*case) for case in CASES}
    assert sum(path.stat().st_size for path in pictures) <= HEAVIEST


def test_a_part_that_moves_is_seen_and_a_changed_figure_is_not() -> None:
    page = Image.new("L", (240, 150), 255)
    page.paste(60, (20, 10, 220, 30))
    figure, moved = page.copy(), Image.new("L", (240, 150), 255)
    figure.paste(60, (30, 60, 50, 66))
    moved.paste(60, (20, 34, 220, 54))
    assert differing(page, figure) <= MOST < differing(page, moved)
