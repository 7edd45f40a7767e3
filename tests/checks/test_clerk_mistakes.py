"""Mistakes of a clerk's kind, each in a whole report, and each with its right twin.

The clean report has no finding but hints; one change makes a mistake that one of the named rules
finds. The right twin is another change of the same kind that no rule objects to.
"""

# ruff: noqa: E501
from __future__ import annotations

import dataclasses
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest

from evalpress.checks import RULES, check_report
from evalpress.findings import Finding, Level
from evalpress.model import Reference, WordRule
from samples import reference, written
from subjects import subject

CLEAN = """title: 云汀县教育局2025年度部门整体支出绩效自评报告
first_published: 2026-08-19 09:10
public_info: {publisher: 云汀县教育局, issued: 2026-08-12}
body:
  overview:
    - 云汀县教育局下设6个股室和3个事业单位，2025年末在编46人，其中行政20人、事业26人。
  finances:
    - 全年预算960.50万元，其中基本支出600.50万元、项目支出360.00万元。
    - 全年支出912.48万元，执行率95.00%，年末结转48.02万元。
  method:
    - 准备阶段（4月2日—4月4日），制定方案。
    - 自评阶段（4月5日—4月12日），核对指标，于4月12日完成自评报告。
    - 发放问卷500份，收回480份，回收率96%。
  overall-results:
    - 全年举办培训36场：线下28场、线上8场，其中8场为直播。
    - 检查学校64所，整改隐患21处。
  conclusion:
    - 自评得分：预算执行率9.50分、产出指标49分、效益指标30分、满意度指标10分，合计98.50分，等级为优。
goals:
  overall: {target: 完成64所学校检查，培训教师320人次。, actual: 检查64所，培训328人次。}
funds:
  unit: 万元
  rows:
    - id: total
      amounts: {initial: 940.50, budget: 960.50, executed: 912.48}
      rate: 95.00%
      full_marks: 10
      score: 9.50
    - {id: appropriation, amounts: {initial: 900.50, budget: 920.50, executed: 872.48}}
    - {id: carried, amounts: {initial: 30.00, budget: 30.00, executed: 30.00}}
    - {id: other, amounts: {initial: 10.00, budget: 10.00, executed: 10.00}}
indicators:
  - {id: rate, level1: 预算执行率指标, level2: 预算执行率指标, name: 预算执行率, target: 100%, actual: 95.00%, full_marks: 10, score: 9.50, deviation: 一个工程年底才结算。}
  - {id: schools, level1: 产出指标, level2: 数量指标, name: 检查学校数, target: ≥64所, actual: 64所, full_marks: 30, score: 30}
  - {id: train, level1: 产出指标, level2: 数量指标, name: 教师培训人次, target: ≥320人次, actual: 328人次, full_marks: 10, score: 10}
  - {id: time, level1: 产出指标, level2: 时效指标, name: 按期完成率, target: ≥100%, actual: 90%, full_marks: 10, score: 9, deviation: 两个项目延期到次年一月。}
  - {id: safe, level1: 效益指标, level2: 社会效益指标, name: 隐患整改率, target: ≥95%, actual: 98%, full_marks: 30, score: 30}
  - {id: happy, level1: 满意度指标, level2: 服务对象满意度指标, name: 家长满意度, target: ≥90%, actual: 93%, full_marks: 10, score: 10, evidence: 问卷480份}
scores:
  items:
    - {name: 预算执行率指标, score: 9.50}
    - {name: 产出指标, score: 49}
    - {name: 效益指标, score: 30}
    - {name: 满意度指标, score: 10}
  total: 98.50
  grade: 优
problems:
  - {id: late, text: 工程结算偏晚，资金支付集中在年底。, measure: 每季度核对进度，按合同节点付款。}
signature: {office: 云汀县教育局, date: 2026年8月12日}
"""
EARLIER = (
    CLEAN.replace("2025", "2024").replace("2026", "2025").replace("960.50", "955.50")
    .replace("360.00", "355.00").replace("920.50", "915.50").replace("912.48", "905.80")
    .replace("872.48", "865.80").replace("95.00%", "94.80%").replace("48.02", "49.70")
    .replace("9.50", "9.48").replace("98.50", "98.48").replace("940.50", "939.48")
)  # fmt: skip


class Mistake(NamedTuple):
    """What is changed: a piece of the clean report, into a wrong one and into a right one."""

    old: str
    wrong: str
    rules: str
    right: str = ""


MISTAKES = {
    # what another report left behind, and what was not done
    "not begun": Mistake("actual: 64所, full_marks: 30", "actual: 未开展, full_marks: 30",
        "undone_scored", "actual: 64所（未发现漏检）, full_marks: 30"),
    "not finished": Mistake("actual: 98%, full_marks: 30", "actual: 尚未验收, full_marks: 30",
        "undone_scored", "actual: 未发生事故, full_marks: 30"),
    "kind misspelt": Mistake("绩效自评报告\n", "绩效自平报告\n", "title_misspelt",
        "绩效自查报告\n"),
    "kind turned round": Mistake("绩效自评报告\n", "绩效评自报告\n", "title_misspelt",
        "绩效自评工作报告\n"),
    "kind with a wrong sign": Mistake("部门整体支出", "部门整休支出", "title_misspelt",
        "整体支出"),
    "goal of last year": Mistake("培训教师320人次。,", "2024年培训教师320人次。,", "goal_year",
        "2024年以来共培训教师320人次。,"),
    "budget of others": Mistake("- 全年预算960.50", "- 云汀县财政局全年预算960.50",
        "other_department", "- 按云汀县财政局的批复，全年预算960.50"),
    "offices of others": Mistake("- 云汀县教育局下设", "- 云汀县财政局下设", "other_department",
        "- 云汀县教育局内设"),
    # money
    "unit": Mistake("unit: 万元", "unit: 元", "prose_amount unit_slip"),
    "unknown unit": Mistake("unit: 万元", "unit: 萬圓", "money_unit", "unit: 万元"),
    "budget in yuan": Mistake("budget: 960.50, executed: 912.48",
        "budget: 960.50, executed: 9124800", "unit_slip overspent"),
    "swapped": Mistake("budget: 960.50, executed: 912.48", "budget: 912.48, executed: 960.50",
        "overspent"),
    "negative": Mistake("carried, amounts: {initial: 30.00, budget: 30.00, executed: 30.00}",
        "carried, amounts: {initial: 30.00, budget: 30.00, executed: -30.00}", "negative_amount"),
    "absurd": Mistake("initial: 940.50", "initial: 940500000000", "absurd_amount fund_sum"),
    "tail": Mistake("budget: 920.50, executed: 872.48", "budget: 920.48, executed: 872.48",
        "rounding_difference", "budget: 920.50, executed: 872.48"),
    "sum": Mistake("budget: 920.50, executed: 872.48", "budget: 920.05, executed: 872.48",
        "fund_sum"),
    "transposed digits": Mistake("全年支出912.48万元", "全年支出921.48万元", "prose_amount",
        "全年支出912.5万元"),
    "prose tail": Mistake("基本支出600.50万元、项目支出360.00万元",
        "基本支出600.50万元、项目支出359.99万元、其他支出0.00万元", "rounding_difference"),
    "prose sum": Mistake("其中基本支出600.50万元、项目支出360.00万元",
        "包括基本支出600.50万元、项目支出350.00万元", "prose_sum",
        "包括基本支出600.50万元、项目支出360.00万元"),
    "rate": Mistake("执行率95.00%，", "执行率96.00%，", "prose_amount", "执行率95%，"),
    "rate in table": Mistake("rate: 95.00%", "rate: 94.00%", "execution_rate", "rate: 95%"),
    "rate above all": Mistake("executed: 912.48}\n      rate: 95.00%",
        "executed: 972.48}\n      rate: 101.25%", "overspent fund_sum"),
    "carried over": Mistake("年末结转48.02万元", "年末结转84.02万元", "prose_amount"),
    "score of the rate": Mistake("score: 9.50\n    - {id: app", "score: 10\n    - {id: app",
        "execution_score"),
    # points
    "total": Mistake("total: 98.50", "total: 99.50", "total_score"),
    "grade": Mistake("grade: 优", "grade: 良", "grade_differs", "grade: 优秀"),
    "weights": Mistake("actual: 64所, full_marks: 30, score: 30",
        "actual: 64所, full_marks: 35, score: 30, deviation: 一所延期。", "indicator_weights"),
    "dimension": Mistake("{name: 产出指标, score: 49}", "{name: 产出指标, score: 48}",
        "dimension_score"),
    "more than full": Mistake("actual: 98%, full_marks: 30, score: 30",
        "actual: 98%, full_marks: 30, score: 31", "score_out_of_range"),
    "unmet": Mistake("actual: 90%, full_marks: 10, score: 9,",
        "actual: 90%, full_marks: 10, score: 10,", "unmet_full_marks"),
    "unmet in full width": Mistake("target: ≥100%, actual: 90%, full_marks: 10, score: 9,",
        "target: ≥１００%, actual: 90%, full_marks: 10, score: 10,",
        "unmet_full_marks full_width"),
    "no reason": Mistake(", deviation: 两个项目延期到次年一月。", "", "points_lost",
        ", deviation: 两所学校推迟。"),
    "bare rate": Mistake("target: ≥95%, actual: 98%", "target: 95, actual: 98",
        "rate_without_unit", "target: ≥95%, actual: 98%"),
    "overachieved": Mistake("actual: 328人次", "actual: 628人次", "overachieved prose_fact",
        "actual: 330人次"),
    "blank level": Mistake("id: train, level1: 产出指标, ", "id: train, ", "not_checked"),
    "misspelt level": Mistake("id: train, level1: 产出指标", "id: train, level1: 产岀指标",
        "level_name", "id: train, level1: 产出"),
    "decorated level": Mistake("id: train, level1: 产出指标", "id: train, level1: 产出指标（50分）",
        "level_name", "id: train, level1: 产出"),
    "misplaced": Mistake("level2: 社会效益指标", "level2: 数量指标", "misplaced_indicator",
        "level2: 可持续影响指标"),
    "twice": Mistake("name: 教师培训人次", "name: 检查学校数", "duplicate_indicator",
        "name: 教师培训人次数"),
    "missing score": Mistake("{name: 满意度指标, score: 10}", "{name: 满意度指标}", "not_checked"),
    "missing total": Mistake("  total: 98.50\n", "", "not_checked"),
    "points in the prose": Mistake("产出指标49分", "产出指标48分", "prose_score prose_sum"),
    "grade in the prose": Mistake("等级为优", "等级为良", "prose_grade", "等级为优"),
    # lists and numbers in prose
    "36 and 35": Mistake("线下28场、线上8场", "线下27场、线上8场", "prose_sum",
        "线下26场、线上10场"),
    "staff": Mistake("其中行政20人、事业26人", "其中行政20人、事业25人、工勤0人", "prose_sum",
        "其中行政20人、事业26人、工勤0人"),
    "share": Mistake("回收率96%", "回收率98%", "prose_share", "回收率96.0%"),
    "count": Mistake("检查学校64所", "检查学校46所", "prose_indicator prose_fact", "检查学校64所"),
    "repeated sentence": Mistake("整改隐患21处。", "整改隐患21处。检查学校64所，整改隐患21处。",
        "repeated_text", "整改隐患21处，全部销号。"),
    "stutter": Mistake("制定方案", "制定实施制定实施方案", "repeated_text", "制定实施方案"),
    "placeholder": Mistake("整改隐患21处", "整改隐患××处", "placeholder", "整改隐患21处"),
    "half width": Mistake("检查学校64所，整改", "检查学校，复查,整改", "half_width"),
    "open quote": Mistake("制定方案", "制定《方案", "unbalanced_pair", "制定《方案》"),
    "document": Mistake("制定方案", "按云财(2025)第3号制定方案", "document_number",
        "按云财〔2025〕3号制定方案"),
    "short year": Mistake("2025年末在编", "25年末在编", "short_year", "2025年底在编"),
    "until": Mistake("2025年末在编", "截止2025年末在编", "wording", "截至2025年末在编"),
    "numbers": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 1、检查学校64所。\n    - 3、整改隐患21处。", "number_order",
        "    - 1、检查学校64所。\n    - 2、整改隐患21处。"),
    "repeated heading": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - （一）检查学校64所。\n    - （一）整改隐患21处。", "number_order",
        "    - （一）检查学校64所。\n    - （二）整改隐患21处。"),
    "mixed brackets": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - (一)检查学校64所。\n    - （二）整改隐患21处。", "mixed_brackets",
        "    - （一）检查学校64所。\n    - （二）整改隐患21处。"),
    # dates
    "stages reversed": Mistake("准备阶段（4月2日—4月4日）", "准备阶段（4月14日—4月16日）",
        "stage_order", "准备阶段（4月1日—4月4日）"),
    "after the stages": Mistake("于4月12日完成自评报告", "于4月23日完成自评报告", "stage_beyond",
        "于4月11日完成自评报告"),
    "no such day": Mistake("（4月5日—4月12日）", "（4月5日—4月31日）", "impossible_day",
        "（4月5日—4月13日）"),
    "publication far away": Mistake("first_published: 2026-", "first_published: 2062-",
        "publication_year"),
    "issued after": Mistake("issued: 2026-08-12", "issued: 2026-09-12",
        "issued_after_publication", "issued: 2026-08-12"),
    "signed early": Mistake("date: 2026年8月12日", "date: 2025-08-12", "before_year_end",
        "date: 二〇二六年八月十二日"),
    "signed early in signs": Mistake("date: 2026年8月12日", "date: 二〇二五年八月十二日",
        "before_year_end signature_date"),
    "last year's title": Mistake("教育局2025年度部门", "教育局2024年度部门", "title_year"),
    # across the report
    "copied goal": Mistake("actual: 检查64所，培训328人次。",
        "actual: 完成64所学校检查，培训教师320人次。", "result_copies_goal"),
    "no measure": Mistake(", measure: 每季度核对进度，按合同节点付款。", "",
        "problem_without_measure", ", measure: 按月核对进度。"),
    "measure in the text": Mistake(
        "text: 工程结算偏晚，资金支付集中在年底。, measure: 每季度核对进度，按合同节点付款。",
        "text: 工程结算偏晚。今后每季度核对进度。", "problem_with_measure"),
    "nothing wrong": Mistake("text: 工程结算偏晚，资金支付集中在年底。", "text: 无", "no_problem"),
    "goal is a number": Mistake("target: 完成64所学校检查，培训教师320人次。", "target: '43.2'",
        "goal_is_number"),
    "cost": Mistake("level2: 时效指标, name: 按期完成率, target: ≥100%, actual: 90%",
        "level2: 成本指标, name: 总支出控制数, target: ≤1000万元, actual: 912万元", "cost_differs",
        "level2: 成本指标, name: 总支出控制数, target: ≤900万元, actual: 912.48万元"),
    # privacy
    "mobile": Mistake("制定方案", "制定方案，联系13812345678", "private_data"),
    "id": Mistake("制定方案", "制定方案，经办11010519491231002X", "private_data"),
    "name and landline": Mistake("    - 准备阶段", "    - {label: 联系人, text: 张伟}\n"
        "    - {label: 联系电话, text: 0311-86543210}\n    - 准备阶段", "private_data",
        "    - {label: 联系单位, text: 局办公室}\n"
        "    - {label: 联系电话, text: 0311-86543210}\n    - 准备阶段"),
    "in keys of their own": Mistake("public_info: {", "public_info: {extra: {联系人: 张伟, "
        "联系电话: 0311-86543210}, ", "private_data", "public_info: {extra: {联系单位: 办公室}, "),
    # what a second set of such mistakes showed
    "more than were sent": Mistake("收回480份", "收回580份", "more_than_all", "收回480份"),
    "three kinds of staff": Mistake("行政20人、事业26人", "行政20人、事业16人、工勤8人",
        "prose_sum", "行政20人、事业18人、工勤8人"),
    "measure is the problem": Mistake("measure: 每季度核对进度，按合同节点付款。",
        "measure: 工程结算偏晚，资金支付集中在年底。", "measure_vague",
        "measure: 加强管理，每季度核对进度。"),
    "slogan": Mistake("measure: 每季度核对进度，按合同节点付款。", "measure: 今后切实加强管理。",
        "measure_vague"),
    "words for a number": Mistake("target: ≥95%, actual: 98%", "target: ≥95%, actual: 已完成",
        "not_checked"),
    "reason is the name": Mistake("deviation: 两个项目延期到次年一月。", "deviation: 按期完成率",
        "deviation_filler"),
    "title without a year": Mistake("教育局2025年度部门", "教育局部门", "title_without_year",
        "教育局二〇二五年度部门"),
    "title of nearly the office": Mistake("title: 云汀县教育局", "title: 云丁县教育局",
        "office_name"),
    "neither grade": Mistake("等级为优", "等级为优良", "prose_grade", "等级为优秀"),
    "dots and a stop": Mistake("整改隐患21处。", "整改隐患21处……。", "repeated_punctuation"),
    "bracket of two widths": Mistake("4月2日—4月4日），制", "4月2日—4月4日),制", "bracket_widths"),
    "chat account": Mistake("制定方案", "制定方案（QQ：123456789）", "possible_private_data"),
    "rate without its sign": Mistake("回收率96%", "回收率96", "unit_missing"),
    "paragraph twice": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 检查学校64所，整改隐患21处，已销号。\n    - 检查学校64所，整改隐患21处，已销号。",
        "repeated_text"),
    "still to come": Mistake("actual: 检查64所，培训328人次。",
        "actual: 将检查64所，拟培训328人次。", "result_in_future"),
    # what a third set showed
    "parts in the next sentence": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 共培训教师328人次。其中小学教师150人次；中学教师200人次。", "prose_sum",
        "    - 共培训教师328人次。其中小学教师150人次；中学教师178人次。"),
    "a part mistyped": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 共培训教师328人次。其中小学教师150人次；中学教师160人次。", "prose_parts",
        "    - 共培训教师328人次。其中小学教师150人次；中学教师60人次。"),
    "halves of the year": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 全年检查64所。上半年30所，下半年30所。", "prose_sum",
        "    - 全年检查64所。上半年30所，下半年34所。"),
    "sentences and their sum": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 小学检查30所。中学检查30所。合计检查64所。", "prose_sum",
        "    - 小学检查30所。中学检查34所。合计检查64所。"),
    "divided by kind": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 全年检查64所。按学段分，小学40所、中学22所。", "prose_sum",
        "    - 全年检查64所，其中小学40所；整改幼儿园50所。"),
    "share in words": Mistake("回收率96%", "回收率百分之九十八", "prose_share",
        "回收率百分之九十六"),
    "name with its post": Mistake("制定方案", "制定方案（咨询：王伟（科长），0311-86543210）",
        "private_data", "制定方案（咨询：教育科（科长室），0311-86543210）"),
    "post before the name": Mistake("制定方案", "制定方案，联系人：教育科科长王伟，86543210",
        "private_data", "制定方案，联系单位：教育科，86543210"),
    "name with post as label": Mistake("    - 准备阶段",
        "    - {label: 王伟（科长）, text: 0311-86543210}\n    - 准备阶段", "private_data",
        "    - {label: 教育科（一楼）, text: 0311-86543210}\n    - 准备阶段"),
    "goal in other words": Mistake("完成64所学校检查，", "学校检查完成60所，",
        "prose_indicator", "学校检查完成64所，"),
    "thousands parted wrongly": Mistake("全年预算960.50万元", "全年预算9605,000元",
        "misplaced_comma", "全年预算9,605,000元"),
    "range from more to less": Mistake("制定方案", "每校抽查20至15人，制定方案", "falling_range",
        "每校抽查人数由20至15人调整，制定方案"),
    "first, then third": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 一是检查学校。三是整改隐患。", "number_order",
        "    - 一是检查学校。二是整改隐患。"),
    "end of the next year": Mistake("2025年末在编46人", "2026年末在编46人", "status_year",
        "2025年末在编46人，比2024年末在编人数持平"),
    "signed by others": Mistake("signature: {office: 云汀县教育局",
        "signature: {office: 云汀县财政局", "signed_by_others", "signature: {office: 县教育局"),
    "office with more in it": Mistake("signature: {office: 云汀县教育局",
        "signature: {office: 云汀县教育和体育局", "office_name", "signature: {office: 教育局"),
    "another point, rounded": Mistake("全年支出912.48万元", "全年支出0.91亿元", "prose_amount",
        "全年支出0.0912亿元"),
    "no such day of signing": Mistake("date: 2026年8月12日", "date: 2026年8月32日",
        "impossible_day"),
    # what a clerk copies from Word, Excel and WPS
    "level1 traditional": Mistake(
        "id: train, level1: 产出指标",
        "id: train, level1: 產出指標",
        "traditional_sign",
    ),
    "merged remnant": Mistake(
        "id: time, level1: 产出指标, level2: 时效指标",
        "id: time, level1: 〃, level2: 〃",
        "ditto",
    ),
    "merged remnant tongshang": Mistake(
        "id: time, level1: 产出指标, level2: 时效指标",
        "id: time, level1: 同上, level2: 同上",
        "ditto",
    ),
    "target qualitative denied": Mistake(
        "target: ≥95%, actual: 98%",
        "target: 及时, actual: 不及时",
        "undone_scored",
        "target: 及时, actual: 基本及时",
    ),
    "actual 95 for 95%": Mistake(
        "target: ≥95%, actual: 98%",
        "target: ≥95%, actual: '98'",
        "rate_without_unit",
    ),
    "fund total missing from table rows": Mistake(
        "    - {id: other, amounts: {initial: 10.00, budget: 10.00, executed: 10.00}}\n",
        "",
        "not_checked",
    ),
    "sum across paragraphs": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 检查学校64所，其中：\n    - 小学40所；\n    - 初中18所；\n    - 高中9所。",
        "prose_sum",
        "    - 检查学校64所，其中：\n    - 小学40所；\n    - 初中18所；\n    - 高中6所。",
    ),
    "total after list items": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - list:\n        - 小学检查40所；\n        - 初中检查18所；\n        - 高中检查9所；\n        - 合计64所。",
        "prose_sum",
        "    - list:\n        - 小学检查40所；\n        - 初中检查18所；\n        - 高中检查6所；\n        - 合计64所。",
    ),
    "table total row": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - table: 检查情况\n      columns: [学段, 学校数, 隐患数]\n      rows:\n        - [小学, '40', '12']\n        - [初中, '18', '6']\n        - [高中, '9', '3']\n        - [合计, '64', '21']",
        "table_total",
        "    - table: 检查情况\n      columns: [学段, 学校数, 隐患数]\n      rows:\n        - [小学, '40', '12']\n        - [初中, '18', '6']\n        - [高中, '6', '3']\n        - [合计, '64', '21']",
    ),
    "table total row first": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - table: 资金使用\n      columns: [项目, 金额（万元）]\n      rows:\n        - [合计, '100.00']\n        - [培训, '60.00']\n        - [检查, '30.00']\n        - [其他, '20.00']",
        "table_total",
        "    - table: 资金使用\n      columns: [项目, 金额（万元）]\n      rows:\n        - [合计, '110.00']\n        - [培训, '60.00']\n        - [检查, '30.00']\n        - [其他, '20.00']",
    ),
    "table total column": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - table: 检查情况\n      columns: [学段, 上半年, 下半年, 全年合计]\n      rows:\n        - [小学, '20', '20', '40']\n        - [初中, '8', '10', '19']",
        "table_total",
        "    - table: 检查情况\n      columns: [学段, 上半年, 下半年, 全年合计]\n      rows:\n        - [小学, '20', '20', '40']\n        - [初中, '8', '10', '18']",
    ),
    "table percent of row": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - table: 支出进度\n      columns: [项目, 预算（万元）, 支出（万元）, 执行率]\n      rows:\n        - [培训, '60.00', '45.00', 57%]\n        - [检查, '30.00', '30.00', 100%]",
        "table_rate",
        "    - table: 支出进度\n      columns: [项目, 预算（万元）, 支出（万元）, 执行率]\n      rows:\n        - [培训, '60.00', '45.00', 75%]\n        - [检查, '30.00', '30.00', 100%]",
    ),
    "markdown table total": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - markdown: |\n        | 学段 | 学校数 |\n        | --- | --- |\n        | 小学 | 40 |\n        | 初中 | 18 |\n        | 合计 | 64 |",
        "table_total",
        "    - markdown: |\n        | 学段 | 学校数 |\n        | --- | --- |\n        | 小学 | 40 |\n        | 初中 | 18 |\n        | 合计 | 58 |",
    ),
    "satisfaction from counts": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 收回480份，其中满意446份，满意率95%。",
        "prose_share",
        "    - 收回480份，其中满意446份，满意率92.92%。",
    ),
    "倍数": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 隐患由上年的10处增加到21处，是上年的3.1倍。",
        "prose_change",
        "    - 隐患由上年的10处增加到21处，是上年的2.1倍。",
    ),
    "下降 rate wrong": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 隐患由上年的30处减少到21处，下降40%。",
        "prose_change",
        "    - 隐患由上年的30处减少到21处，下降30%。",
    ),
    "百分点": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 满意度由91%提高到93%，提高了3个百分点。",
        "prose_change",
        "    - 满意度由91%提高到93%，提高了2个百分点。",
    ),
    "百分点 as percent": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 满意度由91%提高到93%，提高了2%。",
        "prose_change",
    ),
    "circled skip": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - ①检查学校64所；②整改隐患21处；④开展演练12场。",
        "number_order",
        "    - ①检查学校64所；②整改隐患21处；③开展演练12场。",
    ),
    "inline (1)(3)": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 主要做法：（1）检查学校；（3）整改隐患。",
        "number_order",
        "    - 主要做法：（1）检查学校；（2）整改隐患。",
    ),
    "第一第三": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 第一，检查学校64所；第三，整改隐患21处。",
        "number_order",
        "    - 第一，检查学校64所；第二，整改隐患21处。",
    ),
    "几方面": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 主要做法有三个方面：一是检查学校；二是整改隐患。",
        "miscounted_list",
        "    - 主要做法有两个方面：一是检查学校；二是整改隐患。",
    ),
    "以下四点": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 采取以下四项措施：一是检查学校；二是整改隐患；三是开展演练。",
        "miscounted_list",
        "    - 采取以下三项措施：一是检查学校；二是整改隐患；三是开展演练。",
    ),
    "repeat phrase": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 检查学校64所，检查学校64所，整改隐患21处。",
        "repeated_text",
    ),
    "的的": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 检查的的学校64所，整改隐患21处。",
        "repeated_text",
        "    - 检查学校64所，整改隐患21处，确有目的的学校除外。",
    ),
    "goal figure against indicator order": Mistake(
        "完成64所学校检查，培训教师320人次。",
        "全年对74所学校开展检查，组织320人次教师参加培训。",
        "prose_indicator",
        "全年对64所学校开展检查，组织320人次教师参加培训。",
    ),
    "result figure other order": Mistake(
        "actual: 检查64所，培训328人次。",
        "actual: 对46所学校做了检查，328人次教师参加培训。",
        "prose_indicator",
        "actual: 对64所学校做了检查，328人次教师参加培训。",
    ),
    "prose says all done but one unmet": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 6项指标全部完成年度目标。",
        "all_met",
        "    - 6项指标中4项完成年度目标。",
    ),
    "prose no deviation claim": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 各项指标均已完成，无偏差。",
        "all_met",
    ),
    "problem without measure empty list": Mistake(
        "problems:\n  - {id: late, text: 工程结算偏晚，资金支付集中在年底。, measure: 每季度核对进度，按合同节点付款。}\n",
        "problems: []\n",
        "field_empty",
    ),
    "measure equal next": Mistake(
        "measure: 每季度核对进度，按合同节点付款。",
        "measure: 同上",
        "ditto",
    ),
    "measure see above": Mistake(
        "measure: 每季度核对进度，按合同节点付款。",
        "measure: 见上",
        "ditto",
    ),
    "deviation on met": Mistake(
        "actual: 328人次, full_marks: 10, score: 10}",
        "actual: 328人次, full_marks: 10, score: 10, deviation: 未完成，因经费不足。}",
        "deviation_contradicts",
        "actual: 328人次, full_marks: 10, score: 10, deviation: 超额8人次，因增办一期。}",
    ),
    "other district": Mistake(
        "    - 检查学校64所，整改隐患21处。",
        "    - 云江县教育局检查学校64所，整改隐患21处。",
        "office_in_text",
        "    - 云汀县教育局检查学校64所，整改隐患21处。",
    ),
    "last year's texts' fiscal": Mistake(
        "全年预算960.50万元，其中",
        "2024年全年预算960.50万元，其中",
        "amount_year",
        "2025年全年预算960.50万元，其中",
    ),
    "execution rate indicator": Mistake(
        "target: 100%, actual: 95.00%, full_marks: 10, score: 9.50",
        "target: 100%, actual: 96.00%, full_marks: 10, score: 9.50",
        "rate_indicator",
        "target: 100%, actual: 95%, full_marks: 10, score: 9.50",
    ),
    "survey number contradictory": Mistake(
        "evidence: 问卷480份",
        "evidence: 问卷408份",
        "sample_differs",
    ),
    "title project in dept": Mistake(
        "部门整体支出绩效自评报告\nfirst",
        "项目支出绩效自评表\nfirst",
        "title_kind",
    ),
    # what a sixth set showed
    "another's short name": Mistake("- 自评得分：预算", "- 县财政局2025年度自评得分：预算",
        "other_department", "- 按县财政局2025年度绩效自评的要求，自评得分：预算"),
    "publisher is an office": Mistake("publisher: 云汀县教育局,", "publisher: 局办公室,",
        "inner_office", "publisher: 县教育局,"),
    "signed by an office": Mistake("{office: 云汀县教育局,", "{office: 云汀县教育局办公室,",
        "inner_office", "{office: 云汀县人民政府办公室,"),
    "of a city": Mistake("制定方案", "报区财政局，制定方案", "other_level", "报县财政局，制定方案"),
    "more than posts": Mistake("goals:\n  overall", "profile: {staff: [{name: 行政编制, value: 20, unit: 名}, {name: 行政在职人员, value: 22, unit: 人}]}\ngoals:\n  overall",
        "staff_above_posts", "profile: {staff: [{name: 行政编制, value: 20, unit: 名}, {name: 行政在职人员, value: 20, unit: 人}, {name: 事业在职人员, value: 26, unit: 人}]}\ngoals:\n  overall"),
    "more than posts in the prose": Mistake("其中行政20人、事业26人", "核定编制40名，实有46人",
        "staff_above_posts", "其中事业编制26名，实有46人"),
    "vehicles by 台": Mistake("goals:\n  overall", "profile: {assets: [{id: car, name: 公务用车, value: 3, unit: 台}]}\ngoals:\n  overall",
        "counting_word", "profile: {assets: [{id: car, name: 公务用车, value: 3, unit: 辆}]}\ngoals:\n  overall"),
    "vehicles by 台 in the prose": Mistake("整改隐患21处", "整改隐患21处，公务用车3台",
        "counting_word", "整改隐患21处，出动公务用车3台次"),
    "persons by two units": Mistake("target: ≥320人次, actual: 328人次", "target: ≥320名, actual: 328人",
        "unit_mixed", "target: ≥320人, actual: 328人"),
    "office twice": Mistake("goals:\n  overall", "profile: {offices: [办公室, 人事股, 办公室]}\ngoals:\n  overall",
        "repeated_item", "profile: {offices: [办公室, 人事股, 财务股]}\ngoals:\n  overall"),
    "row twice": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - table: 检查\n      columns: [学校, 隐患]\n      rows: [[一小, 2处], [二小, 3处], [一小, 2处]]",
        "repeated_item", "    - table: 检查\n      columns: [学校, 隐患]\n      rows: [[一小, 2处], [二小, 2处]]"),
    "columns in two units": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - table: 支出\n      columns: [项目, 预算（万元）, 支出（元）]\n      rows: [[培训, '60.00', '45.00'], [检查, '30.00', '30.00']]",
        "table_unit", "    - table: 支出\n      columns: [项目, 预算（万元）, 支出（元）]\n      rows: [[培训, '60.00', '450000'], [检查, '30.00', '300000']]"),
    "office of a problem": Mistake("problems:\n  - {id: late,",
        "profile: {offices: [人事股, 计划财务股]}\nproblems:\n  - {id: late, office: 计划财务科,",
        "problem_office",
        "profile: {offices: [人事股, 计划财务股]}\nproblems:\n  - {id: late, office: 人事股、计划财务股,"),
    "cause is the problem": Mistake("text: 工程结算偏晚，资金支付集中在年底。,",
        "text: 工程结算偏晚，资金支付集中在年底。, cause: 工程结算偏晚，资金支付集中在年底。,",
        "cause_copied", "text: 工程结算偏晚，资金支付集中在年底。, cause: 送审资料不全。,"),
    "measure begins long ago": Mistake("measure: 每季度核对进度", "measure: 2016年每季度核对进度",
        "measure_past", "measure: 2026年每季度核对进度"),
    "title says it twice": Mistake("绩效自评报告\n", "绩效自评报告报告\n", "title_misspelt"),
    "from more to less": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 检查学校由60所增加到46所。", "prose_change", "    - 检查学校由60所减少到46所。"),
    "hour of no clock": Mistake("整改隐患21处", "每日8时至27时值班", "no_such_time",
        "每日8时至22时值班，值班48时长"),
    "year turned round in a month": Mistake("整改隐患21处", "2052年8月整改隐患21处",
        "year_too_far", "整改隐患21处，租期至2052年8月"),
    "summary of another total": Mistake("issued: 2026-08-12}",
        "issued: 2026-08-12, summary: 自评总分89.50分，等级为良。}", "prose_score prose_grade",
        "issued: 2026-08-12, summary: 自评总分98.50分，等级为优。}"),
    "number of another year": Mistake("issued: 2026-08-12}",
        "issued: 2026-08-12, document_number: 云教〔2062〕5号}", "document_year",
        "issued: 2026-08-12, document_number: 云教〔2026〕5号}"),
    "fact of another year": Mistake("signature:", "facts: [{id: pupils, name: 在校学生, value: 42310, unit: 人, period: 2024年9月}]\nsignature:",
        "fact_year", "facts: [{id: pupils, name: 上年在校学生, value: 42310, unit: 人, period: 2024年9月}]\nsignature:"),
    "fact of the future": Mistake("signature:", "facts: [{id: pupils, name: 在校学生, value: 42310, unit: 人, period: 2052年末}]\nsignature:",
        "fact_ahead", "facts: [{id: pupils, name: 在校学生, value: 42310, unit: 人, period: 2025年末}]\nsignature:"),
    "results for a past budget": Mistake("整改隐患21处", "自评结果用于2025年预算编制",
        "usage_year", "自评结果用于2027年预算编制"),
    "evaluated too early": Mistake("整改隐患21处", "2025年3月，我局自评了2025年度的整体支出绩效",
        "evaluated_early", "2026年3月，我局自评了2025年度的整体支出绩效"),
    "evaluated another year": Mistake("整改隐患21处", "我局自评了2024年度的整体支出绩效",
        "prose_year", "我局自评了2025年度的整体支出绩效"),
    "stage of another year": Mistake("problems:", "evaluation: {stages: [{id: plan, name: 准备, dates: 2025年4月}]}\nproblems:",
        "stage_early", "evaluation: {stages: [{id: plan, name: 准备, dates: 2026年4月}]}\nproblems:"),
    "so many goals": Mistake("goals:\n  overall: {target: 完成64所学校检查，培训教师320人次。, actual: 检查64所，培训328人次。}",
        "goals:\n  overall: {target: 全年设分项目标3条。, actual: 检查64所，培训328人次。}\n  items: [{id: a, name: 检查, target: 检查学校。}, {id: b, name: 培训, target: 培训教师。}]",
        "prose_count", "goals:\n  overall: {target: 全年设分项目标2条。, actual: 检查64所，培训328人次。}\n  items: [{id: a, name: 检查, target: 检查学校。}, {id: b, name: 培训, target: 培训教师。}]"),
    "so many stages": Mistake("problems:",
        "evaluation: {stages: [{id: a, name: 准备, dates: 2026年4月, content: 自评工作分为四个阶段。}, {id: b, name: 填报, dates: 2026年5月}]}\nproblems:",
        "prose_count", "evaluation: {stages: [{id: a, name: 准备, dates: 2026年4月, content: 自评工作分为两个阶段。}, {id: b, name: 填报, dates: 2026年5月}]}\nproblems:"),
    "distance from a target": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 隐患整改率98%，比目标高5个百分点。", "prose_gap",
        "    - 隐患整改率98%，比目标高3个百分点。"),
    "points behind a label": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - {label: 产出, text: 得46分，扣在时效。}\n    - {label: 效益, text: 得30分。}", "prose_score",
        "    - {label: 产出, text: 得49分，扣在时效。}\n    - {label: 效益, text: 得30分。}"),
    "fell back by another number": Mistake("全年支出912.48万元，执行率95.00%，",
        "全年支出912.48万元，比上年增加6.68万元，执行率95.00%，回升2.20个百分点，", "prose_trend",
        "全年支出912.48万元，比上年增加6.68万元，执行率95.00%，回升0.20个百分点，"),
    "several amounts added": Mistake("    - 全年预算960.50万元，其中基本支出600.50万元、项目支出360.00万元。",
        "    - 年初预算940.50万元，年中追加人员经费12.00万元、培训费18.00万元，全年预算960.50万元。",
        "prose_sum", "    - 年初预算940.50万元，年中追加人员经费12.00万元、培训费8.00万元，全年预算960.50万元。"),
    "share of the spending": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 基本支出600.50万元，占56.81%。", "prose_share", "    - 基本支出600.50万元，占65.81%。"),
    "what is left of what came over": Mistake("    - 检查学校64所，整改隐患21处。",
        "    - 上年结转30.00万元，用去21.00万元，余8.00万元。", "prose_rest",
        "    - 上年结转30.00万元，用去21.00万元，余9.00万元。"),
    "万 without 元": Mistake("整改隐患21处", "付清检测费1.50万", "unit_missing",
        "整改隐患21处，收到意见费时1.50"),
    "negative against a target": Mistake("target: ≥100%, actual: 90%", "target: ≥5%, actual: -4.6%",
        "score_above_share"),
    "executed nowhere": Mistake("budget: 960.50, executed: 912.48}", "budget: 960.50}",
        "not_checked"),
    "rate counted in 个": Mistake("target: ≥95%, actual: 98%", "unit: 个, target: '95', actual: '98'",
        "rate_without_unit", "unit: '%', target: '95', actual: '98'"),
}  # fmt: skip


@cache
def known() -> Reference:
    entry = WordRule(wrong="截止(?=20)", right="截至")
    return dataclasses.replace(reference(), wording={entry.id: entry})


def found_in(text: str) -> list[Finding]:
    seen = subject(text, known=known())
    return check_report(replace(seen, earlier=written(EARLIER, year=2024)))


def changed(old: str, new: str) -> str:
    assert CLEAN.count(old) == 1, f"{CLEAN.count(old)} times: {old}"
    return CLEAN.replace(old, new)


def grave(findings: list[Finding]) -> list[str]:
    return [str(f) for f in findings if f.level is not Level.HINT]


def test_the_clean_report_is_clean() -> None:
    assert grave(found_in(CLEAN)) == []


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found(mistake: Mistake) -> None:
    rules = set(mistake.rules.split())
    assert rules <= RULES.keys()
    before = {f.rule for f in found_in(CLEAN)}
    assert {f.rule for f in found_in(changed(mistake.old, mistake.wrong))} & (rules - before)


RIGHT = {name: mistake for name, mistake in MISTAKES.items() if mistake.right}


@pytest.mark.parametrize("mistake", RIGHT.values(), ids=RIGHT)
def test_its_right_twin_is_left_alone(mistake: Mistake) -> None:
    text = changed(mistake.old, mistake.right)
    assert not {f.rule for f in found_in(text)} & set(mistake.rules.split())


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 60
