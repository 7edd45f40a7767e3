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
from evalpress.findings import Finding, Level
from evalpress.model import State
from evalpress.text.secrets import Secret, secrets_in

_AROUND = 8
_SENSITIVE = re.compile("网络安全和信息化|网信|公安|机要|保密|国家安全")
_REVIEW = re.compile("保密|定密|涉密")


@rule("secret_word", level=Level.WARNING, exact=True)
def secret_words(subject: Subject) -> Iterator[Finding]:
    """报告里不得有密级标志、内部文件和不宜公开的细节；用语列在 data/wording.yml 的 secrecy 里。

    依据：国办秘函〔2019〕19号
    """
    words = tuple(subject.reference.secrecy)
    if not secrets_in(subject.whole, words):
        return
    for text in subject.own_texts():
        for found in secrets_in(text.value, words):
            yield subject.find(
                "secret_word", text.place, exact=found.found, **_told(subject, found, text.value)
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
    """网信、公安、机要等部门的报告，公开前要有保密审查的签字。

    依据：地方做法
    """
    department = subject.reference.departments[subject.key.department]
    wanted = department.secrecy_review
    if wanted is None:
        wanted = any(_SENSITIVE.search(name.name) for name in department.names)
    reviewed = any(_REVIEW.search(entry.step) for entry in subject.content.sign_offs)
    if wanted and not reviewed and subject.content.state is not State.DRAFT:
        name = department.named_in(subject.key.year).name
        yield subject.find("secrecy_unreviewed", "", name=name)
