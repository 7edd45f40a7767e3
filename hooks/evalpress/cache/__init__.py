"""What is kept between runs. In: all that a result follows from. Out: the result, without the work.

store.py       results in one file under hashes of what they follow from
cachefiles.py  files that appear whole or not at all, and are swept when nobody wants them
collector.py   work without Python's garbage collector

One more thing to keep: `Store.get` with all that it follows from.
"""
