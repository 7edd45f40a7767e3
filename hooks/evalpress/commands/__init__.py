"""The command line: `evalpress <verb>`. In: arguments. Out: lines for a person, and an exit code.

A verb is a file of this room. It has `add_options(parser)` and `run(options)`, which gives the exit
code: 0 nothing blocks, 1 something blocks, 2 the command itself was wrong. Its words stand under
its name in `commands` of the wording catalogue. One more verb: one more file.
"""

from __future__ import annotations

import argparse
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

from evalpress.findings import Mistaken, Refused
from evalpress.wording import word

VERBS = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verb that the arguments name; gives its exit code. A bug keeps its traceback."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(given[:1]).parse_args(given)
    try:
        return int(options.run(options))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except Mistaken as told:
        print(told, file=sys.stderr)
        return 2


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    """Knows all verbs, and the options of the one that is asked for: only its file is loaded."""
    codes = word("commands", "codes")
    parser = argparse.ArgumentParser(
        prog="evalpress", description=word("commands", "about"), epilog=codes
    )
    verbs = parser.add_subparsers(required=True, metavar=word("commands", "command"))
    for name in VERBS:
        verb = verbs.add_parser(name, help=word("commands", name, "about"), epilog=codes)
        if name in asked:
            module = import_module(f"{__name__}.{name}")
            module.add_options(verb)
            verb.set_defaults(run=module.run)
    return parser
