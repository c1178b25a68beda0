r"""LaTeX to MathML, when the page is written: no script, no font, no request.

Reports and the book show formulas through this module. latex2mathml does the parsing. It cannot
be handed foreign input as it is: its own serialiser undoes the escaping (``\text{<script>}``
comes out as an element), it passes on links and styles, and deep nesting exhausts the stack. So
its tree is walked here and every element and attribute is written anew from a short list; what
is too long, too deep or not understood is shown as its LaTeX source.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter
from latex2mathml.symbols_parser import convert_symbol
from markupsafe import Markup

from autograder.report.mathml_layout import lay_out, takes_limits

MAX_LENGTH = 3000
MAX_DEPTH = 40
MAX_ELEMENTS = 4000
MAX_SPACE_EM = 4.0

ELEMENTS = frozenset(
    ("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub",
     "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mphantom",
     "mpadded", "mstyle")
)  # fmt: skip
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2,
         "msubsup": 3, "munderover": 3}  # fmt: skip
TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
FLAGS = ("stretchy", "fence", "separator", "movablelimits", "accent", "accentunder",
         "displaystyle", "largeop", "symmetric")  # fmt: skip
VALUES = {
    **dict.fromkeys(FLAGS, ("true", "false")),
    "scriptlevel": ("0", "1", "2"),
    "form": ("prefix", "infix", "postfix"),
    "linethickness": ("0",),
}
ALIGNMENTS = frozenset(("left", "right"))
LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
WIDTHS = {"mspace": ("width",), "mo": ("minsize", "maxsize", "lspace", "rspace")}
VARIANTS = {
    "bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT", "fraktur": "FRAKTUR", "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF", "monospace": "MONOSPACE",
}  # fmt: skip

# These would let one formula redefine the next, or grow without end.
_REFUSED = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[egx]?def|let|newenvironment)\b")
_DIGIT_OR_LETTER = re.compile(r"[A-Za-z0-9\u0391-\u03c9]")
_LENGTH = re.compile(r"(-?\d{1,4}(?:\.\d{1,6})?)(em|ex|px|pt|mu)")
_EM = {"em": 1.0, "ex": 0.45, "px": 1 / 16, "pt": 1 / 12, "mu": 1 / 18}
# The same thing under names that latex2mathml knows; numbers are given by \tag alone.
_RENAMED = (
    (re.compile(r"\\(begin|end)\s*\{(?:aligned|eqnarray\*?|align|alignat\*?)\}"), r"\\\1{align*}"),
    (re.compile(r"\\(begin|end)\s*\{(?:gathered|gather|multline)\*?\}"), r"\\\1{matrix}"),
    (re.compile(r"\\(?:begin|end)\s*\{(?:equation|displaymath|math)\*?\}"), ""),
    (re.compile(r"\\(?:label\s*\{[^{}]*\}|nonumber|notag)(?![a-zA-Z])"), ""),
    (re.compile(r"\\arg(?![a-zA-Z])"), r"\\operatorname{arg}"),
    (re.compile(r"\\tag\*?\s*\{([^{}]*)\}"), r"\\qquad\\text{(\1)}"),
)


def to_mathml(latex: str, *, display: bool = False) -> Markup:
    r"""A formula as MathML, or, where that fails, its source as code.

    Parameters
    ----------
    latex : str
        A formula without its dollar signs, from anybody.
    display : bool
        Whether it stands on a line of its own.

    Returns
    -------
    Markup
        A ``math`` element, or ``<code class="tex">``.

    Examples
    --------
    >>> to_mathml("a < 1")
    Markup('<math><mrow><mi>a</mi><mo>&lt;</mo><mn>1</mn></mrow></math>')
    >>> to_mathml(r"\frac{1")
    Markup('<code class="tex">\\frac{1</code>')
    """
    source = latex.strip()
    if not source:
        return Markup("")
    try:
        return _mathml(source, display, strict=False)
    except Exception:  # latex2mathml raises IndexError, StopIteration, and worse
        return Markup('<code class="tex">{}</code>').format(source)


def exact_mathml(latex: str, *, display: bool = False) -> Markup:
    r"""A formula of the course's own as MathML; what is not understood is an error.

    Parameters
    ----------
    latex : str
        A formula without its dollar signs.
    display : bool
        Whether it is set as on a line of its own, large; where it stands is left to the page.

    Raises
    ------
    ValueError
        It is not well formed, or holds a command that is not known.

    Examples
    --------
    >>> exact_mathml(r"\sigmma(x)")
    Traceback (most recent call last):
    ValueError: \sigmma is not known here
    """
    braces = re.sub(r"\\.", "", latex, flags=re.DOTALL)
    if braces.count("{") != braces.count("}"):
        raise ValueError("a brace is missing or too many")
    try:
        return _mathml(latex.strip(), display, strict=True)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"it is not well formed ({type(error).__name__})") from error


def _mathml(source: str, display: bool, strict: bool) -> Markup:
    tree = _parse(source, display)
    lay_out(tree)
    return Markup("".join(_Writer(display, strict).write(tree)))


def _parse(source: str, display: bool) -> Element:
    if len(source) > MAX_LENGTH or _REFUSED.search(source):
        raise ValueError("a formula that is too long, or defines commands")
    for pattern, replacement in _RENAMED:
        source = pattern.sub(replacement, source)
    return Converter(display="block" if display else "inline").convert_to_element(source)


class _Writer:
    """Writes a tree as HTML: known elements, known attributes, nothing else."""

    def __init__(self, display: bool, strict: bool):
        self._display, self._strict = display, strict
        self._elements = 0

    def write(self, node: Element, depth: int = 0) -> Iterator[str]:
        self._elements += 1
        if depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise ValueError("a formula that is too deep or too large")
        tag = self._tag(node)
        if len(node) != PARTS.get(tag, len(node)):
            raise ValueError(f"half of a {tag} is missing")
        yield f"<{tag}{self._attributes(node, tag)}>"
        if tag in TOKENS:
            yield html.escape(self._text(node))
        else:
            for child in node:
                yield from self.write(child, depth + 1)
        yield f"</{tag}>"

    def _tag(self, node: Element) -> str:
        if node.tag not in ELEMENTS or (node.tag in TOKENS and len(node)):
            return "mrow"
        if node.tag == "msup" and len(node) == 2 and _is_prime(node[1]):
            return "mrow"  # fonts draw a prime raised already
        if _is_prime(node):
            return "mo"
        if node.tag in LIMITS and takes_limits(node):
            return LIMITS[node.tag]
        return node.tag

    def _text(self, node: Element) -> str:
        text = _token_text(node)
        if self._strict and (text.startswith("\\") or text == "&"):
            raise ValueError(f"{text} is not known here")
        return text

    def _attributes(self, node: Element, tag: str) -> str:
        kept = {}
        for name, value in node.attrib.items():
            if value in VALUES.get(name, ()):
                kept[name] = value
            elif name == "columnalign" and value in ALIGNMENTS:
                kept["class"] = value
            elif name in WIDTHS.get(tag, ()):
                kept.update(_length(name, value))
        if tag == "math" and self._display:
            kept |= {"displaystyle": "true"} if self._strict else {"display": "block"}
        if node.tag == "menclose" and "box" in node.get("notation", ""):
            kept["class"] = "boxed"
        if tag == "mi" and _is_upright(node):
            kept["mathvariant"] = "normal"
        return "".join(f' {name}="{value}"' for name, value in sorted(kept.items()))


def _is_prime(node: Element) -> bool:
    text = html.unescape(node.text or "")
    return node.tag in ("mi", "mo") and bool(text) and set(text) <= set("\u2032\u2033\u2034\u2057")


def _token_text(node: Element) -> str:
    text = node.text or ""
    if text.startswith("\\") and (code := convert_symbol(text)):  # such as \\bigl\\lVert
        text = f"&#x{code};"
    text = html.unescape(text)
    style = VARIANTS.get(node.get("mathvariant", ""))
    return "".join(_styled(char, style) for char in text) if style else text


def _is_upright(node: Element) -> bool:
    # latex2mathml writes an upright letter as a reference to the plain one, and no variant
    return node.get("mathvariant") == "normal" or bool(
        re.fullmatch(r"&#x000(?:[46][1-9A-F]|[57][0-9A]);", node.text or "")
    )


def _styled(char: str, style: str) -> str:
    """A letter in bold, script, ...: browsers know these as characters, not as attributes."""
    if not _DIGIT_OR_LETTER.fullmatch(char):
        return char
    name = unicodedata.name(char, "")
    name = name.removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER ", " ")
    for candidate in (f"MATHEMATICAL {style} {name}", f"{style} {name}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return char


def _length(name: str, value: str) -> dict[str, str]:
    """A length in em if it is a short one: nobody pushes the rest of the page away."""
    match = _LENGTH.fullmatch(value.replace(" ", ""))
    if match is None or abs(length := float(match[1]) * _EM[match[2]]) > MAX_SPACE_EM:
        return {}
    return {name: f"{length:.4g}em"}
