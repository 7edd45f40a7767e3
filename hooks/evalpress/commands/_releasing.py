"""What the verbs about releases share: the site's layout, a build that waits, the difference."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from evalpress.authoring.review import save_page
from evalpress.clock import ORDER
from evalpress.commands._host import build_command
from evalpress.findings import Mistaken
from evalpress.ledger import FOLDER, read_ledger
from evalpress.ledger.livelog import Went, gone_back, note, read_live
from evalpress.mkdocs_yml import Configuration
from evalpress.release import Layout
from evalpress.release.difference import Difference, Kind, PageChange
from evalpress.release.history import Kept
from evalpress.release.manifest import Manifest, read_manifest
from evalpress.release.records import Record
from evalpress.release.sealing import keep_seals, seal
from evalpress.text.markup import render
from evalpress.wording import word, words

_SHOWN = 8  # changes of a page on a terminal


def layout_of(site: Configuration) -> Layout:
    """Where the site lies."""
    return Layout(site.site_dir, site.settings.swap == "link")


def build_for(site: Configuration, moment: datetime) -> bool:
    """Build and verify the site for a moment, strictly, and leave it ready; False where the build
    was refused, which has then said why."""
    variables = {**os.environ, ORDER: moment.isoformat(timespec="seconds")}
    return subprocess.run(build_command(site), env=variables, check=False).returncode == 0


def seal_for(site: Configuration, folder: Path) -> None:
    """Have a site that is about to go live signed, if the bureau signs at all. Raises Refused."""
    if command := site.settings.sign_command:
        seal(folder, command, site.root)


def keep_seals_of(site: Configuration, layout: Layout, record: Record) -> None:
    """Keep the signature of the site that went live, with what it signs, beside the ledger."""
    if site.settings.sign_command:
        keep_seals(layout.live, site.data_dir / "seals", record.went_live)


def prove_log(site: Configuration) -> None:
    """Refuse to go live where that could not be written down. Raises Mistaken."""
    try:
        read_live(site.data_dir)
    except ValueError as error:
        why = " ".join(str(error).split())
        raise Mistaken(word("commands", "publish", "log_damaged").format(why)) from None


def log_live(site: Configuration, layout: Layout, record: Record) -> None:
    """Write into the ledger, where there is one, what went live, and what has gone back with it."""
    if not (site.data_dir / FOLDER).is_dir():
        return
    own = read_manifest(layout.live) or Manifest({})
    editions = {share.report: share.edition for share in own.shares.values()}
    back = record.again is not None
    went = Went(
        went_live=record.went_live, release=record.number, manifest=own.digest,
        as_of=own.as_of, program=own.program, again=record.again,
        earlier=gone_back(read_ledger(site.data_dir)[0], editions) if back else {},
    )  # fmt: skip
    path = note(site.data_dir, went)
    print(word("commands", "publish", "recorded").format(path.relative_to(site.root).as_posix()))


def release_line(kept: Kept) -> str:
    """A kept release in one line: its number, when it went live, what changed with it."""
    said, record = words("commands", "releases"), kept.record
    return said["line"].format(
        mark=said["live" if kept.is_live else "kept"], number=record.number,
        when=record.went_live.replace("T", " ")[:19], new=record.new, changed=record.changed,
        gone=record.gone, again=said["again"].format(record.again) if record.again else "",
    )  # fmt: skip


def count_words(found: Difference) -> str:
    """How many pages differ, in one line."""
    counts = {str(kind): len(found.of(kind)) for kind in Kind}
    return word("difference", "count").format(**counts, files=found.files)


def tell(found: Difference) -> None:
    """Print every page that readers will see differently."""
    for page in found.pages:
        if page.kind is not Kind.FRAMED:
            _tell_page(page)
    print(count_words(found) if found.pages or found.files else word("difference", "none"))


def _tell_page(page: PageChange) -> None:
    said = words("difference")
    kind = word("difference", "kinds", page.kind)
    print(said["line"].format(kind=kind, address=page.address, title=page.title))
    for change in page.changes[:_SHOWN]:
        shown = (change.place or said["text"], change.before, change.after)
        place, before, after = (text or said["nothing"] for text in shown)
        print(said["change"].format(place=place, before=before, after=after))
    if len(page.changes) > _SHOWN:
        print(said["more"].format(len(page.changes) - _SHOWN))


def save_difference(found: Difference, path: Path, site: Configuration) -> None:
    """Write the page to look at. Raises PublicPlace for a place that the public would see."""
    groups = [(kind, found.of(kind)) for kind in Kind]
    said = words("difference")
    html = render("difference.html.j2", said=said, count=count_words(found), groups=groups)
    save_page(f"{html}\n", path, site.public_folders)
    print(word("commands", "diff", "html_made").format(path), file=sys.stderr)
