"""A new draft over an existing one -> the text to write, and what differs.

What the file said last time is kept as fingerprints in the draft's last line; so a value that
somebody has changed by hand since is told from one that the file has changed. The hand wins.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from evalpress.authoring.scaffold import report_path
from evalpress.authoring.schema import FOLDER, REPORT, write_schemas
from evalpress.authoring.sheet import Tree
from evalpress.files.attachments import attachment_folder
from evalpress.findings import Mistaken
from evalpress.importing.drafts import Draft, Sourced, bare, draft_text
from evalpress.importing.reading import masked
from evalpress.load import Loaded
from evalpress.model import Report, State
from evalpress.wording import word

MAX_RECORD = 200_000  # characters of the last line
_RECORD = re.compile(r"^# \S+?：?([A-Za-z0-9+/=]{20,})$")
Prints = dict[str, str]
_NAME = "/name"


class NotWritten(Mistaken):
    """The draft cannot be written over what is there; says why and what to do."""


@dataclass(frozen=True)
class Change:
    """A place where the file and the draft differ; `kept` where the draft's value stays."""

    place: str
    old: str
    new: str
    kept: bool


@dataclass(frozen=True)
class Written:
    """A draft as it was written: where, what differs from before, and what it says."""

    path: Path
    draft: Draft
    changes: tuple[Change, ...] = ()
    renewed: bool = False


def write(draft: Draft, loaded: Loaded, data_dir: Path) -> Written:
    """Write a draft below the data folder, over an earlier draft of the same report if there is
    one. Raises NotWritten where the report is public already, or the file there has a mistake."""
    path = data_dir / report_path(draft.key)
    report = next((r for r in loaded.reports if r.key == draft.key), None)
    if report and report.content.state is not State.DRAFT:
        raise NotWritten(word("import", "published").format(report.source))
    if report is None and path.exists():
        raise NotWritten(word("import", "in_the_way").format(report_path(draft.key)))
    changes: tuple[Change, ...] = ()
    prints = fingerprints(bare(draft.tree))
    if report:
        source = loaded.sources[report.source]
        path = _path_of(report, data_dir)
        before = record_in(source.content)
        draft, changes = merged(draft, source.data, before and renamed(before, source.data))
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (data_dir / FOLDER / f"{REPORT}.json").exists():
        write_schemas(data_dir / FOLDER)
    _add_pictures(draft, data_dir)
    path.write_text(draft_text(draft) + record(prints), encoding="utf-8", newline="\n")
    return Written(path, draft, changes, report is not None)


def _add_pictures(draft: Draft, data_dir: Path) -> None:
    """Put the pictures of a draft beside its report; their names follow from their content."""
    folder = attachment_folder(data_dir, draft.key)
    for name, content in draft.pictures:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _path_of(report: Report, data_dir: Path) -> Path:
    """An existing file keeps its name, which may be Chinese."""
    below = report.source.rpartition("reports/")[2]
    return data_dir / "reports" / below


# --- fingerprints -------------------------------------------------------------------------------


def fingerprints(tree: Tree) -> Prints:
    """A short hash of every value of a tree, by its place."""
    return {place: _print(value) for place, value in leaves(tree)}


def _print(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return blake2b(said.encode(), digest_size=4).hexdigest()


def record(prints: Prints) -> str:
    """The last line of a draft."""
    packed = zlib.compress(json.dumps(prints, ensure_ascii=False).encode(), 9)
    return f"\n# {word('import', 'record')}{base64.b64encode(packed).decode()}\n"


def record_in(content: bytes) -> Prints | None:
    """The fingerprints in a draft's last line; None where it has none, or they are damaged."""
    last = content.decode("utf-8", "replace").rstrip().rpartition("\n")[2]
    match = _RECORD.match(last) if len(last) < MAX_RECORD else None
    if not match:
        return None
    try:
        packed = base64.b64decode(match[1], validate=True)
        found = json.loads(zlib.decompressobj().decompress(packed, 5_000_000))
    except (ValueError, zlib.error, binascii.Error):
        return None
    return found if isinstance(found, dict) else None


def renamed(prints: Prints, old: Tree) -> Prints:
    """Fingerprints under the ids that somebody has given by hand to entries whose names stayed."""
    found = dict(prints)
    named = {place: value for place, value in leaves(old) if place.endswith(_NAME)}
    for place, value in named.items():
        siblings = place.removesuffix(_NAME).rpartition("/")[0]
        lost = [
            key for key, said in prints.items()
            if key.endswith(_NAME) and key not in named and said == _print(value)
            and key.removesuffix(_NAME).rpartition("/")[0] == siblings
        ]  # fmt: skip
        if place not in prints and len(lost) == 1:
            was, now = lost[0].removesuffix("name"), place.removesuffix("name")
            moved = [key for key in found if key.startswith(was)]
            found |= {now + key.removeprefix(was): found.pop(key) for key in moved}
    return found


def leaves(node: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a tree by its place; a list without ids is one value."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from leaves(child, f"{place}/{key}" if place else str(key))
    elif isinstance(node, list) and node and all(_own(item) for item in node):
        for item in node:
            yield from leaves(item, f"{place}/{_own(item)}")
    else:
        yield place, node


def _own(node: Any) -> str:
    return str(node.get("id") or node.get("name") or "") if isinstance(node, dict) else ""


# --- old and new --------------------------------------------------------------------------------


def merged(draft: Draft, old: Tree, before: Prints | None) -> tuple[Draft, tuple[Change, ...]]:
    """The draft with what was done by hand to the old tree, and every difference. Without
    fingerprints everything in the old one counts as written by hand."""
    made = _Merge(before)
    tree = made.node(draft.tree, old, "")
    return replace(draft, tree=tree), tuple(made.changes)


class _Merge:
    """Goes through both trees at once."""

    def __init__(self, before: Prints | None) -> None:
        self.before = before
        self.changes: list[Change] = []

    def node(self, new: Any, old: Any, place: str) -> Any:
        plain = bare(new)
        if isinstance(plain, dict) and isinstance(old, dict):
            return self._mapping(_open(new), old, place)
        if _is_entries(plain) and _is_entries(old):
            return self._entries(_open(new), old, place)
        return self._value(new, old, place)

    def _mapping(self, new: Tree, old: Tree, place: str) -> Tree:
        found: Tree = {}
        for key in dict.fromkeys([*new, *old]):
            below = f"{place}/{key}" if place else str(key)
            kept = self._one(new.get(key, _GONE), old.get(key, _GONE), below)
            if kept is not _GONE:
                found[key] = kept
        return found

    def _entries(self, new: list[Any], old: list[Any], place: str) -> list[Any]:
        was = {_own(item): item for item in old}
        now = {_own(bare(item)): item for item in new}
        found = []
        for own in dict.fromkeys([*now, *was]):
            kept = self._one(now.get(own, _GONE), was.get(own, _GONE), f"{place}/{own}")
            if kept is not _GONE:
                found.append(kept)
        return found

    def _one(self, new: Any, old: Any, place: str) -> Any:
        if new is _GONE:
            return self._no_longer(old, place)
        if old is _GONE:
            return self._not_yet(new, place)
        return self.node(new, old, place)

    def _value(self, new: Any, old: Any, place: str) -> Any:
        plain = bare(new)
        if plain == old or place == "state":
            return new
        by_hand = self.before is None or self.before.get(place) != _print(old)
        unchanged = self.before is not None and self.before.get(place) == _print(plain)
        if not (by_hand and unchanged):
            self.changes.append(Change(place, shown(old), shown(plain), by_hand))
        if not by_hand:
            return new
        source = new.source if isinstance(new, Sourced) else ""
        note = word("import", "by_hand").format(shown(plain))
        return Sourced(old, source, note) if source else old

    def _no_longer(self, old: Any, place: str) -> Any:
        """What only the draft has: written by hand, unless all of it came from the file."""
        mine = dict(leaves(old, place))
        if self.before is None or any(self.before.get(p) != _print(v) for p, v in mine.items()):
            return old
        self.changes.append(Change(place, shown(old), "", False))
        return _GONE

    def _not_yet(self, new: Any, place: str) -> Any:
        """What only the file has: new, unless somebody has deleted it."""
        plain = bare(new)
        mine = dict(leaves(plain, place))
        if self.before is not None and mine and self._was_there(mine, place, self.before):
            self.changes.append(Change(place, "", shown(plain), True))
            return _GONE
        self.changes.append(Change(place, "", shown(plain), False))
        return new

    @staticmethod
    def _was_there(mine: Prints, place: str, before: Prints) -> bool:
        """Whether the file said this before, of the same name where it has one."""
        name = f"{place}{_NAME}"
        same = name not in mine or before.get(name) == _print(mine[name])
        return same and all(p in before for p in mine)


_GONE: Any = object()


def _open(node: Any) -> Any:
    return node.value if isinstance(node, Sourced) else node


def _is_entries(node: Any) -> bool:
    return isinstance(node, list) and bool(node) and all(_own(item) for item in node)


def shown(value: Any) -> str:
    """A value in one short line, for a person; private data behind asterisks."""
    if isinstance(value, dict):
        text = "，".join(str(v) for v in value.values() if isinstance(v, str))
    elif isinstance(value, list):
        text = "；".join(v if isinstance(v, str) else shown(v) for v in value)
    else:
        text = str(value)
    text = masked(" ".join(text.split()))
    return text if len(text) <= 60 else text[:59] + "…"
