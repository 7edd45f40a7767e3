"""3 assess. In: PublicReports. Out: a Catalogue and what follows from it, in exact decimals.

Nothing is guessed: a rate needs a budget, a per cent of full marks needs full marks, a total needs
the same unit in all its parts, and nothing is added up over regions or provenances.

money.py        a fund table -> amounts by what they mean, the execution rate
assessment.py   one report -> its score, grade, rate and money
totals.py       a region's year -> budget, executed, grades, how many are late
catalogue.py    all reports -> the questions that pages ask of them
punctuality.py  deadlines and first publications -> who is late
natures.py      an indicator's nature -> how it is judged and how its target moves
judging.py      an indicator -> what became of it, in closed words
lineage.py      departments that became others
trends.py       a department's years side by side
indicator_years.py  the same indicators in one report after another
reaching.py     an indicator over the years -> figures on one axis
medians.py      the middle of the departments that can be held against each other
spread.py       a year's scores, grades and rates, and how far they spread
pooled.py       indicators that departments share
register.py     every problem ever reported, and its later life
cases.py        each problem once, over all reports that name it

One more nature of indicators: one decorated class in natures.py. One more figure: a function here
in the module that is about its kind; pages, checks and exports ask for it.
"""

from evalpress.assess.assessment import Assessment, assess_report, full_marks
from evalpress.assess.catalogue import Catalogue, assess
from evalpress.assess.money import BUDGET_ROLES, amounts_of, percent, total_line
from evalpress.assess.totals import YearTotals

__all__ = [
    "BUDGET_ROLES",
    "Assessment",
    "Catalogue",
    "YearTotals",
    "amounts_of",
    "assess",
    "assess_report",
    "full_marks",
    "percent",
    "total_line",
]
