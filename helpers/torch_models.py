"""What the course gives for PyTorch: where to compute, models as arrays, and a look inside.

Import this only where PyTorch is installed: see `helpers.checking.packages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import torch
from torch import nn

from helpers.errors import DataError

PORTION = 500
"""So many examples go through a model at a time where no gradient is needed."""


def device() -> torch.device:
    """The fastest place to compute that this machine has: a graphics card, or the processor.

    On the processor one thread does the work. Batches here are so small that several threads
    mostly wait for each other; ``torch.set_num_threads`` changes it.

    Examples
    --------
    >>> device().type in ("cuda", "mps", "cpu")
    True
    """
    torch.set_num_threads(1)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def state_of(model: nn.Module) -> dict[str, np.ndarray]:
    """All parameters and statistics of a model by name, as arrays of their own.

    Examples
    --------
    >>> {name: a.shape for name, a in state_of(nn.Linear(3, 2)).items()}
    {'weight': (2, 3), 'bias': (2,)}
    """
    return {name: value.detach().cpu().numpy().copy() for name, value in model.state_dict().items()}


def set_state(model: nn.Module, state: Mapping[str, np.ndarray]) -> None:
    """Put arrays, as `state_of` gives them, into a model of the same layers.

    Raises
    ------
    DataError
        Names or shapes are not those of the model.

    Examples
    --------
    >>> one, other = nn.Linear(3, 2), nn.Linear(3, 2)
    >>> set_state(other, state_of(one))
    >>> bool((one.weight == other.weight).all())
    True
    """
    own = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    given = {name: np.shape(value) for name, value in state.items()}
    if own != given:
        odd = sorted(name for name in own.keys() | given.keys() if own.get(name) != given.get(name))
        raise DataError(
            f"this state is not of such a model: they differ in {', '.join(odd[:4])}; build the "
            "model with the same layers as the one that was saved"
        )
    model.load_state_dict({name: torch.from_numpy(np.array(v)) for name, v in state.items()})


def filters_of(model: nn.Module) -> np.ndarray:
    """The weights of the first convolution, shape (C_out, C_in, height, width).

    Raises
    ------
    DataError
        The model has no convolution.

    Examples
    --------
    >>> filters_of(nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU())).shape
    (4, 1, 3, 3)
    """
    return _convolutions(model)[0].weight.detach().cpu().numpy().copy()


@torch.no_grad()
def feature_maps(model: nn.Module, image: torch.Tensor) -> list[np.ndarray]:
    """What each convolution makes of one image, after a ReLU: arrays (C, height, width).

    Parameters
    ----------
    image : Tensor, shape (1, C, height, width)

    Examples
    --------
    >>> net = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
    >>> [maps.shape for maps in feature_maps(net, torch.zeros(1, 1, 8, 8))]
    [(4, 8, 8)]
    """
    found: list[np.ndarray] = []
    hooks = [
        layer.register_forward_hook(lambda _, __, made: found.append(made[0].relu().cpu().numpy()))
        for layer in _convolutions(model)
    ]
    with _at_rest(model):
        model(image)
    for hook in hooks:
        hook.remove()
    return found


@torch.no_grad()
def scores_of(model: nn.Module, x: torch.Tensor) -> np.ndarray:
    """The model's outputs for many examples, in portions, as an array (N, C)."""
    with _at_rest(model):
        return torch.cat([*map(model, x.split(PORTION))]).cpu().numpy()


@contextmanager
def _at_rest(model: nn.Module) -> Iterator[None]:
    """No dropout and no running averages for a while."""
    layers = [layer for layer in model.modules() if layer.training]
    model.train(False)
    try:
        yield
    finally:
        for layer in layers:
            layer.training = True


def _convolutions(model: nn.Module) -> list[nn.Conv2d]:
    found = [layer for layer in model.modules() if isinstance(layer, nn.Conv2d)]
    if not found:
        raise DataError("this model has no convolution (nn.Conv2d); hand over one that has")
    return found
