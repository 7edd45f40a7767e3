"""Chinese prose and numbers: pure functions of text, below all that knows what a report is.

quantities.py  prose -> values with unit, label and year
numbering.py   a sample and a position -> the heading's number
privacy.py     text -> private data in it
lookalikes.py  signs that look like another -> the usual ones
collation.py   two texts of one document -> where they differ
rosters.py     rows of cells -> names of persons
secrets.py     text -> words of secrecy
nearest.py     a name that nobody knows -> the known one that was meant
links.py       addresses that a page may lead to
lookalikes.py  signs that look like a Chinese character -> the character
dialect.py     the Markdown of our own pages -> HTML
markup.py      text -> Markdown and HTML that show exactly this text
"""
