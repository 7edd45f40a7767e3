"""What is private only beside its label is found wherever the label stands."""

from __future__ import annotations

import pytest

from evalpress.checks import RULES
from subjects import findings, places

NAME, LANDLINE = "张伟", "0311-86543210"
LABELS = "- {label: 联系人, text: 张伟}\n    - {label: 联系电话, text: 0311-86543210}"
BESIDE = {
    "labels that follow one another": f"body:\n  overview:\n    {LABELS}",
    "a label with content": "body: {overview: [{label: 联系人, content: [张伟, 0311-86543210]}]}",
    "items of a list": "body: {overview: [{list: ['联系人：张伟', '电话：0311-86543210']}]}",
    "paragraphs": "body: {overview: ['联系人：张伟', '电话：0311-86543210']}",
    "a heading": "body: {overview: [{heading: 联系人, content: 张伟 0311-86543210}]}",
    "cells of a row": "body: {overview: [{table: 表, columns: [一, 二, 三, 四],"
    " rows: [[联系人, 张伟, 电话, 0311-86543210]]}]}",
    "cells below heads": "body: {overview: [{table: 表, columns: [联系人, 电话],"
    " rows: [[张伟, 0311-86543210]]}]}",
    "cells before heads": "body: {overview: [{table: 表, columns: [电话, 联系人],"
    " rows: [[0311-86543210, 张伟]]}]}",
    "cells under one another": "body: {overview: [{table: 表, columns: [项, 内容],"
    " rows: [[联系人, 张伟], [联系电话, 86543210]]}]}",
    "cells above one another": "body: {overview: [{table: 表, columns: [项, 内容],"
    " rows: [[联系电话, 86543210], [联系人, 张伟]]}]}",
    "the second column": "body: {overview: [{table: 表, columns: [项, 甲校, 乙校],"
    " rows: [[联系人, 李某, 张伟], [联系电话, '—', 86543210]]}]}",
    "keys of their own": "public_info: {extra: {联系人: 张伟, 联系电话: 0311-86543210}}",
    "the head of a project": "projects: [{id: p, name: 校舍, authority: '联系人：张伟',"
    " unit: 0311-86543210}]",
    "the head of the report": "project_name: 校舍\nauthority: '联系人：张伟'\nunit: 0311-86543210",
}


@pytest.mark.parametrize("text", BESIDE.values(), ids=BESIDE)
def test_a_name_beside_its_telephone_blocks(text: str) -> None:
    [found] = findings("private_data", text)
    assert found.exact == NAME
    assert NAME not in "".join(places("possible_private_data", text))


@pytest.mark.parametrize("text", BESIDE.values(), ids=BESIDE)
def test_a_name_without_a_telephone_is_asked_about(text: str) -> None:
    alone = text.replace(LANDLINE, "见公开栏").replace("86543210", "见公开栏")
    assert not findings("private_data", alone)
    assert [f.exact for f in findings("possible_private_data", alone)] == [NAME]


@pytest.mark.parametrize("text", BESIDE.values(), ids=BESIDE)
def test_an_office_beside_its_telephone_is_public(text: str) -> None:
    office = text.replace(NAME, "局办公室")
    assert not findings("private_data", office)
    assert not findings("possible_private_data", office)


@pytest.mark.parametrize(
    "text",
    [
        "body: {overview: [{label: 开户账号, text: '120034567890123'}]}",
        "public_info: {extra: {家庭住址: 云泽镇石桥村3组12号}}",
        "body: {overview: [{table: 表, columns: [项, 内容], rows: [[护照, E12345678]]}]}",
    ],
)
def test_other_labels_tell_what_is_beside_them(text: str) -> None:
    rules = ("private_data", "possible_private_data")
    assert [f for rule in rules for f in findings(rule, text)]


def test_what_is_withheld_is_not_published() -> None:
    text = BESIDE["labels that follow one another"]
    withheld = f"{text}\nwithheld: [{{place: body/overview, reason: 涉及个人信息}}]"
    assert not findings("private_data", withheld)


def test_numbers_do_not_run_from_one_text_into_the_next() -> None:
    text = "body: {overview: [{label: 联系人数, text: '138'}, {label: 户数, text: '12345678'}]}"
    assert not findings("private_data", text)


# --- what is shown and what a waiver repeats ------------------------------------------------------

ID = "11010519491231002X"
MASK = "11*************02X"


def test_a_number_is_never_repeated() -> None:
    text = f"title: 云泽县教育局2025年{ID}\nbody: {{overview: 身份证号{ID}，,}}"
    for name, rule in RULES.items():
        for found in findings(name, text) if rule.of_report else ():
            assert ID not in repr(found)
    assert {f.exact for f in findings("private_data", text)} == {MASK}


@pytest.mark.parametrize("cut", [ID[:16], ID[6:], ID[3:]])
def test_what_an_excerpt_leaves_of_a_number_is_masked_too(cut: str) -> None:
    text = f"waivers: []\nbody: {{overview: '{cut}'}}"
    [found] = findings("placeholder", f"{text}\nproject_name: '{cut}____'")
    assert cut not in found.what
