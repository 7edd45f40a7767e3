"""1 read: the tree of a data file -> typed values, or findings in the clerk's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin
from unicodedata import name as name_of

from pydantic import BaseModel, Tag, ValidationError

from evalpress.findings import Finding, Place, find
from evalpress.load.events import MAX_FINDINGS
from evalpress.load.source import Source
from evalpress.load.tree import Path_, holds
from evalpress.model import BLOCK_KEYS, TAG_MARK, FromText, Problem, ReportFile, SectionText
from evalpress.text.nearest import near
from evalpress.wording import catalogue, field_example, field_name, word, words

M = TypeVar("M", bound=BaseModel)


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


_Field = tuple[type[BaseModel], str]  # a field by the model that it belongs to, and its key


@dataclass
class _Mistake:
    """An error on its way to a finding: `rule` and `values` say what, `where` if not at `path`."""

    model: type[BaseModel]
    source: Source
    path: Path_
    fields: list[_Field]
    label: str
    error: Any
    rule: str
    values: dict[str, Any]
    where: Place | None = None

    @property
    def field(self) -> _Field:
        """The field that the error is about; without a key where it is the whole model."""
        return self.fields[-1] if self.fields else (self.model, "")

    @property
    def found(self) -> Any:
        """What stands in the file."""
        return self.error["input"]


def _explain(model: type[BaseModel], source: Source, base: Path_, error: Any) -> Finding:
    way = _trace(model, source.data, base, error["loc"])
    mistake = _Mistake(model, source, *way, error, *_message(error))
    refine = _REFINEMENTS.get(mistake.rule)
    if refine:
        refine(mistake)
    return _finding(mistake)


def _finding(mistake: _Mistake) -> Finding:
    owner, key = mistake.field
    where = mistake.where or mistake.source.place(mistake.path, mistake.label)
    name = _column_name(mistake) or field_name(owner, key) or word("finding", "this_entry")
    named = word("finding", "named").format(name, key) if name != key else f"“{name}”"
    example = field_example(owner, key) or (f"{key}: ……" if key else word("finding", "an_entry"))
    return find(
        mistake.rule, where, name=name, named=named, key=_short(key), example=example,
        **mistake.values,
    )  # fmt: skip


def _column_name(mistake: _Mistake) -> str:
    """What a column of the fund table is usually called; nothing for other fields."""
    above = mistake.fields[-2][1] if len(mistake.fields) > 1 else ""
    return words("fund_roles").get(mistake.field[1], "") if above == "amounts" else ""


# --- what more there is to say of an error of one rule ------------------------------------------

_REFINEMENTS: dict[str, Callable[[_Mistake], None]] = {}


def _refines(*rules: str) -> Callable[[Callable[[_Mistake], None]], Callable[[_Mistake], None]]:
    """Register what makes errors of these rules clearer; it may find that another rule says it."""

    def register(function: Callable[[_Mistake], None]) -> Callable[[_Mistake], None]:
        _REFINEMENTS.update(dict.fromkeys(rules, function))
        return function

    return register


@_refines("unknown_field")
def _unknown_field(mistake: _Mistake) -> None:
    owner, key = mistake.field
    names = {field_name(owner, name): name for name in owner.model_fields}
    mistake.values["near"] = near(key, {**names, **{name: name for name in owner.model_fields}})
    if issubclass(owner, FromText):
        above = mistake.path[:-1]
        _parted_by_colon(mistake, above, _at(mistake.source.data, above))
    if mistake.rule == "unknown_field":
        _misplaced_field(mistake)


# Fields of so many parts that their place says nothing.
_EVERYWHERE = frozenset({"id", "name", "text", "note", "unit", "number", "source", "content"})


def _is_slip_of(key: str, owner: type[BaseModel]) -> bool:
    """True for a field of this very part with a letter too many or too few: problem, problems."""
    return any(name[:-1] == key or key[:-1] == name for name in owner.model_fields)


def _misplaced_field(mistake: _Mistake) -> None:
    """A field that is right elsewhere: the fault is its indentation."""
    owner, key = mistake.field
    if owner is not mistake.model and key in mistake.model.model_fields:
        mistake.rule = "field_too_deep"
    elif owner is ReportFile and key in ("department", "year"):
        mistake.rule = "said_by_path"
    elif owner is mistake.model and key not in _EVERYWHERE and not _is_slip_of(key, owner):
        kinds = {name: _models_in(f.annotation) for name, f in owner.model_fields.items()}
        parents = [name for name, k in kinds.items() if any(key in m.model_fields for m in k)]
        if parents:
            mistake.rule, mistake.values["parents"] = "field_too_shallow", "、".join(parents[:3])


_BLANKS = frozenset("-－—–/／\\无空") | {"——", "--", "N/A", "n/a", "暂无", "没有", "不涉及"}


@_refines("not_a_number", "not_a_count")
def _no_number(mistake: _Mistake) -> None:
    if str(mistake.found).strip() in _BLANKS:
        mistake.rule = "blank_cell"


@_refines("no_such_block")
def _unknown_block(mistake: _Mistake) -> None:
    if isinstance(mistake.found, dict):
        keys = list(mistake.found)
        known = (*BLOCK_KEYS, *SectionText.model_fields)
        mistake.values["found"] = "、".join(keys[:5])
        mistake.values["near"] = near(keys[0] if keys else "", known)
    _no_text(mistake)


@_refines("not_a_text")
def _no_text(mistake: _Mistake) -> None:
    _parted_by_colon(mistake, mistake.path, mistake.found)


def _parted_by_colon(mistake: _Mistake, path: Path_, found: Any) -> None:
    """A text with a half-width colon and a space became fields: the first of them is shown."""
    keys = [str(key) for key in found] if isinstance(found, dict) else []
    if keys and not any(key.isascii() for key in keys):
        quoted = keys[0][:1] in ("“", "‘", "＂", "＇")
        mistake.rule = "curly_quotes" if quoted else "colon_makes_field"
        mistake.values["found"] = f"{keys[0]}: {found[keys[0]]}" if quoted else keys[0]
        mistake.where = mistake.source.place((*path, keys[0]), mistake.label)


@_refines("empty_text")
def _empty_text(mistake: _Mistake) -> None:
    owner, key = mistake.field
    fields = mistake.fields
    if len(fields) > 1 and mistake.path[-1] == fields[-2][1]:
        fields.pop()  # the model's own field, not the clerk's
    elif key in owner.model_fields and owner.model_fields[key].is_required():
        mistake.rule = "missing_field"
        _missing_field(mistake)


@_refines("missing_field")
def _missing_field(mistake: _Mistake) -> None:
    if mistake.field == (Problem, "text"):
        mistake.rule = "problem_without_text"


@_refines("not_a_choice")
def _no_choice(mistake: _Mistake) -> None:
    mistake.values["expected"] = _choices(*mistake.field, mistake.values["expected"])


@_refines("not_an_id")
def _no_id(mistake: _Mistake) -> None:
    if "[key]" in mistake.error["loc"] and mistake.fields[0][1] == "body":
        mistake.rule = "not_a_section"
    else:
        found = str(mistake.found)
        mistake.values["near"] = _unlatin(found) or _near_id(mistake.field[1], found)


@_refines("wide_colon", "colon_without_space", "dash_without_space")
def _stuck(mistake: _Mistake) -> None:
    mistake.where = mistake.source.start(mistake.path, mistake.label)


@_refines("ragged_row")
def _ragged_row(mistake: _Mistake) -> None:
    row = (*mistake.path, "rows", mistake.values["row"] - 1)
    mistake.where = mistake.source.place(row, mistake.label)


# --- words --------------------------------------------------------------------------------------


def _at(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step] if holds(data, step) else None
    return data


def _unlatin(found: str) -> str:
    """A word about letters of other alphabets that look like ours: с of сhildren."""
    signs = [s for s in dict.fromkeys(found) if name_of(s, "").startswith(("CYRILLIC", "GREEK"))]
    shown = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in signs)
    return word("finding", "other_alphabet").format(signs=shown) if shown else ""


def _near_id(key: str, found: str) -> str:
    """A question for the id that was probably meant: `none`, or this one in the permitted form."""
    if key == "scheme" and found.strip().lower() in ("none", "null", "no", "n/a", "无", "没有"):
        return word("finding", "near").format(name="none")
    likely = re.sub(r"[\s_.]+", "-", found.strip().lower()).strip("-")
    fits = len(likely) <= 60 and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", likely)
    return word("finding", "near").format(name=likely) if fits else ""


def labelled(model: type[BaseModel], source: Source, path: Path_) -> str:
    """The fields on the way to a part of a source, in Chinese and by their keys."""
    return _trace(model, source.data, (), path)[2]


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


# Steps of an error's location that name no place in the data but a type or a mapping's key.
_PYDANTIC_STEP = re.compile(r"tuple|dict|constrained-str|\[key\]|literal\[.*\]")


def _trace(
    model: type[BaseModel], data: Any, base: Path_, loc: tuple[str | int, ...]
) -> tuple[Path_, list[_Field], str]:
    """Follow an error's location through tree and types: the YAML path, the fields on it, and how
    these, and the entries of lists on the way, are called."""
    path, node, kinds = list(base), data, [model]
    fields: list[_Field] = []
    labels: list[str] = []
    for step in base:
        node = node[step]
    for step in loc:
        if isinstance(step, str) and step.startswith(TAG_MARK):
            kinds = [k for k in kinds if step[1:-1] in k.model_fields][:1]
            continue
        owner = next((k for k in kinds if step in k.model_fields), None)
        if owner:
            fields.append((owner, str(step)))
            labels.append(_field_label(owner, str(step)))
            kinds = _models_in(owner.model_fields[str(step)].annotation)
        elif isinstance(step, str) and not _PYDANTIC_STEP.fullmatch(step):
            fields.append((kinds[0] if kinds else BaseModel, step))
            in_amounts = len(fields) > 1 and fields[-2][1] == "amounts"
            column = words("fund_roles").get(step, "") if in_amounts else ""
            labels.append(f"{column}({step})" if column else _field_label(*fields[-1]))
        if holds(node, step):
            node = node[step]
            path.append(step)
            if isinstance(step, int) and labels:
                labels[-1] += _entry_name(node, step)
    return tuple(path), fields, " › ".join(labels)


def _entry_name(entry: Any, position: int) -> str:
    """How an entry of a list is told from its neighbours: by its name, else by its position."""
    named = entry if isinstance(entry, dict) else {}
    texts = (named.get(key) for key in ("name", "heading", "label", "id"))
    name = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    if not name:
        return word("finding", "nth").format(position + 1)
    return word("finding", "entry").format(name if len(name) <= 20 else name[:19] + "…")


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, Annotated, tuple, dict):
        found = [
            m for arg in get_args(annotation) if not isinstance(arg, Tag) for m in _models_in(arg)
        ]
        return list(dict.fromkeys(found))
    return []
