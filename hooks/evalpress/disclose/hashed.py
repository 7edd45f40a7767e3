"""Loaded -> a hash of what may be seen of each report, whatever else its file holds.

A comment in a report's file, a note or a finding that somebody signed off leaves everything that
was made of it as it is; a text leaves all that shows no texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from evalpress.cache.kept import Kept
from evalpress.cache.store import digest, program
from evalpress.load import Loaded
from evalpress.model import Key, Report, ReportContent, ReportFile

# What may decide about the public form without being part of it.
_DECIDE = {"state", "withheld"}
_INTERNAL = ReportFile.model_fields.keys() - ReportContent.model_fields.keys() - _DECIDE


class Public(NamedTuple):
    """Hashes of what a report's public form follows from: all of it, and all but its sections'
    texts."""

    whole: str
    without_texts: str


def public_hashes(loaded: Loaded, kept: Kept) -> dict[Key, Public]:
    """The hashes by report; what `kept` knows of a file is not made again."""
    asked = {
        report.key: (
            ("public", program(), loaded.sources[report.source].digest),
            partial(_hashes, report),
        )
        for report in loaded.reports
    }
    kept.get_ahead(asked.values())
    own = {key: Public(*json.loads(kept.get(*one))) for key, one in asked.items()}
    withholds = {report.key for report in loaded.reports if report.content.withheld}
    return {key: _with_earlier(own, key, withholds) for key in own}


def _hashes(report: Report) -> bytes:
    content = report.content
    bare = content.model_dump_json(exclude={*_INTERNAL, "body"}, exclude_defaults=True)
    without_texts = digest(bare, json.dumps([*content.body]))
    texts = content.model_dump_json(include={"body"}, exclude_defaults=True)
    return json.dumps([digest(without_texts, texts), without_texts]).encode()


def _with_earlier(own: Mapping[Key, Public], key: Key, withholds: set[Key]) -> Public:
    """What the report of the year before withholds, is withheld in this one; no text among it."""
    before = replace(key, year=key.year - 1)
    if before not in withholds:
        return own[key]
    return Public(*(digest(one, own[before].without_texts) for one in own[key]))
