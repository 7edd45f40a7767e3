"""Plain text -> its lines."""

from __future__ import annotations

import re

from evalpress.files.scan.found import Gathered
from evalpress.files.scan.kinds import decoded
from evalpress.files.scan.readers import reader

# A cell that Excel runs when it opens the file: “=HYPERLINK(…)” and “+cmd|…” match; “-10” does not.
_FORMULA = re.compile(
    r"(?:^|[,;\t])\s*\"?(?:=\s*[A-Za-z(+\-@'\"]|@[A-Za-z]+\(|[+\-]\s*[A-Za-z]{2,}[(|!])"
)
# Signs that turn the order of what follows them.
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")


@reader("text")
def _read_text(content: bytes, into: Gathered) -> None:
    text = decoded(content) or ""
    for number, line in enumerate(text.splitlines(), 1):
        into.say("line", line, number=number)
        if _FORMULA.search(line):
            into.hide("cell_formula", str(number))
        if _TURNED.search(line):
            into.hide("hidden_text", str(number))
