"""4 write: the blocks of a report's text as Markdown, one registered function per type."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.files.attachments import attachment_address
from evalpress.model import (
    Heading,
    ItemList,
    Label,
    ListItem,
    Markdown,
    Paragraph,
    Picture,
    Show,
    Table,
    WithheldBlock,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, cell
from evalpress.pages.writer import Writer, write_block, write_piece
from evalpress.text.markup import (
    as_url,
    fragment,
    labelled,
    lead_number,
    lines,
    link,
    plain,
    render,
    safe_markdown,
)
from evalpress.text.numbering import NONE, number
from evalpress.wording import word


@write_block.register
def _paragraph(block: Paragraph, writer: Writer, depth: int, anchor: str) -> None:
    writer.paragraphs(block.text, lead_number(block.number))


@write_block.register
def _withheld(block: WithheldBlock, writer: Writer, depth: int, anchor: str) -> None:
    writer.add(f'<p class="ep-withheld">{plain(block.withheld)}</p>')


@write_block.register
def _label(block: Label, writer: Writer, depth: int, anchor: str) -> None:
    lead = labelled(block.label)
    writer.paragraphs(block.text, lead) if block.text else writer.add(lead)
    writer.blocks(block.content, depth, anchor)


@write_block.register
def _heading(block: Heading, writer: Writer, depth: int, anchor: str) -> None:
    own = block.id or f"{anchor}-{fragment(block.heading)}"
    writer.heading(block.heading, depth, own, block.number)
    writer.blocks(block.content, depth + 1, own)


@write_block.register
def _list(block: ItemList, writer: Writer, depth: int, anchor: str) -> None:
    if any(item.heading or item.content for item in block.list):
        for index, item in enumerate(block.list, 1):
            _write_item(item, item.number or number(block.numbering, index), writer, depth, anchor)
    else:
        writer.add(_plain_list(block))


def _write_item(item: ListItem, shown: str, writer: Writer, depth: int, anchor: str) -> None:
    """An item with a heading or content: a heading or paragraph of its own, then what is below."""
    own = item.id or f"{anchor}-{fragment(item.heading or item.text or '')}"
    if item.heading:
        writer.heading(item.heading, depth, own, shown or NONE)
        writer.paragraphs(item.text)
    else:
        writer.paragraphs(item.text, lead_number(shown))
    writer.blocks(item.content, depth + 1, own)


def _plain_list(block: ItemList) -> Markup:
    items = [
        (lead_number(item.number or number(block.numbering, index)), lines(item.text or ""))
        for index, item in enumerate(block.list, 1)
    ]
    return render("list.html.j2", items=items, ordered=block.numbering not in (NONE, "•"))


@write_block.register
def _table(block: Table, writer: Writer, depth: int, anchor: str) -> None:
    caption = block.table or word("page", "table")
    own = writer.unique(writer.prefix + (block.id or f"{anchor}-{fragment(caption)}"))
    columns = tuple(Column(c.name, c.numeric, c.group) for c in block.columns)
    rows = tuple(
        Row(tuple(_table_cell(v, c.numeric) for v, c in zip(row, columns, strict=True)))
        for row in block.rows
    )
    writer.add(Grid(own, caption, columns, rows, note=block.note or "").html())


def _table_cell(text: str | None, numeric: bool) -> Cell:
    """A cell of a clerk's own table: a hole stays empty, because a dash there would be a text."""
    style = "ep-number" if numeric else ""
    return cell(text, style) if text else Cell(Markup(""), style)


@write_block.register
def _picture(block: Picture, writer: Writer, depth: int, anchor: str) -> None:
    key = writer.assessment.key
    src = as_url(link(key.address, attachment_address(key, block.picture)))
    writer.add(render("picture.html.j2", picture=block, src=src))


@write_block.register
def _markdown(block: Markdown, writer: Writer, depth: int, anchor: str) -> None:
    writer.add(safe_markdown(block.markdown))


@write_block.register
def _show(block: Show, writer: Writer, depth: int, anchor: str) -> None:
    write_piece(block.show, writer, depth)
