"""What the districts tell of corrections and withdrawals -> one page, the newest first, and its
feed. What a district removed it does not tell, so it stands in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evalpress.districts.taking_in import Part
from evalpress.exports.feeds import Entry, Feed
from evalpress.exports.feeds.listing import moment_of
from evalpress.pages.frame import anchor
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pages.rows import days_note
from evalpress.pages.superseded import ADDRESS
from evalpress.text.markup import plain
from evalpress.wording import word, words

WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class Changed:
    """A correction or a withdrawal, of which district, as that tells it."""

    part: Part
    told: dict[str, Any]

    @property
    def address(self) -> str:
        """The report's address on the joint site."""
        return f"{self.part.district.below}{self.told['address']}"

    @property
    def is_withdrawal(self) -> bool:
        """Whether the report was taken back as a whole."""
        return bool(self.told["change"] == WITHDRAWAL)

    def say(self, name: str) -> str:
        """What is told under a name; "" for nothing."""
        return str(self.told.get(name) or "")


def changed_in(parts: Sequence[Part]) -> list[Changed]:
    """All of every district, the newest day first, of one day in the order of the districts."""
    found = [Changed(part, one) for part in parts for one in part.account.corrections or ()]
    return sorted(found, key=lambda one: one.say("day"), reverse=True)


def silent(parts: Sequence[Part]) -> list[str]:
    """The names of the districts whose sites do not tell programs of their corrections."""
    return [part.district.name for part in parts if part.account.corrections is None]


def correction_parts(parts: Sequence[Part], source: str) -> Iterator[object]:
    """The page's content; `source` is the site's name."""
    said, changed = words("editions"), changed_in(parts)
    corrected = [one for one in changed if not one.is_withdrawal]
    yield f"# {plain(said['corrections'])}"
    yield f"<p>{plain(word('joint', 'corrections_intro'))}</p>"
    if names := "、".join(silent(parts)):
        elsewhere = word("joint", "corrections_elsewhere").format(names)
        yield f'<p class="ep-note">{plain(elsewhere)}</p>'
    if corrected:
        yield _corrections(corrected, source).html()
    else:
        yield f"<p>{plain(said['no_corrections'])}</p>"
    if taken := [one for one in changed if one.is_withdrawal]:
        yield f"## {plain(said['withdrawn'])} {{#withdrawn}}"
        yield _withdrawals(taken, source).html()


def _corrections(found: Sequence[Changed], source: str) -> Grid:
    said, page = words("editions"), words("page")
    heads = (
        page["date"], word("joint", "district"), page["report"], page["place"], page["old"],
        page["new"], said["kind"], page["reason"], page["correcting_office"],
    )  # fmt: skip
    rows = tuple(
        Row((
            *_whose(one), cell(one.say("about")), cell(one.say("old")), cell(one.say("new")),
            cell(one.say("nature")),
            cell("\n".join(filter(None, (one.say("reason"), one.say("note"))))),
            cell(one.say("office")),
        ))
        for one in found
    )  # fmt: skip
    caption = said["corrections_caption"].format(len(rows))
    columns = tuple(map(Column, heads))
    return Grid("all-corrections", caption, columns, rows, head=2, cards=True, source=source)


def _withdrawals(found: Sequence[Changed], source: str) -> Grid:
    said = words("editions")
    heads = (
        said["withdrawn_on"], word("joint", "district"), word("page", "report"),
        said["withdrawn_why"], said["withdrawn_by"],
    )  # fmt: skip
    rows = tuple(
        Row((*_whose(one), cell(one.say("reason")), cell(one.say("office")))) for one in found
    )
    columns = tuple(map(Column, heads))
    return Grid("all-withdrawn", said["withdrawn"], columns, rows, head=2, cards=True,
                source=source)  # fmt: skip


def _whose(one: Changed) -> Iterator[Any]:
    """When, of which district, which report; that it is no real one stands beside its title."""
    yield cell(one.say("date"))
    yield cell(one.part.district.name)
    note = days_note(one.say("provenance")) if one.part.account.is_invented(one.told) else ""
    yield cell(anchor(ADDRESS, one.address, one.say("title")) + note)


def corrections_feed(parts: Sequence[Part]) -> Feed:
    """All of it as a feed beside the page."""
    entries = tuple(map(_entry, changed_in(parts)))
    return Feed(ADDRESS, word("joint", "corrections_feed"), entries)


def _entry(one: Changed) -> Entry:
    key = "withdrawn" if one.is_withdrawal else "corrected"
    title = word("feeds", key).format(title=one.say("title"))
    old, new = one.say("old"), one.say("new")
    changed = f"{old} → {new or word('page', 'absent')}" if old else new
    told = (one.say("about"), changed, *map(one.say, ("reason", "nature", "office", "provenance")))
    return Entry(
        id=f"{one.address}#{one.say('id') or 'withdrawn'}",
        title=word("joint", "of_district").format(one.part.district.name, title),
        updated=moment_of(date.fromisoformat(one.say("day"))),
        href=one.address if one.is_withdrawal else f"{one.address}#corrections",
        summary="；".join(filter(None, told)),
    )  # fmt: skip
