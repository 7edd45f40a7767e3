"""8 release: a report of a finished site -> one zip for a shared platform (集约化平台): its text as
plain HTML to paste, its PDF, data, pictures and attachments, and what a form there asks for.

Made of public files alone, so that nothing else can be in it. The same site gives the same bytes.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from evalpress.release.fragment import fragment
from evalpress.release.manifest import Manifest
from evalpress.wording import words

TEXT, METADATA, FILES = "fragment.html", "metadata.json", "files"
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Package:
    """A report's zip: the file's name without its ending, the report's title, the bytes."""

    name: str
    title: str
    content: bytes


def packages(site: Path, manifest: Manifest, site_url: str, below: str = "") -> Iterator[Package]:
    """A package for every report whose address begins with `below`. Raises OSError for a file that
    cannot be read."""
    owned: dict[str, list[str]] = {}
    for path in sorted(manifest.shares.keys() & manifest.own_files.keys()):
        owned.setdefault(manifest.shares[path].report, []).append(path)
    for address, paths in owned.items():
        if address.startswith(below) and f"{address}index.html" in paths:
            yield _package(site, address, paths, site_url)


def _package(site: Path, address: str, paths: list[str], site_url: str) -> Package:
    from lxml import etree

    page = f"{address}index.html"
    inside = {p: f"{FILES}/{posixpath.basename(p)}" for p in paths if p != page}
    parser = etree.HTMLParser(encoding="utf-8")
    tree = etree.HTML((site / page).read_bytes(), parser)
    tags = {str(m.get("name")): str(m.get("content")) for m in tree.xpath("//meta[@name]")}
    data = next((site / path for path in paths if path.endswith(f"{_name(address)}.json")), None)
    about = _metadata(address, tags, data, inside, site_url)
    parts = {
        TEXT: fragment(tree, address, inside, site_url).encode(),
        METADATA: (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode(),
        **{name: (site / path).read_bytes() for path, name in inside.items()},
    }
    return Package(_name(address), tags.get("ArticleTitle", address), _zipped(parts))


def _name(address: str) -> str:
    return address.strip("/").replace("/", "-")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            info = ZipInfo(name, _NO_TIME)
            info.compress_type = ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


# --- what a form asks for -----------------------------------------------------------------------

# Under which words, and which meta tag of the page has it.
_ASKED = {
    "column": "ColumnName", "title": "ArticleTitle", "published": "PubDate",
    "source": "ContentSource", "author": "Author", "keywords": "Keywords",
    "summary": "Description",
}  # fmt: skip


def _metadata(
    address: str, tags: Mapping[str, str], data: Path | None, inside: Mapping[str, str], url: str
) -> dict[str, Any]:
    said = words("platform_packages", "metadata")
    found = {key: tags.get(tag, "") for key, tag in _ASKED.items()}
    content = json.loads(data.read_bytes()) if data else {}
    info = content.get("content", {}).get("public_info", {})
    found["index_number"] = info.get("index_number", "")
    found["document_number"] = info.get("document_number", "")
    found["edition"] = str(content.get("version", ""))
    found["address"] = urljoin(url, address) if url else ""
    shown = {said[key]: text for key, text in found.items() if text}
    return {**shown, said["text"]: TEXT, said["files"]: list(inside.values())}
