"""The boxes in which one student's code runs: one for each set of packages that it may use.

A box is started when it is first needed, since most of what it costs is its start, and serves
until something breaks in it. At any time at most one of them runs code of the student's.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import nullcontext
from types import TracebackType

from autograder.course.course import Course, find_course
from autograder.sandbox.first_process import FirstProcess
from autograder.sandbox.machine import EVERYTHING, Offers
from autograder.student_process.wire import Channel
from helpers.errors import SandboxError


class Sandbox:
    """One student's boxes. They can be thrown away at any time.

    Parameters
    ----------
    course : Course, optional
        What is shown of it: helpers, and what ``[engine.box]`` in ``course.toml`` names.
    confined : bool
        False runs the same processes without bubblewrap: for machines whose kernel allows
        no sandbox, where the instructor has said that they accept it.

    Examples
    --------
    ::

        with Sandbox() as sandbox:
            channel = sandbox.begin()   # a fresh process; talk to it over the channel
            sandbox.end()               # it and all that it started is gone
    """

    def __init__(self, course: Course | None = None, *, confined: bool = True):
        self._course = course or find_course()
        self._confined = confined
        self._boxes: dict[Offers, FirstProcess] = {}
        self._now: FirstProcess | None = None  # the box in which a process was begun
        self._channel: Channel | None = None
        self._beside: Sandbox | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin(
        self,
        packages: Sequence[str] = (),
        link: socket.socket | None = None,
        offers: Offers = EVERYTHING,
    ) -> Channel:
        """Fork a fresh process and give the channel to it.

        Parameters
        ----------
        packages : sequence of str
            Large packages that the student's code imports. Those that ``[libraries]`` in
            ``course.toml`` names are imported once in each box, by the first process.
        link : socket.socket, optional
            What the process talks over to one in another box; it is closed here.
        offers : tuple of str, optional
            The packages that are there for the student's code; by default all.

        Raises
        ------
        SandboxError
            The box cannot be started on this machine, or a process cannot be confined in it.
        """
        self.end()
        with link or nullcontext():
            try:
                return self._begin(packages, link, offers)
            except (OSError, SandboxError):
                self.close()  # the box itself is gone: one more try with a new one
                return self._begin(packages, link, offers)

    @property
    def shared(self) -> tuple[str, ...]:
        """The modules that are the same in every process of this box and of the one beside it."""
        return tuple(self._course.box.modules)

    def beside(self) -> Sandbox:
        """Others of the same kind, which end with these."""
        if self._beside is None:
            self._beside = Sandbox(self._course, confined=self._confined)
        return self._beside

    def end(self) -> None:
        """Kill the process that :meth:`begin` started, with everything it left behind."""
        if self._channel is None:
            return
        self._channel.close()
        self._channel = None
        try:
            self._now.end_forked()
        except (OSError, SandboxError):
            self.close()

    def close(self) -> None:
        """End all boxes, and return when nothing in them runs any more."""
        if self._beside is not None:
            self._beside.close()
            self._beside = None
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        self._now = None
        while self._boxes:
            self._boxes.popitem()[1].close()

    def _begin(
        self, packages: Sequence[str], link: socket.socket | None, offers: Offers
    ) -> Channel:
        offers = offers if self._confined else EVERYTHING  # nothing is withheld without a box
        if offers not in self._boxes:
            self._boxes[offers] = FirstProcess(self._course, offers, self._confined)
        self._now = self._boxes[offers]
        self._channel = Channel(self._now.fork(packages, link))
        return self._channel
