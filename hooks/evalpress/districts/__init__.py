"""Sites of sites. In: finished sites of several districts, each built by itself. Out: one site that
holds them all, each below its prefix, byte for byte, under one home page, search, register and
catalogue.

joint_settings.py  districts.yml, typed
origins.py         where a district's site lies: a folder or an address
taking_in.py       a district's site -> its files in the joint one, or the last good ones again
accounts.py        what a district's own interface tells
joint_search.py    the districts' indexes -> one
joint_answers.py   the districts' answers about files -> one list of hashes
joint_corrections.py  what was corrected or withdrawn in any of them
joint_pages.py     the pages of the joint site
joint_files.py     what it has for programs: interface, feed, site map
framing.py         a page of it -> HTML in the theme's frame
removed.py         what a district removed since -> releases that must not stay
joining_up.py      all of it in its order

One more thing that is told of every district: a field of `accounts.Account`, and its place in
`joint_pages`.
"""
