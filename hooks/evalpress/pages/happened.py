"""4 write: Assessment -> what happened in one line: score, grade, targets, money, worst deviation.

It is computed, for the site alone; what a report does not say or withholds is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from evalpress.assess import Assessment
from evalpress.assess.judging import named, target_of
from evalpress.assess.targets import Shortfall, furthest, targets
from evalpress.model import FundColumnRole
from evalpress.pages.attainment import targets_words
from evalpress.pages.grids import amount
from evalpress.wording import word


def happened(assessment: Assessment) -> str:
    """The line; nothing where nothing is known."""
    said = "；".join(filter(None, _clauses(assessment)))
    return f"{said}。" if said else ""


def happened_first(assessment: Assessment) -> str:
    """The score and the rate alone, for where there is room for little."""
    rate = assessment.rate
    rated = word("happened", "rate").format(amount(rate.percent)) if rate else ""
    return "；".join(filter(None, (_scored(assessment), rated)))


def _clauses(assessment: Assessment) -> Iterator[str]:
    yield _scored(assessment)
    if found := targets(assessment.report):
        yield targets_words(found)
    yield _spent(assessment)
    if worst := furthest(assessment.report):
        yield _missed(worst)


def _scored(assessment: Assessment) -> str:
    said = []
    if assessment.score is not None:
        whole = assessment.full_marks
        said.append(word("happened", "score").format(amount(assessment.score)))
        said += [word("happened", "of_marks").format(amount(whole))] if whole is not None else []
    if assessment.grade_word:
        grade = word("happened", "grade").format(assessment.grade_word)
        said.append(f"，{grade}" if said else grade)
    return "".join(said)


def _spent(assessment: Assessment) -> str:
    money, rate = assessment.money, assessment.rate
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    said = []
    if money and executed is not None:
        said.append(word("happened", "spent").format(amount(executed), money.unit))
    if rate:
        said.append(word("happened", "rate").format(amount(rate.percent)))
    return "，".join(said)


def _missed(worst: Shortfall) -> str:
    share = (worst.attained * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return word("happened", "worst").format(
        name=named(worst.indicator), target=target_of(worst.indicator),
        actual=worst.indicator.actual, share=amount(share),
    )  # fmt: skip
