"""mkdocs.yml -> the same without the lines that belong to the program; no other one is touched."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from evalpress.wording import words

_OWN_THEME = "hooks/evalpress/"
Lines = range


def without_program(text: str) -> str:
    """The text without our theme's folder and without navigation entries that the program gives.

    An owner's title for a generated page keeps all of them, for their order. Raises YAMLError.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, MappingNode):
        return text
    gone = {line for found in _gone(root) for line in found}
    return "".join(line for n, line in enumerate(text.splitlines(keepends=True)) if n not in gone)


def names_guide(text: str) -> bool:
    """Whether the navigation shows a page of the program's guides."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    nav = _value(root, "nav") if isinstance(root, MappingNode) else None
    return bool(nav and set(_sources(nav)) & words("navigation", "guide").keys())


def with_setting(text: str, name: str, value: str) -> str:
    """The text with one more setting as the first below `extra.evalpress`, if that is there."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    extra = _value(root, "extra") if isinstance(root, MappingNode) else None
    own = _value(extra, "evalpress") if isinstance(extra, MappingNode) else None
    if not isinstance(own, MappingNode) or not own.value or _value(own, name):
        return text
    mark = own.value[0][0].start_mark
    lines = text.splitlines(keepends=True)
    return "".join(
        [*lines[: mark.line], f"{' ' * mark.column}{name}: {value}\n", *lines[mark.line :]]
    )


def _gone(root: MappingNode) -> Iterator[Lines]:
    theme, nav = _value(root, "theme"), _value(root, "nav")
    for key, value in theme.value if isinstance(theme, MappingNode) else ():
        if key.value == "custom_dir" and str(value.value).startswith(_OWN_THEME):
            yield _lines(key, value)
    if isinstance(nav, SequenceNode):
        entries = list(_program_entries(nav))
        if len(entries) == len(nav.value):
            yield next(_lines(key, value) for key, value in root.value if key.value == "nav")
        else:
            yield from entries


def _program_entries(nav: SequenceNode) -> Iterator[Lines]:
    """The lines of the entries that name nothing but pages of the program."""
    pages, guide = words("navigation", "pages"), words("navigation", "guide")
    titles = dict(_titled(nav))
    retitled = any(titles[source] != title for source, title in pages.items() if source in titles)
    known = guide.keys() if retitled else guide.keys() | pages.keys()
    for entry in nav.value:
        found = set(_sources(entry))
        if found and found <= known:
            yield _lines(entry, entry)


def _titled(node: Node) -> Iterator[tuple[str, str]]:
    """Each source with its title, of the entries that have one of their own."""
    for entry in node.value if isinstance(node, SequenceNode) else ():
        for key, value in entry.value if isinstance(entry, MappingNode) else ():
            if isinstance(value, ScalarNode):
                yield value.value, key.value
            else:
                yield from _titled(value)


def _sources(node: Node) -> Iterator[str]:
    if isinstance(node, ScalarNode):
        yield node.value
    elif isinstance(node, SequenceNode):
        for entry in node.value:
            yield from _sources(entry)
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _sources(value)


def _value(node: MappingNode, name: str) -> Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _lines(first: Node, last: Node) -> Lines:
    """From the line on which a node begins to the last on which one has something."""
    return range(first.start_mark.line, _end(last) + 1)


def _end(node: Node) -> int:
    """The last line of a node; PyYAML's mark of a block is where the next one begins."""
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        mark = node.end_mark
        return int(mark.line) if mark.column else int(mark.line) - 1
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)
