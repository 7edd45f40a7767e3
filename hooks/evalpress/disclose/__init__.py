"""Disclose. In: Reports, reference data, a moment. Out: PublicReports, what may be public then.

Nothing that may not be public goes further than this room; what is withheld takes with it what a
reader could compute it from.

public.py    which reports are public now, and what of them
withheld.py  which places would give a withheld one away
measured.py  what a figure of a report measures, in which unit, under which words
clues.py     what gives a withheld value away: itself, and figures from which it follows
alike.py     a text -> the same with its signs made alike, however a value is written in it
leaks.py     public texts in which a clue is read, and how certain that is

One more kind of place that gives another away: a method of `withheld._Closure`.
"""
