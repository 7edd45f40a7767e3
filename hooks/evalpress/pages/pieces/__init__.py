"""4 write: data of a report as tables and texts. In: a Writer at a place of the page. Out: what
stands there.

A kind of table is one file, a piece one function registered by `@piece(Piece.…)`; importing this
package registers all. One more piece: a function in the file of its kind or in a new one, its
member of `Piece`, by which outlines place it, and its words under `pieces`.
"""

import pkgutil
from importlib import import_module

from evalpress.pages.pieces.fund_table import fund_columns

__all__ = ["fund_columns"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
