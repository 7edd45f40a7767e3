"""4 write: how many targets were met -> a key figure, a cell, words, each with its bar.

All of it is computed and says so; what is only for the site carries the class that print leaves
out.
"""

from __future__ import annotations

from markupsafe import Markup

from evalpress.assess.judging import Outcome
from evalpress.assess.targets import Targets
from evalpress.pages.frame import Figure
from evalpress.pages.grids import Cell, Column, cell
from evalpress.text.markup import in_html
from evalpress.wording import word


def targets_figure(found: Targets, note: str = "") -> list[Figure]:
    """达到 10 / 17 项 with a bar; nothing where a report has no targets."""
    if not found:
        return []
    value = word("targets", "of").format(found.met, found.asked)
    said = "；".join(filter(None, (rest_words(found), note)))
    name, unit = word("targets", "column"), word("targets", "unit")
    return [Figure(name, value, unit, said, bar=bar(found), computed=True)]


def targets_words(found: Targets) -> str:
    """达到 10 / 17 项，未达到 2 项，未作判断 5 项."""
    value = word("targets", "of").format(found.met, found.asked)
    lead = f"{word('targets', 'met')} {value} {word('targets', 'unit')}"
    return "，".join(filter(None, (lead, rest_words(found))))


def rest_words(found: Targets) -> str:
    """未达到 2 项，未作判断 5 项; without what there is none of."""
    parts = (("missed", found.missed), ("unjudged", found.unjudged))
    unit = word("targets", "unit")
    return "，".join(f"{word('targets', key)} {count} {unit}" for key, count in parts if count)


def targets_column(key: str = "") -> Column:
    """The column of `targets_cell`."""
    return Column(word("targets", "column"), numeric=True, key=key)


def targets_cell(found: Targets | None) -> Cell:
    """10/17 above its bar, sorted by the share that was met."""
    if not found:
        return cell(None)
    return Cell(targets_brief(found), "ep-number", sort=f"{found.met / found.asked:.4f}")


def targets_brief(found: Targets) -> Markup:
    """10/17 and its bar; nothing where there are no targets."""
    if not found:
        return Markup("")
    said = in_html(word("targets", "brief").format(found.met, found.asked))
    shown = Markup('<span class="ep-met" title="{}">{}</span>{}')
    return shown.format(in_html(rest_words(found)), said, bar(found))


def bar(found: Targets) -> Markup:
    """The three counts as a bar, for the eye; the counts stand beside it in words."""
    parts = (
        (Outcome.MET, found.met), (Outcome.MISSED, found.missed),
        (Outcome.UNKNOWN, found.unjudged),
    )  # fmt: skip
    at, shown = 0, Markup("")
    for name, count in parts:
        shown += _RECT.format(name, at, count) if count else ""
        at += count
    return _BAR.format(at, shown)


# Widths are the picture's own: a policy may forbid styles that stand in a page.
_BAR = Markup(
    '<svg class="ep-share" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true"'
    ' focusable="false">{}</svg>'
)
_RECT = Markup('<rect class="ep-share--{}" x="{}" width="{}" height="1"/>')


def outcome_cell(outcome: Outcome | None) -> Cell:
    """What became of one target, in closed words; None where a value of it is withheld."""
    style = outcome or "withheld"
    said = in_html(outcome_word(outcome))
    return Cell(Markup(f'<span class="ep-outcome ep-outcome--{style}">{said}</span>'))


def outcome_word(outcome: Outcome | None) -> str:
    """What became of a target, in closed words."""
    return word("trends", "outcomes", outcome) if outcome else word("trends", "withheld")
