"""A bureau's site folder as a whole: begun, and brought from one version to the next.

In: answers, or a folder of an earlier version. Out: its files; every change is shown and kept so
that it can be undone. What belongs to the program never lies in the folder.

overlay.py    changes that are not made yet
founding.py   answers -> the files of a new site
upgrading.py  a folder of an earlier version -> changes, made and undone
steps.py      what changes from one version to the next
nav_lines.py  mkdocs.yml without the lines that belong to the program, else as it was

One more version: a function of `steps.py` decorated with the version that it leads to.
"""
