"""Exercise 4.2: harder pages."""

from helpers.checking import after, demand, exercise, hint, limit, points
from helpers.for_checks import handwriting, hard_pages

pytestmark = exercise("4.2")


@points(0.5)
@demand("e")
@hint("Specks are far smaller than letters; measure them against the usual letter of the page.")
@after("finds_the_letters", "finds_nothing_else")
@limit(60)
def test_specks_are_no_letters(student, rng):
    where = "on a page with forty specks of three pixels"
    handwriting.nothing_else([hard_pages.specked(student, rng)], where)


@points(1)
@demand("d")
@hint("Nothing in pixels: derive every size from the page, such as from the usual letter's height.")
@after("finds_the_letters")
@limit(60)
def test_writing_of_any_size(student, rng):
    for size in (26, 100):
        page = handwriting.page(rng, lines=2, words=2, size=size)
        handwriting.letters_found([hard_pages.look(student, page)],
                                  f"with letters of {size} pixels")  # fmt: skip
