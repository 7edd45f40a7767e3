"""2 check: rules about how figures are written in texts: their digits, points and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evalpress.checks import rule
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level

# A letter that stands where a digit was meant: “24O台” matches; “PM2.5” does not.
_LETTER = re.compile(
    r"(?<![A-Za-z0-9_/.@-])[lIO][\d.]*\d(?:\.\d+)?(?=\s?[%‰\u4e00-\u9fff])"
    r"|(?<![A-Za-z_/.@-])(?<!\d)\d[\d.,]*[lIOo][\dlIOo]*"
    r"(?=\s?[%‰万亿元个名人户家项次件份条场台套处亩吨页卷年月日])",
    re.ASCII,
)
_DIGITS = str.maketrans("lIOo", "1100")
# Quicker to search for: “24O台” matches; “24台” does not.
_MAY_BE_LETTER = re.compile(r"[lIOo](?:(?<=\d[lIOo])|(?=[lIOo.]*\d))")


@rule("letter_in_figure", level=Level.WARNING)
def letters_in_figures(subject: Subject) -> Iterator[Finding]:
    """数里没有形状像数字的字母：l 和 1、O 和 0。

    依据：文字习惯
    """
    for place, match in subject.matches(_LETTER, near=_MAY_BE_LETTER):
        right = match[0].translate(_DIGITS)
        yield subject.find_match("letter_in_figure", place, match, right=right)


# A figure that a blank, a wide comma or a wrong point parts: “6，721.48万元” and “19. 84%” match;
# “2024 年” does not.
_BROKEN = re.compile(
    r"(?<![\d.,，])\d{1,3}(?:[ \u00a0，]\d{3})+(?:\.\d+)?(?=\s?[万亿]?元)"
    r"|(?<![\d.])\d+(?:\.[ \u00a0]|[ \u00a0]\.|[。·]|\.\.+)\d+(?=\s?(?:[万亿]?元|%))"
    r"|(?<![\d.])\d+[。·]\d+(?=\s?(?:公里|[万亿]?[亩吨人户条件平立]|公斤|个百分点|分(?![会店])))",
    re.ASCII,
)
# Quicker to search for: “6，721” matches; “6.72” does not.
_MAY_BE_BROKEN = re.compile(
    r"[ \u00a0，。·.](?:(?<=[\d.][ \u00a0，。·])(?=\.?\d)|(?<=\d\.)(?=[ \u00a0.]+\d))"
)
_PARTING = re.compile(r"[ \u00a0，]")
_POINT = re.compile(r"[.。·]+")


@rule("broken_figure", level=Level.WARNING)
def broken_figures(subject: Subject) -> Iterator[Finding]:
    """一个数连着写：中间没有空格、全角逗号，小数点是半角的一点。

    依据：文字习惯
    """
    for place, match in subject.matches(_BROKEN, near=_MAY_BE_BROKEN):
        right = _POINT.sub(".", _PARTING.sub("", match[0]))
        yield subject.find_match("broken_figure", place, match, right=right)


# Thousands that are parted in the wrong places: “9605,000元” matches; “9,605,000元” does not.
_GROUPS = re.compile(
    r"(?<![\d.,])(?!\d{1,3}(?:,\d{3})+(?:\.\d+)?\s?[万亿]?元)\d+(?:,\d+)+(?:\.\d+)?(?=\s?[万亿]?元)",
    re.ASCII,
)
# Quicker to search for: “9,605” matches; “9、605” does not.
_MAY_BE_GROUPED = re.compile(r",(?<=\d,)(?=\d)")


@rule("misplaced_comma", level=Level.WARNING)
def misplaced_commas(subject: Subject) -> Iterator[Finding]:
    """金额里的千分位逗号从小数点往左每三位一个。

    依据：文字习惯
    """
    for place, match in subject.matches(_GROUPS, near=_MAY_BE_GROUPED):
        right = match[0].replace(",", "")
        yield subject.find_match("misplaced_comma", place, match, right=right)


# Several points in one figure: “1.2.5万元” and “12.345,67元” match; “1.25万元” does not.
_POINTS = re.compile(
    r"(?<![\d.A-Za-z])\d+(?:\.\d+){2,}(?=\s?(?:[万亿]?元|%))"
    r"|(?<![\d.,])\d+\.\d{3},\d+(?=\s?[万亿]?元)",
    re.ASCII,
)
# Quicker to search for: “1.2.5” matches; “1.2” does not.
_MAY_HAVE_POINTS = re.compile(r"\.\d+[.,]\d", re.ASCII)


@rule("points_in_figure", level=Level.WARNING)
def points_in_figures(subject: Subject) -> Iterator[Finding]:
    """一个数只有一个小数点。

    依据：文字习惯
    """
    for place, match in subject.matches(_POINTS, near=_MAY_HAVE_POINTS):
        yield subject.find_match("points_in_figure", place, match)


# Two numbers as a range: “20至15人” matches; “20人” does not.
_SPAN = re.compile(
    r"(?<![\d.年月:：号第-])(?P<low>\d+(?:\.\d+)?)(?:[%％℃](?:[-–—]+|至|到|～|~)|至|到|～|~)"
    r"(?P<high>\d+(?:\.\d+)?)"
    r"(?=\s?(?:[%％℃]|[万亿]?元|[人户名个家场次件项所处台套份吨亩岁天]))",
    re.ASCII,
)
# Quicker to search for: “20至15” matches; “至15” does not.
_MAY_SPAN = re.compile(r"[至到～~](?<=[\d%％℃].)(?=\d)|[%％℃][-–—]+\d")
_FALLS = re.compile("[由从自降减压缩低少下]")


@rule("falling_range", level=Level.WARNING)
def falling_ranges(subject: Subject) -> Iterator[Finding]:
    """数的范围从小写到大。

    依据：文字习惯
    """
    for place, match in subject.matches(_SPAN, near=_MAY_SPAN):
        before = re.split("[，。；、]", match.string[: match.start()])[-1]
        if Decimal(match["low"]) > Decimal(match["high"]) and not _FALLS.search(before):
            yield subject.find_match("falling_range", place, match)


# A unit twice: “12万元万元” and “百分之95%” match; “12万元” and “个个体户” do not.
_TWICE = re.compile(
    r"\d\s?(万元|亿元|公里|平方米|个百分点|%|％|元)\s?\1|百分之\s?\d[\d.]*\s?[%％]"
    r"|\d\s?(?:万万|亿亿)[元亩]|\d\s?[万亿]元元|\d个百分点点|\d个个(?![个体人性别案税股])"
    r"|\d([台件户场处次所家份项辆套座条名人])\2(?=[，。；、）]|$)",
    re.ASCII,
)
# Quicker to search for: “元万元” matches; “万元” does not.
_MAY_BE_TWICE = re.compile(
    r"[元里米点%％]\s?(?:[万亿公平个]|(?<=元)元|[%％])|百分之|万万|亿亿|点点|个个"
    r"|([台件户场处次所家份项辆套座条名人])\1"
)


@rule("doubled_unit", level=Level.WARNING)
def doubled_units(subject: Subject) -> Iterator[Finding]:
    """数后面的单位只写一次。

    依据：文字习惯
    """
    for place, match in subject.matches(_TWICE, near=_MAY_BE_TWICE):
        yield subject.find_match("doubled_unit", place, match)


# An amount that ends without 元: “支出1998.31，” and “预算960万。” match; “增加1.2万人” does not.
_BARE = re.compile(
    r"(?:支出|预算|资金|拨款|收入|[\u4e00-\u9fff]{2}费|投入|投资|补助|结转|结余)(?!率)(?:数|额|为|共|合计|总计|达到?|了|约)*"
    r"(?P<found>\d[\d,]*(?:\.\d+万?|万))(?=[，。；、）]|$)"
    r"|(?:回收|合格|办结|完成|执行|满意|覆盖|达标|到位|整改|参与|通过)率(?:为|达到?|是)?"
    r"(?P<rate>\d+(?:\.\d+)?)(?=[，。；、）]|$)",
    re.ASCII,
)


# Quicker to search for: “48.02，” matches; “48.02万元” does not.
_MAY_BE_BARE = re.compile(r"[0-9万](?=[，。；、）\n]|\Z)")


@rule("unit_missing", level=Level.WARNING)
def units_missing(subject: Subject) -> Iterator[Finding]:
    """文字里的金额写明元、万元、亿元，比率写明百分号。

    依据：文字习惯
    """
    for place, match in subject.matches(_BARE, subject.texts, _MAY_BE_BARE):
        at = match.start(str(match.lastgroup))
        yield subject.find_at("unit_missing", place, at, found=match[0])
