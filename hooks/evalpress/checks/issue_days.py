"""2 check: rules about when a report was signed, issued, numbered, published and corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.report_days import (
    MONTH_DAY,
    SELF,
    day_in,
    day_of,
    is_later,
    last_of,
    last_signed,
    published_on,
    signed_on,
    signed_parts,
    worded,
)
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level, find
from evalpress.ledger.allotting import codes_of
from evalpress.text.index_numbers import form_of
from evalpress.wording import word


@rule("issued_after_publication", level=Level.WARNING)
def issued_after_publication(subject: Subject) -> Iterator[Finding]:
    """成文日期不晚于首次公开日期。

    依据：报告前后一致
    """
    published = published_on(subject)
    days = [
        ("public_info/issued", day_in(subject.content.public_info.issued)),
        ("signature/date", signed_on(subject)),
    ]
    for place, day in days:
        if day and published and is_later(day, published):
            values: dict[str, Any] = {"found": worded(day), "published": worded(published)}
            yield subject.find("issued_after_publication", place, **values)
            return


@rule("before_year_end", level=Level.WARNING)
def before_year_end(subject: Subject) -> Iterator[Finding]:
    """报告的完成、成文、公开日期在被评价的年度结束之后。

    依据：报告前后一致
    """
    if subject.kind not in SELF:
        return
    evaluation = subject.content.evaluation
    days = [
        ("public_info/issued", last_of(subject.content.public_info.issued)),
        ("signature/date", last_signed(subject)),
        ("evaluation/completed", last_of(evaluation.completed) if evaluation else None),
        ("first_published", published_on(subject)),
    ]
    for place, day in days:
        if day and day[0] and (day[0], *day[1:]) < (subject.key.year, 12, 31):
            values: dict[str, Any] = {"found": worded(day), "year": subject.key.year}
            yield subject.find("before_year_end", place, **values)


_LATE_YEARS = 5  # a report that is older than that when it becomes public is dated wrongly


@rule("publication_year", level=Level.ERROR)
def publication_year(subject: Subject) -> Iterator[Finding]:
    """首次公开的年份与报告的年度、成文的年份相去不远：写成以后的年份，报告就一直不会公开。

    依据：算术关系
    """
    published, year = published_on(subject), subject.key.year
    issued = last_of(subject.content.public_info.issued) or last_signed(subject)
    if not published or not published[0]:
        return
    last = min(year + _LATE_YEARS, (issued[0] or year) + 2 if issued else year + _LATE_YEARS)
    if published[0] > max(last, year + 1):
        values: dict[str, Any] = {"found": worded(published), "year": year, "last": year + 1}
        yield subject.find("publication_year", "first_published", **values)


@rule("year_ahead", level=Level.WARNING)
def year_ahead(subject: Subject) -> Iterator[Finding]:
    """报告的年度（文件名）不晚于它自己的各个日期。

    依据：算术关系
    """
    content, evaluation = subject.content, subject.content.evaluation
    days = (
        published_on(subject), last_of(content.public_info.issued), last_signed(subject),
        last_of(evaluation.completed) if evaluation else None,
    )  # fmt: skip
    years = [day[0] for day in days if day and day[0]]
    if years and subject.key.year > max(years):
        found, year = max(years), subject.key.year
        yield subject.find("year_ahead", "", found=found, year=year)


@rule_for_all("odd_year", level=Level.WARNING)
def odd_years(context: Context) -> Iterator[Finding]:
    """报告的年度（文件名）不比其他报告晚好几年。

    依据：算术关系
    """
    reports = context.loaded.reports
    years = sorted({report.key.year for report in reports})
    if len(years) < 2 or years[-1] - years[-2] <= _LATE_YEARS:
        return
    for report in reports:
        if report.key.year == years[-1]:
            where = context.source(report).place(())
            yield find("odd_year", where, found=years[-1], other=years[-2])


@rule("signature_date", level=Level.WARNING)
def signature_date(subject: Subject) -> Iterator[Finding]:
    """落款日期与成文日期一致。

    依据：报告前后一致
    """
    issued, signed = day_in(subject.content.public_info.issued), signed_on(subject)
    if issued and signed and issued[0] and issued != signed:
        values: dict[str, Any] = {"found": worded(signed), "issued": worded(issued)}
        yield subject.find("signature_date", "signature/date", **values)


@rule("correction_date", level=Level.WARNING)
def correction_date(subject: Subject) -> Iterator[Finding]:
    """更正日期不早于首次公开日期。

    依据：报告前后一致
    """
    published = published_on(subject)
    for correction in subject.content.corrections:
        day = day_in(correction.date)
        if day and published and is_later(published, day):
            values: dict[str, Any] = {"found": worded(day), "published": worded(published)}
            yield subject.find("correction_date", f"corrections/{correction.id}/date", **values)


@rule("late_publication", level=Level.HINT)
def late_publication(subject: Subject) -> Iterator[Finding]:
    """成文后二十个工作日内公开(不计节假日调休)。

    依据：地方做法
    """
    issued, published = day_in(subject.content.public_info.issued), subject.content.first_published
    if not published or not issued or not issued[0]:
        return
    first = date(issued[0], *issued[1:])
    days = (published.date() - first).days
    if _working_days(first.weekday(), days) > 20:
        yield subject.find("late_publication", "first_published", found=days)


def _working_days(weekday: int, days: int) -> int:
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((weekday + n) % 7 < 5 for n in range(1, rest + 1))


# What makes a report final: “审议本报告” matches; “审议方案” does not.
_APPROVED = re.compile(
    r"(?:审议|审定|审核|研究|讨论|通过|审签)[^，。；]{0,8}(?:本报告|自评报告|自评结果|评价报告)"
)


@rule("approved_after_issue", level=Level.WARNING)
def approved_after_issue(subject: Subject) -> Iterator[Finding]:
    """审议、审定本报告的日期不晚于成文日期。

    依据：报告前后一致
    """
    issued = day_in(subject.content.public_info.issued) or signed_on(subject)
    if not issued or not subject.may_say("本报告", "自评报告", "自评结果"):
        return
    for place, match in subject.matches(MONTH_DAY, subject.texts, _APPROVED):
        clauses = re.split("[。；\n]", match.string[match.end() :], maxsplit=1)[0]
        day = day_of(match)
        told = _APPROVED.search(clauses[:_NEAR_DAY])
        if told and not MONTH_DAY.search(clauses[: told.start()]) and is_later(day, issued):
            values = {"found": worded(day), "work": told[0], "issued": worded(issued)}
            yield subject.find_match("approved_after_issue", place, match, **values)


_NEAR_DAY = 30  # characters behind a day in which stands what was done on it
# What is no day below a report, nor 45826: “2025年6月 日” matches; “2025年6月” does not.
_NO_DAY = re.compile(r"[1-9]\d{4}(?:\.\d+)?|.*年\s*月.*|.*月\s*日.*", re.ASCII)


@rule("signature_unclear", level=Level.WARNING)
def signature_unclear(subject: Subject) -> Iterator[Finding]:
    """落款日期看得出是哪年哪月哪日：不是 Excel 的日期序号，不留空的月、日。

    依据：文字习惯
    """
    written = (subject.content.signature.date if subject.content.signature else None) or ""
    if _NO_DAY.fullmatch(written.strip()):
        meant = _serial_day(written)
        yield subject.find("signature_unclear", "signature/date", found=written, meant=meant)


def _serial_day(written: str) -> str:
    """The day that Excel counts by this number, for a message; nothing for what is no number."""
    if not written.strip().isdecimal():
        return ""
    day = date(1899, 12, 30) + timedelta(days=int(written))
    return word("finding", "serial_day").format(worded((day.year, day.month, day.day)))


# The day to which a report counts: “截至2025年12月31日” matches; “截至目前” does not.
_CUTOFF = re.compile(
    r"截[至止]到?\s*((?:19|20)\d\d)\s*年\s*(?:年?[底末]|(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日|[底末])?)",
    re.ASCII,
)


@rule("cutoff_ahead", level=Level.WARNING)
def cutoff_ahead(subject: Subject) -> Iterator[Finding]:
    """数据截至的日期不晚于报告成文的日期。

    依据：报告前后一致
    """
    issued = last_of(subject.content.public_info.issued) or last_signed(subject)
    issued = issued or published_on(subject)
    for text in subject.texts if issued and "截" in subject.whole else ():
        for match in _CUTOFF.finditer(text.value):
            month = int(match[2] or 12)
            if not 1 <= month <= 12:
                continue
            day = (int(match[1]), month, int(match[3] or 1))
            if is_later(day, issued):
                other = worded(issued) if issued else ""
                yield subject.find_match("cutoff_ahead", text.place, match, issued=other)


# The year of a document: “云教〔2026〕5号” matches; “2026年5号” does not.
_OWN_NUMBER = re.compile(r"[〔(（\[【［]\s*(20\d\d)\s*[〕)）\]】］]", re.ASCII)


@rule("document_year", level=Level.WARNING)
def document_year(subject: Subject) -> Iterator[Finding]:
    """报告自己的文号写成文的年份。

    依据：报告前后一致
    """
    info = subject.content.public_info
    match = _OWN_NUMBER.search(info.document_number or "")
    issued = info.issued.year if info.issued else None
    signed = signed_parts(subject)
    year = issued or (signed[0] if signed else None)
    if match and year and int(match[1]) != year:
        values: dict[str, Any] = {"found": info.document_number, "year": year}
        yield subject.find("document_year", "public_info/document_number", **values)


@rule("index_number_year", level=Level.WARNING)
def index_number_year(subject: Subject) -> Iterator[Finding]:
    """索引号里的年份是公开或成文的年份。

    依据：报告前后一致
    """
    info, published = subject.content.public_info, published_on(subject)
    pattern = subject.reference.defaults(subject.key).index_number
    department = subject.reference.departments.get(subject.key.department)
    if not (info.index_number and pattern and "{year}" in pattern and published and department):
        return
    years = {published[0], info.issued.year if info.issued else None} - {None}
    codes = codes_of(department)
    own = form_of(pattern, codes).fullmatch(info.index_number)
    if own and not any(form_of(pattern, codes, y).fullmatch(info.index_number) for y in years):
        values: dict[str, Any] = {"found": info.index_number, "year": published[0]}
        yield subject.find("index_number_year", "public_info/index_number", **values)
