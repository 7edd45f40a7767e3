"""4 write: the sections of an outline, filled with a report's text and the data that they show."""

from __future__ import annotations

from evalpress.model import Piece, Section, SectionText
from evalpress.pages.writer import FORM_PARTS, GOAL_PARTS, Writer, has_piece, shown_in, write_piece

# What has no place in the text follows in this order.
REMAINDER = (
    Piece.PROFILE,
    Piece.EVALUATION,
    Piece.STAGES,
    Piece.FUNDS,
    Piece.GOALS,
    Piece.GOAL_TARGETS,
    Piece.OVERALL_ACTUAL,
    Piece.GOAL_ACTUALS,
    Piece.INDICATORS,
    Piece.SCORES,
    Piece.PROBLEMS,
    Piece.PROJECTS,
    Piece.FOLLOWUPS,
    Piece.FACTS,
)


def write_owner(writer: Writer) -> None:
    """The sections of the outline that the report fills or shows data in; without an outline the
    report's own ones as they come."""
    by_text = set(shown_in(writer.owner))
    own = tuple(Section(id=name) for name in writer.owner.body)
    for section in writer.outline.sections if writer.outline else own:
        _write_section(section, writer, writer.depth, by_text)


def _write_section(section: Section, writer: Writer, depth: int, by_text: set[Piece]) -> None:
    if not _has_content(section, writer, by_text):
        return
    text = writer.owner.body.get(section.id) or SectionText()
    heading = text.heading or section.heading
    if heading:
        writer.heading(heading, depth, section.id, text.number or section.number)
    inner = depth + 1 if heading else depth
    writer.blocks(text.content, inner, section.id)
    for piece in section.shows:
        if piece not in by_text:
            write_piece(piece, writer, inner)
    for child in section.sections:
        _write_section(child, writer, inner, by_text)


def _has_content(section: Section, writer: Writer, by_text: set[Piece]) -> bool:
    return (
        section.id in writer.owner.body
        or any(p not in by_text and has_piece(p, writer) for p in section.shows)
        or any(_has_content(child, writer, by_text) for child in section.sections)
    )


def unplaced(writer: Writer) -> list[Piece]:
    """The pieces that hold data and have no place in the outline or the text."""
    placed = writer.placed()
    placed |= FORM_PARTS if Piece.FORM in placed else frozenset()
    in_parts = placed & GOAL_PARTS and Piece.GOALS not in placed
    placed |= {Piece.GOALS} if in_parts else GOAL_PARTS
    return [piece for piece in REMAINDER if piece not in placed and has_piece(piece, writer)]
