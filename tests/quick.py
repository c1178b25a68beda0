"""For ``make quick``: no slow test, and of the many cases of one test a few from all over.

So every room is entered within a minute, whatever tests are added.
"""

FEW = 8


def pytest_addoption(parser):
    text = f"leave slow tests out, and run at most {FEW} cases of each test"
    parser.addoption("--quick", action="store_true", help=text)


def pytest_collection_modifyitems(config, items):
    if config.getoption("quick"):
        cases = {}
        for item in items:
            if not item.get_closest_marker("slow"):
                cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
        kept = {item for same in cases.values() for item in some(same)}
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]


def some(cases: list) -> list:
    """The first of them, and others evenly spread: at most :data:`FEW`.

    Examples
    --------
    >>> some(list(range(20)))
    [0, 3, 6, 9, 12, 15, 18]
    """
    return cases[:: -(-len(cases) // FEW) or 1]
