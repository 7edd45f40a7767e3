"""6 export: the kinds of files that lie beside a report, and the files of one report.

The same bytes lie beside a report's page and travel inside its PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evalpress.assess import Assessment, Catalogue
from evalpress.cache.kept import Kept
from evalpress.cache.store import keep_under_hash
from evalpress.wording import catalogue, word

Maker = Callable[[Catalogue, Assessment], bytes | None]


@dataclass(frozen=True)
class Export:
    """A kind of file: the name of its words, how a file's name ends, its media type, and what makes
    it (None: no such data)."""

    name: str
    suffix: str
    media_type: str
    make: Maker

    @property
    def title(self) -> str:
        """What readers are offered: 指标数据（CSV）."""
        return word("exports", self.name, "title")


EXPORTS: dict[str, Export] = {}


def export(name: str, suffix: str, media_type: str) -> Callable[[Maker], Maker]:
    """Register the maker of a file that every report has beside it.

    Its words stand under `name`, `suffix` ends a file's name (`-indicators.csv`). Raises ValueError
    for a suffix that is taken, which is a bug.
    """

    def register(make: Maker) -> Maker:
        if suffix in EXPORTS:
            raise ValueError(f"export {suffix} is registered twice")
        EXPORTS[suffix] = Export(name, suffix, media_type, make)
        return make

    return register


def columns(name: str) -> dict[str, dict[str, str]]:
    """A table's columns in their order, by id: the `name` in the file, and what it is `about`."""
    found: dict[str, dict[str, str]] = catalogue("wording")["exports"][name]["columns"]
    return found


@dataclass(frozen=True)
class Exported:
    """A file of a report: its address on the site, its bytes, and what kind it is of."""

    address: str
    content: bytes
    kind: Export

    @property
    def name(self) -> str:
        """The file's name: the last part of its address."""
        return self.address.rpartition("/")[2]


def of_report(
    catalogue: Catalogue,
    assessment: Assessment,
    kept: Kept | None = None,
    parts: tuple[str, ...] = (),
) -> list[Exported]:
    """All files of one report, in the order of registration: JSON first; what `kept` holds for
    these `parts`, on which they depend, is not made again."""
    key, keeping = assessment.key, kept or Kept(None)

    def content_of(kind: Export) -> bytes:
        make = partial(_made, kind, catalogue, assessment)
        return keeping.get(_named(kind, parts), make)

    made = ((kind, content_of(kind)) for kind in EXPORTS.values())
    return [
        Exported(f"{key.address}{key.name}{kind.suffix}", content, kind)
        for kind, content in made
        if content
    ]


def lacks(kept: Kept, parts: tuple[str, ...]) -> bool:
    """Whether something of what `of_report` makes of these `parts` is not kept."""
    return any(kept.lacks(_named(kind, parts)) for kind in EXPORTS.values())


def _named(kind: Export, parts: tuple[str, ...]) -> tuple[str, ...]:
    return ("export", kind.suffix, *parts)


def _made(kind: Export, catalogue: Catalogue, assessment: Assessment) -> bytes:
    """The file's bytes; none where there are no such data."""
    return kind.make(catalogue, assessment) or b""


def keep(exported: Exported, folder: Path) -> Path:
    """Write a file into a cache folder, under its content's hash; gives the file there.

    A file that is there already is whole and stays. Raises OSError where it can't be written.
    """
    return keep_under_hash(folder, exported.name, exported.content)
