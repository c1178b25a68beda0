"""What the book adds to Sphinx: formulas, links, boxes, pictures with words, the index."""

from types import SimpleNamespace

import pytest
from docutils.core import publish_doctree
from sphinx.errors import ExtensionError

from book.edition import Edition
from book.extension import terms
from book.extension.formulas import typeset
from book.site import run_sphinx
from helpers.errors import CourseError


def page(tmp_path, text, **more):
    """One page of a small book, as HTML."""
    edition = Edition(True, tmp_path)
    edition.source.mkdir(parents=True, exist_ok=True)
    for name, content in {"index": text, **more}.items():
        (edition.source / f"{name}.md").write_text(content, encoding="utf-8")
    run_sphinx(edition, tmp_path / "out", ["1.1.1"])
    return (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


# --- formulas


FORMULAS = r"""# 1 Title

The letter $x$, then $y$. See (1.1.1), and $a + b + c + d = \mathrm{something} - \mathrm{other}$.

$$ a = b + c, \qquad d = e \tag{1.1.1} $$

$$ f = g $$

$$ h = i \tag{1.1.2} $$

:::{{toctree}}
checked
:::
"""


@pytest.fixture(scope="module")
def formulas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formulas")
    return page(folder, FORMULAS.replace("{{", "{").replace("}}", "}"), checked="# How\n")


@pytest.mark.slow
def test_a_numbered_formula_has_a_place_a_link_and_a_mark(formulas):
    assert '<div class="equation" id="equation-1-1-1">' in formulas
    assert '<a class="number" href="#equation-1-1-1"' in formulas
    assert 'href="checked.html#checked-1-1-1"' in formulas
    assert "equation-1-1-2" in formulas and "checked-1-1-2" not in formulas  # no test, no mark
    assert formulas.count('class="equation"') == 3


@pytest.mark.slow
def test_a_formula_is_mathml_and_may_be_broken_at_its_relations(formulas):
    equation = formulas[formulas.index('id="equation-1-1-1"') :]
    first, second = equation[: equation.index("beside")].split("</span><span>")
    assert first.count('<math displaystyle="true">') == 3  # a =, b +, c
    assert second.count('<math displaystyle="true">') == 2
    line = formulas[formulas.index("See ") :]
    assert line[: line.index("</p>")].count("<math>") > 3
    assert '<span class="math"><math><mrow><mi>x</mi></mrow></math></span>&#8288;,' in formulas


@pytest.mark.slow
def test_a_formula_is_referred_to_by_a_link(formulas):
    assert 'class="to reference internal" href="#equation-1-1-1"' in formulas


@pytest.mark.slow
def test_a_formula_that_cannot_be_set_stops_the_book(tmp_path):
    assert "<mfrac>" in typeset(r"\frac{1}{2}")
    for wrong in (r"\frac{1}{2", "x}", "a & b", r"\left( x", r"\sigmma(x)", "x^", r"\def\a{b}"):
        with pytest.raises(ExtensionError, match="cannot be set"):
            typeset(wrong)
    with pytest.raises(CourseError, match=r"sigmma\(x\)' cannot be set"):
        page(tmp_path, "# Title\n\n$\\sigmma(x)$\n")


# --- links, boxes, pictures


@pytest.mark.slow
def test_figures_exercises_and_notebooks_are_links_where_the_book_has_them(tmp_path):
    text = (
        "# 1 Title\n\n## Exercise 1.1: write\n\nSee Figure 2.3, exercise 1.1, exercise 9.9 and "
        "notebook 2.\n\n:::{toctree}\n02_network\n:::\n"
    )
    other = "# 2 Network\n\n:::{figure} a.svg\n:alt: words\n:name: figure-2-3\n\nA\n:::\n"
    source = Edition(True, tmp_path).source
    source.mkdir(parents=True)
    (source / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    found = page(tmp_path, text, **{"02_network": other})
    for address in ("02_network.html#figure-2-3", "#exercise-1-1", "02_network.html"):
        assert f'class="to reference internal" href="{address}"' in found, address
    assert "exercise 9.9" in found


@pytest.mark.slow
def test_boxes_that_can_be_closed_need_no_script(tmp_path):
    boxes = "".join(f":::{{box}} {kind}\n:title: T & {kind}\n\nInside\n:::\n\n" for kind in
                    ("answer", "hint", "question"))  # fmt: skip
    found = page(tmp_path, f"# Title\n\n{boxes}")
    assert '<details class="box answer" open><summary>T &amp; answer</summary>' in found
    assert '<details class="box hint"><summary>T &amp; hint</summary>' in found
    assert '<div class="box question">' in found
    with pytest.raises(CourseError, match="fault"):
        page(tmp_path, "# Title\n\n:::{box} drawer\n\nInside\n:::\n")


@pytest.mark.slow
def test_a_picture_without_words_is_a_fault(tmp_path):
    source = Edition(True, tmp_path).source
    source.mkdir(parents=True)
    (source / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert 'loading="lazy"' in page(tmp_path, "# T\n\n![words](a.svg)\n")
    with pytest.raises(CourseError, match="no alternative text"):
        page(tmp_path, "# T\n\n![](a.svg)\n")


# --- the index


INDEXED = """
2 Chapter
=========

2.5 The numerical gradient check
--------------------------------

Exercise 2.5: compare
.....................

Move a weight up and down.

Reading the pages of notebook 4
-------------------------------

Weight decay.
"""


def test_the_index_counts_titles_and_takes_no_number_from_within_them():
    document = publish_doctree(INDEXED, settings_overrides={"doctitle_xform": False})
    env = SimpleNamespace(docname="02_network")
    terms.mark(SimpleNamespace(env=env), document)
    places = dict(env.book_places.values())
    assert places["gradient check"] == "2.5"
    assert places["weight decay"] == "2"


def test_places_of_the_index_are_in_the_order_of_reading():
    places = [("06.html#term-10", "6.1.3"), ("06.html#term-9", "6.1.1"), ("03.html#term-11", "3.1")]
    assert [label for _, label in sorted(places, key=terms._order)] == ["3.1", "6.1.1", "6.1.3"]
