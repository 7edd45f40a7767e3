"""2 check: rules about secrecy: marks and words of papers that are not public, and the review.

The words are data (`secrecy` in data/wording.yml). Nobody but a person can say what is secret, so
these are warnings; what `exact` holds is what a waiver has to repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalpress.checks import rule
from evalpress.checks.examined import examined_files, inside
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level, find
from evalpress.model import Department, State
from evalpress.text.secrets import Secret, secrets_in

_AROUND = 8
_SENSITIVE = re.compile(
    "网络安全和信息化|网信|互联网信息|公安|机要|保密|国家安全|密码管理|武装部|国防动员"
)
_REVIEW = re.compile("保密|定密|涉密")


@rule("secret_word", level=Level.WARNING, exact=True)
def secret_words(subject: Subject) -> Iterator[Finding]:
    """报告里不得有密级标志、内部文件和不宜公开的细节；用语列在 data/wording.yml 的 secrecy 里。

    依据：国办秘函〔2019〕19号
    """
    words = tuple(subject.reference.secrecy)
    if not secrets_in(subject.whole, words):
        return
    for text in subject.own_texts:
        for found in secrets_in(text.value, words):
            values = _told(subject, found, text.value)
            yield subject.find_at(
                "secret_word", text.place, found.start, exact=found.found, **values
            )


@rule("secret_word_in_file", level=Level.WARNING, exact=True)
def secret_words_in_files(subject: Subject) -> Iterator[Finding]:
    """附件、原件里同样不得有密级标志、内部文件和不宜公开的细节。

    依据：国办秘函〔2019〕19号
    """
    for file in examined_files(subject):
        for passage, found in file.found.secrets:
            yield subject.find(
                "secret_word_in_file", file.place, exact=found.found, file=file.name,
                inside=inside(passage), **_told(subject, found, passage.text),
            )  # fmt: skip


def _told(subject: Subject, secret: Secret, text: str) -> dict[str, str]:
    note = subject.reference.secrecy[secret.word].note
    around = text[max(secret.start - _AROUND, 0) : secret.end + _AROUND]
    return {
        "found": secret.found,
        "around": " ".join(around.split()),
        "note": f"：{note}" if note else "",
    }


@rule("secrecy_unreviewed", level=Level.WARNING)
def secrecy_unreviewed(subject: Subject) -> Iterator[Finding]:
    """名称里有网信、公安、机要等字样的部门，报告公开前要有保密审查的签字。

    依据：地方做法
    """
    department = _department(subject)
    sensitive = any(_SENSITIVE.search(name.name) for name in department.names)
    if department.secrecy_review is None and sensitive and _awaits_review(subject):
        yield _unreviewed(subject, "secrecy_unreviewed")


@rule("secrecy_review_missing", level=Level.ERROR, waivable=False)
def secrecy_review_missing(subject: Subject) -> Iterator[Finding]:
    """departments.yml 写明要保密审查的部门，报告没有审查的签字和日期就不能公开。

    依据：地方做法
    """
    if _department(subject).secrecy_review and _awaits_review(subject, dated=True):
        yield _unreviewed(subject, "secrecy_review_missing")


def _department(subject: Subject) -> Department:
    return subject.reference.departments[subject.key.department]


def _awaits_review(subject: Subject, dated: bool = False) -> bool:
    """True for what may become public without a step of the review, or without its day."""
    steps = (entry for entry in subject.content.sign_offs if _REVIEW.search(entry.step))
    reviewed = any(entry.date or not dated for entry in steps)
    return not reviewed and subject.content.state is not State.DRAFT


def _unreviewed(subject: Subject, name: str) -> Finding:
    place = "sign_offs" if subject.content.sign_offs else "state"
    where = subject.locate((place,))
    named = _department(subject).named_in(subject.key.year).name
    return find(name, where, name=named)
