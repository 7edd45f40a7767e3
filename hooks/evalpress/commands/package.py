"""`evalpress package`: the live site -> a zip for each report, for a shared platform."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalpress.authoring.review import refuse_public
from evalpress.commands._options import add_config
from evalpress.commands._releasing import layout_of
from evalpress.findings import Mistaken
from evalpress.mkdocs_yml import Configuration
from evalpress.release.manifest import read_manifest
from evalpress.release.platform_packages import packages
from evalpress.wording import words


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which reports, and where their packages go."""
    said = words("commands", "package")
    parser.add_argument("address", nargs="?", default="", help=said["address"])
    parser.add_argument(
        "--output", type=Path, default=Path("packages"), metavar="FOLDER", help=said["output"]
    )
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write the packages, a line for each. Raises Mistaken where there is no live site or no such
    report, PublicPlace for a folder that readers see."""
    site, said = Configuration(options.config), words("commands", "package")
    live = layout_of(site).live
    manifest = read_manifest(live)
    if manifest is None:
        raise Mistaken(said["no_site"].format(live))
    refuse_public(options.output, site.public_folders)
    below = options.address.strip("/")
    found = 0
    for one in packages(live, manifest, site.site_url, f"{below}/" if below else ""):
        path = options.output / f"{one.name}.zip"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
        print(said["made"].format(path, one.title))
        found += 1
    if not found:
        raise Mistaken(said["none"].format(options.address or live))
    return 0
