"""The register of corrections for programs: what its page says, and nothing that was removed."""

from __future__ import annotations

import json
from typing import Any

from evalpress.assess import assess
from evalpress.disclose.public import withdrawn
from evalpress.exports.correction_register import correction_register
from evalpress.model import Report, State
from samples import NOW, public, reference, written

TEXT = """
title: 甲
version: 3
first_published: 2025-03-01 9:00
corrections:
  - {id: c1, place: title, kind: wording, date: 2025年4月, old: 乙, new: 甲,
     reason: 笔误, office: 办公室}
  - {id: c2, place: scores, kind: material, redacted: 是, date: 2025-05-06, old: 秘密, reason: 误列}
  - {id: c3, place: scores}
"""


def told(**more: Any) -> list[dict[str, Any]]:
    found = json.loads(correction_register(assess([public(TEXT)], reference(), NOW, **more)))
    assert found["version"] == 1
    return list(found["corrections"])


def test_every_dated_correction_is_told_the_newest_first() -> None:
    second, first = told()
    assert (first["id"], first["day"], first["date"]) == ("c1", "2025-04-01", "2025年4月")
    assert (first["old"], first["new"], first["reason"]) == ("乙", "甲", "笔误")
    assert first["address"] == "education/2025/" and first["nature"] == "只改文字"
    assert (second["id"], second["redacted"]) == ("c2", True)
    assert "秘密" not in json.dumps(second, ensure_ascii=False)
    assert "new" not in second and "redacted" not in first


def test_what_was_taken_back_is_told() -> None:
    why = "withdrawal: {date: 2025-06-10, reason: 重复计列, office: 教育局}\n"
    report = written(f"first_published: 2025-03-01 9:00\ntitle: 丙\n{why}", slug="other")
    content = report.content.model_copy(update={"state": State.WITHDRAWN})
    gone = withdrawn([Report(report.key, report.source, content)], reference(), NOW)
    taken, *_ = told(withdrawn=gone)
    assert (taken["change"], taken["day"], taken["reason"]) == (
        "withdrawal", "2025-06-10", "重复计列",
    )  # fmt: skip
