"""The text of a report: recursive blocks that print verbatim, and what a section says.

A block is told by its key (`label`, `heading`, `list` …); a mere text is a paragraph.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from evalpress.model.reference import Piece
from evalpress.model.values import Flag, Id, Model, OptionalText, Text
from evalpress.text.markup import refused_markdown_links


class FromText(Model):
    """What a mere text can stand for; `from_text` names the field that the text is."""

    from_text: ClassVar[str] = "text"

    @model_validator(mode="before")
    @classmethod
    def _read(cls, found: Any) -> Any:
        return {cls.from_text: found} if isinstance(found, str) else found


class Paragraph(FromText):
    """Text; each line is a paragraph."""

    text: Text
    id: Id | None = None
    number: OptionalText = None


class Label(Model):
    """A label such as 自评方法： with text behind it or content below it."""

    label: Text
    id: Id | None = None
    text: OptionalText = None
    content: Blocks = ()


class Heading(Model):
    """A heading below the outline's sections, numbered by its depth unless it has a `number`."""

    heading: Text
    id: Id | None = None
    number: OptionalText = None
    content: Blocks = ()


class ListItem(FromText):
    """An item of a list: a text, a heading, or both, with content below."""

    id: Id | None = None
    number: OptionalText = None
    heading: OptionalText = None
    text: OptionalText = None
    content: Blocks = ()


class ItemList(Model):
    """A list; `numbering` is a sample of its numbers, `none` or `•`."""

    list: tuple[ListItem, ...]
    id: Id | None = None
    numbering: Text = "none"


class TableColumn(FromText):
    """A column of a free table; neighbours with the same `group` share a head above them."""

    from_text: ClassVar[str] = "name"
    name: Text
    group: OptionalText = None
    numeric: Flag = False


class Table(Model):
    """A free table; a hole is an empty cell."""

    table: OptionalText
    id: Id | None = None
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[OptionalText, ...], ...]
    note: OptionalText = None

    @model_validator(mode="after")
    def _rows_fit(self) -> Table:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                found, expected = len(row), len(self.columns)
                context = {"row": number, "found": found, "expected": expected}
                raise PydanticCustomError("ragged_row", "row {row}", context)
        return self


class Picture(Model):
    """A picture from the year's attachment folder; `alt` tells it to who cannot see it."""

    picture: Text
    alt: Text
    id: Id | None = None
    caption: OptionalText = None
    source: OptionalText = None


def _without_footnotes(text: str) -> str:
    if "[^" in text:
        raise PydanticCustomError("no_footnotes", "footnote")
    return text


def _with_safe_links(text: str) -> str:
    for found in refused_markdown_links(text):
        raise PydanticCustomError("bad_address", "{found}", {"found": found})
    return text


class Markdown(Model):
    """Text in a safe subset of Markdown, which has no footnotes and no links that run."""

    markdown: Annotated[Text, AfterValidator(_without_footnotes), AfterValidator(_with_safe_links)]
    id: Id | None = None


class Show(Model):
    """Prints a piece of structured data at this place."""

    show: Piece


class WithheldBlock(Model):
    """Stands where a text was withheld; made by the program, never read."""

    withheld: Text
    id: Id | None = None


_BLOCKS = {
    "label": Label,
    "heading": Heading,
    "list": ItemList,
    "table": Table,
    "picture": Picture,
    "markdown": Markdown,
    "show": Show,
    "text": Paragraph,
}
BLOCK_KEYS = tuple(_BLOCKS)
TAG_MARK = "<"  # begins the tags below, so that error locations can tell them from keys


def _block_tag(found: Any) -> str | None:
    if isinstance(found, str):
        return "<text>"
    if isinstance(found, dict):
        return next((f"<{key}>" for key in _BLOCKS if key in found), None)
    if isinstance(found, WithheldBlock):
        return "<withheld>"
    return next((f"<{key}>" for key, kind in _BLOCKS.items() if isinstance(found, kind)), None)


Block = Annotated[
    Annotated[Paragraph, Tag("<text>")]
    | Annotated[Label, Tag("<label>")]
    | Annotated[Heading, Tag("<heading>")]
    | Annotated[ItemList, Tag("<list>")]
    | Annotated[Table, Tag("<table>")]
    | Annotated[Picture, Tag("<picture>")]
    | Annotated[Markdown, Tag("<markdown>")]
    | Annotated[Show, Tag("<show>")]
    | Annotated[WithheldBlock, Tag("<withheld>")],
    Discriminator(_block_tag, custom_error_type="no_such_block", custom_error_message="block"),
]


def as_list(found: Any) -> Any:
    """A text or a single block stands for a list of one; anything else stays as it is."""
    return [found] if isinstance(found, str | dict) else found


Blocks = Annotated[tuple[Block, ...], BeforeValidator(as_list)]


class SectionText(Model):
    """What a report says in a section; heading and number where they depart from the outline."""

    heading: OptionalText = None
    number: OptionalText = None
    content: Blocks = ()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, found: Any) -> Any:
        if isinstance(found, dict) and found.keys() <= cls.model_fields.keys():
            return found
        return {"content": found}


for _model in (Label, Heading, ListItem, ItemList, SectionText):
    _model.model_rebuild()
