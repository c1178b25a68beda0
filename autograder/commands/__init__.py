"""The command line, ``course``: each command reads its arguments and calls one function.

The one room that may import from all others. Nothing imports from it.
"""
