"""Files beside the reports: which are public, what they say and what they hide.

attachments.py  a report -> the files that it publishes, and their addresses
originals.py    reports that exist as files only -> their text
clean.py        files with metadata -> the same without
scan/           a file -> its text, and all that readers would not see
"""
