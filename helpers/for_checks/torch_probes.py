"""How a check looks at answers that use PyTorch: these run where the student's functions are.

A model cannot travel; arrays can. So a check hands one of these functions to ``student.via``,
together with a function of the student's and plain data. The probe makes tensors of the data,
calls the function, and gives back what came of it as arrays. PyTorch is imported only when a
probe runs: the process that judges never needs it.

A *recipe* describes a small model: a list of layers, each a tuple such as ``("linear", W, b)``
with ``W`` of shape (D_in, D_out), ``("conv", K, b)`` with ``K`` of shape (C_out, C_in, 3, 3),
``("norm", n)``, ``("dropout", p)``, ``("sigmoid",)``, ``("relu",)``, ``("pool",)``,
``("flatten",)``. All numbers are float32.

The student's code runs in this same process and can forge whatever a probe gives back. So verdicts
rest on numbers that nobody has who did not do the work: outputs, losses, parameters. What else is
known of a model (``"saw"``, ``"training"``, ``"frozen"``, ``"graph"``) is a hint that helps to name
a mistake. Where a check rests on it alone, what it asks for is a line such as ``torch.no_grad()``,
which is shorter than the forgery, and it is worth little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.checking import expect
from helpers.checking.failures import StudentRaised
from helpers.checking.student import Student

Recipe = Sequence[tuple]
PARTS = ("parameters", "gradients", "statistics", "saw")
Batches = Sequence[tuple[np.ndarray, np.ndarray]]


def report(student: Student, probe: Callable, *arguments: Any, **options: Any) -> dict[str, Any]:
    """Call a probe such as :func:`on_model` for a check, and see that all of its parts are there.

    Raises
    ------
    CheckFailure
        They are not: the student's process gave something else in their place.
    """
    value = asked(student, probe, *arguments, **options)
    expect.keys(value, ["value", *PARTS, "training"], "what is known of the model")
    for name in PARTS:
        expect.sequence(value[name], what=f"what is known of the model's {name}")
    for seen in value["saw"]:
        expect.sequence(seen, 2, "what is known of a forward pass")
    student.calls[-1].value = value["value"]
    return value


class _Word:
    """A name that stands for itself where a call is shown."""

    def __init__(self, word: str):
        self.word = word

    def __repr__(self) -> str:
        return self.word


def asked(student: Student, probe: Callable, function: Any, *arguments: Any, **options: Any) -> Any:
    """Let a probe call one of the student's functions; the call that is shown is the student's."""
    try:
        return student.via(probe)(function, *arguments, **options)
    finally:
        call = student.calls[-1]
        given: tuple = arguments
        if probe in (outputs, facts, gradients_reach, in_both_modes):
            given = tuple(arguments[0])
        elif probe is linked:
            given = (arguments[0],)
        elif probe is on_model:
            given = (_Word("model"), *(arguments[1] if len(arguments) > 1 else ()))
        elif probe is trained:
            given = (_Word("model"), _Word("optimiser"), arguments[1])
        elif probe is optimised:
            given = (_Word("model"), *arguments[1])
        call.function, call.args, call.kwargs = function.name, given, {}


def outputs(
    build: Callable,
    arguments: Sequence,
    x: np.ndarray,
    weights: dict[str, list[np.ndarray]] | None = None,
    training: bool = False,
) -> np.ndarray:
    """Build a model with ``build(*arguments)`` and give its outputs for `x`.

    `weights` are poured into it first: see :func:`facts` for the form.
    """
    model = _module(build(*arguments), build)
    if weights:
        _pour(model, weights)
    model.train(training)
    return model(tensor(x))


def facts(build: Callable, arguments: Sequence) -> dict[str, Any]:
    """Build a model and name what it holds.

    Returns
    -------
    dict
        ``"parameters"``, all of them as a list; and by kinds of layers, in their order:
        ``"conv"`` and ``"linear"`` (weight, bias, weight, bias, ...), ``"norm"`` (weight, bias,
        running mean, running variance, ...); ``"dropout"``, the probabilities.
    """
    model = _module(build(*arguments), build)
    found = {kind: _values(model, kind) for kind in _KINDS}
    found["parameters"] = list(model.parameters())
    found["dropout"] = [layer.p for layer in _of_kind(model, "dropout")]
    return found


def gradients_reach(build: Callable, arguments: Sequence, x: np.ndarray) -> list[bool]:
    """For each parameter of a model: whether the outputs depend on it, as autograd sees it."""
    model = _module(build(*arguments), build)
    model.train(True)
    scores = model(tensor(x))
    (scores * scores.detach().cos()).sum().backward()
    return [p.grad is not None and bool((p.grad != 0).any()) for p in model.parameters()]


def linked(build: Callable, params: dict[str, np.ndarray], x: np.ndarray) -> list[Any]:
    """Outputs before and after the arrays in `params` change; the arrays, after the model's do."""
    import torch

    model = _module(build(params), build)
    model.train(False)
    before = model(tensor(x)).detach().clone()
    for name in params:
        params[name] += 1.0
    after = model(tensor(x)).detach().clone()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    return [before, after, {name: values.copy() for name, values in params.items()}]


def on_model(
    function: Callable,
    recipe: Recipe,
    arguments: Sequence = (),
    training: bool = True,
    stale: bool = False,
) -> dict[str, Any]:
    """Call ``function(model, *arguments)`` with a model made from a recipe.

    Parameters
    ----------
    training : bool
        The mode in which the model is handed over.
    stale : bool
        Whether gradients of an earlier step are still there: ones, everywhere.

    Returns
    -------
    dict
        ``"value"``, where a model is a dict like this one; ``"parameters"``; ``"statistics"`` of
        batch normalisation; ``"training"``, the mode afterwards; ``"saw"``, a pair for each
        forward pass: whether it was in training mode, whether it kept a graph for gradients. This
        record lies within the student's reach: it is a hint.
    """
    import torch

    model = make(recipe)
    model.train(training)
    if stale:
        for parameter in model.parameters():
            parameter.grad = torch.ones_like(parameter)
    value = function(model, *map(_as_tensor, arguments))
    return {**_described(model), "value": _seen(value)}


def trained(
    function: Callable, recipe: Recipe, batches: Batches, learning_rate: float, training: bool
) -> dict[str, Any]:
    """Call ``function(model, optimiser, batches)`` with plain gradient descent.

    Returns what :func:`on_model` does, and ``"graph"``: whether what came back keeps one.
    """
    import torch

    model = make(recipe)
    model.train(training)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)  # left from before
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    pairs = [(tensor(x), tensor(labels)) for x, labels in batches]
    value = function(model, optimiser, pairs)
    return {**_described(model), "value": _seen(value), "graph": _keeps_a_graph(value)}


def optimised(
    function: Callable, recipe: Recipe, arguments: Sequence, slopes: Sequence[list[np.ndarray]]
) -> list[Any]:
    """Let the optimiser ``function(model, *arguments)`` take steps with given gradients.

    Returns the model's parameters after each step. `slopes` holds a list of gradients for each
    step, one for each parameter.
    """
    model = make(recipe)
    optimiser = function(model, *arguments)
    if not hasattr(optimiser, "step"):
        raise StudentRaised(
            f"`{function.__name__}` returned a {type(optimiser).__name__}, not an optimiser"
        )
    path = []
    for step in slopes:
        for parameter, slope in zip(model.parameters(), step, strict=True):
            parameter.grad = tensor(slope)
        optimiser.step()
        path.append([p.detach().clone() for p in model.parameters()])
    return path


def on_tensors(function: Callable, *arguments: Any) -> Any:
    """Call ``function(*arguments)`` with tensors in place of arrays."""
    return _seen(function(*map(_as_tensor, arguments)))


def kind_of(function: Callable, *arguments: Any) -> str:
    """The name of the type of what ``function(*arguments)`` gives, such as ``"Tensor"``."""
    return type(function(*arguments)).__name__


def kept(function: Callable, x: np.ndarray, *arguments: Any) -> Any:
    """Call ``function(x, *arguments)`` with a tensor and give that tensor as it is afterwards."""
    given = tensor(x)
    function(given, *arguments)
    return given


def in_both_modes(build: Callable, arguments: Sequence, x: np.ndarray) -> list[Any]:
    """Outputs of one model for `x`: twice in training mode, then twice in evaluation mode."""
    model = _module(build(*arguments), build)
    found = []
    for training in (True, True, False, False):
        model.train(training)
        found.append(model(tensor(x)).detach().clone())
    return found


def make(recipe: Recipe) -> Any:
    """The model of a recipe, an ``nn.Sequential``; its last layer keeps a record."""
    import torch
    from torch import nn

    layers = []
    for kind, *values in recipe:
        if kind in ("linear", "conv"):
            weight, bias = map(tensor, values)
            layer = (
                nn.Linear(*weight.shape) if kind == "linear"
                else nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], padding=1)
            )  # fmt: skip
            with torch.no_grad():
                layer.weight.copy_(weight.T if kind == "linear" else weight)
                layer.bias.copy_(bias)
        else:
            layer = {
                "norm": nn.BatchNorm1d, "norm2d": nn.BatchNorm2d, "dropout": nn.Dropout,
                "sigmoid": nn.Sigmoid, "relu": nn.ReLU, "flatten": nn.Flatten,
                "pool": lambda: nn.MaxPool2d(2),
            }[kind](*values)  # fmt: skip
        layers.append(layer)
    model = nn.Sequential(*layers)
    model.saw = []
    model.register_forward_hook(_note)
    return model


def tensor(values: np.ndarray) -> Any:
    """An array as a tensor that shares no memory: float32, or int64 for whole numbers."""
    import torch

    values = np.asarray(values)
    return torch.tensor(values, dtype=torch.int64 if values.dtype.kind in "iu" else torch.float32)


def _note(model: Any, inputs: tuple, output: Any) -> None:
    model.saw.append((bool(model.training), bool(output.requires_grad)))


def _as_tensor(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return tensor(value)
    if isinstance(value, tuple):
        return tuple(map(_as_tensor, value))
    return value


def _described(model: Any) -> dict[str, Any]:
    return {
        "parameters": [p.detach().clone() for p in model.parameters()],
        "gradients": [p.grad for p in model.parameters()],
        "statistics": [b.clone() for b in model.buffers() if b.ndim],
        "training": bool(model.training),
        "frozen": [not p.requires_grad for p in model.parameters()],
        "saw": list(getattr(model, "saw", [])),
    }


def _seen(value: Any) -> Any:
    """A value in which models are described; a record that was copied with one is its own."""
    from torch import nn

    if isinstance(value, nn.Module):
        return _described(value)
    if isinstance(value, (list, tuple)):
        return [_seen(item) for item in value]
    if isinstance(value, dict):
        return {key: _seen(item) for key, item in value.items()}
    return value


def _keeps_a_graph(value: Any) -> bool:
    items = value if isinstance(value, (list, tuple)) else [value]
    return any(bool(getattr(item, "requires_grad", False)) for item in items)


def _module(value: Any, build: Callable) -> Any:
    from torch import nn

    if isinstance(value, nn.Module):
        return value
    name = getattr(build, "__name__", "the function")
    raise StudentRaised(f"`{name}` returned a {type(value).__name__}, not a model (an nn.Module)")


_KINDS = ("conv", "linear", "norm")


def _of_kind(model: Any, kind: str) -> list[Any]:
    from torch.nn.modules import batchnorm, conv, dropout, linear

    family = {"conv": conv._ConvNd, "linear": linear.Linear, "norm": batchnorm._BatchNorm,
              "dropout": dropout._DropoutNd}[kind]  # fmt: skip
    found = [layer for layer in model.modules() if isinstance(layer, family)]
    # Modules come in the order in which they were declared, which need not be that of their use:
    # every block has more channels than the one before.
    return sorted(found, key=_channels) if kind in ("conv", "norm") else found


def _channels(layer: Any) -> int:
    return int(getattr(layer, "out_channels", 0) or getattr(layer, "num_features", 0))


def _values(model: Any, kind: str) -> list[Any]:
    names = ("weight", "bias") + (("running_mean", "running_var") if kind == "norm" else ())
    return [getattr(m, name, None) for m in _of_kind(model, kind) for name in names]


def _pour(model: Any, weights: dict[str, list[np.ndarray]]) -> None:
    """Put arrays into the layers of each kind, in the form that :func:`facts` gives."""
    import torch

    for kind, arrays in weights.items():
        places = _values(model, kind)
        if [tuple(getattr(p, "shape", ())) for p in places] != [np.shape(a) for a in arrays]:
            found = [tuple(getattr(p, "shape", ())) for p in places]
            raise StudentRaised(
                f"the layers of kind {kind} hold arrays of shapes {found}, "
                f"not {[np.shape(a) for a in arrays]}",
                f"The model is {model}"[:2000],
            )
        with torch.no_grad():
            for place, array in zip(places, arrays, strict=True):
                place.copy_(tensor(array))
