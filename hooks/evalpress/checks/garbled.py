"""2 check: signs that belong to another script or encoding -> Findings: text that was read in the
wrong encoding, letters and kana that look like the sign that was meant, traditional characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from evalpress.checks import rule
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.text.traditional import simplified_forms

# What a wrong encoding leaves: “锟斤拷” matches; “斤” does not.
_RUIN = re.compile(r"\ufffd+|锟斤拷|烫烫烫|屯屯屯|(?<=[\u3400-\u9fff])\?{2,}(?=[\u3400-\u9fff\d])")
# Signs with which UTF-8 that was read as GBK is full, and a modern text is not.
_MISREAD_SIGNS = "锛銆鐨鍦鏈鍜鈥鏄鏀鍏鎵缁璐椤鐩鏁鎶"
_MISREAD = re.compile(f"[{_MISREAD_SIGNS}][^\x00-\x7f。，；：、]{{2,}}")
_RUINED = "\ufffd锟烫屯"
_LEAST = 2  # characters that a run gives in the right encoding


@rule("garbled", level=Level.ERROR)
def garbled(subject: Subject) -> Iterator[Finding]:
    """文字里没有乱码：编码读错了的，不留“锟斤拷”“锛”“�”一类的字。

    依据：文字习惯
    """
    ruined = not subject.signs.isdisjoint(_RUINED) or subject.may_say("??")
    misread = not subject.signs.isdisjoint(_MISREAD_SIGNS)
    for text in subject.own_texts if ruined or misread else ():
        for match in _RUIN.finditer(text.value):
            around = text.value[max(match.start() - 6, 0) : match.end() + 6]
            yield subject.find_match("garbled", text.place, match, found=around)
        for match in _MISREAD.finditer(text.value):
            if right := _reread(match[0]):
                values = {"found": match[0][:20], "right": right}
                told = subject.find_match("garbled_misread", text.place, match, **values)
                yield replace(told, rule="garbled")
                break


def _reread(run: str) -> str:
    """What a run says in the right encoding; nothing where it is no such run."""
    for end in range(len(run), 1, -1):
        try:
            found = run[:end].encode("gb18030").decode()
        except UnicodeError:
            continue
        return found if sum(c > "\u2e80" for c in found) >= _LEAST else ""
    return ""


# Letters of other alphabets and kana by the sign for which they are taken.
_LETTERS = dict(
    zip("АВЕКМНОРСТХаеорсхуіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcxyiABEZHIKMNOPTYXo", strict=True)
)
_KANA = dict(zip("ーニハロエカタトミ", "一二八口工力夕卜三", strict=True))
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff\u30a0-\u30ff]+")
_KNOWN = (*_LETTERS, *_KANA)


@rule("foreign_sign", level=Level.WARNING)
def foreign_signs(subject: Subject) -> Iterator[Finding]:
    """没有形状相同的别国字母和假名：俄文 О、希腊文 Α 不是英文字母，“ー”不是“一”。

    依据：文字习惯
    """
    if subject.signs.isdisjoint(_KNOWN):
        return
    for place, match in subject.matches(_FOREIGN):
        known = _KANA if match[0][0] >= "\u30a0" else _LETTERS
        if all(sign in known for sign in match[0]) and _stands_alone(match, known):
            right = "".join(known[sign] for sign in match[0])
            yield subject.find_match("foreign_sign", place, match, right=right)


def _stands_alone(match: re.Match[str], known: dict[str, str]) -> bool:
    """False for a word of that script: several signs that no Latin letter or figure touches."""
    text = match.string
    beside = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    touched = any(c.isascii() and c.isalnum() for c in beside)
    if known is _KANA:
        return len(match[0]) == 1
    return touched or (len(match[0]) <= 2 and match[0].isupper())


@rule("traditional_sign", level=Level.HINT)
def traditional_signs(subject: Subject) -> Iterator[Finding]:
    """简体字的报告里没有夹着繁体字。

    依据：文字习惯
    """
    signs = _traditional()
    if signs.keys().isdisjoint(subject.signs):
        return
    found = [
        (text.place, at, sign)
        for text in subject.own_texts
        for at, sign in enumerate(text.value)
        if sign in signs
    ]
    if found and len(found) <= _SOME:
        shown = "、".join(f"{sign}→{signs[sign]}" for sign in dict.fromkeys(s for _, _, s in found))
        yield subject.find_all("traditional_sign", [(p, at) for p, at, _ in found], found=shown)
    elif found:
        place, at, _ = found[0]
        yield subject.find_all("traditional_sign", [(place, at)], found=found[0][2])


_SOME = 40  # more of them are a text in traditional characters


@cache
def _traditional() -> dict[str, str]:
    """Every traditional character that no simplified text has, with its simplified form."""
    return {old: new[0] for old, new in simplified_forms().items() if _is_old(old, new)}


def _is_old(sign: str, simplified: tuple[str, ...]) -> bool:
    """True for a sign that is no simplified character: GB 2312 does not have it."""
    if sign in simplified:
        return False
    try:
        return len(sign.encode("gb2312")) != 2
    except UnicodeEncodeError:
        return True
