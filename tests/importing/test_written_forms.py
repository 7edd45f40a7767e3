"""Forms written down as people see them: odd layouts of our own (`written_forms.txt`), such as once
were read wrongly (`trap_forms.txt`), and some
after published ones (`published_forms.txt`, each behind its name with the source of its headings
and their order; texts and figures are invented): nothing is wrong in silence, and what finds no
place is told."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import pytest

from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.ownership import Asked
from evalpress.load import Loaded
from form_truth import measure
from office_forms import WRITERS
from projects import without_reports
from sampling import sample
from written_forms import form_of

# Forms are read by the names of the demonstration's departments.
pytestmark = pytest.mark.demonstration

_FORM = re.compile(r"^### (\S+)[^\n]*\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


def _forms(name: str) -> dict[str, str]:
    return dict(_FORM.findall(Path(__file__).with_name(name).read_text(encoding="utf-8")))


FORMS = _forms("written_forms.txt")
PUBLISHED = _forms("published_forms.txt")
TRAPS = _forms("trap_forms.txt")
CASES = [(name, kind) for name in FORMS for kind in WRITERS]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The demonstration's reference data with the forms' words, without reports."""
    return without_reports()


@pytest.mark.parametrize(("name", "kind"), sample(CASES, 3))
def test_what_is_written_down_is_what_is_read(name: str, kind: str, loaded: Loaded) -> None:
    _is_read(name, kind, FORMS[name], loaded)


@pytest.mark.parametrize(("name", "kind"), list(zip(TRAPS, cycle(WRITERS), strict=False)))
def test_what_was_read_wrongly_once_is_read_or_told(name: str, kind: str, loaded: Loaded) -> None:
    _is_read(name, kind, TRAPS[name], loaded)


@pytest.mark.parametrize("name", PUBLISHED)
def test_forms_after_published_ones_are_read(name: str, loaded: Loaded) -> None:
    for kind in WRITERS:
        _is_read(name, kind, PUBLISHED[name], loaded)


def _is_read(name: str, kind: str, text: str, loaded: Loaded) -> None:
    form = form_of(text)
    document = read_content(f"{name}.{kind}", WRITERS[kind](form))
    made = measure(form, drafts_of([document], Asked(), loaded))
    assert not made.wrong
    assert not made.missing
    assert not made.untold
    assert not made.personal
