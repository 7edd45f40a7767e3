"""The command line: `evalpress check` lists what is wrong with the data, `evalpress new` begins a
report, `evalpress pdf` prints one, `evalpress clean` strips the metadata of attachments.

Exit codes: 0 nothing blocks, 1 something blocks, 2 the command itself was wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from evalpress.checks import RULES
from evalpress.clean import Cleaned, clean_files
from evalpress.encoding import convert
from evalpress.findings import Place, Refused, blocking, find
from evalpress.formats import FORMATS, show
from evalpress.load import Loaded, data_files, load
from evalpress.pdf import PrintFailed
from evalpress.review import PublicPlace, refuse_public, review, review_page, save_page
from evalpress.scaffold import CannotScaffold, draft, save
from evalpress.scan import Property
from evalpress.settings import Settings, read_settings
from evalpress.signing import Examination
from evalpress.single import NoReport, print_single
from evalpress.site import read
from evalpress.wording import word


class NoConfig(Exception):
    """There is no configuration where the command looks for it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except PrintFailed as failed:
        if failed.__cause__:
            raise
        print(failed, file=sys.stderr)
        return 1
    except (NoConfig, CannotScaffold, NoReport, PublicPlace) as told:
        print(told, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    about, codes = word("cli", "about"), word("cli", "codes")
    parser = argparse.ArgumentParser(prog="evalpress", description=about, epilog=codes)
    commands = parser.add_subparsers(required=True, metavar=word("cli", "command"))
    checking = commands.add_parser("check", help=word("cli", "check"), epilog=codes)
    checking.add_argument(
        "--format", choices=list(FORMATS), default="text", help=word("cli", "format")
    )
    checking.add_argument("--convert", action="store_true", help=word("cli", "convert"))
    checking.add_argument("--html", type=Path, metavar="PATH", help=word("cli", "html"))
    checking.add_argument("--year", type=int, help=word("cli", "year"))
    checking.set_defaults(run=check_data)
    making = commands.add_parser("new", help=word("cli", "new"), epilog=codes)
    for name in ("department", "year"):
        making.add_argument(name, help=word("cli", f"new_{name}"))
    making.add_argument("slug", nargs="?", default="", help=word("cli", "new_slug"))
    making.set_defaults(run=make_report)
    printing = commands.add_parser("pdf", help=word("cli", "pdf"), epilog=codes)
    for name in ("department", "year"):
        printing.add_argument(name, help=word("cli", f"new_{name}"))
    printing.add_argument("slug", nargs="?", default="", help=word("cli", "pdf_slug"))
    printing.add_argument("--output", type=Path, metavar="PATH", help=word("cli", "pdf_output"))
    printing.set_defaults(run=print_report)
    cleaning = commands.add_parser("clean", help=word("cli", "clean"), epilog=codes)
    cleaning.add_argument("paths", nargs="+", type=Path, help=word("cli", "clean_paths"))
    cleaning.set_defaults(run=clean_attachments)
    for command in (checking, making, printing):
        command.add_argument(
            "--config", type=Path, default=Path("mkdocs.yml"), help=word("cli", "config")
        )
    return parser


def check_data(options: argparse.Namespace) -> int:
    """1 read and 2 check, and print every finding."""
    config = _config(options)
    try:
        settings = read_settings(_extra(_mkdocs(config)), config)
    except Refused as refused:
        if options.format == "text":
            raise
        print(FORMATS[options.format](Examination(refused.findings, [])))
        return 1
    if options.convert:
        _convert(config.parent / settings.data_dir)
    loaded, examination = read(settings, config.parent)
    if options.html:
        _save_review(options, config, settings, loaded, examination)
    if options.format == "text":
        _tell(examination, len(loaded.reports))
    else:
        print(FORMATS[options.format](examination))
    return 1 if blocking(examination.open, settings.strict) else 0


def _convert(data_dir: Path) -> None:
    """Rewrite data files in other encodings as UTF-8, and say which."""
    for path, encoding in convert(data_files(data_dir)):
        shown = path.relative_to(data_dir.parent).as_posix()
        print(word("cli", "converted").format(shown, encoding), file=sys.stderr)


def _tell(examination: Examination, reports: int) -> None:
    """Print the findings for a person, in colours on a terminal, and that there are no errors."""
    if examination.open or examination.waived:
        show(examination, Console())
    if not blocking(examination.open):
        print(word("cli", "fine").format(reports))


def _save_review(
    options: argparse.Namespace,
    config: Path,
    settings: Settings,
    loaded: Loaded,
    examination: Examination,
) -> None:
    """Write the reviewer's page; where, goes to the other output, beside the findings."""
    signings = {rule.name: rule.signing for rule in RULES.values()}
    overview = review(loaded, examination, config.parent, signings, settings.moment(), options.year)
    save_page(review_page(overview), options.html, _public_folders(config, settings))
    print(word("cli", "html_made").format(options.html), file=sys.stderr)


def _public_folders(config: Path, settings: Settings) -> list[Path]:
    """The folders whose files are published, or may be."""
    found = _mkdocs(config)
    theme = found.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    names = [found.get("site_dir", "site"), found.get("docs_dir", "docs"), settings.data_dir]
    return [config.parent / str(name) for name in (*names, custom) if name]


def make_report(options: argparse.Namespace) -> int:
    """Begin a report from the department's last one."""
    config = _config(options)
    data_dir = config.parent / read_settings(_extra(_mkdocs(config)), config).data_dir
    made = draft(load(data_dir, config.parent), options.department, options.year, options.slug)
    path = save(made, data_dir).relative_to(config.parent)
    if made.earlier:
        print(word("new", "made").format(path=path.as_posix(), earlier=made.earlier.source))
    else:
        print(word("new", "made_first").format(path=path.as_posix()))
    return 0


def print_report(options: argparse.Namespace) -> int:
    """Print one report, and say where the file is."""
    config = _config(options)
    mkdocs = _mkdocs(config)
    settings = read_settings(_extra(mkdocs), config)
    wanted = (options.department, options.year, options.slug)
    made = print_single(settings, config.parent, str(mkdocs.get("site_url") or ""), *wanted)
    target = options.output or Path(made.name.rpartition("-")[0] + ".pdf")
    refuse_public(target, _public_folders(config, settings))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made.read_bytes())
    print(word("single", "made").format(target))
    return 0


def clean_attachments(options: argparse.Namespace) -> int:
    """Strip the metadata of attachments, and say what is left for people to decide."""
    results = clean_files(options.paths)
    for cleaned in results:
        print("\n".join(_cleaned_lines(cleaned)))
    return 1 if any(cleaned.refused or cleaned.left for cleaned in results) else 0


def _cleaned_lines(cleaned: Cleaned) -> list[str]:
    path = cleaned.path.as_posix()
    if cleaned.refused:
        return [
            word("cleaned", "refused").format(path=path, why=word("clean_refused", cleaned.refused))
        ]
    removed = [word("file_properties", found.name) for found in cleaned.removed]
    left = [
        word("file_properties", found.name)
        if isinstance(found, Property)
        else word("hidden", found.kind, "name")
        for found in cleaned.left
    ]
    said = [word("cleaned", "left").format(path=path, found="、".join(left))] if left else []
    if removed:
        return [word("cleaned", "removed").format(path=path, found="、".join(removed)), *said]
    return said or [word("cleaned", "nothing").format(path=path)]


def _config(options: argparse.Namespace) -> Path:
    config: Path = options.config.resolve()
    if not config.is_file():
        raise NoConfig(word("cli", "no_config").format(options.config))
    return config


def _mkdocs(config: Path) -> dict[str, Any]:
    """A MkDocs configuration; it may hold MkDocs' own tags, which do not matter here."""

    class Loader(yaml.SafeLoader):
        """Reads any tag as nothing; only plain settings matter here."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        found = yaml.load(config.read_text(encoding="utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = Place(config.name, mark.line + 1, mark.column + 1) if mark else Place(config.name)
        raise Refused([find("not_yaml", where, found=error.problem)]) from None
    return found if isinstance(found, dict) else {}


def _extra(mkdocs: dict[str, Any]) -> object:
    """`extra.evalpress` of a MkDocs configuration."""
    extra = mkdocs.get("extra")
    return extra.get("evalpress") if isinstance(extra, dict) else None


if __name__ == "__main__":
    sys.exit(main())
