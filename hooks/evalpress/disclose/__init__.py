"""2 disclose: Report -> PublicReport; nothing that may not be public goes further than this room.

public.py    which reports are public now, and what of them
withheld.py  which places would give a withheld one away
leaks.py     withheld values that still stand elsewhere
"""
