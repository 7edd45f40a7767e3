"""In: files as departments send them. Out: draft reports, every value with its source.

drafts.py    values with their sources -> the YAML text of a draft
"""
