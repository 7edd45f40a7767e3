"""evalpress publishes government performance-evaluation reports.

The path of the data, stage by stage; files, log lines and docs use the same names:

    1 read     load/        data/*.yml            -> Reports and reference data, with line numbers
    2 check    checks/      Reports               -> Findings; one that blocks stops the build
      disclose disclose/    Report                -> PublicReport, only what may be public now
               ledger/      data/ledger/          -> what was ever public; only publishing writes it
    3 assess   assess/      PublicReports         -> Catalogue: rates, totals, coverage; years side
                                                     by side, a year's spread, the problem register
    4 write    pages/       Catalogue             -> Markdown pages
    5 print    pdf/         the same Markdown     -> one PDF per report
    6 export   exports/     PublicReports         -> JSON and CSV beside each report
    7 index    search/      the built site        -> a list of names and an index of the text
    8 release  release/     the staged site       -> the live folder, swapped whole

`host/mkdocs.py` joins the stages to MkDocs' events and is the only file that knows MkDocs;
a site's `hooks/publish.py` hands them to it.
Below them: text/ (Chinese prose and numbers), model/ (the types), files/ (what lies beside them),
cache/ (what is kept between runs), setup/ (before anything is installed). Above them: site.py (the
pipeline as one object), authoring/ (for people who write and review), commands/ (one file a verb).
Imports go one way; tests/test_architecture.py holds the order as one list.
"""

__version__ = "0.2.0"
