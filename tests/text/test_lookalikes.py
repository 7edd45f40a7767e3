"""Look-alikes: which signs they are, and what they mean."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from evalpress.text.lookalikes import BEYOND_NFKC, TABLE, lookalikes, unified
from evalpress.text.privacy import find_private
from evalpress.text.secrets import secrets_in

PASTED = "本局⻓期负责⺠生⽀出和⽂化惠⺠⼯程，检查⻝堂、⻔诊和⻋辆，⻘年⼾籍另⾏统计，详⻅附件。"
TYPED = "本局长期负责民生支出和文化惠民工程，检查食堂、门诊和车辆，青年户籍另行统计，详见附件。"


def test_text_from_a_pdf_becomes_the_one_that_was_typed() -> None:
    assert unified(PASTED) == TYPED
    assert len(unified(PASTED)) == len(PASTED)
    assert list(lookalikes(PASTED))[:3] == ["⻓", "⺠", "⽀"]


@pytest.mark.parametrize(
    "text",
    [TYPED, "（二）２０２５年①㎡℃㈠Ⅱ：“，”", "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩", "𠮷野家堃镕", "αβ≥≤", ""],
)
def test_right_signs_stay(text: str) -> None:
    assert unified(text) == text
    assert not lookalikes(text)


def test_every_kangxi_radical_and_compatibility_ideograph_is_known() -> None:
    assert all(chr(code) in TABLE for code in range(0x2F00, 0x2FD6))
    assert TABLE["\uf900"] == "豈"
    assert TABLE["\U0002f800"] == "丽"
    assert all(normalize("NFKC", meant) == meant for meant in TABLE.values())
    assert not set(TABLE.values()) & set(TABLE)


def test_the_table_beyond_normalisation_says_what_normalisation_does_not() -> None:
    pairs = dict(zip(BEYOND_NFKC[::2], BEYOND_NFKC[1::2], strict=True))
    known = {sign for sign, meant in pairs.items() if normalize("NFKC", sign) == meant}
    assert known <= {"⺟", "⻳"}
    assert len(pairs) * 2 == len(BEYOND_NFKC)


def test_rules_see_through_them() -> None:
    assert find_private("联系⼈：张三，⼿机13800138000") == find_private(
        "联系人：张三，手机13800138000"
    )
    assert [s.word for s in secrets_in("⾦库密⽂件", ("密文件",))] == ["密文件"]
