"""`data/ledger/<department>.yml` and `data/ledger/volumes/` <-> entries: for people to read, and to
merge line by line.

Reports stand in the order of their addresses, books and sets of data in a file for each page that
offers them, every hash on a line of its own. A file that cannot be read is told as a finding;
nothing is guessed from the rest of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from evalpress.cache.cachefiles import write_whole
from evalpress.cache.store import Store
from evalpress.findings import Finding, Place, find
from evalpress.ledger.recorded import Ledger, ReportEntry, Volume
from evalpress.model.values import Frozen
from evalpress.wording import word

FOLDER = "ledger"
VOLUMES = f"{FOLDER}/volumes"


@dataclass(frozen=True)
class _Sort:
    """A sort of file of the ledger: where it lies, the key of its entries, their type, the formats
    that are read, the last of which is written."""

    folder: str
    key: str
    entries: TypeAdapter[dict[str, Any]]
    formats: tuple[str, ...]


# 2 knows files with data; in 1 there are none.
_REPORTS = _Sort(
    FOLDER, "reports", TypeAdapter(dict[str, ReportEntry]),
    ("evalpress-ledger/1", "evalpress-ledger/2"),
)  # fmt: skip
_VOLUMES = _Sort(
    VOLUMES, "volumes", TypeAdapter(dict[str, Volume]), ("evalpress-volumes/1",)
)  # fmt: skip


def read_ledger(
    data_dir: Path, store: Store | None = None, named: str = "data"
) -> tuple[Ledger, list[Finding]]:
    """The ledger of a data folder, empty where there is none, and a finding for every file that is
    no ledger; `named` is what findings call the folder. What `store` holds of a file is not read
    again."""
    store = store or Store(None)
    reports, wrong = _read(_REPORTS, data_dir, store, named)
    volumes, more = _read(_VOLUMES, data_dir, store, named)
    return Ledger(reports, volumes), [*wrong, *more]


def _read(
    sort: _Sort, data_dir: Path, store: Store, named: str
) -> tuple[dict[str, Any], list[Finding]]:
    found: dict[str, Any] = {}
    mistakes: list[Finding] = []
    for path in sorted((data_dir / sort.folder).glob("*.yml")):
        content = path.read_bytes()
        where = f"{named}/{sort.folder}/{path.name}"
        parts = ("ledger", where, content)
        entries, wrong = store.get(parts, partial(_entries, sort, content, where))
        mistakes += wrong
        found |= entries
    return dict(sorted(found.items())), mistakes


def _entries(sort: _Sort, content: bytes, where: str) -> tuple[dict[str, Any], list[Finding]]:
    """The entries of one file, and what is wrong with it."""
    try:
        tree = yaml.load(content, Loader=yaml.CSafeLoader)
        found = tree.get("format") if isinstance(tree, dict) else None
        if found not in sort.formats:
            known = "、".join(sort.formats)
            return {}, [find("ledger_format", Place(where, 1), found=found or "", known=known)]
        return sort.entries.validate_python(tree.get(sort.key) or {}), []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return {}, [find("ledger_damaged", Place(where, line), found=error.problem or "")]
    except (ValidationError, UnicodeDecodeError, yaml.YAMLError) as error:
        return {}, [find("ledger_damaged", Place(where), found=_first(error))]


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error).partition("\n")[0]
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def write_ledger(ledger: Ledger, data_dir: Path) -> list[Path]:
    """Write the files whose entries changed; gives these. A file without entries is removed.

    Raises OSError where a file can't be written.
    """
    reports, volumes = _texts(_REPORTS, ledger.reports), _texts(_VOLUMES, ledger.volumes)
    return [*_write(data_dir / FOLDER, reports), *_write(data_dir / VOLUMES, volumes)]


def _write(folder: Path, texts: Mapping[str, bytes]) -> list[Path]:
    changed = []
    for name, text in texts.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != text:
            write_whole(path, text)
            path.chmod(0o644)
            changed.append(path)
    for path in set(folder.glob("*.yml")) - {folder / name for name in texts}:
        path.unlink()
        changed.append(path)
    return sorted(changed)


def _texts(sort: _Sort, entries: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of a sort by its name."""
    files: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for address, entry in sorted(entries.items()):
        files[_file_of(address, entry)][address] = entry
    return {f"{name}.yml": _text(sort, found).encode() for name, found in files.items()}


def _file_of(address: str, entry: ReportEntry | Volume) -> str:
    if isinstance(entry, Volume):
        return entry.page.strip("/").replace("/", "-") or "all"
    return address.partition("/")[0]


def as_text(entries: Mapping[str, ReportEntry]) -> str:
    """The text of a ledger file with these reports."""
    return _text(_REPORTS, entries)


def _text(sort: _Sort, entries: Mapping[str, Frozen]) -> str:
    held = {address: _plain(entry) for address, entry in entries.items()}
    return ledger_text({"format": sort.formats[-1], sort.key: held})


def ledger_text(tree: Mapping[str, Any]) -> str:
    """The text of any file of the ledger: what it is, for who opens it, and these entries."""
    dumped = yaml.dump(
        dict(tree), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000,
        default_flow_style=False,
    )  # fmt: skip
    return f"# {word('ledger', 'head')}\n{dumped}"


def _plain(entry: Frozen) -> dict[str, Any]:
    return entry.model_dump(mode="python", exclude_defaults=True)


class _Dumper(yaml.CSafeDumper):
    """Writes tuples as lists."""


_Dumper.add_representer(tuple, lambda dumper, found: dumper.represent_list(found))
