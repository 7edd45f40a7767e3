"""Files -> drafts below data/, one for each report that they hold, with what has to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evalpress.files.clean import Uncleanable, clean
from evalpress.importing.assembly import assemble
from evalpress.importing.chapters import read_document
from evalpress.importing.drafts import Draft
from evalpress.importing.intake import read_file
from evalpress.importing.joining import joined
from evalpress.importing.labels import Vocabulary
from evalpress.importing.neutral import Document
from evalpress.importing.ownership import Asked, Owner, owner_of
from evalpress.importing.reading import Reading
from evalpress.importing.workbook.returned import is_workbook, read_workbook
from evalpress.load import Loaded
from evalpress.wording import word


@dataclass
class Part:
    """A file's share in one report."""

    document: Document
    reading: Reading
    owner: Owner


@dataclass
class Gathered:
    """The shares of one report."""

    owner: Owner
    parts: list[Part] = field(default_factory=list)


def drafts_of(documents: Sequence[Document], asked: Asked, loaded: Loaded) -> list[Draft]:
    """A draft for each report that the documents hold. Raises NotOwned, CannotScaffold."""
    return [draft_of(one, loaded) for one in gather(parts_of(documents, asked, loaded))]


def parts_of(documents: Sequence[Document], asked: Asked, loaded: Loaded) -> Iterator[Part]:
    """Every reading of every document with its owner."""
    vocabulary = Vocabulary(loaded.reference)
    for document in documents:
        for reading in read_document(document, vocabulary, asked, loaded):
            yield Part(document, reading, owner_of(reading, document.name, asked, loaded))


def gather(parts: Iterator[Part]) -> list[Gathered]:
    """The parts by the report that they belong to. Projects whose slugs are only proposed are told
    apart by their names."""
    found: dict[tuple[object, str], Gathered] = {}
    for part in parts:
        name = part.reading.heads.get("project_name")
        own = str(name.value) if name and part.owner.proposed else ""
        found.setdefault((part.owner.key, own), Gathered(part.owner)).parts.append(part)
    return _apart(list(found.values()))


def _apart(found: list[Gathered]) -> list[Gathered]:
    """Proposed slugs that several new projects would share, counted on."""
    taken: set[object] = set()
    for one in found:
        key = one.owner.key
        while key in taken:
            stem, _, number = key.slug.rpartition("-")
            key = replace(key, slug=f"{stem}-{int(number) + 1}")
        taken.add(key)
        one.owner = replace(one.owner, key=key)
    return found


def draft_of(gathered: Gathered, loaded: Loaded) -> Draft:
    """The draft of one report from all its files."""
    reading = joined([part.reading for part in gathered.parts])
    documents = list(dict.fromkeys(part.document for part in gathered.parts))
    files = tuple(document.name for document in documents)
    told = tuple(entry for document in documents for entry in document.told)
    return assemble(reading, gathered.owner, loaded, files, told)


def drafts_from(paths: Sequence[Path], asked: Asked, loaded: Loaded) -> list[Draft]:
    """A draft for each report that the files hold, be they forms of this program or a department's
    own. Raises Refusal for the first that cannot be read, NotOwned, CannotScaffold."""
    documents = [(path, read_file(path)) for path in paths]
    forms = [path for path in paths if is_workbook(path)]
    others = [document for path, document in documents if path not in forms]
    return [*(form_draft(path, loaded) for path in forms), *drafts_of(others, asked, loaded)]


def form_draft(path: Path, loaded: Loaded) -> Draft:
    """The draft of a form of this program that came back. Raises NotOpened."""
    found = read_workbook(path, loaded)
    return replace(found, tree={**found.tree, "state": "draft"})


def attached(draft: Draft, paths: Sequence[Path]) -> Draft:
    """The draft with the files that it came from beside it, cleaned of metadata. One that is
    signed, sealed or of a kind that cannot be cleaned stays out, and the draft says so."""
    entries, files = [], list(draft.pictures)
    notes = list(draft.notes)
    for number, path in enumerate((p for p in paths if p.name in draft.files), 1):
        try:
            files.append((path.name, clean(path.read_bytes())))
        except Uncleanable as refusal:
            why = word("clean_refused", refusal.reason)
            notes.append(word("import", "not_attached").format(path.name, why))
            continue
        entries.append({"id": f"source-{number}", "name": path.stem, "file": path.name})
    entries = [*draft.tree.get("attachments", ()), *entries]
    tree = {**draft.tree, "attachments": entries} if entries else draft.tree
    return replace(draft, tree=tree, notes=tuple(notes), pictures=tuple(files))
