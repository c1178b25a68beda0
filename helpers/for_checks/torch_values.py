"""What the checks know of PyTorch's values; see `helpers.checking.libraries`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from helpers.checking.plain import Opaque, plain_array


def is_array(value: Any) -> bool:
    """Whether this is a tensor; PyTorch is not imported for it, as then there could be none."""
    tensor = getattr(sys.modules.get("torch"), "Tensor", None)
    return isinstance(tensor, type) and isinstance(value, tensor)


def to_array(value: Any) -> Any:
    """The numbers of a tensor, wherever it lies and whatever gradient it waits for."""
    tensor = sys.modules["torch"].Tensor
    try:
        return plain_array(tensor.numpy(tensor.cpu(tensor.detach(value)), force=True))
    except (RuntimeError, TypeError, ValueError):  # sparse, or of a type that NumPy lacks
        return Opaque(f"Tensor of {value.dtype}")


def start_draws(number: int) -> None:
    """Start PyTorch's generator, if PyTorch is there."""
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(number)


def get_ready() -> None:
    """Import PyTorch; it takes one thread, as submissions are graded side by side."""
    torch = import_module("torch")
    torch.set_num_threads(1)
    weight = torch.zeros(1, requires_grad=True)
    torch.optim.SGD([weight], lr=0.0)  # the first optimiser imports much more
