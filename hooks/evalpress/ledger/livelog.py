"""What went live when -> `data/ledger/live/<year>.yml`: one entry for every publication, and for
every return to an earlier release.

The ledger's other files tell what was ever public; this one tells which of it readers had at a
moment. It is only added to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from evalpress.cache.cachefiles import write_whole
from evalpress.ledger.ledgerfile import FOLDER, ledger_text
from evalpress.ledger.recorded import Ledger
from evalpress.model.values import Frozen

LIVE = f"{FOLDER}/live"
FORMAT = "evalpress-live/1"


class Went(Frozen):
    """A release that went live at a moment (ISO 8601): its number, the hash of its manifest, the
    moment that it was built `as_of`, the version of the program that built it.

    Where it is an earlier one (`again`), `earlier` are the reports that have gone back with it, by
    address with the number of their edition; 0 for those that are not public in it.
    """

    went_live: str
    release: int
    manifest: str
    as_of: str = ""
    program: str = ""
    again: int | None = None
    earlier: dict[str, int] = {}


def gone_back(ledger: Ledger, editions: dict[str, int]) -> dict[str, int]:
    """The reports that are not as they last were, of a site with these editions by address; 0 for
    those that it has not."""
    last = {a: e.latest.number for a, e in ledger.reports.items() if not e.withdrawn}
    return {a: editions.get(a, 0) for a, number in last.items() if editions.get(a, 0) != number}


def note(data_dir: Path, went: Went) -> Path:
    """Add an entry; gives the file. Raises OSError where it can't be written, ValueError for a file
    that is none of these."""
    path = data_dir / LIVE / f"{went.went_live[:4]}.yml"
    entries = [*_entries(path), went.model_dump(mode="python", exclude_defaults=True)]
    write_whole(path, ledger_text({"format": FORMAT, "live": entries}).encode())
    path.chmod(0o644)
    return path


def read_live(data_dir: Path) -> list[Went]:
    """Every entry, the oldest first. Raises OSError, and ValueError for a file that is none of
    these."""
    paths = sorted((data_dir / LIVE).glob("*.yml"))
    return [Went.model_validate(one) for path in paths for one in _entries(path)]


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        tree = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ValueError(path.name)
    found: list[dict[str, Any]] = tree["live"]
    return found
