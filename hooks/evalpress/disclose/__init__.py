"""Disclose. In: Reports, reference data, a moment. Out: PublicReports, what may be public then.

Nothing that may not be public goes further than this room; what is withheld takes with it what a
reader could compute it from.

public.py    which reports are public now, and what of them
withheld.py  which places would give a withheld one away
leaks.py     withheld values that still stand elsewhere

One more kind of place that gives another away: a method of `withheld._Closure`.
"""
