"""Two texts of one document: what is another, missing, added, or in another order."""

from __future__ import annotations

import pytest

from evalpress.text.collation import Difference, Kind, Origin, Passage, collate, shared

ORIGINAL = [
    "云泽区民政局2025年度部门整体支出绩效自评报告",
    "一、部门基本情况",
    "本局下设三个科室，另有一个所属单位。2025年底实有人员21人，固定资产42.60万元。",
    "二、资金",
    "2025年支出预算820万元，实际支出796.30万元，执行率97.11%。",
    "存在的问题：补助支付偏晚，上半年只支付了两成。问卷样本偏少。",
]


def told(original: list[str], copy: list[str], made: list[str] | None = None) -> list[Difference]:
    passages = [Passage(text) for text in copy] + [
        Passage(text, Origin.DATA) for text in made or []
    ]
    return collate(original, passages)


def edited(number: int, old: str, new: str) -> list[str]:
    assert old in ORIGINAL[number]
    return [text.replace(old, new) if n == number else text for n, text in enumerate(ORIGINAL)]


def test_the_same_text_has_no_difference() -> None:
    assert not told(ORIGINAL, ORIGINAL)


def test_white_space_and_look_alikes_do_not_count() -> None:
    copy = [
        text.replace("2025年", " 2025 年 ").replace("民", "⺠").replace("支", "⽀")
        for text in ORIGINAL
    ]
    assert not told(copy, ORIGINAL)
    assert not told(["他说⋯⋯〜"], ["他说……～"])


def test_cuts_between_lines_do_not_count() -> None:
    lines = [
        ORIGINAL[0][:9],
        ORIGINAL[0][9:],
        *ORIGINAL[1:4],
        ORIGINAL[4][:11],
        ORIGINAL[4][11:],
        ORIGINAL[5],
    ]
    assert not told(lines, ORIGINAL)


def test_another_figure_is_named_whole() -> None:
    (found,) = told(ORIGINAL, edited(4, "796.30", "769.30"))
    assert (found.kind, found.changes) == (Kind.CHANGED, (("796.30", "769.30"),))
    assert found.in_figures
    assert found.original.startswith("2025年支出预算")


@pytest.mark.parametrize(
    ("old", "new"), [("室，", "室,"), ("，另", "另"), ("三个", "两个"), ("科室", "科市")]
)
def test_a_sign_too_many_too_few_or_another_is_found(old: str, new: str) -> None:
    (found,) = told(ORIGINAL, edited(2, old, new))
    assert found.kind is Kind.CHANGED
    assert not found.in_figures
    assert len(found.changes) == 1


def test_four_commas_are_four_changes() -> None:
    copy = [text.replace("，", ",") for text in ORIGINAL]
    found = told(ORIGINAL, copy)
    assert sum(len(difference.changes) for difference in found) == "".join(ORIGINAL).count("，")


def test_a_sentence_missing_or_added_is_told_with_what_stands_before() -> None:
    (missing,) = told(ORIGINAL, edited(2, "2025年底实有人员21人，固定资产42.60万元。", ""))
    assert (missing.kind, missing.original[:8]) == (Kind.MISSING, "2025年底实有")
    assert missing.after.startswith("本局下设")
    assert missing.in_figures
    (added,) = told(ORIGINAL, edited(5, "问卷样本偏少。", "问卷样本偏少。下年增加。"))
    assert (added.kind, added.copy) == (Kind.ADDED, "下年增加。")


def test_sentences_in_another_order_are_moved_not_missing() -> None:
    copy = [*ORIGINAL[:2], *ORIGINAL[3:], ORIGINAL[2]]
    found = told(ORIGINAL, copy)
    assert {difference.kind for difference in found} == {Kind.MOVED}


def test_a_sentence_said_twice_is_added() -> None:
    copy = [*ORIGINAL, ORIGINAL[4]]
    (found,) = told(ORIGINAL, copy)
    assert found.kind is Kind.ADDED


def test_a_change_in_a_line_that_was_cut_is_one_change() -> None:
    lines = [*ORIGINAL[:4], ORIGINAL[4][:18], ORIGINAL[4][18:], ORIGINAL[5]]
    (found,) = told(lines, edited(4, "820", "802"))
    assert found.changes == (("820", "802"),)


def test_figures_come_first() -> None:
    copy = [text.replace("科室", "科市").replace("97.11", "97.12") for text in ORIGINAL]
    assert [difference.in_figures for difference in told(ORIGINAL, copy)] == [True, False]


# --- tables that a program lays out -------------------------------------------------------------

ROWS = ["项目　预算数　执行数", "总额　820　796.30", "基本支出　500　498.30"]
CELLS = ["总额", "820", "796.30", "基本支出", "500", "498.30"]


def test_cells_explain_the_original_s_table_wherever_it_stands() -> None:
    original = [*ORIGINAL[:3], "总额　820　796.30", "基本支出　500　498.30", *ORIGINAL[3:]]
    assert not told(original, ORIGINAL, CELLS)


def test_rows_of_a_pdf_are_explained_by_their_parts() -> None:
    original = [*ORIGINAL[:3], "总额 820 796.30", "基本 支出 500 498.30", *ORIGINAL[3:]]
    assert not told(original, ORIGINAL, CELLS)


def test_a_wrong_figure_in_a_table_shows_from_both_sides() -> None:
    original = [*ORIGINAL, "总额　820　796.30", "基本支出　500　489.30"]
    found = told(original, ORIGINAL, CELLS)
    assert [(d.kind, d.original or d.copy) for d in found] == [
        (Kind.MISSING, "489.30"),
        (Kind.ADDED, "498.30"),
    ]


def test_cells_that_a_pdf_tears_into_lines_are_found() -> None:
    lines = [*ORIGINAL, "特殊困难老年 ≥180户 183户", "人家庭改造"]
    cells = ["特殊困难老年人家庭改造", "≥180户", "183户"]
    copy = [*(Passage(text) for text in ORIGINAL), *(Passage(c, Origin.DATA) for c in cells)]
    assert not collate(lines, copy, wrapped=True)
    assert collate(lines, copy)
    wrong = [*copy[:-3], Passage("特殊困难老年人家庭改选", Origin.DATA), *copy[-2:]]
    assert [d.copy for d in collate(lines, wrong, wrapped=True)][-1] == "特殊困难老年人家庭改选"


def test_part_of_a_number_explains_nothing() -> None:
    found = told([*ORIGINAL, *ROWS[1:], "总额　82"], ORIGINAL, CELLS)
    assert [(d.kind, d.original) for d in found] == [(Kind.MISSING, "82")]


def test_words_of_the_program_explain_and_are_not_asked_for() -> None:
    heads = [Passage(text, Origin.PROGRAM) for text in ("资金情况", "预算数", "执行数")]
    copy = [Passage(text) for text in ORIGINAL]
    assert not collate([*ORIGINAL, "预算数　执行数"], [*copy, *heads])
    (found,) = collate([*ORIGINAL, "预算额　执行额"], [*copy, *heads])
    assert (found.kind, found.original) == (Kind.MISSING, "预算额　执行额")


def test_dashes_for_nothing_are_nothing() -> None:
    assert not told([*ORIGINAL, "—　/　……"], ORIGINAL)


def test_how_much_of_an_original_is_on_the_page() -> None:
    copy = [Passage(text) for text in ORIGINAL]
    assert shared(ORIGINAL, copy) == 1
    assert shared(["云云云云云云。"] * 9 + ORIGINAL[:1], copy) == 0.1
    assert shared([], copy) == 0


def in_rows(*rows: tuple[str, ...]) -> list[Passage]:
    cells = [(number, text) for number, row in enumerate(rows, 1) for text in row]
    return [Passage(text, Origin.DATA, number) for number, text in cells]


def test_figures_that_changed_their_row() -> None:
    original = ["基本支出\t1058.20\t1042.86", "项目支出\t778.00\t955.45"]
    right = in_rows(("基本支出", "1058.20", "1042.86"), ("项目支出", "778.00", "955.45"))
    assert not collate(original, right)
    wrong = in_rows(("基本支出", "1058.20", "955.45"), ("项目支出", "778.00", "1042.86"))
    found = collate(original, wrong)
    assert [d.changes for d in found] == [(("1042.86", "955.45"),), (("955.45", "1042.86"),)]
    assert all(d.in_figures for d in found)


def test_figures_of_either_width_are_the_same() -> None:
    copy = [text.replace("2025", "２０２５").replace("97.11%", "97.11％") for text in ORIGINAL]
    assert not told(copy, ORIGINAL)


PLACES = "城东小学540个、城西中学600个，合计1140个。"


@pytest.mark.parametrize(
    "written",
    ["城东小学600个、城西中学540个，合计1140个。", "城东小学450个、城西中学600个，合计1140个。"],
)
def test_figures_of_a_sentence_in_a_table_are_held_one_by_one(written: str) -> None:
    found = told([*ORIGINAL, written], ORIGINAL, [PLACES])
    assert [(d.kind, d.in_figures) for d in found if d.kind is Kind.CHANGED] == [
        (Kind.CHANGED, True)
    ]
    assert len(found) == 1


def test_a_sentence_that_a_table_holds_is_no_difference() -> None:
    assert not told([*ORIGINAL, PLACES], ORIGINAL, [PLACES])


def test_figures_of_two_rows_exchanged_are_told_where_levels_repeat() -> None:
    rows = [["产出指标", "新增学位", "1200个", "8"], ["产出指标", "培训人次", "6200人次", "5"]]
    passages = [*map(Passage, ORIGINAL)]
    passages += [Passage(c, Origin.DATA, n) for n, row in enumerate(rows, 1) for c in row]
    exchanged = [[*rows[0][:3], "5"], [*rows[1][:3], "8"]]
    original = [*ORIGINAL, *("\t".join(row) for row in exchanged)]
    assert {d.kind for d in collate(original, passages)} == {Kind.CHANGED}
    assert not collate([*ORIGINAL, *("\t".join(row) for row in rows)], passages)


def test_cells_that_a_program_lays_out_in_a_line_explain_it() -> None:
    cells = ["自评得分", "98.69分", "满分100分", "部门", "云泽区民政局", "9", "8"]
    assert not told(
        [*ORIGINAL, "自评得分98.69分满分100分", "部门：云泽区民政局"], ORIGINAL, cells[:5]
    )
    wrong = told([*ORIGINAL, "自评得分98.96分满分100分"], ORIGINAL, cells[:5])
    assert any("98.96" in difference.original for difference in wrong)
    assert any("98" in d.original for d in told([*ORIGINAL, "得98分"], ORIGINAL, cells))
