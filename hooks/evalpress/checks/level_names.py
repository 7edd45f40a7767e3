"""2 check: the name of a first or second level as written -> the usual name that it nearly is."""

from __future__ import annotations

import re
from functools import lru_cache

LEVEL1 = (
    "预算执行率指标", "成本指标", "产出指标", "效益指标", "效果指标", "满意度指标",
    "服务对象满意度指标", "决策指标", "过程指标", "投入指标", "管理指标",
)  # fmt: skip
LEVEL2 = (
    "数量指标", "质量指标", "时效指标", "成本指标", "经济成本指标", "社会成本指标",
    "生态环境成本指标", "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标",
    "服务对象满意度指标", "预算执行率指标",
)  # fmt: skip
# Second levels of the frameworks for whole departments and for evaluations by others, which the
# usual ones nearly are.
FRAMEWORK = (
    "目标设定", "预算配置", "预算执行", "预算管理", "资产管理", "职责履行", "履职效益", "项目立项",
    "绩效目标", "资金投入", "资金管理", "组织实施", "产出数量", "产出质量", "产出时效", "产出成本",
    "经济效益", "社会效益", "生态效益", "可持续影响", "项目效益", "满意度",
)  # fmt: skip
_BLANKS = re.compile(r"\s+")
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])+")
_POINTED = re.compile(r"(?:[（(【\[][^（()）]*[)）】\]]|[:：]?\d+(?:\.\d+)?分?)+$")
_SHORTEST = 4  # characters of a name in which one wrong sign is a slip, not another name


def meant(written: str, known: tuple[str, ...]) -> str:
    """The known name that a written one nearly is: with blanks, a number before it, points or a
    bracket behind it, or one sign wrong; nothing for a known name and for quite another one."""
    return "" if written in known else _meant(written, known)


@lru_cache(maxsize=1024)
def _meant(written: str, known: tuple[str, ...]) -> str:
    bare = _POINTED.sub("", _NUMBERED.sub("", _BLANKS.sub("", written)))
    if bare in known:
        return bare
    near = [name for name in known if _is_slip(bare, name)]
    return near[0] if len(near) == 1 else ""


def _is_slip(written: str, name: str) -> bool:
    """One sign changed, left out, added, or two neighbours swapped."""
    if min(len(written), len(name)) < _SHORTEST or abs(len(written) - len(name)) > 1:
        return False
    head = 0
    while head < min(len(written), len(name)) and written[head] == name[head]:
        head += 1
    mine, its = written[head:], name[head:]
    if mine[1:] == its[1:] or mine[1:] == its or mine == its[1:]:
        return True
    return len(mine) > 1 and mine[1::-1] == its[:2] and mine[2:] == its[2:]
