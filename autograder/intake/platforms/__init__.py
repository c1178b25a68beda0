"""What platforms name the files of a class when an instructor downloads them: a module each.

A module has a ``NAME``, a ``TITLE`` for people, and ``parts(folder, sure=False)``: what each file
or folder at the top is, or None where the folder is not from that platform. What is left over is
nobody's. ``sure`` says that somebody who knows named the platform. Times that a platform tells
without a zone have none.

No name and no list in a download is trusted. A platform is recognised by how most of the entries
are named, never by one: students choose the names of their files. `listing` holds what all
modules share, `recognise` all modules, `flat` what a single name says.
"""
