"""The history of a training, as exercises 3.1 and 5.2 return it: lists with an entry an epoch."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checking import expect


def entries(history: Any, name: str, epochs: int) -> np.ndarray:
    """One list of a history as an array with one entry an epoch; an array will do.

    Raises
    ------
    CheckFailure
        It is not there, has another length, or an entry is no number.

    Examples
    --------
    >>> entries({"train_loss": [3.0, np.array([2.5])]}, "train_loss", 2)
    array([3. , 2.5])
    """
    expect.keys(history, [name], "the history")
    if isinstance(history[name], np.ndarray) and history[name].ndim == 1:
        return expect.array(history[name], (epochs,), f"history['{name}']")
    numbers = history[name]
    numbers = list(numbers) if isinstance(numbers, np.ndarray) and numbers.ndim > 1 else numbers
    numbers = expect.sequence(numbers, epochs, f"history['{name}']")
    return np.array([expect.number(v, f"an entry of history['{name}']") for v in numbers])


def last_entry(history: Any, name: str) -> float:
    """The last number of one list of a history, however long that is.

    Raises
    ------
    CheckFailure
        It is not there, is empty, or its last entry is no number.

    Examples
    --------
    >>> last_entry({"valid_loss": [3.0, 2.5]}, "valid_loss")
    2.5
    """
    expect.keys(history, [name], "the history")
    numbers = history[name]
    if isinstance(numbers, np.ndarray):
        numbers = list(numbers) if numbers.ndim > 1 else numbers.tolist()
    numbers = expect.sequence(numbers, what=f"history['{name}']")
    expect.true(bool(numbers), f"history['{name}'] is empty")
    return expect.number(numbers[-1], f"the last entry of history['{name}']")
