"""Scripts of the site use nothing that came after Chromium 80, which offices still run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalpress.wording import TEMPLATES

ASSETS = TEMPLATES / "theme" / "assets"
SCRIPTS = sorted(ASSETS.rglob("*.js"))
# What is newer, with the first Chromium that has it.
NEWER = {
    r"(\|\||&&|\?\?)=": 85,
    r"(?m)^\s*#\w+\(|\b(get|set|static|async) +#\w+\(": 84,
    r"\bstatic\s*\{": 94,
    r"#\w+ in \w": 91,
    r"(?m)^(await|(const|let) [^=\n]+= await)\b": 89,
    r"\.at\(": 92,
    r"\.find(Last|LastIndex)\(": 97,
    r"\.replaceAll\(": 85,
    r"\.replaceChildren\(": 86,
    r"\.to(Sorted|Reversed|Spliced)\(|\.with\(": 110,
    r"\.(isWellFormed|toWellFormed)\(": 111,
    r"\b(Object|Map)\.groupBy\(": 117,
    r"\bObject\.hasOwn\(": 93,
    r"\bArray\.fromAsync\(": 121,
    r"\bPromise\.(any|try|withResolvers)\(": 85,
    r"\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf)\(": 122,
    r"\.(values|keys|entries)\(\)\.(map|filter|take|drop|flatMap|some|every|find|toArray)\(": 122,
    r"\bIterator\b": 122,
    r"\b(WeakRef|FinalizationRegistry|AggregateError)\b": 84,
    r"\bIntl\.(Segmenter|DisplayNames|DurationFormat)\b|\bsupportedValuesOf\b": 81,
    r"\bstructuredClone\(": 98,
    r"\bcrypto\.randomUUID\(": 92,
    r"\bAbortSignal\.(timeout|any|abort)\b|\.throwIfAborted\(": 93,
    r"\bURL\.(canParse|parse)\(": 120,
    r"deflate-raw": 103,
    r"\.(checkVisibility|showPopover|hidePopover|togglePopover|setHTML|moveBefore)\(": 105,
    r"\.(ariaLabelledByElements|ariaActiveDescendantElement)\b": 135,
    r"\.inert\b|until-found": 102,
    r"\bscrollend\b": 114,
    r":(has|is|where|focus-visible|user-invalid|modal)\b": 86,
    r"/[a-z]*[dv][a-z]*\.(test|exec)\(": 90,
    r"with \{ type:": 123,
}
COMMENTS = re.compile(r"/\*.*?\*/|(?m:(?<!:)//.*$)", re.DOTALL)


def newer(text: str) -> dict[str, int]:
    """Everything in a script that Chromium 80 does not have, with the version that does."""
    plain = COMMENTS.sub("", text)
    matches = ((re.search(form, plain), version) for form, version in NEWER.items())
    return {found[0]: version for found, version in matches if found}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ASSETS).as_posix())
def test_a_script_runs_in_chromium_80(path: Path) -> None:
    assert not newer(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "names.at(-1)", "list.findLast((one) => one)", 'a.replaceAll("b", "c")', "this.a ||= 1",
        "a ??= b", "root.replaceChildren(form)", "Object.hasOwn(a, 'b')", "structuredClone(a)",
        "rows.toSorted()", "new Intl.Segmenter('zh')", "const a = await load();",
        "root.querySelector(':has(p)')", 'new DecompressionStream("deflate-raw")',
        "class A {\n  #hide() {}\n}", "map.values().map((one) => one)",
    ],
)  # fmt: skip
def test_what_is_newer_is_seen(text: str) -> None:
    assert newer(text)


@pytest.mark.parametrize(
    "text",
    [
        "a?.b ?? c", "// replaceAll( is newer", "/* .at( */", "a || b", "a === b",
        "async start() {\n  await load();\n}", "array.flatMap((one) => one)", "https://a.b/x.at",
        'location.href.replace(/x/, "")', "one.hidden = true", "a >>>= 1",
        "text.match(/a/)",
    ],
)  # fmt: skip
def test_what_is_old_enough_is_not(text: str) -> None:
    assert not newer(text)
