"""Hands MkDocs' events to evalpress; what it does with them is the room `evalpress.host`."""

from evalpress.host import *  # noqa: F403
