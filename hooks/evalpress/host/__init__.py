"""The generator that builds the site: its events -> the stages, and their output -> its pages.

first_look.py  ends a build that would change nothing before anything else is loaded
mkdocs.py      MkDocs' events; the only module that knows MkDocs and its theme

A site's `hooks/publish.py` hands the events on. Another generator is another module of this room.
"""

from evalpress.host.first_look import on_config, on_startup

__all__ = ["on_config", "on_startup"]
