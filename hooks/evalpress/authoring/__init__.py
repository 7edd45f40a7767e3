"""For people who write and review data. In: the models and the data. Out: texts to work with.

scaffold.py    last year's report -> this year's, to fill in
sheet.py       a tree of texts -> YAML with comments
formats.py     findings -> text, JSON, SARIF, GitHub
review.py      a year's findings -> the reviewer's page
single.py      one report alone -> its PDF, drafts too
proofread.py   one report and its original -> where their texts differ
fieldguide.py  the models -> docs/guide/fields.md
ruleguide.py   the rules -> docs/guide/rules.md
schema.py      the models -> JSON Schemas for editors
generated.py   all of these three -> the files of a checkout, refreshed

One more format of findings: one decorated function in formats.py. One more text to work with: a
module here, and a verb that asks for it.
"""
