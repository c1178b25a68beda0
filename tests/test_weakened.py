"""The attacks are real: taken out one defence, each gains something, or does harm.

An attack that gains nothing anywhere proves nothing about the grader. So each is played against a
grader that lacks one defence (`tests/hostile/weakened.py`), and must have another end there.
"""

import re
import secrets

import pytest

from tests.hostile import weakened
from tests.test_hostile import SUBMISSIONS

GRADERS = {
    "objects": "bare asserts",
    "reading": "one process",
    "writing": "no box",
    "channel": "trusting wire",
    "leaving": "bare asserts",
    "processes": "no limits",
    "resources": "one process",
}
"""Which defence a family of attacks is about."""
OTHERWISE = {
    "objects-patched_checking": "one process",
    "objects-patched_plain_and_encode": "one process",
    "objects-masked": "one process",
    "objects-records_and_strings": "one process",
    "objects-pickles": "pickled",
    "objects-cycles": "one process",
    "objects-huge_numbers": "one process",
    "reading-walks_the_heap": "bare asserts",  # ours come to be after the call alone
    "writing-rewrites_the_checks": "one process",
    "channel-claims_points": "no clock",
    "channel-speaks_first": "any number",
    "channel-guesses_numbers": "any number",
    "channel-number_is_an_array": "any number",
    "channel-replays": "any number",
    "channel-slow_drip": "no clock",
    "leaving-failures_of_our_own": "one process",
    "leaving-a_source_too_large": "one process",
    "processes-lifts_its_limits": "one process",
    "processes-crowd_of_threads": "one process",
    "processes-escapes_by_namespaces": "no limits",
    "resources-fills_memory_for_good": "no limits",
    "resources-fills_the_disk": "no box",
    "resources-a_million_files": "no watch",
    "resources-deep_folders": "no box",
}
HELD_TWICE = {
    "objects-equal_to_everything": "the checks ask for an array before they compare",
    "objects-function_that_is_no_function": "what it gives is None everywhere",
    "channel-does_not_listen": "it takes from itself alone",
    "channel-answers_twice": "two defences hold: one question, one answer; and nothing early",
    "channel-promises_and_leaves": "a stream that ends is an error of every wire",
    "channel-keys_twice": "the last of two equal keys counts, and that has no form",
    "channel-filled_to_the_cap": "an honest size: it must only not be refused for another reason",
    "channel-closes_the_socket": "a stream that ends is an error of every wire",
    "channel-passes_descriptors": "the filter refuses to send them, and nobody takes them",
    "leaving-chain_of_exceptions": "Python itself cuts the chain",
    "leaving-endless_recursion": "Python itself ends it",
    "leaving-traces_the_server": "what it writes into is a copy",
    "processes-fork_bomb": "not to be let loose on a machine of ours",
    "resources-fills_memory": "not to be let loose on a machine of ours",
}
"""Attacks that gain nothing even so, and why. They stay: somebody may take out two defences."""
PLAYED = [
    name for name in SUBMISSIONS if name.partition("-")[0] in GRADERS and name not in HELD_TWICE
]

ONE_IN = 6
"""So many are played by `make test`; `make whole` plays all."""


@pytest.fixture(scope="module")
def graders():
    with weakened.Weakened() as graders:
        yield graders


def end_of(answer, says, grader):
    """What an attack achieved; an empty string for nothing."""
    texts = answer.get("texts", [""])
    blank = 1.0 if grader == "bare asserts" else 0.0  # an array of the right shape gets one there
    if answer["ended"] != "answered":
        return answer["ended"]
    if answer["points"] > blank:
        return f"{answer['points']} points"
    if answer["status"] not in ("fail", "missing"):
        return f"the run says {answer['status']}"
    if answer["left"] or answer["files"]:
        return "something is left"
    if grader != "bare asserts" and not re.search(says, "\n".join(texts[:2])):
        return texts[0]
    return ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[pytest.mark.whole] * (i % ONE_IN > 0)) for i, n in enumerate(PLAYED)],
)
def test_without_its_defence_the_attack_achieves_something(name, graders):
    grader = OTHERWISE.get(name, GRADERS[name.partition("-")[0]])
    token = f"mallory{secrets.token_hex(6)}"
    attack = SUBMISSIONS[name]
    answer = graders.ask(grader, attack.source.replace("@TOKEN@", token), token)
    assert end_of(answer, attack.says, grader), answer


@pytest.mark.parametrize("grader", weakened.GRADERS)
def test_an_honest_wrong_answer_achieves_nothing_there(grader, graders):
    answer = graders.ask(grader, "def softmax(x):\n    return x * 0\n", "none")
    assert end_of(answer, "sums to 0, not 1", grader) == "", answer


def test_enough_attacks_are_proven():
    unknown = (OTHERWISE.keys() | HELD_TWICE.keys()) - SUBMISSIONS.keys()
    assert not unknown
    assert len(PLAYED) >= 90
