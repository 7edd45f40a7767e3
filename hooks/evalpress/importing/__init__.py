"""In: files as departments send them. Out: draft reports, every value with its source.

drafts.py    values with their sources -> the YAML text of a draft
modeltree.py a report -> the tree of its YAML
workbook/    reports as Excel forms, and back
"""
