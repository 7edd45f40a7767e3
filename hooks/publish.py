"""Hands MkDocs' events to evalpress; what it does with them is `evalpress.host.mkdocs`."""

from evalpress.host.mkdocs import *  # noqa: F403
