"""Answers to four questions -> the files of a site that builds at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from evalpress.authoring.scaffold import draft, save
from evalpress.authoring.schema import FOLDER, write_schemas
from evalpress.authoring.settingsguide import option_lines
from evalpress.findings import Mistaken
from evalpress.load import load
from evalpress.settings import Settings, SiteIdentity
from evalpress.text.links import is_address
from evalpress.wording import TEMPLATES, word

SKELETON = TEMPLATES / "skeleton"
# Neither a hidden file nor a module could lie in the package under its own name.
_NAMED = {"gitignore": ".gitignore", "hooks/publish.txt": "hooks/publish.py"}
_FIRST = "finance"


class CannotFound(Mistaken):
    """A new site cannot be written; says why, in Chinese."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(word("founding", reason).format(**values))


@dataclass(frozen=True)
class Answers:
    """What a new site is to be called. `address` may be empty: none yet."""

    region: str
    name: str
    address: str
    organiser: str
    year: int


def found(folder: Path, answers: Answers) -> list[Path]:
    """Write a new site into a folder that is missing or empty; gives its files. Raises CannotFound
    for a folder with something in it and for an address that is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotFound("taken", found=folder)
    if answers.address and not (is_address(answers.address) and answers.address.startswith("http")):
        raise CannotFound("bad_address", found=answers.address)
    for name, text in _files(answers):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    data = folder / "data"
    write_schemas(data / FOLDER)
    save(draft(load(data, folder), _FIRST, str(answers.year)), data)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _files(answers: Answers) -> Iterator[tuple[str, str]]:
    """Every file of the skeleton under its own name, filled with the answers."""
    values = _values(answers)
    for path in sorted(p for p in SKELETON.rglob("*") if p.is_file()):
        name = path.relative_to(SKELETON).as_posix()
        text = path.read_text(encoding="utf-8")
        yield _NAMED.get(name, name), _fill(text, values) if "$" in text else text


def _fill(text: str, values: dict[str, str]) -> str:
    return Template(text).safe_substitute(values)


def _values(answers: Answers) -> dict[str, str]:
    """What the skeleton's `$names` stand for; names of YAML are quoted where they have to be."""
    address = answers.address.rstrip("/") + "/" if answers.address else ""
    example = word("founding", "no_address")
    given = {"organizer": _scalar(answers.organiser)} if answers.organiser else {}
    return {
        "region": _scalar(answers.region),
        "name": _scalar(answers.name),
        "name_text": answers.name,
        "finance": _scalar(word("founding", "finance").format(answers.region)),
        "education": _scalar(word("founding", "education").format(answers.region)),
        "site_url": f"site_url: {_scalar(address)}" if address else f"# site_url: {example}",
        "options": _indented(option_lines(Settings, "", {"data_dir": "data"}), 4),
        "identity": _indented(option_lines(SiteIdentity, "site.", given), 6),
    }


def _scalar(text: str) -> str:
    """A text as a YAML scalar: bare where every sign is a letter or a digit, else in quotes."""
    return text if text.isalpha() and not text.isascii() else json.dumps(text, ensure_ascii=False)


def _indented(lines: str, width: int) -> str:
    return "\n".join(" " * width + line for line in lines.splitlines())
