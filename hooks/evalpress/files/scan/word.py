"""A DOCX -> its lines as Word shows them, comments, revisions and hidden text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, ParseError

from evalpress.files.scan.fields import (
    field_text,
    is_counted,
    is_known_field,
    sign_of,
    symbol_of,
)
from evalpress.files.scan.found import DISK_PATH, Gathered
from evalpress.files.scan.looks import (
    UNKNOWN,
    WHITE,
    Look,
    Styles,
    is_squeezed,
    read_look,
    shading,
)
from evalpress.files.scan.office import PartReader, read_parts, read_shape, refuse_pictures
from evalpress.files.scan.packages import Package
from evalpress.files.scan.pictures import is_opaque
from evalpress.files.scan.readers import reader
from evalpress.files.scan.xml import texts_of
from evalpress.files.word_numbering import Numbering
from evalpress.files.word_symbols import UNKNOWN as UNKNOWN_SYMBOL
from evalpress.files.word_symbols import in_font, is_symbol_font

_REVISIONS = frozenset(
    ["ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "tcPrChange",
     "trPrChange", "sectPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
     "tblGridChange", "tblPrExChange", "customXmlInsRangeStart", "customXmlDelRangeStart",
     "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart", "moveFromRangeStart",
     "moveToRangeStart"]
)  # fmt: skip
_FAR = 20_000_000  # EMU; 55 cm, beyond any page
_FAR_TWIPS = 30_000
_MIN_ROW = 60  # twentieths of a point


@reader("docx")
def _read_docx(content: bytes, into: Gathered) -> None:
    package = Package(content)
    main = package.main
    numbering = _numbering(package, main)
    styles = _styles(package, main)
    _Text(package, main, into, "text", styles, numbering).read()
    for form in sorted(numbering.unknown):
        into.miss(form)

    def prose(part: str) -> PartReader:
        return lambda package, name, into: _Text(package, name, into, part, styles).read()

    readers = {
        "header": prose("page_header"), "footer": prose("page_header"),
        "footnotes": prose("text"), "endnotes": prose("text"), "comments": prose("comment"),
        "glossaryDocument": _read_glossary, "settings": _read_settings, "styles": _read_styles,
        "numbering": _read_levels,
    }  # fmt: skip
    read_parts(package, readers, into, {main})
    refuse_pictures(into)


def _numbering(package: Package, main: str) -> Numbering:
    found = [package.used_as(use, by=main) for use in ("numbering", "styles")]
    numbering, styles = (package.content(names[0]) if names else b"" for names in found)
    for names in found:
        for name in names:
            package.tree(name)  # refuses what ElementTree would not
    try:
        return Numbering(numbering, styles)
    except ParseError:
        return Numbering()


def _styles(package: Package, main: str) -> Styles:
    names = package.used_as("styles", by=main)
    return Styles(package.tree(names[0]) if names else None)


def _read_styles(package: Package, name: str, into: Gathered) -> None:
    for element in package.tree(name).iter("style"):
        found = element.find("name")
        into.say("internal", found.get("val", "") if found is not None else "")


def _read_levels(package: Package, name: str, into: Gathered) -> None:
    for element in package.tree(name).iter("lvlText"):
        into.say("internal", element.get("val", ""))


def _read_settings(package: Package, name: str, into: Gathered) -> None:
    """Document variables, the sources of a mail merge, and who may write."""
    for element in package.tree(name).iter():
        if element.tag == "docVar":
            value = f"{element.get('name', '')}={element.get('val', '')}"
            into.tell("variable", value)
            into.say("internal", value)
        elif element.tag in ("connectString", "query", "dataSource", "udl"):
            into.hide("external_link", element.get("val", "") or "mailMerge")
        elif element.tag in ("saveThroughXslt", "attachedTemplate"):
            continue  # a relationship; told with the others


def _read_glossary(package: Package, name: str, into: Gathered) -> None:
    """Building blocks. Word keeps one for each empty field; any other is somebody's."""
    root = package.tree(name)
    for part in root.iter("docPart"):
        gallery = next((found.get("val") for found in part.iter("gallery")), "")
        text = "".join(found.text or "" for found in part.iter("t"))
        into.say("internal", text)
        if gallery != "placeholder" and text.strip():
            into.hide("hidden_text", text)


# --- the text of one part -----------------------------------------------------------------------


_NO_LOOK = Look()


@dataclass(frozen=True)
class _Place:
    """Where in a part a text stands: what it is painted on, and the look it takes over."""

    ground: str = WHITE
    look: Look = _NO_LOOK
    is_squeezed: bool = False


class _Text:
    """Reads the text of one part: a line for each paragraph or table row, cells between tabs."""

    def __init__(
        self, package: Package, name: str, into: Gathered, part: str, styles: Styles,
        numbering: Numbering | None = None,
    ) -> None:  # fmt: skip
        self.package, self.name, self.into, self.part = package, name, into, part
        self.styles, self.numbering = styles, numbering or Numbering()
        self.line: list[str] = []
        self.number = 0
        self.fields: list[_Field] = []
        self.depth = 0

    def read(self) -> None:
        tree = self.package.tree(self.name)
        self._children(tree, _Place(ground=self._page_colour(tree)))
        self._break()

    def _page_colour(self, tree: Element) -> str:
        """What the pages are painted on: their own colour where the document shows it."""
        own = tree.find("background")
        settings = self.package.used_as("settings", by=self.name) if own is not None else []
        is_shown = any(_has(self.package.tree(name), "displayBackgroundShape") for name in settings)
        colour = own.get("color", "auto") if own is not None and is_shown else "auto"
        return WHITE if colour == "auto" else colour

    def _children(self, element: Element, place: _Place) -> None:
        for child in element:
            self._element(child, place)

    def _element(self, element: Element, place: _Place) -> None:
        name = element.tag
        if name in _REVISIONS:
            self.into.hide("revisions", element.get("author", ""))
        if handle := _HANDLERS.get(name):
            handle(self, element, place)
            return
        if name in _TEXTS:
            self._say(element.text or "", place)
        elif element.text and element.text.strip():
            self.into.say("internal", element.text)
        read_shape(element, self.into)
        self._children(element, place)

    # paragraphs, tables, boxes

    def _paragraph(self, element: Element, place: _Place) -> None:
        if not len(element) and not self.line:
            return  # nothing to show; a file can have a million of them
        properties = element.find("pPr")
        style = _value(properties, "pStyle")
        look = self.styles.look(style or self.styles.default_paragraph).over(self.styles.default)
        place = replace(place, look=look.over(place.look), is_squeezed=is_squeezed(properties))
        shd = properties.find("shd") if properties is not None else None
        ground = shading(shd) if shd is not None else None
        place = replace(place, ground=ground or place.ground)
        if properties is not None:
            self._paragraph_properties(properties)
        own = properties.find("numPr") if properties is not None else None
        self.line.append(self.numbering.number(style, _value(own, "numId"), _value(own, "ilvl")))
        for child in element:
            if child.tag != "pPr":
                self._element(child, place)
        if self.depth:
            self.line.append(" ")
        else:
            self._break()

    def _revised(self, properties: Element | None) -> None:
        """Changes of how something looks, or of whether it is there at all."""
        for element in properties.iter() if properties is not None else ():
            if element.tag in _REVISIONS:
                self.into.hide("revisions", element.get("author", ""))

    def _paragraph_properties(self, properties: Element) -> None:
        self._revised(properties)
        for frame in properties.iter("framePr"):
            at = (frame.get(side, "0").lstrip("-") for side in "xy")
            if any(way.isdigit() and int(way) > _FAR_TWIPS for way in at) or _is_flat(frame):
                self.into.hide("hidden_text", "framePr")

    def _table(self, element: Element, place: _Place) -> None:
        properties = element.find("tblPr")
        style, shd = _value(properties, "tblStyle"), element.find("tblPr/shd")
        for name in ("tblCaption", "tblDescription"):
            self.into.say("internal", _value(properties, name))
        if self.styles.colours_cells(style):
            place = replace(place, ground=UNKNOWN)
        place = replace(place, ground=(shading(shd) if shd is not None else None) or place.ground)
        for name in ("tblPr", "tblGrid"):
            self._revised(element.find(name))
        self._children(element, place)

    def _row(self, element: Element, place: _Place) -> None:
        properties = element.find("trPr")
        if properties is not None:
            height = properties.find("trHeight")
            exact = height is not None and height.get("hRule") == "exact"
            low = (
                exact and _whole(height.get("val", "")) < _MIN_ROW if height is not None else False
            )
            if low or properties.find("hidden") is not None:
                self.into.hide("hidden_row", "".join(element.itertext())[:20])
            self._revised(properties)
        self.depth += 1
        self._children(element, place)
        self.depth -= 1
        if not self.depth:
            self._break()

    def _cell(self, element: Element, place: _Place) -> None:
        shd = element.find("tcPr/shd")
        ground = shading(shd) if shd is not None else None
        self._children(element, replace(place, ground=ground or place.ground))
        if self.line and self.line[-1] == " ":
            self.line.pop()
        self.line.append("\t")

    def _box(self, element: Element, place: _Place) -> None:
        """A text box: lines of its own after the paragraph that holds it."""
        line, depth = self.line, self.depth
        self.line, self.depth = [], 0
        self._children(element, place)
        self._break()
        self.line, self.depth = line, depth

    def _shape(self, element: Element, place: _Place) -> None:
        """A drawn shape; its filling is the ground of the text in it, or covers what lies below."""
        read_shape(element, self.into)
        if _covers_in_vml(element):
            self.into.hide("covering_shape", element.get("alt", "") or element.get("id", ""))
        self._children(element, replace(place, ground=_filling(element)))

    def _anchor(self, element: Element, place: _Place) -> None:
        """A drawing that floats: far off the page, or in front of the text."""
        offsets = (found.text or "0" for found in element.iter("posOffset"))
        flat = any("0" in (size.get("cx"), size.get("cy")) for size in element.iter("extent"))
        has_box = flat and _has(element, "txbxContent")
        if has_box or any(_whole(offset.lstrip("-")) > _FAR for offset in offsets):
            self.into.hide("hidden_text", "".join(element.itertext()).strip())
        in_front = element.get("behindDoc") not in ("1", "true") and _has(element, "wrapNone")
        covering = any(map(_covers, element.iter("wsp"))) or any(self._opaque_pictures(element))
        if in_front and covering:
            self.into.hide("covering_shape", next(_names(element), ""))
        self._children(element, place)

    def _opaque_pictures(self, element: Element) -> Iterator[bool]:
        """Whether each picture of a drawing hides what it lies on; a seal is transparent."""
        targets = {link.id: link.target for link in self.package.links(self.name)}
        for picture in element.iter("blip"):
            name = targets.get(picture.get("embed", ""), "")
            if name in self.package.parts:
                yield is_opaque(self.package.content(name))

    def _alternate(self, element: Element, place: _Place) -> None:
        """One drawing in two formats: the first is shown, the other is looked at."""
        for child in element:
            if child.tag == "Fallback":
                for _, text in texts_of(child):
                    self.into.say("drawing", text)
            else:
                self._children(child, place)

    # runs

    def _run(self, element: Element, place: _Place) -> None:
        properties = element.find("rPr")
        style = _value(properties, "rStyle")
        look = read_look(properties).over(self.styles.look(style)).over(place.look)
        place = replace(place, look=look)
        self._revised(properties)
        for child in element:
            if child.tag != "rPr":
                self._element(child, place)

    def _say(self, text: str, place: _Place) -> None:
        if self.fields and self.fields[-1].is_code:
            self.fields[-1].code.append(text)
            return
        font = place.look.font or ""
        if is_symbol_font(font):
            text = in_font(text, font)
            if UNKNOWN_SYMBOL in text:
                self.into.miss(font)
        if text.strip() and (place.is_squeezed or place.look.is_hidden(place.ground)):
            self.into.hide("hidden_text", text)
        self.line.append(text)

    def _symbol(self, element: Element, place: _Place) -> None:
        font, code = element.get("font", ""), element.get("char", "")
        try:
            place_in_font = int(code, 16)
        except ValueError:
            place_in_font = 0
        self._say(self._known_symbol(font, place_in_font), place)

    def _ruby(self, element: Element, place: _Place) -> None:
        """A phonetic guide stands above the text and is no part of it."""
        for child in element:
            if child.tag == "rubyBase":
                self._children(child, place)
            elif child.tag == "rt":
                self.into.say("internal", "".join(child.itertext()))

    # fields

    def _field_sign(self, element: Element, place: _Place) -> None:
        kind = element.get("fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
            self._form_field(element, place)
            for data in element.iter("fldData"):
                self.into.miss(data.tag)
        elif kind == "separate" and self.fields:
            self._code(self.fields[-1], has_result=True, place=place)
            self.fields[-1].is_code = False
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if ended.is_code:
                self._code(ended, has_result=False, place=place)

    def _code(self, field: _Field, has_result: bool, place: _Place) -> None:
        """A field's code: what it shows by itself, what it hides, and where it leads."""
        code = "".join(field.code).strip()
        self._take_code(code)
        if not has_result:
            outer = self.fields[-1] if self.fields else None
            if outer is None or not outer.is_code:
                self._say(self._without_result(code), place)

    def _without_result(self, code: str) -> str:
        """What a field shows of which the file has no result; numbers that only Word counts are
        missed."""
        if is_counted(code):
            self.into.miss(code[:20])
        if found := symbol_of(code):
            return self._known_symbol(*found)
        return field_text(code)

    def _known_symbol(self, font: str, place_in_font: int) -> str:
        sign = sign_of(font, place_in_font)
        if sign == UNKNOWN_SYMBOL:
            self.into.miss(f"{font} {place_in_font:04X}")
        return sign

    def _take_code(self, code: str) -> None:
        self.into.say("field_code", code)
        if code and not is_known_field(code):
            self.into.hide("hidden_field", code)
        if DISK_PATH.search(code):
            self.into.hide("external_link", code)

    def _instruction(self, element: Element, place: _Place) -> None:
        if self.fields:
            self.fields[-1].code.append(element.text or "")
        else:
            self.into.say("field_code", element.text or "")

    def _simple_field(self, element: Element, place: _Place) -> None:
        self._take_code(element.get("instr", ""))
        self._children(element, place)

    def _form_field(self, element: Element, place: _Place) -> None:
        """Boxes to tick and lists to choose from, in the old kind of form."""
        for box in element.iter("checkBox"):
            checked = box.find("checked")
            if checked is None:
                checked = box.find("default")
            ticked = checked is not None and checked.get("val", "1") not in ("0", "false", "off")
            self.line.append("☒" if ticked else "☐")
        for choice in element.iter("ddList"):
            entries = [entry.get("val", "") for entry in choice.iter("listEntry")]
            for entry in entries:
                self.into.say("internal", entry)
            at = _whole(_value(choice, "result"))
            self.line.append(entries[at] if at < len(entries) else "")
        for name in ("helpText", "statusText", "name", "entryMacro", "exitMacro"):
            for found in element.iter(name):
                self.into.say("internal", found.get("val", ""))

    # what else can hold words

    def _comment(self, element: Element, place: _Place) -> None:
        self.into.hide("comments", element.get("author", ""))
        self._children(element, place)

    def _control(self, element: Element, place: _Place) -> None:
        """A content control: its name and choices are no text, its content is."""
        for found in element.iter():
            for key in ("displayText", "value", "val"):
                if found.tag in ("alias", "tag", "listItem", "date", "dataBinding"):
                    self.into.say("internal", found.get(key, ""))

    def _tag(self, element: Element, place: _Place) -> None:
        """Smart tags and custom XML elements: attributes that Word shows nowhere."""
        for found in element.iterfind("*/attr"):
            self.into.say("internal", found.get("val", ""))
            self.into.hide("custom_xml", found.get("val", ""))
        self._children(element, place)

    def _permission(self, element: Element, place: _Place) -> None:
        self.into.tell("author", element.get("ed", ""))

    def _link(self, element: Element, place: _Place) -> None:
        self.into.say("internal", element.get("tooltip", ""))
        self._children(element, place)

    def _bookmark(self, element: Element, place: _Place) -> None:
        self.into.say("internal", element.get("name", ""))

    def _break(self) -> None:
        self.number += 1
        self.into.say(self.part, "".join(self.line), number=self.number)
        self.line.clear()


@dataclass
class _Field:
    """A field that is open: its code, then its result."""

    code: list[str]
    is_code: bool = True

    def __init__(self) -> None:
        self.code, self.is_code = [], True


_TEXTS = frozenset(["t", "delText", "v"])
_Handler = Callable[[_Text, Element, _Place], None]


def _sign(text: str) -> _Handler:
    return lambda reader, element, place: reader._say(text, place)


def _nothing(reader: _Text, element: Element, place: _Place) -> None:
    """Layout."""


_HANDLERS: dict[str, _Handler] = {
    "p": _Text._paragraph,
    "tbl": _Text._table,
    "tr": _Text._row,
    "tc": _Text._cell,
    "txbxContent": _Text._box,
    "textbox": _Text._box,
    "wsp": _Text._shape,
    "shape": _Text._shape,
    "rect": _Text._shape,
    "roundrect": _Text._shape,
    "oval": _Text._shape,
    "anchor": _Text._anchor,
    "AlternateContent": _Text._alternate,
    "r": _Text._run,
    "sym": _Text._symbol,
    "ruby": _Text._ruby,
    "fldChar": _Text._field_sign,
    "instrText": _Text._instruction,
    "delInstrText": _Text._instruction,
    "fldSimple": _Text._simple_field,
    "comment": _Text._comment,
    "sdtPr": _Text._control,
    "smartTag": _Text._tag,
    "customXml": _Text._tag,
    "permStart": _Text._permission,
    "hyperlink": _Text._link,
    "bookmarkStart": _Text._bookmark,
    "tab": _sign("\t"),
    "ptab": _sign("\t"),
    "br": _sign(" "),
    "cr": _sign(" "),
    "noBreakHyphen": _sign("-"),
    "softHyphen": _nothing,
    "tblPr": _nothing,
    "tblGrid": _nothing,
    "trPr": _nothing,
}  # fmt: skip


def _value(element: Element | None, name: str) -> str:
    found = element.find(name) if element is not None else None
    return found.get("val", "") if found is not None else ""


def _is_low(height: Element | None) -> bool:
    """True for a row that is too low to show anything."""
    if height is None or height.get("hRule") != "exact":
        return False
    return _whole(height.get("val", "")) < _MIN_ROW


def _is_flat(frame: Element) -> bool:
    """True for a frame that is too low to show anything."""
    return frame.get("hRule") == "exact" and _whole(frame.get("h", "")) < _MIN_ROW


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _has(element: Element, name: str) -> bool:
    return next(element.iter(name), None) is not None


def _names(element: Element) -> Iterator[str]:
    yield from (found.get("name", "") for found in element.iter("docPr"))


def _covers_in_vml(shape: Element) -> bool:
    """True for a filled shape in the old format that says nothing and lies before the text."""
    style = shape.get("style", "").replace(" ", "")
    if shape.tag == "wsp" or "position:absolute" not in style or "z-index:-" in style:
        return False
    own = ("textbox", "textpath", "imagedata", "path")
    filled = shape.get("filled") not in ("f", "false")
    return filled and not any(_has(shape, name) for name in own)


def _filling(shape: Element) -> str:
    """The colour of a shape as RRGGBB: white where it has none, unknown for themes and pictures."""
    properties = shape.find("spPr")
    if properties is None:
        return _old_filling(shape)
    solid = properties.find("solidFill")
    if solid is not None:
        colour = solid.find("srgbClr")
        return colour.get("val", UNKNOWN) if colour is not None else UNKNOWN
    fills = ("gradFill", "blipFill", "pattFill")
    painted = any(properties.find(name) is not None for name in fills)
    by_style = shape.find("style/fillRef")
    if properties.find("noFill") is not None:
        return WHITE
    by_theme = by_style is not None and by_style.get("idx", "0") != "0"
    return UNKNOWN if painted or by_theme else WHITE


def _old_filling(shape: Element) -> str:
    """The same in VML: `fillcolor="#ff0000 [3204]"`."""
    if shape.get("filled") in ("f", "false"):
        return WHITE
    colour = shape.get("fillcolor", "white").partition(" ")[0]
    if re.fullmatch("#[0-9a-fA-F]{6}", colour):
        return colour[1:]
    return WHITE if colour == "white" else UNKNOWN


def _covers(shape: Element) -> bool:
    """True for a filled shape that says nothing itself and is more than a line."""
    properties = shape.find("spPr")
    says = any((found.text or "").strip() for found in shape.iter("t"))
    if properties is None or says or shape.find("cNvCnPr") is not None:
        return False
    form = next((found.get("prst", "") for found in properties.iter("prstGeom")), "")
    filled = properties.find("solidFill") is not None or properties.find("gradFill") is not None
    by_style = shape.find("style/fillRef")
    by_theme = by_style is not None and by_style.get("idx", "0") != "0"
    empty = properties.find("noFill") is not None
    return (filled or (by_theme and not empty)) and form in (
        "rect", "roundRect", "ellipse", "flowChartProcess", "round2SameRect", "snip1Rect",
    )  # fmt: skip
