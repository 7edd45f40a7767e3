"""The numbering and the styles of a DOCX -> the numbers that Word writes before paragraphs.

A document holds only `w:numPr`, directly or by style; 一、 and （一） are counted anew when it is
opened, so they are missing from its text. python-docx reads neither. Paragraphs must be told in the
order of the document, since each number follows from those before. Source: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from evalpress.files.numerals import FORMAL, PLAIN, counted, spelled
from evalpress.files.word_symbols import UNKNOWN, in_font
from evalpress.text.numbering import circled

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAX_LEVELS = 9
BULLET = "•"


@dataclass
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    font: str = ""
    restart: int | None = None
    all_decimal: bool = False
    style: str = ""


@dataclass
class _List:
    """A `w:num`: the definition that it counts by, and what it overrides."""

    definition: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


@dataclass
class _Style:
    """What a paragraph style says about numbers."""

    based_on: str = ""
    number: str | None = None
    level: int | None = None


class Numbering:
    """Counts the numbered paragraphs of one document. `unknown` gathers number formats that this
    program cannot write; their paragraphs have decimal numbers."""

    def __init__(self, numbering: bytes = b"", styles: bytes = b"") -> None:
        """From the parts `word/numbering.xml` and `word/styles.xml`; b"" where there is none.
        Raises xml.etree.ElementTree.ParseError for what is no XML."""
        self.unknown: set[str] = set()
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._linked: dict[str, str] = {}
        self._styles: dict[str, _Style] = {}
        self._default_style = ""
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if styles:
            self._read_styles(_parsed(styles))
        if numbering:
            self._read_numbering(_parsed(numbering))

    @classmethod
    def of(cls, document: Document) -> Numbering:
        """The numbering of a document that python-docx opened."""
        parts = {rel.reltype: rel.target_part for rel in document.part.rels.values()
                 if not rel.is_external}  # fmt: skip
        numbering = parts.get(RELATIONSHIP_TYPE.NUMBERING)
        styles = parts.get(RELATIONSHIP_TYPE.STYLES)
        return cls(numbering.blob if numbering else b"", styles.blob if styles else b"")

    def number_of(self, paragraph: Any) -> str:
        """The number of a `w:p` element (python-docx: `paragraph._p`) with what separates it from
        the text, and one more counted; "" for a paragraph without number."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return self.number()
        style = _value(properties, "pStyle")
        own = properties.find(f"{_W}numPr")
        if own is None:
            return self.number(style)
        return self.number(style, _value(own, "numId"), _value(own, "ilvl"))

    def number(self, style: str = "", list_id: str = "", level: str = "") -> str:
        """The same from a paragraph's style, `w:numId` and `w:ilvl`, each "" where it has none."""
        found, at = self._resolved(style, list_id, level)
        one = self._lists.get(found)
        if one is None or not 0 <= at < MAX_LEVELS:
            return ""
        levels = {**self._definitions.get(one.definition, {}), **one.levels}
        if at not in levels:
            return ""
        counts = self._count(found, one, levels, at)
        return _separated(self._written(levels, counts, at))

    def _resolved(self, style: str, list_id: str, level: str) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        at = int(level) if level.isdecimal() else None
        if list_id:
            return list_id, at or 0
        styles = list(self._styles_from(style or self._default_style))
        found = next((own.number for _, own in styles if own.number is not None), "")
        said = next((own.level for _, own in styles if own.level is not None), None)
        chosen = at if at is not None else self._level_of(found, styles, said)
        return found, chosen or 0

    def _styles_from(self, name: str) -> Iterator[tuple[str, _Style]]:
        """A style and those that it is based on, as far as the first that names a list."""
        for _ in range(20):
            if name not in self._styles:
                return
            own = self._styles[name]
            yield name, own
            if own.number is not None:
                return
            name = own.based_on

    def _level_of(
        self, list_id: str, styles: list[tuple[str, _Style]], level: int | None
    ) -> int | None:
        """The level that names one of the styles, the nearest first, else the one they name."""
        one = self._lists.get(list_id)
        levels = self._definitions.get(one.definition, {}) if one else {}
        named = {own.style: at for at, own in levels.items() if own.style}
        return next((named[name] for name, _ in styles if name in named), level)

    def _count(
        self, list_id: str, one: _List, levels: dict[int, _Level], at: int
    ) -> dict[int, int]:
        counts = self._counts.setdefault(one.definition, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for overridden in one.starts:
                counts.pop(overridden, None)
        start = one.starts.get(at, levels[at].start)
        counts[at] = counts[at] + 1 if at in counts else start
        for deeper in range(at + 1, MAX_LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < restart:
                counts.pop(deeper, None)
        return {
            level: counts.get(level, one.starts.get(level, levels[level].start)) for level in levels
        }

    def _written(self, levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
        own = levels[at]
        if own.form == "bullet":
            sign = in_font(own.text, own.font)
            return BULLET if any(c == UNKNOWN or "\ue000" <= c <= "\uf8ff" for c in sign) else sign
        if own.form == "none":
            return re.sub(r"%[1-9]", "", own.text)

        def counted_level(match: re.Match[str]) -> str:
            number = int(match[1]) - 1
            if number not in levels:
                return ""
            form = "decimal" if own.all_decimal else levels[number].form
            return self._formatted(counts[number], form)

        return re.sub(r"%([1-9])", counted_level, own.text)

    def _formatted(self, value: int, form: str) -> str:
        if form.isdecimal():
            return f"{value:0{len(form)}d}"
        if form not in FORMS:
            self.unknown.add(form)
            return str(value)
        return FORMS[form](value)

    def _read_styles(self, root: Any) -> None:
        for element in root.iter(f"{_W}style"):
            name, kind = element.get(f"{_W}styleId", ""), element.get(f"{_W}type", "paragraph")
            own = element.find(f"{_W}pPr/{_W}numPr")
            style = _Style(_value(element, "basedOn"))
            if own is not None:
                style.number = _value(own, "numId") or None
                level = _value(own, "ilvl")
                style.level = int(level) if level.isdecimal() else None
            self._styles[name] = style
            if kind == "paragraph" and element.get(f"{_W}default") in ("1", "true", "on"):
                self._default_style = name

    def _read_numbering(self, root: Any) -> None:
        for element in root.findall(f"{_W}abstractNum"):
            name = element.get(f"{_W}abstractNumId", "")
            self._definitions[name] = _levels(element)
            if linked := _value(element, "numStyleLink"):
                self._linked[name] = linked
        for element in root.findall(f"{_W}num"):
            self._lists[element.get(f"{_W}numId", "")] = _list(element)
        for one in self._lists.values():
            one.definition = self._followed(one.definition)

    def _followed(self, definition: str) -> str:
        """The definition behind a link to a list style."""
        style = self._styles.get(self._linked.get(definition, ""))
        target = self._lists.get(style.number or "") if style else None
        return target.definition if target else definition


def _parsed(content: bytes) -> Any:
    """The root of a part, in the names of the transitional format."""
    return ElementTree.fromstring(content.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return (found.get(f"{_W}val") or "") if found is not None else ""


def _levels(element: Any) -> dict[int, _Level]:
    return {int(own.get(f"{_W}ilvl", "0")): _level(own) for own in element.findall(f"{_W}lvl")}


def _level(element: Any) -> _Level:
    start, restart = _value(element, "start"), _value(element, "lvlRestart")
    fonts = element.find(f"{_W}rPr/{_W}rFonts")
    legal = element.find(f"{_W}isLgl")
    return _Level(
        start=int(start) if start.isdecimal() else 0 if start == "" else 1,
        form=_form(element),
        text=_value(element, "lvlText"),
        font=fonts.get(f"{_W}ascii", "") if fonts is not None else "",
        restart=int(restart) if restart.isdecimal() else None,
        all_decimal=legal is not None and legal.get(f"{_W}val") not in ("0", "false", "off"),
        style=_value(element, "pStyle"),
    )


def _form(level: Any) -> str:
    """The number format of a level; of one that Word spells out (001, 002, 003, ...) the first
    number, which says how many digits there are."""
    forms = list(level.iter(f"{_W}numFmt"))
    spelt = (form.get(f"{_W}format") or "" for form in forms)
    samples = (text.partition(",")[0].strip() for text in spelt)
    padded = next((sample for sample in samples if re.fullmatch(r"0{1,9}1", sample)), "")
    kinds = (form.get(f"{_W}val") or "" for form in forms)
    return padded or next((kind for kind in kinds if kind != "custom"), "decimal")


def _list(element: Any) -> _List:
    one = _List(_value(element, "abstractNumId"))
    for override in element.findall(f"{_W}lvlOverride"):
        at = int(override.get(f"{_W}ilvl", "0"))
        start, own = _value(override, "startOverride"), override.find(f"{_W}lvl")
        if start.isdecimal():
            one.starts[at] = int(start)
        if own is not None:
            one.levels[at] = _level(own)
    return one


def _separated(number: str) -> str:
    """A number that ends in a letter or digit needs a blank before the text: 1.1 概况, but 一、."""
    return f"{number} " if number and (number[-1].isalnum() or number == BULLET) else number


# --- number formats: ECMA-376 part 1, 17.18.59 --------------------------------------------------

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_TRADITIONAL = str.maketrans("贰叁陆万亿", "貳參陸萬億")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _roman(value: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        written += sign * min(value // worth, 20)
        value %= worth
    return written


def _letter(value: int) -> str:
    """A, B … Z, AA, BB: Word repeats the letter."""
    return chr(65 + (value - 1) % 26) * min((value - 1) // 26 + 1, 20) if value > 0 else ""


def _ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 4th; 11th to 13th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if 10 < value % 100 < 14 else ending}"


def _from(signs: str, beyond: Callable[[int], str] = str) -> Callable[[int], str]:
    """The signs in turn from 1; numbers beyond them another way."""
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else beyond(value)


def _plain(value: int) -> str:
    return counted(value, PLAIN)


def _signs(first: int, count: int) -> str:
    """So many Unicode signs in a row."""
    return "".join(map(chr, range(first, first + count)))


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(_WIDE),
    "decimalFullWidth2": lambda value: str(value).translate(_WIDE),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _from(_signs(0x2474, 20), lambda value: f"({value})"),
    "decimalEnclosedFullstop": _from(_signs(0x2488, 20), lambda value: f"{value}."),
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
    "none": lambda value: "",
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "chineseCounting": _plain,
    "chineseCountingThousand": _plain,
    "taiwaneseCounting": _plain,
    "taiwaneseCountingThousand": _plain,
    "japaneseCounting": _plain,
    "chineseLegalSimplified": lambda value: counted(value, FORMAL),
    "ideographLegalTraditional": lambda value: counted(value, FORMAL).translate(_TRADITIONAL),
    "ideographDigital": lambda value: spelled(str(value), PLAIN),
    "japaneseDigitalTenThousand": lambda value: spelled(str(value), PLAIN),
    "taiwaneseDigital": lambda value: spelled(str(value), PLAIN),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "ideographEnclosedCircle": _from(_signs(0x3280, 10)),
}
