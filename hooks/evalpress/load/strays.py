"""1 read: files that lie where nothing reads them -> findings that say where they belong."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from unicodedata import normalize

from evalpress.findings import Finding, Place, find
from evalpress.text.nearest import near
from evalpress.wording import word

ENDINGS = (".yml", ".yaml")
# What systems and programs put into any folder.
_OWN = frozenset({"thumbs.db", "desktop.ini"})
_YAML = re.compile(r"(.+?)\.(ya?ml)\b.*", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FOLDERS = ("reports", "attachments", "schemas", "ledger", "seals")


def is_passed_over(name: str) -> bool:
    """True for what hides itself and for what systems, editors and office programs leave."""
    return name.startswith((".", "~")) or name.endswith("~") or name.lower() in _OWN


def files_below(folder: str, depth: int = 1) -> Iterator[tuple[os.DirEntry[str], int]]:
    """All but folders, by name, with their depth; links are not followed."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if is_passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, depth + 1)
        else:
            yield entry, depth


def stray_report(entry: os.DirEntry[str], depth: int, where: Place) -> Finding:
    """The finding for a file below reports/ that is no report by its place and name."""
    name = entry.name
    meant = "" if entry.is_symlink() or not entry.is_file() else _right_ending(name)
    if meant and meant != name and depth in (2, 3):
        return find("wrong_ending", where, found=name, meant=meant)
    if meant and depth == 1:
        return find("report_without_department", where, found=name, meant=meant)
    if meant and depth > 3:
        return find("report_too_deep", where, found=name)
    return find("stray_file", where, found=name)


def _right_ending(name: str) -> str:
    """The name that a report's file was probably meant to have; nothing for other files."""
    plain = "".join(normalize("NFKC", name).replace("。", ".").split())
    stem, dot, ending = plain.rpartition(".")
    if match := _YAML.fullmatch(plain):
        return f"{match[1]}.{match[2].lower()}"
    if _YEAR.fullmatch(plain):
        return f"{plain}.yml"
    return f"{stem}.yml" if dot and ending.lower() == "txt" and _YEAR.fullmatch(stem) else ""


def strays_in_data(data_dir: Path, named: str, known: Collection[str]) -> Iterator[Finding]:
    """Findings for files and folders beside those of the data: those that look like data.

    `known` are the files of reference data; `named` is what findings call the folder.
    """
    for entry in sorted(os.scandir(data_dir), key=lambda entry: entry.name):
        if is_passed_over(entry.name) or entry.name in (*known, *_FOLDERS):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stray_folder(entry, named)
        elif _YAML.fullmatch(normalize("NFKC", entry.name)) or _right_ending(entry.name):
            where = Place(f"{named}/{entry.name}")
            yield find("stray_in_data", where, found=entry.name, near=_near(entry.name, known))


def _stray_folder(entry: os.DirEntry[str], named: str) -> Iterator[Finding]:
    """Findings for the files that look like data in a folder which is none of the data's."""
    meant = near(entry.name.lower(), _FOLDERS)
    for inside, _ in files_below(entry.path):
        below = os.path.relpath(inside.path, entry.path).replace(os.sep, "/")
        if meant or _right_ending(inside.name):
            found = f"{entry.name}/{below}"
            where = Place(f"{named}/{found}")
            yield find("stray_in_data", where, found=found, near=meant)


def _near(name: str, known: Collection[str]) -> str:
    plain = _right_ending(name).lower() or name
    stem = plain.rpartition(".")[0] or plain
    same = next((file for file in known if file.rpartition(".")[0] == stem), "")
    return word("finding", "near").format(name=same) if same else near(plain, known)
