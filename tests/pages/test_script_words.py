"""The words of scripts: each that a script asks for is there, and no other."""

from __future__ import annotations

import re

from evalpress.pages.script_words import script_words
from evalpress.wording import TEMPLATES, catalogue

ASSETS = TEMPLATES / "theme" / "assets"
PART = re.compile(r'window\.epSay\("(\w+)", key')
ASKED = re.compile(r'\bsay\(\s*"(\w+)"')


def test_scripts_ask_for_the_words_that_there_are() -> None:
    asked: dict[str, set[str]] = {}
    for path in ASSETS.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        part = PART.search(text)
        name = part[1] if part else "search"
        asked.setdefault(name, set()).update(ASKED.findall(text))
    asked = {name: keys for name, keys in asked.items() if keys}
    assert asked == {name: set(words) for name, words in catalogue("wording")["scripts"].items()}


def test_the_script_holds_them_all() -> None:
    made = script_words()
    for words in catalogue("wording")["scripts"].values():
        assert all(text in made for text in words.values())
