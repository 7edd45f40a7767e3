"""Office files as packages of parts: what DOCX and XLSX have in common.

Every part is read, or is on the list of what Word, Excel, WPS and LibreOffice always write and what
says nothing about people; any other part makes the file one that was not checked.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from evalpress.files.scan.found import DISK_PATH, FEW_SIGNS, Gathered, Unreadable
from evalpress.files.scan.packages import Link, Package
from evalpress.files.scan.pictures import is_drawn, is_large
from evalpress.files.scan.readers import MAX_DEPTH, read_inner, scan_content
from evalpress.files.scan.xml import texts_of
from evalpress.text.privacy import person_name

PartReader = Callable[[Package, str, Gathered], None]

# Uses of parts that hold looks and layout; their root element where they are XML. A text in one is
# still looked at.
_LOOKS: dict[str, frozenset[str]] = {
    use: frozenset(roots.split())
    for use, roots in {
        "theme": "theme",
        "themeOverride": "themeOverride",
        "fontTable": "fonts",
        "webSettings": "webSettings",
        "stylesWithEffects": "styles",
        "diagramLayout": "layoutDef",
        "diagramQuickStyle": "styleDef",
        "diagramColors": "colorsDef",
        "chartStyle": "chartStyle",
        "chartColorStyle": "colorStyle",
        "commentsExtended": "commentsEx",
        "commentsIds": "commentsIds",
        "commentsExtensible": "commentsExtensible",
        "calcChain": "calcChain",
        "sheetMetadata": "metadata",
        "richValueRel": "richValueRels",
        "rdRichValueStructure": "rvStructures",
        "rdRichValueTypes": "rvTypesInfo",
        "rdRichValueWebImage": "webImagesSrd",
        "featurePropertyBag": "FeaturePropertyBags",
        "tableStyles": "tblStyleLst",
        "ctrlProp": "formControlPr",
        "customXmlProps": "datastoreItem",
        "keyMapCustomizations": "tcg",
        "wsSortMap": "worksheetSortMap",
        "wordVbaData": "vbaSuppData",
    }.items()
}
_FONTS = frozenset(["font"])
_EMBEDDED = frozenset(["package", "oleObject"])
_MACROS = frozenset(
    ["vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "wordVbaData", "dialogsheet"]
)
_FOREIGN = frozenset(["aFChunk", "subDocument", "frame"])


def read_parts(
    package: Package, readers: Mapping[str, PartReader], into: Gathered, done: set[str]
) -> None:
    """Read every part that is not in `done` by the reader for its use, this format's or the common
    one; what has none is noted as missed, and so is what does not belong into such a file."""
    for name, part in package.parts.items():
        if name not in done:
            known = [use for use in part.uses if use in readers or use in COMMON or use in _LOOKS]
            if not known or len(known) < len(part.uses):
                _miss(package, name, into)
            for use in known:
                _read(package, name, use, readers, into)
    for name in package.strays():
        into.miss(posixpath.basename(name))
    _read_odd(package, into)
    _read_links(package, into)
    _read_paths(package, into)


def _read(
    package: Package, name: str, use: str, readers: Mapping[str, PartReader], into: Gathered
) -> None:
    read = readers.get(use) or COMMON.get(use)
    if read:
        read(package, name, into)
    else:
        _read_looks(package, name, use, into)


def _read_looks(package: Package, name: str, use: str, into: Gathered) -> None:
    root = package.tree(name)
    if root.tag not in _LOOKS[use]:
        into.miss(shown_name(package, name))
    say_texts(root, into)


def _miss(package: Package, name: str, into: Gathered) -> None:
    """A part that nothing is known about; what text it holds is looked at all the same."""
    into.miss(shown_name(package, name))
    say_anything(package.content(name), into)


def say_anything(content: bytes, into: Gathered) -> None:
    """Take the text of something unknown: HTML, MHT, RTF, XML or plain text; or its UTF-16."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            text = ""
    if "\0" in text or not text:
        text = content.decode("utf-16-le", "ignore")
        text = "\n".join(re.findall(r"[\w .,:：，。@-]{4,}", text[:2_000_000]))
    for line in re.sub(r"<[^<>]*>", " ", text).splitlines():
        into.say("internal", line)


def say_texts(root: Element, into: Gathered, part: str = "internal") -> None:
    """Take every text of an XML part, whatever it is for."""
    for _, text in texts_of(root):
        into.say(part, text)


def shown_name(package: Package, name: str) -> str:
    """What people know a part by: its file name."""
    return posixpath.basename(package.every[name].name)


# --- what the format does not need --------------------------------------------------------------


def _read_odd(package: Package, into: Gathered) -> None:
    """Comments in XML, elements that no office program knows, bytes outside of all parts."""
    for name, odd in package.odd.items():
        for comment in odd.comments:
            into.say("internal", comment)
            into.hide("xml_comment", comment)
        if odd.origins:
            into.miss(shown_name(package, name))
    if package.holds_more():
        into.say("internal", package.archive.comment.decode("utf-8", "replace"))
        into.hide("extra_bytes")


def _read_links(package: Package, into: Gathered) -> None:
    for name in ("", *package.parts):
        for link in package.links(name):
            if link.external:
                _read_link(link, into)
            elif link.target not in package.parts and "#" not in link.target:
                _read_lost(link, into)


def _read_link(link: Link, into: Gathered) -> None:
    """Links to files of somebody's own computer; addresses on the web are plain to see."""
    target = link.target
    into.say("link", target)
    if link.use == "attachedTemplate":
        into.tell("template", target)
    elif DISK_PATH.search(target) or link.use in (
        "externalLinkPath",
        "oleObject",
        "mailMergeSource",
    ):
        into.hide("external_link", target)
    elif link.use in _FOREIGN or link.use == "mailMergeHeaderSource":
        into.miss(target)
    elif link.use == "image":
        into.hide("external_link", target)


_LINKED_FILES = frozenset(
    ["externalLinkPath", "oleObject", "mailMergeSource", "mailMergeHeaderSource", "image"]
)
_OFTEN_LOST = frozenset(["styles", "theme", "sharedStrings", "fontTable", "settings", "webSettings",
                         "calcChain", "numbering", "thumbnail", "printerSettings"])  # fmt: skip


def _read_lost(link: Link, into: Gathered) -> None:
    """A relationship to a part that is not there; programs leave some of them behind."""
    if link.use not in _OFTEN_LOST and link.use not in ("hyperlink", "image"):
        into.miss(posixpath.basename(link.target))


_PATH_IN_XML = re.compile(
    rb'="((?:file:/|[A-Za-z]:\\|[A-Za-z]:/[^/"]|\\\\[\w.-]+\\|/(?:Users|home)/)[^"<>]{2,})"'
)


def disk_paths(content: bytes) -> Iterator[str]:
    """The paths of somebody's own disk in the attributes of an XML part."""
    for found in _PATH_IN_XML.finditer(content):
        yield found[1].decode("utf-8", "replace")


def without_disk_paths(content: bytes) -> bytes:
    """The part with these attributes empty."""
    return _PATH_IN_XML.sub(b'=""', content)


def _read_paths(package: Package, into: Gathered) -> None:
    for name, part in package.parts.items():
        if is_xml(part.kind, name):
            for path in disk_paths(package.content(name)):
                into.tell("path", path)


def is_xml(kind: str, name: str) -> bool:
    """True for a part whose content type, or in want of one its name, says XML."""
    return (
        kind.endswith(("+xml", "/xml")) or name.endswith((".xml", ".vml")) or "vmldrawing" in kind
    )


# --- properties ---------------------------------------------------------------------------------

_CORE = {"creator": "author", "lastModifiedBy": "last_modified_by"}
_CORE_SAID = frozenset(
    ["title", "subject", "keywords", "description", "category", "contentStatus", "version",
     "identifier", "language"]
)  # fmt: skip
_CORE_LISTS = frozenset(["subject", "keywords", "category", "contentStatus"])
_PARTED = re.compile(r"[、，,；;\s]+")
CORE_KEPT = _CORE_SAID | {"revision", "created", "modified", "lastPrinted", "contentType"}
_APP = {"Company": "company", "Manager": "manager", "HyperlinkBase": "path"}
APP_KEPT = frozenset(
    ["TotalTime", "Pages", "Words", "Characters", "Application", "DocSecurity", "Lines",
     "Paragraphs", "ScaleCrop", "LinksUpToDate", "CharactersWithSpaces", "SharedDoc",
     "HyperlinksChanged", "AppVersion", "lpstr", "i4", "lpwstr", "Slides", "Notes", "bool",
     "PresentationFormat", "HiddenSlides", "MMClips", "i8", "r8", "DigSig", "blob", ""]
)  # fmt: skip
HARMLESS_CUSTOM = re.compile(
    r"(?:KSOProductBuildVer|KSOTemplate(?:UUID|DocerSaveRecord)?|KSOReadingLayout|ICV"
    r"|ContentTypeId|MSIP_Label_[\w-]+_(?:Enabled|SetDate|Method|ContentBits|Tag)"
    r"|WorkbookGuid|AppVersion|DocSecurity|HyperlinksChanged|LinksUpToDate|ScaleCrop|ShareDoc"
    r"|CRO|Base Target|Generator|KSORubyTemplateID|commondata)$"
)
STANDARD_TEMPLATES = re.compile(r"(?:Normal|WPS|default|Book|Sheet)[\w .-]*$", re.IGNORECASE)


def _read_core(package: Package, name: str, into: Gathered) -> None:
    for element, value in texts_of(package.tree(name)):
        if element in _CORE:
            into.tell(_CORE[element], value)
        elif element in _CORE_SAID:
            into.say("property", value, element)
            if DISK_PATH.search(value):
                into.tell("path", value)
            elif element in _CORE_LISTS and any(map(person_name, _PARTED.split(value))):
                into.tell("custom", value)
        elif element not in CORE_KEPT:
            into.tell("custom", f"{element}={value}")


def _read_app(package: Package, name: str, into: Gathered) -> None:
    for element, value in texts_of(package.tree(name)):
        if element in _APP:
            into.tell(_APP[element], value)
        elif element == "Template":
            if not STANDARD_TEMPLATES.match(value):
                into.tell("template", value)
        elif element in APP_KEPT:
            into.say("internal", value if element in ("lpstr", "lpwstr") else "")
        else:
            into.tell("custom", f"{element}={value}")


def _read_custom(package: Package, name: str, into: Gathered) -> None:
    for found in package.tree(name).iter("property"):
        key = found.get("name", "")
        value = "".join(text for _, text in texts_of(found)).strip()
        if not HARMLESS_CUSTOM.match(key) and value:
            into.tell("custom", f"{key}={value}")


_HARMLESS_DATA = frozenset(
    ["Sources", "customData", "woProps", "allowEditUser", "woSheetsProps", "woBookProps",
     "pixelators", "pixelatorList", "FormTemplates", "CoverPageProperties", "contentTypeSchema"]
)  # fmt: skip


def _read_custom_xml(package: Package, name: str, into: Gathered) -> None:
    """Data beside the document."""
    root = package.tree(name)
    say_texts(root, into)
    values = " ".join(value for element in root.iter() for value in element.attrib.values())
    into.say("internal", values)
    if holds_own_data(package, name):
        into.hide("custom_xml", shown_name(package, name))


def holds_own_data(package: Package, name: str) -> bool:
    """True for data beside the document that somebody added: programs add empty forms for sources
    and cover pages; any text, or a form that they do not add, is somebody's."""
    root = package.tree(name)
    if root.tag == "contentTypeSchema":
        return False
    texts = (text.strip() for _, text in texts_of(root))
    return root.tag not in _HARMLESS_DATA or any(map(_is_said, texts))


_SWITCH = re.compile(r"DocumentLibraryForm|true|false|\d{1,3}|\{[-0-9A-F]+\}|[a-z_]+")


def _is_said(text: str) -> bool:
    """True for what may be somebody's words, not a switch or the name of a form."""
    return not re.fullmatch(
        r"(?:DocumentLibraryForm|true|false|\d{1,3}|\{[-0-9A-F]+\}|[a-z_]+)", text
    )


# --- pictures, drawings, embedded files ---------------------------------------------------------


def _read_media(package: Package, name: str, into: Gathered) -> None:
    """A picture inside an office file; what stands in a large one cannot be read."""
    content, shown = package.content(name), shown_name(package, name)
    inner = scan_content(content, MAX_DEPTH)
    for found in inner.properties:
        into.tell(found.name, found.value)
    for passage in inner.texts:
        into.say("property", passage.text, passage.name)
    for hidden in inner.hidden:
        into.hide(hidden.kind, shown)
    if inner.kind not in ("image", "text") and not is_drawn(content):
        into.miss(shown)
    if is_large(content):
        into.hide("picture", shown)


def _read_thumbnail(package: Package, name: str, into: Gathered) -> None:
    for found in scan_content(package.content(name), MAX_DEPTH).properties:
        into.tell(found.name, found.value)


def _read_drawing(package: Package, name: str, into: Gathered) -> None:
    root = package.tree(name)
    say_texts(root, into, "drawing")
    read_shapes(root, into)


def read_shapes(root: Element, into: Gathered) -> None:
    """Alternative texts, hidden shapes, cropped pictures, shapes that lie over the text."""
    for element in root.iter():
        read_shape(element, into)


def read_shape(element: Element, into: Gathered) -> None:
    """What one element of a drawing hides."""
    if element.tag in ("docPr", "cNvPr"):
        into.say("drawing", f"{element.get('title', '')} {element.get('descr', '')}")
        if element.get("hidden") in ("1", "true"):
            into.hide("hidden_text", element.get("name", ""))
    elif element.tag == "textpath":
        into.say("drawing", element.get("string", ""))
    elif element.tag == "srcRect":
        if any(_cuts(element.get(side, "0")) for side in "ltrb"):
            into.hide("cropped_picture")
    elif element.tag == "imagedata":
        sides = ("cropleft", "cropright", "croptop", "cropbottom")
        if any(_cuts(element.get(side, "0").rstrip("f")) for side in sides):
            into.hide("cropped_picture")
    elif "visibility:hidden" in element.get("style", "").replace(" ", "") and not _is_note(element):
        into.hide("hidden_text", element.get("alt", "") or element.get("id", ""))


def _is_note(shape: Element) -> bool:
    """True for the box of a cell comment, which shows when somebody points at the cell."""
    return any(child.get("ObjectType") == "Note" for child in shape.iter("ClientData"))


def _cuts(amount: str) -> bool:
    """True for more than a hair: thousandths of a percent, or a fraction of 65,536."""
    try:
        return float(amount.rstrip("%")) > (0.02 if "." in amount or float(amount) < 1 else 1000)
    except ValueError:
        return False


def _read_embedded(package: Package, name: str, into: Gathered) -> None:
    shown = shown_name(package, name)
    into.hide("embedded", shown)
    read_inner(package.content(name), shown, into)


def _read_control(package: Package, name: str, into: Gathered) -> None:
    into.hide("embedded", shown_name(package, name))
    if name.endswith(".xml"):
        say_texts(package.tree(name), into)
    else:
        say_anything(package.content(name), into)


def _read_macros(package: Package, name: str, into: Gathered) -> None:
    into.hide("macros", shown_name(package, name))


def _read_printer(package: Package, name: str, into: Gathered) -> None:
    """What Windows keeps about a printer."""
    for path in names_printer(package, name):
        into.tell("printer", path)


def names_printer(package: Package, name: str) -> list[str]:
    """The printers in a network that a part names; each names its server."""
    text = package.content(name).decode("utf-16-le", "ignore")
    return re.findall(r"\\\\[\w.-]+\\[\w .()-]+", text)


def _read_people(package: Package, name: str, into: Gathered) -> None:
    for element in package.tree(name).iter():
        if element.tag in ("person", "presenceInfo"):
            into.tell("author", element.get("displayName") or element.get("author") or "")
            into.say("internal", element.get("userId", ""))


def _read_labels(package: Package, name: str, into: Gathered) -> None:
    for element in package.tree(name).iter("label"):
        into.tell("custom", f"label={element.get('siteId', '')}")


def _read_foreign(package: Package, name: str, into: Gathered) -> None:
    """A document inside the document, in another format, that Word shows as if it were its own."""
    _miss(package, name, into)


def _read_nothing(package: Package, name: str, into: Gathered) -> None:
    """Fonts say nothing; the origin of signatures has no content."""


COMMON: dict[str, PartReader] = {
    "core-properties": _read_core,
    "extended-properties": _read_app,
    "custom-properties": _read_custom,
    "customXml": _read_custom_xml,
    "image": _read_media,
    "hdphoto": _read_media,
    "cellImage": _read_drawing,
    "thumbnail": _read_thumbnail,
    "drawing": _read_drawing,
    "vmlDrawing": _read_drawing,
    "chart": _read_drawing,
    "chartEx": _read_drawing,
    "chartUserShapes": _read_drawing,
    "diagramData": _read_drawing,
    "diagramDrawing": _read_drawing,
    "printerSettings": _read_printer,
    "person": _read_people,
    "people": _read_people,
    "classificationlabels": _read_labels,
    **dict.fromkeys(_EMBEDDED, _read_embedded),
    "control": _read_control,
    "activeXControlBinary": _read_control,
    **dict.fromkeys(_MACROS, _read_macros),
    **dict.fromkeys(_FOREIGN, _read_foreign),
    **dict.fromkeys(_FONTS, _read_nothing),
    "origin": _read_nothing,
    "signature": _read_nothing,
}


def refuse_pictures(into: Gathered) -> None:
    """An office file that shows pictures and says nothing is a scan."""
    said = sum(len(text.text) for text in into.texts if text.part not in ("internal", "property"))
    if "picture" in into.hidden and said < FEW_SIGNS:
        raise Unreadable("pictures")
