"""2 check: Reports and reference data -> Findings; one decorated function per rule.

A rule registers itself by `@rule("its_id", level=…)` on one report at a time, or by
`@rule_for_all` on everything that was read; its sentences stand under that id in
templates/wording/checks/, its docstring in the guide; that ends with what the rule rests on
(bases.py). Importing this package registers all rules. What several rule files share lies in
modules without rules: a report's parts (subject), its figures (counterparts, matching,
fund_columns, indicator_rows), its files (examined), points (marking, rounding), reference data
(listed, addresses), withheld values in other documents (leaking), waivers (signing).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from evalpress.cache.store import Store, digest
from evalpress.checks.bases import parted
from evalpress.checks.signing import Examination, Signing, apply_waivers
from evalpress.checks.subject import Subject
from evalpress.files.attachments import contents
from evalpress.findings import Finding, Level
from evalpress.ledger import Ledger
from evalpress.ledger.editions import Editions
from evalpress.ledger.held import Recorded, recorded
from evalpress.load import Loaded, Source
from evalpress.model import Key, Report
from evalpress.typefaces import Typefaces

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """All of data/, for rules that look at more than one report."""

    loaded: Loaded
    data_dir: Path
    store: Store = field(default_factory=lambda: Store(None))
    fonts: Typefaces | None = None
    """The fonts that PDFs are set in; None where none are made."""
    ledger: Ledger = field(default_factory=Ledger)
    """What was ever public."""

    @cached_property
    def reports(self) -> dict[Key, Report]:
        """Every report by its key; of two with one key, the later in the order of files."""
        return {report.key: report for report in self.loaded.reports}

    def source(self, report: Report) -> Source:
        """The file of a report. Raises KeyError for a report that was not read."""
        return self.loaded.sources[report.source]

    def attachments(self, report: Report) -> Path:
        """The folder of the report's attachments and pictures."""
        return self.data_dir / "attachments" / report.key.department / str(report.key.year)

    def contents(self, report: Report) -> Mapping[str, str]:
        """The digests of the files beside a report by their names; rules may open these files."""
        folder = self.attachments(report)
        if folder not in self._contents:
            self._contents[folder] = contents(folder)
        return self._contents[folder]

    @property
    def digests(self) -> dict[Path, str]:
        """The digest of every file that was there to be checked, by its path."""
        folders = self._contents.items()
        return {folder / name: own for folder, files in folders for name, own in files.items()}

    @cached_property
    def _contents(self) -> dict[Path, dict[str, str]]:
        return {}

    @cached_property
    def _made(self) -> dict[Callable[[Context], Any], Any]:
        return {}

    def once(self, make: Callable[[Context], T]) -> T:
        """What `make` gives for all that was read; made once, however many rules ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _reference_digest(self) -> str:
        """A hash of all reference data: every report is checked against them."""
        sources = self.loaded.sources
        return digest(*(sources[name].digest for name in sorted(self.loaded.shared)))

    def follows_from(self, report: Report) -> tuple[str, ...]:
        """All that the findings about one report follow from, as parts of a key."""
        key, earlier = report.key, self.subject(report).earlier
        return (
            "check",
            key.address,
            report.source,
            self.source(report).digest,
            self.source(earlier).digest if earlier else "",
            self._reference_digest,
            repr(sorted(self.contents(report).items())),
            self._fonts_digest,
            self.recorded(report).digest if self.ledger else "",
        )

    def recorded(self, report: Report) -> Recorded:
        """What the ledger holds of a report."""
        return recorded(self.ledger, report, self.loaded.reference, Editions(self.data_dir))

    @cached_property
    def _fonts_digest(self) -> str:
        return self.fonts.fingerprint if self.fonts else "unprinted"

    def subject(self, report: Report) -> Subject:
        """One report with what its rules may ask for."""
        key = report.key
        return Subject(
            report,
            self.loaded.reference,
            self.source(report),
            self.attachments(report),
            self.reports.get(Key(key.department, key.year - 1, key.slug)),
            self.fonts,
            self.contents(report),
            self.recorded(report) if self.ledger else None,
        )


ReportRule = Callable[[Subject], Iterator[Finding]]
ContextRule = Callable[[Context], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A registered rule: exactly one of the two functions is there. What it finds `in_drafts` stops
    a publication as well."""

    name: str
    level: Level
    signing: Signing
    about: str
    basis: str
    in_drafts: bool = False
    of_report: ReportRule | None = None
    of_all: ContextRule | None = None


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    level: Level = Level.ERROR,
    exact: bool = False,
    waivable: bool = True,
    in_drafts: bool = False,
) -> Callable[[ReportRule], ReportRule]:
    """Register a rule on one report. Its findings can be signed off unless they are about safety
    and identity; with `exact`, only for the string that they name. Raises ValueError for a name
    that is taken and for a docstring that names no basis."""

    def register(function: ReportRule) -> ReportRule:
        signing = Signing(waivable, exact)
        _add(name, level, signing, function, of_report=function, in_drafts=in_drafts)
        return function

    return register


def rule_for_all(
    name: str,
    level: Level = Level.ERROR,
    waivable: bool = False,
    binding: bool = False,
    in_drafts: bool = False,
) -> Callable[[ContextRule], ContextRule]:
    """Register a rule on everything that was read; otherwise as `rule`. A `binding` warning stops a
    publication until somebody has signed it."""

    def register(function: ContextRule) -> ContextRule:
        signing = Signing(waivable, binding=binding)
        _add(name, level, signing, function, of_all=function, in_drafts=in_drafts)
        return function

    return register


def _add(name: str, level: Level, signing: Signing, function: object, **of: Any) -> None:
    if name in RULES:
        raise ValueError(f"rule {name} is registered twice")
    about, basis = parted(function.__doc__ or "")
    RULES[name] = Rule(name, level, signing, about, basis, **of)


def check(context: Context, about: Collection[str] | None = None) -> list[Finding]:
    """The findings of every rule, before anything is signed off; those of single reports only for
    the files named in `about`, if some are."""
    whole = [r for r in RULES.values() if r.of_all]
    found = [f for r in whole if r.of_all for f in _levelled(r, r.of_all(context))]
    asked = [
        (context.follows_from(report), partial(check_report, context.subject(report)))
        for report in context.loaded.reports
        if about is None or report.source in about
    ]
    context.store.get_ahead(asked)
    found += [finding for one in asked for finding in context.store.get(*one)]
    for report in context.loaded.reports:
        context.source(report).forget()
    return found


def check_report(subject: Subject) -> list[Finding]:
    """The findings of every rule on one report."""
    found = []
    for registered in RULES.values():
        if registered.of_report:
            for finding in registered.of_report(subject):
                found.append(replace(finding, level=registered.level))
    subject.forget()
    return found


def _levelled(registered: Rule, findings: Iterable[Finding]) -> Iterator[Finding]:
    binding = registered.signing.binding
    return (replace(found, level=registered.level, binding=binding) for found in findings)


def examine(context: Context, about: Collection[str] | None = None) -> Examination:
    """What was found while reading and by every rule, parted by what somebody answers for; of
    single reports only those whose files are named in `about`, if some are."""
    loaded = context.loaded
    findings = [*loaded.findings, *check(context, about)]
    signing = {name: registered.signing for name, registered in RULES.items()}
    found = apply_waivers(
        findings, loaded.reports, loaded.sources, signing, _without_last_year(loaded)
    )
    drafted = [
        replace(f, in_draft=True) if f.where.file in loaded.drafts and not _holds(f) else f
        for f in found.open
    ]
    return replace(found, open=drafted, digests=context.digests, ledger=context.ledger)


def _holds(finding: Finding) -> bool:
    """True for what stops a publication even where it is found in a draft."""
    return finding.rule in RULES and RULES[finding.rule].in_drafts


def _without_last_year(loaded: Loaded) -> set[str]:
    """The reports whose last year's is there but could not be read: what is found about them now
    may not be all."""
    keys = ((r, Key(r.key.department, r.key.year - 1, r.key.slug)) for r in loaded.reports)
    return {report.source for report, earlier in keys if earlier in loaded.unread}


for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
