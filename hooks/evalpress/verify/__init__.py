"""Files that somebody holds -> what they are. In: the ledger and a finished site's files. Out: an
answer for every hash that was ever issued, on the site and on the command line.

answers.py   what is known of each issued file, by its hash
shards.py    answers <-> small files by the first digits of the hash, as browsers load them
asking.py    a file -> its answers, from a site's folder, a site's address, or the ledger alone
returning.py an earlier release that comes back -> the answers that it gives from then on
copies.py    a copy of a whole site -> what in it is not what its manifest says
fetching.py  an address -> its bytes, within limits

One more thing that an answer tells: a field of `Answer`, its words in wording/verify.yml, and its
line in verify.js.
"""

from evalpress.verify.answers import Answer, Current, answers_of
from evalpress.verify.shards import INDEX, keep_shards

__all__ = ["INDEX", "Answer", "Current", "answers_of", "keep_shards"]
