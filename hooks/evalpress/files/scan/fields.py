"""The code of a Word field -> what it shows where Word keeps no result, and whether it can hide a
text: only fields that compute or lead somewhere cannot."""

from __future__ import annotations

import re

from evalpress.files.word_symbols import UNKNOWN, is_symbol_font, symbol
from evalpress.text.numbering import circled

_KNOWN = re.compile(
    r"""\s*(?:=|(?:ADVANCE|AUTHOR|AUTONUM\w*|BARCODE|BIBLIOGRAPHY|CITATION|COMMENTS|CREATEDATE|DATE
    |DISPLAYBARCODE|DOCPROPERTY|EDITTIME|EQ|FILENAME|FILESIZE|FORM\w+|HYPERLINK|INDEX|KEYWORDS
    |LASTSAVEDBY|LISTNUM|MERGE\w+|NOTEREF|NUM\w+|PAGE\w*|PRINTDATE|REF|REVNUM|SAVEDATE|SECTION\w*
    |SEQ|SHAPE|STYLEREF|SUBJECT|SYMBOL|TEMPLATE|TIME|TITLE|TOC|TOA|USER\w+|GREETINGLINE
    |ADDRESSBLOCK)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_RINGED = re.compile(
    r"\\o\s*(?:\\a[clrd]\s*)?\(\s*(?P<first>[^,，()]+?)\s*[,，]\s*(?P<second>[^,，()]+)\)",
    re.IGNORECASE,
)
_GUIDE = re.compile(
    r"\\o\s*\\ad\s*\(\s*\\s\s*\\up[^()]*\([^()]*\)\s*[,，;；](?P<base>[^()]*)\)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"^\s*EQ\s*\\f\s*\((?P<top>[^(),;；\\]+)[,;；](?P<bottom>[^(),;；\\]+)\)\s*$", re.IGNORECASE
)
_BUTTON = re.compile(r"\s*MACROBUTTON\s+\S+\s+(?P<text>\S.*)", re.IGNORECASE | re.DOTALL)
_RINGS = frozenset("○〇◯O")


def is_known_field(code: str) -> bool:
    """True for a field whose code says nothing that its result does not."""
    return bool(_KNOWN.match(code))


def is_counted(code: str) -> bool:
    """True for a number that Word makes anew whenever it shows the document, and never keeps."""
    return bool(_COUNTED.match(code))


_COUNTED = re.compile(r"\s*(?:AUTONUM\w*|LISTNUM)\b", re.IGNORECASE)
_SYMBOL = re.compile(
    r"\s*SYMBOL\s+(?P<code>0x[0-9a-f]{1,4}|\d{1,5})\b.*?\\f\s*\"?(?P<font>[^\"\\]+)",
    re.IGNORECASE,
)


def symbol_of(code: str) -> tuple[str, int] | None:
    """The font and the place in it of the sign that a field SYMBOL shows; None for another."""
    match = _SYMBOL.match(code)
    return (match["font"].strip(), int(match["code"], 0)) if match else None


def is_drawn(code: str) -> bool:
    """True for a formula that Word draws: signs in a row do not say it."""
    known = (_RINGED, _GUIDE, _FRACTION)
    return bool(_DRAWN.match(code)) and not any(pattern.search(code) for pattern in known)


_DRAWN = re.compile(r"\s*EQ\b\s*\S", re.IGNORECASE)


def sign_of(font: str, place: int) -> str:
    """The sign at a place of a font, which may be one of symbols; UNKNOWN where nobody knows it."""
    sign = symbol(font, place)
    if sign == UNKNOWN and not is_symbol_font(font) and 0x20 < place < 0xE000:
        return chr(place)
    return sign


def field_text(code: str) -> str:
    """What a field without result shows: a sign; the characters of `EQ \\\\o` (ringed, or below a
    phonetic guide); "" for any other."""
    if found := symbol_of(code):
        return sign_of(*found)
    if button := _BUTTON.match(code):
        return button["text"].strip()
    if not re.match(r"\s*EQ\b", code, re.IGNORECASE):
        return ""
    if guide := _GUIDE.search(code):
        return guide["base"].strip()
    if ringed := _RINGED.search(code):
        signs = [ringed["first"].strip(), ringed["second"].strip()]
        inner = [sign for sign in signs if sign not in _RINGS]
        if len(inner) == 1 and inner[0].isdigit() and 0 < int(inner[0]) <= 50:
            return circled(int(inner[0]))
        return "".join(inner)
    if parts := _FRACTION.search(code):
        return f"{parts['top'].strip()}/{parts['bottom'].strip()}"
    bare = re.sub(r"\\\w+(?:\s*\d+)?|^\s*EQ\b", " ", code, flags=re.IGNORECASE)
    return "".join(re.findall(r"[^\s\\(),;；*\"]+", bare))
