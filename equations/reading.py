"""Read the small part of LaTeX that the notebooks use, as functions of given values.

Juxtaposition is a product (of matrices, where both sides are arrays), a prime is a central
difference, a text under a brace is the shape of what stands above it, entries are counted
from 1. SymPy's readers of LaTeX know no matrices as symbols, no shapes and no indices.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from equations.differences import slope

FUNCTIONS = frozenset({r"\sigma", r"\tanh", r"\exp", r"\ln", "softmax"})
RELATIONS = ("=", "<", ">", r"\le", r"\ge", r"\approx", r"\in")
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-z]|\S")
SPACING = re.compile(r"\\(?:(?:left|right|[bB]igg?[lr]?|q?quad)(?![A-Za-z])|[,;:! ])")

Env = Mapping[str, Any]
Node = Callable[[Env], Any]


class CannotRead(Exception):
    """The LaTeX holds something that is not known here."""


@dataclass
class Family:
    """A letter with an index, such as the weights of all layers: ``W_1`` is ``items[1]``.

    ``whole`` is what the bare letter stands for.
    """

    items: Mapping[int, Any]
    whole: Any = None


@dataclass
class Interval:
    """The right side of a statement that a value lies in a range."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool


@dataclass
class Chain:
    """Expressions with relations between them, such as a < b = c."""

    parts: list[Node] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    decimals: list[int] = field(default_factory=list)


def tokens(latex: str) -> list[str]:
    """The symbols of a formula in order; spaces and the sizes of brackets are dropped."""
    return TOKEN.findall(SPACING.sub(" ", latex))


class Parser:
    """Recursive descent: relation chains, sums, products, factors, what follows a factor."""

    def __init__(self, latex: str, functions: Iterable[str]):
        self.latex = latex
        self.tokens = tokens(latex)
        self.place = 0
        self.functions = frozenset(functions)
        self.decimals = 0

    # --- the stream of tokens

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def accept(self, token: str) -> bool:
        if self.peek() != token:
            return False
        self.place += 1
        return True

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise CannotRead(f"{token!r} expected, {self.peek()!r} found in {self.latex}")

    def group(self) -> list[str]:
        """The tokens of a braced group, or one token, unparsed."""
        if not self.accept("{"):
            return [self.next()]
        depth, start = 1, self.place
        while depth:
            token = self.next()
            if not token:
                raise CannotRead(f"a brace is not closed in {self.latex}")
            depth += (token == "{") - (token == "}")
        return self.tokens[start : self.place - 1]

    def sub(self, part: Sequence[str]) -> Node:
        """An expression made of these tokens alone."""
        inner = Parser("", self.functions)
        inner.tokens, inner.latex = list(part), self.latex
        node = inner.sum()
        if inner.peek():
            raise CannotRead(f"{inner.peek()!r} was not expected in {self.latex}")
        return node

    # --- the grammar

    def statements(self) -> list[Chain]:
        chains = [self.chain()]
        while self.accept(","):
            chains.append(self.chain())
        if self.peek() not in ("", "."):
            raise CannotRead(f"{self.peek()!r} was not expected in {self.latex}")
        return chains

    def chain(self) -> Chain:
        chain = Chain()
        self._add_part(chain, self.sum)
        while self.peek() in RELATIONS:
            relation = self.next()
            chain.relations.append(relation)
            self._add_part(chain, self.interval if relation == r"\in" else self.sum)
        if not chain.relations:
            raise CannotRead(f"nothing is claimed in {self.latex}")
        return chain

    def _add_part(self, chain: Chain, read: Callable[[], Node]) -> None:
        self.decimals = 0
        chain.parts.append(read())
        chain.decimals.append(self.decimals)

    def interval(self) -> Node:
        opening = self.next()
        low = self.sum()
        self.expect(",")
        high = self.sum()
        closing = self.next()
        if opening not in "([" or closing not in ")]":
            raise CannotRead(f"no range in {self.latex}")
        return lambda env: Interval(low(env), high(env), opening == "[", closing == "]")

    def sum(self) -> Node:
        node = self.signed()
        while self.peek() in ("+", "-"):
            node = _binary(operator.add if self.next() == "+" else operator.sub, node, self.term())
        return node

    def signed(self) -> Node:
        if self.accept("-"):
            term = self.term()
            return lambda env: -term(env)
        self.accept("+")
        return self.term()

    def term(self) -> Node:
        node = self.factor()
        while True:
            if self.accept(r"\cdot"):
                node = _binary(_times, node, self.factor())
            elif self.accept("/"):
                node = _binary(operator.truediv, node, self.factor())
            elif self.starts_factor():
                node = _binary(_times, node, self.factor())
            else:
                return node

    def starts_factor(self) -> bool:
        token = self.peek()
        if token.isalnum() or token in ("(", "{"):
            return True
        return token.startswith("\\") and token not in (*RELATIONS, r"\times", r"\cdot", r"\top")

    def factor(self) -> Node:
        return self.after(self.primary())

    def after(self, node: Node) -> Node:
        """Powers, transposes and indices behind a factor."""
        while self.peek() in ("^", "_"):
            if self.next() == "_":
                indices = self.indices(self.group())
                node = _binary_index(node, indices)
                continue
            exponent = self.group()
            if exponent in ([r"\top"], ["T"]):
                node = _unary(_transpose, node)
            else:
                node = _binary(operator.pow, node, self.sub(exponent))
        return node

    def primary(self) -> Node:
        token = self.next()
        if re.fullmatch(r"\d+(\.\d+)?", token):
            self.decimals = len(token.partition(".")[2])
            return lambda env: float(token)
        if token in ("(", "{"):
            node = self.sum()
            self.expect(")" if token == "(" else "}")
            return node
        if token == "|":
            node = self.sum()
            self.expect("|")
            return _unary(np.abs, node)
        special = {
            r"\frac": self.fraction,
            r"\sqrt": lambda: _unary(np.sqrt, self.sub(self.group())),
            r"\sum": lambda: self.repeated(operator.add, 0.0),
            r"\prod": lambda: self.repeated(_times, 1.0),
            r"\max": lambda: self.extreme(max),
            r"\min": lambda: self.extreme(min),
            r"\underbrace": self.underbrace,
            r"\log": self.logarithm,
            r"\infty": lambda: lambda env: math.inf,
        }
        if token in special:
            return special[token]()
        return self.symbol(self.name(token))

    def name(self, token: str) -> str:
        if token in (r"\bar", r"\hat", r"\mathbf"):
            return f"{token[1:]} {''.join(self.group())}"
        if token in (r"\operatorname", r"\mathrm"):
            return "".join(self.group())
        if token.isalpha() or re.fullmatch(r"\\[A-Za-z]+", token):
            return token
        raise CannotRead(f"{token!r} was not expected in {self.latex}")

    def symbol(self, name: str) -> Node:
        if name in self.functions:
            return self.application(name)
        if self.peek() != "_":
            return lambda env: _bare(_look_up(env, name))
        self.next()
        part = self.group()
        full = f"{name}_{''.join(part)}"
        indices = self.indices(part)
        return lambda env: (
            env[full] if full in env else _entry(_look_up(env, name), [i(env) for i in indices])
        )

    def application(self, name: str) -> Node:
        primes = 0
        while self.accept("'"):
            primes += 1
        argument = self.primary() if self.peek() == "(" else self.factor()

        def call(env: Env) -> Any:
            function = _look_up(env, name)
            for _ in range(primes):
                function = _slope(function)
            return function(argument(env))

        return call

    def indices(self, part: Sequence[str]) -> list[Node]:
        """``ij`` is two indices, ``l-1`` is one."""
        if any(token in "+-" for token in part) or len(part) == 1:
            return [self.sub(part)]
        return [self.sub([token]) for token in part if token != ","]

    def fraction(self) -> Node:
        above, below = self.group(), self.group()
        if above[:1] == [r"\partial"] and below[:1] == [r"\partial"]:
            return self.partial(above[1:], below[1:])
        if above == ["d"] and below[:1] == ["d"]:
            variable, body = "".join(below[1:]), self.factor()
            return lambda env: _slope(lambda value: body({**env, variable: value}))(env[variable])
        return _binary(operator.truediv, self.sub(above), self.sub(below))

    def partial(self, above: list[str], below: list[str]) -> Node:
        sides = []
        for side in (above, below):
            inner = Parser("", self.functions)
            inner.tokens, inner.latex = side, self.latex
            name = inner.name(inner.next())
            indices = inner.indices(inner.group()) if inner.accept("_") else []
            if inner.peek():
                raise CannotRead(f"{inner.peek()!r} was not expected in {self.latex}")
            sides.append((name, indices))
        (top, upper), (bottom, lower) = sides

        def value(env: Env) -> Any:
            slopes = env["partials"][top, bottom]
            return _entry(slopes, [index(env) for index in [*upper, *lower]])

        return value

    def repeated(self, combine: Callable, empty: float) -> Node:
        self.expect("_")
        variable, equals, *first = self.group()
        self.expect("^")
        low, high, body = self.sub(first), self.sub(self.group()), self.term()
        if equals != "=":
            raise CannotRead(f"a sum without bounds in {self.latex}")

        def run(env: Env) -> Any:
            numbers = range(round(low(env)), round(high(env)) + 1)
            return reduce(combine, [body({**env, variable: n}) for n in numbers] or [empty])

        return run

    def extreme(self, choose: Callable) -> Node:
        self.expect("_")
        (variable,) = self.group()
        body = self.term()
        return lambda env: choose(
            body({**env, variable: value}) for value in env["domains"][variable]
        )

    def logarithm(self) -> Node:
        self.expect("_")
        base = self.sub(self.group())
        argument = self.factor()
        return lambda env: np.log(argument(env)) / np.log(base(env))

    def underbrace(self) -> Node:
        inside = self.sub(self.group())
        self.expect("_")
        sizes: list[list[str]] = [[]]
        for token in self.group():
            sizes.append([]) if token == r"\times" else sizes[-1].append(token)
        shape = [self.sub(size) for size in sizes]

        def checked(env: Env) -> Any:
            value = inside(env)
            printed = tuple(round(size(env)) for size in shape)
            assert np.shape(value) == printed, f"{np.shape(value)}, not {printed}: {self.latex}"
            return value

        return checked


def _binary(combine: Callable, left: Node, right: Node) -> Node:
    return lambda env: combine(left(env), right(env))


def _unary(change: Callable, node: Node) -> Node:
    return lambda env: change(node(env))


def _binary_index(node: Node, indices: Sequence[Node]) -> Node:
    return lambda env: _entry(node(env), [index(env) for index in indices])


def _times(left: Any, right: Any) -> Any:
    return left @ right if np.ndim(left) and np.ndim(right) else left * right


def _transpose(value: Any) -> np.ndarray:
    assert np.ndim(value) == 2, "only a matrix is transposed"
    return value.T


def _look_up(env: Env, name: str) -> Any:
    if name in env:
        return env[name]
    known = {"e": math.e, r"\tanh": np.tanh, r"\exp": np.exp, r"\ln": np.log}
    if name not in known:
        raise CannotRead(f"nothing is known of {name!r}")
    return known[name]


def _bare(value: Any) -> Any:
    return value.whole if isinstance(value, Family) else value


def _entry(value: Any, indices: Sequence[float]) -> Any:
    """An entry, counted from 1; of a column or a row by one index; whole without any."""
    numbers = [round(index) for index in indices]
    if callable(value):
        return value(*numbers)
    if isinstance(value, Family):
        return _entry(value.items[numbers[0]], numbers[1:])
    if not numbers:
        return value
    assert min(numbers) > 0, "entries are counted from 1"
    if len(numbers) == 1 and np.ndim(value) == 2:
        assert 1 in value.shape, "a matrix needs two indices"
        value = value.ravel()
    assert np.ndim(value) == len(numbers), f"{len(numbers)} indices for {np.ndim(value)} axes"
    return float(value[tuple(number - 1 for number in numbers)])


def _slope(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: slope(function, x)
