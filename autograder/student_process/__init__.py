"""What runs on the student's side of the sandbox. It knows nothing of the judge.

It may import `helpers` alone: only this package and ``helpers`` can be seen in there; no check
that is hidden, no expected value, no grade, no other student.
"""
