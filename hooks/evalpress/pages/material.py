"""4 write: Material's style sheet -> what of it the pages of a site can use.

The frame of every page is our own, so that four fifths of what Material says have nothing to hold
for; its rules for the text of pages stay, whatever an owner writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2

# Material's documentation tells authors to give these to what they write.
AUTHORS = frozenset({"md-typeset", "md-button", "md-button--primary"})
_OWN = re.compile(r"\bmd-[\w-]+")
_NESTED = ("media", "supports", "layer")


def style_sheet() -> str:
    """The whole style sheet of the installed theme; "" where there is none."""
    for name in ("material", "materialx"):
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            found = Path(folder, "templates", "assets", "stylesheets").glob("main.*.min.css")
            if path := next(found, None):
                return path.read_text(encoding="utf-8")
    return ""


def used_classes(folders: Iterable[Path]) -> frozenset[str]:
    """The classes of Material that templates and scripts below these folders name."""
    files = (p for f in folders for p in f.rglob("*") if p.suffix in (".html", ".js"))
    named = (_OWN.findall(file.read_text(encoding="utf-8")) for file in files)
    return AUTHORS.union(*named)


def pruned(style_sheet: str, used: frozenset[str]) -> str:
    """The style sheet without the selectors that need another class of Material than `used`."""
    return "".join(_kept(tinycss2.parse_stylesheet(style_sheet, True, True), used))


def _kept(rules: Iterable[Any], used: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield _rule(rule, used)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content:
            yield _nested(rule, used)
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            yield rule.serialize()


def _rule(rule: Any, used: frozenset[str]) -> str:
    shown = [tinycss2.serialize(s) for s in _selectors(rule.prelude) if _classes(s) <= used]
    return f"{','.join(shown)}{{{tinycss2.serialize(rule.content)}}}" if shown else ""


def _nested(rule: Any, used: frozenset[str]) -> str:
    inside = "".join(_kept(tinycss2.parse_rule_list(rule.content, True, True), used))
    prelude = tinycss2.serialize(rule.prelude)
    return f"@{rule.lower_at_keyword}{prelude}{{{inside}}}" if inside else ""


def _selectors(prelude: list[Any]) -> Iterator[list[Any]]:
    """The selectors of a rule, each as its tokens."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _classes(selector: list[Any]) -> set[str]:
    """Material's own classes without which a selector cannot apply: not those inside `:not()`."""
    pairs = pairwise(selector)
    names = {name.value for dot, name in pairs if dot == "." and name.type == "ident"}
    return {name for name in names if name.startswith("md-")}
