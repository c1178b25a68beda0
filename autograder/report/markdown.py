"""Students' Markdown as HTML that can do nothing but be read.

HTML in the source stays text. Formulas become MathML here, attached pictures are drawn anew,
links are shown and not followed, and the whole is sanitised once more at the end, so that
one mistake in one of the libraries is not enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from autograder.report import maths, pictures
from autograder.report.budget import PageBudget
from autograder.report.pictures import PictureRefused
from autograder.report.text import clean, cut

MAX_LENGTH = 20_000
MAX_CELLS = 4_000  # of tables: the parser fills short rows up to the longest one's length
GOES_ON = '<p class="cut">The answer goes on; only its beginning is shown here.</p>'

Attachments = Mapping[str, Mapping[str, str]]

_PROSE = frozenset(
    ("p", "br", "hr", "em", "strong", "s", "blockquote", "ul", "ol", "li", "code", "pre", "h4",
     "table", "thead", "tbody", "tr", "th", "td", "img", "span", "div")
)  # fmt: skip
_CLASSES = {
    "code": {"tex"}, "span": {"url", "refused"}, "div": {"formula", "scroll"},
    "mtd": {"left", "right"}, "mrow": {"boxed"}, "img": {"attached"},
    "th": {"left", "right", "center"}, "td": {"left", "right", "center"},
}  # fmt: skip
_ATTRIBUTES = {
    "*": set(),
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {*maths.FLAGS, "form", *maths.WIDTHS["mo"]},
    "mspace": {"width"},
    "mfrac": {"linethickness"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"displaystyle"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
}


def to_html(source: str, attachments: Attachments, budget: PageBudget) -> Markup:
    """Render one answer.

    Parameters
    ----------
    source : str
        Markdown with LaTeX between dollar signs, from anybody. Only the first 20,000
        characters are shown, and once the page's budget is spent no more is rendered.
    attachments : mapping
        Pictures by the name that ``attachment:name`` refers to: ``{mime type: base64}``.
    budget : PageBudget
        What the page has left for pictures.

    Returns
    -------
    Markup
        HTML without links, scripts, styles, or any address but ``data:`` of pictures.

    Examples
    --------
    >>> print(to_html("*so* <b onclick=x>it</b> [is](javascript:x)", {}, PageBudget()))
    <p><em>so</em> &lt;b onclick=x&gt;it&lt;/b&gt; [is](javascript:x)</p>
    <BLANKLINE>
    """
    text = clean(source[:MAX_LENGTH])
    if budget.afford("prose", len(text)):
        safe = Markup(sanitise(_renderer(text, attachments, budget).render(text)))
    else:
        safe = Markup('<pre class="plain">{}</pre>').format(text)
    return safe + Markup(GOES_ON) if len(source) > MAX_LENGTH else safe


def sanitise(rendered: str) -> str:
    """Keep the elements and attributes that an answer may have, drop all others.

    Examples
    --------
    >>> sanitise('<p onclick="x">a<script>b</script><img src="http://c/d.png" alt="e"></p>')
    '<p>a<img alt="e"></p>'
    """
    return nh3.clean(
        rendered,
        tags=set(_PROSE | maths.ELEMENTS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        attribute_filter=_only_own_pictures,
        url_schemes={"data"},
        link_rel=None,
    )


def _only_own_pictures(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src" and not value.startswith(
        ("data:image/png;base64,", "data:image/jpeg;base64,")
    ):
        return None
    return value


def _renderer(text: str, attachments: Attachments, budget: PageBudget) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("strikethrough")
    lines = text.split("\n")
    if len(lines) * max(line.count("|") for line in lines) <= MAX_CELLS:
        parser.enable("table")
    dollarmath_plugin(parser, allow_space=True, allow_digits=True, double_inline=True)
    amsmath_plugin(parser)

    def image(renderer, tokens, idx, options, env) -> str:
        return _image(tokens[idx], attachments, budget)

    def formula(display: bool):
        def render(renderer, tokens, idx, options, env) -> str:
            rendered = _formula(tokens[idx].content, display, budget)
            return f'<div class="formula">{rendered}</div>' if tokens[idx].block else rendered

        return render

    for kind, display in (("math_inline", False), ("math_inline_double", True),
                          ("math_block", True), ("math_block_label", True),
                          ("amsmath", True)):  # fmt: skip
        parser.add_render_rule(kind, formula(display))
    parser.add_render_rule("image", image)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    for kind in ("heading_open", "heading_close"):
        parser.add_render_rule(kind, _heading)
    for kind in ("th_open", "td_open"):
        parser.add_render_rule(kind, _cell)
    parser.add_render_rule("table_open", lambda *_: '<div class="scroll"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    parser.add_render_rule("fence", _code_block)
    return parser


def _formula(latex: str, display: bool, budget: PageBudget) -> str:
    if not budget.afford("formulas", len(latex)):
        return f'<code class="tex">{escape(latex)}</code>'
    return str(maths.to_mathml(latex, display=display))


def _image(token, attachments: Attachments, budget: PageBudget) -> str:
    address = str(token.attrs.get("src", ""))
    alt = cut(token.content.strip(), 200)
    name = unquote(address.removeprefix("attachment:"))
    try:
        if not address.startswith("attachment:"):
            raise PictureRefused("only attached pictures are shown")
        found = pictures.from_attachment(name, attachments, budget)
    except PictureRefused as refusal:
        return f'<span class="refused">Picture “{escape(alt or cut(name, 80))}”: {refusal}.</span>'
    alt = alt or f"attached picture {cut(name, 80)}"
    size = f'width="{found.width}" height="{found.height}"'
    return f'<img class="attached" src="{found.uri}" alt="{escape(alt)}" {size}>'


def _link_open(renderer, tokens, idx, options, env) -> str:
    env.setdefault("addresses", []).append(str(tokens[idx].attrs.get("href", "")))
    return ""


def _link_close(renderer, tokens, idx, options, env) -> str:
    """What a link points to, as text: who wants to go there can read where it leads."""
    address = env["addresses"].pop()
    if tokens[idx].info == "auto":  # <https://...> shows it already
        return ""
    return f' <span class="url">({escape(cut(address, 200))})</span>'


def _heading(renderer, tokens, idx, options, env) -> str:
    """Their headings all stand one level below the exercise's own."""
    return "<h4>" if tokens[idx].nesting == 1 else "</h4>\n"


def _cell(renderer, tokens, idx, options, env) -> str:
    style = str(tokens[idx].attrs.get("style", ""))
    side = style.removeprefix("text-align:")
    return f'<{tokens[idx].tag} class="{side}">' if side != style else f"<{tokens[idx].tag}>"


def _code_block(renderer, tokens, idx, options, env) -> str:
    return f"<pre><code>{escape(tokens[idx].content)}</code></pre>\n"
