"""Plain text -> its lines."""

from __future__ import annotations

from evalpress.files.scan.found import Gathered
from evalpress.files.scan.kinds import decoded
from evalpress.files.scan.readers import reader


@reader("text")
def _read_text(content: bytes, into: Gathered) -> None:
    text = decoded(content) or ""
    for number, line in enumerate(text.splitlines(), 1):
        into.say("line", line, number=number)
