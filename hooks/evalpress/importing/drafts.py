"""Values with their sources -> the YAML text of a draft report, in the order that reports have.

What came of a file and what did not stand in the same text: every value under the place that it
was read from, all that found no place at the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from evalpress.authoring.scaffold import report_path
from evalpress.authoring.schema import FOLDER, REPORT
from evalpress.authoring.sheet import CLOSED, OPENED, Noted, Tree, dump
from evalpress.model import BLOCK_KEYS, Key, Project, ReportFile
from evalpress.model import text as blocks
from evalpress.wording import word

_HEAD = (
    "slug", "state", "kind", "outline", "scheme", "indicator_table", "first_published", "version",
    "title", "title_note", "subtitle", "id", "name", "number", "code", "project_name",
    "project_code", "authority", "unit", "progress", "public_info", "body", "profile", "funds",
    "goals", "indicators", "scores", "problems", "followups", "facts", "evaluation", "projects",
    "attachments", "original", "signature",
)  # fmt: skip
_ORDERED: tuple[type[BaseModel], ...] = (ReportFile, Project)


@dataclass(frozen=True)
class Sourced:
    """A value as it goes into the draft, with where it stands in the file (`自评表!H12`, `第3段`);
    `doubt` says in Chinese what a person has to look at."""

    value: Any
    source: str
    doubt: str = ""


@dataclass(frozen=True)
class Unplaced:
    """What a file says and the draft does not: where, the text, and in Chinese why."""

    source: str
    text: str
    why: str


@dataclass(frozen=True)
class Draft:
    """A report as it was read from files.

    `tree` is what the YAML says, mappings and lists with texts as leaves; any value in it may be
    `Sourced`. `notes` are sentences for the top of the file, `offers` lines of YAML that stand at
    its end as comments; `pictures` are files by name that belong beside the report.
    """

    key: Key
    tree: Tree
    files: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()


def draft_text(draft: Draft) -> str:
    """The whole file of a draft, with sources as comments above the values."""
    lines = [*_head(draft), *OPENED]
    for key, value in canonical(draft.tree).items():
        large = isinstance(bare(value), dict | list)
        lines += ["", *dump({key: _noted(value)})] if large else dump({key: _noted(value)})
    lines += ["", *(f"# {line}" for line in draft.offers)] if draft.offers else []
    return "\n".join([*lines, *CLOSED]) + "\n"


def canonical_text(tree: Tree) -> str:
    """The same report without sources and notes: two equal reports give equal texts."""
    return "\n".join(dump(canonical(bare(tree)))) + "\n"


def bare(node: Any) -> Any:
    """A tree without the sources of its values."""
    if isinstance(node, Sourced):
        return bare(node.value)
    if isinstance(node, dict):
        return {key: bare(child) for key, child in node.items()}
    return [bare(child) for child in node] if isinstance(node, list) else node


def canonical(node: Any, model: type[BaseModel] | None = ReportFile) -> Any:
    """A tree with the fields of every model in the order in which the project writes them; keys
    that are no fields (columns, sections) stay as they are."""
    if isinstance(node, Sourced):
        return Sourced(canonical(node.value, model), node.source, node.doubt)
    if isinstance(node, list):
        return [canonical(child, model) for child in node]
    if not isinstance(node, dict):
        return node
    kind = _block_kind(node) if model is _AnyBlock else model
    if kind is None:
        return {key: canonical(child, None) for key, child in node.items()}
    if kind is blocks.SectionText and not node.keys() <= kind.model_fields.keys():
        return canonical(node, _AnyBlock)
    order = _order(kind)
    known = sorted(node, key=lambda key: order.get(key, len(order)))
    return {key: _below(node[key], kind, key) for key in known}


def _below(child: Any, kind: type[BaseModel], key: str) -> Any:
    found, is_mapping = _inner(kind, key)
    if is_mapping and isinstance(child, dict):
        return {name: canonical(one, found) for name, one in child.items()}
    return canonical(child, found)


class _AnyBlock(BaseModel):
    """Stands for the union of all blocks; which one it is, a block's own key says."""


_BLOCKS: dict[str, type[BaseModel]] = {
    "label": blocks.Label, "heading": blocks.Heading, "list": blocks.ItemList,
    "table": blocks.Table, "picture": blocks.Picture, "markdown": blocks.Markdown,
    "show": blocks.Show, "text": blocks.Paragraph,
}  # fmt: skip


def _block_kind(node: Tree) -> type[BaseModel] | None:
    return next((_BLOCKS[key] for key in BLOCK_KEYS if key in node), None)


@cache
def _order(kind: type[BaseModel]) -> dict[str, int]:
    fields = list(kind.model_fields)
    head = [key for key in _HEAD if key in fields] if kind in _ORDERED else []
    return {key: n for n, key in enumerate(dict.fromkeys([*head, *fields]))}


@cache
def _inner(kind: type[BaseModel], key: str) -> tuple[type[BaseModel] | None, bool]:
    """The model of what stands under a field, and whether it is a mapping of them by name."""
    field = kind.model_fields.get(key)
    if field is None:
        return None, False
    models = list(_models(field.annotation))
    found = _AnyBlock if len(models) > 1 else next(iter(models), None)
    return found, dict in _origins(field.annotation)


def _models(annotation: Any) -> dict[type[BaseModel], None]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation: None}
    return {m: None for part in _arguments(annotation) for m in _models(part)}


def _origins(annotation: Any) -> set[Any]:
    inner = (origin for part in _arguments(annotation) for origin in _origins(part))
    return {get_origin(annotation), *inner}


def _arguments(annotation: Any) -> tuple[Any, ...]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return get_args(annotation)[:1]
    return get_args(annotation) if origin in (Union, UnionType, tuple, dict) else ()


# --- comments -----------------------------------------------------------------------------------


def _noted(node: Any) -> Any:
    if isinstance(node, Sourced):
        doubt = [word("import", "doubt").format(node.doubt)] if node.doubt else []
        source = word("import", "source").format(node.source)
        return Noted(_noted(node.value), (source, *doubt))
    if isinstance(node, dict):
        return {key: _noted(child) for key, child in node.items()}
    return [_noted(child) for child in node] if isinstance(node, list) else node


def _head(draft: Draft) -> list[str]:
    up = "/".join([".."] * (len(report_path(draft.key).parts) - 1))
    schema = f"# yaml-language-server: $schema={up}/{FOLDER}/{REPORT}.json"
    made = word("import", "made_from").format("、".join(draft.files)) if draft.files else ""
    told = [*made.splitlines(), *draft.notes]
    if draft.unplaced:
        told += [word("import", "unplaced").format(len(draft.unplaced))]
        told += [_said(entry) for entry in draft.unplaced]
    return [schema, *(f"# {' '.join(line.split())}" for line in told)]


def _said(entry: Unplaced) -> str:
    text = " ".join(entry.text.split())
    return word("import", "unplaced_entry").format(source=entry.source, text=text, why=entry.why)
