"""nbgrader with our verdicts: the course directory, the plug-in, and collecting into it.

It may import every room but `commands`, `gradescope` and `prose`.
"""
