"""Which tests one process runs where several share the work, and in which order.

The tests of a file go to one process, so that what they share (a course directory, a book, a
browser) is made once. The quick ones come first: a plain mistake shows within seconds.

The scheduler of pytest-xdist 3.8 that is made for groups looks for them at the end of a test's
id. From pytest 9.2 on, an id cannot be changed any more, and it silently finds none. Here the
order of the tests says which belong together: neighbours of one file do.
"""

from collections.abc import Sequence
from itertools import pairwise

import pytest

APART = ("test_guards.py",)
"""Files whose tests share no more than what was found out about one parameter, as a chaff."""


def unit(test: str) -> str:
    """What the tests have in common that one process should run: file, or file and parameter.

    Examples
    --------
    >>> unit("tests/test_cli.py::test_it[a]"), unit("tests/test_guards.py::test_it[2_2_sign]")
    ('tests/test_cli.py', 'tests/test_guards.py[2_2_sign]')
    """
    file, _, name = test.partition("::")
    return file + "".join(name.partition("[")[1:]) if file.endswith(APART) else file


def units(tests: Sequence[str]) -> dict[str, str]:
    """The unit of every test: neighbours that have something in common.

    Examples
    --------
    >>> units(["a.py::quick", "a.py::quick_too", "b.py::quick", "a.py::slow"])
    {'a.py::quick': '0', 'a.py::quick_too': '0', 'b.py::quick': '1', 'a.py::slow': '2'}
    """
    number, found = 0, dict.fromkeys(tests[:1], "0")
    for before, test in pairwise(tests):
        number += unit(before) != unit(test)
        found[test] = str(number)
    return found


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Quick files, slow ones, and those last that several processes can share to the end."""
    result = yield
    first = {}
    for place, item in enumerate(items):
        first.setdefault((_turn(item), unit(item.nodeid)), place)
    items.sort(key=lambda item: (_turn(item), first[_turn(item), unit(item.nodeid)]))
    return result


def _turn(item) -> int:
    if item.nodeid.partition("::")[0].endswith(APART):
        return 2
    return 1 if item.get_closest_marker("slow") else 0


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Whole units, in order, whatever ``--dist`` says (but for ``each``)."""
    from xdist.scheduler import LoadScopeScheduling

    class Units(LoadScopeScheduling):
        def schedule(self):
            if self.collection is None:
                self.units = units(next(iter(self.registered_collections.values())))
            super().schedule()

        def _split_scope(self, nodeid):
            return self.units[nodeid]

    if config.getvalue("dist") == "each":
        return None
    config.option.loadscopereorder = False
    return Units(config, log)
