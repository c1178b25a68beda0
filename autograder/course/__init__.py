"""What a course is: its ``course.toml``, notebooks and exercises; and the students' folder.

Nothing here runs a student's code. It may import `helpers` alone.
"""
