"""4 write: where a reader picks two reports to put side by side, and what is put together already.

The picker takes its departments from a list; each has a page of its own with all its documents,
which the script reads when that department is chosen, and which readers without a script open.
"""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue
from evalpress.model import Department
from evalpress.pages.comparison import own_name
from evalpress.pages.frame import Page, anchor, entry, home_entry, short_name
from evalpress.pages.grids import Column, Grid, Row, cell, number_cell
from evalpress.pages.histories import comparison_address
from evalpress.pages.rows import list_frame
from evalpress.text.markup import plain, render
from evalpress.wording import word

ADDRESS = "compare/"


def compare_page(catalogue: Catalogue) -> Page:
    """The picker, and the departments from which it takes what it offers."""
    title = word("compare", "any_title")
    columns = (
        Column(word("page", "department")),
        Column(word("compare", "years_column")),
        Column(word("compare", "count"), numeric=True),
    )
    rows = tuple(
        _department_row(catalogue, department)
        for department in catalogue.departments
        if documents_of(catalogue, department.id)
    )
    caption = word("compare", "departments_caption")
    parts = [
        f"# {plain(title)}",
        render("compare.html.j2"),
        f"## {plain(word('compare', 'list'))} {{#comparisons-list}}",
        f"<p>{plain(word('compare', 'list_note'))}</p>",
        Grid("comparisons", caption, columns, rows, cards=True).html(),
    ]
    return Page(ADDRESS, title, "\n\n".join(map(str, parts)), list_frame("compare", title))


def _department_row(catalogue: Catalogue, department: Department) -> Row:
    reports = [a for found in documents_of(catalogue, department.id) for a in found]
    years = sorted({a.key.year for a in reports})
    name = anchor(ADDRESS, address_of(department), department.current.name)
    shown = f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0])
    return Row((cell(name), cell(shown), number_cell(len(reports))))


def address_of(department: Department) -> str:
    """Where the documents of a department can be picked from."""
    return f"{ADDRESS}{department.id}/"


def documents_of(catalogue: Catalogue, department: str) -> list[list[Assessment]]:
    """The years of each document of a department, those of its overall report first."""
    own = sorted(slug for name, slug in catalogue.documents if name == department)
    return [catalogue.history(department, slug) for slug in own]


def department_documents_page(catalogue: Catalogue, department: Department) -> Page:
    """All documents of a department: each of its reports, each beside the one before it."""
    here, name = address_of(department), department.current.name
    title = word("compare", "department_title").format(name)
    columns = [Column(word("compare", "document")), Column(word("page", "report"))]
    columns += [Column(word("compare", "neighbours"))]
    rows = tuple(_built_row(reports, here) for reports in documents_of(catalogue, department.id))
    caption = word("compare", "list_caption").format(name)
    parts = [
        f"# {plain(title)}",
        f"<p>{plain(word('compare', 'department_note'))}</p>",
        Grid("documents", caption, tuple(columns), rows, cards=True).html(),
    ]
    crumbs = [home_entry(), entry(word("compare", "any_title"), ADDRESS)]
    frame = list_frame("compare-department", title, breadcrumbs=crumbs)
    return Page(here, title, "\n\n".join(map(str, parts)), frame)


def _built_row(reports: list[Assessment], here: str) -> Row:
    """A document's reports, and each beside the one before it."""
    year, newest = word("page", "year").format, reports[-1]
    links = (anchor(here, a.key.address, year(a.key.year)) for a in reversed(reports))
    pairs = [
        anchor(here, comparison_address(now), f"{before.key.year}—{now.key.year}")
        for before, now in pairwise(reports)
    ]
    department = newest.department
    name = anchor(here, f"{department.id}/", department.current.name)
    if newest.key.slug:
        names = {"department": short_name(department), "name": own_name(newest)}
        name = plain(word("compare", "project").format(**names))
    shown = Markup("、").join(reversed(pairs)) if pairs else None
    return Row((cell(name), cell(Markup("、").join(links)), cell(shown)))
