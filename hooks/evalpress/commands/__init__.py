"""The command line: `evalpress <verb>`. In: arguments. Out: lines for a person, and an exit code.

_line.py     which verbs there are, and the one that is asked for
_parsing.py  what is wrong with arguments, in Chinese
_options.py  options that several verbs take
_releasing.py  what the verbs about releases share
_host.py     the generator as a command
init.py      four answers -> a new site
upgrade.py   a site of an earlier version -> one of this
build.py     data/ -> the site
serve.py     data/ -> a preview with drafts
setup.py     what an installed package needs of the machine: fonts and libraries
check.py     data/ -> every finding about it
new.py       a department's last report -> the beginning of its next one
pdf.py       one report -> its PDF
proofread.py one report and its original -> every sentence that differs
clean.py     attachments -> the same without metadata
workbook.py  reports -> Excel forms to fill in
diff.py      data/ -> what readers would see differently
publish.py   data/ -> the live site, now or on the second
ledger.py    a live site -> the first ledger of what was public
status.py    data/ and the ledger -> what is due, late, waiting, changed
releases.py  the releases that are kept
rollback.py  an earlier release -> the live site
join.py      sites of several districts -> one

One more verb: a file of this room that is called like it. It has `add_options(parser)` and
`run(options)`, which gives the exit code: 0 nothing blocks, 1 something blocks, 2 the command
itself was wrong. Its words stand under its name in `commands` of the wording catalogue.
"""

from evalpress.commands._line import VERBS, main

__all__ = ["VERBS", "main"]
