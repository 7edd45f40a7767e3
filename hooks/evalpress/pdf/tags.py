"""5 print: laid out pages -> the structure tree that a screen reader follows.

WeasyPrint tags every box, so what a page's end cuts in two becomes two tables, lists or paragraphs,
and a repeated table head is read again. Here the document's own elements are the tree: a box only
says where a piece of its element's text was painted. What is repeated becomes an artifact.
Takes the place of WeasyPrint's own `add_tags`; knows its boxes and the marks in its streams.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from evalpress.pdf.breaks import CONTINUED
from evalpress.pdf.heads import heads_of_cells
from evalpress.pdf.lines import JOINER
from evalpress.pdf.merged import REPEATS

# Elements that have a place in the tree. All others are transparent: what they hold belongs to
# the nearest one around them that has.
ROLES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P", "figcaption": "P", "summary": "P", "blockquote": "BlockQuote",
    "ul": "L", "ol": "L", "dl": "L", "li": "LBody", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD",
    "a": "Link", "img": "Figure", "{http://www.w3.org/2000/svg}svg": "Figure",
}  # fmt: skip
# Elements that hold blocks; text that stands in one directly is a paragraph.
GROUPS = {"html", "body", "main", "article", "section", "div", "figure", "details", "header"}
POINTS = 0.75  # in a CSS pixel
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
NUMBERINGS = {"ol": "/Decimal", "ul": "/Disc", "dl": "/None"}
# An empty cell or row is part of its table; any other element without content is not there.
_SHAPES = {"THead", "TBody", "TR", "TH", "TD"}
_CELLS = ("TH", "TD")
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"


@dataclass(eq=False, slots=True)
class _Node:
    """A structure element in the making: its kids are nodes, marks and links, in reading order."""

    role: str
    parent: _Node | None
    page: int
    kids: list[Any] = field(default_factory=list)
    attributes: Any = None
    alt: str = ""
    id: str = ""
    pdf: Any = None


@contextmanager
def own_tags() -> Iterator[None]:
    """While this lasts, PDFs are tagged by this module."""
    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
    """Add the structure tree of a document to its PDF."""
    tree = _Tree(pdf)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(page._page_box, number, stream)
    tree.write()
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """The tree of a document; pages are added in their order."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.parents: dict[Any, Any] = {}
        self.nodes: dict[Any, _Node] = {}
        self.top = _Node("Document", None, 0)
        self.marks: list[list[_Node | None]] = []
        self.links: list[tuple[Any, _Node]] = []
        self.name, self.names = "", 0

    def add_page(self, box: Any, number: int, stream: Any) -> None:
        """Add what is painted on a page; what has no place in the tree becomes an artifact."""
        if not self.parents:
            self._learn(box)
        tags, self.page, self.height = stream._tags, number, box.margin_height()
        self.marks.append([None] * len(tags))
        self.mcids = {painted: mark["mcid"] for painted, mark in tags.items()}
        self._visit(box)
        tags.clear()
        _make_artifacts(stream, {n for n, node in enumerate(self.marks[-1]) if node is None})

    def _learn(self, box: Any) -> None:
        """Elements do not know their parents."""
        root = next(child.element for child in box.children if child.element_tag == "html")
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.name = sha256("".join(root.itertext()).encode()).hexdigest()[:8]

    def _visit(self, box: Any) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox) or self._is_repeated(box):
            return
        if box.element is not None and ROLES.get(box.element_tag) in _SHAPES:
            self._block(box.element)
        if box.link_annotation:
            self._add_link(box)
        if box in self.mcids:
            self._add_mark(box)
        for child in getattr(box, "children", ()):
            self._visit(child)

    def _is_repeated(self, box: Any) -> bool:
        """Whether this is a table's head, or a cell over several rows, on a further page."""
        if box.element_tag != "thead":
            return getattr(box, REPEATS, False)
        node = self.nodes.get(box.element)
        return _only_continues(box.element) or (node is not None and node.page != self.page)

    def _add_mark(self, box: Any) -> None:
        node = self._owner(box.element, box.element_tag)
        mcid = self.mcids[box]
        node.kids.append((self.page, mcid))
        self.marks[-1][mcid] = node
        if node.role == "Figure":
            _describe_figure(node, box, self.height)

    def _add_link(self, box: Any) -> None:
        node = self._owner(box.element, box.element_tag)
        annotation = box.link_annotation
        text = "".join(box.element.itertext()).replace(JOINER, "")
        annotation["Contents"] = pydyf.String(" ".join(text.split()))
        node.kids.append((self.page, annotation))
        self.links.append((annotation, node))

    def _owner(self, element: Any, tag: str) -> _Node:
        """The node that a piece of text or a link belongs to."""
        if tag == "li::marker":
            return self._label(element)
        if element.get("class") == "ep-num" and self.parents[element].tag == "li":
            return self._label(self.parents[element])
        while element is not None and element.tag not in GROUPS:
            if element.tag in ROLES:
                return self._block(element)
            element = self.parents.get(element)
        return self._paragraph(element)

    def _paragraph(self, group: Any) -> _Node:
        """Text directly in a group; a new paragraph after each block between."""
        parent, node = self._around(group), self.nodes.get(group)
        if node is None or parent.kids[-1] is not node:
            node = self.nodes[group] = self._new("P", parent)
        return node

    def _block(self, element: Any) -> _Node:
        """The node of an element that has a role."""
        node = self.nodes.get(element)
        if node is None:
            role = ROLES[element.tag]
            inline = role in ("Link", "Figure")
            above = self.parents.get(element)
            parent = self._owner(above, "") if inline else self._around(element)
            node = self.nodes[element] = self._new(role, parent)
            node.attributes = _attributes(element, role)
        return node

    def _around(self, element: Any) -> _Node:
        """The node of the nearest element around this one that has a role."""
        if element is not None and element.tag in ("li", "dt", "dd"):
            return self._item(element)
        above = self.parents.get(element)
        while above is not None and (above.tag in GROUPS or above.tag not in ROLES):
            above = self.parents.get(above)
        return self.top if above is None else self._block(above)

    def _item(self, element: Any) -> _Node:
        """The list item around a list's entry; a term and its descriptions share one."""
        above = self.parents[element]
        key = (element if element.tag == "li" or above.tag == "dl" else above, "LI")
        if element.tag == "dd" and above.tag == "dl":
            earlier = [e for e in above if e.tag == "dt"]
            key = (earlier[-1] if earlier else element, "LI")
        if key not in self.nodes:
            around = above if above.tag in ROLES else self.parents[above]
            self.nodes[key] = self._new("LI", self._block(around))
        return self.nodes[key]

    def _label(self, element: Any) -> _Node:
        key = (element, "Lbl")
        if key not in self.nodes:
            self.nodes[key] = self._new("Lbl", self._item(element))
        return self.nodes[key]

    def _new(self, role: str, parent: _Node) -> _Node:
        node = _Node(role, parent, self.page)
        parent.kids.append(node)
        return node

    def write(self) -> None:
        """Turn the nodes into PDF objects."""
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        for element, node in list(self.nodes.items()):
            if node.role == "Table":
                node.kids.sort(key=_place_in_table)
                self._name_heads(heads_of_cells(element))
                _settle_heads(node)
        self._write(self.top, root)
        if named := sorted((node.id, node) for node in self.nodes.values() if node.id):
            pairs = ((pydyf.String(name), node.pdf.reference) for name, node in named)
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(sum(pairs, ()))})
        root["K"] = self.top.pdf.reference
        root["ParentTree"] = self._parent_tree()
        root["ParentTreeNextKey"] = len(self.marks) + len(self.links)
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _name_heads(self, heads: Mapping[Any, list[Any]]) -> None:
        """Let the cells of a table name their heads."""
        for cell, its_heads in heads.items():
            named = [self._named(head) for head in its_heads if head in self.nodes]
            if cell in self.nodes and named:
                attributes = self.nodes[cell].attributes or pydyf.Dictionary({"O": "/Table"})
                attributes["Headers"] = pydyf.Array(map(pydyf.String, named))
                self.nodes[cell].attributes = attributes

    def _named(self, head: Any) -> str:
        """The name of a head, which no other document in a book has."""
        node = self.nodes[head]
        if not node.id:
            self.names += 1
            node.id = f"{self.name}-{self.names:04}"
        return node.id

    def _write(self, node: _Node, parent: Any) -> None:
        node.pdf = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}"})
        self.pdf.add_object(node.pdf)
        node.pdf["P"] = parent.reference
        node.pdf["Pg"] = self.pdf.page_references[node.page]
        if node.attributes:
            node.pdf["A"] = node.attributes
        if node.id:
            node.pdf["ID"] = pydyf.String(node.id)
        if node.alt:
            node.pdf["Alt"] = pydyf.String(node.alt)
        kids = [self._kid(kid, node) for kid in node.kids]
        node.pdf["K"] = kids[0] if len(kids) == 1 else pydyf.Array(kids)

    def _kid(self, kid: Any, node: _Node) -> Any:
        if isinstance(kid, _Node):
            self._write(kid, node.pdf)
            return kid.pdf.reference
        page, painted = kid
        where = {"Pg": self.pdf.page_references[page]}
        if isinstance(painted, pydyf.Dictionary):
            return pydyf.Dictionary({"Type": "/OBJR", **where, "Obj": painted.reference})
        if page == node.page:
            return painted
        return pydyf.Dictionary({"Type": "/MCR", **where, "MCID": painted})

    def _parent_tree(self) -> Any:
        numbers = pydyf.Array()
        for page, nodes in enumerate(self.marks):
            owners = (node.pdf.reference if node else "null" for node in nodes)
            numbers.extend([page, pydyf.Array(owners)])
        for key, (annotation, node) in enumerate(self.links, len(self.marks)):
            numbers.extend([key, node.pdf.reference])
            annotation["StructParent"] = key
        tree = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(tree)
        return tree.reference


def _attributes(element: Any, role: str) -> Any:
    """What a role says beyond its name: scope and span of cells, numbering of lists."""
    found: dict[str, Any] = {}
    if role == "TH":
        found["Scope"] = SCOPES.get(element.get("scope", ""), "/Column")
    if role in _CELLS:
        spans = (("ColSpan", "colspan"), ("RowSpan", "rowspan"))
        found |= {k: int(element.get(a)) for k, a in spans if element.get(a, "1") != "1"}
        return pydyf.Dictionary({"O": "/Table", **found}) if found else None
    if role == "L":
        return pydyf.Dictionary({"O": "/List", "ListNumbering": NUMBERINGS[element.tag]})
    return None


def _place_in_table(kid: Any) -> int:
    """A table's caption comes first and its head before its body, wherever they were painted."""
    order = ("Caption", "THead", "TBody", "TFoot")
    return order.index(kid.role) if isinstance(kid, _Node) and kid.role in order else 0


def _settle_heads(table: _Node) -> None:
    """A head has something to head: the corner between heads of columns and of rows is a plain
    cell, and so is what stands alone in its row, unless cells below name it."""
    rows = [row for part in table.kids for row in _below(part, "TR")]
    wide = [row for row in rows if len(row.kids) > 1]
    named = {row.kids.index(cell) for row in wide for cell in row.kids if _heads(cell, "/Row")}
    for row in rows:
        for at, cell in enumerate(row.kids):
            in_corner = at in named and _heads(cell, "/Column")
            if not cell.id and (in_corner or (len(row.kids) == 1 and _heads(cell, "/Row"))):
                cell.role = "TD"
                del cell.attributes["Scope"]


def _below(node: Any, role: str) -> list[_Node]:
    return [kid for kid in node.kids if isinstance(kid, _Node) and kid.role == role]


def _heads(cell: _Node, scope: str) -> bool:
    return cell.role == "TH" and cell.attributes["Scope"] == scope


def _only_continues(head: Any) -> bool:
    """Whether a table's head holds nothing but what further pages begin with."""
    return all(CONTINUED in row.get("class", "").split() for row in head)


def _describe_figure(node: _Node, box: Any, page_height: float) -> None:
    """Give a picture its place, in points from the page's lower left, and its words."""
    left, low = box.content_box_x(), page_height - box.content_box_y() - box.height
    corners = (left, low, left + box.width, low + box.height)
    place = pydyf.Array(length * POINTS for length in corners)
    node.attributes = pydyf.Dictionary({"O": "/Layout", "BBox": place, "Placement": "/Block"})
    title = box.element.find(_SVG_TITLE)
    node.alt = box.element.get("alt", "") if title is None else (title.text or "")


def _make_artifacts(stream: Any, mcids: set[int]) -> None:
    """What a stream marks under these numbers is no content: page numbers, repeated heads."""
    content = stream.stream
    for at, item in enumerate(content):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in mcids:
            content[at - 1 : at + 1] = ["/Artifact", b"<</Type /Pagination>>"]
