"""8 release. In: a whole site beside the live folder. Out: that site in its place,
or the old one untouched.

folders.py       where a site lies, and the program's own folders around it
admission.py     may a site go live there, and can it; asked before the long work begins
locking.py       one build at a time
staged.py        the folder to build in, from empty to live
deadlinks.py     what a file links to; dead links
verification.py  all that a finished site has to have
manifest.py      every file of a site with size, hash and report, in the site itself
sealing.py       the bureau's own signature of that, or time stamp
hashes.py        hashes of files, kept between runs
foreign.py       what others put into the site folder stays there
swapping.py      the finished folder takes the live one's place
records.py       what is known of each release
history.py       releases that are kept, and brought back
release_changes.py  what changed from each kept release to the next, as data
previews.py      a preview answers nobody else, and leaves no drafts behind

One more thing that a site must have before it goes live: a function of `verification._PROOFS`.
"""

from evalpress.release.admission import DISK_ERRORS, guard, guard_pages, unwritable
from evalpress.release.folders import Layout
from evalpress.release.staged import Staged, go_live, stage
from evalpress.release.verification import Wanted

__all__ = [
    "DISK_ERRORS", "Layout", "Staged", "Wanted", "go_live", "guard", "guard_pages", "stage",
    "unwritable",
]  # fmt: skip
