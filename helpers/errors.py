"""Every error that the course raises on purpose.

Each message names the thing, what was found, what is allowed, and the way out, in that
order. Whoever catches :class:`CourseError` catches all of them; the commands print its
message as one line and leave the traceback out.
"""


class CourseError(Exception):
    """The base of the family: something outside the code is not as it must be."""


class DataError(CourseError):
    """A data set is missing, damaged, or not what its name says."""


class StandInError(CourseError):
    """What the course lent is about to be taken for the student's own work."""


class ExerciseError(CourseError):
    """An exercise is asked for that the course does not have."""


class IntervalError(CourseError):
    """A range of numbers is written in a way that cannot be read."""


class NotebookError(CourseError):
    """A notebook cannot be found or read."""


class PackageError(CourseError):
    """A part of the course needs a package that is not installed."""


class SubmissionError(CourseError):
    """What a student handed in cannot be taken apart."""


class RosterError(CourseError):
    """A list of a class cannot be read, or does not tell whose work something is."""


class SandboxError(CourseError):
    """The sandbox cannot be started, or its process broke the rules of the channel."""


class CourseDirectoryError(CourseError):
    """A directory to write into exists already, or one to read from is not what it should be."""


class CheckDefinitionError(CourseError):
    """A check or a chaff is written wrongly: no exercise, no points, no hint."""
