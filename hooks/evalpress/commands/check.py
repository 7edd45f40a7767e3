"""`evalpress check`: data/ -> every finding about it, for a person, a program or a reviewer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from evalpress.authoring.formats import FORMATS, show
from evalpress.authoring.review import refuse_public, review, review_page, save_page
from evalpress.checks import RULES
from evalpress.checks.examining import open_store, read
from evalpress.checks.signing import Examination
from evalpress.commands._options import add_config
from evalpress.findings import Refused, blocking
from evalpress.importing.workbook.marked import marked, summary
from evalpress.importing.workbook.verdict import judge
from evalpress.load import Loaded, data_files, load
from evalpress.load.encoding import convert
from evalpress.mkdocs_yml import Configuration
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """The form of the list, the reviewer's page, files rewritten as UTF-8."""
    said = words("commands", "check")
    parser.add_argument("--format", choices=list(FORMATS), default="text", help=said["format"])
    parser.add_argument("--convert", action="store_true", help=said["convert"])
    parser.add_argument("--html", type=Path, metavar="PATH", help=said["html"])
    parser.add_argument("--year", type=int, help=said["year"])
    parser.add_argument("--workbook", type=Path, metavar="FILE", help=said["workbook"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """1 read and 2 check, and print every finding; 1 where something blocks a publication."""
    if options.format != "text":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    configuration = Configuration(options.config)
    try:
        settings = configuration.settings
    except Refused as refused:
        if options.format == "text":
            raise
        print(FORMATS[options.format](Examination(refused.findings, [])))
        return 1
    if options.convert:
        _convert(configuration.data_dir)
    if options.workbook:
        return _check_form(options, configuration)
    loaded, examination = read(settings, configuration.root)
    if options.html:
        _save_review(options, configuration, loaded, examination)
    if options.format == "text":
        _tell(examination, len(loaded.reports), settings.strict)
    else:
        print(FORMATS[options.format](examination))
    return 1 if blocking(examination.open, settings.strict) else 0


def _check_form(options: argparse.Namespace, configuration: Configuration) -> int:
    """Check a form among the data, and write a copy of it that bears the findings; 1 where one of
    them blocks."""
    settings, root, path = configuration.settings, configuration.root, options.workbook
    store = open_store(settings, root)
    verdict = judge(
        path, load(root / settings.data_dir, root, store), root / settings.data_dir, store
    )
    store.save()
    target = path.with_name(word("commands", "check", "marked").format(path.stem))
    refuse_public(target, configuration.public_folders)
    target.write_bytes(marked(path, verdict))
    examination = verdict.examination(path.name)
    if options.format == "text":
        show(examination, Console())
        print("\n".join(list(summary(verdict))[1:]))
    else:
        print(FORMATS[options.format](examination))
    print(word("commands", "check", "marked_made").format(target), file=sys.stderr)
    return 1 if blocking(examination.open, settings.strict) else 0


def _convert(data_dir: Path) -> None:
    """Rewrite data files as UTF-8 in usual signs, and say which."""
    for path, found in convert(data_files(data_dir)):
        shown = path.relative_to(data_dir.parent).as_posix()
        said = "respelt" if found.isdecimal() else "converted"
        print(words("commands", "check")[said].format(shown, found), file=sys.stderr)


def _tell(examination: Examination, reports: int, strict: bool) -> None:
    """Print the findings for a person, in colours on a terminal; that there are no errors, and
    whether warnings stop a publication."""
    said = words("commands", "check")
    if examination.open or examination.waived:
        show(examination, Console())
    if blocking(examination.open):
        return
    if warnings := len(blocking(examination.open, strict=True)):
        print(said["strict" if strict else "unsigned"].format(warnings))
    wrong = blocking(examination.open, drafts=True)
    print(said["fine_but_drafts" if wrong else "fine"].format(reports, len(wrong)))


def _save_review(
    options: argparse.Namespace,
    configuration: Configuration,
    loaded: Loaded,
    examination: Examination,
) -> None:
    """Write the reviewer's page; where, goes to the other output, beside the findings."""
    signings = {rule.name: rule.signing for rule in RULES.values()}
    as_of = configuration.settings.moment()
    overview = review(loaded, examination, configuration.root, signings, as_of, options.year)
    save_page(review_page(overview), options.html, configuration.public_folders)
    print(words("commands", "check")["html_made"].format(options.html), file=sys.stderr)
