"""What rules rest on: each names one basis, and every basis is somebody's."""

from __future__ import annotations

import pytest

from evalpress.checks import RULES
from evalpress.checks.bases import DOCUMENTS, PRACTICES, parted


def test_every_rule_names_its_basis_and_every_basis_is_named() -> None:
    assert {rule.basis for rule in RULES.values()} == PRACTICES | DOCUMENTS
    assert not [rule.name for rule in RULES.values() if "依据" in rule.about]


@pytest.mark.parametrize(
    "doc", ["金额一致。", "金额一致。\n\n依据：第99条", "金额一致。\n\n依据："]
)
def test_a_rule_without_a_known_basis_is_refused(doc: str) -> None:
    with pytest.raises(ValueError, match=r"bases\.py"):
        parted(doc)
