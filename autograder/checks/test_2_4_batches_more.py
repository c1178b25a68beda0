"""Exercise 2.4, first part: sizes at the edge."""

import numpy as np

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("2.4")


@points(0.5)
@hint(
    "A batch of one example is still a matrix with one row; x[i:i + 1], or x[[i]], keeps the axis."
)
def test_batches_at_the_edge(student, rng):
    for n, size, wanted in ((5, 1, [1] * 5), (5, 5, [5]), (5, 9, [5]), (6, 3, [3, 3])):
        x, y = rng.normal(size=(n, 3)), rng.normal(size=(n, 2))
        found = expect.sequence(student.get_random_batches(x, y, size))
        said = f"with {n} examples and a batch size of {size}"
        shapes = []
        for pair in found:
            xb, yb = expect.sequence(pair, 2, f"each batch, a pair (x_batch, y_batch), {said},")
            expect.array(xb, (-1, 3), f"an x_batch, {said},")
            expect.array(yb, (-1, 2), f"a y_batch, {said},")
            shapes.append((len(xb), len(yb)))
        expect.true(
            sorted(shapes) == sorted((k, k) for k in wanted),
            f"{said} the batches do not have {wanted} rows",
            got=shapes,
        )
        all_x = np.vstack([pair[0] for pair in found])
        expect.true(
            np.allclose(np.sort(all_x, axis=0), np.sort(x, axis=0)),
            f"{said} the batches do not hold each example once",
        )
