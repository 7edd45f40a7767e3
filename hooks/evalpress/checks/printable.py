"""2 check: rules about what a page and its PDF could not show: signs without a glyph, pictures that
nobody can draw. The build would refuse the same, later and without a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.subject import Subject
from evalpress.files.attachments import is_own_file
from evalpress.files.drawable import fault
from evalpress.findings import Finding, Level, Place, find
from evalpress.load import LISTS, Path_, Source
from evalpress.load.encoding import decode
from evalpress.typefaces import FontsMissing
from evalpress.typefaces.glyphs import vertical
from evalpress.wording import words

# Texts that no page prints: names of files, and what a screen reader says of a picture.
_UNPRINTED = ("/file", "/picture", "/alt")
# What is said of each fault of a picture.
_FAULTS = {
    "format": "picture_format",
    "damaged": "picture_damaged",
    "too_large": "picture_too_large",
}
# The files of data/ whose texts are printed; the lists of words hold patterns to search for.
_PRINTED = tuple(
    f"/{file}" for file in {file for file, _ in LISTS.values()} - {LISTS["wording"][0]}
)


@rule("missing_glyph", waivable=False)
def missing_glyphs(subject: Subject) -> Iterator[Finding]:
    """报告里的每一个字，PDF 的字体里都有。

    依据：本程序的数据格式
    """
    lacks = _lacking(subject, "".join(subject.signs))
    lacking = _lacking(subject, subject.whole) if lacks else ""
    for text in subject.every_text if lacking else ():
        signs = "".join(sign for sign in lacking if sign in text.value)
        if signs and not text.place.endswith(_UNPRINTED):
            near = subject.find("missing_glyph", text.place, **_told(signs)).where
            where = _spot(subject.source, near, signs)
            yield _finding("missing_glyph", signs, where, text.place)


def _lacking(seen: Subject | Context, text: str) -> str:
    """The signs of a text that cannot be printed, each once; none where nothing is printed, or
    where there are no fonts to ask, which another rule says."""
    if not seen.fonts:
        return ""
    try:
        return seen.fonts.unprintable(text)
    except FontsMissing:
        return ""


def _finding(rule_name: str, signs: str, where: Place, place: str = "") -> Finding:
    name = "vertical_script" if vertical(signs) else rule_name
    return find(name, where, place=place, **_told(signs))


def _told(signs: str) -> dict[str, Any]:
    kinds = {_kind(sign) for sign in signs}
    advice = "；".join(said for kind, said in words("unprintable").items() if kind in kinds)
    return {"found": "、".join(map(_named, signs)), "advice": advice}


def _named(sign: str) -> str:
    return f"“{sign}”（U+{ord(sign):04X}）"


def _kind(sign: str) -> str:
    """What advice helps: a sign of one font only, a picture sign, or any other."""
    category = unicodedata.category(sign)
    if category == "Co":
        return "private"
    return "picture" if category == "So" else "other"


def _spot(source: Source, near: Place, signs: str) -> Place:
    """The first of the signs from where its text begins; the text itself where they are written in
    another way."""
    lines = decode(source.content).splitlines()
    for number in range(max(near.line, 1), len(lines) + 1):
        columns = [at for sign in signs if (at := lines[number - 1].find(sign)) >= 0]
        if columns:
            return replace(near, line=number, column=min(columns) + 1)
    return near


@rule_for_all("missing_glyph_in_register")
def missing_glyphs_in_registers(context: Context) -> Iterator[Finding]:
    """基础资料里要印的字（部门名称、标题、表头等），PDF 的字体里都有。

    依据：本程序的数据格式
    """
    for name, source in sorted(context.loaded.sources.items()):
        if not name.endswith(_PRINTED) or source.data is None:
            continue
        lacking = _lacking(context, decode(source.content))
        for path, text in _texts(source.data) if lacking else ():
            if signs := "".join(sign for sign in lacking if sign in text):
                where = _spot(source, source.place(path), signs)
                yield _finding("missing_glyph_in_register", signs, where)


def _texts(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text of a file's tree, with the way to it."""
    if isinstance(node, dict | list):
        entries = node.items() if isinstance(node, dict) else enumerate(node)
        for step, child in entries:
            yield from _texts(child, (*path, step))
    elif isinstance(node, str):
        yield path, node


@rule_for_all("fonts_missing", level=Level.HINT)
def fonts_missing(context: Context) -> Iterator[Finding]:
    """没有安装字体时说明：没有核对 PDF 能否印出每一个字。

    依据：本程序的数据格式
    """
    if context.fonts and not context.fonts.fingerprint:
        yield find("fonts_missing", Place(context.data_dir.name))


@rule("picture_damaged", waivable=False)
def unusable_pictures(subject: Subject) -> Iterator[Finding]:
    """图片是 PNG、JPG、GIF 或 WebP，完整，打得开。

    依据：国办秘函〔2019〕19号
    """
    for place, steps, name in subject.parts:
        if steps[-1] != "picture" or not isinstance(name, str):
            continue
        path = subject.attachments / name
        if is_own_file(subject.attachments, name) and (kind := fault(path)):
            yield subject.find(_FAULTS[kind], place, found=name)
