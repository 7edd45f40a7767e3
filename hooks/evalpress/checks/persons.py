"""2 check: rules about private data and what hides in files: nothing is published unseen.

Texts of the report and of its attachments are read alike. What `exact` holds is what a waiver has
to repeat, so that a waiver never covers the next telephone number; of a number it is the mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalpress.checks import rule
from evalpress.checks.examined import examined_files, inside, located
from evalpress.checks.neighbours import beside_labels
from evalpress.checks.subject import Subject, Text
from evalpress.files.scan import Property
from evalpress.findings import Finding, Level
from evalpress.model import Table
from evalpress.text.privacy import Hit
from evalpress.text.rosters import names_in_columns
from evalpress.wording import word

# --- the report's own texts ---------------------------------------------------------------------


@rule("private_data", level=Level.ERROR, exact=True)
def private_data(subject: Subject) -> Iterator[Finding]:
    """报告里不得有身份证号、手机号、银行卡号、护照号、家庭住址，也不得把个人姓名和电话写在一起。

    依据：《个人信息保护法》
    """
    yield from _in_report(subject, "private_data", certain=True)


@rule("possible_private_data", level=Level.WARNING, exact=True)
def possible_private_data(subject: Subject) -> Iterator[Finding]:
    """疑似个人信息要核对：校验不符的身份证号、十五位号码、银行账号、联系人姓名、表格“姓名”一列里的姓名。

    依据：《个人信息保护法》
    """
    yield from _in_report(subject, "possible_private_data", certain=False)


@rule("private_data_withheld", level=Level.WARNING, exact=True)
def private_data_withheld(subject: Subject) -> Iterator[Finding]:
    """个人信息不用“不公开”来处理：列为不公开的，仍留在数据文件和版本库里，一律不录入。

    依据：《个人信息保护法》
    """
    asked = subject.content.withheld
    texts = [t for t in _texts(subject) if _is_withheld(subject, t.place)] if asked else []
    for text, hit in located(texts, [text.value for text in texts]):
        if hit.certain:
            start = max(text.value.find(hit.found), 0)
            yield subject.find_at(
                "private_data_withheld", text.place, start, exact=hit.shown, **_words_of(hit)
            )


def _in_report(subject: Subject, name: str, certain: bool) -> Iterator[Finding]:
    for text, hit in subject.once(_hits_in_report):
        if hit.certain is certain:
            start = text.value.find(hit.found)
            yield subject.find_at(
                name, text.place, max(start, 0), exact=hit.shown, **_words_of(hit)
            )


def _words_of(hit: Hit) -> dict[str, str]:
    return {"kind": word("private", hit.kind), "found": hit.shown, "mask": hit.mask}


def _hits_in_report(subject: Subject) -> list[tuple[Text, Hit]]:
    """Private data with the text that it stands in; what is withheld is not published."""
    texts = _texts(subject)
    if subject.content.withheld:
        texts = [text for text in texts if not _is_withheld(subject, text.place)]
    alone = [*located(texts, [text.value for text in texts]), *_names_in_tables(subject)]
    beside = [
        entry for entry in beside_labels(subject) if not _is_withheld(subject, entry[0].place)
    ]
    return _once(alone, beside)


def _once(alone: list[tuple[Text, Hit]], beside: list[tuple[Text, Hit]]) -> list[tuple[Text, Hit]]:
    """What is found in texts alone, then what only a neighbour tells; of the same string at one
    place, what is certain."""
    sure = {(text.place, hit.found) for text, hit in beside if hit.certain}
    kept = [e for e in alone if e[1].certain or (e[0].place, e[1].found) not in sure]
    seen = {(text.place, hit.found) for text, hit in kept}
    for text, hit in sorted(beside, key=lambda entry: not entry[1].certain):
        if (text.place, hit.found) not in seen:
            seen.add((text.place, hit.found))
            kept.append((text, hit))
    return kept


def _names_in_tables(subject: Subject) -> Iterator[tuple[Text, Hit]]:
    """Names in the columns of the report's own tables."""
    for place, _, table in subject.of(Table):
        heads = [column.name for column in table.columns]
        rows = [heads, *([cell or "" for cell in row] for row in table.rows)]
        if not _is_withheld(subject, place):
            for listed in names_in_columns(rows):
                where = f"{place}/{listed.row}/{listed.cell + 1}"
                yield Text(where, listed.hit.found), listed.hit


def _texts(subject: Subject) -> list[Text]:
    return [*subject.every_text, *subject.measures]


def _is_withheld(subject: Subject, place: str) -> bool:
    return any(
        place == request.place or place.startswith(f"{request.place}/")
        for request in subject.content.withheld
    )


_RESIDUE = re.compile(
    r"PAGEREF\s+_\w+|HYPERLINK\s+\\l|[{｛]\s*(?:TOC|PAGE|REF|MERGEFIELD)\b|\\\*\s*MERGEFORMAT|"
    r"错误[!！]\s*(?:未定义书签|未找到引用源|文档中没有|使用)[^。\n]{0,12}|Error!\s+Bookmark"
)


_RESIDUE_MARKS = ("PAGEREF", "HYPERLINK", "MERGEFORMAT", "{", "｛", "错误!", "错误！", "Error!")


@rule("word_residue", level=Level.ERROR)
def word_residue(subject: Subject) -> Iterator[Finding]:
    """文字里不得残留 Word 的域代码和目录错误提示。

    依据：地方做法
    """
    every = "\n".join(text.value for text in subject.every_text)
    if any(mark in every for mark in _RESIDUE_MARKS):
        for text in subject.every_text:
            for match in _RESIDUE.finditer(text.value):
                at = match.start()
                yield subject.find_at("word_residue", text.place, at, found=match[0])


# --- attachments, originals and pictures --------------------------------------------------------


@rule("private_data_in_file", level=Level.ERROR, exact=True)
def private_data_in_files(subject: Subject) -> Iterator[Finding]:
    """附件、原件里同样不得有个人信息。

    依据：《个人信息保护法》
    """
    yield from _in_files(subject, "private_data_in_file", certain=True)


@rule("possible_private_data_in_file", level=Level.WARNING, exact=True)
def possible_private_data_in_files(subject: Subject) -> Iterator[Finding]:
    """附件、原件里的疑似个人信息要核对。

    依据：《个人信息保护法》
    """
    yield from _in_files(subject, "possible_private_data_in_file", certain=False)


def _in_files(subject: Subject, name: str, certain: bool) -> Iterator[Finding]:
    for file in examined_files(subject):
        for passage, hit in file.found.hits:
            if hit.certain is certain:
                values = {"file": file.name, "inside": inside(passage), **_words_of(hit)}
                yield subject.find(name, file.place, exact=hit.shown, **values)


# Why a file is no picture, which the rule about pictures says of those that a text shows.
_NOT_DRAWN = ("damaged", "format", "empty", "misnamed")


@rule("unchecked_attachment", level=Level.ERROR)
def unchecked_attachments(subject: Subject) -> Iterator[Finding]:
    """读不出文字或有不认得部分的附件（扫描件、加密文件、旧版 Word、WPS、压缩包）要有人核对并签注。

    依据：地方做法
    """
    for file in examined_files(subject):
        reason = file.found.unread
        if not reason and file.found.is_picture and not file.place.endswith("/picture"):
            reason = "pictures"
        if reason == "pictures" and file.found.detail:
            reason = "picture_pages"
        if reason and not (file.place.endswith("/picture") and reason in _NOT_DRAWN):
            why = word("unread", reason).format(detail=file.found.detail)
            yield subject.find("unchecked_attachment", file.place, file=file.name, why=why)


@rule("file_metadata", level=Level.ERROR, exact=True)
def file_metadata(subject: Subject) -> Iterator[Finding]:
    """附件、原件和图片的属性里不得有个人姓名、拍摄地点、设备编号。

    依据：《个人信息保护法》
    """
    for file in examined_files(subject):
        if file.found.properties:
            listed = _listed(map(_property_words, file.found.properties))
            exact = "、".join(found.value for found in file.found.properties)
            path = f"{subject.key.department}/{subject.key.year}/{file.name}"
            yield subject.find(
                "file_metadata", file.place, exact=exact, file=file.name, found=listed, path=path
            )


def _property_words(found: Property) -> str:
    shown = found.value if len(found.value) <= 40 else f"{found.value[:39]}…"
    return f"{word('file_properties', found.name)}“{shown}”"


_GRAVE = frozenset(
    ["comments", "revisions", "hidden_sheet", "hidden_text", "macros", "scripts", "covered_text",
     "unread_part", "connection", "custom_xml", "xml_comment", "extra_bytes", "hidden_field",
     "earlier_version", "hidden_layer", "outside_text", "cell_formula"]
)  # fmt: skip


@rule("hidden_content", level=Level.ERROR)
def hidden_content(subject: Subject) -> Iterator[Finding]:
    """附件里不得留有批注、修订、宏、脚本，也不得有读者看不见的内容：隐藏、盖住或页面以外的文字，关闭的图层，旧内容，附带数据。

    依据：地方做法
    """
    yield from _hidden(subject, "hidden_content", grave=True)


@rule("possible_hidden_content", level=Level.WARNING)
def possible_hidden_content(subject: Subject) -> Iterator[Finding]:
    """附件里的隐藏行列、内嵌文件、读不出字或裁剪过的图片、数据透视缓存和指向本机文件的链接要核对。

    依据：地方做法
    """
    yield from _hidden(subject, "possible_hidden_content", grave=False)


def _hidden(subject: Subject, name: str, grave: bool) -> Iterator[Finding]:
    for file in examined_files(subject):
        for hidden in file.found.hidden:
            if (hidden.kind in _GRAVE) is grave:
                kind = word("hidden", hidden.kind, "name")
                names = _listed(f"“{found}”" for found in hidden.names)
                fix = word("hidden", hidden.kind, "fix")
                values = {"file": file.name, "kind": kind, "names": names, "how": fix}
                yield subject.find(name, file.place, count=hidden.count, **values)


def _listed(names: Iterable[str]) -> str:
    """At most five names, for a message."""
    every = list(names)
    return "、".join(every[:5]) + ("……" if len(every) > 5 else "")
