"""A PDF -> the text of its pages, comments, forms, scripts; pages that are only pictures."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf

from evalpress.files.scan.covers import Covers
from evalpress.files.scan.found import DRAWN_BYTES, FEW_SIGNS, PICTURE_PIXELS, Gathered, Unreadable
from evalpress.files.scan.readers import read_inner, reader
from evalpress.files.scan.xmp import read_xmp

MAX_PAGES = 3_000
MAX_PAGE_CONTENT = 8_000_000
MAX_OPERATORS = 3_000_000
MAX_FORMS = 4_000


_PDF_PEOPLE = {"/Author": "author", "/Manager": "manager", "/Company": "company",
               "/LastModifiedBy": "last_modified_by", "/LastSavedBy": "last_modified_by",
               "/SourceModified": ""}  # fmt: skip


@reader("pdf")
def _read_pdf(content: bytes, into: Gathered) -> None:
    reader = _open_pdf(content)
    if not reader.pages:
        raise Unreadable("damaged")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable("too_large")
    _read_document_info(reader, into)
    _read_catalog(reader, into)
    with _complaints() as complaints:
        budget = _Budget()
        pictures = [
            number
            for number, page in enumerate(reader.pages, 1)
            if _read_page(page, number, into, budget)
        ]
    if any("Impossible to decode" in complaint for complaint in complaints):
        raise Unreadable("damaged")
    if pictures or not any(text.part in ("page", "field") for text in into.texts):
        raise Unreadable("pictures", _number_list(pictures))


def _open_pdf(content: bytes) -> pypdf.PdfReader:
    """The file, repaired and freed of a restriction that needs no password to open."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            plain = io.BytesIO()
            pdf.save(plain, encryption=False)
    except pikepdf.PasswordError:
        raise Unreadable("encrypted") from None
    return pypdf.PdfReader(plain)


class _Budget:
    """Stops a file that would keep the reader busy for ever, or of which it would skip a part."""

    def __init__(self) -> None:
        self.operators = self.forms = 0

    def spend(self, operator: bytes, *_: object) -> None:
        self.operators += 1
        self.forms += operator == b"Do"
        if self.is_spent:
            raise Unreadable("too_large")

    @property
    def is_spent(self) -> bool:
        return self.operators > MAX_OPERATORS or self.forms > MAX_FORMS


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """What the reader says about parts that it passes over, instead of printing it."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pypdf")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _read_document_info(reader: pypdf.PdfReader, into: Gathered) -> None:
    for key, value in (reader.metadata or {}).items():
        name, text = _PDF_PEOPLE.get(key), str(value)
        if name:
            into.tell(name, text)
        elif key in ("/Title", "/Subject", "/Keywords"):
            into.say("property", text, key[1:].lower())
    metadata = reader.root_object.get("/Metadata")
    if metadata is not None:
        read_xmp(metadata.get_object().get_data(), into)


def _read_catalog(reader: pypdf.PdfReader, into: Gathered) -> None:
    """Scripts, embedded files, form fields and bookmarks."""
    for name in _scripts(reader):
        into.hide("scripts", name)
    for name, contents in reader.attachments.items():
        into.hide("embedded", name)
        for inner in contents:
            read_inner(inner, name, into)
    for name, field in (reader.get_fields() or {}).items():
        into.say("field", f"{field.get('/V') or ''}", name)
    for title in _titles(reader.outline):
        into.say("bookmark", title)


def _scripts(reader: pypdf.PdfReader) -> Iterator[str]:
    """What runs by itself when the file is opened; going to a page does not count."""
    root = reader.root_object
    named = root.get("/Names")
    if named and "/JavaScript" in named.get_object():
        yield "JavaScript"
    action = root.get("/OpenAction")
    found = action.get_object() if action is not None else None
    if isinstance(found, dict) and found.get("/S") in ("/JavaScript", "/Launch", "/URI"):
        yield str(found["/S"]).lstrip("/")


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _read_page(page: pypdf.PageObject, number: int, into: Gathered, budget: _Budget) -> bool:
    """Gather a page's text, comments and the picture beside its text; gives True for a page whose
    text cannot be had: a scan, or letters drawn as lines."""
    for annotation in page.get("/Annots") or ():
        _read_annotation(annotation.get_object(), number, into)
    contents = page.get_contents()
    length = len(contents.get_data()) if contents is not None else 0
    if length > MAX_PAGE_CONTENT:
        raise Unreadable("too_large", str(number))
    budget.forms = 0
    covers = Covers(budget.spend)
    text = page.extract_text(visitor_operand_before=covers.operator, visitor_text=covers.text)
    for covered in covers.found():
        into.hide("covered_text", covered)
    if budget.is_spent:
        raise Unreadable("too_large", str(number))
    into.say("page", text, number=number)
    if _is_undecoded(text):
        return True
    pictured, says_little = _has_large_picture(page), _signs(text) < FEW_SIGNS
    if pictured and not says_little:
        into.hide("picture", str(number))
    return says_little and (pictured or length > DRAWN_BYTES)


def _signs(text: str) -> int:
    """How many letters, digits and Chinese characters there are in a text."""
    return sum(c.isalnum() for c in text)


def _is_undecoded(text: str) -> bool:
    """True where most of what was taken out stands for no known sign."""
    return sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text) > _signs(text)


def _read_annotation(annotation: Any, number: int, into: Gathered) -> None:
    """A comment; links, form fields and the windows of comments are none."""
    kind = annotation.get("/Subtype")
    if kind in ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"):
        return
    if kind == "/FileAttachment":
        into.hide("embedded", str(annotation.get("/Contents", "")))
    into.hide("comments", str(annotation.get("/T", "")))
    into.say("comment", str(annotation.get("/Contents", "")), number=number)


def _has_large_picture(page: pypdf.PageObject) -> bool:
    return any(_large_pictures(page.get("/Resources"), 0))


def _large_pictures(resources: Any, depth: int) -> Iterator[bool]:
    held = resources.get_object().get("/XObject") if resources and depth < 4 else None
    for entry in (held.get_object() if held else {}).values():
        drawn = entry.get_object()
        if drawn.get("/Subtype") == "/Image":
            yield int(drawn.get("/Width", 0)) * int(drawn.get("/Height", 0)) >= PICTURE_PIXELS
        elif drawn.get("/Subtype") == "/Form":
            yield from _large_pictures(drawn.get("/Resources"), depth + 1)


def _number_list(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:10]))
    return f"{shown}…" if len(numbers) > 10 else shown
