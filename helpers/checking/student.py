"""``student``: the object through which a check calls a student's functions.

A check writes ``student.words(text)`` and gets plain data back, whether the function
lives in the notebook next door (:class:`LocalBackend`) or in another process behind a
sandbox (the grader brings its own backend). Both behave alike:

* arguments are handed over as copies, so a check's own arrays stay as they were;
* a ``dict`` argument (``params``) may be changed by the function, and the check then sees
  it changed;
* any other argument that comes back different is remembered in
  :attr:`Call.changed_arguments`. That is a hint: it is the process with the student's code that
  says what became of an argument. Who forges it gains what ``x = x.copy()`` gains, so a check that
  rests on it is worth half a point at most;
* the value is rebuilt from plain types (:mod:`helpers.checking.plain`).

Where an answer is no plain data, a function of ``helpers`` looks at it where it is:
``student.via(probes.facts_of)(student.build, ...)``.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

from helpers.checking.explain import explain
from helpers.checking.failures import CheckFailure, NotWritten, StudentRaised
from helpers.checking.newer import newer_name
from helpers.checking.plain import plain, same
from helpers.checking.tracebacks import last_own_function, left_above_code, own_lines, signature_of

NOT_WRITTEN_YET = "`{name}` is not written yet"


@dataclass
class Outcome:
    """What one call left behind: the value, and the arguments as they are after it."""

    value: Any
    args: tuple
    kwargs: dict[str, Any]


@dataclass
class Call:
    """One call as a check made it; kept so that a message can say what was called with what."""

    function: str
    args: tuple
    kwargs: dict[str, Any]
    value: Any = None
    answered: bool = False
    about: str = ""  # the student's function that it is about, where a helper was called
    changed_arguments: list[str] = field(default_factory=list)


class Backend(Protocol):
    """Where a student's functions live: in this process, or in another one.

    One set of tests, ``tests/test_backends.py``, holds every backend to this contract.
    """

    def defines(self, name: str) -> bool:
        """Whether a callable of that name exists.

        Raises
        ------
        NoAnswer
            The answers could not be loaded, or the time for them is used up.
        """

    def call(self, name: str, args: tuple, kwargs: dict[str, Any], seconds: float) -> Outcome:
        """Call a function, and give its value and the arguments as they are after the call.

        Parameters
        ----------
        name : str
            One of the student's functions; or, with its module, one of ``helpers`` that looks at
            answers where they are.
        args, kwargs
            Plain data, or functions: :class:`StudentFunction`, or public ones of ``helpers``.
            They are handed over as copies.
        seconds : float
            How long it may take, where a clock runs.

        Raises
        ------
        NotWritten
            There is no such function, or it is still the stub.
        StudentRaised
            It raised an exception, or could not be defined.
        NoAnswer
            Nothing usable came back: too late, too large, out of turn, or the process ended.
        ValueError
            A function is among the arguments that no check may pass on: the check is wrong.
        """

    def close(self) -> None:
        """End what was started; may be called twice. Nothing can be called afterwards."""


class Student:
    """A student's answers, as attributes that can be called.

    Examples
    --------
    >>> student = Student(LocalBackend({"double": lambda x: 2 * x}))
    >>> student.double(21)
    42
    >>> student.triple(1)
    Traceback (most recent call last):
    ...
    helpers.checking.failures.NotWritten: there is no function `triple`
    """

    def __init__(self, backend: Backend):
        self._backend = backend
        self.calls: list[Call] = []
        self.used: set[str] = set()  # names of the functions that were called, or handed over
        self.time_limit = 10.0  # seconds of wall time that one call may take

    @property
    def last_call(self) -> Call | None:
        """The most recent call, or ``None`` before the first."""
        return self.calls[-1] if self.calls else None

    def defines(self, name: str) -> bool:
        """Whether the student has a function of that name."""
        return self._backend.defines(name)

    def via(self, probe: Callable) -> StudentFunction:
        """A function of ``helpers`` to be called where the student's functions are.

        It gets arguments and gives its value as the student's own functions do; among its
        arguments are some of them.

        Examples
        --------
        >>> Student(LocalBackend({})).via(plain)((1, 2))
        (1, 2)
        """
        return StudentFunction(self, ".".join(public_helper(probe)))

    def forget(self) -> None:
        """Drop the record of calls; done between one check and the next."""
        self.calls.clear()
        self.used.clear()

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_"):
            raise AttributeError(name)
        return StudentFunction(self, name)


class StudentFunction:
    """One of the student's functions; can be called, or passed to another one by name."""

    def __init__(self, student: Student, name: str):
        self._student = student
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function with copies of the arguments; see :class:`Student`."""
        call = Call(self.name.rpartition(".")[2], tuple(map(_snapshot, args)), _snapshot(kwargs),
                    about=blamed(self.name, args))  # fmt: skip
        self._student.calls.append(call)
        handed = [
            value.name for value in (*args, *kwargs.values()) if isinstance(value, StudentFunction)
        ]
        self._student.used.update(name for name in (self.name, *handed) if "." not in name)
        try:
            outcome = self._student._backend.call(self.name, args, kwargs, self._student.time_limit)
        except StudentRaised as error:
            if error.left is not None:
                self._take_all_back(call, args, kwargs, error.left)
            raise
        call.value = outcome.value
        call.answered = True
        self._take_all_back(call, args, kwargs, outcome)
        return outcome.value

    def storing(self, *keys: str) -> Callable:
        """The function, for a check that looks only at what it stores in a dict.

        An exception that comes after all of these keys were stored costs nothing here; it does
        where the value is looked at.

        Examples
        --------
        >>> def half(params):
        ...     params["done"] = True
        ...     return 1 / 0
        >>> params = {}
        >>> Student(LocalBackend({"half": half})).half.storing("done")(params)
        >>> params
        {'done': True}
        """

        def call(*args: Any, **kwargs: Any) -> Any:
            dicts = [value for value in (*args, *kwargs.values()) if isinstance(value, dict)]
            before = set().union(*dicts)
            try:
                return self(*args, **kwargs)
            except StudentRaised:
                if before & {*keys} or not {*keys} <= set().union(*dicts):
                    raise
                return None

        return call

    @staticmethod
    def _take_all_back(call: Call, args: tuple, kwargs: dict[str, Any], outcome: Outcome) -> None:
        for position, (sent, back) in enumerate(zip(args, outcome.args, strict=True)):
            _take_back(call, f"argument {position + 1}", sent, back)
        for key, sent in kwargs.items():
            _take_back(call, f"argument `{key}`", sent, outcome.kwargs[key])


def _snapshot(value: Any) -> Any:
    return value if callable(value) else copy.deepcopy(value)


def _take_back(call: Call, label: str, sent: Any, back: Any) -> None:
    """Show a changed ``params`` to the check; note any other argument that was changed."""
    if callable(sent):
        return
    if isinstance(sent, dict):
        sent.clear()
        sent.update(back if isinstance(back, dict) else {})
    elif not same(plain(sent), back):
        call.changed_arguments.append(label)


class LocalBackend:
    """Calls functions in a namespace of this very process: helps, grades nothing."""

    def __init__(self, namespace: Mapping[str, Any], problems: Mapping[str, str] | None = None):
        self._namespace = namespace
        self._problems = problems or {}

    def defines(self, name: str) -> bool:
        """Whether the namespace has a callable of that name."""
        return callable(self._namespace.get(name))

    def call(self, name: str, args: tuple, kwargs: dict[str, Any], seconds: float) -> Outcome:
        """Call it in this process. There is no limit on time: the student can interrupt it."""
        function = helper_function(name) if "." in name else self._function(name)
        name = blamed(name, args)
        args = tuple(self._hand_over(value) for value in args)
        kwargs = {key: self._hand_over(value) for key, value in kwargs.items()}
        try:
            value = call_function(function, name, args, kwargs, self._problems)
        except StudentRaised as error:
            error.left = _outcome(None, args, kwargs)
            raise
        return _outcome(value, args, kwargs)

    def close(self) -> None:
        """Nothing was started."""

    def _function(self, name: str) -> Callable:
        function = self._namespace.get(name)
        if callable(function):
            return function
        if name in self._problems:
            raise StudentRaised(f"`{name}` could not be defined", self._problems[name])
        raise NotWritten(f"there is no function `{name}`")

    def _hand_over(self, value: Any) -> Any:
        if isinstance(value, StudentFunction):
            return self._function(value.name)
        if callable(value):
            public_helper(value)
        return _snapshot(value)


def _outcome(value: Any, args: tuple, kwargs: dict[str, Any]) -> Outcome:
    back = {key: plain(value) for key, value in kwargs.items()}
    return Outcome(plain(value), tuple(map(plain, args)), back)


def public_helper(function: Callable) -> tuple[str, str]:
    """The module and the name by which another process finds a function of ``helpers``.

    A check hands over no other function: what lies beside the check must not reach a student,
    and could not be found from where the answers are.

    Raises
    ------
    ValueError
        It is no public function of a module of ``helpers``.

    Examples
    --------
    >>> public_helper(plain)
    ('helpers.checking.plain', 'plain')
    """
    home, name = (getattr(function, part, "") or "" for part in ("__module__", "__qualname__"))
    if not home.startswith("helpers.") or not name.isidentifier() or name.startswith("_"):
        raise ValueError(
            f"a check passes on `{name or function}` of {home or 'no module'}; it may pass a "
            "function of the student's, or a public one of helpers"
        )
    return home, name


def helper_function(name: str) -> Callable:
    """The function of ``helpers`` that :meth:`Student.via` named."""
    home, _, name = name.rpartition(".")
    if home.partition(".")[0] != "helpers":
        raise ValueError(f"{home} is no part of helpers")
    return getattr(import_module(home), name)


def blamed(name: str, args: tuple) -> str:
    """The student's function that a call is about: the first that is handed to a helper."""
    handed = (value.name for value in args if isinstance(value, StudentFunction))
    return next(handed, name) if "." in name else name


def call_function(
    function: Callable,
    name: str,
    args: tuple,
    kwargs: dict[str, Any],
    problems: Mapping[str, str] | None = None,
) -> Any:
    """Call a student's function and turn whatever it raises into a :class:`CheckFailure`.

    ``problems`` says, by name, what could not be defined: where the function misses such a
    name, the traceback says why it is not there.

    Raises
    ------
    NotWritten
        The function raised ``NotImplementedError``, as every stub does.
    StudentRaised
        It raised anything else, or cannot be called with these arguments.
    """
    try:
        return function(*args, **kwargs)
    except NotImplementedError as error:
        raise _not_written(name, error) from None
    except KeyboardInterrupt:
        raise
    except CheckFailure:
        raise
    except BaseException as error:  # a student's sys.exit() must not end the check
        why = why_missed(error, problems or {})
        lines = own_lines(error)
        own = not (getattr(function, "__module__", "") or "").startswith("helpers.")
        said = f"`{name}{signature_of(function) if own else ''}` raised {describe(error)}"
        raise StudentRaised(
            f"{said}: {why.splitlines()[0]}" if why else said,
            f"{lines}\n{why}" if why else lines,
            "" if why else explain(error),
        ) from None


def why_missed(error: BaseException, problems: Mapping[str, str]) -> str:
    """Why a name is not there, such as an import that failed further up."""
    missed = error.name if isinstance(error, NameError) else ""
    if not isinstance(missed, str) or not missed:
        return ""
    return problems.get(missed) or problems.get("*", "")


def _not_written(name: str, error: NotImplementedError) -> CheckFailure:
    """Say which function is not written: this one, or one that it calls; or which line was left."""
    inner = last_own_function(error)
    if line := left_above_code(error):
        who = f"`{inner or name}`"
        return StudentRaised(
            f"{who} still has the line `{line}` above its code, which is never reached: delete it",
            own_lines(error),
        )
    if inner and inner != name and inner.isidentifier():
        return NotWritten(f"`{name}` calls `{inner}`, which is not written yet")
    return NotWritten(NOT_WRITTEN_YET.format(name=name))


def describe(error: BaseException) -> str:
    """``ValueError: shapes (3,2) and (3,) not aligned``, at most 300 characters."""
    try:
        text = str(error)
    except Exception:
        text = ""
    name = type(error).__name__
    said = (f"{name}: {text}" if text else name)[:300]
    newer = newer_name(error)
    return f"{said} ({newer})" if newer else said
