"""Joint sites: settings that name finished sites, and copies of these to change."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from evalpress.districts.joint_settings import Joint
from evalpress.release.manifest import NAME, read_manifest, write_manifest

ROOT_URL = "https://a.invalid/"


def joint(folder: Path, districts: dict[str, Path | str], **settings: Any) -> Joint:
    """A joint site in a folder of its own, with districts by their prefixes; `settings` add to its
    own or take their place."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = [
        {"prefix": prefix, "name": f"{prefix}区", "folder": str(found)}
        for prefix, found in districts.items()
    ]
    own = {"title": "全市绩效自评公开", "site_url": ROOT_URL, "districts": listed, **settings}
    path = folder / "districts.yml"
    path.write_text(yaml.safe_dump(own, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Joint(path)


def copied(site: Path, folder: Path) -> Path:
    """A finished site in a folder of its own, to change."""
    return Path(shutil.copytree(site, folder))


def edit(site: Path, path: str, change: Callable[[Any], Any]) -> None:
    """Change a file of a finished site as its own build would: `change` gets the JSON that it
    holds, or its text, and gives the new one; the manifest is written anew."""
    file = site / path
    text = file.read_text(encoding="utf-8")
    is_json = path.endswith(".json")
    made = change(json.loads(text) if is_json else text)
    part = file.with_name("part")
    part.write_text(json.dumps(made, ensure_ascii=False) if is_json else made, encoding="utf-8")
    os.replace(part, file)
    resealed(site, path)


def resealed(site: Path, path: str) -> None:
    """Let the manifest say what a file has become, or that it is gone."""
    own = read_manifest(site)
    assert own
    files = dict(own.files)
    if (site / path).is_file():
        content = (site / path).read_bytes()
        files[path] = (len(content), hashlib.sha256(content).hexdigest())
    else:
        del files[path]
    (site / NAME).unlink()
    (site / "SHA256SUMS").unlink()
    write_manifest(site, replace(own, files=files))


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
