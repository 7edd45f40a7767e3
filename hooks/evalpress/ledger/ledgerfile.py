"""`data/ledger/<department>.yml` <-> entries: for people to read, and to merge line by line.

Reports stand in the order of their addresses, every hash on a line of its own. A file that cannot
be read is told as a finding; nothing is guessed from the rest of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from evalpress.cache.cachefiles import write_whole
from evalpress.cache.store import Store
from evalpress.findings import Finding, Place, find
from evalpress.ledger.recorded import Ledger, ReportEntry
from evalpress.wording import word

FOLDER = "ledger"
FORMAT = "evalpress-ledger/1"
_ENTRIES: TypeAdapter[dict[str, ReportEntry]] = TypeAdapter(dict[str, ReportEntry])


def read_ledger(
    data_dir: Path, store: Store | None = None, named: str = "data"
) -> tuple[Ledger, list[Finding]]:
    """The ledger of a data folder, empty where there is none, and a finding for every file that is
    no ledger; `named` is what findings call the folder. What `store` holds of a file is not read
    again."""
    store = store or Store(None)
    found: dict[str, ReportEntry] = {}
    mistakes: list[Finding] = []
    for path in sorted((data_dir / FOLDER).glob("*.yml")):
        content = path.read_bytes()
        where = f"{named}/{FOLDER}/{path.name}"
        parts = ("ledger", where, content)
        entries, wrong = store.get(parts, partial(_entries, content, where))
        mistakes += wrong
        found |= entries
    return Ledger(dict(sorted(found.items()))), mistakes


def _entries(content: bytes, where: str) -> tuple[dict[str, ReportEntry], list[Finding]]:
    """The reports of one file, and what is wrong with it."""
    try:
        tree = yaml.load(content, Loader=yaml.CSafeLoader)
        if not isinstance(tree, dict) or tree.get("format") != FORMAT:
            found = tree.get("format") if isinstance(tree, dict) else None
            return {}, [find("ledger_format", Place(where, 1), found=found or "", known=FORMAT)]
        return _ENTRIES.validate_python(tree.get("reports") or {}), []
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
    """Write the files whose reports changed; gives these. A file without reports is removed.

    Raises OSError where a file can't be written.
    """
    folder, texts = data_dir / FOLDER, _texts(ledger)
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


def _texts(ledger: Ledger) -> dict[str, bytes]:
    """Every file of the ledger by its name."""
    departments: defaultdict[str, dict[str, ReportEntry]] = defaultdict(dict)
    for address, entry in sorted(ledger.reports.items()):
        departments[address.partition("/")[0]][address] = entry
    return {f"{name}.yml": as_text(entries).encode() for name, entries in departments.items()}


def as_text(entries: Mapping[str, ReportEntry]) -> str:
    """The text of a ledger file with these reports."""
    reports = {address: _plain(entry) for address, entry in entries.items()}
    dumped = yaml.dump(
        {"format": FORMAT, "reports": reports}, Dumper=_Dumper, allow_unicode=True,
        sort_keys=False, width=1000, default_flow_style=False,
    )  # fmt: skip
    return f"# {word('ledger', 'head')}\n{dumped}"


def _plain(entry: ReportEntry) -> dict[str, Any]:
    return entry.model_dump(mode="python", exclude_defaults=True)


class _Dumper(yaml.CSafeDumper):
    """Writes tuples as lists."""


_Dumper.add_representer(tuple, lambda dumper, found: dumper.represent_list(found))
