"""Arguments of a command, and what is wrong with them, in Chinese: argparse speaks English only."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from evalpress.text.nearest import near
from evalpress.wording import word

# How argparse says what is wrong, each with the key of the sentence for it.
_SAID = (
    ("missing", re.compile(r"the following arguments are required: (?P<names>.+)")),
    ("unknown", re.compile(r"unrecognized arguments: (?P<found>.+)")),
    ("choice", re.compile(r"argument (?P<name>.+?): invalid choice: '(?P<found>.*?)' \(.*\)")),
    ("value", re.compile(r"argument (?P<name>.+?): expected .+")),
    ("several", re.compile(r"argument (?P<name>.+?): not allowed with argument (?P<found>.+)")),
    ("type", re.compile(r"argument (?P<name>.+?): invalid .+? value: '(?P<found>.*)'")),
    ("none_of", re.compile(r"one of the arguments (?P<names>.+) is required")),
)


class _Formatter(argparse.HelpFormatter):
    """Help that begins with 用法."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """As argparse does, with another prefix."""
        shown = word("commands", "usage") if prefix is None else prefix
        super().add_usage(usage, actions, groups, shown)


class Parser(argparse.ArgumentParser):
    """Reads arguments; says in Chinese which are missing or wrong, and ends with 2."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **given)
        self._positionals.title = word("commands", "positionals")
        self._optionals.title = word("commands", "optionals")
        self.add_argument("-h", "--help", action="help", help=word("commands", "help"))

    def error(self, message: str) -> NoReturn:
        """End with the usage and, last, what is wrong."""
        self.exit(2, f"{self.format_usage()}{self._told(message)}\n")

    def _told(self, message: str) -> str:
        for key, pattern in _SAID:
            if match := pattern.fullmatch(message):
                values = match.groupdict()
                if "names" in values:
                    values["names"] = "、".join(self._named(re.split(r",? ", values["names"])))
                if key == "choice":
                    choices = self._choices(values["name"])
                    values |= {
                        "choices": "、".join(choices),
                        "near": near(values["found"], choices),
                    }
                return word("commands", "mistaken", key).format(**values)
        return message

    def _named(self, names: Iterable[str]) -> list[str]:
        """The arguments with what each stands for."""
        told = {a.metavar or a.dest: a.help for a in self._actions}
        form = word("commands", "named")
        return [form.format(n, told[n]) if told.get(n) else n for n in names]

    def _choices(self, name: str) -> list[str]:
        """What may be written for an argument, or for an option that has several spellings."""
        spelt = set(name.split("/"))
        actions = (a for a in self._actions if spelt & {a.metavar, a.dest, *a.option_strings})
        return [str(c) for a in actions for c in a.choices or ()]
