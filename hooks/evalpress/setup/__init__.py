"""What `make` runs before the package's own requirements are there: only the standard library.

In: a checkout on a bare Debian or Ubuntu. Out: `.venv` with the pinned packages, the system's
libraries, the private fonts and, for tests, a browser; or what is missing and how to add it.

prepare.py   the whole, from the command line
system.py    what the machine lacks, and its Debian packages
venv.py      `.venv` and what must be in it
fonts.py     the fonts are put in place
browser.py   the browser of the tests
installed.py the same for an installed package, without `.venv`
wheel.py     the package as a file to install elsewhere
bundle.py    an archive that installs it without a network
needs.py     what is told to the person at the keyboard
fontset.py   the fonts as they lie there; the one module that printing needs as well

One more need: a function that returns `Need`s, named in `prepare.system_needs`.
"""
