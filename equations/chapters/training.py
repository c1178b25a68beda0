"""Values at which the equations of notebook 3 must hold."""

import numpy as np

from autograder.course.reference import reference_functions
from equations.chapter import Chapter
from helpers.for_checks import two_layers

ANSWERS = reference_functions(
    ["02_network", "03_training"], ["evaluate", "predict", "confusion_matrix"]
)
CHAPTER = Chapter("03_training")


def problem(rng, n, classes=3):
    x = rng.normal(size=(n, 4))
    return x, np.eye(classes)[rng.integers(0, classes, size=n)], two_layers.draw(rng, 4, 6, classes)


@CHAPTER.holds("3.1.1")
def mean_loss(rng):
    for n in (3, 7):
        x, y, params = problem(rng, n)
        yield {
            **{"N": n, "C": 3, "y": y, "p": np.exp(two_layers.log_probs(x, params))},
            "bar J": ANSWERS["evaluate"](x, y, params)[0],
            "J": float(two_layers.loss(x, y, params).real),
        }


@CHAPTER.holds("3.4.1")
def accuracy_from_the_matrix(rng):
    for n in (20, 50):
        x, y, params = problem(rng, n)
        answers = ANSWERS["predict"](x, params)
        yield {
            **{"N": n, "C": 3, "accuracy": ANSWERS["evaluate"](x, y, params)[1]},
            "M": ANSWERS["confusion_matrix"](y.argmax(axis=1), answers, 3),
        }
