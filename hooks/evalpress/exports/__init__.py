"""6 export. In: assessed public reports. Out: files for programs and spreadsheets.

Everything here is made from what is public already; a withheld place holds its notice.

registry.py     the kinds of files, and the files of one report
json_report.py  a report as JSON
tables.py       its indicators and funds as CSV
guide.py        the readers' page about their columns

One more file beside every report: one function decorated with `registry.export`, in a module of its
own in this room (importing the room finds it), and its words in a file
of wording/exports/ that is called like the module.
"""

import pkgutil
from importlib import import_module

from evalpress.exports.registry import EXPORTS, Exported, export, keep, of_report

__all__ = ["EXPORTS", "Exported", "export", "keep", "of_report"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
