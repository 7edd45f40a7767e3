"""Text -> private data in it: numbers and addresses of persons, with the mask to write instead.

A pure function of the text. Digits count however they are written (full-width, with spaces, dashes
or dots between), and positions always refer to the text as given. Unified credit codes are public
and are recognised before resident id numbers, because some of them consist of digits only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evalpress.text.lookalikes import unified


class PrivateKind(StrEnum):
    """What private data is; the words for it are in the wording catalogue."""

    RESIDENT_ID = "resident_id"
    OLD_RESIDENT_ID = "old_resident_id"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    BANK_ACCOUNT = "bank_account"
    PASSPORT = "passport"
    NAME_WITH_PHONE = "name_with_phone"
    NAME = "name"
    HOME_ADDRESS = "home_address"
    EMAIL = "email"
    NUMBER_PLATE = "number_plate"
    CHAT_ACCOUNT = "chat_account"
    BIRTHDAY = "birthday"


# What nobody has to read to judge it; a name or an address has to be seen.
_NUMBERED = frozenset(PrivateKind) - {
    PrivateKind.NAME,
    PrivateKind.NAME_WITH_PHONE,
    PrivateKind.HOME_ADDRESS,
}


@dataclass(frozen=True, order=True)
class Hit:
    """Private data at text[start:end]; `certain` is False where it may be something else."""

    start: int
    end: int
    kind: PrivateKind
    found: str
    mask: str
    certain: bool = True

    @property
    def shown(self) -> str:
        """What a message may say of it: a number only with its mask."""
        return self.mask if self.kind in _NUMBERED else self.found


# What is left of a resident id number where an excerpt ends inside it: a day of birth between
# digits of a region and of a row. Days from 2016 on are rather those of a file's name.
# “13010219750812” matches; “20250812” does not.
_FRAGMENT = re.compile(
    r"(?<!\d)(\d{0,6})((?:19\d\d|20(?:0\d|1[0-5]))(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    r"(\d{0,3}[\dXx]?)(?!\d)",
    re.ASCII,
)
_SHORTEST_FRAGMENT = 12


def masked(text: str) -> str:
    """The text with a mask in place of every number of a person in it, for whatever is shown or
    kept outside data/. Names and addresses stay: people have to judge them."""
    if not _MAY_BE_NUMBER.search(text):
        return text
    for hit in sorted([*_find_numbers(text), *_find_passports(text)], reverse=True):
        text = f"{text[: hit.start]}{hit.mask}{text[hit.end :]}"
    return _FRAGMENT.sub(_masked_fragment, text)


def _masked_fragment(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) < _SHORTEST_FRAGMENT:
        return found
    return f"{match[1][:2]}{'*' * (len(found) - len(match[1][:2]))}"


def find_private(text: str) -> list[Hit]:
    """All private data in the text, in its order; what stands in different lines is not joined.

    Look-alikes of Chinese characters, as PDFs have them, count as the signs that they mean."""
    text = unified(text)
    numbers = list(_find_numbers(text))
    hits = [*numbers, *_find_passports(text), *_find_addresses(text), *_find_names(text)]
    hits += [*_find_spelt_mobiles(text), *_find_helped(text)]
    hits += [*_find_listed_names(text), *_find_mail(text), *_find_plates(text), *_find_chats(text)]
    hits += _find_birthdays(text)
    known = {hit.start for hit in hits}
    hits += [hit for hit in _find_posted_names(text) if hit.start not in known]
    return sorted(hits) if len(hits) > 1 else hits


# --- runs of digits -----------------------------------------------------------------------------

_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_DASHES = "-\u2010-\u2015\u2212\uff0d"
_SEPARATOR = rf"[{_DASHES}{_HIDDEN} \u00a0\u2000-\u200a\u202f\u3000.．·]"
# Nine digits or more, parted or not: “138-1234-5678” matches; “138-1234” does not.
_RUN = re.compile(rf"\d(?<!\d\d)(?:{_SEPARATOR}{{0,3}}\d){{8,}}")
_MAY_BE_NUMBER = re.compile(r"\d.{7}|护照|通行证", re.DOTALL)
_DIGITS = re.compile(r"\d+")
# Letters of either width: “ａ” matches; “甲” does not.
_LATIN = re.compile(r"[A-Za-z_\uff21-\uff3a\uff41-\uff5a]")
_CHECK_X = "XxＸｘ"
_LONGEST = 19
# How people part mobiles, resident id numbers (with or without the X) and bank cards.
_PARTED = frozenset(
    [(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (1,) * 11]
    + [(*head, last) for head in [(6, 8), (6, 4, 4), (6, 4, 2, 2), (3, 3, 8), (3, 3, 4, 4),
                                  (4, 4, 4, 4), (14,)] for last in (1, 2, 3, 4)]
    + [(6, 6, 3), (4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 10), (6, 12), (6, 13), (4, 4, 4, 7)]
    + [(1,) * 16, (1,) * 17, (1,) * 18, (1,) * 19]
)  # fmt: skip


@dataclass(frozen=True)
class _Group:
    """Digits without a separator between, as ASCII, and where they stand."""

    start: int
    end: int
    digits: str


@dataclass(frozen=True)
class _Candidate:
    """Neighbouring groups that may be one number; `left` and `right` are the groups beside."""

    text: str
    groups: tuple[_Group, ...]
    left: _Group | None
    right: _Group | None

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    @property
    def separators(self) -> set[str]:
        pairs = zip(self.groups, self.groups[1:], strict=False)
        return {_plain_separator(self.text[a.end : b.start]) for a, b in pairs}

    def gap(self, group: _Group | None) -> str | None:
        """What stands between the candidate and the group beside it."""
        if group is None:
            return None
        left = group.start < self.start
        between = self.text[group.end : self.start] if left else self.text[self.end : group.start]
        return _plain_separator(between)

    def before(self, length: int) -> str:
        """The text before it, in its own line."""
        return self.text[max(0, self.start - length) : self.start].rpartition("\n")[2]

    def after(self, length: int) -> str:
        return self.text[self.end : self.end + length].partition("\n")[0]


def _plain_separator(between: str) -> str:
    """A separator without what cannot be seen and however wide or long its dash is."""
    seen = re.sub(f"[{_HIDDEN}]", "", between)
    return re.sub(f"[{_DASHES}]", "-", re.sub(r"\s+", " ", seen)).replace("．", ".")


def _find_numbers(text: str) -> Iterator[Hit]:
    for run in _RUN.finditer(text):
        groups = [
            _Group(m.start(), m.end(), _ascii(m[0]))
            for m in _DIGITS.finditer(text, run.start(), run.end())
        ]
        end = 0
        for candidate in _candidates(text, groups):
            hit = None if candidate.start < end else _number_hit(candidate)
            if hit:
                end = hit.end
                yield hit


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.digit(c)) for c in digits)


def _candidates(text: str, groups: list[_Group]) -> Iterator[_Candidate]:
    """Each long group by itself, and neighbours in the ways in which people part a number."""
    joined = _joined(text, groups)
    lengths = [len(group.digits) for group in joined]
    for first, last in _spans(lengths):
        left = joined[first - 1] if first else None
        right = joined[last + 1] if last + 1 < len(joined) else None
        yield _Candidate(text, tuple(joined[first : last + 1]), left, right)


def _spans(lengths: list[int]) -> Iterator[tuple[int, int]]:
    """First and last position of what can be a number; single digits in a longer row cannot."""
    for first in range(len(lengths)):
        length = 0
        if lengths[first] == 1 and first and lengths[first - 1] == 1:
            continue
        for last in range(first, len(lengths)):
            length += lengths[last]
            if length > _LONGEST:
                break
            if length >= 11 and (first == last or tuple(lengths[first : last + 1]) in _PARTED):
                yield first, last


def _joined(text: str, groups: list[_Group]) -> list[_Group]:
    """The groups, without breaks that nobody sees."""
    joined: list[_Group] = []
    for group in groups:
        if joined and not _plain_separator(text[joined[-1].end : group.start]):
            before = joined.pop()
            group = _Group(before.start, group.end, before.digits + group.digits)
        joined.append(group)
    return joined


def _number_hit(candidate: _Candidate) -> Hit | None:
    """What the candidate is, if it is private; the rarer form decides before the commoner one."""
    if _is_in_code(candidate) or len(candidate.separators) > 1:
        return None
    digits = candidate.digits
    if len(digits) in (17, 18):
        hit = _resident_id(candidate)
        if hit or _is_credit_code(_with_check_letter(candidate)):
            return hit
    if len(digits) >= 16:
        return _bank_card(candidate) or _bank_account(candidate)
    if len(digits) == 15:
        return _old_resident_id(candidate) or _bank_account(candidate)
    return _mobile(candidate) if len(digits) in (11, 13) else _bank_account(candidate)


# Letters that may stand before a telephone number: “Tel” matches; “total” does not.
_TELEPHONE_WORD = re.compile(r"(?:tel|phone|mobile|mob|wechat|wx|id|no)$", re.IGNORECASE)


def _is_in_code(candidate: _Candidate) -> bool:
    """True where letters or decimals beside the digits make them a part of something longer."""
    before, after = candidate.before(8), candidate.after(2)
    if _LATIN.match(before[-1:]) and not _TELEPHONE_WORD.search(before):
        return True
    is_check_letter = len(candidate.digits) == 17 and after[:1] in tuple(_CHECK_X)
    if _LATIN.match(after[1:2] if is_check_letter else after[:1]):
        return True
    return "." in (candidate.gap(candidate.left), candidate.gap(candidate.right))


# --- resident id numbers and unified credit codes -----------------------------------------------

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_LETTERS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# The first digits of a resident id number: “44” matches; “00” does not.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
# Before or behind one: “身份证” matches; “工作证” does not.
_ID_LABEL = re.compile(r"身份|证件号|居民证")
# Before a number of something else: “合同号：” matches; “电话：” does not.
_CODE_LABEL = re.compile(
    r"(?:编码|编号|代码|单号|流水号|索引号|文号|凭证号|合同号|批号|条码|序号|许可证号|注册号|"
    r"登记号|备案号|案号|标识码|采购计划号)[^\d，。；,;]{0,4}$"
)
_SERIAL_YEAR = 2016  # from here on, a date inside a long number is rather a serial number's


def _resident_id(candidate: _Candidate) -> Hit | None:
    found = _with_check_letter(candidate)
    if len(found) != 18 or not _has_birth_date(found[:2], found[6:14]):
        return None
    named = bool(_ID_LABEL.search(candidate.before(16)))
    if not named and _is_organisation(found):
        return None
    certain = _id_letter(found[:17]) == found[17]
    serial = int(found[6:10]) >= _SERIAL_YEAR
    coded = not named and bool(_CODE_LABEL.search(candidate.before(16)))
    if certain and coded and serial:
        certain = False
    elif not certain and (coded or (serial and not named)):
        return None
    end = candidate.end + (len(candidate.digits) == 17)
    mask = f"{found[:2]}{'*' * 13}{found[-3:]}"
    return _hit(candidate, PrivateKind.RESIDENT_ID, mask, certain, end)


def _with_check_letter(candidate: _Candidate) -> str:
    """The digits, with the X that may follow 17 of them."""
    following = candidate.after(1)
    ends_in_x = len(candidate.digits) == 17 and following and following in _CHECK_X
    return candidate.digits + ("X" if ends_in_x else "")


def _id_letter(digits: str) -> str:
    total = sum(int(d) * w for d, w in zip(digits, _ID_WEIGHTS, strict=True))
    return _ID_LETTERS[total % 11]


def _has_birth_date(province: str, day: str) -> bool:
    return bool(_PROVINCE.match(province) or province[0] == "9") and _is_day(day)


def _is_day(day: str) -> bool:
    """True for a day as yyyymmdd that somebody who lives now can be born on."""
    try:
        return 1900 <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= 2099
    except ValueError:
        return False


def _is_credit_code(found: str) -> bool:
    """True for a unified social credit code (GB 32100-2015), by its last character."""
    if len(found) != 18 or any(c not in _CREDIT_SIGNS for c in found):
        return False
    total = sum(_CREDIT_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(found[:17]))
    return _CREDIT_SIGNS[(31 - total % 31) % 31] == found[17]


def _is_organisation(found: str) -> bool:
    """True for a credit code that has a region and the check digit of the organisation's code."""
    total = sum(int(d) * w for d, w in zip(found[8:16], _ORGANISATION_WEIGHTS, strict=True))
    letter = "0123456789X0"[11 - total % 11]
    region = bool(_PROVINCE.match(found[2:4]) or found[2:8] == "100000")
    return region and found[16] == letter and _is_credit_code(found)


def _old_resident_id(candidate: _Candidate) -> Hit | None:
    digits = candidate.digits
    if _CODE_LABEL.search(candidate.before(16)):
        return None
    if not _PROVINCE.match(digits) or not _is_day(f"19{digits[6:12]}"):
        return None
    mask = f"{digits[:2]}{'*' * 10}{digits[-3:]}"
    return _hit(candidate, PrivateKind.OLD_RESIDENT_ID, mask, certain=False)


# --- mobiles and bank cards ---------------------------------------------------------------------

# “13812345678” matches; “12012345678” does not.
_MOBILE = re.compile(r"1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7\d|8\d|9\d)\d{8}")
# Near a telephone number: “联系” matches; “金额” does not.
_PHONE_LABEL = re.compile(r"电话|手机|联系|号码|热线|微信|传真|tel|phone|mobile", re.IGNORECASE)
# Behind an amount: “万元” matches; “元旦” does not.
_AMOUNT_AFTER = re.compile(r"\s?(?:元(?!旦)|[万亿%％‰吨次条株]|美元|千瓦|立方|平方|字节|,\d{3})")
# Before an amount: “金额：” matches; “电话：” does not.
_AMOUNT_BEFORE = re.compile(r"(?:[¥￥$€]|金额[:：为]?|\d,)\s?$")
_COUNTRY = ("86", "086", "0086")


def _mobile(candidate: _Candidate) -> Hit | None:
    digits = candidate.digits
    if candidate.shape == (13,) and candidate.before(1) in ("+", "＋") and digits[:2] == "86":
        digits = digits[2:]
    if not _MOBILE.fullmatch(digits):
        return None
    labelled = bool(_PHONE_LABEL.search(candidate.before(16)))
    if _is_amount(candidate) or _belongs_to_code(candidate, labelled):
        return None
    if candidate.separators == {"."} and candidate.shape != (3, 4, 4):
        return None
    loose = candidate.separators == {" "} and not labelled
    if loose and all(g.digits[:2] in ("19", "20") for g in candidate.groups[1:]):
        return None
    if loose and _in_row(candidate) and not any(g.digits[0] == "0" for g in candidate.groups):
        return None
    return _hit(candidate, PrivateKind.MOBILE, f"{digits[:3]}****{digits[-4:]}")


def _is_amount(candidate: _Candidate) -> bool:
    after, before = candidate.after(6), candidate.before(8)
    return bool(_AMOUNT_AFTER.match(after) or _AMOUNT_BEFORE.search(before))


def _belongs_to_code(candidate: _Candidate, labelled: bool) -> bool:
    """True where a label calls it a code, or a dash ties it to digits that are no telephone's."""
    if not labelled and _CODE_LABEL.search(candidate.before(16)):
        return True
    tied = [g for g in (candidate.left, candidate.right) if candidate.gap(g) == "-"]
    return not all(g and _is_telephone(g.digits) for g in tied)


def _is_telephone(digits: str) -> bool:
    return digits in _COUNTRY or bool(_MOBILE.fullmatch(digits)) or digits.startswith("0")


def _in_row(candidate: _Candidate) -> bool:
    """True where other numbers stand beside it, as in a row of a table."""
    others = (g for g in (candidate.left, candidate.right) if g)
    return any(not _is_telephone(group.digits) for group in others)


_NUMERAL = "[一二三四五六七八九〇○零幺]"
# A mobile in Chinese numerals: “一三九零零一二三四五六” matches; “一三九户” does not.
_SPELT_MOBILE = re.compile(rf"[一幺](?<!{_NUMERAL}.)[三四五六七八九]{_NUMERAL}{{9}}(?!{_NUMERAL})")
# A mobile with letters for figures: “139O012345l” matches; “139O” does not.
_LETTERED_MOBILE = re.compile(r"1(?<![\dA-Za-z.]1)[3-9][\dOoIl]{9}(?![\dA-Za-z.])", re.ASCII)
_SAID = str.maketrans("一二三四五六七八九〇○零幺OoIl", "12345678900010011")


def _find_spelt_mobiles(text: str) -> Iterator[Hit]:
    """Mobiles that are not written in figures alone."""
    for match in _SPELT_MOBILE.finditer(text):
        yield from _spelt_mobile(match, certain=True)
    for match in _LETTERED_MOBILE.finditer(text):
        if not match[0].isdecimal():
            yield from _spelt_mobile(match, certain=False)


def _spelt_mobile(match: re.Match[str], certain: bool) -> Iterator[Hit]:
    digits = match[0].translate(_SAID)
    if _MOBILE.fullmatch(digits):
        mask = f"{match[0][:3]}****{match[0][-4:]}"
        yield Hit(*match.span(), PrivateKind.MOBILE, match[0], mask, certain)


# Near a number of a bank account: “开户行” matches; “电话” does not.
_BANK_LABEL = re.compile(r"卡号|账号|帐号|账户|银行|开户|存折|社保卡")
# Just before one: “卡号：” matches; “卡片” does not.
_ACCOUNT_LABEL = re.compile(r"(?:账号|帐号|卡号|账户号码|银行账户)[^\d，。；,;]{0,6}$")


def _bank_card(candidate: _Candidate) -> Hit | None:
    digits, before = candidate.digits, candidate.before(16)
    if not digits.startswith(("62", "4", "5")):
        return None
    labelled = bool(_BANK_LABEL.search(before))
    if not labelled and (_CODE_LABEL.search(before) or _is_amount(candidate)):
        return None
    if not digits.startswith("62") and len(digits) == 17 and not labelled:
        return None
    if not _passes_luhn(digits):
        return None
    return _hit(candidate, PrivateKind.BANK_CARD, _card_mask(digits))


def _card_mask(digits: str) -> str:
    return f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}"


def _passes_luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _bank_account(candidate: _Candidate) -> Hit | None:
    """A number of 12 to 19 digits that a label calls an account's."""
    if len(candidate.digits) < 12 or not _ACCOUNT_LABEL.search(candidate.before(16)):
        return None
    if candidate.right and candidate.gap(candidate.right) in (" ", "-"):
        return None
    mask = _card_mask(candidate.digits)
    return _hit(candidate, PrivateKind.BANK_ACCOUNT, mask, certain=False)


def _hit(
    candidate: _Candidate, kind: PrivateKind, mask: str, certain: bool = True, end: int = 0
) -> Hit:
    end = end or candidate.end
    return Hit(candidate.start, end, kind, candidate.text[candidate.start : end], mask, certain)


# --- passports ----------------------------------------------------------------------------------

# “护照E12345678” matches; “护照办理” does not.
_PASSPORT = re.compile(
    r"(?:护照|通行证)[^\n。；]{0,12}?"
    r"(?P<number>(?<![A-Za-z\d])(?:[EeＥ][\da-hA-HJ-Nj-nP-Zp-z]\d{7}|[GgDdＧＤCcWwHhMm]\d{8}"
    r"|[PpSs][EePpSs]?\d{7,8}|[Dd][EePpSs]\d{7}|1[45]\d{7}))(?![A-Za-z\d])"
)


def _find_passports(text: str) -> Iterator[Hit]:
    for match in _PASSPORT.finditer(text):
        found = match["number"]
        mask = f"{found[:2]}{'*' * (len(found) - 4)}{found[-2:]}"
        yield Hit(*match.span("number"), PrivateKind.PASSPORT, found, mask)


# --- names --------------------------------------------------------------------------------------

_HAN = "[\u3400-\u9fff]"
_LABELS = (
    r"联系|联络|填报|填表|制表|经办|负责|报送|审核|复核|审批|编写|填写|主管|监护|申请|受益|核对|"
    r"校对|代理|保管|验收|采购|承办|举报|捐赠|收款|领款|死亡|患病"
)
# A label and the name behind it: “联系人：张三” matches; “联系方式” does not.
_NAME_LABEL = re.compile(
    rf"(?:人员?(?:姓名)?|姓名|户主|代表人?)(?:[（(][^（()）\n]{{0,8}}[)）])?"
    rf"(?P<between>[ \u3000\t]*[:：|][ \u3000\t|]*|[ \u3000\t]+|[为是])?"
    rf"(?P<run>{_HAN}[ \u3000]{_HAN}(?!{_HAN})|{_HAN}{{2,6}}[·•]{_HAN}{{2,8}}|{_HAN}{{2,12}})"
)
# What makes such a label of 人: “联系” matches; “本” does not.
_LABEL_BEFORE = re.compile(rf"(?:{_LABELS}|法人|法定)$")
_WHOLE_LABELS = ("姓名", "户主")
# A post or a form of address: “副科长” matches; “科学” does not.
_POST = (
    r"(?:副|总|代)?(?:[局科股处站校院所队组镇乡村区县市部社园馆厂班]长|主任(?:科员)?|经理|书记|会计师?|出纳员?|工程师"
    r"|[一二三四]级(?:主任科员|调研员|科员)|科员|调研员|干事|秘书长?|干部|主管|主席|董事长|专员|老师|同志|先生|女士)"
)
# What may follow a name: “同志” matches; “道路” does not.
_AFTER_NAME = re.compile(
    rf"{_POST}|"
    r"(?:联系|办公)?(?:电话|手机|方式|座机)|职务|职称|单位|日期|签字|签章|性别|身份|年龄|"
    rf"(?:{_LABELS}|项目负责|财务负责)人"
)
# “0571-88889999” matches; “2025年” does not.
_PHONE = (
    r"(?<!\d)(?:[(（]?0\d{2,3}[)）]?[-－—– ]{0,2}\d{7,8}|"
    r"1[3-9]\d[-－—– ]?\d{4}[-－—– ]?\d{4})(?![\d.%元万年])"
)
# “8888999” matches; “8888999元” does not.
_LOCAL_PHONE = r"[2-8]\d{6,7}(?![\d.%元万年])"
# A text that is a number and nothing else: “0571-88889999” matches; “2025年” does not.
_WHOLE_PHONE = re.compile(_PHONE)
# Behind a name: “，8888999” matches; “，8年” does not.
_PHONE_AFTER = re.compile(
    rf"[^\d\n。；;]{{0,16}}{_PHONE}|"
    r"(?:[^\d\n。；;]{0,12}(?:电话|手机|座机|方式)[:：\s|]*|[ \u3000\t,，:：|、(（]{1,3}"
    rf"|[ \u3000]?(?:[（(][^（()）\d\n]{{1,12}}[)）]|{_POST})[ \u3000\t,，:：|、]{{0,3}})"
    rf"{_LOCAL_PHONE}"
)
# “13812345678（” matches; “8人” does not.
_PHONE_JUST_BEFORE = re.compile(
    rf"(?:{_PHONE}|(?:电话|手机|座机|方式)[:：\s|]*{_LOCAL_PHONE})[^\d\n。；;]{{0,8}}$"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万"
    "钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆"
    "农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋"
    "商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
# Of two characters: “欧阳” matches; “张三” does not.
_COMPOUND_SURNAME = re.compile("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容")
# Words that begin like a name: “成员” matches; “王明” does not.
_NO_NAME = re.compile(
    "成[员本立绩果效功就]|全[体面程部额县区市省年]|和谐|项[目下]|明[确细年]|安[全排置监]|"
    "高[度级校新中]|方[面案式可]|关[于键爱系]|应[当急对按由为在于发]|任[务何职期]|程[序度]|余额|"
    "于[是每年]|向[上社县]|文[件化明]|管[理护委]|农[业村户民]|司法|万[元人户]|常务|"
    "包[括保联]|路[面政长]|单[位独]|华[北侨]|卫[生健]|师[生资]|商[务户品业]|连[续同带片]|"
    "章[节程印]|解[决释放]|申[报请]|古[树城]|车[辆牌型]|党[员委组政支派]|费用|白天|石油|江[苏西]|"
    "河北|毛利|温[馨度]|康复|施工|武[装警]|金额|边界|席位|米面|查[看询处]|游客|夏季|季度|"
    "左[右侧]|易地|龙头|牛羊|马上|林[业草]|田[间长]|雷达|段落|史料|时[任间]|莫过|严[格禁]|"
    "许可|何[时人]|房[屋管号]|尚[未无]|宁夏|陆续|汪洋|曾[任经]|毕业|曲目|归口|景区|冷链|舒适|童[装年]|"
    "简[介称历]|荣誉|胡同|范围|齐[全抓]|盛大|麦收|麻醉|祝贺|宗[教旨]|阳[光性]|都市|经济"
)
# How names of offices end: “财务科” matches; “张三” does not.
_OFFICE_END = re.compile(
    "[局科股室处站所办委组院校厅部队会园馆县区镇乡村市省社店厂行员]$|中心|公司|单位|部门|政府|集团|银行"
)


# One set of first characters, and what must stand around them: searched for in every report. A
# label ends its line, or has a sign or no more than a name behind it.
# “联系人：” matches; “联系” does not.
_ASKED = re.compile(
    rf"(?:人(?<=(?:{_LABELS}|法人|法定)人)(?:员|姓名)?|法定代表人?|姓名|户主|账号|帐号|卡号|护照|通行证|住址|地址"
    rf"|户籍|居住地)(?=[:：|（( \u3000]|{_HAN}{{0,4}}$)",
    re.MULTILINE,
)


def asks_for_person(text: str) -> bool:
    """True where a label may have a person's name, number or address behind it, or a post stands
    behind a name."""
    return bool(_ASKED.search(text) or _POSTED.search(text))


# A post in brackets behind a name: “张三（科长）” matches; “（科长）” does not.
_POSTED = re.compile(rf"[（(](?<={_HAN}[（(])[^（()）\d\n]{{0,8}}?{_POST}[)）]")
# A name behind its post: “科长张三，” matches; “科长办公室主任” does not.
_BEHIND_POST = re.compile(rf"{_POST}(?P<name>{_HAN}{{2,3}})(?!{_HAN})")
_LONG_NUMBER = re.compile(r"\d{7}")


def _find_posted_names(text: str) -> Iterator[Hit]:
    """Names that only a post tells, beside a telephone number."""
    if not _LONG_NUMBER.search(text):
        return
    spans = [(_name_before(text, m.start()), m.start(), m.end()) for m in _POSTED.finditer(text)]
    spans += [(m.start("name"), m.end(), m.end()) for m in _BEHIND_POST.finditer(text)]
    for start, end, after in spans:
        name = text[start:end]
        if name and person_name(name) == name and _is_beside_phone(text, start, after):
            yield Hit(start, end, PrivateKind.NAME_WITH_PHONE, name, name_mask(name))


def _name_before(text: str, end: int) -> int:
    """Where a name begins that ends here: at three signs if these can be one, else at two."""
    long = text[max(0, end - 3) : end]
    return end - 3 if len(long) == 3 and person_name(long) == long else max(0, end - 2)


def _find_names(text: str) -> Iterator[Hit]:
    for match in _NAME_LABEL.finditer(text):
        if not _is_name_label(text, match):
            continue
        start = match.start("run")
        name, plausible = _name_in(match["run"])
        if not name and (posted := _POST_FIRST.match(match["run"])):
            start += posted.end()
            name, plausible = _name_in(match["run"][posted.end() :])
        if not name:
            continue
        end = start + len(name)
        phone = _is_beside_phone(text, match.start(), end)
        if phone and (plausible or match["between"]):
            yield Hit(start, end, PrivateKind.NAME_WITH_PHONE, name, name_mask(name))
        elif plausible and match["between"]:
            yield Hit(start, end, PrivateKind.NAME, name, name_mask(name), False)


def _is_name_label(text: str, match: re.Match[str]) -> bool:
    if match[0].startswith(_WHOLE_LABELS):
        return True
    return bool(_LABEL_BEFORE.search(text, max(0, match.start() - 2), match.start()))


# A post before a name: “办公室主任张三” matches; “办公室主任” does not.
_POST_FIRST = re.compile(rf"{_HAN}{{0,6}}?{_POST}(?={_HAN}{{2,4}})")
# A post behind the name that a text is: “张三（科长）” matches; “张三（盖章）” does not.
_POST_BESIDE = re.compile(
    rf"[ \u3000]*[（(][^（()）\d]{{0,8}}{_POST}[)）]$|(?<={_HAN}{{2}})[ \u3000]*{_POST}$"
)


def person_name(text: str) -> str:
    """The person's name that a text is, with a post or without one; nothing where it may be
    anything else."""
    bare = _POST_BESIDE.sub("", text.strip())
    if len(bare) > _LONGEST_NAME or not _WHOLE_NAME.fullmatch(bare):
        return ""
    name, plausible = _name_in(bare)
    return name if plausible and name == bare else ""


_LONGEST_NAME = 12
# A text that is a name: “张 三” matches; “张” does not.
_WHOLE_NAME = re.compile(rf"{_HAN}(?:[ \u3000]*{_HAN}){{1,3}}|{_HAN}{{2,6}}[·•]{_HAN}{{2,8}}")


def is_phone(text: str) -> bool:
    """True for a text that is a telephone number of a town or a mobile, and nothing else."""
    return bool(_WHOLE_PHONE.fullmatch(text.strip()))


def name_mask(name: str) -> str:
    """A name as it may be published: the first character and stars."""
    return name[0] + "*" * (len(re.sub(r"[ \u3000]", "", name)) - 1)


def _name_in(run: str) -> tuple[str, bool]:
    """The name that a run of characters begins with, or nothing; and whether it is surely one."""
    after = _AFTER_NAME.search(run)
    name = (run[: after.start()] if after else run).rstrip(" \u3000")
    bare = re.sub(r"[ \u3000]", "", name)
    if "·" in name or "•" in name:
        return name, True
    if not 2 <= len(bare) <= 4 or "某" in bare or _OFFICE_END.search(bare) or _NO_NAME.match(bare):
        return "", False
    if _COMPOUND_SURNAME.match(bare):
        return name, len(bare) >= 3
    return name, len(bare) <= 3 and bare[0] in _SURNAMES


def _is_beside_phone(text: str, start: int, end: int) -> bool:
    line = text[max(0, start - 40) : start].rpartition("\n")[2]
    return bool(_PHONE_AFTER.match(text, end) or _PHONE_JUST_BEFORE.search(line))


# --- home addresses -----------------------------------------------------------------------------

_NUMBER = "[\\d一二三四五六七八九十百零〇]"
_PLACE = r"[\u3400-\u9fffA-Za-z\d]"
# Behind a label of an address: “：云泽区人民路8号” matches; “：8号” does not.
_LABELLED_ADDRESS = re.compile(
    r"[（(]?[)）]?[ \u3000\t]*[:：为是在于|]?[ \u3000\t|]*"
    rf"(?P<address>{_PLACE}[^\n，。；,;]{{3,60}})"
)
# What a home has: “8号” matches; “道路” does not.
_DOOR = re.compile(
    rf"{_NUMBER}+\s*(?:号|室|户|栋|幢|单元|排)|{_NUMBER}+\s*[组社队](?!织|会|长|员|区)|[村屯庄]"
)
# One set of first characters and what must stand around them: searched for in every text.
# “家庭地址” matches; “网址” does not.
_ADDRESS_MARK = re.compile(
    r"[址地住单组社队室户](?:(?P<label>(?<=住址)|(?<=(?:家庭|居住|户籍)地址)|(?<=户籍所在地)|"
    r"(?<=居住地)(?!址)|(?<=家住)|(?<=现住)(?=[:：于在]))|"
    rf"(?<=单)元|(?<=[组社队])(?={_NUMBER}{{1,4}}号)|(?<={_NUMBER}[室户]))"
)
# A home in a town: “幸福小区3栋2单元501室” matches; “幸福小区” does not.
_FLAT = re.compile(
    rf"(?P<home>{_PLACE}{{2,24}}?(?:{_NUMBER}{{1,4}}|[A-Za-z甲乙丙])[#＃]?\s?(?:号楼|号院|栋|幢|座|楼|号)\s?"
    rf"(?:(?P<unit>{_NUMBER}{{1,2}}\s?单元)\s?)?(?:{_NUMBER}{{1,2}}[层楼]\s?)?"
    rf"{_NUMBER}{{2,5}}\s?[室户号](?!{_HAN}{{0,4}}(?:电话|会议|机房|展)))"
)
# Where people live: “幸福小区” matches; “人民路” does not.
_ESTATE = re.compile(r"小区|花园|家园|公寓|嘉园|新苑|[名雅]苑|新村|家属院|宿舍|公馆|华府|佳苑|社区")
# Where they work: “政务大厅” matches; “幸福小区” does not.
_OFFICE_PLACE = re.compile(r"政务|行政|办公|大厦|大楼|中心|机关|写字|商务|产业园|科技园|服务站")
# A home in a village: “王家村3组12号” matches; “王家村3组” does not.
_VILLAGE_HOME = re.compile(
    rf"{_PLACE}{{1,16}}?[村屯庄寨湾](?:委会)?第?{_NUMBER}{{1,3}}(?:村民)?[组社队]\s?{_NUMBER}{{1,4}}号"
    rf"(?:院|宅|户|房|门牌)?(?={_HAN}{{0,1}}[^\u3400-\u9fff]|\Z)"
)
# Before the place of works: “建设地点：” matches; “家庭地址：” does not.
_WORKS_BEFORE = re.compile(
    r"(?:建设|项目|实施|施工|工程)?(?:地点|位置|位于|坐落|选址)[^\n，。；]{0,12}$"
)


def _find_addresses(text: str) -> Iterator[Hit]:
    end = 0
    for mark in _ADDRESS_MARK.finditer(text):
        hit = _unlabelled(text, mark) if mark["label"] is None else _labelled(text, mark)
        if hit and hit.start >= end:
            end = hit.end
            yield hit


def _labelled(text: str, label: re.Match[str]) -> Hit | None:
    """An address behind a label such as 家庭住址, if it says more than the township."""
    match = _LABELLED_ADDRESS.match(text, label.end())
    if not match or not _DOOR.search(match["address"]):
        return None
    return _address(match.start("address"), match["address"].rstrip())


def _unlabelled(text: str, mark: re.Match[str]) -> Hit | None:
    """A flat with its door, or a house with its number in a village's group."""
    start = max(text.rfind("\n", 0, mark.start()) + 1, mark.start() - 40)
    part = text[start : mark.end() + 24].partition("\n" if "\n" in mark[0] else "\0")[0]
    if mark[0][0] in "组社队":
        match = _VILLAGE_HOME.search(part)
        works = match and _WORKS_BEFORE.search(part[: match.start() + 8])
        return _address(start + match.start(), match[0], not works) if match else None
    match = _FLAT.search(part)
    if not match or _OFFICE_PLACE.search(match[0]):
        return None
    if not (match["unit"] or _ESTATE.search(match[0])):
        return None
    return _address(start + match.start(), match[0])


def _address(start: int, found: str, certain: bool = True) -> Hit:
    end = start + len(found)
    return Hit(start, end, PrivateKind.HOME_ADDRESS, found, _address_mask(found), certain)


# As much of an address as may stay: “云泽区城关镇” matches; “镇” does not.
_TOWNSHIP = re.compile(r"^.{2,}?(?:街道|[镇乡])")


def _address_mask(found: str) -> str:
    """The address down to its township; without one, nothing of it."""
    township = _TOWNSHIP.match(found)
    return f"{township[0]}****" if township else "****"


# --- what may be a person's -----------------------------------------------------------------------

# Behind a number of people: “3名（张小雨、刘子涵）” matches; “3个村（王庄、李庄）” does not.
_LISTED = re.compile(
    rf"\d\s*[名人户位][（(](?P<list>{_HAN}{{2,4}}(?:[、，, ]{_HAN}{{2,4}})+)"
    r"等?[^（()）]{0,6}[)）]"
)


_COUNTED = re.compile("[名人户位][（(]")


def _find_listed_names(text: str) -> Iterator[Hit]:
    """Names in brackets behind how many people there are; one that is surely none clears all."""
    for match in _LISTED.finditer(text) if _COUNTED.search(text) else ():
        start = match.start("list")
        names = re.findall(f"{_HAN}+", match["list"].rstrip("等"))
        if any(len(name) == 3 for name in names) and all(map(person_name, names)):
            for name in names:
                at = text.index(name, start)
                yield Hit(at, at + len(name), PrivateKind.NAME, name, name_mask(name), False)


# A name with what makes somebody need help: “刘洋（残疾）” matches; “甲镇（低保12户）” does not.
_HELPED = re.compile(
    rf"(?:^|(?<=[，。；：、（\n])|(?<=其中)|(?<=例如)|(?<=[如童者生人民象]))(?P<name>{_HAN}{{2,3}})"
    r"[（(][^（()）\d]{0,8}(?:残疾|低保|特困|孤儿|建档立卡|\d{1,3}岁)[^（()）\d]{0,8}[)）]"
)
_HELP = ("残疾", "低保", "特困", "孤儿", "建档立卡", "岁）")


def _find_helped(text: str) -> Iterator[Hit]:
    """Names of disabled and poor people, and of children."""
    for match in _HELPED.finditer(text) if any(word in text for word in _HELP) else ():
        name = match["name"]
        if person_name(name) == name:
            mask = name_mask(name)
            yield Hit(match.start("name"), match.end("name"), PrivateKind.NAME, name, mask, False)


# Mail boxes that anybody can have: “a@163.com” matches; “a@yunze.gov.cn” does not.
_MAIL = re.compile(
    r"@(?<=[\w.+-]@)(?:(?:vip\.)?(?:163|126|139|189|sina|sohu|qq|yeah|foxmail|aliyun|outlook|hotmail|gmail|icloud)"
    r"\.(?:com|net|cn|com\.cn))(?![\w.]*\w)",
    re.ASCII | re.IGNORECASE,
)
_MAIL_NAME = re.compile(r"[\w.+-]+$", re.ASCII)


_WIDE_MAIL = str.maketrans("＠．", "@.")


def _find_mail(text: str) -> Iterator[Hit]:
    text = text.translate(_WIDE_MAIL) if "＠" in text else text
    for match in _MAIL.finditer(text) if "@" in text else ():
        named = _MAIL_NAME.search(text, max(0, match.start() - 40), match.start())
        if named:
            found = text[named.start() : match.end()]
            mask = f"{found[0]}***{match[0]}"
            yield Hit(named.start(), match.end(), PrivateKind.EMAIL, found, mask, False)


# “冀A1234学” matches; “京A座” does not.
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•\s]?"
    r"(?=[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])|[A-HJ-NP-Z0-9]{4}[学警挂领港澳试])"
    r"(?=[A-Z]*\d[A-Z]*\d)(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警挂领港澳试])"
)


def _find_plates(text: str) -> Iterator[Hit]:
    for match in _PLATE.finditer(text):
        found = match[0]
        mask = f"{found[:2]}***{found[-2:]}"
        yield Hit(*match.span(), PrivateKind.NUMBER_PLATE, found, mask, False)


# An account for chats: “微信号：zhang_san” matches; “微信公众号” does not.
_CHAT = re.compile(
    r"(?:QQ(?:号码?)?[ \u3000]*[:：]?|微信号[ \u3000]*[:：]?|微信[ \u3000]*[:：])[ \u3000]*"
    r"(?P<number>[1-9]\d{4,10}|[A-Za-z][\w-]{5,19})(?![\w-])",
    re.ASCII | re.IGNORECASE,
)


_CHATS = re.compile("[Qq微](?=[Qq]|信[号:： ])")


def _find_chats(text: str) -> Iterator[Hit]:
    for match in _CHAT.finditer(text) if _CHATS.search(text) else ():
        found = match["number"]
        mask = f"{found[:2]}{'*' * (len(found) - 3)}{found[-1]}"
        yield Hit(*match.span("number"), PrivateKind.CHAT_ACCOUNT, found, mask, False)


_BIRTH = (
    r"(?P<{}>(?:19|20)\d\d\s*[年./-]\s*\d{{1,2}}"
    r"(?:\s*月(?:\s*\d{{1,2}}\s*日)?|\s*[./-]\s*\d{{1,2}})?)"
)
# Somebody's day of birth: “1962年5月出生” matches; “2025年5月出生人口” does not.
_BIRTHDAY = re.compile(
    _BIRTH.format("before") + r"\s*(?:出生|生(?=[，。；、）)]|$))"
    r"(?!人口|人数|婴|儿|缺陷|率|的|以|之|医学|登记)"
    r"|(?:出生(?:日期|年月日?|时间)|生日|(?<![产发诞派衍])生于)[ \u3000]*(?:为|是|[:：])?[ \u3000]*"
    + _BIRTH.format("behind"),
    re.ASCII,
)


def _find_birthdays(text: str) -> Iterator[Hit]:
    for match in _BIRTHDAY.finditer(text) if "生" in text else ():
        named = "before" if match["before"] else "behind"
        found = match[named]
        mask = found[:4] + re.sub(r"\d", "*", found[4:])
        yield Hit(*match.span(named), PrivateKind.BIRTHDAY, found, mask, False)
