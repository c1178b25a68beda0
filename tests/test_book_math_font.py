"""The typeface of formulas has what the notebooks print, and the sizes of brackets."""

import re
from html import unescape

import pytest

from autograder.course import find_course
from book.extension.formulas import typeset
from book.math_font import FONT, characters
from equations.printed import displays_in

TTFont = pytest.importorskip("fontTools.ttLib").TTFont


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


def test_brackets_grow_and_indices_stand_as_low_at_a_y_as_at_an_x(font):
    table = font["MATH"].table
    assert table.MathConstants.SubscriptBaselineDropMin.Value == 0
    grows = set(table.MathVariants.VertGlyphCoverage.glyphs)
    assert {font.getBestCmap()[ord(bracket)] for bracket in "([{|"} <= grows
