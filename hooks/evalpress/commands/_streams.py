"""A caller's locale -> Chinese file names that are found, and Chinese words that can be shown."""

from __future__ import annotations

import os
import sys

from evalpress.wording import word


def name_files_in_utf8() -> None:
    """Start again with file names in UTF-8 where the locale says GBK or the like: else a file with
    a Chinese name is not found. What is printed stays in the locale's encoding if that has Chinese
    at all; a sign that it lacks is shown as an escape."""
    if sys.getfilesystemencoding() != "utf-8":
        said = f"{_chinese_or_utf8(sys.stdout.encoding)}:backslashreplace"
        os.environ |= {"PYTHONUTF8": "1", "PYTHONIOENCODING": os.getenv("PYTHONIOENCODING", said)}
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def print_no_more() -> None:
    """Let go of an output that nobody reads any more (`… | head`), or the end would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _chinese_or_utf8(encoding: str) -> str:
    try:
        word("commands", "about").encode(encoding)
    except UnicodeEncodeError:
        return "utf-8"
    return encoding
