"""Frames: what was sent arrives, and whatever else arrives is refused in one way."""

import json
import socket
import struct
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.student_process import wire
from autograder.student_process.wire import Channel, Closed, Late, WireError, decode, encode
from benchmarks.fuzzing.targets import is_plain
from helpers.checking.plain import LARGEST_INT, Opaque, plain, same

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
DTYPES = [np.dtype(code) for code in sorted(wire.DTYPES)]
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, max_dims=4, min_side=0))
)
SCALARS = (
    st.none() | st.booleans() | st.integers(-LARGEST_INT, LARGEST_INT) | st.floats() | st.text()
)
PLAIN = st.recursive(
    SCALARS | ARRAYS | st.builds(Opaque, st.text(max_size=20)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
    | st.sampled_from(["array", "tuple", "dict", "opaque", "callable", "<f8", "|O", "|V8", "|u1"]),
    lambda inner: st.lists(inner, max_size=5)
    | st.dictionaries(
        st.sampled_from(["$", "dtype", "shape", "at", "items", "type", "home", "id"])
        | st.text(max_size=4),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


def parts(frame: bytes) -> tuple[bytes, bytes]:
    text_size, size = wire.LENGTHS.unpack(frame[: wire.LENGTHS.size])
    text = frame[wire.LENGTHS.size :][:text_size]
    arrays = frame[wire.LENGTHS.size + text_size :]
    assert len(arrays) == size
    return text, arrays


def refused_or_plain(text: bytes, arrays: bytes) -> None:
    try:
        value = decode(text, arrays)
    except WireError as error:
        assert str(error)
    else:
        assert is_plain(value)


@QUICK
@given(PLAIN)
def test_what_is_sent_arrives(value):
    value = plain(value)
    back = decode(*parts(encode(value)))
    assert is_plain(back)
    assert same(_cleaned(value), back)


def _cleaned(value):
    """Lone surrogates do not travel; nothing else changes."""
    if isinstance(value, str):
        return wire.bounded_text(value)
    if isinstance(value, Opaque):
        return Opaque(wire.bounded_text(value.type_name)[:80])
    if isinstance(value, (list, tuple)):
        return type(value)(map(_cleaned, value))
    if isinstance(value, dict):
        return {wire.bounded_text(key): _cleaned(entry) for key, entry in value.items()}
    return value


@QUICK
@given(st.binary(max_size=300), st.binary(max_size=100))
def test_random_bytes_are_refused(text, arrays):
    refused_or_plain(text, arrays)


@QUICK
@given(JSON, st.binary(max_size=64))
def test_random_json_is_refused_or_plain(tree, arrays):
    refused_or_plain(json.dumps(tree).encode(), arrays)


@QUICK
@given(PLAIN, st.data())
def test_damaged_frames_are_refused_or_plain(value, data):
    text, arrays = map(bytearray, parts(encode(plain(value))))
    for _ in range(data.draw(st.integers(1, 4))):
        part = data.draw(st.sampled_from([text, arrays]))
        if part:
            at = data.draw(st.integers(0, len(part) - 1))
            how = data.draw(st.integers(0, 2))
            if how == 0:
                part[at] = data.draw(st.integers(0, 255))
            elif how == 1:
                del part[at : at + data.draw(st.integers(1, 9))]
            else:
                part[at:at] = data.draw(
                    st.sampled_from([b"[", b"]", b"9", b"-", b'"', b"{}", b","])
                )
    refused_or_plain(bytes(text), bytes(arrays))


def array(shape, at=0, dtype="<f8"):
    return {"$": "array", "dtype": dtype, "shape": shape, "at": at}


FORGED = {
    "not JSON": (b"{", b""),
    "not text": (b"\xff\xfe\x00", b""),
    "an empty text": (b"", b""),
    "two texts": (b"1 2", b""),
    "deep lists": (b"[" * 2_000_000, b""),
    "deep tables": (b'{"$":"tuple","items":[' * 100_000, b""),
    "a long number": (b"9" * 4_000_000, b""),
    "a long exponent": (b"1e" + b"9" * 1_000_000 + b"x", b""),
    "many parts": (b"[" + b"[]," * 1_390_000 + b"[]]", b""),
    "objects": (array([2], dtype="|O"), bytes(16)),
    "void": (array([2], dtype="|V8"), bytes(16)),
    "strings": (array([2], dtype="<U4"), bytes(32)),
    "complex numbers": (array([1], dtype="<c16"), bytes(16)),
    "long double": (array([1], dtype="<f16"), bytes(16)),
    "the other byte order": (array([1], dtype=">f8"), bytes(8)),
    "a list of a dtype": (array([1], dtype=[["a", "<f8"]]), bytes(8)),
    "too few bytes": (array([2]), bytes(8)),
    "too many bytes": (array([2]), bytes(24)),
    "bytes of no array": (None, bytes(1)),
    "a negative length": (array([-1, -2]), bytes(16)),
    "a negative place": (array([1], at=-8), bytes(8)),
    "a later place": (array([1], at=8), bytes(16)),
    "a broken place": (array([1], at=0.0), bytes(8)),
    "a true place": (array([1], at=False), bytes(8)),
    "NaN for a length": (array([float("nan")]), bytes(8)),
    "a length that is no integer": (array([1.0]), bytes(8)),
    "a length that is true": (array([True]), bytes(8)),
    "a length in words": (array(["1"]), bytes(8)),
    "a shape that is a number": (array(1), bytes(8)),
    "a shape that is missing": ({"$": "array", "dtype": "<f8", "at": 0}, bytes(8)),
    "vast but empty": (array([0] + [2**26] * 15), b""),
    "wide but empty": (array([0, 2**26]), b""),
    "vast": (array([2**26] * 16), b""),
    "too many dimensions": (array([1] * 17), bytes(8)),
    "the same bytes twice": ([array([1]), array([1])], bytes(8)),
    "a tuple that is none": ({"$": "tuple", "items": "ab"}, b""),
    "a dict that is none": ({"$": "dict", "items": {"a": 1}}, b""),
    "a dict of singles": ({"$": "dict", "items": [["a"]]}, b""),
    "a key that is none": ({"$": "dict", "items": [[["a"], 1]]}, b""),
    "a plain table": ({"a": 1}, b""),
    "a function": ({"$": "callable", "home": "os", "name": "system"}, b""),
    "an unknown kind": ({"$": ["array"]}, b""),
    "a nameless opaque": ({"$": "opaque", "type": 3}, b""),
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_frames_are_refused(name):
    tree, arrays = FORGED[name]
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    with pytest.raises(WireError):
        decode(text, arrays)


def test_no_frame_costs_much_more_memory_than_itself():
    """The worst that fits under the caps: it must not blow up on this side."""
    part = 8 * 2**20
    trees = [
        [array([part], at=0, dtype="|u1")] * 1000,
        [array([part], at=i * part, dtype="|u1") for i in range(4)],
        [[array([0, 2**20])] * 100] * 10,
        ["x" * 2**20] * 3,
    ]
    for tree, size in zip(trees, (part, 4 * part, 0, 0), strict=True):
        text, arrays = json.dumps(tree).encode(), bytes(size)
        tracemalloc.start()
        refused_or_plain(text, arrays)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 8 * (len(text) + len(arrays)) + 2**20


def test_odd_values_that_are_allowed():
    assert decode(b'{"$":"dict","items":[["a",1],["a",2]]}', b"") == {"a": 2}
    assert decode(b'"\\ud800"', b"") == "?"
    assert decode(b"[NaN,Infinity,1e999]", b"")[1:] == [float("inf")] * 2
    assert decode(str(2**70).encode(), b"") == Opaque("int of more than 64 bits")
    assert decode(json.dumps(array([])).encode(), bytes(8)).shape == ()
    assert decode(json.dumps(array([0, 5])).encode(), b"").shape == (0, 5)


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(wire.MAX_ARRAYS + 1, dtype="u1"),
        [np.zeros(wire.MAX_ARRAYS // 2 + 1, dtype="u1")] * 2,
        ["x" * 2**20] * 5,
        [None] * (wire.MAX_NODES + 1),
        object(),
        [lambda: 1],
        np.zeros((0, 2**24)),
    ],
    ids=["array", "arrays", "text", "parts", "object", "function", "wide"],
)
def test_what_cannot_be_sent_is_said(value):
    with pytest.raises(WireError):
        encode(value)


def test_a_long_cell_arrives_whole():
    text = "x = 1\n" * 50_000
    assert decode(*parts(encode([text, "name"])))[0] == text


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    yield Channel(ours), theirs
    ours.close()
    theirs.close()


def test_frames_travel(pair):
    channel, theirs = pair
    value = [np.arange(10**6), "text", (1.5, None)]
    other = Channel(theirs)
    sender = threading.Thread(target=other.send, args=(encode(value),))
    sender.start()
    assert same(decode(*channel.receive(time.monotonic() + 30)), value)
    sender.join()
    assert not channel.has_input()


@pytest.mark.parametrize("lengths", [(2**32 - 1, 0), (0, 2**32 - 1), (wire.MAX_JSON + 1, 0)])
def test_lengths_over_the_cap_are_refused_unread(pair, lengths):
    channel, theirs = pair
    theirs.sendall(struct.pack(">II", *lengths) + b"x" * 100)
    with pytest.raises(WireError):
        channel.receive(time.monotonic() + 30)
    assert channel.has_input()


def test_a_promise_that_is_broken(pair):
    channel, theirs = pair
    theirs.sendall(struct.pack(">II", 1000, 0) + b"x")
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(Closed):
        channel.receive(time.monotonic() + 30)
    assert channel.has_input()  # the end of the stream can be read


def test_silence_and_drops_are_late(pair):
    channel, theirs = pair
    with pytest.raises(Late):
        channel.receive(time.monotonic() + 0.05)
    over = threading.Event()

    def drip():
        theirs.sendall(struct.pack(">II", 10**6, 0))
        while not over.wait(0.02):
            theirs.sendall(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(Late):
        channel.receive(time.monotonic() + 0.3)
    over.set()
    dripping.join()


def test_nobody_reads(pair):
    channel, theirs = pair
    with pytest.raises(Late):
        channel.send(encode(np.zeros(2**20)), time.monotonic() + 0.1)
    theirs.close()
    with pytest.raises(Closed):
        channel.send(encode(1), time.monotonic() + 30)


def test_descriptors_that_are_sent_along_are_dropped(pair):
    channel, theirs = pair
    extra, other = socket.socketpair()
    with extra, other:
        socket.send_fds(theirs, [encode(1)], [extra.fileno()])
        extra.close()
        assert decode(*channel.receive(time.monotonic() + 30)) == 1
        other.settimeout(30)
        assert other.recv(1) == b""  # nobody holds the other end any more
