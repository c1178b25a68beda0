"""Sphinx and the folder of the site: faults are told, and nothing else is touched."""

import pytest

from book.edition import Edition
from book.site import look, refuse_foreign, run_sphinx
from helpers.errors import CourseError


def edition(folder, text):
    made = Edition(True, folder)
    made.source.mkdir(parents=True, exist_ok=True)
    (made.source / "index.md").write_text(text, encoding="utf-8")
    return made


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match="no book"):
        refuse_foreign(tmp_path)
    with pytest.raises(CourseError, match="no folder"):
        refuse_foreign(tmp_path / "thesis.txt")


@pytest.mark.slow
def test_a_fault_in_the_text_is_told_every_time_and_leaves_no_half_site(tmp_path):
    """Sphinx warns when it reads a page, and not when it has read it before."""
    site = tmp_path / "out"
    faulty = edition(tmp_path, "# Title\n\n{nothing}`x`\n")
    for _ in range(2):
        with pytest.raises(CourseError, match="fault"):
            run_sphinx(faulty, site)
        assert not site.exists()


@pytest.mark.slow
def test_a_site_made_before_is_made_anew_and_survives_a_fault(tmp_path):
    site = tmp_path / "out"
    for words in ("first", "second"):
        run_sphinx(edition(tmp_path, f"# Title\n\nThe {words} text.\n"), site)
        assert f"The {words} text" in (site / "index.html").read_text(encoding="utf-8")
        refuse_foreign(site)
    with pytest.raises(CourseError, match="fault"):
        run_sphinx(edition(tmp_path, "# Title\n\n{nothing}`x`\n"), site)
    assert (site / "index.html").is_file()


def test_the_colours_are_those_of_the_reports_for_light_and_dark():
    sheet = look()
    light, dark = sheet.split('body[data-theme="dark"]')
    assert "--paper: #fcfbf8" in light and "--paper: #17181a" in dark
    assert sheet.count("{") == sheet.count("}")
