"""1 read: data/*.yml -> reference data and Reports, every mistake with its file and line.

YAML is read at event level: every scalar stays the text that the clerk wrote, and aliases, tags and
duplicate keys are refused, because they change or hide what stands in the file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, Tag, ValidationError

from evalpress.encoding import decode, is_gb18030
from evalpress.findings import Finding, Place, find
from evalpress.model import (
    BLOCK_KEYS,
    TAG_MARK,
    Department,
    FromText,
    FundTable,
    GradeScale,
    IndicatorTable,
    Key,
    Model,
    Outline,
    Problem,
    Reference,
    Region,
    Report,
    ReportFile,
    Scheme,
    SecretWord,
    SectionText,
    WordRule,
)
from evalpress.store import Store, digest
from evalpress.syntax import (
    hidden_characters,
    starts_with_wide_space,
    stuck_key,
    stuck_lines,
    syntax_finding,
    unseen_characters,
    without_hidden,
)
from evalpress.wording import catalogue, field_example, field_name, word

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_PARTS = 60_000  # texts, lists and mappings of one file
MAX_TEXT = 200_000  # characters of one text
MAX_FINDINGS = 200  # of one file; whoever has more mends these first
Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


# --- one file: text -> tree with marks ----------------------------------------------------------


class Fields(dict[str, Any]):
    """A mapping of a data file; `marks` tell where each of its fields, and its value, begins."""

    __slots__ = ("marks",)
    marks: dict[str, int]


class Items(list[Any]):
    """A list of a data file; `marks` tell where each of its items begins."""

    __slots__ = ("marks",)
    marks: list[int]


# Two places are one number: a folder has some hundred thousand of them.
_BITS = 24
_ONES = (1 << _BITS) - 1


def _mark(key: Any, value: Any) -> int:
    """Lines and columns of where a field and its value begin, counted from 0."""
    place = (key.line << _BITS | key.column) << _BITS | value.line
    return int(place << _BITS | value.column)


def _spot(mark: int) -> tuple[int, int]:
    """Line and column of a value's beginning, counted from 1; of its key's, shift the mark."""
    return (mark >> _BITS & _ONES) + 1, (mark & _ONES) + 1


@dataclass
class Source:
    """A data file: its tree of Fields, Items and texts, and where each part stands.

    It is parsed when somebody first asks: a report whose findings are known needs no tree.
    `unread` says why there is no content.
    """

    name: str
    content: bytes = b""
    unread: Finding | None = None

    @cached_property
    def digest(self) -> str:
        return digest(self.content)

    @cached_property
    def _parsed(self) -> tuple[Any, int | None, list[Finding]]:
        return (None, None, [self.unread]) if self.unread else _parse(self.name, self.content)

    @property
    def data(self) -> Any:
        """The tree; None where the file is empty or could not be read."""
        return self._parsed[0]

    @property
    def mistakes(self) -> list[Finding]:
        """What is wrong with the file as YAML."""
        return self._parsed[2]

    def place(self, path: Path_, label: str = "") -> Place:
        """The place of the nearest part of the path that exists; keys before values."""
        mark = self._mark(path)
        return self._place(mark and mark >> 2 * _BITS, label)

    def start(self, path: Path_, label: str = "") -> Place:
        """Where the value begins, not its key."""
        return self._place(self._mark(path), label)

    def _place(self, mark: int | None, label: str) -> Place:
        line, column = (0, 0) if mark is None else _spot(mark)
        return Place(self.name, line, column, label)

    def _mark(self, path: Path_) -> int | None:
        """Where key and value of the path's last part stand, as far as the file has the path: short
        forms leave out steps that the model has."""
        node, mark, _ = self._parsed
        for step in path:
            if _holds(node, step):
                mark = node.marks[step]
                node = node[step]
        return mark


class _Refusal(Exception):
    """Findings that end the reading of one file."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def parse(name: str, content: bytes) -> tuple[Source, list[Finding]]:
    """One YAML file and what is wrong with it; its data is None when unreadable."""
    source = Source(name, content)
    return source, source.mistakes


def _parse(name: str, content: bytes) -> tuple[Any, int | None, list[Finding]]:
    """Tree, mark of its beginning, findings."""
    findings: list[Finding] = []
    try:
        text = _decode(name, content)
        return *_Reader(name, text, findings).read(), findings
    except _Refusal as refusal:
        findings += refusal.findings
    except yaml.MarkedYAMLError as error:
        last = syntax_finding(name, text.split("\n"), error)
        findings[:] = [f for f in findings if f.where.line != last.where.line] + [last]
    return None, None, findings


def _decode(name: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Refusal(find("file_too_large", Place(name), found=len(content), limit=MAX_BYTES))
    try:
        text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        rule = "in_gb18030" if is_gb18030(content) else "not_utf8"
        raise _Refusal(find(rule, Place(name, line))) from None
    unseen = unseen_characters(name, text)
    if unseen:
        raise _Refusal(*unseen)
    return text


_PLAIN = (None, "")
_MAY_STICK = re.compile(r"[a-z_]+\s*[:：]|[-－]")


class _Reader:
    """Builds the tree of one file from YAML events. Every file is read at every change, so what
    happens for each event is kept short."""

    def __init__(self, name: str, text: str, findings: list[Finding]) -> None:
        self.name, self.text, self.findings = name, text, findings
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.parts = 0
        self.may_be_cut = " #" in text or "\t#" in text
        hidden = hidden_characters(name, text)
        self.has_hidden = bool(hidden)
        findings += hidden

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
        return data, _mark(event.start_mark, event.start_mark)

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
                first, _ = _spot(marks[key] >> 2 * _BITS)
                self._tell(find("duplicate_key", self._place(event), found=key, first=first))
            following = self.next()
            value = self._node(following, depth)
            marks[key] = _mark(event.start_mark, following.start_mark)
            odd = value is None or not event.value[:1].isascii()
            if not odd or not self._is_mended(result, event, following, value, in_braces):
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
        return self._bare(event.value).strip()

    def _bare(self, text: str) -> str:
        return without_hidden(text) if self.has_hidden else text

    def _is_mended(
        self, result: Fields, event: Any, following: Any, value: Any, in_braces: bool
    ) -> bool:
        """True for what a comma, colon or space in the wrong form made a key: a finding. It is put
        where it was meant to be, so that nothing else is said of it."""
        if value is not None and not starts_with_wide_space(event.value):
            return False
        key, place = self._bare(event.value).strip(), self._place(event)
        last = next(reversed(result), None)
        stuck = stuck_key(key, _field_names()) if value is None else None
        alone = value is None and ":" not in self._between(event, following)
        if stuck:
            self._tell(find(stuck[0], place, found=key))
            result.marks[stuck[1]] = result.marks.pop(key)
            result[stuck[1]] = stuck[2] or None
        elif event.style in _PLAIN and starts_with_wide_space(event.value):
            self._tell(find("wide_indent", place, found=key))
            if last and result[last] is None:
                result[last] = Fields()
                result[last].marks = {}
            if last and isinstance(result[last], Fields):
                result[last].marks[key] = result.marks.pop(key)
                result[last][key] = value
        elif in_braces and alone and last and not re.fullmatch(r"[A-Za-z_][\w-]*", key, re.ASCII):
            number = re.fullmatch(r"\d{3}(\.\d+)?", key, re.ASCII)
            rule = "comma_in_number" if number else "comma_in_braces"
            self._tell(find(rule, place, found=key))
            if isinstance(result[last], str):
                result[last] += key if number else f"，{key}"
        else:
            return False
        return True

    def _between(self, event: Any, following: Any) -> str:
        return self.text[event.end_mark.index : following.start_mark.index + 1]

    def _sequence(self, start: Any, depth: int) -> Items:
        result = Items()
        marks = result.marks = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            marks.append(_mark(event.start_mark, event.start_mark))
            result.append(self._node(event, depth))
        return result

    def _scalar(self, event: Any) -> str | None:
        if event.anchor or event.tag:
            self._refuse_marks(event)
        value: str = event.value
        if event.start_mark.line != event.end_mark.line:
            return self._several_lines(event)
        if len(value) > MAX_TEXT:
            raise _Refusal(find("text_too_long", self._place(event), limit=MAX_TEXT))
        value = self._bare(value)
        if event.style not in _PLAIN:
            return value
        if value in ("", "~", "null"):
            return None
        if _MAY_STICK.match(value):
            self._find_stuck(event, value)
        return f"{value} {cut}" if self.may_be_cut and (cut := self._cut_off(event)) else value

    def _several_lines(self, event: Any) -> str:
        start, end = event.start_mark.index, event.end_mark.index
        if end - start > MAX_TEXT:
            raise _Refusal(find("text_too_long", self._place(event), limit=MAX_TEXT))
        written = self._bare(self.text[start:end])
        if event.style in _PLAIN:
            self._find_stuck(event, written)
            return refold(written)
        if event.style == "|":
            return self._bare(event.value)
        return refold(written, folded=True) if event.style == ">" else _requoted(written)

    def _find_stuck(self, event: Any, written: str) -> None:
        """Lines of a text that were meant as fields or list items of their own."""
        mark = event.start_mark
        before = self.text[mark.index - mark.column : mark.index]
        for rule, number, indent, line in stuck_lines(written, not before.strip(), _field_names()):
            column = indent if number else mark.column
            place = Place(self.name, mark.line + 1 + number, column + 1)
            self._tell(find(rule, place, found=line))

    def _cut_off(self, event: Any) -> str:
        """` #` ends a text without quotes; right before a character it was meant as text."""
        end = event.end_mark.index
        if self.text[end : end + 1] not in (" ", "\t"):
            return ""
        rest = self.text[end : end + 80].split("\n")[0]
        if not event.value or not re.match(r"\s+#[^\s#]", rest):
            return ""
        self._tell(find("text_cut", self._place(event), found=rest.strip()))
        return rest.strip()


@cache
def _field_names() -> frozenset[str]:
    """Every field that some part of a data file can have."""
    kinds, found = [Model], set[str]()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found |= kind.model_fields.keys()
    return frozenset(found)


_WIDE = re.compile(r"[⺀-鿿豈-﫿＀-￯\u3000-〿“”‘’—…]")


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


# --- one model: tree -> typed value or findings -------------------------------------------------


def build(model: type[M], source: Source, path: Path_ = ()) -> tuple[M | None, list[Finding]]:
    """Validate the part of a source at `path` as `model`."""
    data = source.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        # A union with a fixed word fails twice; the other half of it says what to write.
        errors = (e for e in error.errors(include_url=False) if e["type"] != "literal_error")
        return None, [_explain(model, source, path, e) for e in islice(errors, MAX_FINDINGS)]


def _explain(model: type[BaseModel], source: Source, base: Path_, error: Any) -> Finding:
    path, fields = _trace(model, source.data, base, error["loc"])
    owner, key = fields[-1] if fields else (model, "")
    label = " › ".join(_field_label(*f) for f in fields)
    rule, values = _message(error)
    if rule == "unknown_field":
        names = {field_name(owner, name): name for name in owner.model_fields}
        values["near"] = _near(key, {**names, **{name: name for name in owner.model_fields}})
    elif rule == "empty_text":
        if len(fields) > 1 and path[-1] == fields[-2][1]:  # the model's own field, not the clerk's
            owner, key = fields.pop(-2)
            label = " › ".join(_field_label(*f) for f in [*fields[:-1], (owner, key)])
        elif key in owner.model_fields and owner.model_fields[key].is_required():
            rule = "missing_field"
    elif rule == "no_such_block" and isinstance(error["input"], dict):
        values["found"] = "、".join(list(error["input"])[:5])
        known = (*BLOCK_KEYS, *SectionText.model_fields)
        values["near"] = _near(next(iter(error["input"]), ""), {name: name for name in known})
    elif rule == "not_a_choice":
        values["expected"] = _choices(owner, key, values["expected"])
    elif rule == "not_an_id" and "[key]" in error["loc"] and fields[0][1] == "body":
        rule = "not_a_section"
    elif rule == "not_an_id":
        values["near"] = _near_id(key, str(error["input"]))
    where = source.place(path, label)
    entry, stray = _stray_entry(source, path, rule, owner, error["input"])
    if stray:
        rule, values["found"] = "colon_makes_field", stray
        where = source.place((*entry, stray), label)
    elif rule in ("wide_colon", "colon_without_space", "dash_without_space"):
        where = source.start(path, label)
    elif rule == "ragged_row":
        where = source.place((*path, "rows", values["row"] - 1), label)
    elif rule == "missing_field" and (owner, key) == (Problem, "text"):
        rule = "problem_without_text"
    name = field_name(owner, key) or word("finding", "this_entry")
    named = word("finding", "named").format(name, key) if name != key else f"“{name}”"
    example = field_example(owner, key) or (f"{key}: ……" if key else word("finding", "an_entry"))
    return find(rule, where, name=name, named=named, key=_short(key), example=example, **values)


def _stray_entry(
    source: Source, path: Path_, rule: str, owner: type[BaseModel], found: Any
) -> tuple[Path_, str]:
    """Where a text with a half-width colon and a space became fields, and the first of them."""
    if rule == "unknown_field" and issubclass(owner, FromText):
        path = path[:-1]
        found = _at(source.data, path)
    elif rule not in ("no_such_block", "not_a_text"):
        return path, ""
    keys = [str(key) for key in found] if isinstance(found, dict) else []
    strange = bool(keys) and not any(key.isascii() for key in keys)
    return path, keys[0] if strange else ""


def _at(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step] if _holds(data, step) else None
    return data


def _near_id(key: str, found: str) -> str:
    """A question for the id that was probably meant: `none`, or this one in the permitted form."""
    if key == "scheme" and found.strip().lower() in ("none", "null", "no", "n/a", "无", "没有"):
        return word("finding", "near").format(name="none")
    likely = re.sub(r"[\s_.]+", "-", found.strip().lower()).strip("-")
    fits = len(likely) <= 60 and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", likely)
    return word("finding", "near").format(name=likely) if fits else ""


def labelled(model: type[BaseModel], source: Source, path: Path_) -> str:
    """The fields on the way to a part of a source, in Chinese and by their keys."""
    return " › ".join(_field_label(*f) for f in _trace(model, source.data, (), path)[1])


def _field_label(owner: type[BaseModel], key: str) -> str:
    name = field_name(owner, key)
    return _short(key) if name == key else f"{name}({key})"


def _choices(owner: type[BaseModel], key: str, expected: str) -> str:
    """The values that a field can have, with what they mean."""
    values = re.findall(r"'([^']*)'", expected)
    meanings: dict[str, str] = next(
        (m for m in catalogue("fields")["choices"].values() if set(m) == set(values)), {}
    )
    return "、".join(
        word("finding", "choice").format(value, meanings[value]) if value in meanings else value
        for value in values
    )


def _near(found: str, known: Mapping[str, str]) -> str:
    """A question for the nearest of these names, by what it stands for; or nothing."""
    close = difflib.get_close_matches(found[:60], list(known), n=1, cutoff=0.5)
    return word("finding", "near").format(name=known[close[0]]) if close else ""


_ERRORS: dict[str, str] = {
    "missing": "missing_field",
    "extra_forbidden": "unknown_field",
    "enum": "not_a_choice",
    "string_pattern_mismatch": "not_an_id",
    "string_type": "not_a_text",
    "string_too_long": "not_an_id",
    "string_too_short": "empty_text",
    "too_short": "empty_text",
    "decimal_type": "not_a_number",
    "int_type": "not_a_count",
    "bool_type": "not_a_flag",
    "date_type": "not_a_day",
    "tuple_type": "not_a_list",
    "dict_type": "not_a_mapping",
    "model_type": "not_a_mapping",
    "model_attributes_type": "not_a_mapping",
}


def _message(error: Any) -> tuple[str, dict[str, Any]]:
    """The catalogue's rule for a pydantic error; our own errors name their rule themselves."""
    found = _short(error["input"])
    context = {k: v for k, v in error.get("ctx", {}).items() if k in ("expected", "row")}
    rule = _ERRORS.get(error["type"], error["type"])
    if error["input"] is None:
        return "empty_text", {"found": ""}
    if rule == "not_a_mapping" and (match := _STUCK.match(found)):
        return "wide_colon" if match[1] else "colon_without_space", {"found": found}
    if rule == "not_a_list" and found[:1] in ("-", "－"):
        return "dash_without_space", {"found": found}
    if rule not in catalogue("wording")["messages"]:
        return "not_fitting", {"found": found, "detail": error["msg"]}
    if "found" in error.get("ctx", {}):
        context["found"] = _short(error["ctx"]["found"])
    return rule, {"near": "", "found": found, **context}


# A field and its value that became a text, because the colon is full-width or no space follows it.
_STUCK = re.compile(r"[\w-]+(?:\s*(：)|:(?=[^\s/]))")


def _short(found: Any) -> str:
    text = str(found) if isinstance(found, str | int | float) else word("finding", _shape(found))
    return text if len(text) <= 60 else text[:57] + "…"


def _shape(found: Any) -> str:
    kinds: dict[type, str] = {dict: "a_mapping", list: "a_list", type(None): "nothing"}
    return next((name for kind, name in kinds.items() if isinstance(found, kind)), "something")


def _holds(node: Any, step: str | int) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


# Steps of an error's location that name no place in the data but a type or a mapping's key.
_PYDANTIC_STEP = re.compile(r"tuple|dict|constrained-str|\[key\]|literal\[.*\]")


def _trace(
    model: type[BaseModel], data: Any, base: Path_, loc: tuple[str | int, ...]
) -> tuple[Path_, list[tuple[type[BaseModel], str]]]:
    """Follow an error's location through tree and types: the YAML path, and the fields on it."""
    path, node, kinds = list(base), data, [model]
    fields: list[tuple[type[BaseModel], str]] = []
    for step in base:
        node = node[step]
    for step in loc:
        if isinstance(step, str) and step.startswith(TAG_MARK):
            kinds = [k for k in kinds if step[1:-1] in k.model_fields][:1]
            continue
        owner = next((k for k in kinds if step in k.model_fields), None)
        if owner:
            fields.append((owner, str(step)))
            kinds = _models_in(owner.model_fields[str(step)].annotation)
        elif isinstance(step, str) and not _PYDANTIC_STEP.fullmatch(step):
            fields.append((kinds[0] if kinds else BaseModel, step))
        if _holds(node, step):
            node = node[step]
            path.append(step)
    return tuple(path), fields


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, Annotated, tuple, dict):
        found = [
            m for arg in get_args(annotation) if not isinstance(arg, Tag) for m in _models_in(arg)
        ]
        return list(dict.fromkeys(found))
    return []


# --- the whole folder ---------------------------------------------------------------------------


@dataclass
class Loaded:
    """All of data/: reference data, reports, their sources by file name, and findings so far.

    `refused` holds, by list, every name of entries that were written with a mistake.
    """

    reference: Reference
    reports: list[Report]
    sources: dict[str, Source]
    findings: list[Finding]
    refused: dict[str, set[str]] = field(default_factory=dict)

    def was_refused(self, list_name: str, name: str) -> bool:
        """True where a name may be unknown only because its entry could not be read."""
        return not {name, ANY}.isdisjoint(self.refused.get(list_name, ()))


ANY = "*"  # stands for all names of a list that could not be read at all


# Every list of reference data: its file, and what its entries are.
LISTS: dict[str, tuple[str, type[Model]]] = {
    "regions": ("regions.yml", Region),
    "departments": ("departments.yml", Department),
    "schemes": ("schemes.yml", Scheme),
    "grade_scales": ("schemes.yml", GradeScale),
    "fund_tables": ("tables.yml", FundTable),
    "indicator_tables": ("tables.yml", IndicatorTable),
    "outlines": ("outlines.yml", Outline),
    "wording": ("wording.yml", WordRule),
    "secrecy": ("wording.yml", SecretWord),
}
_OPTIONAL = frozenset({"wording", "secrecy"})


def _source(name: str, path: Path) -> Source:
    """The file's content, of a huge one only so much that it shows as too large."""
    try:
        with path.open("rb", buffering=0) as file:
            return Source(name, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        return Source(name, unread=find("missing_data", Place(name)))
    except OSError as error:
        found = error.strerror or ""
        return Source(name, unread=find("unreadable_file", Place(name), found=found))


class _Folder:
    """Reads the files of data/ once each and collects their findings."""

    def __init__(self, data_dir: Path, root: Path, store: Store) -> None:
        self.data_dir, self.root, self.store = data_dir, root, store
        self.sources: dict[str, Source] = {}
        self.findings: list[Finding] = []
        self.refused: dict[str, set[str]] = {}

    def name(self, path: Path) -> str:
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )

    def source(self, path: Path) -> Source:
        name = self.name(path)
        if name not in self.sources:
            self.sources[name] = _source(name, path)
        return self.sources[name]

    def _shared(self, path: Path) -> Source:
        """A file of reference data; what is wrong with it as YAML is told once."""
        known = self.name(path) in self.sources
        source = self.source(path)
        self.findings += () if known else source.mistakes
        return source

    def entries(self, list_name: str) -> dict[str, Any]:
        """The entries of one list of reference data, by id."""
        file, model = LISTS[list_name]
        if list_name in _OPTIONAL and not (self.data_dir / file).exists():
            return {}
        source = self._shared(self.data_dir / file)
        wanted = [name for name, (other, _) in LISTS.items() if other == file]
        readable = self._holds_lists(source, wanted)
        if not readable or not isinstance(source.data.get(list_name), list):
            if not readable or list_name in source.data or not source.data.keys() <= set(wanted):
                self._refuse(list_name, [ANY])
            return {}
        result: dict[str, Any] = {}
        for index in range(len(source.data[list_name])):
            entry, findings = build(model, source, (list_name, index))
            self.findings += _unsaid(findings, self.findings)
            if entry is None:
                self._refuse(list_name, _texts(source.data[list_name][index]) or [ANY])
                continue
            if entry.id in result:  # type: ignore[attr-defined]
                where = source.place((list_name, index, "id"))
                self.findings.append(find("duplicate_id", where, found=entry.id))  # type: ignore[attr-defined]
            result[entry.id] = entry  # type: ignore[attr-defined]
        return result

    def _holds_lists(self, source: Source, wanted: list[str]) -> bool:
        """Complains once for each file that is no mapping of the lists that belong there."""
        if source.data is None and any(f.where.file == source.name for f in self.findings):
            return False
        if not isinstance(source.data, dict):
            self._add(find("not_a_data_file", source.place(()), expected="、".join(wanted)))
            return False
        for key in source.data:
            if key not in wanted:
                expected = "、".join(wanted)
                self._add(find("unknown_list", source.place((key,)), found=key, expected=expected))
            elif not isinstance(source.data[key], list):
                example = f"{key}: [{{id: ……}}]"
                where = source.place((key,))
                self._add(find("not_a_list", where, name=key, key=key, example=example, found=""))
        return True

    def _add(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _refuse(self, list_name: str, names: Iterable[str]) -> None:
        self.refused.setdefault(list_name, set()).update(names)


def _texts(node: Any) -> list[str]:
    """Every text in a part of a tree."""
    if isinstance(node, dict | list):
        children = node.values() if isinstance(node, dict) else node
        return [text for child in children for text in _texts(child)]
    return [node] if isinstance(node, str) else []


def load(data_dir: Path, root: Path | None = None, store: Store | None = None) -> Loaded:
    """Read all of `data_dir`; file names in findings are relative to `root`, else to its parent.

    `store` keeps what was read of a file under its content.
    """
    folder = _Folder(data_dir, root or data_dir.parent, store or Store(None))
    reference = Reference(**{name: folder.entries(name) for name in LISTS})
    loaded = Loaded(reference, [], folder.sources, folder.findings, folder.refused)
    finder = _department_finder(reference)
    for path in _report_files(folder):
        report = _load_report(folder, path, finder, loaded)
        if report:
            loaded.reports.append(report)
    loaded.reports.sort(key=lambda r: r.key)
    return loaded


def data_files(data_dir: Path) -> Iterator[Path]:
    """Every YAML file of a data folder."""
    reports = (data_dir / "reports").rglob("*") if data_dir.is_dir() else ()
    for path in sorted([*data_dir.glob("*.yml"), *reports]):
        hidden = any(part.startswith((".", "~")) for part in path.relative_to(data_dir).parts)
        if path.suffix in (".yml", ".yaml") and not hidden:
            yield path


def _report_files(folder: _Folder) -> Iterator[Path]:
    """The report files below reports/; anything else that lies there is a finding."""
    top = folder.data_dir / "reports"
    for path in sorted(top.rglob("*")) if top.is_dir() else ():
        parts = path.relative_to(top).parts
        linked = path.is_symlink()
        if (path.is_dir() and not linked) or any(part.startswith((".", "~")) for part in parts):
            continue
        known = path.suffix in (".yml", ".yaml") and len(parts) in (2, 3)
        if known and path.is_file() and not linked:
            yield path
        else:
            folder.findings.append(find("stray_file", Place(folder.name(path)), found=path.name))


def _department_finder(reference: Reference) -> Callable[[str], str | None]:
    """Finds the department that a folder is named after: its id, or a name that only it has."""
    by_name: dict[str, set[str]] = {}
    for department in reference.departments.values():
        for name in (department.id, *department.all_names()):
            by_name.setdefault(name, set()).add(department.id)

    def finder(name: str) -> str | None:
        ids = by_name.get(name, set())
        return next(iter(ids)) if len(ids) == 1 else None

    return finder


def _load_report(
    folder: _Folder, path: Path, finder: Callable[[str], str | None], loaded: Loaded
) -> Report | None:
    source = folder.source(path)
    where = Place(source.name)
    department, year, stem = _identity(folder, path)
    found = finder(department)
    if found is None and not loaded.was_refused("departments", department):
        names = {
            n: n for d in loaded.reference.departments.values() for n in (d.id, *d.all_names())
        }
        near = _near(department, names)
        folder.findings.append(find("unknown_department", where, found=department, near=near))
    known_year = bool(re.fullmatch(r"(19|20)[0-9]{2}", year))
    if not known_year:
        folder.findings.append(find("not_a_year", where, found=year))
    content, findings = folder.store.get(
        ("report", source.name, source.digest), partial(_content, source)
    )
    folder.findings += findings
    if content is None or found is None or not known_year:
        return None
    slug = _slug(folder, source, stem, content)
    return (
        Report(Key(found, int(year), slug or ""), source.name, content)
        if slug is not None
        else None
    )


def _content(source: Source) -> tuple[ReportFile | None, list[Finding]]:
    """What a report's file says, and all that is wrong with it by itself."""
    found = source.mistakes
    if source.data is None:
        return None, found or [find("empty_file", Place(source.name))]
    if not isinstance(source.data, dict):
        return None, found or [find("not_a_report", source.place(()))]
    content, mistakes = build(ReportFile, source)
    return content, [*found, *_unsaid(mistakes, found)]


def _unsaid(findings: list[Finding], before: list[Finding]) -> list[Finding]:
    """The findings without those that the same rule said before of the same line."""
    said = {(f.rule, f.where.file, f.where.line) for f in before} if findings else set()
    return [f for f in findings if (f.rule, f.where.file, f.where.line) not in said]


def _identity(folder: _Folder, path: Path) -> tuple[str, str, str]:
    """Department, year and slug as the path gives them; the slug is empty for an overall report."""
    parts = path.relative_to(folder.data_dir / "reports").parts
    if len(parts) == 2:
        return parts[0], path.stem, ""
    return parts[0], parts[1], path.stem


def _slug(folder: _Folder, source: Source, stem: str, content: ReportFile) -> str | None:
    """The permanent ASCII name of the document: the file's own, or `slug` where that is Chinese."""
    ascii_stem = bool(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", stem))
    if not stem and content.slug:
        rule, found = "slug_not_here", content.slug
    elif stem and not ascii_stem and not content.slug:
        rule, found = "slug_needed", stem
    elif stem and ascii_stem and content.slug not in (None, stem):
        rule, found = "slug_differs", str(content.slug)
    else:
        return content.slug or stem
    folder.findings.append(find(rule, source.place(("slug",)), found=found, expected=stem))
    return None
