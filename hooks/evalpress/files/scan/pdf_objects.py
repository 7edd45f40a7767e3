"""The objects of a PDF, reached from its pages or not -> what lies in it beside the pages: scripts,
earlier revisions, files, layers, metadata of every object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf

from evalpress.files.scan.found import DISK_PATH, Gathered, Unreadable
from evalpress.files.scan.readers import MAX_DEPTH, scan_content
from evalpress.files.scan.xmp import read_xmp

MAX_OBJECTS = 300_000
MAX_VALUES = 3_000_000
_MAX_NESTING = 60

_INFO_PEOPLE = {"/Author": "author", "/Manager": "manager", "/Company": "company",
                "/LastModifiedBy": "last_modified_by", "/LastSavedBy": "last_modified_by",
                "/Owner": "author"}  # fmt: skip
_INFO_SAID = ("/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/Comments", "/Category")
_INFO_HARMLESS = re.compile(
    r"/(?:CreationDate|ModDate|Trapped|SourceModified|ContentTypeId|KSOProductBuildVer|ICV"
    r"|GTS_PDF\w+|PTEX\.Fullbanner|AAPL:Keywords|PDFVersion|\w*MSIP\w*Enabled|EPSPROCESSCOLORS"
    r"|ApplicationVersion|XPressPrivate__never)$"
)
PUBLIC_INFO = frozenset([*_INFO_SAID, "/CreationDate", "/ModDate", "/Trapped"])
CATALOG = frozenset(
    ["/Type", "/Pages", "/Outlines", "/Names", "/Dests", "/PageLabels", "/PageLayout", "/PageMode",
     "/ViewerPreferences", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Metadata", "/OutputIntents",
     "/Version", "/Extensions", "/Threads", "/AcroForm", "/OpenAction", "/OCProperties", "/AA",
     "/AF", "/Collection", "/Legal", "/Perms", "/URI", "/PieceInfo", "/DSS", "/DPartRoot",
     "/Requirements", "/NeedsRendering", "/SpiderInfo", "/LastModified", "/Resources"]
)  # fmt: skip
_RUN = frozenset(
    ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound",
     "/GoTo3DView", "/RichMediaExecute", "/SetOCGState", "/Trans3D"]
)  # fmt: skip
_ELSEWHERE = frozenset(["/GoToR", "/GoToE", "/Launch", "/ImportData"])
# “javascript:” and “data:” match; “https:” does not.
_RUNS = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_PLAYED = frozenset(["/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"])
# Texts that windows and lists of a reader show, the pages do not.
_NAMED = ("/T", "/P", "/DV", "/Contents", "/Subj")
_SPOKEN = ("/Alt", "/ActualText", "/E", "/TU", "/TM")


def read_objects(pdf: pikepdf.Pdf, content: bytes, into: Gathered) -> list[str]:
    """Gather what the file holds beside its pages; gives the texts that stand for others (what a
    screen reader says), for comparing with the pages. Raises Unreadable beyond the limits."""
    if len(pdf.objects) > MAX_OBJECTS:
        raise Unreadable("too_large")
    _read_bytes(content, into)
    _read_info(pdf, into)
    for key in pdf.Root:
        if key not in CATALOG:
            into.tell("custom", str(key))
    _read_layers(pdf, into)
    spoken = [text for value in _values(pdf) for text in _read_value(value, into)]
    _read_lost(pdf, into)
    return spoken


# --- the file as bytes --------------------------------------------------------------------------


def _read_bytes(content: bytes, into: Gathered) -> None:
    """A file that was changed by adding to it still holds what it was."""
    written = len(re.findall(rb"startxref\s+\d+\s+%%EOF", content))
    linear = b"/Linearized" in content[:2048]
    if written > 1 + linear:
        into.hide("earlier_version")
    start, end = content.find(b"%PDF-"), content.rfind(b"%%EOF")
    if content[: max(start, 0)].strip() or (end >= 0 and content[end + 5 :].strip(b"\0\r\n\t ")):
        into.hide("extra_bytes")


def _read_lost(pdf: pikepdf.Pdf, into: Gathered) -> None:
    """Pages, pictures and texts that nothing in the file leads to any more."""
    reached = _reached(pdf)
    for value in pdf.objects:
        is_object = isinstance(value, pikepdf.Dictionary | pikepdf.Stream)
        if is_object and value.objgen not in reached and _is_content(value):
            into.hide("earlier_version")
            return


def _is_content(value: Any) -> bool:
    kind = value.get("/Type")
    if kind in ("/Page", "/EmbeddedFile", "/Metadata", "/XObject"):
        return True
    if isinstance(value, pikepdf.Stream) and kind is None and "/Length1" not in value:
        with suppress(pikepdf.PdfError):
            return bool(re.search(rb"\bT[jJ]\b", value.read_bytes()[:100_000]))
    return False


def _reached(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    reached: set[tuple[int, int]] = set()
    pending: list[Any] = [pdf.trailer]
    while pending:
        value = pending.pop()
        for inner in _children(value):
            if inner.is_indirect:
                if inner.objgen in reached:
                    continue
                reached.add(inner.objgen)
            pending.append(inner)
    return reached


def _children(value: Any) -> Iterator[Any]:
    """The containers directly inside one."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        inside: Any = (inner for _, inner in value.items())
    elif isinstance(value, pikepdf.Array):
        inside = iter(value)
    else:
        return
    for inner in inside:
        if isinstance(inner, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            yield inner


def _values(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream, those inside others too."""
    seen = 0
    for value in pdf.objects:
        pending = [(value, 0)]
        while pending:
            one, depth = pending.pop()
            seen += 1
            if seen > MAX_VALUES or depth > _MAX_NESTING:
                raise Unreadable("too_large")
            if not isinstance(one, pikepdf.Array):
                yield one
            pending += [(i, depth + 1) for i in _children(one) if not i.is_indirect]


# --- metadata -----------------------------------------------------------------------------------


def _read_info(pdf: pikepdf.Pdf, into: Gathered) -> None:
    for key, value in pdf.docinfo.items():
        text = str(value)
        if key in _INFO_PEOPLE:
            into.tell(_INFO_PEOPLE[key], text)
        elif DISK_PATH.search(text):
            into.tell("path", text)
        elif key in _INFO_SAID:
            into.say("property", text, key[1:].lower())
        elif not _INFO_HARMLESS.match(key):
            into.tell("custom", f"{key[1:]}={text}")


def _read_value(value: Any, into: Gathered) -> Iterator[str]:
    """What one object tells; yields the texts that it speaks instead of what is shown."""
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return
    if isinstance(value, pikepdf.Stream):
        _read_stream(value, into)
    _read_action(value, into)
    if "/PieceInfo" in value:
        into.tell("custom", "PieceInfo")
    if "/XFA" in value:
        into.miss("XFA")
    if value.get("/Subtype") in _PLAYED and "/Rect" in value:
        into.hide("embedded", str(value["/Subtype"])[1:])
    if "/EF" in value:
        into.hide("embedded", str(value.get("/UF", value.get("/F", ""))))
    for text in _names(value):
        into.say("internal", text)
    for key in _SPOKEN:
        if isinstance(value.get(key), pikepdf.String):
            yield str(value[key])


def _names(value: Any) -> Iterator[str]:
    """What an object is called; a comment says its own texts."""
    names, is_comment = value.get("/Names"), "/Rect" in value and "/FT" not in value
    listed = names if isinstance(names, pikepdf.Array) else ()
    keys = ("/Subj",) if is_comment and value.get("/Subtype") != "/Link" else _NAMED
    for text in (*listed, *(value.get(key) for key in keys)):
        if isinstance(text, pikepdf.String):
            yield str(text)


def _read_stream(value: Any, into: Gathered) -> None:
    if value.get("/Type") == "/Metadata":
        read_xmp(_bytes(value), into)
    elif value.get("/Subtype") == "/Image" and "/DCTDecode" in str(value.get("/Filter", "")):
        with suppress(pikepdf.PdfError):
            for found in scan_content(value.read_raw_bytes(), MAX_DEPTH).properties:
                into.tell(found.name, found.value)


def _bytes(value: Any) -> bytes:
    try:
        return bytes(value.read_bytes())
    except pikepdf.PdfError:
        raise Unreadable("damaged") from None


def _read_action(value: Any, into: Gathered) -> None:
    """What runs when somebody opens or clicks, and links to a disk."""
    kind = str(value.get("/S", ""))
    if "/JS" in value or kind in _RUN:
        into.hide("scripts", (kind or "/JavaScript")[1:])
        script = value.get("/JS")
        text = _bytes(script).decode("latin-1") if isinstance(script, pikepdf.Stream) else script
        into.say("internal", str(text or ""))
    if kind == "/URI":
        address = str(value.get("/URI", ""))
        into.say("link", address)
        if DISK_PATH.search(address):
            into.hide("external_link", address)
        elif _RUNS.match(address):
            into.hide("scripts", address[:40])
    elif kind in _ELSEWHERE:
        target = value.get("/F", "")
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/UF", target.get("/F", ""))
        into.hide("external_link", str(target))


# --- layers -------------------------------------------------------------------------------------


def _read_layers(pdf: pikepdf.Pdf, into: Gathered) -> None:
    """Layers that are off, or that screen and printer show differently."""
    properties = pdf.Root.get("/OCProperties")
    if properties is None:
        return
    layers = list(properties.get("/OCGs", ()))
    shown = properties.get("/D", pikepdf.Dictionary())
    on, off = ({layer.objgen for layer in shown.get(key, ())} for key in ("/ON", "/OFF"))
    for layer in layers:
        hidden = layer.objgen in off or (
            shown.get("/BaseState") == "/OFF" and layer.objgen not in on
        )
        if hidden or "OFF" in _usage(layer):
            into.hide("hidden_layer", str(layer.get("/Name", "")))
        into.say("internal", str(layer.get("/Name", "")))


def _usage(layer: Any) -> str:
    usage = layer.get("/Usage")
    if usage is None:
        return ""
    parts = (usage.get(key, {}) for key in ("/View", "/Print", "/Export"))
    return " ".join(str(value) for part in parts for value in part.values())
