"""What a fuzzer sets out from is taken or refused, and so is what little changes make of it.

The search itself is `make bench ARGS=fuzz`; what it finds becomes a test where it belongs.
"""

import random

import pytest

from benchmarks.fuzzing.targets import TARGETS

CHANGES = 150


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "notebooks"])
def test_each_target_stands_its_first_inputs_and_small_changes(name):
    target, inputs = TARGETS[name]
    chance = random.Random(name)
    for data in inputs:
        target(data)
        for _ in range(CHANGES // len(inputs)):
            changed = bytearray(data)
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(changed))
                changed[at : at + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2))
            target(bytes(changed))


def test_a_target_reports_what_is_not_allowed(monkeypatch):
    target, inputs = TARGETS["frames"]
    monkeypatch.setattr("autograder.student_process.wire.decode", lambda *parts: {3: object()})
    with pytest.raises(AssertionError, match="not plain"):
        target(inputs[0])
