"""Days of the work: stages, and when the evaluation was finished."""

from __future__ import annotations

import pytest

from subjects import findings, places


def stages(*spans: tuple[str, str], more: str = "") -> str:
    lines = "".join(
        f"    - {{id: s{n}, name: 阶段{n}, start: {first}, end: {last}}}\n"
        for n, (first, last) in enumerate(spans)
    )
    return f"evaluation:\n  stages:\n{lines}{more}"


def test_stages_in_their_order() -> None:
    assert not findings("stage_order", stages(("4月2日", "4月4日"), ("4月5日", "4月12日")))
    assert not findings("stage_order", stages(("12月20日", "1月15日"), ("1月16日", "2月1日")))
    assert places("stage_order", stages(("4月5日", "4月2日"))) == ["evaluation/s0"]
    assert places("stage_order", stages(("4月5日", "4月8日"), ("4月2日", "4月9日"))) == [
        "evaluation/s1"
    ]
    period = "evaluation: {start: 2026-08-25, end: 2026-08-24}"
    assert places("stage_order", period) == ["evaluation/end"]


def test_the_report_is_finished_when_the_stages_are() -> None:
    span = ("4月5日", "4月12日")
    assert findings("completed_after_stages", stages(span, more="  completed: 4月23日"))
    assert not findings("completed_after_stages", stages(span, more="  completed: 4月12日"))
    assert findings("completion_order", stages(span, more="  completed: 4月10日"))
    issued = "public_info: {issued: 2026-04-10}\nevaluation: {completed: 4月12日}"
    assert places("completion_order", issued) == ["public_info/issued"]


def test_work_outside_its_stage() -> None:
    text = stages(("4月5日", "4月12日")).replace("}\n", ", content: 于4月23日完成自评报告。}\n")
    (found,) = findings("stage_beyond", f"{text}  completed: 4月23日")
    assert "4月23日" in found.what and "4月12日" in found.what
    assert not findings("completed_after_stages", f"{text}  completed: 4月23日")
    assert not findings("stage_beyond", text.replace("23日完成", "10日完成"))


def test_work_outside_a_stage_that_the_prose_tells() -> None:
    text = (
        "body:\n"
        "  method:\n"
        "    - （二）自评阶段（4月5日——4月12日）\n"
        "    - 形成结论，并于4月23日完成自评报告。"
    )
    (found,) = findings("stage_beyond", text)
    assert "自评阶段" in found.what and found.place == "body/method/2/text"


def prose(*lines: str) -> str:
    return "body:\n  method: |\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("（一）准备阶段（4月2日—4月4日）", "（二）自评阶段（4月5日—4月12日）"), 0),
        (("（一）自评阶段（4月5日—4月12日）", "（二）准备阶段（4月2日—4月4日）"), 1),
        (("准备阶段：4月4日至4月2日。", "自评阶段：4月5日至12日。"), 1),
        (("准备阶段：4月2日至4日。", "自评阶段：4月5日至12日。"), 0),
    ],
)
def test_stages_of_the_prose_in_their_order(lines: tuple[str, ...], wrong: int) -> None:
    assert len(findings("stage_order", prose(*lines))) == wrong


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("（一）准备阶段（4月2日—4月4日）", "（二）自评阶段（4月5日——4月12日）",
          "3、分析评价。形成结论，并于4月23日完成自评报告。"), 6),
        (("（一）准备阶段（4月2日—4月4日）", "（二）自评阶段（4月5日——4月23日）",
          "3、分析评价。形成结论，并于4月23日完成自评报告。"), 0),
        (("自评阶段（4月5日至12日）：4月23日完成自评报告。",), 4),
    ],
)  # fmt: skip
def test_work_after_a_stage_of_pasted_prose(lines: tuple[str, ...], line: int) -> None:
    found = findings("stage_beyond", prose(*lines))
    assert [f.where.line for f in found] == ([line] if line else [])


def test_the_report_is_finished_within_the_stages_wherever_the_prose_says_so() -> None:
    text = stages(("4月2日", "4月4日"), ("4月5日", "4月12日"))
    late = "body: {overview: 我局于4月23日完成自评报告并上报。}"
    assert findings("stage_beyond", text + late)
    assert not findings("stage_beyond", text + late.replace("23日", "12日"))
    assert not findings("stage_beyond", text + "body: {overview: 4月23日完成汛前检查。}")


@pytest.mark.parametrize(
    ("dates", "end", "wrong"),
    [
        ("4月2日—4月4日", "4月4日", False), ("4月2日至4日", "4月4日", False),
        ("4.2-4.4", "4月4日", False), ("4月2日—4月14日", "4月4日", True),
        ("4月上旬", "4月4日", False),
    ],
)  # fmt: skip
def test_a_stage_s_days_are_those_of_the_original(dates: str, end: str, wrong: bool) -> None:
    stage = f"{{id: a, name: 准备, dates: {dates}, start: 4月2日, end: {end}}}"
    found = places("stage_dates", f"evaluation: {{stages: [{stage}]}}")
    assert found == (["evaluation/a/end"] if wrong else [])


def test_a_span_has_one_dash() -> None:
    [found] = findings("range_dash", prose("自评阶段（4月5日——4月12日）"))
    assert (found.where.line, found.where.column) == (4, 14)
    assert not findings("range_dash", prose("自评阶段（4月5日—4月12日）——主要工作"))
