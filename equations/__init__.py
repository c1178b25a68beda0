"""Reading and verifying formulas: what is printed in a notebook is evaluated, as it is printed.

A formula's values and its deliberate exceptions are in ``chapters/``, a module a notebook; change
those with the notebook, and the rest only when the notebooks use new notation. This package may
import ``helpers`` and ``autograder.course``; the book and the tests use it, the grader does not.
"""
