"""A document -> readings: its forms, and the prose round them as sections of the outline.

Headings are told by their numbers, typed or counted by Word, and matched with the outline word for
word; everything below them is kept as it stands. A document whose chapters the outline does not
know follows the outline for free texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalpress.importing.drafts import Sourced
from evalpress.importing.forms import FormReader
from evalpress.importing.labels import Vocabulary, plain
from evalpress.importing.neutral import Document, Grid, Line, Part, Picture
from evalpress.importing.offers import offers_in
from evalpress.importing.ownership import Asked, owner_of
from evalpress.importing.prosebody import Chapter, body_of, free_body, keep_picture
from evalpress.importing.reading import Reading
from evalpress.load import Loaded
from evalpress.model import FormPart, Outline, Reference
from evalpress.wording import word

_FEW = 3  # lines of prose; a form with fewer has notes beside it, no report
_TITLE = re.compile(r"报告|自评|评价|情况")
_ENDS = tuple("。；;：:！!？?，,、")
_DATE = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
MAX_TITLE = 80


def read_document(
    document: Document, vocabulary: Vocabulary, asked: Asked, loaded: Loaded
) -> list[Reading]:
    """Every report of a document. Raises NotOwned, CannotScaffold for prose whose department and
    year nobody knows, because its outline follows from them."""
    doubt = word("import", "from_pdf") if document.doubtful else ""
    reader = FormReader(vocabulary, doubt, asked.year)
    prose: list[Part] = []
    for part in document.parts:
        if isinstance(part, Grid):
            _take_grid(part, reader, prose)
        elif isinstance(part, Picture) or not (
            _outside(prose, reader) and reader.takes(part)
        ):  # fmt: skip
            prose.append(part)
    has_form = any(reading.holds_form for reading in reader.readings)
    if has_form and sum(isinstance(p, Line) and len(p.text) > 8 for p in prose) < _FEW:
        _leave(prose, reader.readings)
        return reader.finished()
    readings = reader.finished()
    _add_prose(prose, readings[0], document, vocabulary, asked, loaded)
    return readings


def _take_grid(grid: Grid, reader: FormReader, prose: list[Part]) -> None:
    if reader.is_form(grid) or not prose:
        reader.read(grid)
    else:
        prose.append(grid)


def _outside(prose: Sequence[Part], reader: FormReader) -> bool:
    """Before the text begins, and after a form; inside the text a line is the text's."""
    return not any(isinstance(p, Line) and p.number for p in prose) or reader.reading.holds_form


def _leave(prose: Sequence[Part], readings: Sequence[Reading]) -> None:
    """A few lines beside a form have no place in it; pictures are files beside the report."""
    reading = readings[-1]
    for part in prose:
        if isinstance(part, Line):
            reading.drop(part.source, f"{part.number}{part.text}", "no_heading")
        elif isinstance(part, Grid):
            reading.leave_all(part.cells(), "no_heading")
        else:
            _attach(part, _of_sheet(part, readings))


def _attach(picture: Picture, reading: Reading) -> None:
    if name := keep_picture(picture, reading):
        said = picture.text.strip() or word("import", "picture_name").format(picture.source)
        reading.beside[name] = Sourced(said, picture.source)


def _of_sheet(picture: Picture, readings: Sequence[Reading]) -> Reading:
    """The last report that has cells of the same sheet."""
    sheet = picture.source.rpartition("!")[0]
    mine = [r for r in readings if sheet and any(s.startswith(f"{sheet}!") for s in r.used)]
    return (mine or list(readings))[-1]


def _add_prose(
    prose: list[Part], reading: Reading, document: Document, vocabulary: Vocabulary, asked: Asked,
    loaded: Loaded,
) -> None:  # fmt: skip
    rest = _sign(_without_contents(_titled(prose, reading), reading), reading)
    owner = owner_of(reading, document.name, asked, loaded)
    defaults = loaded.reference.defaults(owner.key)
    outline = loaded.reference.outlines.get(defaults.outlines.get(owner.kind) or "")
    known = _Sections(outline, vocabulary) if outline else None
    chapters = list(_chapters(rest, known))
    tops = [c for c in chapters if c.level == 1]
    fitting = [c for c in tops if known and known.find(c.heading)]
    doubt = document.doubtful
    if known and tops and 2 * len(fitting) >= len(tops):
        reading.body |= body_of(chapters, known.find, known.headings, reading, doubt)
    else:
        _free(chapters, reading, loaded.reference, doubt)
    reading.offers += offers_in(part for part in rest if isinstance(part, Line))


def _free(chapters: list[Chapter], reading: Reading, reference: Reference, doubt: bool) -> None:
    """The outline for texts of any structure: the one with a single section without a heading."""
    free = next(filter(_is_free, reference.outlines.values()), None)
    blocks = free_body(chapters, reading, doubt)
    if free is None:
        reading.body["preface"] = blocks
    else:
        reading.outline = free.id
        reading.body[free.sections[0].id] = blocks


def _is_free(outline: Outline) -> bool:
    first = outline.sections[0] if len(outline.sections) == 1 else None
    return first is not None and not first.heading and not first.sections


# --- title and signature ------------------------------------------------------------------------


def _titled(prose: list[Part], reading: Reading) -> list[Part]:
    """Take the title off the beginning: short lines without a stop, the last of which names a
    report."""
    lines: list[Line] = []
    for part in prose[:4]:
        if not isinstance(part, Line) or part.number or _number(part)[0]:
            break
        if part.text.endswith(_ENDS) or len(part.text) > MAX_TITLE:
            break
        lines.append(part)
    named = [n for n, line in enumerate(lines) if _TITLE.search(line.text)]
    if not named:
        return prose
    taken = lines[: named[-1] + 1]
    text = "".join(line.text.replace("\n", "") for line in taken)
    source = taken[0].source if len(taken) == 1 else f"{taken[0].source}、{taken[-1].source}"
    reading.title = Sourced(text, source, reading.doubt)
    return prose[len(taken) :]


_CONTENTS = re.compile(r"目\s*[录次]")
_ENTRY = re.compile(r".{2,80}?(?:\t|[.．]{3,}|…{2,}|·{3,}|-{4,})\s*\d{1,3}")


def _without_contents(prose: list[Part], reading: Reading) -> list[Part]:
    """Take out a table of contents, its heading and the lines that end in the number of a page;
    pages make their own."""
    kept: list[Part] = []
    inside = False
    for part in prose:
        begins = isinstance(part, Line) and bool(_CONTENTS.fullmatch(part.text.strip()))
        inside = begins or (inside and isinstance(part, Line) and bool(_ENTRY.fullmatch(part.text)))
        if inside and isinstance(part, Line):
            reading.drop(part.source, f"{part.number}{part.text}", "contents")
        else:
            kept.append(part)
    return kept


def _sign(prose: list[Part], reading: Reading) -> list[Part]:
    """Take office and date off the end, where they stand on lines of their own."""
    if not prose or not isinstance(prose[-1], Line):
        return prose
    last, before = prose[-1], prose[-2] if len(prose) > 1 else None
    if not _DATE.fullmatch(last.text.strip()):
        return prose
    reading.heads.setdefault("signature/date", Sourced(last.text, last.source, reading.doubt))
    signs = isinstance(before, Line) and len(before.text) < 30 and not before.number
    if isinstance(before, Line) and signs and not before.text.endswith(_ENDS):
        office = Sourced(before.text, before.source, reading.doubt)
        reading.heads.setdefault("signature/office", office)
        return prose[:-2]
    return prose[:-1]


# --- headings -----------------------------------------------------------------------------------

_CHINESE = "[一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"{_CHINESE}[、.．]"),
    re.compile(rf"[（(]{_CHINESE}[）)]|[㈠-㈩]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]|[⑴-⒇]"),
    re.compile(r"[①-⑳]"),
)
_HEADING_LENGTH = 45


@dataclass(frozen=True)
class _Sections:
    """The sections of an outline by their headings."""

    outline: Outline
    vocabulary: Vocabulary

    @property
    def headings(self) -> dict[str, str]:
        """The outline's own headings by section."""
        return {s.id: s.heading or "" for s in self.outline.walk()}

    def find(self, heading: str) -> str:
        """The section that a heading names, in the outline's words or in those of forms.yml."""
        ids = [
            s.id for s in self.outline.walk() if s.heading and plain(s.heading) == plain(heading)
        ]
        if len(ids) == 1:
            return ids[0]
        meanings = self.vocabulary.meanings(FormPart.HEAD, heading)
        known = {s.id for s in self.outline.walk()}
        body = [m.removeprefix("body/") for m in meanings if m.startswith("body/")]
        return body[0] if len(body) == 1 and body[0] in known else ""


def _number(line: Line) -> tuple[str, str, int]:
    """Number, text behind it, and level of a line; level 0 where it has no number."""
    if line.number:
        level = next((n for n, p in enumerate(_LEVELS, 1) if p.fullmatch(line.number)), 0)
        return line.number, line.text, level
    for level, pattern in enumerate(_LEVELS, 1):
        match = pattern.match(line.text)
        if match:
            return match[0], line.text[match.end() :].strip(), level
    return "", line.text, 0


def _chapters(prose: Sequence[Part], known: _Sections | None) -> Iterator[Chapter]:
    """The prose cut at its headings; the first chapter is what stands before them."""
    chapter = Chapter("", "", 0, "", [])
    for part in prose:
        heading = _heading(part, known) if isinstance(part, Line) else None
        if heading is None:
            chapter.parts.append(part)
            continue
        if chapter.level or chapter.parts:
            yield chapter
        chapter = heading
    yield chapter


_RUN_IN = re.compile(r"([^。：:，,]{2,30})[。：:]\s*(.+)", re.DOTALL)


def _heading(line: Line, known: _Sections | None) -> Chapter | None:
    """A line as the beginning of a chapter; a section's heading may run into its text."""
    number, text, level = _number(line)
    level = line.level or level
    if not level:
        return None
    if _is_heading(text):
        return Chapter(number, text.rstrip("：:"), level, line.source, [])
    match = _RUN_IN.fullmatch(text)
    if match and known and known.find(match[1]):
        rest = Line(match[2], line.source)
        return Chapter(number, match[1], level, line.source, [rest])
    return None


def _is_heading(text: str) -> bool:
    return (
        0 < len(text) <= _HEADING_LENGTH
        and "\n" not in text
        and not re.search("[。；;！!？?]", text)
        and not text.endswith(("，", ","))
    )
