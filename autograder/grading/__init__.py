"""Grading one submission, grading a class, and the folder of results.

It may import `autograder.judging` and what lies below that, and nothing that writes pages.
"""
