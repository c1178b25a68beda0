"""What a person gets for a sheet: the machine's points, those given by hand, and what lateness
takes; and the tables in which platforms want it.

It reads what grading kept, and grades nothing. It may import from ``autograder.grading`` and below.
"""
