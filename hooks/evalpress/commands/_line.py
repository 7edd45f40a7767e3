"""The command line as a whole: arguments -> the verb that they name -> an exit code."""

from __future__ import annotations

import argparse
import pkgutil
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import evalpress
from evalpress.commands._parsing import Parser
from evalpress.commands._streams import name_files_in_utf8, print_no_more
from evalpress.findings import Mistaken, Refused
from evalpress.wording import word

ROOM = Path(__file__).parent
_SIGPIPE = 13  # not every system has it by name
VERBS = sorted(m.name for m in pkgutil.iter_modules([str(ROOM)]) if not m.name.startswith("_"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verb that the arguments name; gives its exit code. A bug keeps its traceback."""
    if arguments is None:
        name_files_in_utf8()
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(given[:1]).parse_args(given)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except Mistaken as told:
        print(told, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(word("commands", "stopped"), file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        print_no_more()
        return 128 + _SIGPIPE
    except OSError as error:
        print(_refused_by_system(error), file=sys.stderr)
        return 1


def _refused_by_system(error: OSError) -> str:
    """What the system does not let anybody do, in words. Raises the error where a program's mistake
    may be behind it."""
    from evalpress.release.admission import DISK_ERRORS

    if error.errno not in DISK_ERRORS:
        raise error
    return word("commands", "system").format(error.filename or "", error.strerror)


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    """Knows all verbs, and the options of the one that is asked for: only its file is loaded."""
    codes = word("commands", "codes")
    parser = Parser(prog="evalpress", description=word("commands", "about"), epilog=codes)
    version = f"evalpress {evalpress.__version__}"
    told = word("commands", "version")
    parser.add_argument("--version", action="version", version=version, help=told)
    verbs = parser.add_subparsers(required=True, metavar=word("commands", "command"))
    for name in VERBS:
        verb = verbs.add_parser(name, help=word("commands", name, "about"), epilog=codes)
        if name in asked:
            module = import_module(f"{__package__}.{name}")
            module.add_options(verb)
            verb.set_defaults(run=module.run)
    return parser
