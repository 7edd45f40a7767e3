"""Which signs the fonts have: those that reports need, and those that a text lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from evalpress.typefaces import Typefaces, private
from evalpress.typefaces.glyphs import vertical

NEEDED = {
    "subscripts": "CO₂、PM₂.₅、H₂O、x₀₁₂₃₄₅₆₇₈₉",
    "superscripts": "m³、10⁻⁶、⁰¹²³⁴⁵⁶⁷⁸⁹",
    "boxes": "☑☐☒✔✓✗✘□■●○◆★☆",
    "fractions": "½⅓⅔¼¾‰‱℃㎡",
    "numbers": "①⑳㉑㊿⓪❶Ⅰⅻ⑴㈠",
    "Tibetan": "བོད་ཡིག་ཀྱི་སྐད།",
    "Uyghur": "شىنجاڭ ئۇيغۇر ئاپتونوم رايونى، ھۆكۈمەت؟",
    "Kazakh": "قازاق ەلى",
    "Yi": "ꆈꌠꉙ",
    "rare characters": "洨堃𠮷䶮㛃",
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_signs_that_reports_need_are_there(text: str) -> None:
    assert Typefaces().lacking(text) == ""


def test_what_no_font_has_is_named_once_in_the_order_of_the_text() -> None:
    assert Typefaces().lacking("好😀✅😀กก\ue000") == "😀✅ก\ue000"


def test_signs_without_a_form_need_no_glyph() -> None:
    assert Typefaces().lacking("☑\ufe0f甲\u200d乙\t丙\n丁\u180b") == ""


def test_vertical_scripts_are_known() -> None:
    assert vertical("甲ᠮᠣᠩᠮ乙") == "ᠮᠣᠩ"
    assert not vertical("བོད ئۇ 甲")


def test_a_folder_of_official_fonts_adds_its_signs(tmp_path: Path) -> None:
    kai = private.own_folder() / "files" / "FandolKai-Regular.otf"
    with TTFont(kai, recalcBBoxes=False) as face:
        for table in face["cmap"].tables:
            if table.isUnicode() and table.format in (4, 12):
                table.cmap[0xE000] = table.cmap[ord("甲")]
        face.save(tmp_path / "own.otf")
    (tmp_path / "readme.txt").write_text("no font", encoding="utf-8")
    with_official = Typefaces(tmp_path)
    assert with_official.lacking("\ue000😀") == "😀"
    assert with_official.fingerprint != Typefaces().fingerprint


def test_without_fonts_there_is_no_fingerprint(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(private, "own_folder", lambda: tmp_path)
    private.own_fingerprint.cache_clear()
    assert Typefaces().fingerprint == ""
    private.own_fingerprint.cache_clear()
