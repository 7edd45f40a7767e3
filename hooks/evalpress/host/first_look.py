"""MkDocs' first events: a build that would change nothing ends here, any other goes on.

Loads nothing that reading, writing and printing need: an unchanged build would mostly consist of
that. MkDocs' later events are answered by mkdocs.py, which is loaded with the first build that has
something to do.
"""

from __future__ import annotations

import json
import logging
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from evalpress.cache.inputs import LastBuild
from evalpress.clock import now, ordered
from evalpress.commands._streams import name_files_in_utf8

__all__ = ["on_config", "on_startup"]

log = logging.getLogger("mkdocs.evalpress")
_CACHE_DIR = ".cache/evalpress"
_command = ""


def on_startup(command: str, dirty: bool) -> None:
    """Note what was asked for. Raises Abort for a build of changed pages only."""
    global _command
    _command = command
    name_files_in_utf8()
    if dirty or command != "build":
        from evalpress.host import mkdocs

        mkdocs.begin(command, dirty)


def on_config(config: Any) -> Any:
    """End the build, as a good one, where it would leave the site that is there; else let mkdocs.py
    answer this event and all that follow."""
    words = _words(config) if len(config.plugins) == 1 else ""  # what other plugins read is unknown
    if words and _command == "build" and ordered() is None:
        last = LastBuild(Path(config.config_file_path).parent / _cache_dir(config))
        if told := last.said(words, now().isoformat()):
            log.info("%s", told)
            raise SystemExit(0)
    from evalpress.host import mkdocs

    events = {name: getattr(mkdocs, name) for name in mkdocs.__all__}
    config.plugins["evalpress"] = SimpleNamespace(**events)
    return mkdocs.configure(config, words)


def _words(config: Any) -> str:
    """All that the host was told, and which program it hands it to."""
    program = str(Path(__file__).parent.parent)
    with warnings.catch_warnings():  # what was written, before plugins and themes add objects
        warnings.simplefilter("ignore", DeprecationWarning)
        written = config.user_configs
    told = [written, config.docs_dir, config.site_dir, config.theme.dirs, program]
    return json.dumps(told, default=str, sort_keys=True)


def _cache_dir(config: Any) -> str:
    """The setting as it stands there; a wrong one is refused later."""
    own = config.extra.get("evalpress")
    given = own.get("cache_dir") if isinstance(own, dict) else None
    return given if isinstance(given, str) else _CACHE_DIR
