"""The private fonts as the program sees them: which they are, where they lie, if they are whole.

Knows nothing of how they come there (`fonts.py`); printing needs it at run time.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

MANIFEST = "manifest.txt"
FONT_PACKAGES = {
    "texlive-lang-chinese": (
        "FandolFang-Regular.otf",
        "FandolHei-Bold.otf",
        "FandolHei-Regular.otf",
        "FandolKai-Regular.otf",
        "FandolSong-Bold.otf",
        "FandolSong-Regular.otf",
    ),
    "fonts-noto-cjk": (
        "NotoSansCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSerifCJK-Regular.ttc",
    ),
    # Subscripts, superscripts and fractions; ticks and boxes; Tibetan; Uyghur and Kazakh.
    "fonts-noto-core": (
        "NotoNaskhArabic-Bold.ttf",
        "NotoNaskhArabic-Regular.ttf",
        "NotoSansSymbols-Regular.ttf",
        "NotoSansSymbols2-Regular.ttf",
        "NotoSerif-Bold.ttf",
        "NotoSerif-Regular.ttf",
        "NotoSerifTibetan-Bold.ttf",
        "NotoSerifTibetan-Regular.ttf",
    ),
}

# Only the simplified Chinese faces stay: with the others in play, a character that the first
# font lacks could come out in its Japanese shape. Fandol's bold files call themselves regular.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/files</dir>
  <cachedir>{folder}/cache</cachedir>
{rules}
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Serif CJK SC</string></edit>
  </match>
</fontconfig>
"""
REJECTED_FACE = (
    "  <selectfont><rejectfont><pattern>"
    '<patelt name="family"><string>Noto {style} CJK {region}</string></patelt>'
    "</pattern></rejectfont></selectfont>"
)
BOLD_FACE = (
    '  <match target="scan"><test name="fullname"><string>{name}</string></test>'
    '<edit name="weight" mode="assign"><const>bold</const></edit></match>'
)
GENERIC_FAMILY = (
    "  <alias><family>{generic}</family>"
    "<prefer><family>Noto {style} CJK SC</family></prefer></alias>"
)
GENERIC_FAMILIES = {"serif": "Serif", "sans-serif": "Sans", "monospace": "Sans Mono"}


def fonts_folder(prefix: Path) -> Path:
    """Return where the private fonts of the environment at `prefix` lie."""
    return prefix / "share/evalpress/fonts"


def has_fonts(folder: Path) -> bool:
    """Tell whether `folder` holds every font in its full size and the right fontconfig file."""
    try:
        rules = (folder / "fonts.conf").read_text(encoding="utf-8")
    except OSError:
        return False
    return rules == fonts_conf(folder) and has_font_files(folder)


def has_font_files(folder: Path) -> bool:
    """Tell whether `folder` holds every font in the size (bytes) that its manifest gives."""
    names = {name for names in FONT_PACKAGES.values() for name in names}
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
        sizes = {name: int(size) for _, size, name in map(str.split, lines)}
        return set(sizes) == names and all(
            (folder / "files" / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError):
        return False


def fonts_conf(folder: Path) -> str:
    """Return a fontconfig file that knows no font but those of `folder`."""
    rejected = [
        REJECTED_FACE.format(style=style, region=region)
        for style in GENERIC_FAMILIES.values()
        for region in ("JP", "KR", "TC", "HK")
    ]
    bold = [BOLD_FACE.format(name=name) for name in ("FandolHei Bold", "FandolSong Bold")]
    generic = [
        GENERIC_FAMILY.format(generic=generic, style=style)
        for generic, style in GENERIC_FAMILIES.items()
    ]
    rules = "\n".join([*rejected, *bold, *generic])
    return FONTS_CONF.format(folder=escape(str(folder), quote=False), rules=rules)
