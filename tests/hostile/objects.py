"""Values that lie about themselves, and comparisons that are bent."""

from tests.hostile import hostile

SUBMISSIONS = {
    "patched_comparisons": hostile(
        """
        import builtins, math
        import numpy as np

        def bend():
            for module in (np, np.linalg, np.testing, math, builtins):
                for name in ("allclose", "array_equal", "isclose", "assert_allclose", "all", "abs"):
                    if hasattr(module, name):
                        setattr(module, name, lambda *args, **kwargs: True)
            return True

        BENT = bend()

        def softmax(x):
            return BENT * np.zeros_like(x)
        """,
        "sums to 0, not 1",
    ),
    "patched_checking": hostile(
        """
        import numpy as np
        import helpers.checking.expect, helpers.checking.failures, helpers.checking.plain
        import helpers.checking.student

        def bend():
            try:  # where pytest is there, which it needs
                import helpers.checking.runner as runner
                runner._verdict = lambda *args: {"status": "pass"}
            except ImportError:
                pass
            helpers.checking.expect.close = lambda *args, **kwargs: None
            helpers.checking.expect.array = lambda value, *args, **kwargs: value
            helpers.checking.failures.CheckFailure.status = "pass"
            helpers.checking.plain.same = lambda a, b: True
            return True

        BENT = bend()

        def softmax(x):
            return BENT * np.zeros_like(x)
        """,
        "sums to 0, not 1",
    ),
    "patched_plain_and_encode": hostile(
        """
        import sys
        import numpy as np

        def bend():
            session = next(m for n, m in sys.modules.items() if n.endswith(".session"))
            session.plain = lambda value, depth=0: True
            session.encode = lambda reply: b"all checks pass"
            return True

        BENT = bend()

        def softmax(x):
            return BENT * np.zeros_like(x)
        """,
        "too large, or not an answer|could not be loaded",
    ),
    "patched_builtins": hostile(
        """
        import builtins

        def bend():
            builtins.isinstance = lambda *args: True
            builtins.len = lambda value: 0
            builtins.type = lambda *args: int
            __builtins__["abs"] = lambda value: 0
            return True

        BENT = bend()

        def softmax(x):
            return BENT and x * 0
        """,
        "ended|no usable answer|could not be loaded|raised",
    ),
    "equal_to_everything": hostile(
        """
        class Liar:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __lt__(self, other): return True
            __le__ = __gt__ = __ge__ = __lt__
            def __bool__(self): return True
            def __float__(self): return 1.0
            def __len__(self): return 8
            def __getattr__(self, name): return self
            def __call__(self, *args): return self
            def __hash__(self): return 0

        def softmax(x):
            return Liar()
        """,
        "is a Liar, not a NumPy array",
    ),
    "pretends_to_be_an_array": hostile(
        """
        import numpy as np

        class Chameleon:
            __class__ = np.ndarray
            dtype = np.dtype(float)
            shape = (8, 36)
            def __array__(self, *args, **kwargs): return np.full((8, 36), 0.25)
            def __array_ufunc__(self, *args, **kwargs): return True
            def __array_function__(self, *args, **kwargs): return True

        def softmax(x):
            return Chameleon()
        """,
        "sums to 9, not 1",
    ),
    "array_interface_of_foreign_memory": hostile(
        """
        class Window:
            __array_interface__ = {
                "shape": (8, 36), "typestr": "<f8", "data": (16, True), "version": 3}

        def softmax(x):
            return Window()
        """,
        "is a Window, not a NumPy array",
    ),
    "strides_over_foreign_memory": hostile(
        """
        import numpy as np

        def softmax(x):
            return np.lib.stride_tricks.as_strided(np.zeros(1), (2**20, 2**20), (8, 8))
        """,
        "MemoryError|ArrayMemoryError|ended|too large",
    ),
    "agreeable_subclass": hostile(
        """
        import numpy as np

        class Agreeable(np.ndarray):
            def __eq__(self, other): return np.ones(self.shape, bool)
            def __array_ufunc__(self, *args, **kwargs): return True
            def __array_finalize__(self, other): pass
            def copy(self, *args): return self
            def astype(self, *args, **kwargs): return self
            def sum(self, *args, **kwargs): return 1
            @property
            def shape(self): return (8, 36)

        def softmax(x):
            return np.zeros((8, 36)).view(Agreeable)
        """,
        "sums to 0, not 1",
    ),
    "masked": hostile(
        """
        import numpy as np

        def softmax(x):
            return np.ma.array(np.zeros(x.shape), mask=True, fill_value=1 / x.shape[1])
        """,
        "is a MaskedArray",
    ),
    "objects_in_an_array": hostile(
        """
        import numpy as np

        class Always:
            def __add__(self, other): return self
            __radd__ = __mul__ = __sub__ = __truediv__ = __add__
            def __eq__(self, other): return True
            def __abs__(self): return self
            def __le__(self, other): return True
            def __float__(self): return float("nan")

        def softmax(x):
            return np.array([[Always()] * 36] * 8, dtype=object)
        """,
        "ndarray of dtype object",
    ),
    "records_and_strings": hostile(
        """
        import numpy as np

        def softmax(x):
            kinds = [np.dtype("V16"), np.dtype([("a", "f8"), ("b", "O")]), np.dtype("U9"),
                     np.dtype("M8[s]"), np.dtype("c16")]
            return np.zeros(x.shape, kinds[x.shape[0] % len(kinds)])
        """,
        "ndarray of dtype",
    ),
    "containers_that_lie": hostile(
        """
        class List(list):
            def __iter__(self): raise SystemExit
            def __len__(self): return 10**12
            def __getitem__(self, index): return self

        class Dict(dict):
            def items(self): return self
            def keys(self): raise SystemExit

        class Text(str):
            def __eq__(self, other): return True
            def __hash__(self): return 0
            def encode(self, *args): raise SystemExit

        class Number(float):
            def __eq__(self, other): return True
            def __float__(self): return 1.0

        def softmax(x):
            return List([Dict({Text("a"): Number(0)}), Text("b"), (Number(1),)])
        """,
        "is a list, not a NumPy array",
    ),
    "pickles": hostile(
        """
        import os, pickle

        class Bomb:
            def __reduce__(self):
                return os.system, ("touch /scratch/@TOKEN@",)
            def __reduce_ex__(self, protocol):
                return self.__reduce__()
            def __deepcopy__(self, memo):
                raise SystemExit

        def softmax(x):
            return [Bomb(), pickle.dumps(Bomb()), {"$": "array", "dtype": "O", "items": [Bomb()]}]
        """,
        "is a list, not a NumPy array",
    ),
    "cycles": hostile(
        """
        def softmax(x):
            ring = []
            ring.append(ring)
            table = {"ring": ring}
            table["table"] = table
            return [ring, table]
        """,
        "is a list, not a NumPy array",
    ),
    "branches_without_end": hostile(
        """
        def softmax(x):
            leaf = [0] * 10
            for _ in range(12):
                leaf = [leaf] * 10
            return leaf
        """,
        "too many parts|MemoryError|out of memory|never ends",
    ),
    "huge_numbers": hostile(
        """
        def softmax(x):
            return [10**5000, -(2**63), 2**64, float("inf"), float("nan"), True, 10**100000]
        """,
        "is a list, not a NumPy array",
    ),
    "metaclass": hostile(
        """
        class Meta(type):
            def __instancecheck__(cls, instance): raise SystemExit
            def __getattribute__(cls, name): raise SystemExit
            @property
            def __name__(cls): raise SystemExit
            def __repr__(cls): raise SystemExit

        class Odd(metaclass=Meta):
            def __getattribute__(self, name): raise SystemExit
            def __repr__(self): raise SystemExit

        def softmax(x):
            return Odd()
        """,
        "is a Odd, not a NumPy array|ended",
    ),
    "function_that_is_no_function": hostile(
        """
        class Function:
            def __call__(self, *args):
                return None
            @property
            def __signature__(self):
                raise SystemExit
            def __deepcopy__(self, memo):
                raise SystemExit
            def __repr__(self):
                raise SystemExit

        softmax = Function()
        """,
        "is None",
    ),
}
