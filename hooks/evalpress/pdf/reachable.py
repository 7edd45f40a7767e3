"""5 print: a document (ElementTree) and its address -> links that lead somewhere wherever its PDF
is opened.

A link relative to the page is made absolute. Where the site has no address yet, one to a PDF that
travels inside leads there (inside.py), and any other becomes text, because a file on somebody's
disk has no neighbours. No PDF for the archive may start a program to open one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit


def settle_links(root: Any, base_url: str = "", inside: Mapping[str, str] | None = None) -> None:
    """Mend or take away the addresses of all links of a document. `inside` are addresses for files
    that travel inside, by the links that lead to them."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for link in root.iter("a"):
        if (address := link.get("href")) is not None:
            if resolved := _resolved(address, base_url, ids) or (inside or {}).get(address):
                link.set("href", resolved)
            else:
                del link.attrib["href"]


def _resolved(address: str, base_url: str, ids: set[str]) -> str:
    """The address as it stands in the PDF; "" for one that leads nowhere."""
    if address.startswith("#"):
        return address if address[1:] in ids else ""
    absolute = urljoin(base_url, address)
    return absolute if urlsplit(absolute).scheme else ""
