"""4 write: what the writers of blocks and pieces share: the page so far, numbers, ids, notices.

Two registries hang on it: `write_block`, one function per type of block, and `PIECES`, one per
piece of structured data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import singledispatch
from typing import Any

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue
from evalpress.model import (
    Correction,
    Evaluated,
    FundTable,
    Goal,
    IndicatorTable,
    Outline,
    Piece,
    Project,
    ReportContent,
    Scheme,
    Show,
)
from evalpress.model.values import parts
from evalpress.text.markup import lines, numbered, plain
from evalpress.text.numbering import NONE, number

# Pieces that print part of the goals; where one of them has a place, the others need one too.
GOAL_PARTS = frozenset({Piece.GOAL_TARGETS, Piece.GOAL_ACTUALS, Piece.OVERALL_ACTUAL})
# Pieces that stand in the official form as well.
FORM_PARTS = frozenset({Piece.FUNDS, Piece.GOALS, Piece.INDICATORS})


@dataclass
class Writer:
    """Writes the Markdown of one report, or of one project inside a report."""

    catalogue: Catalogue
    assessment: Assessment
    owner: Evaluated
    outline: Outline | None
    numbering: tuple[str, ...] = ()
    prefix: str = ""
    depth: int = 1
    out: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    counts: dict[int, int] = field(default_factory=dict)

    def add(self, markdown: str) -> None:
        """A block of Markdown, parted from its neighbours by an empty line."""
        if markdown:
            self.out.append(str(markdown))

    def paragraphs(self, text: str | None, lead: Markup | str = "") -> None:
        """The paragraphs of a text, the first one after a number or label."""
        for index, line in enumerate(lines(text or "")):
            self.add(Markup(lead) + line if index == 0 else line)

    def unique(self, wanted: str) -> str:
        """An id that the page does not have yet; a second one of the same text gets a number."""
        found, count = wanted, 1
        while found in self.ids:
            count += 1
            found = f"{wanted}-{count}"
        self.ids.add(found)
        return found

    def heading(self, text: str, depth: int, anchor: str, own_number: str | None) -> None:
        """A heading: numbered by its depth, or as the original has it; both count."""
        if own_number != NONE:
            self.counts[depth] = self.counts.get(depth, 0) + 1
        shown = own_number
        if own_number is None:
            shown = number(self._sample(depth), self.counts[depth])
        for deeper in [d for d in self.counts if d > depth]:
            del self.counts[deeper]
        lead = "" if shown in (None, "", NONE) else numbered(str(shown))
        marks = "#" * min(depth + 1, 6)
        self.add(f"{marks} {lead}{plain(text)} {{#{self.unique(self.prefix + anchor)}}}")

    def _sample(self, depth: int) -> str:
        return self.numbering[depth - 1] if depth <= len(self.numbering) else NONE

    def blocks(self, blocks: Iterable[Any], depth: int, anchor: str) -> None:
        """Blocks of text; headings among them stand at `depth`."""
        for block in blocks:
            write_block(block, self, depth, anchor)

    def notice(self, place: str) -> str | None:
        """The notice of a withheld place, or of one that it lies in."""
        withheld = self.assessment.report.withheld
        parts = (self.place_prefix() + place).split("/")
        ends = range(len(parts), 0, -1)
        return next((withheld[p] for n in ends if (p := "/".join(parts[:n])) in withheld), None)

    def corrected(self, place: str) -> Correction | None:
        """The last correction of exactly this place; None where there is none."""
        full = self.place_prefix() + place
        found = [c for c in self.report_content.corrections if c.place == full]
        return found[-1] if found else None

    def place_prefix(self) -> str:
        """How the places of this report or project begin."""
        return f"projects/{self.owner.id}/" if isinstance(self.owner, Project) else ""

    def placed(self) -> set[Piece]:
        """The pieces that the outline or the text names."""
        shown = set(shown_in(self.owner))
        if self.outline:
            shown.update(piece for s in self.outline.walk() for piece in s.shows)
        return shown

    def inline(self, blocks: Iterable[Any]) -> Markup:
        """Paragraphs and other blocks for a table cell, parted by line breaks."""
        inner = replace(self, out=[], counts={})
        inner.blocks(blocks, self.depth, "cell")
        return Markup("<br>").join(Markup(part) for part in inner.out)

    def inside(self, project: Project, outline: Outline | None, depth: int) -> Writer:
        """A writer for a project inside this report; it writes to the same page."""
        prefix = f"project-{project.id}-"
        return replace(self, owner=project, outline=outline, prefix=prefix, depth=depth, counts={})

    @property
    def is_report(self) -> bool:
        """True for the report itself, False for a project inside it."""
        return self.owner is self.assessment.report.content

    @property
    def report_content(self) -> ReportContent:
        """What the report says, for a project inside it as well."""
        return self.assessment.report.content

    @property
    def goals(self) -> list[Goal | None]:
        """The overall goal, which may be missing, then the single ones."""
        found = self.owner.goals
        return [found.overall, *found.items] if found else [None]

    @property
    def scheme(self) -> Scheme | None:
        """The scheme by which the report or project scores; None where it has none."""
        return self.catalogue.reference.scheme_of(self.owner, self.assessment.key)

    @property
    def fund_table(self) -> FundTable | None:
        """The rows and columns of its money; None where it has no such table."""
        return self.catalogue.reference.fund_table_of(self.owner, self.assessment.key)

    @property
    def indicator_table(self) -> IndicatorTable | None:
        """The columns of its indicators; None where it has no such table."""
        return self.catalogue.reference.indicator_table_of(self.owner, self.assessment.key)

    def full_marks_of(self, dimension: str) -> Decimal | None:
        """The scheme's full marks of a dimension."""
        found = self.scheme.dimension(dimension) if self.scheme else None
        return found.full_marks if found else None


def shown_in(node: Any) -> Iterator[Piece]:
    """The pieces that a text places by `show`, wherever in it."""
    if isinstance(node, Show):
        yield node.show
    for child in parts(node):
        yield from shown_in(child)


@singledispatch
def write_block(block: Any, writer: Writer, depth: int, anchor: str) -> None:
    """Write one block of text; headings in it stand at `depth`, their ids begin with `anchor`."""
    raise TypeError(f"no writer for {type(block).__name__}")


@dataclass(frozen=True)
class PieceWriter:
    """How a piece of structured data is found and written."""

    has: Callable[[Writer], bool]
    write: Callable[[Writer, int], None]


PIECES: dict[Piece, PieceWriter] = {}


def piece(
    name: Piece, has: Callable[[Writer], bool]
) -> Callable[[Callable[[Writer, int], None]], Callable[[Writer, int], None]]:
    """Register the writer of a piece, with the test whether a report has it."""

    def register(function: Callable[[Writer, int], None]) -> Callable[[Writer, int], None]:
        if name in PIECES:
            raise ValueError(f"piece {name} is registered twice")
        PIECES[name] = PieceWriter(has, function)
        return function

    return register


def has_piece(name: Piece, writer: Writer) -> bool:
    """True where the report holds data for the piece."""
    return PIECES[name].has(writer)


def write_piece(name: Piece, writer: Writer, depth: int) -> None:
    """Write a piece, if the report holds data for it; headings in it stand at `depth`."""
    if has_piece(name, writer):
        PIECES[name].write(writer, depth)
