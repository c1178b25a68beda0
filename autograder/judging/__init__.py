"""What each exercise is worth: the judge, verdicts, stand-ins, and what guards the checks.

It may import `autograder.sandbox`, `autograder.intake`, `autograder.course` and `helpers`.
"""
