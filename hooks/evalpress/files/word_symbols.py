"""Signs of the symbol fonts that Word uses (Wingdings, Symbol, Webdings) -> the Unicode signs that
look the same. A document holds only the place in such a font, F052 or R; without this table a tick
is lost or becomes a letter."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "◆",
    0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④",
    0x85: "⑤", 0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x8C: "❶", 0x8D: "❷",
    0x8E: "❸", 0x8F: "❹", 0x90: "❺", 0x91: "❻", 0x92: "❼", 0x93: "❽", 0x94: "❾", 0x95: "❿",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "☐",
    0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✘", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●",
    0x98: "●", 0x99: "○", 0x9A: "○", 0x9E: "◉", 0xA0: "■", 0xA1: "■", 0xA2: "■", 0xA3: "☐",
    0xA4: "☐", 0xA5: "☐", 0xAE: "◆", 0xAF: "◇",
    **{0x69 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x75: "❶", 0x76: "❷", 0x77: "❸", 0x78: "❹", 0x79: "❺"},
}  # fmt: skip
_WINGDINGS_3 = {0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x74: "◀", 0x75: "▶", 0x7D: "▶"}
_WEBDINGS = {0x34: "▶", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x3D: "•"}
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {
    **{code: chr(code) for code in range(0x20, 0x40) if chr(code) in " !#%&()+,./0123456789:;<=>?"},
    **{0x41 + number: sign for number, sign in enumerate(_GREEK[0])},
    **{0x61 + number: sign for number, sign in enumerate(_GREEK[1])},
    0x2D: "−", 0x5B: "[", 0x5D: "]", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑",
    0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xD0: "∠", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒",
    0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS, "symbol": _SYMBOL,
}  # fmt: skip
UNKNOWN = "\ufffd"


def is_symbol_font(font: str) -> bool:
    """True for a font whose signs are no letters."""
    return font.strip().lower() in _FONTS


def symbol(font: str, code: int) -> str:
    """The sign at a place of a symbol font (52, F052); UNKNOWN where the table has none."""
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return _FONTS.get(font.strip().lower(), {}).get(place, UNKNOWN)


def in_font(text: str, font: str) -> str:
    """A text that is set in a symbol font, as readers see it; any other text stays."""
    if not is_symbol_font(font):
        return text
    return "".join(sign if sign.isspace() else symbol(font, ord(sign)) for sign in text)
