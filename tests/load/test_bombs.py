"""1 read: files made to exhaust the reader are answered at once and take little memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import forked
from evalpress.load import MAX_BYTES
from samples import REPORT, data_folder

TIMES = 40  # as much work as so many yardsticks
GROWTH = 30  # as many bytes as the largest file has, so many times
READ = '''
import re, resource, sys
from pathlib import Path
from evalpress.checks import Context, check
from evalpress.findings import report
from evalpress.load import load
from waiting import CEILING, yardsticks

data = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_CPU, (int(CEILING),) * 2)
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

def read():
    loaded = load(data)
    return report([*loaded.findings, *check(Context(loaded, data))])

def peak():
    """The most bytes that this program took; ru_maxrss would count what pytest held before it."""
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

before = peak()
text, spent = yardsticks(read)
print(spent, peak() - before, len(text))
print(text[-20_000:])
'''
STATE = "state: draft\n"


def filled(piece: str, start: str = "", end: str = "") -> str:
    """As many pieces as the largest file takes."""
    return start + piece * ((MAX_BYTES - len((start + end).encode())) // len(piece.encode())) + end


BOMBS: dict[str, tuple[str, str]] = {
    "open brackets": (filled("["), "too_deep"),
    "pairs of brackets": (filled("[],", "a: [", "]"), "too_many_parts"),
    "numbers": (filled("1,", "a: [", "]"), "too_many_parts"),
    "fields": ("".join(f"k{n}: 1\n" for n in range(350_000)), "too_many_parts"),
    "the same field": (filled("a: 1\n"), "too_many_findings"),
    "mappings": (filled("{a: "), "too_deep"),
    "dashes": (filled("- "), "too_deep"),
    "questions": (filled("? "), "key_refused"),
    "one text": (filled("一", "a: "), "text_too_long"),
    "lines of one text": (filled(" y\n", "a: x\n"), "text_too_long"),
    "lines in quotes": (filled("\\\\\n ", 'a: "', '"'), "text_too_long"),
    "one key": (filled("x", end=": 1"), "text_too_long"),
    "anchors": (filled("&a "), "alias_refused"),
    "aliases": ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50)),
                "alias_refused"),
    "merges": ("a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(18)),
               "alias_refused"),
    "documents": (filled("---\n"), "second_document"),
    "empty lines": (filled("\n", end="a: ["), "open_bracket"),
    "hidden characters": (filled("\u200b", "a: "), "text_too_long"),
    "control characters": (filled("\x07", "a: "), "control_character"),
    "stuck fields": (filled("  - label：x\n", "a:\n"), "too_many_findings"),
    "wrong entries": (f"{STATE}indicators:\n" + "  - {id: A, x: 1}\n" * 18_000, "not_an_id"),
    "wrong blocks": (f"{STATE}body:\n  a:\n" + "    - {x: y}\n" * 28_000, "no_such_block"),
    "a date of spaces": (f"{STATE}public_info: {{issued: '2025年{' ' * 190_000}x'}}", "not_a_date"),
    "an id of dashes": (f"{STATE}outline: {'a-' * 95_000}", "not_an_id"),
    "a long text": (f"{STATE}body: {{overview: '{'一二三' * 60_000}'}}", "undated"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_answered_at_once(name: str, tmp_path: Path) -> None:
    text, rule = BOMBS[name]
    assert len(text.encode()) <= MAX_BYTES
    data = data_folder(tmp_path, {REPORT: text})
    (tmp_path / "reading.py").write_text(READ, encoding="utf-8")
    code, said = forked.run(("reading", str(data)), tmp_path, dict(os.environ))
    assert code == 0, said
    spent, grown, length = said.split("\n")[0].split()
    assert f"[{rule}]" in said
    assert float(spent) < TIMES
    assert int(grown) < GROWTH * MAX_BYTES
    assert int(length) < 200_000
