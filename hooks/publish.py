"""Hands MkDocs' events to evalpress; what it does with them is the room `evalpress.host`."""

from evalpress.host.first_look import *  # noqa: F403
