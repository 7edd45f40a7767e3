"""6 export. In: assessed public reports. Out: files for programs and spreadsheets.

Everything here is made from what is public already; a withheld place holds its notice.

registry.py        the files that lie beside each report
json_report.py     a report as JSON, and back
table.py           what a table is: columns with permanent ids, the rows that a report has in it
evaluated_rows.py  indicators, money, scores, figures
told_rows.py       the report itself, problems, corrections, editions
csv_files.py       tables as CSV
groups.py          what is taken home at once: a department, a year, everything
group_csv.py, workbooks.py, databases.py, json_lines.py, data_packages.py   its formats
interface.py       the static interface below api/v1/
shown.py           the tables of pages, to be taken along as they are
guide.py           the readers' page about all of it
feeds/             what is new, as Atom

One more file beside every report: one function decorated with `registry.export`. One more table,
which then is in every format: one decorated with `table.table`. One more format: one decorated with
`groups.group_format`. Each in a module of its own in this room (importing the room finds it), its
words in a file of wording/exports/ that is called like the module.
"""

import pkgutil
from importlib import import_module

from evalpress.exports.registry import EXPORTS, Exported, export, keep, lacks, of_report

__all__ = ["EXPORTS", "Exported", "export", "keep", "lacks", "of_report"]

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

from evalpress.exports.csv_files import beside_reports  # noqa: E402

beside_reports()
