"""Forms of odd layouts, written down as people see them (`written_forms.txt`, our own): nothing is
wrong in silence, and what finds no place is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.ownership import Asked
from evalpress.load import Loaded, load
from form_truth import measure
from office_forms import WRITERS
from projects import ROOT
from sampling import sample
from written_forms import form_of

TEXT = Path(__file__).with_name("written_forms.txt")
_FORM = re.compile(r"^### (\S+)\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
FORMS = dict(_FORM.findall(TEXT.read_text(encoding="utf-8")))
CASES = [(name, kind) for name in FORMS for kind in WRITERS]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The demonstration's reference data with the forms' words, without reports."""
    found = load(ROOT / "data")
    found.reports.clear()
    return found


@pytest.mark.parametrize(("name", "kind"), sample(CASES, 3))
def test_what_is_written_down_is_what_is_read(name: str, kind: str, loaded: Loaded) -> None:
    form = form_of(FORMS[name])
    document = read_content(f"{name}.{kind}", WRITERS[kind](form))
    made = measure(form, drafts_of([document], Asked(), loaded))
    assert not made.wrong
    assert not made.missing
    assert not made.untold
    assert not made.personal
