"""2 check: rules about what was public already: it neither changes nor vanishes without a word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.subject import Subject
from evalpress.clock import BEIJING
from evalpress.disclose.public import publish
from evalpress.files.attachments import file_names
from evalpress.findings import Finding, Level, Place, find
from evalpress.ledger.differences import Change, leaves
from evalpress.ledger.held import Held, addresses, covers, hold, lasting
from evalpress.ledger.past import secrets_of
from evalpress.ledger.recorded import ReportEntry
from evalpress.model import Correction, CorrectionKind, Key, Report, State
from evalpress.text.differing import differing
from evalpress.wording import word

_ANY_TIME = datetime(2000, 1, 1, tzinfo=BEIJING)
# What a report says of its own editions; rules of their own ask for it.
_ABOUT_EDITIONS = ("version", "corrections", "withdrawal", "former_slugs", "first_published")
_SHOWN = 60  # characters of a value; of longer texts what differs and what stands around it
_AROUND = 10


def _held(subject: Subject) -> Held | None:
    """The report against its last edition; None where there is nothing to hold."""
    report, recorded = subject.report, subject.recorded
    if recorded is None or report.content.state in (State.DRAFT, State.WITHDRAWN):
        return None
    public = publish(report, subject.reference, _ANY_TIME, subject.earlier)
    return hold(recorded, public, subject.reference, subject.contents or {})


def _new_corrections(subject: Subject, held: Held) -> list[Correction]:
    known = held.known_corrections
    return [c for c in subject.content.corrections if c.id not in known]


def _added(subject: Subject) -> list[Correction]:
    """The corrections that readers do not have yet."""
    held = subject.once(_held)
    return _new_corrections(subject, held) if held and held.old is not None else []


def _changes(subject: Subject) -> tuple[Change, ...]:
    """What differs from the last edition."""
    held = subject.once(_held)
    return held.changes if held else ()


def _of_content(held: Held) -> Iterator[Change]:
    """What changed beside what a report says of its own editions."""
    for change in held.changes:
        first, _, last = change.place.partition("/")
        if first not in _ABOUT_EDITIONS and not last.endswith("former_files"):
            yield change


@rule("changed_without_correction", waivable=False)
def changed_without_correction(subject: Subject) -> Iterator[Finding]:
    """公开过的内容改动，要有更正记录。

    依据：地方做法
    """
    held = subject.once(_held)
    if held is None:
        return
    new = _new_corrections(subject, held)
    taken = {c.id for c in subject.content.corrections}
    for change in _of_content(held):
        place = change.place
        noted = change.place == "title_note" and new
        if not noted and not any(covers(c, place) for c in new):
            old, now = shortened(change)
            own = next(f"c{n}" for n in range(1, 10_000) if f"c{n}" not in taken)
            said = _entry(own, place, old, now)
            yield subject.find(
                "changed_without_correction", lasting(place), at=place, entry=said,
                old=old or word("ledger", "nothing"), new=now or word("ledger", "nothing"),
            )  # fmt: skip


def _entry(own: str, place: str, old: str, new: str) -> str:
    """The entry of `corrections` that a change needs, to copy."""
    quoted = {
        name: json.dumps(text, ensure_ascii=False) for name, text in (("old", old), ("new", new))
    }
    return word("ledger", "entry").format(id=own, place=lasting(place), **quoted)


def shortened(change: Change) -> tuple[str, str]:
    """Both values; of long texts only what differs, with a few signs around it."""
    old, new = change.old, change.new
    if max(len(old), len(new)) <= _SHOWN:
        return old, new
    start, end = differing(old, new)
    return _cut(old, start, end), _cut(new, start, end)


def _cut(text: str, start: int, end: int) -> str:
    return text[max(0, start - _AROUND) : len(text) - max(0, end - _AROUND)]


@rule("correction_values", waivable=False)
def correction_values(subject: Subject) -> Iterator[Finding]:
    """更正记录里的原值和新值，与公开过的、现在的一致。

    依据：报告前后一致
    """
    changes = _changes(subject)
    for correction in _added(subject):
        own = [c for c in changes if c.place == correction.place]
        if len(own) != 1:
            continue
        pairs = [("old", own[0].old), ("new", own[0].new)]
        for field, value in pairs[correction.redacted :]:
            said = getattr(correction, field) or ""
            if not _is_said(said, value):
                place = f"corrections/{correction.id}/{field}"
                yield subject.find("correction_values", place, found=said, value=value)


def _is_said(said: str, value: str) -> bool:
    """A figure is repeated whole, of a long text the part that is meant."""
    return said == value if len(value) <= _SHOWN else bool(said) and said in value


@rule("redacted_value_kept", waivable=False)
def redacted_values_kept(subject: Subject) -> Iterator[Finding]:
    """原值不再公开的更正，不写原值。

    依据：地方做法
    """
    for correction in subject.content.corrections:
        if correction.redacted and correction.old:
            yield subject.find("redacted_value_kept", f"corrections/{correction.id}/old")


@rule("redaction_of_wording", waivable=False)
def redactions_of_wording(subject: Subject) -> Iterator[Finding]:
    """原值不再公开的更正成为新的一版，旧版才能删去原值。

    依据：本程序的数据格式
    """
    for correction in subject.content.corrections:
        if correction.redacted and correction.kind is CorrectionKind.WORDING:
            yield subject.find("redaction_of_wording", f"corrections/{correction.id}/kind")


@rule("redacted_value_left", waivable=False)
def redacted_values_left(subject: Subject) -> Iterator[Finding]:
    """不再公开的原值，报告的别处也不写出。

    依据：地方做法
    """
    held = subject.once(_held)
    for correction in _added(subject):
        if held and held.old is not None and correction.redacted:
            secrets = secrets_of(held.old, held.new, correction.place or "")
            content = leaves(held.new.get("content", {}))
            told = (p for p, value in content if any(s in str(value) for s in secrets))
            for place in dict.fromkeys(map(lasting, told)):
                yield subject.find("redacted_value_left", place, found=correction.place)


@rule("correction_incomplete", waivable=False)
def corrections_incomplete(subject: Subject) -> Iterator[Finding]:
    """公开以后的更正写明性质、日期、原因和批准单位。

    依据：地方做法
    """
    for correction in _added(subject):
        missing = [n for n in ("kind", "date", "reason", "office") if not getattr(correction, n)]
        if missing:
            place = f"corrections/{correction.id}"
            yield subject.find("correction_incomplete", place, missing="、".join(missing))


@rule("correction_without_change", level=Level.WARNING)
def corrections_without_change(subject: Subject) -> Iterator[Finding]:
    """更正记录所指的位置，内容确实改了。

    依据：报告前后一致
    """
    changes = _changes(subject)
    for correction in _added(subject):
        changed = (change.place for change in changes)
        if correction.place and not any(covers(correction, place) for place in changed):
            place = f"corrections/{correction.id}/place"
            yield subject.find("correction_without_change", place, found=correction.place)


@rule("correction_rewritten", waivable=False)
def corrections_rewritten(subject: Subject) -> Iterator[Finding]:
    """公开过的更正记录不改不删。

    依据：地方做法
    """
    held = subject.once(_held)
    known = held.known_corrections if held else {}
    redacted = {c.id for c in subject.content.corrections if c.redacted}
    for change in _changes(subject):
        first, own, *field = [*change.place.split("/"), "", ""][:3]
        if first != "corrections" or not (own in known or (own == "" and change.old)):
            continue
        removed = field[0] == "redacted" or (field[0] and not change.new)
        if not (own in redacted and removed):
            old, new = shortened(change)
            yield subject.find(
                "correction_rewritten", f"corrections/{own}" if own else "corrections", found=own,
                old=old or word("ledger", "nothing"), new=new or word("ledger", "nothing"),
            )  # fmt: skip


@rule("edition_number", waivable=False)
def edition_numbers(subject: Subject) -> Iterator[Finding]:
    """更正了内容的，版本号比公开过的大 1；只改文字的，版本号不变。

    依据：本程序的数据格式
    """
    held = subject.once(_held)
    if held is None or held.old is None:
        return
    new = _new_corrections(subject, held)
    material = any(c.kind is CorrectionKind.MATERIAL for c in new)
    expected = held.entry.latest.number + material
    if subject.content.version != expected:
        given = "version" in subject.content.model_fields_set
        place = "version" if given else ("corrections" if new else "")
        yield subject.find(
            "edition_number", place, found=subject.content.version, expected=expected,
            last=held.entry.latest.number,
        )  # fmt: skip


@rule("first_publication_moved", waivable=False)
def first_publications_moved(subject: Subject) -> Iterator[Finding]:
    """首次发布时间公开以后不改。

    依据：地方做法
    """
    for change in _changes(subject):
        if change.place == "first_published":
            nothing = word("ledger", "nothing")
            yield subject.find(
                "first_publication_moved", "first_published" if change.new else "",
                old=change.old or nothing, new=change.new or nothing,
            )  # fmt: skip


@rule("fell_back_to_draft", waivable=False, in_drafts=True)
def fell_back_to_draft(subject: Subject) -> Iterator[Finding]:
    """公开过的报告不改回草稿。

    依据：地方做法
    """
    recorded = subject.recorded
    if recorded and recorded.entry and subject.content.state is State.DRAFT:
        last = recorded.entry.latest.state
        yield subject.find("fell_back_to_draft", "state", last=last, entry=_withdrawal())


def _withdrawal() -> str:
    return word("ledger", "withdrawal")


@rule("came_back", waivable=False)
def came_back(subject: Subject) -> Iterator[Finding]:
    """撤回过的报告重新公开，要有更正记录说明。

    依据：地方做法
    """
    held = subject.once(_held)
    if held and held.entry.withdrawn and not _new_corrections(subject, held):
        yield subject.find("came_back", "state", date=held.entry.withdrawn.date)


@rule("withdrawal_missing", waivable=False)
def withdrawals_missing(subject: Subject) -> Iterator[Finding]:
    """撤回的报告写明原因、决定单位和日期；没有撤回的不写。

    依据：地方做法
    """
    taken = subject.content.state is State.WITHDRAWN
    if taken and subject.content.withdrawal is None:
        yield subject.find("withdrawal_missing", "state", entry=_withdrawal())


@rule("withdrawal_unused", waivable=False)
def withdrawals_unused(subject: Subject) -> Iterator[Finding]:
    """没有撤回的报告不写撤回原因。

    依据：本程序的数据格式
    """
    if subject.content.withdrawal and subject.content.state is not State.WITHDRAWN:
        yield subject.find("withdrawal_unused", "withdrawal", found=str(subject.content.state))


@rule("edition_lost", waivable=False)
def editions_lost(subject: Subject) -> Iterator[Finding]:
    """公开过的数据留在台账里，改动时好核对。

    依据：本程序的数据格式
    """
    held, recorded = subject.once(_held), subject.recorded
    if held and recorded and held.old is None:
        path = recorded.editions.data_path(recorded.address, held.entry.latest.number)
        shown = path.relative_to(recorded.editions.data_dir.parent).as_posix()
        yield subject.find("edition_lost", "", found=shown)


@rule("attachment_dropped", waivable=False)
def attachments_dropped(subject: Subject) -> Iterator[Finding]:
    """公开过的附件不丢失；换了文件的写明曾用文件名。

    依据：地方做法
    """
    held = subject.once(_held)
    if held is None or any(_removes_file(c) for c in subject.content.corrections):
        return
    former = {name for a in subject.content.attachments for name in a.former_files}
    present = {*file_names(subject.content), *former}
    known = [*held.entry.latest.attachments, *held.entry.replaced]
    for name in dict.fromkeys(address.rpartition("/")[2] for address in known):
        if name not in present:
            yield subject.find("attachment_dropped", "attachments", found=name)


def _removes_file(correction: Correction) -> bool:
    first = (correction.place or "").partition("/")[0]
    return correction.redacted and first in ("attachments", "original")


# --- addresses, over all reports ----------------------------------------------------------------


def _by_address(context: Context) -> dict[str, Report]:
    """Every report by its present and its former addresses."""
    found: dict[str, Report] = {}
    for report in context.loaded.reports:
        slugs = report.content.former_slugs
        for key in addresses(report.key, slugs, context.loaded.reference):
            found.setdefault(key.address, report)
    return found


@rule_for_all("report_vanished", in_drafts=True)
def reports_vanished(context: Context) -> Iterator[Finding]:
    """公开过的报告不删除、不改名；撤回的也留着文件。

    依据：地方做法
    """
    present = _by_address(context) if context.ledger else {}
    for address, entry in context.ledger.reports.items():
        if address not in present and not _is_told(context, address):
            file = f"{context.data_dir.name}/reports/{address.strip('/')}.yml"
            yield find("report_vanished", Place(file), found=entry.title, entry=_withdrawal())


def _is_told(context: Context, address: str) -> bool:
    """Whether a report is there whose file is wrong in a way that stops the publication anyhow."""
    department, year, slug = [*address.strip("/").split("/"), ""][:3]
    file = f"/reports/{address.strip('/')}.yml"
    is_draft = any(name.endswith(file) for name in context.loaded.drafts)
    return Key(department, int(year), slug) in context.loaded.unread and not is_draft


@rule_for_all("former_address_lost")
def former_addresses_lost(context: Context) -> Iterator[Finding]:
    """公开过的旧网址一直要能到达现在的网页。

    依据：地方做法
    """
    present = _by_address(context) if any(e.former for e in _entries(context)) else {}
    for address, entry in context.ledger.reports.items():
        for old in entry.former:
            if address in present and present.get(old) is not present[address]:
                where = context.source(present[address]).place(("former_slugs",))
                yield find("former_address_lost", where, found=old)


def _entries(context: Context) -> Iterator[ReportEntry]:
    yield from context.ledger.reports.values()


@rule_for_all("address_taken")
def addresses_taken(context: Context) -> Iterator[Finding]:
    """别的报告用过的网址不再给另一份报告用。

    依据：地方做法
    """
    for report in context.loaded.reports if context.ledger else ():
        owner = context.ledger.owner_of_former(report.key.address)
        if owner is not None and owner != report.key.address:
            yield find("address_taken", context.source(report).place(("slug",)), found=owner)


@rule_for_all("index_number_taken")
def index_numbers_taken(context: Context) -> Iterator[Finding]:
    """别的报告公开时用过的索引号不再用。

    依据：地方做法
    """
    entries = context.ledger.reports.items()
    owners = {n: address for address, e in entries for n in (*e.former_numbers, e.index_number)}
    for report in context.loaded.reports if context.ledger else ():
        number = report.content.public_info.index_number
        owner = owners.get(number) if number else None
        if owner is not None and owner != context.recorded(report).address:
            where = context.source(report).place(("public_info", "index_number"))
            yield find("index_number_taken", where, found=number, owner=owner)
