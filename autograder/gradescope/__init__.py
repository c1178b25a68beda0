"""Grading behind Gradescope: the archive to upload, and the results that it reads.

It may import every room but `commands`, `nbgrader` and `prose`.
"""
