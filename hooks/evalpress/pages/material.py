"""4 write: Material's style sheet -> what of it the pages of a site can use.

The frame of every page is our own, so that four fifths of what Material says have nothing to hold
for; its rules for the text of pages stay, as far as the site's Markdown extensions can make what
they are for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2

# Material's documentation tells authors to give these to what they write.
AUTHORS = frozenset({"md-typeset", "md-button", "md-button--primary"})
_CODE = ("highlight", "lineno", "hll")
# How the classes begin that a Markdown extension gives to what it makes.
_GIVEN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("abbr", "attr_list", "def_list", "fenced_code", "md_in_html", "meta"), ()),
    **dict.fromkeys(("nl2br", "sane_lists", "smarty", "tables", "toc"), ()),
    **dict.fromkeys(("admonition", "pymdownx.details"), ("admonition",)),
    **dict.fromkeys(("codehilite", "pymdownx.highlight", "pymdownx.superfences"), _CODE),
    "footnotes": ("footnote",),
    "pymdownx.arithmatex": ("arithmatex", "katex"),
    "pymdownx.critic": ("critic",),
    "pymdownx.emoji": ("emojione", "gemoji", "twemoji"),
    "pymdownx.keys": ("key",),
    "pymdownx.tabbed": ("tabbed-",),
    "pymdownx.tasklist": ("task-list",),
}
_OF_EXTENSIONS = tuple({begin for begins in _GIVEN.values() for begin in begins})
_OWN = re.compile(r"\bmd-[\w-]+")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_NESTED = ("media", "supports", "layer")


@dataclass(frozen=True)
class Used:
    """The classes that pages can have: Material's own by their names, those that extensions give by
    their beginnings. Every other one is an author's."""

    own: frozenset[str]
    given: tuple[str, ...]

    @property
    def said(self) -> str:
        """All of them, alike in every process."""
        return repr((sorted(self.own), self.given))

    def allows(self, classes: Iterable[str]) -> bool:
        """Whether something can have all these classes."""
        return all(map(self._is_there, classes))

    def _is_there(self, name: str) -> bool:
        if name.startswith("md-"):
            return name in self.own
        return name.startswith(self.given) or not name.startswith(_OF_EXTENSIONS)


def style_sheet() -> str:
    """The whole style sheet of the installed theme; "" where there is none."""
    for name in ("material", "materialx"):
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            found = Path(folder, "templates", "assets", "stylesheets").glob("main.*.min.css")
            if path := next(found, None):
                return path.read_text(encoding="utf-8")
    return ""


def used_classes(folders: Iterable[Path], extensions: Collection[str], written: str) -> Used:
    """What templates and scripts below these folders name, what these Markdown extensions give (one
    that is not known may give anything), and what the text of pages by hand names."""
    files = (p for f in folders for p in f.rglob("*") if p.suffix in (".html", ".js"))
    named = (_OWN.findall(file.read_text(encoding="utf-8")) for file in files)
    own = AUTHORS.union(*named)
    names = [name.removeprefix("markdown.extensions.") for name in extensions]
    if any(name not in _GIVEN for name in names):
        return Used(own, _OF_EXTENSIONS)
    given = {begin for name in names for begin in _GIVEN[name]}
    return Used(own, tuple(sorted(given | {b for b in _OF_EXTENSIONS if b in written})))


def pruned(style_sheet: str, used: Used, beside: str = "") -> str:
    """The style sheet without selectors for what no page has, and without properties of Material's
    that neither it nor the style sheets `beside` it read."""
    before, now = "", style_sheet
    while now != before:
        before, read = now, frozenset(_READ.findall(now + beside))
        pruning = _Pruning(used, read)
        now = "".join(pruning.kept(tinycss2.parse_stylesheet(before, True, True)))
    return now


@dataclass(frozen=True)
class _Pruning:
    """What selectors may ask for, and which properties are read."""

    used: Used
    read: frozenset[str]

    def kept(self, rules: Iterable[Any]) -> Iterator[str]:
        """The text of each rule that stays."""
        for rule in rules:
            if rule.type == "qualified-rule":
                yield self._rule(rule)
            elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content:
                yield self._nested(rule)
            elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
                yield rule.serialize()

    def _rule(self, rule: Any) -> str:
        shown = [
            tinycss2.serialize(s) for s in _selectors(rule.prelude) if self.used.allows(_classes(s))
        ]
        said = self._declarations(rule.content) if shown else ""
        return f"{','.join(shown)}{{{said}}}" if said else ""

    def _declarations(self, content: list[Any]) -> str:
        found = tinycss2.parse_blocks_contents(content, True, True)
        return ";".join(
            one.serialize().rstrip(";") for one in found
            if not (one.type == "declaration" and self._is_unread(one.name))
        )  # fmt: skip

    def _is_unread(self, name: str) -> bool:
        return name.startswith("--md-") and name not in self.read

    def _nested(self, rule: Any) -> str:
        inside = "".join(self.kept(tinycss2.parse_rule_list(rule.content, True, True)))
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
    """The classes without which a selector cannot apply: not those inside `:not()`."""
    pairs = pairwise(selector)
    return {name.value for dot, name in pairs if dot == "." and name.type == "ident"}
