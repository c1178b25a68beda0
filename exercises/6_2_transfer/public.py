"""Exercise 6.2: a few examples of each class, and a network that learns from them."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import torch_probes
from helpers.for_checks.naming import close_all, rule_out
from helpers.for_checks.torch_training import adam_step

pytestmark = exercise("6.2")

NEAR = {"rtol": 2e-3, "atol": 1e-4}
LABELS = np.array([2, 0, 2, 5, 0, 5, 2, 0, 5, 5, 2, 0, 0, 2, 5])  # five each of 0, 2 and 5


def positions(value, number):
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    rule_out(
        kind == "b", "it is a mask; the positions themselves are asked for",
        "what came back holds True and False", value,
    )  # fmt: skip
    rule_out(
        kind == "i" and np.isin(value, LABELS).all() and value.size > 3 * len(np.unique(value)) / 2,
        "these are class numbers; the positions of the examples are asked for",
        "what came back are no positions of different examples", value,
    )  # fmt: skip
    places = expect.array(value, (number,), "the positions")
    expect.true(
        bool(((places >= 0) & (places < len(LABELS)) & (places % 1 == 0)).all()),
        f"they are not all positions in an array of {len(LABELS)} labels", got=places,
    )  # fmt: skip
    return places.astype(int)


@points(1)
@demand("a")
@hint("For each class that occurs: the positions that have it, in random order, the first few.")
def test_as_many_of_each_class(student):
    for each in (1, 3, 2) * 5:
        value = torch_probes.asked(
            student, torch_probes.on_tensors, student.few_of_each, LABELS, each
        )
        chosen = positions(value, 3 * each)
        counts = tuple(int(n) for n in np.bincount(LABELS[chosen], minlength=6)[[0, 2, 5]])
        expect.equal(
            counts,
            (each,) * 3,
            what=f"with each={each}, how many are chosen of the classes 0, 2, 5",
        )


@points(0.5)
@demand("b")
@hint("torch.randperm gives an order in which nothing comes twice.")
def test_no_example_is_chosen_twice(student):
    for _ in range(6):
        value = torch_probes.asked(student, torch_probes.on_tensors, student.few_of_each, LABELS, 4)
        chosen = positions(value, 12)
        expect.true(len(set(chosen)) == 12, "some examples are chosen twice", got=np.sort(chosen))


@after("as_many_of_each_class")
@points(0.5)
@demand("b")
@hint("Draw anew in every call.")
def test_the_choice_is_random(student):
    draws = set()
    for _ in range(16):  # of 10^3 choices: all alike by chance has probability 10^-45
        value = torch_probes.asked(student, torch_probes.on_tensors, student.few_of_each, LABELS, 2)
        draws.add(tuple(sorted(positions(value, 6))))
    expect.true(len(draws) > 1, "16 calls chose the same examples", got=sorted(draws)[0])


def problem(rng, n=40):
    """A model of two linear layers, a few examples, and the arrays of the model."""
    arrays = [rng.normal(size=(5, 6)), rng.normal(size=6), rng.normal(size=(6, 3)),
              rng.normal(size=3)]  # fmt: skip
    layers = [("linear", *arrays[:2]), ("sigmoid",), ("linear", *arrays[2:])]
    return layers, arrays, rng.normal(size=(n, 5)), np.arange(n) % 3


def descended(arrays, x, labels, rate, steps, scale=None, momentum=0.0, twice=False):
    """The last layer after some steps; features come from the first one."""
    W, b = (values.copy() for values in arrays[2:])
    move = [np.zeros_like(W), np.zeros_like(b)]
    features, y = special.expit(x @ arrays[0] + arrays[1]), np.eye(3)[labels]
    for _ in range(steps):
        probs = special.softmax(features @ W + b, axis=1)
        delta = probs - y
        if twice:
            back = special.softmax(probs, axis=1) - y
            delta = probs * (back - (probs * back).sum(axis=1, keepdims=True))
        delta = delta / (scale or len(x))
        move = [momentum * move[0] - rate * features.T @ delta,
                momentum * move[1] - rate * delta.sum(axis=0)]  # fmt: skip
        W, b = W + move[0], b + move[1]
    return [*arrays[:2], W, b]


def all_descended(arrays, x, labels, rate, steps, layers=(0, 1, 2, 3)):
    """All parameters after some steps in which these of them learn."""
    now, y = list(arrays), np.eye(3)[labels]
    for _ in range(steps):
        hidden = special.expit(x @ now[0] + now[1])
        delta = (special.softmax(hidden @ now[2] + now[3], axis=1) - y) / len(x)
        under = delta @ now[2].T * hidden * (1 - hidden)
        slopes = [x.T @ under, under.sum(axis=0), hidden.T @ delta, delta.sum(axis=0)]
        now = [now[k] - rate * slopes[k] * (k in layers) for k in range(4)]
    return now


def adam_descended(arrays, x, labels, rate, steps):
    """The last layer after some steps of Adam."""
    now = [np.array(values) for values in arrays]
    features, y = special.expit(x @ now[0] + now[1]), np.eye(3)[labels]
    past = []
    for _ in range(steps):
        delta = (special.softmax(features @ now[2] + now[3], axis=1) - y) / len(x)
        past.append([features.T @ delta, delta.sum(axis=0)])
        for k in (0, 1):
            now[k + 2] = now[k + 2] + adam_step([slopes[k] for slopes in past], rate)
    return now


def tuned(student, layers, x, labels, rate, steps, **options):
    """The result of the student's function: its model and the one that was handed over."""
    result = torch_probes.report(
        student,
        torch_probes.on_model,
        student.fine_tune,
        layers,
        (x, labels, rate, steps),
        **options,
    )
    rule_out(
        result["value"] is None, "nothing is returned: is a `return` missing?",
        "what came back is no model",
    )  # fmt: skip
    expect.true(
        isinstance(result["value"], dict) and "parameters" in result["value"],
        "what came back is no model",
    )
    return result["value"], result


PARTS = ("the weight of the first layer", "the bias of the first layer",
         "the weight of the last layer", "the bias of the last layer")  # fmt: skip


def parts(arrays):
    """Arrays by their names, in the shapes that PyTorch gives them."""
    return {name: np.asarray(values).T for name, values in zip(PARTS, arrays, strict=True)}


@points(3)
@demand("d")
@hint("An optimiser (SGD) for the last layer's parameters alone; the mean loss; all examples.")
def test_last_layer_learns(student, rng):
    layers, arrays, x, labels = problem(rng)
    model, _ = tuned(student, layers, x, labels, 0.5, 6)
    found = expect.sequence(model["parameters"], 4, "the parameters of the copy")
    given = (arrays, x, labels, 0.5)
    wrong = {
        "nothing has been learnt at all": arrays,
        "the loss is summed; the mean is asked for": descended(*given, 6, scale=1),
        "there is one step only": descended(*given, 1),
        "there is one step too many": descended(*given, 7),
        "one step is missing": descended(*given, 5),
        "the steps have momentum": descended(*given, 6, momentum=0.9),
        "the gradients are never set back to zero": descended(*given, 6, momentum=1.0),
        "the steps are those of Adam; plain descent is asked for": adam_descended(*given, 6),
        "there is a softmax before the cross-entropy, which contains one already":
            descended(*given, 6, twice=True),
        "all layers learn": all_descended(*given, 6),
        "the bias of the last layer does not learn": all_descended(*given, 6, (2,)),
        "the first linear layer learns, not the last one": all_descended(*given, 6, (0, 1)),
    }  # fmt: skip
    close_all(
        dict(zip(PARTS, found, strict=True)), parts(descended(*given, 6)),
        "{} after 6 steps with rate 0.5",
        together={said: parts(values) for said, values in wrong.items()},
        **NEAR,
    )  # fmt: skip


@after("last_layer_learns")
@points(1)
@demand("c")
@hint("copy.deepcopy(model), and from then on only the copy.")
def test_the_model_itself_stays(student, rng):
    layers, arrays, x, labels = problem(rng)
    _, result = tuned(student, layers, x, labels, 0.5, 6)
    found = expect.sequence(result["parameters"], 4, "the parameters of the model")
    for value, right in zip(found, arrays, strict=True):
        expect.close(value, right.T, **NEAR, what="a parameter of the model that was handed over")
    expect.true(
        result["training"] is True, "the model that was handed over is in evaluation mode now"
    )
    expect.true(
        result.get("frozen") == [False] * 4,
        "the model that was handed over cannot learn any more: its requires_grad was changed",
        got=result.get("frozen"),
    )


@after("last_layer_learns")
@points(1)
@demand("e")
@hint("tuned.eval(): not only at the end, also while it learns.")
def test_learning_is_in_evaluation_mode(student, rng):
    layers, arrays, x, labels = problem(rng)
    layers.insert(2, ("dropout", 0.5))
    model, result = tuned(student, layers, x, labels, 0.5, 6)
    expect.true(model.get("training") is False, "the copy that comes back is in training mode")
    W = descended(arrays, x, labels, 0.5, 6)[2]
    found = expect.sequence(model["parameters"], 4, "the parameters of the copy")
    expect.close(
        found[2], W.T, **NEAR,
        what="for a network with dropout, which must rest here, the weight of the last layer",
    )  # fmt: skip
