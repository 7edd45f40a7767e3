"""A PDF -> the text of its pages, comments, forms, scripts; pages that are only pictures, fonts
that no program can read, and texts that no reader sees."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf
from pypdf.errors import LimitReachedError

from evalpress.files.scan.found import DRAWN_BYTES, FEW_SIGNS, PICTURE_PIXELS, Gathered, Unreadable
from evalpress.files.scan.painted import Page
from evalpress.files.scan.pdf_fonts import PdfFont
from evalpress.files.scan.pdf_objects import read_objects
from evalpress.files.scan.pdf_structure import MarkedPage, ObjectNumber, paragraphs_of
from evalpress.files.scan.readers import read_inner, reader

MAX_PAGES = 3_000
MAX_PAGE_CONTENT = 8_000_000
MAX_OPERATORS = 6_000_000  # each page is gone through twice
MAX_FORMS = 4_000
MAX_CUT = 2_000
_FEW_UNREAD = 5  # signs; fewer say nothing
_HIDDEN, _NO_VIEW = 2, 32  # flags of a note or field


@reader("pdf")
def _read_pdf(content: bytes, into: Gathered) -> None:
    try:
        _read(content, into)
    except LimitReachedError:
        raise Unreadable("too_large") from None


def _read(content: bytes, into: Gathered) -> None:
    with _opened(content) as pdf:
        if not pdf.pages:
            raise Unreadable("damaged")
        if len(pdf.pages) > MAX_PAGES:
            raise Unreadable("too_large")
        spoken = read_objects(pdf, content, into)
        plain = io.BytesIO()
        pdf.save(plain, encryption=False)
        reader = pypdf.PdfReader(plain)
        _read_catalog(reader, into)
        _read_pages(reader, pdf, into)
        _say_spoken(spoken, into)


def _opened(content: bytes) -> pikepdf.Pdf:
    """The file, repaired and freed of a restriction that needs no password to open."""
    try:
        return pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise Unreadable("encrypted") from None


def _read_pages(reader: pypdf.PdfReader, pdf: pikepdf.Pdf, into: Gathered) -> None:
    budget, shared = _Budget(), _Shared()
    with _complaints() as complaints:
        pictures = [
            number
            for number, (page, drawn) in enumerate(zip(reader.pages, pdf.pages, strict=False), 1)
            if _read_page(page, drawn, number, into, budget, shared)
        ]
    if any("Impossible to decode" in complaint for complaint in complaints):
        raise Unreadable("damaged")
    if pictures or not any(text.part in ("page", "field") for text in into.texts):
        raise Unreadable("pictures", _number_list(pictures))
    into.paragraphs = paragraphs_of(pdf, shared.marked)
    for name in shared.not_understood():
        into.miss(name)
    for why, text in shared.only_cut():
        into.hide(why, text)


class _Shared:
    """What the pages of a file share: fonts with what they left unread, and what is shown."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], PdfFont] = {}
        self.unread: dict[str, int] = {}
        self.used: dict[str, dict[int, str]] = {}
        self.visible: list[str] = []
        self.cut: list[tuple[str, str]] = []
        self.marked: dict[ObjectNumber, MarkedPage] = {}

    def take(self, page: Page) -> None:
        for name, count in page.unread.items():
            self.unread[name] = self.unread.get(name, 0) + count
        for name, used in page.used.items():
            self.used.setdefault(name, {}).update(used)

    def only_cut(self) -> Iterator[tuple[str, str]]:
        """Texts that are cut off and stand nowhere else; a wide cell goes on overleaf."""
        shown = "".join(self.visible)
        for number, (why, text) in enumerate(dict.fromkeys(self.cut)):
            bare = re.sub(r"\s", "", text)
            if any(map(str.isalnum, bare)) and (number > MAX_CUT or bare not in shown):
                yield why, text[:20]

    def not_understood(self) -> Iterator[str]:
        """Fonts with signs that stand for nothing, or of which many stand for the same."""
        yield from (name for name, count in self.unread.items() if count >= _FEW_UNREAD)
        for name, used in self.used.items():
            if len(used) >= 8 and len(set(used.values())) * 2 <= len(used):
                yield name


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


def _read_catalog(reader: pypdf.PdfReader, into: Gathered) -> None:
    """Embedded files, form fields and bookmarks."""
    for name, contents in reader.attachments.items():
        for inner in contents:
            read_inner(inner, name, into)
    for name, field in (reader.get_fields() or {}).items():
        into.say("field", f"{field.get('/V') or ''}", name)
    for title in _titles(reader.outline):
        into.say("bookmark", title)


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _read_page(
    page: pypdf.PageObject, drawn: pikepdf.Page, number: int, into: Gathered, budget: _Budget,
    shared: _Shared,
) -> bool:  # fmt: skip
    """Gather a page's text, comments and the picture beside its text; gives True for a page whose
    text cannot be had: a scan, or letters drawn as lines."""
    for annotation in page.get("/Annots") or ():
        _read_annotation(annotation.get_object(), number, into)
    contents = page.get_contents()
    length = len(contents.get_data()) if contents is not None else 0
    if length > MAX_PAGE_CONTENT:
        raise Unreadable("too_large", str(number))
    budget.forms = 0
    text = page.extract_text(visitor_operand_before=budget.spend)
    if budget.is_spent:
        raise Unreadable("too_large", str(number))
    budget.forms = 0
    painted = Page(drawn.obj, shared.known, budget.spend)
    _read_unseen(painted, drawn, into, shared)
    for spoken in painted.spoken:
        if re.sub(r"\s", "", spoken) not in re.sub(r"\s", "", text):
            into.say("internal", spoken)
    into.say("page", _in_order(text, painted), number=number)
    if _is_undecoded(text):
        return True
    pictured, says_little = _has_large_picture(page), _signs(text) < FEW_SIGNS
    if pictured and not says_little:
        into.hide("picture", str(number))
    return says_little and (pictured or length > DRAWN_BYTES)


def _in_order(text: str, painted: Page) -> str:
    """The text of a page with the signs of each line in the order in which they stand there."""
    placed = {"".join(sorted(line)): line for line in painted.lines()}

    def ordered(line: str) -> str:
        bare = "".join(line.split())
        standing = placed.get("".join(sorted(bare)), bare)
        return line if standing == bare else standing

    return "\n".join(map(ordered, text.split("\n")))


def _read_unseen(page: Page, drawn: pikepdf.Page, into: Gathered, shared: _Shared) -> None:
    for annotation in drawn.obj.get("/Annots", ()):
        look = annotation.get("/MK")
        if look is not None and "/Rect" in annotation and len(look.get("/BG", ())):
            page.cover(annotation["/Rect"])
    shared.visible.append(page.visible())
    for why, text in page.unseen():
        if why in ("clipped_text", "outside_text"):
            shared.cut.append((why, text))
        elif any(map(str.isalnum, text)):
            into.hide(why, text[:20])
    shared.take(page)
    shared.marked[drawn.obj.objgen] = page.marked()


def _signs(text: str) -> int:
    """How many letters, digits and Chinese characters there are in a text."""
    return sum(c.isalnum() for c in text)


def _is_undecoded(text: str) -> bool:
    """True where most of what was taken out stands for no known sign."""
    return sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text) > _signs(text)


def _read_annotation(annotation: Any, number: int, into: Gathered) -> None:
    """A comment; links, form fields and the windows of comments are none."""
    kind = annotation.get("/Subtype")
    unseen = kind == "/Widget" and int(annotation.get("/F", 0)) & (_HIDDEN | _NO_VIEW)
    if unseen and (value := str(annotation.get("/V") or "")):
        into.hide("hidden_text", value)
    if kind in ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"):
        return
    into.hide("comments", str(annotation.get("/T", "")))
    into.say("comment", str(annotation.get("/Contents", "")), number=number)
    into.say("comment", re.sub("<[^>]*>", " ", str(annotation.get("/RC", ""))), number=number)


def _say_spoken(spoken: list[str], into: Gathered) -> None:
    """Texts for screen readers and for copying that differ from what the pages show."""
    shown = re.sub(r"\s", "", "".join(text.text for text in into.texts if text.part == "page"))
    for text in dict.fromkeys(spoken):
        if re.sub(r"\s", "", text) not in shown:
            into.say("internal", text)


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
