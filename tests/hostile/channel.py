"""Frames that the student's code forges on the one socket that it has."""

from tests.hostile import Hostile, hostile

TOOLS = """
import json, os, stat, struct, sys, time
import numpy as np

def find_socket():
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return number
        except OSError:
            pass

def find_request():
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["request"]

def raw(data):
    while data:
        data = data[os.write(find_socket(), data):]

def send(tree, arrays=b""):
    text = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    raw(struct.pack(">II", len(text), len(arrays)) + text + arrays)

def table(**entries):
    return {"$": "dict", "items": [[key, value] for key, value in entries.items()]}

def array(shape, at=0, dtype="<f8"):
    return {"$": "array", "dtype": dtype, "shape": shape, "at": at}

def answer(value, arrays=b"", **more):
    args = {"$": "tuple", "items": [value]}
    send(table(id=find_request()["id"], value=value, args=args, kwargs=table(), **more), arrays)
"""


def forged(source: str, says: str, slow: bool = False) -> Hostile:
    """Make a submission that has the tools for forging at hand."""
    inner = hostile(source, says, slow)
    return Hostile(TOOLS + "\n" + inner.source, says, slow)


SUBMISSIONS = {
    "claims_points": forged(
        """
        def softmax(x):
            answer(None, points=100, status="pass", passed=True, failure=None, grade="A")
            time.sleep(60)
        """,
        "no known form|never ends",
    ),
    "answers_twice": forged(
        """
        def softmax(x):
            answer(array(list(x.shape)), bytes(8 * x.size))
            return np.zeros_like(x)
        """,
        "out of its place|before its question",
    ),
    "speaks_first": forged(
        """
        def shout():
            send(table(id=0, value=1, defined=["softmax"], problems=table()))
            return 1

        EARLY = shout()

        def softmax(x):
            return EARLY * np.zeros_like(x)
        """,
        "belongs to no question",
    ),
    "guesses_numbers": forged(
        """
        def softmax(x):
            number = find_request()["id"]
            for guess in (0, 1, -1, True, None, "", str(number), float(number), [number], 2**63,
                          number + 1, array([0])):
                send(table(id=guess, value=1))
        """,
        "belongs to no question",
    ),
    "number_is_an_array": forged(
        """
        def softmax(x):
            send(table(id=array([2], dtype="<i8"), value=1), bytes(16))
        """,
        "belongs to no question",
    ),
    "replays": forged(
        """
        KEPT = []

        def softmax(x):
            if not KEPT:
                KEPT.append(find_request()["id"])
                return np.zeros_like(x)
            send(table(id=KEPT[0], value=array([8, 36])), bytes(8 * 36 * 8))
        """,
        "belongs to no question",
    ),
    "trailing_bytes": forged(
        """
        def softmax(x):
            send(table(id=find_request()["id"], value=array([1])), bytes(800))
            raw(bytes(100))
        """,
        "belong to no array",
    ),
    "huge_lengths": forged(
        """
        def softmax(x):
            raw(struct.pack(">II", 2**32 - 1, 2**32 - 1))
        """,
        "too large, or not an answer",
    ),
    "promises_and_leaves": forged(
        """
        def softmax(x):
            raw(struct.pack(">II", 4 * 2**20, 64 * 2**20) + bytes(1000))
            os._exit(0)
        """,
        "ended",
    ),
    "deep_json": forged(
        """
        def softmax(x):
            send(b"[" * 2_000_000)
        """,
        "cannot be read: RecursionError",
    ),
    "not_json": forged(
        r"""
        def softmax(x):
            send(b"\xff\xfe{'id': __import__('os').system('touch /scratch/@TOKEN@')}")
        """,
        "cannot be read",
    ),
    "endless_number": forged(
        """
        def softmax(x):
            send(b"9" * 4_000_000)
        """,
        "cannot be read: ValueError",
    ),
    "millions_of_nodes": forged(
        """
        def softmax(x):
            send(b"[" + b"[]," * 1_390_000 + b"[]]")
        """,
        "too many parts",
    ),
    "shape_of_nan": forged(
        """
        def softmax(x):
            answer(array([float("nan"), float("inf")]))
        """,
        "array of no shape",
    ),
    "negative_sizes": forged(
        """
        def softmax(x):
            answer(array([-8, -36]), bytes(8 * 8 * 36))
        """,
        "array of no shape",
    ),
    "array_of_objects": forged(
        """
        def softmax(x):
            answer(array([8, 36], dtype="|O"), bytes(8 * 8 * 36))
        """,
        "array of unknown kind",
    ),
    "array_of_void": forged(
        """
        def softmax(x):
            answer(array([1], dtype="V" + "9" * 12))
        """,
        "array of unknown kind",
    ),
    "longer_than_its_bytes": forged(
        """
        def softmax(x):
            answer(array([8, 36]), bytes(8))
        """,
        "longer than its bytes",
    ),
    "one_byte_a_thousand_times": forged(
        """
        def softmax(x):
            part = 16 * 2**20
            answer([array([part], dtype="|u1")] * 10_000, bytes(part))
        """,
        "out of its place",
    ),
    "empty_but_vast": forged(
        """
        def softmax(x):
            answer(array([0] + [2**26] * 15))
        """,
        "longer than its bytes",
    ),
    "many_dimensions": forged(
        """
        def softmax(x):
            answer(array([1] * 60_000), bytes(8))
        """,
        "array of no shape",
    ),
    "unknown_kinds": forged(
        """
        def softmax(x):
            answer({"$": "callable", "home": "os", "name": "system"})
        """,
        "unknown kind",
    ),
    "keys_twice": forged(
        """
        def softmax(x):
            number = find_request()["id"]
            pair = [["id", number], ["id", number], ["value", 1], ["value", "pass"]]
            send({"$": "dict", "items": pair * 10_000})
        """,
        "no known form",
    ),
    "filled_to_the_cap": forged(
        """
        def softmax(x):
            return np.zeros(8 * 2**20)
        """,
        "too large|has shape",
        slow=True,
    ),
    "slow_drip": forged(
        """
        def softmax(x):
            raw(struct.pack(">II", 1000, 0))
            while True:
                raw(b" ")
                time.sleep(0.1)
        """,
        "did not come back within",
    ),
    "endless_flood": forged(
        """
        def softmax(x):
            while True:
                raw(struct.pack(">II", 4 * 2**20, 0) + b" " * 4 * 2**20)
        """,
        "cannot be read",
    ),
    "closes_the_socket": forged(
        """
        def softmax(x):
            os.close(find_socket())
            time.sleep(60)
        """,
        "ended",
    ),
    "passes_descriptors": forged(
        """
        import array as arrays, socket

        def softmax(x):
            mine = socket.socket(fileno=os.dup(find_socket()))
            number = os.open("/scratch/@TOKEN@", os.O_CREAT | os.O_RDWR)
            message = (socket.SOL_SOCKET, socket.SCM_RIGHTS, arrays.array("i", [number]))
            mine.sendmsg([b"x"], [message])
        """,
        "PermissionError",
    ),
    "does_not_listen": forged(
        """
        import threading

        def steal():
            while True:
                os.read(find_socket(), 1)

        def softmax(x):
            threading.Thread(target=steal, daemon=True).start()
            return x * 0
        """,
        "sums to 0, not 1|did not come back|no usable|ended",
    ),
}
