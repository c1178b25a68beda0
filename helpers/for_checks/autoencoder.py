"""The autoencoder of section 5 as the checks know it, and the exact gradient of its loss.

As in :mod:`helpers.for_checks.two_layers`, the gradient is taken by complex steps and owes
nothing to backpropagation. A rectified linear unit has a kink at zero, where rounding alone
decides which way it goes: problems are drawn so that no unit comes near its kink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

Params = dict[str, np.ndarray]
Activation = Callable[[np.ndarray], np.ndarray]
STEP = 1e-30
NEAR = 1e-4
VARIED = 0.05
LAYERS = ("layer1", "hidden1", "hidden2", "output")
NAMES = tuple(kind + layer for layer in LAYERS for kind in "Wb")


def relu(z: np.ndarray) -> np.ndarray:
    """The rectified linear unit, of real or complex numbers."""
    return np.where(np.real(z) > 0, z, 0)


def squashed(z: np.ndarray) -> np.ndarray:
    """The logistic sigmoid, of real or complex numbers."""
    return (1 + np.tanh(z / 2)) / 2


def shapes(inputs: int, hidden: int) -> dict[str, tuple[int, ...]]:
    """The shape of every parameter.

    Examples
    --------
    >>> shapes(9, 4)["Woutput"], shapes(9, 4)["bhidden1"]
    ((4, 9), (4,))
    """
    sizes = (inputs, hidden, hidden, hidden, inputs)
    found: dict[str, tuple[int, ...]] = {}
    for layer, n_in, n_out in zip(LAYERS, sizes, sizes[1:], strict=False):
        found[f"W{layer}"], found[f"b{layer}"] = (n_in, n_out), (n_out,)
    return found


def draw(rng: np.random.Generator, inputs: int, hidden: int, scale: float = 0.7) -> Params:
    """Random weights of moderate size, biases included."""
    return {name: rng.normal(0, scale, shape) for name, shape in shapes(inputs, hidden).items()}


def layer_values(
    x: np.ndarray, params: Mapping[str, np.ndarray], activation: Activation = relu
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What goes into each layer, its sums, and what comes out."""
    found = []
    for layer in LAYERS:
        sums = x @ params[f"W{layer}"] + params[f"b{layer}"]
        out = squashed(sums) if layer == "output" else activation(sums)
        found.append((x, sums, out))
        x = out
    return found


def output(x: np.ndarray, params: Mapping[str, np.ndarray], activation: Activation = relu):
    """The reconstruction of x, shape (N, D)."""
    return layer_values(x, params, activation)[-1][2]


def loss(x: np.ndarray, params: Mapping[str, np.ndarray], activation: Activation = relu):
    """The squared error, summed over pixels and examples."""
    return ((output(x, params, activation) - x) ** 2).sum(axis=(-2, -1))


def gradients(
    x: np.ndarray,
    params: Mapping[str, np.ndarray],
    activation: Activation = relu,
    delta: np.ndarray | None = None,
) -> Params:
    """The gradient of the loss, exact to rounding; or that of the sum of ``delta`` times output.

    All parameters are moved at once, each in a copy of the network of its own.

    Examples
    --------
    >>> zeros = {name: np.zeros(shape) for name, shape in shapes(2, 1).items()}
    >>> gradients(np.array([[0.0, 1.0]]), zeros)["boutput"]
    array([ 0.25, -0.25])
    """
    moved = _each_moved(params)
    if delta is None:
        slopes = loss(x, moved, activation).imag / STEP
    else:
        slopes = (delta * output(x, moved, activation)).sum(axis=(-2, -1)).imag / STEP
    found, place = {}, 0
    for name in NAMES:
        size = params[name].size
        found[name] = slopes[place : place + size].reshape(params[name].shape)
        place += size
    return found


def walked_back(
    values: Mapping[str, tuple],
    params: Mapping[str, np.ndarray],
    delta: np.ndarray,
    slopes: Mapping[str, Callable],
    layers: tuple[str, ...] = LAYERS[::-1],
    move: Callable[[str, Params], None] | None = None,
) -> Params:
    """What backpropagation gives; for mistakes in it, since right values are found without.

    Parameters
    ----------
    values : mapping
        For each layer what went in, its sums, and what came out.
    slopes : mapping
        For each layer the derivative of its activation, a function of the sums and of the output.
    layers : tuple of str
        In the order in which they are visited.
    move : callable, optional
        Called with a layer and its gradients before the delta is passed on.
    """
    found: Params = {}
    for layer in layers:
        into, sums, out = values[layer]
        delta = delta * slopes[layer](sums, out)
        found[f"W{layer}"], found[f"b{layer}"] = into.T @ delta, delta.sum(axis=0)
        if move is not None:
            move(layer, found)
        delta = delta @ params[f"W{layer}"].T
    return found


def moved_too_early(
    x: np.ndarray, params: Mapping[str, np.ndarray], rates: list[float], momentum: float = 0.9
) -> Params:
    """The end of a descent in which each layer moves before its delta is passed on."""
    now = {name: np.array(params[name], dtype=float) for name in NAMES}
    moves = {name: np.zeros(now[name].shape) for name in NAMES}
    slopes = {layer: (lambda sums, out: out > 0) for layer in LAYERS}
    slopes["output"] = lambda sums, out: out * (1 - out)
    for rate in rates:

        def move(layer: str, gradient: Params, rate: float = rate) -> None:
            for name in (f"W{layer}", f"b{layer}"):
                moves[name] = momentum * moves[name] - rate * gradient[name]
                now[name] = now[name] + moves[name]

        values = dict(zip(LAYERS, layer_values(x, now), strict=True))
        walked_back(values, now, 2 * (values["output"][2] - x), slopes, move=move)
    return now


def _each_moved(params: Mapping[str, np.ndarray]) -> Params:
    """As many copies of the network as it has parameters, a different one moved in each."""
    copies = sum(params[name].size for name in NAMES)
    moved, place = {}, 0
    for name in NAMES:
        size = params[name].size
        flat = np.tile(params[name].ravel().astype(complex), (copies, 1))
        flat[np.arange(place, place + size), np.arange(size)] += 1j * STEP
        rows, columns = params[name].shape if params[name].ndim == 2 else (1, size)
        moved[name] = flat.reshape(copies, rows, columns)
        place += size
    return moved


def descent(
    x: np.ndarray,
    params: Mapping[str, np.ndarray],
    rates: list[float],
    momentum: float = 0.9,
    activation: Activation = relu,
) -> Iterator[Params]:
    """The parameters after each step with one batch of all examples, a rate for each step.

    Each move is added up from all slopes so far, faded by ``momentum`` once a step.
    """
    params = {name: params[name] for name in NAMES}
    pushes: dict[str, list[np.ndarray]] = {name: [] for name in NAMES}
    for step, rate in enumerate(rates):
        slope = gradients(x, params, activation)
        fading = momentum ** np.arange(step, -1, -1)
        moved = {}
        for name in NAMES:
            pushes[name].append(-rate * slope[name])
            moved[name] = params[name] + np.tensordot(fading, np.array(pushes[name]), axes=1)
        params = moved
        yield params


def safe(x: np.ndarray, walk: list[Params]) -> bool:
    """Whether all is well on the way: no unit comes near its kink, and no layer is dead.

    In each layer some units fire and some do not; and at the beginning what comes out differs
    from example to example.
    """
    for _, _, out in layer_values(x, walk[0])[:3]:
        if len(x) > 1 and np.ptp(out, axis=0).max() < VARIED:
            return False
    for params in walk:
        for _, sums, _ in layer_values(x, params)[:3]:
            if np.abs(sums).min() < NEAR or not sums.min() < 0 < sums.max():
                return False
    return True
