"""`evalpress import`: files as departments send them -> drafts, and what is to be told of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from evalpress.authoring.formats import show
from evalpress.authoring.review import refuse_public
from evalpress.cache.store import Store
from evalpress.checks.examining import examine_some, open_store
from evalpress.checks.signing import Examination
from evalpress.commands._options import add_config
from evalpress.findings import Mistaken, blocking
from evalpress.importing.batch import Outcome, files_in, import_folder
from evalpress.importing.importer import attached, drafts_from
from evalpress.importing.markedcopies import can_be_marked, marked_copy
from evalpress.importing.merge import Written, write
from evalpress.importing.neutral import Refusal
from evalpress.importing.ownership import Asked
from evalpress.importing.summary import counted
from evalpress.importing.workbook.marked import marked
from evalpress.importing.workbook.returned import is_workbook
from evalpress.importing.workbook.verdict import judge
from evalpress.load import Loaded, load
from evalpress.mkdocs_yml import Configuration
from evalpress.wording import word, words

_MAX_WORDS = 3  # department, year, slug


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which files, and whose report they are."""
    said = words("commands", "import")
    parser.add_argument("given", nargs="+", metavar=said["metavar"], help=said["given"])
    parser.add_argument("--attach", action="store_true", help=said["attach"])
    parser.add_argument("--marked", action="store_true", help=said["marked"])
    parser.add_argument("--proofread", action="store_true", help=said["proofread"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write the drafts and say what became of the files; 1 where a draft has errors or a file
    could not be read."""
    site = Configuration(options.config)
    paths, asked = _parted(options.given)
    store = open_store(site.settings, site.root)
    loaded = load(site.data_dir, site.root, store)
    if len(paths) == 1 and paths[0].is_dir():
        if options.marked or options.proofread:
            raise Mistaken(word("commands", "import", "not_for_folders"))
        return _folder(site, paths[0], asked, loaded, store)
    try:
        drafts = drafts_from(paths, asked, loaded)
    except Refusal as refusal:
        raise Mistaken(refusal.said) from None
    drafts = [attached(draft, paths) for draft in drafts] if options.attach else drafts
    written = [write(draft, loaded, site.data_dir) for draft in drafts]
    loaded, mine = _examined(site, store, written)
    console = Console()
    for one in written:
        _tell(one, site.root)
    if mine.open or mine.waived:
        show(mine, console)
    for path in paths if options.marked else ():
        _mark(site, path, written, loaded, mine)
    for one in written if options.proofread else ():
        _proofread(site, one, paths)
    return 1 if blocking(mine.open) else 0


def _mark(
    site: Configuration, path: Path, written: Iterable[Written], loaded: Loaded, found: Examination
) -> None:
    """Write the copy of a file that bears what was found about its drafts, and say where."""
    mine = [
        (one, loaded.sources[_name(one, site.root)])
        for one in written if path.name in one.draft.files
    ]  # fmt: skip
    if not can_be_marked(path):
        print(word("commands", "import", "not_marked").format(path.name))
        return
    target = path.with_name(word("commands", "check", "marked").format(path.stem))
    refuse_public(target, site.public_folders)
    if is_workbook(path):
        target.write_bytes(marked(path, judge(path, loaded, site.data_dir)))
    else:
        target.write_bytes(marked_copy(path, mine, found))
    print(word("commands", "check", "marked_made").format(target))


def _proofread(site: Configuration, one: Written, paths: Sequence[Path]) -> None:
    """Compare a draft with the files that it came from."""
    from evalpress.authoring.proofread import CannotCompare, proofread  # lays out pages
    from evalpress.commands.proofread import told

    key = one.draft.key
    wanted = (key.department, str(key.year), key.slug)
    for path in (path for path in paths if path.name in one.draft.files):
        try:
            print("\n".join(told(proofread(site.settings, site.root, *wanted, path), path)))
        except CannotCompare as refused:
            print(refused)


def _parted(given: Sequence[str]) -> tuple[list[Path], Asked]:
    """Files come first; what is no file says whose report it is."""
    paths = [Path(text) for text in given]
    count = next((n for n, path in enumerate(paths) if not path.exists()), len(paths))
    rest = list(given[count:])
    strange = next((text for text in rest if "." in text or "/" in text), "")
    if count == 0 or strange or len(rest) > _MAX_WORDS:
        raise Mistaken(word("commands", "import", "no_file").format(strange or given[0]))
    return paths[:count], Asked(*rest)


def _name(written: Written, root: Path) -> str:
    """A draft's file as findings name it."""
    return written.path.relative_to(root).as_posix()


def _examined(
    site: Configuration, store: Store, written: Iterable[Written]
) -> tuple[Loaded, Examination]:
    """The data with the drafts that were written, and what the check finds in these."""
    names = {_name(one, site.root) for one in written}
    return examine_some(site.settings, site.root, store, names)


def _tell(written: Written, root: Path) -> None:
    """Where the draft is, what it holds, what it does not, what differs from the one before."""
    said = words("commands", "import")
    path = _name(written, root)
    files = "、".join(written.draft.files)
    print(said["renewed" if written.renewed else "made"].format(path=path, files=files))
    print(said["counts"].format(**counted(written.draft)))
    for note in written.draft.notes:
        print(said["note"].format(note))
    for entry in written.draft.unplaced:
        text = " ".join(entry.text.split())
        print(said["unplaced"].format(source=entry.source, text=text, why=entry.why))
    for change in written.changes:
        kind = "kept" if change.kept else "changed"
        print(said[kind].format(place=change.place, old=change.old, new=change.new))


def _folder(site: Configuration, folder: Path, asked: Asked, loaded: Loaded, store: Store) -> int:
    """Every file of a folder, and the table of what became of them."""
    if not files_in(folder):
        raise Mistaken(word("commands", "import", "empty_folder").format(folder))
    outcomes = import_folder(folder, asked, loaded, site.data_dir)
    _, examination = _examined(site, store, [o.written for o in outcomes if o.written])
    for line in _table(outcomes, examination, site.root):
        print(line)
    return 1 if any(outcome.bad for outcome in outcomes) else 0


def _table(outcomes: list[Outcome], examination: Examination, root: Path) -> Iterable[str]:
    said = words("commands", "import")
    for outcome in outcomes:
        errors = 0
        if outcome.written:
            name = _name(outcome.written, root)
            errors = len(blocking([f for f in examination.open if f.where.file == name]))
        yield said[outcome.kind].format(
            files="、".join(outcome.files), errors=errors, what=outcome.what,
            path=outcome.written.path.relative_to(root).as_posix() if outcome.written else "",
            **(counted(outcome.written.draft) if outcome.written else {}),
        )  # fmt: skip
