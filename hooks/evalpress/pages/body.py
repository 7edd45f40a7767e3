"""4 write: a report's body: its text in the outline's order, with its data in their places.

Data that neither the outline nor the text places are no part of what was signed: they follow behind
the signature, under a heading that says so.
"""

from __future__ import annotations

from typing import NamedTuple

from evalpress.assess import Assessment, Catalogue
from evalpress.pages import blocks, pieces  # noqa: F401  (they register the writers)
from evalpress.pages.sections import unplaced, write_owner
from evalpress.pages.writer import Writer, write_piece
from evalpress.text.markup import plain
from evalpress.wording import word


class Body(NamedTuple):
    """What was signed, and the tables of all other data, both as Markdown."""

    text: str
    tables: str


def write_body(catalogue: Catalogue, assessment: Assessment) -> Body:
    """The report's text and data, without the page's head and foot."""
    content, report = assessment.report.content, assessment.report
    outline = catalogue.reference.outline_of(content, report.key, report.kind)
    numbering = outline.numbering if outline else ()
    writer = Writer(catalogue, assessment, content, outline, numbering)
    write_owner(writer)
    end = len(writer.out)
    _write_remainder(writer)
    return Body("\n\n".join(writer.out[:end]), "\n\n".join(writer.out[end:]))


def _write_remainder(writer: Writer) -> None:
    left = unplaced(writer)
    if left:
        writer.add(f"## {plain(word('page', 'remainder'))} {{#{writer.unique('data-tables')}}}")
        writer.add(f'<p class="ep-computed__note">{plain(word("page", "remainder_note"))}</p>')
    writer.counts.clear()
    for piece in left:
        write_piece(piece, writer, writer.depth + 1)
