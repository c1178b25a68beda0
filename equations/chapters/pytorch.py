"""Values at which the equation of notebook 6 must hold."""

import numpy as np

from equations.chapter import Chapter
from equations.differences import slope

CHAPTER = Chapter("06_pytorch")


@CHAPTER.holds("6.1.1")
def decayed_weight(rng):
    """One step downhill on a loss with a penalty, its slope taken by central differences."""

    def loss(w):
        return np.sin(2 * w) + 0.3 * w**2

    for w in rng.normal(0, 2, size=5):
        rate, decay = rng.uniform(0.01, 0.5, size=2)

        def penalised(v, decay=decay):
            return loss(v) + decay / 2 * v**2

        yield {
            **{"w": w, r"\eta": rate, r"\lambda": decay, "g": slope(loss, w)},
            "w_new": w - rate * slope(penalised, w),
        }
