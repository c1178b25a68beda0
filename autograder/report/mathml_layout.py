r"""Formulas as TeX would set them: spaces, limits, accents and brackets in a tree of MathML.

A browser gives each operator the spaces of MathML's own table: in an exponent as on the line,
and to a minus sign after a bracket as between two numbers. Of names like "ln" it knows nothing.
Here a tree from latex2mathml becomes what readers of formulas are used to.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from xml.etree.ElementTree import Element

ROWS = frozenset(("math", "mrow", "mtd", "msqrt", "mstyle", "mpadded", "mphantom", "menclose"))
SCRIPTED = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
THIN = "0.167em"
SIGNS = frozenset("+−-±∓")
OPENING, CLOSING, BARS = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉"), frozenset("|‖")
PLAIN = frozenset("∂∀∃∇∞⊤…⋯⋮⋱/!%′″‴")
"""Operators to MathML, letters to TeX: nothing stands around them."""
FRESH = frozenset(("start", "open", "sign", "operator"))
"""After these a minus is the sign of what follows, and a bar is the first of two."""
APART = frozenset((("letter", "name"), ("close", "name"), ("name", "letter"), ("name", "name")))
"""Between these stands a thin space."""
ACCENTS = frozenset("^~¯˙¨―→")
SMALL = {"^": "ˆ", "~": "˜"}
"""Accents of the size of a letter, for the signs of the keyboard."""
NAMES = frozenset(
    ("arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "dim", "exp", "ker", "ln", "log",
     "sin", "sinh", "tan", "tanh")
)  # fmt: skip
LIMITED = frozenset(
    ("argmax", "argmin", "arg\u2009max", "arg\u2009min", "det", "gcd", "inf", "lim", "max", "min",
     "sup", "∏", "∐", "∑", "⋀", "⋁", "⋂", "⋃")
)  # fmt: skip
"""What is written below and above these stands there on a line of its own, and beside in a text."""


def lay_out(tree: Element) -> None:
    """Lay out a whole formula, in place.

    Parameters
    ----------
    tree : Element
        What latex2mathml made of it.
    """
    waiting = [(tree, False)]
    while waiting:
        node, small = waiting.pop()
        if node.tag in ROWS:
            node[:] = _grouped(node)
            node[:] = list(_spaced(node, small))
        elif node.tag == "mover" and len(node) == 2:
            _set_accent(node, node[1])
        scripted = node.tag in SCRIPTED
        waiting += [(child, small or (scripted and k > 0)) for k, child in enumerate(node)]


def takes_limits(node: Element) -> bool:
    """Whether what is written at a name or a large operator belongs below and above it."""
    return _text(_core(node)) in LIMITED


def _grouped(row: Element) -> list[Element]:
    """An exponent of a large bracket becomes that of all it encloses, so that both are large."""
    found: list[Element] = []
    for member in row:
        found.append(member)
        if not (member.tag in SCRIPTED and len(member) and _is_large(member[0], CLOSING)):
            continue
        opening = [k for k, other in enumerate(found) if _is_large(other, OPENING)]
        if not opening:
            continue
        group = Element("mrow")
        group.extend([*found[opening[-1] : -1], member[0]])
        member[0] = group
        found[opening[-1] :] = [member]
    return found


def _is_large(node: Element, brackets: frozenset[str]) -> bool:
    return node.tag == "mo" and "minsize" in node.attrib and _text(node) in brackets


def _spaced(row: Element, small: bool) -> Iterator[Element]:
    """The members of a row, with thin spaces beside names of functions."""
    before, alone = "start", row.tag == "mrow" and len(row) == 1
    for member in list(row):
        if member.tag == "mspace":
            yield member
            continue
        core = _core(member)
        kind = _kind(core, before)
        if (before, kind) in APART:
            yield Element("mspace", width=THIN)
        if core.tag == "mo":
            _set_operator(core, before, kind, small or alone)
        yield member
        before = kind


def _core(node: Element) -> Element:
    """What an exponent, an index or a prime belongs to."""
    while node.tag in SCRIPTED and len(node):
        node = node[0]
    return node


def _kind(core: Element, before: str) -> str:
    """What a member of a row is to its neighbours; a name becomes what the browser knows it as."""
    text = _text(core)
    if text in SIGNS:
        core.tag = "mo"
        return "sign"
    if text in BARS:
        return "open" if before in FRESH else "close"
    if text in OPENING or text in CLOSING:
        return "open" if text in OPENING else "close"
    named = core.tag == "mo" and len(text) > 1 and text.isalpha()  # \operatorname
    if named or text in NAMES or (text in LIMITED and len(text) > 1):
        core.tag = "mo" if text in LIMITED else "mi"
        core.attrib.clear()
        return "name"
    return "operator" if core.tag == "mo" and text not in PLAIN else "letter"


def _set_operator(core: Element, before: str, kind: str, close: bool) -> None:
    if kind == "sign" and before in FRESH:
        core.set("form", "prefix")
    if _text(core) in BARS:
        core.attrib.setdefault("form", {"open": "prefix", "close": "postfix"}[kind])
    if kind == "name":
        core.set("movablelimits", "true")
    if kind in ("letter", "name") or (close and kind not in ("open", "close")):
        core.set("lspace", "0em")
        core.set("rspace", "0em")


def _set_accent(node: Element, mark: Element) -> None:
    """An accent stands close to its letter; a hat is as wide as a hat, whatever it covers."""
    if mark.tag != "mo" or _text(mark) not in ACCENTS:
        return
    if "accent" in node.attrib:  # \hat; \widehat has none
        mark.set("stretchy", "false")
    if mark.get("stretchy") == "false":
        mark.text = SMALL.get(_text(mark), mark.text)
    node.set("accent", "true")


def _text(node: Element) -> str:
    return html.unescape(node.text or "")
