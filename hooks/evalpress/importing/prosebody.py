"""Chapters -> the blocks of a report's body, verbatim."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evalpress.files.clean import Uncleanable, clean
from evalpress.importing.drafts import Sourced
from evalpress.importing.labels import plain
from evalpress.importing.neutral import Cell, Grid, Line, Part, Picture
from evalpress.importing.reading import Reading
from evalpress.text.numbering import chinese_numeral
from evalpress.text.privacy import find_private
from evalpress.wording import word

Block = Any


@dataclass
class Chapter:
    """A heading with its number and level, from 1, and what stands below it up to the next one;
    level 0 is what stands before all headings."""

    number: str
    heading: str
    level: int
    source: str
    parts: list[Part]


def body_of(
    chapters: list[Chapter], find: Callable[[str], str], headings: Mapping[str, str],
    reading: Reading, doubtful: bool,
) -> dict[str, Any]:  # fmt: skip
    """The body of a report that follows an outline. A heading that the outline does not know stays
    a heading, below the section before it, and is looked at by a person."""
    body: dict[str, Any] = {}
    blocks: list[Block] = []
    own: list[tuple[int, list[Block]]] = []
    counts: dict[int, int] = {}
    for chapter in chapters:
        made = _blocks(chapter.parts, reading, doubtful)
        section = find(chapter.heading) if chapter.level else ""
        if section and section not in body:
            blocks, own = made, []
            counts[chapter.level] = counts.get(chapter.level, 0) + 1
            counts |= {level: 0 for level in counts if level > chapter.level}
            regular = _ordinal(chapter.number) in (None, counts[chapter.level])
            body[section] = _section(chapter, headings.get(section, ""), regular, blocks)
        elif chapter.level == 0:
            if made and "preface" in headings:
                body["preface"] = blocks = made
            else:
                blocks = made
                _lost(chapter, reading)
        elif not body:
            _lost(chapter, reading)
        else:
            doubt = word("import", "no_section") if chapter.level == 1 else ""
            block = _heading(chapter, made, doubt)
            while own and own[-1][0] >= chapter.level:
                own.pop()
            (own[-1][1] if own else blocks).append(block)
            own.append((chapter.level, block["content"]))
    return {section: _pruned(content) for section, content in body.items()}


def _section(chapter: Chapter, usual: str, regular: bool, blocks: list[Block]) -> Any:
    """The section's blocks; with its heading and number where those are not the outline's."""
    own: dict[str, Any] = {}
    if plain(usual) != plain(chapter.heading):
        own["heading"] = Sourced(chapter.heading, chapter.source)
    if not regular:
        own["number"] = Sourced(chapter.number, chapter.source)
    return {**own, "content": blocks} if own else blocks


def _ordinal(number: str) -> int | None:
    """Which one a number says to be; None for a heading without number."""
    digits = re.search(r"\d+", number)
    if digits:
        return int(digits[0])
    chinese = "".join(re.findall("[一二三四五六七八九十]", number))
    return next((n for n in range(1, 60) if chinese_numeral(n) == chinese), None)


def _lost(chapter: Chapter, reading: Reading) -> None:
    if chapter.heading:
        reading.drop(chapter.source, f"{chapter.number}{chapter.heading}", "no_section")
    for part in chapter.parts:
        if isinstance(part, Line):
            reading.drop(part.source, f"{part.number}{part.text}", "no_section")
        elif isinstance(part, Grid):
            reading.leave_all(part.cells(), "no_section")


def free_body(chapters: list[Chapter], reading: Reading, doubtful: bool) -> list[Block]:
    """All chapters as blocks, headings below headings."""
    blocks: list[Block] = []
    own: list[tuple[int, list[Block]]] = []
    for chapter in chapters:
        made = _blocks(chapter.parts, reading, doubtful)
        if not chapter.level:
            blocks += made
            continue
        block = _heading(chapter, made)
        while own and own[-1][0] >= chapter.level:
            own.pop()
        (own[-1][1] if own else blocks).append(block)
        own.append((chapter.level, block["content"]))
    return [_pruned(block) for block in blocks]


def _heading(chapter: Chapter, content: list[Block], doubt: str = "") -> dict[str, Any]:
    heading = Sourced(chapter.heading, chapter.source, doubt)
    return {"heading": heading, "number": chapter.number or "none", "content": content}


def _pruned(node: Any) -> Any:
    """Without contents that are empty; a section without any stays as an empty list."""
    if isinstance(node, dict):
        return {k: _pruned(v) for k, v in node.items() if k != "content" or v}
    return [_pruned(child) for child in node] if isinstance(node, list) else node


# --- blocks -------------------------------------------------------------------------------------


def _blocks(parts: list[Part], reading: Reading, doubtful: bool) -> list[Block]:
    found: list[Block] = []
    for part in parts:
        block = _block(part, reading, word("import", "from_pdf") if doubtful else "")
        found += [block] if block is not None else []
    return found


def _block(part: Part, reading: Reading, doubt: str) -> Block | None:
    if isinstance(part, Grid):
        return table_block(part, reading, doubt)
    if isinstance(part, Picture):
        return _picture(part, reading)
    if any(hit.certain for hit in find_private(part.text)):
        reading.drop(part.source, part.text, "private")
        return None
    text = Sourced(part.text, part.source, doubt)
    return {"number": part.number, "text": text} if part.number else text


def table_block(grid: Grid, reading: Reading, doubt: str = "") -> Block | None:
    """A table that is no part of a form: its first row are the heads of its columns."""
    rows = [row for row in grid.rows if any(not cell.blank for cell in row)]
    if not rows or any(_is_private(cell) for row in rows for cell in row):
        reading.leave_all(grid.cells(), "private")
        return None
    head, *below = rows
    columns = [_text(cell) or str(n) for n, cell in enumerate(head, 1)]
    block = {
        "table": None,
        "columns": columns,
        "rows": [[_text(cell) for cell in row] for row in below],
    }
    return Sourced(block, head[0].source, doubt)


def _is_private(cell: Cell) -> bool:
    return any(hit.certain for hit in find_private(cell.text))


def _text(cell: Cell) -> str:
    return cell.text.strip()


def keep_picture(picture: Picture, reading: Reading) -> str:
    """Put a picture among the files beside the report; its name there, or nothing, and told, for
    one that pages cannot show."""
    try:
        content = clean(picture.content) if picture.suffix else b""
    except Uncleanable:
        content = b""
    if not content:
        reading.drop(picture.source, picture.text, "picture")
        return ""
    name = f"picture-{sha256(content).hexdigest()[:10]}{picture.suffix}"
    reading.pictures[name] = content
    return name


def _picture(picture: Picture, reading: Reading) -> Block | None:
    name = keep_picture(picture, reading)
    if not name:
        return None
    text = picture.text.strip()
    doubt = "" if text else word("import", "no_alt")
    alt = Sourced(text or word("import", "alt"), picture.source, doubt)
    return {"picture": name, "alt": alt}
