"""The typeface of formulas has what the notebooks print, and the sizes of brackets."""

import re
from html import unescape

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from autograder.course.course import find_course
from book.extension.formulas import typeset
from book.math_font import FONT, characters
from equations.printed import displays_in


@pytest.fixture(scope="module")
def font():
    return TTFont(FONT)


def italic(letter):
    """A single letter as browsers draw it in a formula."""
    if letter == "h":
        return "\u210e"
    for first, last, start in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC)):
        if first <= letter <= last:
            return chr(start + ord(letter) - ord(first))
    return letter


def test_every_character_of_the_formulas_is_there(font):
    drawn = set()
    for notebook in find_course().read_notebooks().values():
        for _, latex in displays_in(notebook):
            mathml = typeset(latex, display=True)
            drawn |= {italic(unescape(c)) for c in re.findall("<mi>([^<])</mi>", mathml)}
            drawn |= set(unescape("".join(re.findall(">([^<]+)<", mathml)))) - {" "}
    assert len(drawn) > 60
    assert {ord(character) for character in drawn} <= set(font.getBestCmap())


def test_what_is_listed_is_there_but_for_what_the_typeface_never_had(font):
    wanted = set(characters())
    assert len(wanted & set(font.getBestCmap())) > 0.8 * len(wanted)


def test_brackets_grow(font):
    grows = set(font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs)
    assert {font.getBestCmap()[ord(bracket)] for bracket in "([{|"} <= grows


@pytest.mark.parametrize("letter", [italic("x"), italic("y"), ")"], ids=["x", "y", "bracket"])
def test_an_index_stands_as_low_at_one_letter_as_at_another(font, letter):
    measures = font["MATH"].table.MathConstants
    outline = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(letter)]].draw(outline)
    descent = -outline.bounds[1]
    lowest = descent + measures.SubscriptBaselineDropMin.Value
    assert lowest <= measures.SubscriptShiftDown.Value
