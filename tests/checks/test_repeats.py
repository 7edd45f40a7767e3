"""What stands twice in a text or a cell."""

from __future__ import annotations

import pytest

from subjects import findings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年组织开展安全检查12次。全年组织开展安全检查12次。", "全年组织开展安全检查12次"),
        ("加强部门之间的沟通协调和信息共享，完善制度，加强部门之间的沟通协调和信息共享。", "加强"),
        ("组织开展组织开展安全检查。", "组织开展"),
        ("全年组织开展安全检查12次。全年组织开展安全检查15次。", ""),
        ("研究研究再说，天天向上。", ""),
        ("保障视频会议，保障值班。", ""),
        ("一二三四一二三四五六七八。", "一二三四"),
    ],
)
def test_a_text_says_a_thing_once(text: str, found: str) -> None:
    seen = findings("repeated_text", f"body: {{overview: {text}}}")
    assert [found in f.what for f in seen] == ([True] if found else [])


def test_the_second_one_is_shown() -> None:
    text = "body:\n  overview: |\n    全年组织开展安全检查12次。\n    全年组织开展安全检查12次。"
    [found] = findings("repeated_text", text)
    assert found.where.line == 5


def test_cells_too() -> None:
    cell = "完成年度检查任务并整改到位。完成年度检查任务并整改到位。"
    table = f"body: {{overview: [{{table: 表, columns: [甲], rows: [[{cell}]]}}]}}"
    assert findings("repeated_text", table)


def test_a_short_sentence_right_behind_itself() -> None:
    assert findings("repeated_text", "body: {overview: [受益农户8户。受益农户8户。]}")
    assert not findings("repeated_text", "body: {overview: [受益农户8户。受益农户8户以上。]}")
