"""What runs on the student's side of the sandbox. It knows nothing of the judge.

Only this package and ``helpers`` are visible in there; no check that is hidden, no expected
value, no grade, no other student.
"""
