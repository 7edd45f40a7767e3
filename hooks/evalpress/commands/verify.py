"""`evalpress verify`: files, folders, addresses, hashes -> what they are: one answer a line.

What is asked is the site that `--against` names; without it this project's own, or its ledger.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from evalpress.commands._options import add_config
from evalpress.commands._releasing import layout_of
from evalpress.files.beginnings import hints_of
from evalpress.findings import Mistaken
from evalpress.ledger import Standing, read_ledger
from evalpress.mkdocs_yml import Configuration, NoConfiguration
from evalpress.release.manifest import NAME
from evalpress.verify.answers import Answer, answers_of, what_of
from evalpress.verify.asking import (
    Ask,
    as_hash,
    ask_address,
    ask_answers,
    ask_folder,
    hash_of,
)
from evalpress.verify.copies import Copy, NoManifest, check_address, check_folder, each_file
from evalpress.verify.fetching import Unreachable, fetch, fetch_digest, is_web, within
from evalpress.verify.shards import INDEX, NoShards
from evalpress.wording import catalogue, word, words

_SHOWN = 50  # paths of one kind; the rest are counted
_GOOD = (Standing.CURRENT, Standing.REPRINTED)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to verify, and which site to ask."""
    said = words("commands", "verify")
    parser.add_argument("targets", nargs="+", metavar="TARGET", help=said["targets"])
    parser.add_argument("--against", metavar="SITE", help=said["against"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print what each target is; 0 where all are genuine and current, or whole copies."""
    verifier = _Verifier(options)
    told = [verifier.tell(target) for target in options.targets]
    return 0 if all(told) else 1


class _Verifier:
    """Answers for one site, which is asked when the first file needs it."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._ask: Ask | None = None

    def tell(self, target: str) -> bool:
        """Print what a target is; False where it is not genuine and current."""
        try:
            return self._tell(target)
        except Unreachable as error:
            said = word("verify", "unreachable", error.reason)
            print(said.format(address=error.address, detail=error.detail))
        except NoManifest:
            print(word("verify", "no_manifest").format(target=target))
        except OSError as error:
            print(word("verify", "unreadable_path").format(target=target, why=error.strerror))
        return False

    def _tell(self, target: str) -> bool:
        if is_web(target):
            return self._tell_address(target)
        path = Path(target)
        if path.is_dir():
            return self._tell_folder(path)
        if path.is_file():
            return self._tell_file(path)
        if sha := as_hash(target):
            return self._tell_hash(target, sha)
        print(word("verify", "no_such").format(target=target))
        return False

    def _tell_address(self, address: str) -> bool:
        if "." in address.rpartition("/")[2] and address.count("/") > 2:
            return self._tell_hash(address, fetch_digest(address)[1])
        return _tell_copy(address, check_address(address, self._manifest()))

    def _tell_folder(self, folder: Path) -> bool:
        is_site = self._options.against and (folder / "index.html").is_file()
        if (folder / NAME).is_file() or is_site:
            return _tell_copy(str(folder), check_folder(folder, self._manifest()))
        files = list(each_file(folder))
        if not files:
            raise NoManifest
        told = [self._tell_file(path) for path in files]
        return all(told)

    def _manifest(self) -> bytes | None:
        """The manifest of the site that a copy is to be held against; None for the copy's own."""
        site = self._options.against
        if site is None:
            return None
        return fetch(within(site, NAME)) if is_web(site) else (Path(site) / NAME).read_bytes()

    def _tell_file(self, path: Path) -> bool:
        return self._tell_hash(str(path), hash_of(path), lambda: hints_of(path))

    def _tell_hash(
        self, target: str, sha: str, hints: Callable[[], Sequence[str]] = lambda: ()
    ) -> bool:
        self._ask = self._ask or _asked(self._options)
        answers = self._ask(sha)
        standing = answers[0].standing if answers else "unknown"
        verdict = word("verify", "verdicts", standing)
        print(word("verify", "line").format(target=target, verdict=verdict))
        advice = _advice(hints()) if not answers else ()
        for text in (*(line for one in answers for line in _details(one)), *advice):
            print(word("verify", "detail").format(text=text))
        print(word("verify", "hash").format(sha=sha))
        return bool(answers) and answers[0].standing in _GOOD


def _advice(hints: Sequence[str]) -> Iterator[str]:
    yield from hints
    yield from catalogue("wording")["verify"]["advice"]


def _details(answer: Answer) -> Iterator[str]:
    """What is known of a file, line by line."""
    said = catalogue("wording")["verify"]
    what = what_of(answer)
    values = {**answer.__dict__, "kind": said["kinds"][answer.kind]}
    yield said[what].format(**values)
    if note := said["notes"].get(answer.standing):
        yield note.format(**values)
    for key, text in (("since", answer.on), ("reason", answer.reason), ("office", answer.office)):
        if text:
            yield f"{said[key]}{text}"
    if answer.sealed:
        yield said["sealed"]
    changed = answer.standing is Standing.SUPERSEDED
    yield f"{said['changes']}　/{answer.address}#corrections" if changed else f"/{answer.address}"


def _asked(options: argparse.Namespace) -> Ask:
    """The site, or the ledger, that answers. Raises Mistaken where there is none."""
    site = options.against
    try:
        if site:
            return ask_address(site) if is_web(site) else ask_folder(Path(site))
        return _own(Configuration(options.config))
    except NoConfiguration:
        raise Mistaken(word("verify", "nothing_to_ask")) from None
    except NoShards:
        raise Mistaken(word("verify", "no_shards").format(site=site)) from None


def _own(project: Configuration) -> Ask:
    live = layout_of(project).live
    if (live / INDEX).is_file():
        return ask_folder(live)
    ledger, _ = read_ledger(project.data_dir)
    if not ledger:
        raise NoConfiguration(word("verify", "nothing_to_ask"))
    return ask_answers(answers_of(ledger, ()))


def _tell_copy(target: str, copy: Copy) -> bool:
    """Print what a copy of a whole site is like; False where it is not what its manifest says."""
    said = words("verify")
    print(said["copy_whole" if copy.is_whole else "copy_differs"].format(
        target=target, files=copy.files))  # fmt: skip
    if copy.torn:
        print(said["copy_torn"])
    for kind in ("missing", "changed", "extra", "own"):
        _tell_paths(said[f"copy_{kind}"], getattr(copy, kind))
    print(said["seals"].format(names="、".join(copy.seals)) if copy.seals else said["no_seals"])
    return copy.is_whole


def _tell_paths(line: str, paths: Sequence[str]) -> None:
    for path in islice(paths, _SHOWN):
        print(line.format(path=path.encode(errors="replace").decode()))
    if len(paths) > _SHOWN:
        print(word("verify", "copy_more").format(count=len(paths) - _SHOWN))
