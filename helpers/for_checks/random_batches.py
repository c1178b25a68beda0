"""Random batches as checks look at them: examples that can be told apart, and batches in form."""

from __future__ import annotations

import numpy as np

from helpers.checking import expect
from helpers.checking.student import Student
from helpers.for_checks import wrong_ways


def data(
    rng: np.random.Generator, n: int, features: int = 3, classes: int = 4
) -> tuple[np.ndarray, np.ndarray]:
    """Examples that can be told apart: no two rows of x are alike, and none of y."""
    x = rng.normal(size=(n, features))
    return x, np.column_stack([np.arange(n), rng.normal(size=(n, classes - 1))])


def students_batches(
    student: Student, x: np.ndarray, y: np.ndarray, batch_size: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The student's batches, with every part seen to be a matrix."""
    found = []
    for number, pair in enumerate(expect.sequence(student.get_random_batches(x, y, batch_size))):
        parts = expect.sequence(pair, 2, f"batch {number}, a pair (x_batch, y_batch),")
        shapes = [part.shape[1:] if isinstance(part, np.ndarray) else () for part in parts]
        wrong_ways.named(
            shapes == [y.shape[1:], x.shape[1:]],
            f"the parts of batch {number} have {y.shape[1]} and {x.shape[1]} columns, "
            f"not {x.shape[1]} and {y.shape[1]}",
            "y_batch comes first in each pair",
        )
        xb = expect.array(parts[0], (-1, x.shape[1]), f"x_batch of batch {number}")
        yb = expect.array(parts[1], (-1, y.shape[1]), f"y_batch of batch {number}")
        found.append((xb, yb))
    return found


def rows(y_batch: np.ndarray) -> list[int]:
    """Numbers of the examples in a batch: the first column of y holds them."""
    return [round(float(value)) for value in y_batch[:, 0]]
