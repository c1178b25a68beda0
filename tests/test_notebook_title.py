"""A notebook's title is the same in the students' README, in reports and in the book."""

import pytest

from autograder.course.course import find_course, notebook_title
from autograder.course.release import readme
from autograder.report.pages import chapter_title

COURSE = find_course()


def cell(kind, source):
    return {"cell_type": kind, "source": source}


@pytest.mark.parametrize(("cells", "title"), [
    ([], ""),
    ([cell("markdown", "## Only a section")], ""),
    ([cell("code", "# a remark"), cell("markdown", "# 1 Title")], "1 Title"),
    ([cell("markdown", "Hello."), cell("markdown", "Words\n\n# 2 *Later*  \n")], "2 *Later*"),
    ([cell("markdown", ["# 3 Lines\n", "\n", "# 4 Second"])], "3 Lines"),
    ([cell("markdown", "# ")], ""),
], ids=["nothing", "section", "code", "later", "list", "empty"])  # fmt: skip
def test_the_title_is_the_first_heading_of_the_first_level(cells, title):
    assert notebook_title({"cells": cells}) == title


def test_every_notebook_has_one_and_shows_it_everywhere():
    page = readme(COURSE)
    for name, notebook in COURSE.read_notebooks().items():
        title = notebook_title(notebook)
        assert title.startswith(f"{int(name[:2])} ")
        assert f"| `{name}.ipynb` | {title} |" in page
        assert chapter_title(name, COURSE) == title
