"""The types of settings.py and their words -> what owners read of them: a page, and comments.

Written by the program, so that no option goes without an explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from pydantic import BaseModel

from evalpress.settings import Settings, SiteIdentity
from evalpress.wording import catalogue, words

_NESTED = "site"


def settings_guide() -> str:
    """The page of all settings as Markdown."""
    said = words("settings_guide")
    parts = [
        f"<!-- {said['refresh']} -->", f"# {said['title']}", said["intro"],
        f"## {said['main']} {{#main}}", _table(Settings),
        f"## {said['identity']} {{#site}}", said["identity_intro"], _table(SiteIdentity, "site."),
        f"## {said['host']} {{#mkdocs}}", said["host_lines"].strip(),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def option_lines(model: type[BaseModel], prefix: str, given: Mapping[str, str]) -> str:
    """YAML lines for every option of a model with a comment above each; those that are not `given`
    stand behind comment signs, with their example."""
    lines: list[str] = []
    for name in model.model_fields:
        said = option(f"{prefix}{name}")
        if name != _NESTED:
            entry = f"{name}: {given[name]}" if name in given else f"# {name}: {said['example']}"
            lines += [f"# {said['about']}", entry]
    return "\n".join(lines)


def option(name: str) -> dict[str, str]:
    """What the catalogue says of an option. An unexplained one is a bug and raises KeyError."""
    found: dict[str, str] = catalogue("wording")["options"][name]
    return found


def _table(model: type[BaseModel], prefix: str = "") -> str:
    return "\n".join(
        [words("settings_guide")["columns"], "| --- | --- | --- | --- |", *_rows(model, prefix)]
    )


def _rows(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        said = option(f"{prefix}{name}")
        default = _default(info.default)
        example = f"`{name}: {said['example']}`" if "example" in said else ""
        yield f"| `{name}` | {said['about']} | {default} | {example} |"


def _default(value: Any) -> str:
    """A default as an owner would write it."""
    if value is None or isinstance(value, BaseModel):
        return words("settings_guide")["none"]
    return f"`{yaml.safe_dump(value).splitlines()[0]}`"
