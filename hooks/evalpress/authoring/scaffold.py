"""A department's earlier report -> the YAML text of its next one, for `evalpress new`.

Structure, names, targets and full marks are kept, figures and texts are not. What the clerk has to
write is empty and carries a comment; nothing in the text could be published by mistake.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalpress.authoring.schema import FOLDER, REPORT, write_schemas
from evalpress.authoring.sheet import CLOSED, OPENED, Commented, Marked, Tree, dump
from evalpress.checks.addresses import is_reserved_slug
from evalpress.findings import Mistaken
from evalpress.load import Loaded
from evalpress.model import (
    Department,
    FollowupStatus,
    FundTable,
    Key,
    Kind,
    Outline,
    Reference,
    Report,
    Scheme,
    SectionText,
)
from evalpress.wording import word, words

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class CannotScaffold(Mistaken):
    """A new report that was asked for cannot be made; says why and what to do, in Chinese."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(word("new", reason).format(**values))


@dataclass(frozen=True)
class Draft:
    """A new report file: where it belongs below data/, its text, and what it was made from."""

    key: Key
    path: Path
    text: str
    earlier: Report | None


def draft(loaded: Loaded, name: str, year: str, slug: str = "") -> Draft:
    """The text of a new report for a department under any of its names.

    Raises CannotScaffold for an unknown department, a wrong year or slug, a report that exists.
    """
    if not re.fullmatch(r"(19|20)[0-9]{2}", year):
        raise CannotScaffold("bad_year", found=year)
    if slug and (not _SLUG.fullmatch(slug) or len(slug) > 60 or is_reserved_slug(slug)):
        raise CannotScaffold("bad_slug", found=slug)
    key = Key(find_department(loaded.reference, name).id, int(year), slug)
    for report in loaded.reports:
        if report.key == key:
            raise CannotScaffold("exists", found=report.source)
    earlier = _earlier(loaded, key)
    return Draft(key, report_path(key), _Skeleton(loaded, key, earlier).text(), earlier)


def save(draft: Draft, data_dir: Path) -> Path:
    """Write the draft below `data_dir`, with the schemas that its first line names; gives its path.
    Raises CannotScaffold where the file exists: nothing is ever written over."""
    path = data_dir / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(draft.text)
    except FileExistsError:
        raise CannotScaffold("exists", found=draft.path) from None
    if not (data_dir / FOLDER / f"{REPORT}.json").exists():
        write_schemas(data_dir / FOLDER)
    return path


def find_department(reference: Reference, name: str) -> Department:
    """The department with this id or name. Raises CannotScaffold with the nearest names."""
    wanted = name.strip()
    departments = list(reference.departments.values())
    found = [d for d in departments if wanted in (d.id, *d.all_names())]
    if len(found) == 1:
        return found[0]
    if found:
        raise CannotScaffold("many_departments", found=wanted, known=_names(found))
    known = {text: d for d in departments for text in (d.id, *d.all_names())}
    close = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)
    near = list({known[text].id: known[text] for text in close}.values())
    raise CannotScaffold("no_department", found=wanted, known=_names(near or departments[:10]))


def _names(departments: Iterable[Department]) -> str:
    one = word("new", "department")
    return "、".join(one.format(id=d.id, name=d.current.name) for d in departments)


def report_path(key: Key) -> Path:
    """Where a report's file lies below the data folder."""
    parts = [str(key.year), key.slug] if key.slug else [str(key.year)]
    return Path("reports", key.department, *parts[:-1], f"{parts[-1]}.yml")


def _earlier(loaded: Loaded, key: Key) -> Report | None:
    """The newest report of the same document before the year, which has to be readable."""
    found = [
        r
        for r in loaded.reports
        if (r.key.department, r.key.slug) == (key.department, key.slug) and r.key.year < key.year
    ]
    if not any(r.key.year == key.year - 1 for r in found):
        _refuse_unreadable(loaded, Key(key.department, key.year - 1, key.slug))
    return max(found, key=lambda r: r.key, default=None)


def _refuse_unreadable(loaded: Loaded, key: Key) -> None:
    """Last year's report with a mistake in it must not pass for one that is not there."""
    department = loaded.reference.departments[key.department]
    below = report_path(key).relative_to(Path("reports", key.department)).as_posix()
    files = tuple(f"reports/{n}/{below}" for n in (department.id, *department.all_names()))
    for finding in loaded.findings:
        if finding.where.file.endswith(files):
            raise CannotScaffold("earlier_unreadable", found=finding.where, what=finding.what)


# --- the new report as a tree with comments -----------------------------------------------------


def _hint(name: str) -> str:
    return word("scaffold", "hints", name)


def _blank(hint: str = "") -> Marked:
    return Marked(None, hint or _hint("write"))


def _blanks(hint: str = "") -> Marked:
    return Marked([], hint or _hint("write"))


class _Skeleton:
    """Takes over from an earlier report what holds for the next one."""

    def __init__(self, loaded: Loaded, key: Key, earlier: Report | None) -> None:
        self.reference, self.key, self.earlier = loaded.reference, key, earlier
        self.raw: Tree = loaded.sources[earlier.source].data if earlier else {}
        self.defaults = self.reference.defaults(key)

    @property
    def kind(self) -> Kind:
        return (self.earlier.content.kind if self.earlier else None) or self.key.kind

    def text(self) -> str:
        """The whole file."""
        parts = self._head()
        notes = words("scaffold", "notes")
        notes |= {} if self.earlier else words("scaffold", "first_notes")
        for key, value in self._tree().items():
            comment = [f"# {line}" for line in self._note(notes.get(key, ""))]
            large = comment or isinstance(value, dict | list | Commented)
            parts += ["", *comment] if large else []
            parts += dump({key: value})
        for lines in (self._followups(), self._withheld(), self._attachments()):
            parts += ["", *lines] if lines else []
        return "\n".join([*parts, *CLOSED]) + "\n"

    def _head(self) -> list[str]:
        up = "/".join([".."] * (len(report_path(self.key).parts) - 1))
        made = "made_from" if self.earlier else "made_new"
        year = self.earlier.key.year if self.earlier else self.key.year
        department = self.reference.departments[self.key.department].named_in(self.key.year).name
        notes = word("scaffold", made).format(department=department, year=self.key.year, old=year)
        schema = f"# yaml-language-server: $schema={up}/{FOLDER}/{REPORT}.json"
        return [schema, *(f"# {line}" for line in notes.splitlines()), *OPENED]

    def _note(self, text: str) -> list[str]:
        scheme = self.reference.scheme_of(self.earlier.content, self.key) if self.earlier else None
        scheme = scheme or self.reference.schemes.get(self.defaults.scheme or "")
        marks = "、".join(f"{d.name}{d.full_marks}" for d in scheme.dimensions) if scheme else ""
        said = word("scaffold", "marks").format(name=scheme.name, marks=marks) if scheme else ""
        return [line for line in text.format(marks=said).splitlines() if line]

    def _tree(self) -> Tree:
        """The new report, its fields in the order in which a clerk fills them in."""
        raw = self.raw
        tree: Tree = {"state": "draft"}
        tree |= {k: raw[k] for k in ("kind", "outline", "scheme", "indicator_table") if raw.get(k)}
        for key, default in self._usual().items():
            if key in tree and tree[key] == default:
                del tree[key]
        tree |= self._named(raw)
        tree["public_info"] = self._public_info()
        tree |= self._evaluated(raw)
        for key, make in {"evaluation": self._evaluation, "signature": self._signature}.items():
            if isinstance(raw.get(key), dict):
                tree[key] = make(raw[key])
        if self.kind is Kind.ATTACHMENTS:
            tree["attachments"] = [self._attachment(a) for a in raw.get("attachments") or []]
        projects = [self._project(project) for project in raw.get("projects") or []]
        return tree | ({"projects": projects} if projects else {})

    def _usual(self) -> dict[str, str | None]:
        """What a report has without naming it."""
        return {
            "kind": self.key.kind,
            "outline": self.defaults.outlines.get(self.kind),
            "scheme": self.defaults.scheme,
            "indicator_table": self.defaults.indicator_table,
        }

    def keep(self, found: Any) -> Any:
        """A kept text; one that names the earlier year wants a look."""
        if isinstance(found, dict):
            return {key: self.keep(child) for key, child in found.items()}
        if isinstance(found, list):
            return [self.keep(child) for child in found]
        old = str(self.earlier.key.year) if self.earlier else ""
        found = found.strip() if isinstance(found, str) else found
        return Marked(found, _hint("check_year")) if old and old in str(found) else found

    def _some(self, raw: Tree, *keys: str) -> Tree:
        return {key: self.keep(raw[key]) for key in keys if raw.get(key) not in (None, "", [], {})}

    def _renewed(self, found: str) -> Marked:
        """A title with the new year in the place of the old one."""
        old = str(self.earlier.key.year) if self.earlier else ""
        return Marked(found.replace(old, str(self.key.year)), _hint("check"))

    def _named(self, raw: Tree) -> Tree:
        """Title and identity of a report or project."""
        named: Tree = {"title": self._renewed(raw["title"])} if raw.get("title") else {}
        named |= self._some(raw, "project_name", "project_code", "authority", "unit")
        if self.key.slug and not self.earlier and self.kind is Kind.PROJECT:
            named |= {"project_name": _blank(), "authority": _blank(), "unit": _blank()}
        return named

    def _public_info(self) -> Tree:
        raw = self.raw.get("public_info") or {}
        blanks = ("index_number", "issued", "document_number")
        kept = ("publisher", "source", "author", "validity", "topic", "genre", "group")
        wanted = raw.keys() if self.earlier else {"index_number", "issued"}
        info = {key: _blank() for key in blanks if key in wanted}
        info |= self._some(raw, *kept, "disclosure", "scope")
        return info | {"keywords": _blanks(_hint("keywords")), "summary": _blank(_hint("summary"))}

    def _evaluated(self, raw: Tree) -> Tree:
        """What reports and the projects inside them have in common."""
        is_report = raw is self.raw
        makers: dict[str, Callable[[Any], Any]] = {
            "body": self._body, "profile": self._profile, "funds": self._funds,
            "goals": self._goals, "indicators": self._indicators, "scores": self._scores,
        }  # fmt: skip
        found = {key: make(raw[key]) for key, make in makers.items() if raw.get(key)}
        if is_report and not self.earlier:
            found = self._usual_parts()
        if found.get("indicators") or found.get("body") or is_report:
            found["problems"] = _blanks(_hint("problems"))
        if raw.get("facts"):
            found["facts"] = Commented([self._fact(fact) for fact in raw["facts"]])
        return found

    # --- the parts of a first report ------------------------------------------------------------

    def _usual_parts(self) -> Tree:
        """Every section, row and dimension that the region expects."""
        parts: Tree = {}
        outline = self.reference.outlines.get(self.defaults.outlines.get(self.kind, ""))
        if outline:
            parts["body"] = {s.id: _blanks(s.heading or _hint("preface")) for s in outline.walk()}
        table = self.reference.fund_tables.get(self.defaults.fund_table or "")
        if table:
            parts["funds"] = {"rows": [self._row(row.id, table) for row in table.rows]}
        parts["goals"] = {"overall": {"target": _blanks(), "actual": _blanks()}}
        parts["indicators"] = _blanks(_hint("indicators"))
        scheme = self.reference.schemes.get(self.defaults.scheme or "")
        names = [dimension.name for dimension in scheme.dimensions] if scheme else []
        items = [{"name": name, "score": _blank()} for name in names]
        return parts | {"scores": {"items": items, "total": _blank(), "grade": _blank()}}

    def _row(self, row: str, table: FundTable) -> Tree:
        skipped = ("full_marks", "rate", "score")
        columns = {c.id: _blank(c.name) for c in table.columns if c.id not in skipped}
        return {
            "id": Marked(row, next(r.name for r in table.rows if r.id == row)),
            "amounts": columns,
        }

    # --- the parts of a following report --------------------------------------------------------

    def _body(self, raw: Tree) -> Tree:
        outline = self._outline()
        headings = {s.id: s.heading for s in outline.walk()} if outline else {}
        return {
            key: self._section(
                section, headings.get(key) or _hint("preface" if key == "preface" else "write")
            )
            for key, section in raw.items()
        }

    def _outline(self) -> Outline | None:
        owner = self.earlier.content if self.earlier else None
        return self.reference.outline_of(owner, self.key, self.kind) if owner else None

    def _section(self, raw: Any, hint: str) -> Any:
        if isinstance(raw, dict) and raw.keys() <= SectionText.model_fields.keys():
            content = self._blocks(raw.get("content"))
            return {**self._some(raw, "heading", "number"), "content": content}
        found = self._blocks(raw)
        return Marked(found.value if isinstance(found, Marked) else found, hint)

    def _blocks(self, raw: Any) -> Any:
        """Labels, headings, lists and tables without their texts; [] where none is left."""
        blocks = [raw] if isinstance(raw, dict | str) else raw or []
        return [kept for block in blocks if (kept := self._block(block))] or _blanks()

    def _block(self, raw: Any) -> Tree | None:
        if not isinstance(raw, dict):
            return None
        if "label" in raw:
            text = {"text": _blank()} if raw.get("text") or not raw.get("content") else {}
            return {**self._some(raw, "label", "id"), **text, **self._content(raw)}
        if "heading" in raw:
            return {
                **self._some(raw, "heading", "id", "number"),
                "content": _blanks(),
                **self._content(raw),
            }
        if "list" in raw:
            items = [kept for item in raw["list"] or [] if (kept := self._item(item))]
            return {"list": items or _blanks(), **self._some(raw, "id", "numbering")}
        if "table" in raw:
            kept = {"table": self.keep(raw["table"]), **self._some(raw, "id", "columns")}
            return {**kept, "rows": _blanks()}
        return self._some(raw, "show") or None

    def _content(self, raw: Tree) -> Tree:
        return {"content": self._blocks(raw["content"])} if raw.get("content") else {}

    def _item(self, raw: Any) -> Tree | None:
        if not isinstance(raw, dict) or not (raw.get("heading") or raw.get("content")):
            return None
        text = {"text": _blank()} if raw.get("text") else {}
        return {**self._some(raw, "id", "number", "heading"), **text, **self._content(raw)}

    def _profile(self, raw: Tree) -> Tree:
        """Which figures the department gives of itself, without the figures."""
        lists: Tree = {key: _blanks() for key in ("duties", "offices", "units") if raw.get(key)}
        for key in ("staff", "assets"):
            lists |= {key: [self._quantity(q) for q in raw[key]]} if raw.get(key) else {}
        return lists

    def _quantity(self, raw: Tree) -> Tree:
        return {**self._some(raw, "id", "name"), "value": _blank(), **self._some(raw, "unit")}

    def _funds(self, raw: Tree) -> Tree:
        names = {**words("fund_roles"), **self._columns(raw)}
        rows = [self._fund_row(row, names) for row in raw.get("rows") or []]
        return {**self._some(raw, "table", "unit", "source"), "rows": rows}

    def _columns(self, raw: Tree) -> dict[str, str]:
        tables = self.reference.fund_tables
        table = tables.get(raw.get("table") or self.defaults.fund_table or "")
        return {column.id: column.name for column in table.columns} if table else {}

    def _fund_row(self, raw: Tree, names: dict[str, str]) -> Tree:
        row = self._some(raw, "id", "name")
        if raw.get("amounts"):
            row["amounts"] = {key: _blank(names.get(key, "")) for key in raw["amounts"]}
        row |= self._some(raw, "full_marks")
        return row | {key: _blank() for key in ("rate", "score") if raw.get(key)}

    def _goals(self, raw: Tree) -> Tree:
        goals: Tree = {}
        if raw.get("overall"):
            goals["overall"] = self._goal(raw["overall"])
        items = [self._goal(goal) for goal in raw.get("items") or []]
        return goals | ({"items": items} if items else {})

    def _goal(self, raw: Tree) -> Tree:
        goal = self._some(raw, "id", "name", "target", "indicator")
        return goal | ({"actual": _blanks()} if raw.get("actual") else {})

    def _indicators(self, raw: list[Tree]) -> list[Tree]:
        return [self._indicator(indicator) for indicator in raw]

    def _indicator(self, raw: Tree) -> Tree:
        """Name, target and full marks stay; what was reached, and why not more, does not."""
        kept = ("id", "level1", "level2", "name", "text", "nature", "unit", "core", "target")
        found = self._some(raw, *kept, "period_target")
        found |= {key: _blank() for key in ("actual", "completion", "coefficient") if raw.get(key)}
        found |= self._some(raw, "full_marks", "formula", "not_applicable")
        found |= {"score": _blank()} if raw.get("score") else {}
        extra = {"extra": {key: _blank() for key in raw["extra"]}} if raw.get("extra") else {}
        return found | extra

    def _scores(self, raw: Tree) -> Tree:
        items = [
            {**self._some(item, "id", "name", "full_marks"), "score": _blank()}
            for item in raw.get("items") or []
        ]
        new = self._changed_scheme()
        if new:
            items = [{"name": d.name, "score": _blank()} for d in new.dimensions]
        rest = {key: _blank() for key in ("total", "grade") if raw.get(key)}
        return {**({"items": items} if items else {}), **self._some(raw, "full_marks"), **rest}

    def _changed_scheme(self) -> Scheme | None:
        """The scheme of the new year, if the earlier report had another one."""
        if not self.earlier:
            return None
        content = self.earlier.content
        new = self.reference.scheme_of(content, self.key)
        return new if new is not self.reference.scheme_of(content, self.earlier.key) else None

    def _fact(self, raw: Tree) -> Tree:
        parts = "、".join(str(part["name"]) for part in raw.get("parts") or [])
        hint = word("scaffold", "hints", "parts").format(parts) if parts else ""
        period = {"period": _blank()} if raw.get("period") else {}
        return {
            **self._some(raw, "id", "name"),
            "value": _blank(hint),
            **self._some(raw, "unit"),
            **period,
        }

    def _evaluation(self, raw: Tree) -> Tree:
        blanks = ("sample", "start", "end", "completed")
        found = {**self._some(raw, "methods", "team", "numbering")}
        found |= {key: _blank() for key in blanks if raw.get(key)}
        stages = [self._stage(stage) for stage in raw.get("stages") or []]
        return found | ({"stages": stages} if stages else {})

    def _stage(self, raw: Tree) -> Tree:
        dates = {key: _blank() for key in ("dates", "start", "end") if raw.get(key)}
        return {
            **self._some(raw, "id", "name"),
            **dates,
            "content": self._blocks(raw.get("content")),
        }

    def _signature(self, raw: Tree) -> Tree:
        return {**self._some(raw, "office"), "date": _blank()}

    def _attachment(self, raw: Tree) -> Tree:
        """An entry of a page that consists of attachments; its file is another one each year."""
        name = {"name": self._renewed(raw["name"])}
        file = {"file": _blank()} if raw.get("file") else {}
        return {**self._some(raw, "id", "number"), **name, **file, **self._some(raw, "units")}

    def _project(self, raw: Tree) -> Tree:
        kept = ("id", "name", "number", "code", "authority", "unit")
        choices = ("outline", "scheme", "indicator_table")
        return {**self._some(raw, *kept, *choices), **self._evaluated(raw)}

    # --- what becomes a comment -----------------------------------------------------------------

    def _followups(self) -> list[str]:
        """The earlier problems, to be answered; a status that nobody wrote would be untrue."""
        if not self.earlier:
            return []
        found = list(self._answers(self.earlier))
        notes = word("scaffold", "followups").format(year=self.earlier.key.year).splitlines()
        return [f"# {line}" for line in (*notes, "followups:", *found)] if found else []

    def _answers(self, earlier: Report) -> Iterator[str]:
        for problem in earlier.content.problems:
            for part in ("text", "measure"):
                if said := getattr(problem, part):
                    yield _said(part, said)
            yield from _answer(earlier.key.year, problem.id)
        named = {problem.id for problem in earlier.content.problems}
        for followup in earlier.content.followups:
            if followup.status is not FollowupStatus.SOLVED and followup.problem not in named:
                yield _said("open", followup.text or "")
                yield from _answer(followup.year, followup.problem)

    def _withheld(self) -> list[str]:
        return self._as_comment("withheld", self.raw.get("withheld"))

    def _attachments(self) -> list[str]:
        raw = None if self.kind is Kind.ATTACHMENTS else self.raw.get("attachments")
        return self._as_comment("attachments", raw)

    def _as_comment(self, key: str, raw: Any) -> list[str]:
        """A part that the clerk may want again, behind comment signs."""
        notes = [f"# {line}" for line in word("scaffold", key).splitlines()]
        return [*notes, *dump({key: Commented(raw)})] if raw else []


def _said(part: str, text: str) -> str:
    """What an earlier report said, as a comment of one line."""
    return "  # " + word("scaffold", "earlier", part).format(" ".join(text.split()))


def _answer(year: int, problem: str) -> list[str]:
    return [f"  - year: {year}", f"    problem: {problem}", "    status:", "    text:"]
