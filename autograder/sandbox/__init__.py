"""The box in which students' code runs, the wire to it, and how long the grader waits.

The far end of the wire is `autograder.student_process`. It may import that,
`autograder.course` and `helpers`.
"""
