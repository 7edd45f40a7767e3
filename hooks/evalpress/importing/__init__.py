"""In: files as departments send them. Out: draft reports, every value with its source.

intake.py      a file -> its Document, by the reader for its kind: read_xlsx, read_xls, read_docx,
               read_html, read_pdf
neutral.py     the one form of all files: grids, lines, pictures; spreadsheet.py makes grids
besides.py     what an XLSX has besides its cells; emptied.py its cells that only bear a link,
               covered.py those under merged ones
labels.py      headings of forms -> what they may mean, by data/forms.yml
forms.py       grids -> readings; headers.py finds columns; fundtable, turned (a fund table whose
               columns are rows), goaltable, indicatortable (weights.py: full marks in percent)
chapters.py    a document with prose -> readings
reading.py     what was recognised and what was not; fieldtexts.py reads single cells
ownership.py   whose report a reading is
joining.py     several files of one report -> one reading
assembly.py    a reading -> a draft; naming.py gives ids
drafts.py      values with their sources -> the YAML text of a draft
merge.py       a draft over an earlier one: hand edits stay, differences are told
importer.py    files -> drafts; batch.py does a whole folder; summary.py counts
markedcopies.py  what was found about drafts -> marked copies of their files
converted.py   older formats, saved as new ones by LibreOffice
modeltree.py   a report -> the tree of its YAML
workbook/      reports as Excel forms of our own, and back

One more wording of a heading is a line of data/forms.yml, never code. One more format: a module
with a function decorated with `intake.reads`, named in `intake.MODULES`.
"""
