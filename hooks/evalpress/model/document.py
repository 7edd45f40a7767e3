"""A document: its identity, the report as read, and what readers may see of it."""

from __future__ import annotations

from dataclasses import dataclass

from evalpress.model.reference import Kind, Provenance, State
from evalpress.model.report import ReportContent, ReportFile


@dataclass(frozen=True, order=True)
class Key:
    """A report's identity: department, year, and a slug for all but the overall report."""

    department: str
    year: int
    slug: str = ""

    @property
    def address(self) -> str:
        """The page's address below the site's root, with a slash at its end."""
        return (
            "/".join([self.department, str(self.year), *([self.slug] if self.slug else [])]) + "/"
        )

    @property
    def kind(self) -> Kind:
        """What a report at this place is unless it says otherwise."""
        return Kind.PROJECT if self.slug else Kind.DEPARTMENT

    @property
    def name(self) -> str:
        """The identity as a file name."""
        return self.address.strip("/").replace("/", "-")


@dataclass(frozen=True)
class Report:
    """A report as read: identity, file, content. Nothing after the checks takes one."""

    key: Key
    source: str
    content: ReportFile

    @property
    def kind(self) -> Kind:
        """The report's own kind, or what its place says."""
        return self.content.kind or self.key.kind


@dataclass(frozen=True)
class PublicReport:
    """What readers may see of a report; `withheld` maps places to the notice that stands there."""

    key: Key
    kind: Kind
    title: str
    content: ReportContent
    provenance: Provenance
    withheld: dict[str, str]
    state: State
    embargoed: bool = False

    @property
    def previewed(self) -> bool:
        """True for what only a preview may show."""
        return self.state is State.DRAFT or self.embargoed

    def is_withheld(self, *places: str) -> bool:
        """True where one of the places, or what it belongs to, was withheld."""
        return any(f"{p}/".startswith(f"{gone}/") for p in places for gone in self.withheld)
