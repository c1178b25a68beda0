"""The equations of one notebook, and the values at which each must hold."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from equations.printed import misprints, verify
from equations.reading import FUNCTIONS, Env

Values = Callable[[np.random.Generator], Iterator[Env]]


@dataclass
class Chapter:
    """What is known of a notebook's equations.

    Attributes
    ----------
    notebook : str
        Its name, such as ``"01_theory"``.
    functions : callable
        The names that are functions in the equation with this number, not factors.
    still_true : mapping of str to set of str
        By number, the misprints that leave a true statement; each was looked at.
    values : dict of str to callable
        By number, a function of a random generator. It yields what the symbols stand for, as often
        as the equation is to be tried.
    """

    notebook: str
    functions: Callable[[str], frozenset[str]] = lambda tag: FUNCTIONS
    still_true: Mapping[str, set[str]] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)

    def holds(self, *tags: str) -> Callable[[Values], Values]:
        """Register a function that yields values at which these equations must hold."""

        def register(function: Values) -> Values:
            for tag in tags:
                if tag in self.values:
                    raise ValueError(f"equation {tag} has values already")
                self.values[tag] = function
            return function

        return register

    def environments(self, tag: str, seed: int) -> list[Env]:
        """The values for one equation."""
        return list(self.values[tag](np.random.default_rng(seed)))

    def verify(self, tag: str, latex: str, seed: int = 7) -> int:
        """Hold an equation against its values; gives how many sets of values it was held against.

        Raises
        ------
        AssertionError
            What is printed does not hold.
        CannotRead
            It cannot be evaluated.
        """
        found = self.environments(tag, seed)
        verify(latex, found, self.functions(tag))
        return len(found)

    def unnoticed(self, tag: str, latex: str) -> set[str]:
        """The misprints of an equation that its values do not reveal."""
        found, environments = set(), self.environments(tag, 1)
        for label, wrong in misprints(latex):
            try:
                verify(wrong, environments, self.functions(tag))
            except Exception:  # whatever it breaks, the misprint does not pass
                continue
            found.add(label)
        return found

    def source(self, tag: str) -> str:
        """The text of the function that brings the values of an equation."""
        return inspect.getsource(self.values[tag]).rstrip()
