"""What no page could show is refused before anything is built, with file and line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from evalpress.checks import Context, check
from evalpress.findings import Finding
from evalpress.load import load
from evalpress.typefaces import Typefaces
from samples import REPORT, data_folder

FOLDER = "data/attachments/education/2025"


def found(root: Path, text: str, files: dict[str, bytes] | None = None) -> list[Finding]:
    """What the rules of printing find in a report with this text."""
    named = {f"{FOLDER}/{name}": content for name, content in (files or {}).items()}
    data = data_folder(root, {REPORT: text, **named})
    findings = check(Context(load(data), data, fonts=Typefaces()))
    ours = ("missing_glyph", "vertical_script", "fonts_missing", "picture_")
    return [finding for finding in findings if finding.rule.startswith(ours)]


def spots(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(f.rule, f.where.line, f.where.column) for f in findings]


def test_signs_without_a_glyph_are_refused_at_their_line(tmp_path: Path) -> None:
    text = "state: draft\nbody:\n  overview: |\n    甲。\n    乙😀，丙✅。\n  other: 丁\ue123\n"
    findings = found(tmp_path, text)
    assert spots(findings) == [("missing_glyph", 5, 6), ("missing_glyph", 6, 11)]
    assert "“😀”（U+1F600）、“✅”（U+2705）" in findings[0].what
    assert "表情" in findings[0].fix
    assert "Word 符号字体" in findings[1].fix


def test_a_sign_written_as_an_escape_is_told_where_its_text_begins(tmp_path: Path) -> None:
    findings = found(tmp_path, 'state: draft\nbody:\n  other: "\\U0001F600"\n')
    assert spots(findings) == [("missing_glyph", 3, 3)]


def test_ordinary_signs_of_reports_pass(tmp_path: Path) -> None:
    text = "state: draft\nbody: {other: 减排CO₂，PM₂.₅；☑是 ☐否 ✔ བོད ئۇيغۇر 𠮷}\n"
    assert not found(tmp_path, text)


def test_mongolian_is_refused_with_the_reason(tmp_path: Path) -> None:
    findings = found(tmp_path, "state: draft\nbody: {other: ᠮᠣᠩᠭᠣᠯ}\n")
    assert spots(findings) == [("vertical_script", 2, 15)]
    assert "竖排" in findings[0].what


def test_names_of_registers_are_looked_at_too(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {REPORT: "state: draft\n"})
    file = data / "outlines.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines) if "heading: " in text)
    lines[line] = lines[line].replace("heading: ", "heading: 😀", 1)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    findings = check(Context(load(data), data, fonts=Typefaces()))
    ours = [f for f in findings if f.rule == "missing_glyph_in_register"]
    assert [(f.where.file, f.where.line) for f in ours] == [("data/outlines.yml", line + 1)]


def test_where_nothing_is_printed_no_glyph_is_missed(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {REPORT: "state: draft\nbody: {other: 😀}\n"})
    assert not [f for f in check(Context(load(data), data)) if f.rule == "missing_glyph"]


def test_without_fonts_it_is_said_that_nobody_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Typefaces, "fingerprint", "")
    assert [f.rule for f in found(tmp_path, "state: draft\n")] == ["fonts_missing"]


# --- pictures -----------------------------------------------------------------------------------


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    content = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(content, kind)
    return content.getvalue()


SHOWN = {"a.png": "PNG", "b.JPG": "JPEG", "c.jpeg": "JPEG", "d.gif": "GIF", "e.webp": "WEBP"}
JPEG, PNG = picture("JPEG", (200, 200)), picture("PNG", (200, 200))
REFUSED = {
    "half.jpg": (JPEG[: len(JPEG) // 2], "picture_damaged"),
    "half.png": (PNG[: len(PNG) // 2], "picture_damaged"),
    "head.jpg": (JPEG[:10], "picture_damaged"),
    "cut.jpg": (JPEG[:-20], "picture_damaged"),
    "cut.png": (PNG[:-10], "picture_damaged"),
    "scan.tif": (picture("TIFF"), "picture_format"),
    "scan.jpg": (picture("TIFF"), "picture_format"),
    "bitmap.bmp": (picture("BMP"), "picture_format"),
    "图.pdf": (b"%PDF-1.4\n", "picture_format"),
    "图.png": (b"%PDF-1.4\n", "picture_format"),
    "empty.png": (b"", "picture_format"),
    "noending": (PNG, "picture_format"),
}


def with_picture(name: str) -> str:
    return f"state: draft\nbody:\n  other:\n    - picture: {name}\n      alt: 甲图\n"


@pytest.mark.parametrize("name", SHOWN)
def test_pictures_that_all_can_show_pass(tmp_path: Path, name: str) -> None:
    assert not found(tmp_path, with_picture(name), {name: picture(SHOWN[name])})


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_refused(tmp_path: Path, name: str) -> None:
    content, rule = REFUSED[name]
    assert spots(found(tmp_path, with_picture(name), {name: content})) == [(rule, 4, 7)]


def test_a_picture_with_too_many_pixels_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    findings = found(tmp_path, with_picture("big.png"), {"big.png": PNG})
    assert spots(findings) == [("picture_too_large", 4, 7)]
