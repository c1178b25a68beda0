"""How each platform wants marks: a module each, with the columns that it documents.

A module may import from ``autograder.marks.form`` and below it, and knows no other platform.
"""
