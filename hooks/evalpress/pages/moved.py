"""4 write: addresses that once were published -> where they lead now.

An id that changed stays in the data (`former_ids`, `former_slugs`); each page has a small page at
its old address that leads on without a script, each file lies at its old address as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from evalpress.assess import Catalogue
from evalpress.cache.cachefiles import write_whole
from evalpress.model import Key, PublicReport
from evalpress.pages.meta_tags import Identity, Shown, absolute, all_tags, column_tags
from evalpress.text.markup import link, render
from evalpress.wording import word

# Below these departments have pages under their ids as well.
LISTS = ("problems/", "compare/")


def moved(catalogue: Catalogue, addresses: Iterable[str]) -> dict[str, str]:
    """Every former address of these pages and files, with the present one."""
    known, changed = set(addresses), _with_former_ids(catalogue)
    named = ((address, _split(address)[1].partition("/")[0]) for address in known)
    concerned = sorted(address for address, department in named if department in changed)
    found = ((old, new) for new in concerned for old in _former(catalogue, new))
    return {old: new for old, new in found if old not in known}


def _split(address: str) -> tuple[str, str]:
    """An address as the list that it lies below, if it does, and the rest."""
    above = next(filter(address.startswith, LISTS), "")
    return above, address.removeprefix(above)


def _with_former_ids(catalogue: Catalogue) -> set[str]:
    """The departments of which some address changed."""
    slugs = (k for k in _keys(catalogue) if _report(catalogue, k).content.former_slugs)
    own = (department.id for department in catalogue.departments if department.former_ids)
    return {*own, *(key.department for key in slugs)}


def _keys(catalogue: Catalogue) -> list[Key]:
    return [*catalogue.assessments, *catalogue.withdrawn]


def _report(catalogue: Catalogue, key: Key) -> PublicReport:
    found = catalogue.assessments.get(key)
    return found.report if found else catalogue.withdrawn[key]


def _former(catalogue: Catalogue, address: str) -> Iterator[str]:
    """The addresses that one had under former ids of its department and its report."""
    above, inside = _split(address)
    if above:
        yield from (above + former for former in _former(catalogue, inside))
    key = _owner(catalogue, address)
    department = catalogue.reference.departments.get(address.partition("/")[0])
    if department is None:
        return
    report = _report(catalogue, key) if key else None
    present = key or Key(department.id, 0)
    departments = (department.id, *department.former_ids)
    slugs = (present.slug, *(report.content.former_slugs if report else ()))
    for name, slug in product(departments, slugs):
        former = replace(present, department=name, slug=slug)
        if former != present:
            yield _renamed(address, present, former)


def _owner(catalogue: Catalogue, address: str) -> Key | None:
    """The report to which a page or file belongs; None for the department's own."""
    department, year, slug = [*address.split("/"), "", ""][:3]
    keys = (Key(department, int(year), name) for name in (slug, "") if year.isdecimal())
    known = (catalogue.assessments, catalogue.withdrawn)
    return next((key for key in keys if any(key in found for found in known)), None)


def _renamed(address: str, present: Key, former: Key) -> str:
    """The address as it was; a report's files are named after the report."""
    if not address.startswith(present.address):
        return f"{former.department}/{address.partition('/')[2]}"
    inside = address.removeprefix(present.address)
    if inside.startswith((f"{present.name}.", f"{present.name}-")):
        inside = f"{former.name}{inside.removeprefix(present.name)}"
    return former.address + inside


def leading_page(old: str, new: str, site: Identity) -> str:
    """The page at an old address: it leads on at once, and shows a link."""
    canonical = absolute(site.url, new) if site.url else link(old, new)
    tags = all_tags(site, Shown(old, "moved", column_tags("moved", word("moved", "title"))))
    html = render("moved.html.j2", href=link(old, new), canonical=canonical, tags=tags)
    return f"{html}\n"


def keep_page(folder: Path, old: str, new: str, site: Identity) -> Path:
    """Write that page into a cache folder; gives the file. Raises OSError where it can't."""
    path = folder / f"{old.strip('/').replace('/', '-')}.html"
    write_whole(path, leading_page(old, new, site).encode())
    return path
