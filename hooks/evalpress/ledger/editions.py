"""Where the public data and files of each edition are kept: `data/ledger/editions/<address>/`.

`v1.json` holds the public data of edition 1; `v1/` the PDF and the files beside it, once another
edition stood in its place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import to_json

from evalpress.cache.cachefiles import write_whole
from evalpress.ledger.ledgerfile import FOLDER
from evalpress.ledger.publicform import Form, digest_of_form
from evalpress.ledger.recorded import Edition

EDITIONS = f"{FOLDER}/editions"


def form_file(form: Form) -> bytes:
    """Public data as a file: for people to read, and to merge line by line."""
    return to_json({"public": form}, indent=1) + b"\n"


@dataclass(frozen=True)
class Editions:
    """The kept editions of a data folder."""

    data_dir: Path

    def home(self, address: str) -> Path:
        """Where all that is kept of a report lies."""
        return self.data_dir / EDITIONS / address

    def data_path(self, address: str, number: int) -> Path:
        """Where the public data of an edition lie."""
        return self.data_dir / EDITIONS / address / f"v{number}.json"

    def folder(self, address: str, number: int) -> Path:
        """Where the files of an edition that was superseded lie."""
        return self.data_dir / EDITIONS / address / f"v{number}"

    def read(self, address: str, edition: Edition) -> Form | None:
        """The public data of an edition, proved by its hash; None where they are not there or are
        not what the ledger says."""
        try:
            found = json.loads(self.data_path(address, edition.number).read_bytes())
            form: Form = found["public"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return form if digest_of_form(form) == (edition.kept or edition.data) else None

    def write(self, address: str, number: int, form: Form) -> None:
        """Keep the public data of an edition. Raises OSError where they can't be written."""
        path = self.data_path(address, number)
        write_whole(path, form_file(form))
        path.chmod(0o644)
