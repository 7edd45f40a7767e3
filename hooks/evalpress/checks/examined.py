"""2 check: the files of a report -> what its rules need of each: private data, words of secrecy,
properties and hidden content. A file is scanned once for each state of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import TypeVar

from evalpress.checks.subject import Subject
from evalpress.files.attachments import digest_of, is_own_file
from evalpress.files.attachments import leads_out as is_led_out
from evalpress.files.scan import Hidden, Passage, Property, Scan, scan_content
from evalpress.findings import Refused
from evalpress.text.privacy import Hit, find_private
from evalpress.text.rosters import cells_of, names_in_columns
from evalpress.text.secrets import Secret, secrets_in
from evalpress.wording import word

T = TypeVar("T")


def located(parts: Sequence[T], texts: Sequence[str]) -> Iterator[tuple[T, Hit]]:
    """Private data in many texts, found in one pass, each with the part whose text it is in."""
    hits = _find_once("\n".join(texts))
    if hits:
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        yield from ((parts[bisect_right(starts, hit.start) - 1], hit) for hit in hits)


@lru_cache(maxsize=4)
def _find_once(text: str) -> tuple[Hit, ...]:
    """Two rules ask for the same text, one after the other."""
    return tuple(find_private(text))


@dataclass(frozen=True)
class Examined:
    """What the rules need of a scanned file; its texts are not kept."""

    hits: tuple[tuple[Passage, Hit], ...]
    secrets: tuple[tuple[Passage, Secret], ...]
    properties: tuple[Property, ...]
    hidden: tuple[Hidden, ...]
    unread: str
    detail: str
    is_picture: bool


@dataclass(frozen=True)
class NamedFile:
    """A file of a report: where the report names it, and what is in it."""

    place: str
    name: str
    found: Examined


def examined_files(subject: Subject) -> list[NamedFile]:
    """The report's files that are there; what is missing is another rule's."""
    return subject.once(_all_files)


def _all_files(subject: Subject) -> list[NamedFile]:
    return list(_files(subject))


def _files(subject: Subject) -> Iterator[NamedFile]:
    named = list(named_files(subject))
    if not named or is_led_out(subject.attachments):
        return
    words = tuple(subject.reference.secrecy)
    for place, name in named:
        if is_own_file(subject.attachments, name):
            path = subject.attachments / name
            yield NamedFile(place, name, _examined(subject, place, path, words))


def _examined(subject: Subject, place: str, path: Path, words: tuple[str, ...]) -> Examined:
    """What a file holds. Raises Refused for one that has changed since its digest was taken: what
    is found would be kept, and published, for another content."""
    content = path.read_bytes()
    digest = digest_of(content)
    if subject.contents is not None and subject.contents.get(path.name) != digest:
        raise Refused([subject.find("attachment_exchanged", place)])
    key = (digest, path.suffix.lower(), words)
    if key not in _EXAMINED:
        if len(_EXAMINED) >= MAX_KEPT:
            _EXAMINED.clear()
        _EXAMINED[key] = _examine(content, path.suffix.lower(), words)
    return _EXAMINED[key]


MAX_KEPT = 4096
_EXAMINED: dict[tuple[str, str, tuple[str, ...]], Examined] = {}


def named_files(subject: Subject) -> Iterator[tuple[str, str]]:
    """Place and name of every attachment, original and picture that the report names."""
    content = subject.content
    for attachment in content.attachments:
        if attachment.file:
            yield f"attachments/{attachment.id}/file", attachment.file
    if content.original:
        yield "original/file", content.original.file
    for text in subject.every_text:
        if text.place.endswith("/picture"):
            yield text.place, text.value


# What a file must be to open under its name.
_KINDS = {
    ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".png": "image", ".jpg": "image",
    ".jpeg": "image", ".gif": "image", ".webp": "image", ".csv": "text", ".txt": "text",
}  # fmt: skip


def _examine(content: bytes, suffix: str, words: tuple[str, ...]) -> Examined:
    """What the rules need of a file, which is scanned once for each content."""
    found = scan_content(content)
    expected = _KINDS.get(suffix, found.kind)
    misnamed = found.kind != expected and (found.readable or found.kind == "markup")
    return Examined(
        (*located(found.texts, [passage.text for passage in found.texts]), *_listed_names(found)),
        tuple((passage, s) for passage in found.texts for s in secrets_in(passage.text, words)),
        tuple(p for p in found.properties if not _is_public_name(p.value)),
        found.hidden,
        "misnamed" if misnamed else found.reason,
        found.detail,
        found.kind == "image",
    )


def _listed_names(found: Scan) -> Iterator[tuple[Passage, Hit]]:
    """Names in the columns of a file's tables: rows of a sheet, of a document, lines of a page."""
    lines = [(p, line) for p in found.texts for line in p.text.splitlines()]
    for _, group in groupby(lines, key=lambda entry: (entry[0].part, entry[0].name)):
        entries = list(group)
        for listed in names_in_columns(cells_of(line, p.part) for p, line in entries):
            yield entries[listed.row][0], listed.hit


_PROGRAMS = re.compile(
    r"(?:administrators?|admin|users?|author|owner|unknown|default|home|china|pc|p\s?r\s?c|hp|dell|"
    r"lenovo|asus|acer|huawei|organization|\W*)$|windows|microsoft|微软|office|wps|kingsoft|金山|"
    r"openpyxl|xlsxwriter|python-docx|apache|libreoffice|weasyprint|adobe|acrobat|用户$|作者$",
    re.IGNORECASE,
)


_OFFICES = re.compile(
    r"(?:[局委办厅部院校站所会社厅署队]|中心|政府|公司|集团|银行|大学|学校|医院|办公室|事务所|科室?)"
    r"(?:[（(][^（()）]*[)）])?$"
)


def _is_public_name(value: str) -> bool:
    """True for an office, or for what programs put in by themselves."""
    return bool(_PROGRAMS.match(value) or (len(value) > 3 and _OFFICES.search(value)))


def inside(passage: Passage) -> str:
    """Where in a file a passage stands, in words."""
    return word("file_parts", passage.part).format(name=passage.name, number=passage.number)
