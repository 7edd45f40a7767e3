"""What went live -> the ledger after it. Pure; writing is `ledgerfile`'s and `editions`'.

A number that is higher than the last one is a new edition; the same number keeps it, with new data
where only the wording was corrected, and one more PDF where it was printed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from evalpress.ledger.publicform import FORM, Form, digest_of_form
from evalpress.ledger.recorded import (
    Edition,
    Issued,
    Ledger,
    Redaction,
    ReportEntry,
    Volume,
    Withdrawn,
)
from evalpress.model.values import Frozen


class Live(Frozen):
    """A report as it went live: `number` of its edition, public data, the file that it is (`pdf`,
    or its original) with the `cover` printed for that, files by address, names of the files with
    its data by hash.

    `is_new` where these data are not yet kept; of others their hash (`data`) is enough. Of one that
    is `withdrawn` only that; `former` are all addresses that led to it before, `redactions` what
    was removed from editions before, `earlier_files` the files with these editions' data, both by
    their number.
    """

    title: str
    state: str
    number: int
    index_number: str = ""
    first_published: str = ""
    corrected: str = ""
    public: Form = {}
    data: str = ""
    is_new: bool = True
    pdf: Issued | None = None
    cover: Issued | None = None
    attachments: dict[str, str] = {}
    data_files: dict[str, str] = {}
    former: tuple[str, ...] = ()
    redactions: dict[int, tuple[Redaction, ...]] = {}
    earlier_files: dict[int, dict[str, str]] = {}
    withdrawn: Withdrawn | None = None

    @property
    def digest(self) -> str:
        """The hash of its public data."""
        return self.data or digest_of_form(self.public)


def record(ledger: Ledger, live: Mapping[str, Live], went_live: str, as_of: str = "") -> Ledger:
    """The ledger after these reports, by their present address, were live from this moment on.

    What is not among them stays recorded: an address that was public is never forgotten.
    """
    entries = dict(ledger.reports)
    for address, report in live.items():
        known = [a for a in (address, *report.former) if a in entries]
        last = entries.pop(known[0]) if known else None
        if last is None and report.withdrawn:
            continue  # never public as long as anybody recorded
        entry = _entry(last, report, went_live, as_of)
        moved = [a for a in known[:1] if a != address]
        entries[address] = entry.model_copy(update={"former": _once(entry.former, moved)})
    return replace(ledger, reports=dict(sorted(entries.items())))


def with_volumes(ledger: Ledger, live: Mapping[str, Volume], went_live: str) -> Ledger:
    """The ledger after these files of many reports, by their address, could be loaded from this
    moment on; each says the one hash that it has, "" where it is no longer there."""
    volumes = {a: _volume(ledger.volumes.get(a), now, went_live) for a, now in live.items()}
    return replace(ledger, volumes=dict(sorted({**ledger.volumes, **volumes}.items())))


# --- what of a site is news to the ledger -------------------------------------------------------


def news(ledger: Ledger, live: Mapping[str, Live]) -> dict[str, Live]:
    """Those of these reports whose recording makes the ledger another."""
    return {a: report for a, report in live.items() if not _is_recorded(ledger, a, report)}


def _is_recorded(ledger: Ledger, address: str, live: Live) -> bool:
    last = ledger.reports.get(address)
    if last is None:
        return live.withdrawn is not None and ledger.reports.keys().isdisjoint(live.former)
    return _entry(last, live, "", "") == last


def volume_news(ledger: Ledger, live: Mapping[str, Volume]) -> dict[str, Volume]:
    """Those of all files of many reports that are new or others, and those that are gone."""
    known = ledger.volumes
    gone = {
        address: last.model_copy(update={"issued": {"": ""}})
        for address, last in known.items()
        if address not in live
    }
    every = {**live, **gone}.items()
    return {a: v for a, v in every if _volume(known.get(a), v, "") != known.get(a)}


def _volume(last: Volume | None, now: Volume, went_live: str) -> Volume:
    issued, (sha,) = (last.issued if last else {}), now.issued.values()
    if sha not in list(issued.values())[-1:]:
        issued = {**issued, went_live: sha}
    reports = _once(last.reports if last else (), now.reports)
    return now.model_copy(update={"issued": issued, "reports": reports})


def _once(known: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))


def _entry(last: ReportEntry | None, live: Live, went_live: str, as_of: str) -> ReportEntry:
    if live.withdrawn and last:
        return last.model_copy(update={"withdrawn": live.withdrawn, "title": live.title})
    editions = last.editions if last else ()
    if not editions or live.number > editions[-1].number:
        before = [_superseded(e, went_live) for e in editions]
        editions = (*before, _edition(live, went_live, as_of))
    else:
        editions = (*editions[:-1], _carried_on(editions[-1], live, as_of))
    redacted = tuple(_redacted(e, live) for e in editions[:-1])
    return ReportEntry(
        title=live.title, index_number=live.index_number, former=last.former if last else (),
        former_numbers=_numbers_before(last, live.index_number),
        replaced={**(last.replaced if last else {}), **_replaced(last, live)},
        editions=(*redacted, editions[-1]),
    )  # fmt: skip


def _numbers_before(last: ReportEntry | None, now: str) -> tuple[str, ...]:
    """Every 索引号 that the report had and has no longer."""
    known = _once(last.former_numbers, [last.index_number]) if last else ()
    return tuple(number for number in known if number not in ("", now))


def _edition(live: Live, went_live: str, as_of: str) -> Edition:
    return Edition(
        number=live.number, state=live.state, went_live=went_live, as_of=as_of,
        first_published=live.first_published, corrected=live.corrected, form=FORM,
        data=live.digest, pdfs=(live.pdf,) if live.pdf else (),
        covers=(live.cover,) if live.cover else (),
        attachments=dict(sorted(live.attachments.items())),
        data_files=_by_name(live.data_files),
    )  # fmt: skip


def _by_name(files: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(files.items(), key=lambda one: (one[1], one[0])))


def _carried_on(last: Edition, live: Live, as_of: str) -> Edition:
    """The same edition: printed anew, or with another wording."""
    new = _edition(live, last.went_live, as_of)
    return new.model_copy(
        update={
            "pdfs": _later(last.pdfs, new.pdfs), "covers": _later(last.covers, new.covers),
            "data_files": _written_anew(last.data_files, new.data_files),
            "as_of": last.as_of if last.data == new.data else as_of,
        }
    )  # fmt: skip


def _later(known: tuple[Issued, ...], new: tuple[Issued, ...]) -> tuple[Issued, ...]:
    """All files that were ever issued, the new ones last."""
    return (*(one for one in known if one not in new), *new)


def _written_anew(known: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """All files with data that were ever issued, the new ones last."""
    return {**{sha: name for sha, name in known.items() if sha not in new}, **new}


def _superseded(edition: Edition, went_live: str) -> Edition:
    return edition.model_copy(update={"superseded": edition.superseded or went_live})


def _redacted(edition: Edition, live: Live) -> Edition:
    known = {r.correction for r in edition.redacted}
    found = live.redactions.get(edition.number, ())
    more = tuple(r for r in found if r.correction not in known)
    files = {**live.earlier_files.get(edition.number, {}), **edition.data_files}
    if not more and files.keys() == edition.data_files.keys():
        return edition
    changes = {"redacted": (*edition.redacted, *more), "data_files": _by_name(files)}
    return edition.model_copy(update=changes)


def _replaced(last: ReportEntry | None, live: Live) -> dict[str, str]:
    """The files that lay beside the present edition and do so no longer, by address."""
    before = last.latest.attachments if last else {}
    return {a: sha for a, sha in before.items() if live.attachments.get(a) != sha}
