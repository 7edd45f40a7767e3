"""1 read: the folder data/ -> reference data, Reports, and every mistake with its file and line."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

from evalpress.cache.store import Store
from evalpress.findings import Finding, Level, Place, find
from evalpress.load.events import MAX_BYTES
from evalpress.load.source import Source
from evalpress.load.strays import (
    ENDINGS,
    files_below,
    is_passed_over,
    stray_report,
    strays_in_data,
)
from evalpress.load.typed import build
from evalpress.model import (
    CommonIndicator,
    Department,
    FormLabel,
    FundTable,
    GradeScale,
    IndicatorTable,
    Key,
    Model,
    Outline,
    Reference,
    Region,
    Report,
    ReportFile,
    Scheme,
    SecretWord,
    State,
    WordRule,
)
from evalpress.text.nearest import near
from evalpress.wording import word

VERSION = 2  # of the data; a file that names another one is not read as if it were this
VERSION_FILE = "evalpress.yml"


@dataclass
class Loaded:
    """All of data/: reference data, reports, their sources by file name, and findings so far.

    `refused` holds, by list, every name of entries that were written with a mistake; `unread` the
    reports that are there and could not be read, `drafts` the files that call themselves drafts,
    `shared` the files of reference data, which every report is read beside.
    """

    reference: Reference
    reports: list[Report]
    sources: dict[str, Source]
    findings: list[Finding]
    refused: dict[str, set[str]] = field(default_factory=dict)
    unread: set[Key] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    shared: frozenset[str] = frozenset()

    def was_refused(self, list_name: str, name: str) -> bool:
        """True where a name may be unknown only because its entry could not be read."""
        return not {name, ANY}.isdisjoint(self.refused.get(list_name, ()))


ANY = "*"  # stands for all names of a list that could not be read at all


# Every list of reference data: its file, and what its entries are.
LISTS: dict[str, tuple[str, type[Model]]] = {
    "regions": ("regions.yml", Region),
    "departments": ("departments.yml", Department),
    "schemes": ("schemes.yml", Scheme),
    "grade_scales": ("schemes.yml", GradeScale),
    "fund_tables": ("tables.yml", FundTable),
    "indicator_tables": ("tables.yml", IndicatorTable),
    "outlines": ("outlines.yml", Outline),
    "wording": ("wording.yml", WordRule),
    "secrecy": ("wording.yml", SecretWord),
    "forms": ("forms.yml", FormLabel),
    "common_indicators": ("forms.yml", CommonIndicator),
}
_OPTIONAL = frozenset({"wording", "secrecy", "forms", "common_indicators"})
_KNOWN_FILES = (*dict.fromkeys(file for file, _ in LISTS.values()), VERSION_FILE)


def _source(name: str, path: Path) -> Source:
    """The file's content, of a huge one only so much that it shows as too large."""
    try:
        with open(path, "rb", buffering=0, opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return Source(name, unread=find("no_plain_file", Place(name)))
            return Source(name, file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        return Source(name, unread=find("missing_data", Place(name)))
    except OSError as error:
        found = error.strerror or ""
        return Source(name, unread=find("unreadable_file", Place(name), found=found))


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for whoever writes into a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


class _Folder:
    """Reads the files of data/ once each and collects their findings."""

    def __init__(self, data_dir: Path, root: Path, store: Store) -> None:
        self.data_dir, self.root, self.store = data_dir, root, store
        self.sources: dict[str, Source] = {}
        self.findings: list[Finding] = []
        self.refused: dict[str, set[str]] = {}

    def name(self, path: Path) -> str:
        return str(path).removeprefix(f"{self.root}{os.sep}").replace(os.sep, "/")

    def source(self, path: Path) -> Source:
        name = self.name(path)
        if name not in self.sources:
            self.sources[name] = _source(name, path)
        return self.sources[name]

    def _shared(self, path: Path) -> Source:
        """A file of reference data; what is wrong with it as YAML is told once."""
        known = self.name(path) in self.sources
        source = self.source(path)
        self.findings += () if known else source.mistakes
        return source

    def entries(self, list_name: str) -> dict[str, Any]:
        """The entries of one list of reference data, by id."""
        file, model = LISTS[list_name]
        if list_name in _OPTIONAL and not (self.data_dir / file).exists():
            return {}
        source = self._shared(self.data_dir / file)
        wanted = [name for name, (other, _) in LISTS.items() if other == file]
        self._tell_of_lists(source, wanted)
        readable = isinstance(source.data, dict)
        if not source.is_sound:
            self._refuse(list_name, [ANY])
        if not readable or not isinstance(source.data.get(list_name), list):
            if not readable or list_name in source.data or not source.data.keys() <= set(wanted):
                self._refuse(list_name, [ANY])
            return {}
        result: dict[str, Any] = {}
        for index in range(len(source.data[list_name])):
            entry, findings = build(model, source, (list_name, index))
            self.findings += _unsaid(source.unhidden(findings), self.findings)
            if entry is None:
                self._refuse(list_name, _texts(source.data[list_name][index]) or [ANY])
                continue
            if entry.id in result:  # type: ignore[attr-defined]
                where = source.place((list_name, index, "id"))
                self.findings.append(find("duplicate_id", where, found=entry.id))  # type: ignore[attr-defined]
            result[entry.id] = entry  # type: ignore[attr-defined]
        return result

    def _tell_of_lists(self, source: Source, wanted: list[str]) -> None:
        """Complain once of a file that is no mapping of the lists that belong there."""
        if source.data is None and any(f.where.file == source.name for f in self.findings):
            return
        if not isinstance(source.data, dict):
            self._add(find("not_a_data_file", source.place(()), expected="、".join(wanted)))
            return
        for key in source.data:
            if key not in wanted:
                expected = "、".join(wanted)
                self._add(find("unknown_list", source.place((key,)), found=key, expected=expected))
            elif not isinstance(source.data[key], list):
                example = f"{key}: [{{id: ……}}]"
                where = source.place((key,))
                self._add(find("not_a_list", where, name=key, key=key, example=example, found=""))

    def _add(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _refuse(self, list_name: str, names: Iterable[str]) -> None:
        self.refused.setdefault(list_name, set()).update(names)


def _check_version(folder: _Folder) -> None:
    """Data of a later version may mean something else; those that name none are of the first."""
    path = folder.data_dir / VERSION_FILE
    if not path.exists():
        return
    source = folder.source(path)
    folder.findings += source.mistakes
    found = source.data.get("evalpress") if isinstance(source.data, dict) else None
    if source.mistakes or found == str(VERSION):
        return
    where = source.place(("evalpress",))
    if found in [str(number) for number in range(1, VERSION)]:  # all that they hold is still read
        folder.findings.append(find("older_version", where, Level.HINT, found=found))
    else:
        folder.findings.append(find("other_version", where, found=found or "", known=VERSION))


def load(data_dir: Path, root: Path | None = None, store: Store | None = None) -> Loaded:
    """Read all of `data_dir`; file names in findings are relative to `root`, else to its parent.

    `store` keeps what was read of a file under its content.
    """
    folder = _Folder(data_dir, root or data_dir.parent, store or Store(None))
    _check_version(folder)
    reference = _reference(folder)
    shared = frozenset(folder.sources)
    loaded = Loaded(reference, [], folder.sources, folder.findings, folder.refused, shared=shared)
    finder = _department_finder(reference)
    folder.findings += strays_in_data(data_dir, folder.name(data_dir), _KNOWN_FILES)
    for path in _report_files(folder):
        report = _load_report(folder, path, finder, loaded)
        if report:
            loaded.reports.append(report)
    loaded.reports.sort(key=lambda r: r.key)
    return loaded


def load_reference(data_dir: Path, root: Path | None = None) -> Reference:
    """The reference data of `data_dir` alone, as far as they can be read; `load` tells of the
    rest."""
    return _reference(_Folder(data_dir, root or data_dir.parent, Store(None)))


def _reference(folder: _Folder) -> Reference:
    return Reference(**{name: folder.entries(name) for name in LISTS})


def data_files(data_dir: Path) -> Iterator[Path]:
    """Every YAML file of a data folder."""
    reports = (data_dir / "reports").rglob("*") if data_dir.is_dir() else ()
    for path in sorted([*data_dir.glob("*.yml"), *reports]):
        hidden = any(map(is_passed_over, path.relative_to(data_dir).parts))
        if path.suffix in ENDINGS and not hidden:
            yield path


def _report_files(folder: _Folder) -> Iterator[Path]:
    """The report files below reports/; anything else that lies there is a finding."""
    top = folder.data_dir / "reports"
    for entry, depth in files_below(str(top)) if top.is_dir() else ():
        known = entry.name.endswith(ENDINGS) and depth in (2, 3)
        if known and entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        else:
            where = Place(folder.name(Path(entry.path)))
            folder.findings.append(stray_report(entry, depth, where))


def _department_finder(reference: Reference) -> Callable[[str], list[str]]:
    """Finds the departments that a folder may be named after, by their ids and names."""
    by_name: dict[str, dict[str, None]] = {}
    for department in reference.departments.values():
        for name in (department.id, *department.all_names()):
            by_name.setdefault(name, {})[department.id] = None
    return lambda name: list(by_name.get(name, ()))


def _load_report(
    folder: _Folder, path: Path, finder: Callable[[str], list[str]], loaded: Loaded
) -> Report | None:
    source = folder.source(path)
    where = Place(source.name)
    department, year, stem = _identity(folder, path)
    ids = finder(department)
    found = ids[0] if len(ids) == 1 else None
    if found is None and not loaded.was_refused("departments", department):
        folder.findings.append(_no_department(loaded.reference, where, department, ids))
    known_year = bool(re.fullmatch(r"(19|20)[0-9]{2}", year))
    if not known_year:
        folder.findings.append(_no_year(where, year))
    content, findings, is_draft = folder.store.get(
        ("report", source.name, source.digest), partial(_content, source)
    )
    folder.findings += [_with_section(f, source, loaded.reference) for f in findings]
    if is_draft:
        loaded.drafts.add(source.name)
    if found is None or not known_year:
        return None
    if content is None:
        loaded.unread.add(Key(found, int(year), stem and (_said(source, "slug") or stem)))
        return None
    slug = _slug(folder, source, stem, content)
    return (
        Report(Key(found, int(year), slug or ""), source.name, content)
        if slug is not None
        else None
    )


def _content(source: Source) -> tuple[ReportFile | None, list[Finding], bool]:
    """What a report's file says, all that is wrong with it by itself, and whether it is a draft."""
    found, is_draft = source.mistakes, _said(source, "state") == State.DRAFT
    if source.data is None:
        return None, found or [find("empty_file", Place(source.name))], is_draft
    if not isinstance(source.data, dict):
        return None, found or [find("not_a_report", source.place(()))], is_draft
    content, mistakes = build(ReportFile, source)
    findings = [*found, *_unsaid(source.unhidden(mistakes), found)]
    return content if source.is_sound else None, findings, is_draft


def _with_section(finding: Finding, source: Source, reference: Reference) -> Finding:
    """A finding about a section under its heading, with the section that was probably meant."""
    body = source.data.get("body") if finding.rule == "not_a_section" else None
    for heading in body if isinstance(body, dict) else ():
        if source.place(("body", heading)).line == finding.where.line:
            question = _near_section(str(heading), reference)
            return find("not_a_section", finding.where, found=heading, near=question)
    return finding


_HEADING_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?\s*")


def _near_section(found: str, reference: Reference) -> str:
    known = {
        _HEADING_NUMBER.sub("", section.heading): section.id
        for outline in reference.outlines.values()
        for section in outline.walk()
        if section.heading
    }
    plain = _HEADING_NUMBER.sub("", found)
    within = [heading for heading in known if heading in plain or plain in heading]
    likely = max(within, key=lambda heading: min(len(heading), len(plain)), default=None)
    return word("finding", "near").format(name=known[likely]) if likely else near(plain, known)


def _no_department(reference: Reference, where: Place, name: str, ids: Sequence[str]) -> Finding:
    if ids:
        return find("shared_department_name", where, found=name, ids="、".join(ids))
    if re.fullmatch("(?:19|20)[0-9]{2}", name):
        return find("year_before_department", where, found=name)
    departments = reference.departments.values()
    question = near(name, [n for d in departments for n in (d.id, *d.all_names())])
    return find("unknown_department", where, found=name, near=question)


def _no_year(where: Place, found: str) -> Finding:
    if re.fullmatch("[0-9]{4}", found):
        return find("year_out_of_range", where, found=found)
    meant = re.search(r"(?<!\d)(?:19|20)[0-9]{2}(?!\d)", normalize("NFKC", found))
    if meant is None:
        return find("not_a_year", where, found=found)
    return find("year_misspelt", where, found=found, meant=meant[0])


def _said(source: Source, field: str) -> str:
    """The text of a field at the top of a file, whatever else is wrong there."""
    found = source.data.get(field) if isinstance(source.data, dict) else None
    return found.strip() if isinstance(found, str) else ""


def _unsaid(findings: list[Finding], before: list[Finding]) -> list[Finding]:
    """The findings without those that the same rule said before of the same line."""
    said = {(f.rule, f.where.file, f.where.line) for f in before} if findings else set()
    return [f for f in findings if (f.rule, f.where.file, f.where.line) not in said]


def _identity(folder: _Folder, path: Path) -> tuple[str, str, str]:
    """Department, year and slug as the path gives them; the slug is empty for an overall report."""
    parts = path.relative_to(folder.data_dir / "reports").parts
    if len(parts) == 2:
        return parts[0], path.stem, ""
    return parts[0], parts[1], path.stem


def _slug(folder: _Folder, source: Source, stem: str, content: ReportFile) -> str | None:
    """The permanent ASCII name of the document: the file's own, or `slug` where that is Chinese."""
    ascii_stem = bool(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", stem))
    if not stem and content.slug:
        rule, found = "slug_not_here", content.slug
    elif re.fullmatch(r"(19|20)[0-9]{2}", stem):
        right = f"{Path(source.name).parent.parent.as_posix()}/{stem}.yml"
        folder.findings.append(find("year_in_year", Place(source.name), found=stem, meant=right))
        return None
    elif stem and not ascii_stem and not content.slug:
        rule, found = "slug_needed", stem
    elif stem and ascii_stem and content.slug not in (None, stem):
        rule, found = "slug_differs", str(content.slug)
    else:
        return content.slug or stem
    folder.findings.append(find(rule, source.place(("slug",)), found=found, expected=stem))
    return None


def _texts(node: Any) -> list[str]:
    """Every text in a part of a tree."""
    if isinstance(node, dict | list):
        children = node.values() if isinstance(node, dict) else node
        return [text for child in children for text in _texts(child)]
    return [node] if isinstance(node, str) else []
