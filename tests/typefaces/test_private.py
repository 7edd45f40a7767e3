"""The private fonts: there, whole, under the names that the print styles use, with no gaps."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont
from pypdf import PdfReader

from evalpress import pdf
from evalpress.setup import fonts as setup_fonts
from evalpress.setup import fontset
from evalpress.typefaces import private
from waiting import CEILING

# Family names as fontconfig reports them and CSS takes them. Fandol lacks characters that names
# need (洨, 堃) and some signs (㎡, ⑪), so a Noto family has to follow it in every font list.
FONT_FAMILIES = {
    "fangsong": "FandolFang",  # regular only
    "song": "FandolSong",
    "hei": "FandolHei",
    "kai": "FandolKai",  # regular only
    "serif": "Noto Serif CJK SC",
    "sans": "Noto Sans CJK SC",
    "mono": "Noto Sans Mono CJK SC",
}
FALLBACK_CHARACTERS = "洨泜㎡⑪⑳堃"


@pytest.fixture(scope="module")
def characters() -> dict[str, set[int]]:
    """The characters of each simplified Chinese family, from its regular file."""
    found: dict[str, set[int]] = {}
    for path in private.font_files():
        if "Bold" not in path.name:
            found |= characters_of(path)
    return found


def characters_of(path: Path) -> dict[str, set[int]]:
    if path.suffix != ".ttc":
        with TTFont(path, lazy=True) as face:
            return {family(face): set(face.getBestCmap())}
    with TTCollection(path, lazy=True) as collection:
        chinese = (face for face in collection if family(face).endswith(" SC"))
        return {family(face): set(face.getBestCmap()) for face in chinese}


def family(face: TTFont) -> str:
    names = face["name"]
    return names.getDebugName(16) or names.getDebugName(1)


def test_every_font_of_the_packages_is_installed() -> None:
    wanted = {name for names in fontset.FONT_PACKAGES.values() for name in names}
    assert {path.name for path in private.font_files()} == wanted


def test_each_package_left_its_copyright() -> None:
    licences = private.own_folder() / "licences"
    for package in fontset.FONT_PACKAGES:
        assert (licences / package).stat().st_size > 0


def test_family_names_are_those_of_the_files(characters: dict[str, set[int]]) -> None:
    assert set(FONT_FAMILIES.values()) <= set(characters)


def test_fandol_needs_the_fallback_and_noto_closes_every_gap(
    characters: dict[str, set[int]],
) -> None:
    wanted = set(map(ord, FALLBACK_CHARACTERS))
    assert not wanted & characters[FONT_FAMILIES["fangsong"]]
    for key in ("serif", "sans", "mono"):
        assert wanted <= characters[FONT_FAMILIES[key]]


@pytest.mark.parametrize("name", FONT_FAMILIES)
def test_every_family_has_the_characters_of_gb2312(
    characters: dict[str, set[int]], name: str
) -> None:
    hanzi = {ord(text) for text in gb2312_hanzi()}
    assert hanzi <= characters[FONT_FAMILIES[name]]


def gb2312_hanzi() -> list[str]:
    codes = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [text for code in codes if (text := code.decode("gb2312", "ignore"))]


# What CSS asks for, and the fonts that a PDF must then hold.
ASKED_AND_EMBEDDED = {
    "font-family: FandolFang": "FandolFang",
    "font-family: FandolHei; font-weight: bold": "FandolHei-Bold",
    "font-family: FandolSong; font-weight: bold": "FandolSong-Bold",
    "font-family: 仿宋_GB2312": "Noto-Serif-CJK-SC",
    "font-family: Noto Serif CJK JP": "Noto-Serif-CJK-SC",
    "font-family: sans-serif": "Noto-Sans-CJK-SC",
    "font-family: monospace; font-weight: bold": "Noto-Sans-Mono-CJK-SC-Bold",
}
PRINTING = """
import sys, weasyprint
for number, style in enumerate(sys.argv[2:]):
    page = weasyprint.HTML(string=f'<p lang="zh" style="{style}">绩效自评</p>')
    page.write_pdf(f"{sys.argv[1]}/{number}.pdf")
"""


def test_pdfs_take_the_private_fonts_and_no_others(tmp_path: Path) -> None:
    environ = {**os.environ, "FONTCONFIG_FILE": str(private.fontconfig_file())}
    command = [sys.executable, "-c", PRINTING, tmp_path, *ASKED_AND_EMBEDDED]
    subprocess.run(command, env=environ, check=True, timeout=CEILING)
    for number, (style, name) in enumerate(ASKED_AND_EMBEDDED.items()):
        assert embedded_fonts(tmp_path / f"{number}.pdf") == {name}, style


def embedded_fonts(pdf: Path) -> set[str]:
    with PdfReader(pdf) as reader:
        found = reader.pages[0]["/Resources"]["/Font"].values()
        return {font.get_object()["/BaseFont"].split("+")[1] for font in found}


def test_fingerprint_changes_with_the_fonts(tmp_path: Path) -> None:
    for name, manifest in (("a", "1 2 x\n"), ("b", "1 3 x\n"), ("c", "1 2 x\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "fonts.conf").touch()
        (tmp_path / name / fontset.MANIFEST).write_text(manifest)
    assert private.own_fingerprint(tmp_path / "a") != private.own_fingerprint(tmp_path / "b")
    assert private.own_fingerprint(tmp_path / "a") == private.own_fingerprint(tmp_path / "c")


def test_manifest_tells_the_truth() -> None:
    written = (private.own_folder() / fontset.MANIFEST).read_text()
    assert setup_fonts.manifest(private.own_folder() / "files") == written


def test_missing_fonts_tell_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(private.FontsMissing, match="evalpress setup"):
        private.fontconfig_file(tmp_path)


def test_folder_belongs_to_this_environment() -> None:
    assert private.own_folder().is_relative_to(sys.prefix)


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A folder with a font that calls itself by an official name; in truth it is our 楷体."""
    folder = tmp_path / "official"
    folder.mkdir()
    kai = private.own_folder() / "files" / "FandolKai-Regular.otf"
    with TTFont(kai, recalcBBoxes=False) as face:
        for number, name in {1: "仿宋_GB2312", 4: "仿宋_GB2312", 6: "TestOfficial"}.items():
            face["name"].setName(name, number, 3, 1, 0x409)
        face["name"].names = [n for n in face["name"].names if n.nameID in (1, 4, 6)]
        face["CFF "].cff.fontNames = ["TestOfficial"]
        face.save(folder / "official.otf")
    return folder


def embedded(path: Path) -> set[str]:
    with PdfReader(path) as reader:
        found = [page["/Resources"]["/Font"] for page in reader.pages]
        return {str(font["/BaseFont"]) for named in found for font in named.values()}


def test_official_fonts_come_first_only_where_the_setting_names_them(
    tmp_path: Path, official: Path
) -> None:
    job = pdf.PrintJob(name="a", title="甲", markdown="# 甲\n\n正文")
    with pdf.Press(tmp_path / "own", 1) as press:
        own = press.print([job])["a"]
    set_in = replace(job, official_fonts=private.official_fingerprint(official))
    with pdf.Press(tmp_path / "with", 1, official_fonts=official) as press:
        with_official = press.print([set_in])["a"]
    assert not any("仿宋" in name for name in embedded(own)), embedded(own)
    assert any("仿宋" in name for name in embedded(with_official)), embedded(with_official)
    assert own.name != with_official.name


def test_other_official_fonts_print_anew(official: Path) -> None:
    before = private.official_fingerprint(official)
    assert private.official_fingerprint(official) == before
    (official / "more.ttf").write_bytes(b"more")
    assert private.official_fingerprint(official) != before
