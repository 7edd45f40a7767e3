"""The registered rules, the models and their words -> the files of a checkout that show them.

`python -m evalpress.authoring.generated [ROOT]` writes those that are no longer true.
"""

from __future__ import annotations

import sys
from pathlib import Path

from evalpress.authoring.fieldguide import field_guide
from evalpress.authoring.ruleguide import rule_guide
from evalpress.authoring.schema import FOLDER, schema_text, schemas
from evalpress.authoring.settingsguide import settings_guide

_GUIDE = "hooks/evalpress/templates/guide"


def generated() -> dict[str, str]:
    """The text of every generated file by its path from the root of a checkout."""
    editors = {f"data/{FOLDER}/{name}.json": schema_text(s) for name, s in schemas().items()}
    return {
        f"{_GUIDE}/rules.md": rule_guide(),
        f"{_GUIDE}/fields.md": field_guide(),
        f"{_GUIDE}/settings.md": settings_guide(),
        **editors,
    }


def refresh(root: Path) -> list[str]:
    """Write the generated files below `root` that differ from what they should be, or are not
    there; gives their paths. Raises OSError where one can't be written."""
    stale = {name: text for name, text in generated().items() if _read(root / name) != text}
    for name, text in stale.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return list(stale)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    for _name in refresh(Path(*sys.argv[1:2])):
        print(_name)
