"""The record of what was ever public. In: `data/ledger/` and public reports. Out: a Ledger, the
public data of every edition, and how two of them differ.

Only publishing writes here; every other run reads. A report is known by its present address.

recorded.py    the types: reports, their editions, the files that were issued with them
ledgerfile.py  data/ledger/<department>.yml, data/ledger/volumes/ <-> entries
livelog.py     data/ledger/live/<year>.yml: what went live when, and what came back
publicform.py  a public report -> its public data, and the hash of these
differences.py two of them -> every place that differs
held.py        a report as it is now, against the last edition that readers had
past.py        the editions before the present one, as readers may still see them
pending.py     what a site that waits to go live will have recorded
allotting.py   索引号 for what comes out for the first time
recording.py   what went live -> the ledger after it
beginning.py   a site that is live already -> the first ledger
editions.py    where the public data and files of each edition are kept
known.py       every file that was ever issued, by its hash
"""

from evalpress.ledger.known import Known, Standing, known_files, removed_files
from evalpress.ledger.ledgerfile import FOLDER, read_ledger, write_ledger
from evalpress.ledger.publicform import digest_of_form, public_form
from evalpress.ledger.recorded import Edition, Issued, Ledger, ReportEntry, Volume, Withdrawn

__all__ = [
    "FOLDER", "Edition", "Issued", "Known", "Ledger", "ReportEntry", "Standing", "Volume",
    "Withdrawn", "digest_of_form", "known_files", "public_form", "read_ledger", "removed_files",
    "write_ledger",
]  # fmt: skip
