"""A process for each job: so many at a time, each with a deadline, none outliving this one.

A job's process sends one result and may then go on for a while with work that the result
does not depend on. Whatever becomes of it, its job is accounted for exactly once.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

MEMORY = 4 * 2**30  # bytes of address space of one process
PRELOADED = ["autograder.grading.preload"]
TOOK_TOO_LONG = "grading took too long and was stopped"
DIED = "the process that graded this submission died"


@dataclass(frozen=True)
class Ended:
    """What became of a job.

    Attributes
    ----------
    index : int
        Which job.
    result : object
        What its process sent, or ``None``.
    problem : str
        Why it sent nothing.
    finished : bool
        Whether the process also came to its end in order, after it had sent its result.
    """

    index: int
    result: Any = None
    problem: str = ""
    finished: bool = True


@dataclass
class _Running:
    index: int
    process: BaseProcess
    receiver: Connection
    deadline: float
    result: Any = None


def run_jobs(
    work: Callable[..., None],
    jobs: Sequence[tuple],
    *,
    workers: int,
    seconds: float,
    finish_seconds: float,
) -> Iterator[Ended]:
    """Run ``work(send, *job)`` in a process of its own for each job; yield them as they end.

    Parameters
    ----------
    work : callable
        A function of a module. It calls ``send(result)`` once; results are plain data.
    jobs : sequence of tuple
        Its other arguments.
    workers : int
        How many processes there are at a time.
    seconds : float
        How long one may take until its result.
    finish_seconds : float
        How long it may take after that.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    waiting = list(reversed(list(enumerate(jobs))))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < max(1, workers):
                running.append(_start(context, work, *waiting.pop(), seconds))
            news = [one.receiver for one in running if one.result is None]
            wait([*news, *(one.process.sentinel for one in running)], timeout=0.5)
            for one in list(running):
                ended = _look_at(one, finish_seconds)
                if ended:
                    running.remove(one)
                    _end(one)
                    yield ended
    finally:
        for one in running:
            _end(one)


def _start(
    context: Any, work: Callable[..., None], index: int, job: tuple, seconds: float
) -> _Running:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_live, args=(work, sender, job))
    process.start()
    sender.close()
    return _Running(index, process, receiver, time.monotonic() + seconds)


def _look_at(one: _Running, finish_seconds: float) -> Ended | None:
    """Take the result if there is one; say if the job is over."""
    alive = one.process.is_alive()
    if one.result is None and one.receiver.poll():
        try:
            one.result = one.receiver.recv()
            one.deadline = time.monotonic() + finish_seconds
        except (EOFError, OSError):
            return Ended(one.index, problem=DIED)
    late = time.monotonic() > one.deadline
    if alive and not late:
        return None
    if one.result is None:
        return Ended(one.index, problem=TOOK_TOO_LONG if alive else DIED)
    return Ended(one.index, one.result, finished=not alive and one.process.exitcode == 0)


def _end(one: _Running) -> None:
    one.process.kill()
    one.process.join()
    one.process.close()
    one.receiver.close()


def _live(work: Callable[..., None], sender: Connection, job: tuple) -> None:
    """The whole life of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started it
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    warnings.simplefilter("ignore")  # a student's numbers overflow; that is no news
    work(sender.send, *job)
    sender.close()


def _die_with_parent() -> None:
    """Leave at once when the process that started this one is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
