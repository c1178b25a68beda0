"""The book as one PDF: names that stay apart, links that stay inside, a browser that is there."""

import pytest

from book import pdf
from helpers.errors import CourseError

PAGES = {"01_theory", "api/helpers"}


def test_without_a_browser_the_pdf_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match="apt-get install chromium"):
        pdf.find_chromium()


def test_links_between_pages_lead_within_the_document():
    text = '<a href="../01_theory.html#exercise-1-1">a</a> <a href="#own">b</a> <p id="own x"></p>'
    assert pdf._within("api/helpers", text, PAGES) == (
        '<a href="#01-theory--exercise-1-1">a</a> <a href="#api-helpers--own">b</a> '
        '<p id="api-helpers--own api-helpers--x"></p>'
    )


def test_links_that_leave_the_document_lead_nowhere_or_to_the_web():
    text = '<a href="search.html">a</a> <a href="https://example.org/">b</a>'
    assert pdf._within("01_theory", text, PAGES) == (
        '<a href="#">a</a> <a href="https://example.org/">b</a>'
    )


def test_pictures_are_found_from_the_folder_of_the_site():
    assert pdf._within("api/helpers", '<img alt="" src="../_images/a.svg">', PAGES) == (
        '<img alt="" src="_images/a.svg">'
    )


def test_contents_take_titles_without_markup():
    text = (
        '<section id="a"><h1>1 <em>First</em> &amp; last</h1>'
        '<section id="b"><h2>1.1 The slope <span class="math"><math><mi>s</mi></math></span></h2>'
        '<section id="c"><h3>deeper</h3></section></section></section>'
    )
    assert list(pdf._entries("01_theory", text)) == [
        pdf.Entry("01-theory--a", 1, "1 First & last"),
        pdf.Entry("01-theory--b", 2, "1.1 The slope s"),
    ]


def test_everything_is_open_on_paper(tmp_path):
    (tmp_path / "a.html").write_text(
        '<article role="main"><details class="box hint"><img loading="lazy"></details>'
        "<script>run()</script></article>", encoding="utf-8",
    )  # fmt: skip
    assert pdf._inside(tmp_path, "a") == '<details open class="box hint"><img></details>'
    (tmp_path / "b.html").write_text("<p>", encoding="utf-8")
    with pytest.raises(CourseError, match="page b of the book has no text"):
        pdf._inside(tmp_path, "b")
