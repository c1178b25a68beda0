"""From whatever a student handed in to answers: files found, notebooks told apart.

Everything it reads may be damaged or hostile. It may import `autograder.course` and `helpers`.
"""
