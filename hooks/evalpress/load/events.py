"""1 read: the text of one YAML file -> its tree.

YAML is read at event level: every scalar stays the text that the clerk wrote, and aliases, tags and
duplicate keys are refused, because they change or hide what stands in the file. A file with a
mistake in its YAML is mended and read again, until all of them are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from sys import intern
from typing import Any, NamedTuple

import yaml

from evalpress.findings import Finding, Place, find
from evalpress.load.comments import eaten, may_eat
from evalpress.load.encoding import GB18030, decode, is_gb18030
from evalpress.load.mending import MAX_MENDED, Mender
from evalpress.load.syntax import (
    curly_quotes,
    cut_off,
    starts_with_wide_space,
    stuck_key,
    stuck_lines,
    syntax_finding,
    unseen_characters,
)
from evalpress.load.traces import as_meant, has_traces, hidden_characters, hidden_in, traces
from evalpress.load.tree import BITS, Fields, Items, mark_of, spot_of
from evalpress.model import Model

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_PARTS = 60_000  # texts, lists and mappings of one file
MAX_TEXT = 200_000  # characters of one text
MAX_FINDINGS = 200  # of one file; whoever has more mends these first


class _Refusal(Exception):
    """Findings that end the reading of one file."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


class Reading(NamedTuple):
    """What was read of a file: its tree, the mark of its beginning, what is wrong with it as YAML.

    `mender` says what had to be mended first; `is_sound` is False where the tree is a guess.
    """

    tree: Any
    mark: int | None
    findings: list[Finding]
    mender: Mender | None = None
    is_sound: bool = True


def read_tree(name: str, content: bytes) -> Reading:
    """A file's tree with every mistake in its YAML."""
    try:
        text, findings = _decode(name, content)
        return _read_mended(name, text, [*findings, *cut_off(name, text)])
    except _Refusal as refusal:
        return Reading(None, None, list(refusal.findings), is_sound=False)


# How files of Office and WPS, PDFs and RTF begin.
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")


def _decode(name: str, content: bytes) -> tuple[str, list[Finding]]:
    """The text of a file; one in GB18030 is read all the same, to find what else is wrong."""
    findings: list[Finding] = []
    if len(content) > MAX_BYTES:
        raise _Refusal(find("file_too_large", Place(name), found=len(content), limit=MAX_BYTES))
    if content.startswith(_OFFICE_FILES):
        raise _Refusal(find("office_file", Place(name)))
    try:
        text = decode(content)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if not is_gb18030(content):
            raise _Refusal(find("not_utf8", Place(name, line))) from None
        findings.append(find("in_gb18030", Place(name, line)))
        text = content.decode(GB18030)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen = unseen_characters(name, text)
    if unseen:
        raise _Refusal(*findings, *unseen)
    return text, findings


def _read_mended(name: str, text: str, before: list[Finding]) -> Reading:
    """Read, mend what stops the reading or was eaten by a comment, read again."""
    told, mender = list(before), None
    is_sound = not before
    while True:
        findings: list[Finding] = []
        reader = _Reader(name, text, findings)
        try:
            read = reader.read()
            wrong = [] if mender and mender.is_spent else reader.eaten()
        except _Refusal as refusal:
            read, wrong = None, list(refusal.findings)
        except yaml.MarkedYAMLError as error:
            read, wrong = None, [syntax_finding(name, text.split("\n"), error)]
        if read and not wrong:
            kept = [f for f in findings if not (mender and mender.hides(f))]
            return Reading(*read, [*told, *kept], mender, is_sound)
        is_sound = is_sound and read is not None
        if mender is None and len(text) <= MAX_MENDED:
            mender = Mender(text)
        told += [f for f in wrong if not (mender and mender.is_echo(f))]
        if mender is None or not all([mender.mend(finding) for finding in wrong]):  # noqa: C419
            lines = {f.where.line for f in told}
            kept = [f for f in findings if f.where.line not in lines]
            return Reading(None, None, [*kept, *told], is_sound=False)
        text = mender.text


_PLAIN = (None, "")
_MAY_STICK = re.compile(r"[a-z_]+\s*[:：]|[-－“‘＂＇]")
_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_THOUSANDS = re.compile(r"\d{3}(\.\d+)?", re.ASCII)  # 600.5 of 12,600.5
_WIDE = re.compile(r"[⺀-鿿豈-﫿＀-￯\u3000-〿“”‘’—…]")
_LEADING = re.compile(r"[-+]?[1-9]\d{0,2}", re.ASCII)


class _Entry(NamedTuple):
    """A key of a mapping with its value, and the events with which the two begin."""

    key: str
    value: Any
    event: Any
    following: Any


class _Slip(NamedTuple):
    """What made a text a key: the rule that says so, and what puts it where it was meant to be."""

    rule: str
    mend: Callable[[Fields, _Entry], None]


def _last(fields: Fields) -> str | None:
    return next(reversed(fields), None)


def _part(fields: Fields, entry: _Entry, name: str, value: str | None) -> None:
    """`name：甲` becomes a field with a value."""
    fields.marks[name] = fields.marks.pop(entry.key)
    fields[name] = value


def _indent(fields: Fields, entry: _Entry) -> None:
    """What wide spaces indent goes below the field above it."""
    above = _last(fields)
    if above and fields[above] is None:
        fields[above] = Fields()
        fields[above].marks = {}
    if above and isinstance(fields[above], Fields):
        fields[above].marks[entry.key] = fields.marks.pop(entry.key)
        fields[above][entry.key] = entry.value


def _join(fields: Fields, entry: _Entry, comma: str) -> None:
    """What a comma cut off goes back to the text before it."""
    before = _last(fields)
    if before and isinstance(fields[before], str):
        fields[before] += f"{comma}{entry.key}"


_COMMA_IN_NUMBER = _Slip("comma_in_number", partial(_join, comma=""))
_COMMA_IN_BRACES = _Slip("comma_in_braces", partial(_join, comma="，"))


class _Reader:
    """Builds the tree of one file from YAML events. Every file is read at every change, so what
    happens for each event is kept short."""

    def __init__(self, name: str, text: str, findings: list[Finding]) -> None:
        self.name, self.text, self.findings = name, text, findings
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.parts = 0
        self.cut_list: Items | None = None  # the list of which it was told that commas cut texts
        self.spans: list[tuple[int, int]] | None = [] if may_eat(text) else None
        self.has_traces = has_traces(text)
        self.is_plain = not self.has_traces and self.spans is None  # nearly every file
        if self.has_traces:
            findings += hidden_characters(name, text)

    def read(self) -> tuple[Any, int | None]:
        """The tree, and the mark of its beginning."""
        self.next()  # stream start
        if type(self.next()) is yaml.StreamEndEvent:
            return None, None
        event = self.next()
        data = self._node(event, 0)
        self.next()  # document end
        following = self.next()
        if type(following) is not yaml.StreamEndEvent:
            raise _Refusal(find("second_document", self._place(following)))
        return data, mark_of(event.start_mark, event.start_mark)

    def eaten(self) -> list[Finding]:
        """Findings for the comments that took a value, or the end of one, when all was read."""
        return list(eaten(self.name, self.text, self.spans)) if self.spans is not None else []

    def _place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any, depth: int) -> Any:
        self.parts += 1
        if depth > MAX_DEPTH or self.parts > MAX_PARTS:
            self._refuse_excess(event, depth)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        self._refuse_marks(event)
        if kind is yaml.MappingStartEvent:
            return self._mapping(depth + 1, bool(event.flow_style))
        return self._sequence(event, depth + 1)

    def _tell(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) > MAX_FINDINGS:
            raise _Refusal(find("too_many_findings", finding.where, limit=MAX_FINDINGS))

    def _refuse_excess(self, event: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _Refusal(find("too_deep", self._place(event), limit=MAX_DEPTH))
        raise _Refusal(find("too_many_parts", self._place(event), limit=MAX_PARTS))

    def _refuse_marks(self, event: Any) -> None:
        """Aliases, anchors and tags are refused, before values and before keys."""
        if type(event) is yaml.AliasEvent or event.anchor:
            raise _Refusal(find("alias_refused", self._place(event), found=event.anchor))
        if event.tag and event.tag != "!":
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise _Refusal(find("tag_refused", self._place(event), found=shown))

    def _mapping(self, depth: int, in_braces: bool) -> Fields:
        result = Fields()
        marks = result.marks = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key = self._key(event, in_braces)
            if key in result:
                first, _ = spot_of(marks[key] >> 2 * BITS)
                self._tell(find("duplicate_key", self._place(event), found=key, first=first))
            following = self.next()
            value = self._node(following, depth)
            marks[key] = mark_of(event.start_mark, following.start_mark)
            if value is None or not event.value[:1].isascii():
                self._put_odd(result, _Entry(key, value, event, following), in_braces)
            else:
                result[key] = value
        return result

    def _key(self, event: Any, in_braces: bool) -> str:
        if in_braces and isinstance(
            event, yaml.CollectionStartEvent
        ):  # {{ … }}, [[ … ]]: words, not YAML
            place = self._place(event)
            found = self.text.split("\n")[place.line - 1].strip()
            raise _Refusal(find("reserved_start", place, found=found[:40]))
        if type(event) is not yaml.ScalarEvent or event.value == "<<":
            found = getattr(event, "value", "…")
            raise _Refusal(find("key_refused", self._place(event), found=found))
        if event.anchor or event.tag:
            self._refuse_marks(event)
        value = event.value if self.is_plain else self._meant(event, event.value)
        return intern(value.strip())

    def _meant(self, event: Any, value: str) -> str:
        """A text without what other programs left in it, which is told once."""
        if self.spans is not None:
            self.spans.append((event.start_mark.index, event.end_mark.index))
        if not self.has_traces:
            return value
        mark, meant = event.start_mark, as_meant(value)
        written = self.text[mark.index : event.end_mark.index]
        if meant != value and as_meant(written) == written:
            written = value  # an escape in quotes stands for the sign
            for finding in hidden_in(self.name, written, mark.line + 1, mark.column + 1):
                self._tell(finding)
        for finding in traces(self.name, written, mark.line + 1, mark.column + 1):
            self._tell(finding)
        return meant

    def _put_odd(self, fields: Fields, entry: _Entry, in_braces: bool) -> None:
        """Put what may be no key where it was meant to be: a slip is told once, here, and moved, so
        that nothing else is said of it."""
        slip = self._slip(fields, entry, in_braces)
        if slip is None:
            fields[entry.key] = entry.value
        else:
            self._tell(find(slip.rule, self._place(entry.event), found=entry.key))
            slip.mend(fields, entry)

    def _slip(self, fields: Fields, entry: _Entry, in_braces: bool) -> _Slip | None:
        """The comma, colon or space in the wrong form that made a text a key; None without one."""
        is_empty, is_indented = entry.value is None, starts_with_wide_space(entry.event.value)
        if not is_empty and not is_indented:
            return None
        stuck = stuck_key(entry.key, _field_names()) if is_empty else None
        if stuck:
            rule, name, value = stuck
            return _Slip(rule, partial(_part, name=name, value=value or None))
        if is_indented and entry.event.style in _PLAIN:
            return _Slip("wide_indent", _indent)
        if in_braces and self._is_alone(entry) and _last(fields) and not _NAME.fullmatch(entry.key):
            return _COMMA_IN_NUMBER if _THOUSANDS.fullmatch(entry.key) else _COMMA_IN_BRACES
        return None

    def _is_alone(self, entry: _Entry) -> bool:
        """True for a key that no colon follows."""
        return entry.value is None and ":" not in self._between(entry.event, entry.following)

    def _between(self, event: Any, following: Any) -> str:
        return self.text[event.end_mark.index : following.start_mark.index + 1]

    def _sequence(self, start: Any, depth: int) -> Items:
        result = Items()
        marks = result.marks = []
        last = None
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            marks.append(mark_of(event.start_mark, event.start_mark))
            value = self._node(event, depth)
            if last and start.flow_style and self.text[event.start_mark.index - 1] == ",":
                value = self._after_comma(result, last, event, value)
            result.append(value)
            last = event
        return result

    def _after_comma(self, items: Items, last: Any, event: Any, value: Any) -> Any:
        """A comma without a space, which may stand within a text or a number."""
        if type(last) is not yaml.ScalarEvent or type(event) is not yaml.ScalarEvent:
            return value
        before, behind = last.value[-1:], event.value[:1]
        if last.style not in _PLAIN or event.style not in _PLAIN:
            return value
        if _THOUSANDS.fullmatch(event.value) and _LEADING.fullmatch(last.value):
            self._tell(find("comma_in_number", self._place(event), found=event.value))
            items.marks.pop()
            return items.pop() + value
        if _WIDE.match(before) and _WIDE.match(behind) and self.cut_list is not items:
            self.cut_list = items
            found = f"{last.value[-10:]},{event.value[:10]}"
            self._tell(find("comma_in_list", self._place(event), found=found))
        return value

    def _scalar(self, event: Any) -> str | None:
        if event.anchor or event.tag:
            self._refuse_marks(event)
        value: str = event.value
        if event.start_mark.line != event.end_mark.line:
            return self._several_lines(event)
        if len(value) > MAX_TEXT:
            raise _Refusal(find("text_too_long", self._place(event), limit=MAX_TEXT))
        if not self.is_plain:
            value = self._meant(event, value)
        if event.style not in _PLAIN:
            return value
        if value in ("", "~", "null"):
            return None
        return self._find_stuck(event, value) if _MAY_STICK.match(value) else value

    def _several_lines(self, event: Any) -> str:
        start, end = event.start_mark.index, event.end_mark.index
        if end - start > MAX_TEXT:
            raise _Refusal(find("text_too_long", self._place(event), limit=MAX_TEXT))
        written = self._meant(event, self.text[start:end])
        if event.style in _PLAIN:
            return refold(self._find_stuck(event, written))
        if event.style == "|":
            return as_meant(event.value) if self.has_traces else str(event.value)
        return refold(written, folded=True) if event.style == ">" else _requoted(written)

    def _find_stuck(self, event: Any, written: str) -> str:
        """Tell of lines of a text that were meant as fields or list items of their own, and of
        quotes that are none in YAML; gives the text as it was meant."""
        mark = event.start_mark
        before = self.text[mark.index - mark.column : mark.index]
        for rule, number, indent, line in stuck_lines(written, not before.strip(), _field_names()):
            column = indent if number else mark.column
            place = Place(self.name, mark.line + 1 + number, column + 1)
            self._tell(find(rule, place, found=line))
        if not (found := curly_quotes(written)):
            return written
        self._tell(find("curly_quotes", self._place(event), found=found))
        return written.strip()[1:-1]


@cache
def _field_names() -> frozenset[str]:
    """Every field that some part of a data file can have."""
    kinds, found = [Model], set[str]()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found |= kind.model_fields.keys()
    return frozenset(found)


def refold(written: str, folded: bool = False) -> str:
    """Join the lines of a plain or folded scalar as Chinese wants it: no space between two Chinese
    characters, where YAML would put one. An empty line still parts paragraphs."""
    lines = [line.strip() for line in written.strip().splitlines()]
    if folded:
        lines = lines[1:]
    text = ""
    for line in lines:
        if not line:
            text += "\n"
        elif not text or text.endswith("\n") or (_WIDE.match(text[-1]) and _WIDE.match(line[0])):
            text += line
        else:
            text += " " + line
    return text.strip()


def _requoted(written: str) -> str:
    """The text of a quoted scalar over several lines, its lines joined as in `refold`."""
    quote, escaped_end = written[0], written[0] == '"'
    text = ""
    for line in written[1:-1].split("\n"):
        if escaped_end and re.search(r"(?<!\\)(\\\\)*\\$", text):
            text = text[:-1] + line.strip()
        else:
            text = f"{text}\n{line.strip()}" if text else line.strip()
    joined = refold(text).replace("\n", "\n\n")
    return str(yaml.load(quote + joined + quote, Loader=yaml.CBaseLoader))
