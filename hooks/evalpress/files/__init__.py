"""Files beside the reports. In: reports and their folders. Out: which files are public, what they
say, what they hide, and the same files without metadata.

attachments.py     a report -> the files that it publishes, and their addresses
originals.py       reports that exist as files only -> their text
clean.py           files with metadata -> the same without, by kind: clean_office.py, clean_pdfs.py,
                   clean_pictures.py
beginnings.py      a file that is not known -> what it looks like
sealed.py          a file -> whether it is signed or sealed, and so is never changed
excel_values.py    a cell's value and number format -> the text that Excel shows
word_numbering.py  a DOCX's numbering and styles -> the numbers before its paragraphs
word_symbols.py    signs of Wingdings and the like -> Unicode
numerals.py        numbers -> Chinese numerals, as both write them
scan/              a file -> its text, and all that readers would not see

One more format: a reader in scan/, and in clean.py a cleaner for its kind.
"""
