"""The generator as a command: what `build`, `serve` and the verbs about releases start."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import NoReturn

from evalpress.findings import Mistaken
from evalpress.mkdocs_yml import Configuration
from evalpress.wording import word


def build_command(site: Configuration) -> list[str]:
    """The command that builds a site strictly."""
    return [*_mkdocs("build", site), "--strict"]


def serve_command(site: Configuration, place: str) -> list[str]:
    """The command that shows a site at a place (host:port) and rebuilds after every edit."""
    return [*_mkdocs("serve", site), "--livereload", "--dev-addr", place]


def become(command: list[str]) -> NoReturn:
    """Go on as this command, so that signals and the exit code are its own. Raises Mistaken where
    the system cannot build sites."""
    if find_spec("fcntl") is None:
        raise Mistaken(word("commands", "not_here"))
    sys.stdout.flush()
    os.execv(command[0], command)


def _mkdocs(verb: str, site: Configuration) -> list[str]:
    return [sys.executable, "-m", "mkdocs", verb, "-f", str(site.file)]
