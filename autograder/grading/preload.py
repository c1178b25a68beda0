"""Imported once by the server from which graders fork: all that each of them would import."""

import scipy.special
import scipy.stats  # noqa: F401

import autograder.report  # noqa: F401
import helpers.checking.runner  # noqa: F401
from autograder.grading.submission import release_notebooks

release_notebooks()
