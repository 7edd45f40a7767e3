"""Settings and the folder with the data -> the data, and every finding about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from evalpress.cache.collector import without_collector
from evalpress.cache.store import Store
from evalpress.checks import Context, examine
from evalpress.checks.signing import Examination
from evalpress.ledger import read_ledger
from evalpress.load import Loaded, load
from evalpress.settings import Settings
from evalpress.typefaces import Typefaces


def read(settings: Settings, root: Path) -> tuple[Loaded, Examination]:
    """1 read and 2 check: the data, and every finding about them, open or signed off."""
    store = open_store(settings, root)
    with without_collector():
        loaded = load(root / settings.data_dir, root, store)
        examination = examine(_context(loaded, settings, root, store))
    store.save()
    return loaded, examination


def examine_some(
    settings: Settings, root: Path, store: Store, about: Collection[str]
) -> tuple[Loaded, Examination]:
    """The data, and what is found about a few files, by their names from `root`. `store` is one
    that has been read with; it is not saved, because it would forget what nobody asked for."""
    with without_collector():
        loaded = load(root / settings.data_dir, root, store)
        found = examine(_context(loaded, settings, root, store), about)
    mine = replace(
        found,
        open=[f for f in found.open if f.where.file in about],
        waived=[w for w in found.waived if w[0].where.file in about],
    )
    return loaded, mine


def _context(loaded: Loaded, settings: Settings, root: Path, store: Store) -> Context:
    data_dir = root / settings.data_dir
    ledger, mistakes = read_ledger(data_dir, store, data_dir.name)
    loaded.findings += mistakes
    return Context(loaded, data_dir, store, _fonts(settings, root), ledger)


def open_store(settings: Settings, root: Path) -> Store:
    """What was read and found before."""
    return Store(root / settings.cache_dir / "checks.pickle")


def _fonts(settings: Settings, root: Path) -> Typefaces | None:
    """The fonts that PDFs are set in, if there are to be PDFs."""
    official = root / settings.pdf_fonts if settings.pdf_fonts else None
    return Typefaces(official) if settings.pdf else None
