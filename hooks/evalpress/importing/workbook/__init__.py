"""A report as an Excel form. In: the model and a report. Out: a workbook; and back again.

sheets.py     the declaration: sheets, tables, kinds of rows, columns, each a field of the model
fitted.py     the declaration for one report: heads, words of the drop-down lists
spread.py     a report's tree -> the rows of the tables
gather.py     rows -> the tree
cellvalues.py texts of the tree <-> values of cells
records.py    what the hidden sheet keeps: identity, heads, ids of rows
formulas.py   which cells are sums
drawn.py      rows -> sheets to look at, to fill in and to print
packing.py    the file: values kept beside formulas, no clock
opened.py     a file -> rows, told apart and named again after whatever was done to it
issuing.py    which forms there are to make
returned.py   a form that came back -> the draft, and all that has changed
marked.py     findings -> the same form with marks

A field that is added to the model wants a column in sheets.py; a test says so.
"""
