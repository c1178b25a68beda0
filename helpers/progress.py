"""A progress bar over the epochs of a training run: tqdm, set up for notebooks."""

from __future__ import annotations

import sys
import threading
from typing import Any, TextIO

from tqdm import tqdm

DELAY = 1.0
"""Seconds before a bar shows itself: short runs, as in a check, go without one."""


class EpochBar(tqdm):
    """A bar that draws itself when an epoch is over, and not at every new number beside it."""

    def set_postfix(
        self, ordered_dict: Any = None, refresh: bool = False, **numbers: object
    ) -> None:
        """Put numbers beside the bar, such as ``loss=1.23``; shown when it is drawn next."""
        super().set_postfix(ordered_dict, refresh=refresh, **numbers)


class _OneOutput:
    """A stream for a notebook: its last line stands in a single output, which changes.

    A carriage return would do on the screen; but in the file of the notebook every state of the
    bar would stay behind.
    """

    def __init__(self):
        self._handle = None

    def write(self, text: str) -> None:
        from IPython.display import display

        content = {"text/plain": text.strip("\r\n")}
        if not content["text/plain"].strip():
            return
        if self._handle is None:
            self._handle = display(content, raw=True, display_id=True)
        else:
            self._handle.update(content, raw=True)

    def flush(self) -> None:
        """Nothing waits to be written."""


def _stream() -> TextIO | _OneOutput:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return _OneOutput() if hasattr(shell, "kernel") else sys.stdout


def epoch_bar(epochs: int, title: str = "training") -> EpochBar:
    """Count epochs with a bar; loss and accuracy can be shown beside it.

    Loop over it as over ``range(epochs)``, and tell it the latest numbers now and then with
    ``bar.set_postfix(loss=1.23, accuracy=0.7)``.

    Parameters
    ----------
    epochs : int
        How many there will be.
    title : str
        What stands before the bar.

    Returns
    -------
    EpochBar
        A :class:`tqdm.tqdm` on one line: of the notebook, or of the standard output.

    Examples
    --------
    ::

        bar = epoch_bar(60)
        for epoch in bar:
            ...
            bar.set_postfix(loss=loss, accuracy=accuracy)
    """
    EpochBar.monitor_interval = 0  # no thread of its own
    EpochBar.set_lock(threading.RLock())  # nor anything shared between processes
    return EpochBar(
        range(epochs), desc=title, unit="epoch", ncols=96, mininterval=0.5, file=_stream(),
        delay=DELAY,
        ascii=False,
        bar_format="{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}{postfix}]",
    )  # fmt: skip
