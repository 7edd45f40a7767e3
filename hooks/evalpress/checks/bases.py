"""2 check: what a rule can rest on, in the words of the guide's column 依据.

A document is named with its article only where both are certain; everything else that bureaus
usually ask for is local practice, and never quoted as law.
"""

from __future__ import annotations

MARK = "依据："
PRACTICES = frozenset(
    {
        "算术关系",  # arithmetic: sums, products, calendars
        "报告前后一致",  # two places of the same data say the same
        "文字习惯",  # how careful Chinese is written
        "地方做法",  # what bureaus ask for, which differs from place to place
        "本程序的数据格式",  # ids, addresses and files of this program
    }
)
DOCUMENTS = frozenset(
    {
        "财预〔2020〕10号第18条",  # bounds of the four grades
        "财预〔2020〕10号附件1",  # rows and columns of the self-evaluation form
        "国办秘函〔2019〕19号",  # inspection of government sites: words, secrets, dead files
        "《个人信息保护法》",  # personal data
    }
)


def parted(doc: str) -> tuple[str, str]:
    """A rule's docstring as what it checks and what it rests on.

    Raises ValueError where it names no basis, or one that is not listed here.
    """
    about, _, basis = (part.strip() for part in doc.partition(MARK))
    if basis not in PRACTICES | DOCUMENTS:
        raise ValueError(f"a rule's docstring ends with “{MARK}” and a basis of checks/bases.py")
    return " ".join(about.split()), basis
