"""A department, a year and a slug -> that one report alone, drafts included, and its PDF.

Mistakes in other reports do not stop it; those are left out of what the page tells of its
neighbours. Keeps a cache of its own, so that a preview that runs meanwhile loses nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from evalpress.authoring.scaffold import find_department, report_path
from evalpress.checks.examining import read
from evalpress.findings import Finding, Mistaken, Refused, blocking
from evalpress.load import Loaded
from evalpress.model import Key, Report
from evalpress.pages.frame import Page
from evalpress.settings import Settings
from evalpress.site import Site, compose
from evalpress.wording import word


class NoReport(Mistaken):
    """There is no such report; the text names those that come near."""


@dataclass(frozen=True)
class Single:
    """One report alone: as it was read, its page, and the site that has it."""

    report: Report
    page: Page
    site: Site
    loaded: Loaded


def print_single(
    settings: Settings, root: Path, site_url: str, name: str, year: str, slug: str = ""
) -> Path:
    """The file of one report's PDF in the cache.

    Raises what `single` raises, NoReport for one that was withdrawn, PrintFailed when it
    can't be printed."""
    made = single(settings, root, name, year, slug)
    alone = replace(made.site, pages=[made.page])
    alone.export()
    alone.print(site_url)
    for address in alone.due:
        if printed := alone.print_on_demand(address):
            return printed
    raise NoReport(word("single", "no_pdf").format(made.page.title))


def single(
    settings: Settings,
    root: Path,
    name: str,
    year: str,
    slug: str = "",
    stops: Callable[[Finding], bool] = lambda finding: True,
) -> Single:
    """One report as a preview shows it.

    Raises NoReport, CannotScaffold for an unknown department, Refused when the report or the
    reference data have a mistake that blocks and that `stops` this use of it."""
    loaded, examination = read(settings, root)
    found = blocking(examination.open, settings.strict, drafts=True)
    blocked = [f for f in found if stops(f)]
    key = _find(loaded, blocked, name, year, slug)
    wrong = {finding.where.file for finding in blocked}
    sound = [report for report in loaded.reports if report.source not in wrong]
    own = settings.model_copy(update={"cache_dir": f"{settings.cache_dir}/single", "pdf": True})
    made = compose(own, root, sound, loaded.reference, root, preview=True)
    page = next(page for page in made.pages if page.report and page.report.key == key)
    return Single(next(r for r in sound if r.key == key), page, made, loaded)


def _find(loaded: Loaded, blocked: Iterable[Finding], name: str, year: str, slug: str) -> Key:
    """The report that is meant, which has to be there and without a mistake."""
    department = find_department(loaded.reference, name)
    key = Key(department.id, int(year) if year.isdecimal() else 0, slug)
    below = report_path(key).relative_to(Path("reports", key.department)).as_posix()
    files = tuple(f"reports/{n}/{below}" for n in (department.id, *department.all_names()))
    stopping = [f for f in blocked if f.where.file.endswith(files) or _is_shared(f.where.file)]
    if stopping:
        raise Refused(stopping)
    if all(report.key != key for report in loaded.reports):
        raise NoReport(_missing(loaded, key, department.current.name, year))
    return key


def _is_shared(file: str) -> bool:
    """Whether a file's mistakes may touch every report."""
    return "/reports/" not in file


def _missing(loaded: Loaded, key: Key, department: str, year: str) -> str:
    keys = [report.key for report in loaded.reports if report.key.department == key.department]
    slugs = [k.slug for k in keys if k.year == key.year and k.slug]
    near = difflib.get_close_matches(key.slug, slugs, n=3, cutoff=0.4) or slugs
    years = sorted({str(k.year) for k in keys if not key.slug or k.slug}, reverse=True)
    if key.slug and key.year in {k.year for k in keys}:
        known, rule = near, "no_slug"
    else:
        known, rule = years, "no_year"
    shown = "、".join(known) or word("single", "none")
    return word("single", rule).format(department=department, year=year, slug=key.slug, known=shown)
