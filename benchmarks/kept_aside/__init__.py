"""Mistakes kept aside: written down before looking at the checks, which were not made for them.

A module a notebook, named after it: ``MISTAKES`` maps the id of an exercise to a list of
:class:`autograder.judging.chaffs.Chaff`. There, ``fails`` is ``["?"]``: which checks notice the
mistake is what is measured. ``says`` is a regular expression that a true sentence matches.
"""
