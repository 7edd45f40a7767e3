"""A report as an Excel form. In: the model and a report. Out: a workbook; and back again.

formsheets.py  the declaration: sheets, tables, kinds of rows, columns, each a field of the model
formrows.py    a row between a tree and a sheet
spreading.py   a report's tree -> the rows of the tables
gather.py      rows -> the tree
fitted.py      the declaration for one report: columns, heads, words of the drop-down lists
offering.py    rows that a form offers besides
cellcodec.py   texts of the tree <-> values of cells
hiddensheet.py what the hidden sheet keeps: identity, heads, ids of rows
formulas.py    which cells are sums
drawn.py       rows -> sheets to look at, to fill in and to print
packing.py     the file: values kept beside formulas, no clock
issuing.py     which forms there are to make
opened.py      a file -> the rows of its tables as they stand there
recognised.py  those rows in their order and with their ids; what was done to them is told
returned.py    a form that came back -> the draft of a report
verdict.py     the form among the data of the site -> findings, each with its cell
marked.py      findings -> a copy of the form that bears them

A field that is added to the model wants a column in formsheets.py; a test says so.
"""
