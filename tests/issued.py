"""A ledger with a site that issued files, and the same files spoilt: what each must be called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from evalpress.ledger import Edition, Issued, Ledger, ReportEntry
from evalpress.ledger.known import FileKind
from evalpress.ledger.recorded import Redaction, Withdrawn
from evalpress.verify import Answer, Current, answers_of
from sample_files import pdf

UNKNOWN = "unknown"
DAY = "2026-11-30"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Corpus:
    """Files with what they must be called: (content, standing, address of the report)."""

    ledger: Ledger
    current: list[Current]
    files: list[tuple[bytes, str, str]] = field(default_factory=list)

    @property
    def answers(self) -> dict[str, list[Answer]]:
        return answers_of(self.ledger, self.current, DAY)


def corpus(reports: int) -> Corpus:
    """Ten files for each of so many reports: genuine and current, old, redacted, withdrawn,
    replaced, and tampered with in five ways."""
    made = Corpus(Ledger(), [])
    entries: dict[str, ReportEntry] = {}
    one = pdf()
    for number in range(reports):
        address = f"d{number}/2025/"
        contents = {name: one + f"% {number} {name}\n".encode() for name in _NAMES}
        gone = number % 5 == 4
        entries[address] = _entry(number, contents, gone)
        if not gone:
            made.current += _current(address, contents)
        made.files += list(_expected(address, contents, gone))
    made.ledger = Ledger(entries)
    return made


_NAMES = ("first", "redacted", "reprint", "now", "attachment", "replaced")


def _entry(number: int, contents: dict[str, bytes], gone: bool) -> ReportEntry:
    def issued(*names: str) -> tuple[Issued, ...]:
        return tuple(Issued(name=f"{name}.pdf", sha256=sha(contents[name])) for name in names)

    folder = f"d{number}/2025/attachments"
    beside = {f"{folder}/a.pdf": sha(contents["attachment"])}
    withdrawn = Withdrawn(date="2026-06-01", reason="数据有误", office="办公室")
    return ReportEntry(
        title=f"报告{number}",
        editions=(
            Edition(number=1, state="published", went_live="2026-01-01T09:00:00+08:00",
                    superseded="2026-03-01T09:00:00+08:00", pdfs=issued("first")),
            Edition(number=2, state="published", went_live="2026-03-01T09:00:00+08:00",
                    superseded="2026-05-01T09:00:00+08:00", pdfs=issued("redacted"),
                    redacted=(Redaction(correction="c2", date="2026-05-01", reason="有个人信息"),)),
            Edition(number=3, state="published", went_live="2026-05-01T09:00:00+08:00",
                    pdfs=issued("reprint", "now"), attachments=beside),
        ),
        replaced={f"{folder}/b.pdf": sha(contents["replaced"])},
        withdrawn=withdrawn if gone else None,
    )  # fmt: skip


def _current(address: str, contents: dict[str, bytes]) -> Iterator[Current]:
    for name, kind in (("now", FileKind.PDF), ("attachment", FileKind.ATTACHMENT)):
        sealed = kind is FileKind.ATTACHMENT
        yield Current(sha(contents[name]), kind, f"{name}.pdf", address, "报告", 3, sealed)


def _expected(
    address: str, contents: dict[str, bytes], gone: bool
) -> Iterator[tuple[bytes, str, str]]:
    standings = {
        "first": "superseded", "redacted": "redacted", "reprint": "reprinted", "now": "current",
        "attachment": "current", "replaced": "replaced",
    }  # fmt: skip
    for name, standing in standings.items():
        yield contents[name], "withdrawn" if gone else standing, address
    now = contents["now"]
    middle = len(now) // 2
    flipped = now[:middle] + bytes([now[middle] ^ 1]) + now[middle + 1 :]
    for spoilt in (now[:-1], now[:200], now + b"\n", flipped):
        yield spoilt, UNKNOWN, address
