"""What other programs leave in texts is told where it stands; the same signs elsewhere are none."""

from __future__ import annotations

import pytest

from evalpress.load import parse
from samples import rules


def spots(text: str) -> list[tuple[str, int, int]]:
    return [(f.rule, f.where.line, f.where.column) for f in parse("x.yml", text.encode())[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 本局⻓期负责⺠生\n", [("look_alike", 1, 6)]),
        ("a: |\n  一\n  ⺠生\n  ⽂化\n", [("look_alike", 3, 3), ("look_alike", 4, 3)]),
        ("a:\n  - '⺠生'\n  - [⽂, 豈]\n", [("look_alike", 2, 6), ("look_alike", 3, 6)]),
        ("⽂: 一\n", [("look_alike", 1, 1)]),
        ('a: "\\u2F42"\n', [("look_alike", 1, 4)]),
        ("a: 甲\t乙\t12\n", [("tab_in_text", 1, 5)]),
        ("a: 甲_x000D_乙\n", [("excel_escape", 1, 5)]),
        ("a: '#REF!'\n", [("excel_error", 1, 5)]),
        ("a: 完成#N/A次\n", [("excel_error", 1, 6)]),
        ("a: '######'\n", [("excel_error", 1, 5)]),
        ("a: 一\u200b二\n", [("hidden_character", 1, 5)]),
    ],
)
def test_traces_are_found_where_they_are(text: str, found: list[tuple[str, int, int]]) -> None:
    assert spots(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "# ⺠生 #REF! _x000D_ \t\n# ######\na: 一\n", "a: 一\t\n", 'a: "甲\\t乙"\n',
        "a: 见_x_1_表\n", "a: |\n  #### 小标题\n", "a: 第3#楼\n", "a: ##\n",
        "a: 一\n########\nb: 二\n",
        "a: 一  # 甲\t乙\n", "a: （二）２０２５年①㎡\n",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_trace_passes(text: str) -> None:
    assert spots(text.replace("a: ##", "a: '##'")) == []


def test_what_is_read_is_what_was_meant() -> None:
    source, findings = parse("x.yml", "⺠: ⽂⺠\nb: '一\u200b⽂'\n".encode())
    assert source.data == {"民": "文民", "b": "一文"}
    assert source.is_sound
    assert rules(findings) == ["hidden_character", "look_alike", "look_alike", "look_alike"]


def test_a_flood_of_look_alikes_names_a_few() -> None:
    signs = "".join(map(chr, range(0x2F00, 0x2F20)))
    (finding,) = parse("x.yml", f"a: {signs}\n".encode())[1]
    assert finding.fix.count("→") == 10
