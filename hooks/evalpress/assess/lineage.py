"""3 assess: departments that became others: whose duties passed to whom, and from which year on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evalpress.assess.catalogue import Catalogue
from evalpress.model import Department, Reference, Successor


@dataclass(frozen=True)
class Passing:
    """Duties that passed from a department to another; `whole` where it was abolished with it."""

    giver: Department
    taker: Department
    by: Successor

    @property
    def whole(self) -> bool:
        """True where the giver was abolished, so that its reports end."""
        return self.giver.abolished is not None

    @property
    def year(self) -> int:
        """The first year of which the taker's reports cover the duties."""
        return self.by.since.year


def passings(catalogue: Catalogue) -> Iterator[Passing]:
    """Every passing of duties between known departments, in the order of the data."""
    known = catalogue.reference.departments
    for giver in catalogue.departments:
        for successor in giver.successors:
            if successor.id in known:
                yield Passing(giver, known[successor.id], successor)


def predecessors(catalogue: Catalogue, department: Department) -> list[Passing]:
    """What passed to a department, the latest first."""
    found = [p for p in passings(catalogue) if p.taker.id == department.id]
    return sorted(found, key=lambda p: p.by.since, reverse=True)


def successors(catalogue: Catalogue, department: Department) -> list[Passing]:
    """What passed from a department, the latest first."""
    found = [p for p in passings(catalogue) if p.giver.id == department.id]
    return sorted(found, key=lambda p: p.by.since, reverse=True)


def passings_of(catalogue: Catalogue, department: Department) -> list[Passing]:
    """What passed to a department, then what passed from it, each the latest first."""
    return [*predecessors(catalogue, department), *successors(catalogue, department)]


def lineage(
    catalogue: Catalogue,
    department: Department,
    step: Callable[[Catalogue, Department], list[Passing]],
) -> Iterator[Passing]:
    """Whole passings from department to department, each department once: with `predecessors` back
    through those that became it, with `successors` on through those that it became."""
    waiting, met = [department], {department.id}
    for here in waiting:
        for passing in step(catalogue, here):
            other = passing.taker if passing.giver.id == here.id else passing.giver
            if passing.whole and other.id not in met:
                met.add(other.id)
                waiting.append(other)
                yield passing


def linked_departments(reference: Reference, department: str) -> set[str]:
    """The ids of a department and of all that it is linked to by passings, over any number."""
    pairs = {(d.id, s.id) for d in reference.departments.values() for s in d.successors}
    found = {department}
    while more := {b for a, b in pairs | {(b, a) for a, b in pairs} if a in found} - found:
        found |= more
    return found & set(reference.departments)
