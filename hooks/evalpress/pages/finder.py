"""4 write: the controls above a list that readers sort and filter. A script brings them to life;
they are sent with the page so that nothing moves when it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from evalpress.text.markup import render
from evalpress.wording import word


class Order(NamedTuple):
    """A column that rows are ordered by: its key, its name, whether it holds numbers."""

    key: str
    name: str
    numeric: bool


def controls(
    list_id: str,
    caption: str,
    counted: str,
    filters: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
    orders: Iterable[Order],
) -> Markup:
    """The form for the list with this id: a field for words, one for each of the `filters` that
    tells the `rows` apart, by their facets, and the orders."""
    facets = ((key, name, _counts(rows, key)) for key, name in filters.items())
    return render(
        "finder.html.j2",
        id=list_id,
        caption=caption,
        facets=[facet for facet in facets if len(facet[2]) > 1],
        orders=[pair for order in orders for pair in _ways(order)],
        status=word("finder", "all").format(len(rows), counted),
    )


def _counts(rows: Iterable[Mapping[str, str]], key: str) -> Counter[str]:
    """The values of a facet, in the order of the rows, with how many rows have each."""
    return Counter(row[key] for row in rows if row.get(key))


def _ways(order: Order) -> Iterator[tuple[str, str]]:
    """Both ways of an order, the likelier one first: its value and its name."""
    kind = "number" if order.numeric else "text"
    ways = ("desc", "asc") if order.numeric else ("asc", "desc")
    for way in ways:
        name = word("finder", "order").format(order.name, word("finder", kind, way))
        yield f"{order.key}.{way}", name
