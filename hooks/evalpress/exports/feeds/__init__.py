"""6 export. In: assessed public reports. Out: what is new, as Atom feeds (RFC 4287).

listing.py      feeds and their entries, as data
atom.py         a feed -> its bytes
publications.py reports as they are published and corrected: all, of a department, of a year
corrections.py  corrections and withdrawals
problem_news.py problems and what reports say of them

One more feed, or one for each of many pages: one function decorated with `listing.feeds`, in a
module of its own in this room (importing the room finds it). It lies beside the page that it goes
with, which leads to it.
"""

import pkgutil
from importlib import import_module

from evalpress.exports.feeds.atom import as_atom
from evalpress.exports.feeds.listing import Entry, Feed, all_feeds, feeds

__all__ = ["Entry", "Feed", "all_feeds", "as_atom", "feeds"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
