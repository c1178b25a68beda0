"""An invented class, to look at the pages while working on their look.

``python -m autograder.report.example DIR`` writes its feedback pages and its report.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from autograder.judging.verdicts import (
    ExerciseVerdict,
    SubmissionResult,
    WrittenAnswer,
    status_of,
)
from autograder.report import write_feedback, write_report
from helpers.checking.runner import CheckResult

# exercise, title, notebook, and its checks: name, points, public, hint
COURSE = (
    ("1.1", "Softmax and its shift", "01_theory", (
        ("shift_invariant", 1, True, "Divide numerator and denominator by the same factor."),
        ("range_without_shift", 1, False, "Which inputs make exp overflow in float64?"))),
    ("1.3", "Layers without non-linearities", "01_theory", (
        ("collapsed_weights", 1, True, "Write two layers out and multiply the matrices."),
        ("collapsed_bias", 1, True, "The first bias passes through the second layer too."))),
    ("1.4", "The derivative of the sigmoid", "01_theory", (
        ("against_differences", 1, True, "Write it with sigma(x) alone."),
        ("at_zero", 0.5, True, "The sigmoid is steepest at 0: how steep?"))),
    ("1.5", "Gradients of a layer", "01_theory", (
        ("shape_of_dw", 1, True, "dJ/dW has the shape of W."),
        ("value_of_dw", 1, True, "Which outer product of delta and x has the shape of W?"),
        ("value_of_dx", 1, False, "W carries x forward: what carries delta back?"))),
    ("2.1.2", "Xavier initialisation", "02_network", (
        ("shapes", 1, True, "W is (in, out), b has one dimension."),
        ("variance", 1, True, "Uniform on [-a, a] has variance a²/3."),
        ("is_uniform", 1, False, "The variance fits; does the distribution?"))),
    ("2.2.1", "Sigmoid and the forward pass", "02_network", (
        ("sigmoid_values", 1, True, "1 / (1 + exp(-x))."),
        ("no_overflow", 1, False, "exp(1000) overflows; exp(-1000) does not."),
        ("cache", 1, True, "The cache holds X, the pre-activation and the post-activation."))),
    ("2.2.2", "Softmax", "02_network", (
        ("rows_sum_to_one", 1, True, "Each row is one example: which axis does the sum run over?"),
        ("known_values", 1, True, "Pick the shift that keeps exp small."),
        ("stable", 1, False, "One shift for each row."))),
    ("2.2.3", "Cross-entropy and accuracy", "02_network", (
        ("loss_is_summed", 1, True, "The loss is summed over the batch, not averaged."),
        ("accuracy", 1, True, "Compare the largest entries, row by row."))),
    ("2.3.1", "Backpropagation through one layer", "02_network", (
        ("grad_w", 1.5, True, "X.T @ delta, summed over the batch."),
        ("grad_b", 1, True, "b has one dimension, so has its gradient."),
        ("grad_x", 1.5, False, "Which matrix carries delta back?"),
        ("arguments_unchanged", 0.5, True, "Write to a copy."))),
    ("2.4", "Random batches", "02_network", (
        ("every_example_once", 1, True, "A permutation visits everything once."),
        ("pairs_kept", 1, True, "Shuffle x and y with the same indices."),
        ("last_batch_smaller", 0.5, False, "What is left over is a batch, too."))),
    ("2.5", "Numerical gradient check", "02_network", (
        ("every_entry", 1, True, "Step through every entry of every parameter."),
        ("parameters_restored", 1, False, "Put each entry back after the step."))),
)  # fmt: skip

SOFTMAX_WRONG = '''def softmax(x):
    """Softmax of each row.

    Parameters
    ----------
    x : (N, C) array of scores
    """
    c = np.max(x)                       # keep exp from overflowing
    e = np.exp(x - c)
    return e / np.sum(e, axis=0)        # the probabilities
'''
BATCHES_WRONG = """def get_random_batches(x, y, batch_size):
    batches = []
    order = np.random.permutation(len(x))
    for start in range(0, len(x) - batch_size, batch_size):
        chosen = order[start : start + batch_size]
        batches.append((x[chosen], y[order]))
    return batches
"""
BACKWARDS_WRONG = """def backwards(delta, params, name='', activation_deriv=sigmoid_deriv):
    W = params['W' + name]
    X, pre, post = params['cache_' + name]
    delta = delta * activation_deriv(post)
    params['grad_W' + name] = X.T @ delta
    params['grad_b' + name] = delta.sum(axis=0)
    return delta @ W
"""
RIGHT = "def answer(x):\n    return 1 / (1 + np.exp(-x))\n"

GRADIENTS = r"""The loss depends on $W_{ij}$ only through $y_i = \sum_j W_{ij} x_j + b_i$, so

$$
\frac{\partial J}{\partial W_{ij}}
  = \frac{\partial J}{\partial y_i}\,\frac{\partial y_i}{\partial W_{ij}}
  = \delta_i\, x_j
\qquad\Longrightarrow\qquad
\frac{\partial J}{\partial \mathbf{W}} = \boldsymbol{\delta}\,\mathbf{x}^\top
  \in \mathbb{R}^{k \times d}.
$$

The same way, $\partial J / \partial \mathbf{x} = \mathbf{W}^\top \boldsymbol{\delta}$ and
$\partial J / \partial \mathbf{b} = \boldsymbol{\delta}$. My drawing of the shapes:

![the three shapes, side by side](attachment:shapes.png)

| quantity | shape |
|:---------|------:|
| $\boldsymbol{\delta}$ | $k \times 1$ |
| $\mathbf{x}$ | $d \times 1$ |
| $\partial J/\partial \mathbf{W}$ | $k \times d$ |
"""
VANISHING = r"""$\sigma'(x) = \sigma(x)\,(1 - \sigma(x))$ is **at most** $\tfrac14$ (at $x = 0$),
so after $L$ layers

\begin{align}
\left\lVert \frac{\partial J}{\partial a^{(1)}} \right\rVert
  &\le \prod_{l=2}^{L} \bigl\lVert W^{(l)} \bigr\rVert \cdot \max_x \sigma'(x)^{L-1} \\
  &\le \left(\tfrac{w}{4}\right)^{L-1} \tag{1.6.2}
\end{align}

which goes to zero as soon as $w < 4$. For $\tanh(x) = 2\sigma(2x) - 1$ the bound is $1$ instead:

$$\tanh'(x) = 1 - \tanh^2(x)
= \begin{cases} 1 & x = 0 \\ \text{less} & \text{otherwise.} \end{cases}$$

> This is why the layers near the input learn last.

1. shrink the weights less (`np.sqrt(6 / (n + m))`), or
2. take another activation.
"""


def example_class(students: int = 24) -> list[SubmissionResult]:
    """Results of an invented class, the same every time; the first is worth looking at."""
    rng = np.random.default_rng(7)
    names = (
        "Ada Byron", "Béla Bartók", "Chen Ning", "Dunya Mikhail", "Emmy Noether",
        "Fatima al-Fihri", "Grace H.", "Hypatia", "Ida Rhodes", "José Saramago",
        "Katherine J.", "Lise M.", "Maryam M.", "Nzinga", "Olga Ladyzhenskaya",
        "Paul E.", "Qin Jiushao", "Rózsa Péter", "Sofia K.", "Tu Youyou",
        "Ursula F.", "Vera Rubin", "Wang Zhenyi", "Xu Guangqi",
    )  # fmt: skip
    others = [_somebody(name, rng) for name in names[1 : students - 1]]
    return [_ada(), *others, _nothing("Zed (empty folder)")]


def _ada() -> SubmissionResult:
    failures = {
        "1.5/value_of_dw": {
            "problem": "dJ/dW has the shape (4, 3), but W has the shape (3, 4)",
            "diagnosis": "the outer product is turned around: x delta^T for delta x^T",
            "called": "layer_gradients([[0.31], [-1.2], [0.07]], array of shape (3, 4), "
                      "from -1.94 to 2.01)",
            "got": "array of shape (4, 3), from -1.662 to 2.41",
            "expected": "array of shape (3, 4), from -1.662 to 2.41",
        },
        "2.2.2/rows_sum_to_one": {
            "problem": "rows of the result sum to 5.143, not 1",
            "called": "softmax(array of shape (36, 7), from -2.83 to 2.64)",
            "got": "[5.143, 1.926, 6.52 , 4.031, 2.217, 7.94]",
            "expected": "[1., 1., 1., 1., 1., 1.]",
        },
        "2.2.2/known_values": {
            "problem": "softmax(scores) is off by up to 0.61",
            "diagnosis": "the sum runs down the columns",
            "called": "softmax([[ 0.1257, -0.1321,  0.6404],\n"
                      "         [ 0.1049, -0.5357,  0.3616]])",
            "got": "[[0.5052, 0.5996, 0.5693],\n [0.4948, 0.4004, 0.4307]]",
            "expected": "[[0.2916, 0.2253, 0.4831],\n [0.3513, 0.1852, 0.4635]]",
        },
        "2.3.1/grad_x": {"problem": "the gradient of the input has the shape (8, 3), not (8, 5)"},
        "2.3.1/arguments_unchanged": {
            "problem": "`backwards(delta, params, name, activation_deriv)` raised ValueError: "
                       "matmul: Input operand 1 has a mismatch in its core dimension 0",
            "traceback": "cell q2-3-1, line 7, in backwards\n    return delta @ W\n"
                         "ValueError: matmul: Input operand 1 has a mismatch in its core "
                         "dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?)",
        },
        "2.4/pairs_kept": {
            "problem": "x has 15 examples in a batch and y has 40",
            "called": "get_random_batches(array of shape (40, 6), from 0 to 39, "
                      "array of shape (40, 3), from 0 to 1, 15)",
        },
        "2.4/last_batch_smaller": {"problem": "examples are missing where the batch size "
                                              "does not divide their number"},
    }  # fmt: skip
    answers = {"2.2.2": SOFTMAX_WRONG, "2.3.1": BACKWARDS_WRONG, "2.4": BATCHES_WRONG}
    verdicts = []
    for exercise, *_ in COURSE:
        if exercise == "2.5":
            verdicts.append(_verdict(exercise, missing=True))
            continue
        replaced = ("softmax",) if exercise == "2.2.3" else ()
        verdicts.append(_verdict(exercise, failures, answers.get(exercise, RIGHT),
                                 replaced=replaced, broken=exercise == "1.3"))  # fmt: skip
    written = (
        WrittenAnswer("q1-5-text", "1.5", "Gradients of a layer", "01_theory", 3, "answered",
                      GRADIENTS, {"shapes.png": {"image/png": _drawing()}}),
        WrittenAnswer("q1-6", "1.6", "Vanishing gradients", "01_theory", 4, "answered", VANISHING),
        WrittenAnswer("q2-1-1", "2.1.1", "Why zeros do not work", "02_network", 2, "missing"),
    )  # fmt: skip
    return SubmissionResult(
        "Ada Byron", tuple(verdicts), written,
        remarks=("02_network.ipynb: the check cell of 2.2.1 was deleted; it was put back",
                 "notes.docx is no notebook and was left alone"),
        pictures=(_curves(),), seed="9f1c64d0a7e2b355", cpu_seconds=2.31, wall_seconds=2.9,
    )  # fmt: skip


def _nothing(name: str) -> SubmissionResult:
    verdicts = tuple(_verdict(exercise, missing=True) for exercise, *_ in COURSE)
    return SubmissionResult(name, verdicts, remarks=("no notebook was found",), seed="00c3")


def _somebody(name: str, rng: np.random.Generator) -> SubmissionResult:
    skill = rng.beta(3, 1.2)
    failures = {
        f"{exercise}/{check}": {"problem": f"{check.replace('_', ' ')}: not what was asked for"}
        for exercise, _, _, checks in COURSE
        for check, *_ in checks
        if rng.random() > skill
    }
    verdicts = tuple(
        _verdict(exercise, failures, RIGHT, missing=rng.random() > skill + 0.3)
        for exercise, *_ in COURSE
    )
    return SubmissionResult(name, verdicts, seed=rng.bytes(8).hex(),
                            cpu_seconds=2 + rng.random(), wall_seconds=3.0)  # fmt: skip


def _verdict(
    exercise: str,
    failures: dict[str, dict[str, str]] | None = None,
    answer: str = "",
    *,
    replaced: Sequence[str] = (),
    missing: bool = False,
    broken: bool = False,
) -> ExerciseVerdict:
    _, title, notebook, checks = next(entry for entry in COURSE if entry[0] == exercise)
    failures = failures or {}
    results = []
    for name, points, public, hint in checks:
        full = f"{exercise}/{name}"
        if missing:
            found = {"status": "missing", "problem": f"nothing is written for {exercise} yet"}
        elif broken and name == checks[-1][0]:
            found = {"status": "error", "problem": "this check broke: SandboxError: the process "
                     "ended", "traceback": "SandboxError: the process ended"}  # fmt: skip
        elif full in failures:
            found = {"status": "fail", **failures[full]}
        else:
            found = {"status": "pass"}
        results.append(
            CheckResult(
                full,
                exercise,
                points,
                public=public,
                hint="" if found["status"] == "pass" else hint,
                **found,
            )
        )
    earned = 0.0 if broken else sum(r.points for r in results if r.status == "pass")
    first = next((r for r in results if r.status != "pass"), None)
    return ExerciseVerdict(
        exercise, title, notebook, earned, sum(r.points for r in results), status_of(results),
        first.problem if first else f"all {len(results)} checks pass", tuple(results),
        "" if missing else answer, tuple(replaced),
    )  # fmt: skip


def _drawing() -> str:
    image = Image.new("RGB", (560, 220), "white")
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom, label in ((40, 40, 220, 180, "dJ/dW  k x d"),
                                            (290, 40, 320, 180, "delta"),
                                            (390, 95, 530, 125, "x^T")):  # fmt: skip
        draw.rectangle((left, top, right, bottom), outline="#0072b2", width=3)
        draw.text((left, top - 20), label, fill="black")
    return _png(image)


def _curves() -> str:
    image = Image.new("RGB", (640, 400), "white")
    draw = ImageDraw.Draw(image)
    draw.line((50, 360, 620, 360), fill="black", width=2)
    draw.line((50, 20, 50, 360), fill="black", width=2)
    steps = np.arange(0, 560, 4)
    for rate, colour in ((90, "#0072b2"), (160, "#d55e00")):
        heights = 360 - 320 * np.exp(-steps / rate)
        draw.line([(50 + x, 380 - y) for x, y in zip(steps, heights, strict=True)], fill=colour,
                  width=3)  # fmt: skip
    draw.text((300, 375), "epoch", fill="black")
    return _png(image)


def _png(image: Image.Image) -> str:
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode("ascii")


def main(folder: Path) -> Path:
    """Write the invented class's pages and return the report's path."""
    results = example_class()
    links = {}
    for position, result in enumerate(results):
        links[result.student] = f"feedback/{position:02}.html"
        write_feedback(result, folder / links[result.student])
    write_report(results, folder / "report.html", feedback_links=links)
    return folder / "report.html"


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
