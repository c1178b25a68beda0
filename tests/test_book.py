"""The book: made from the notebooks, complete, and in good order in a browser without network."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from autograder.commands.main import main as commands
from autograder.course.course import find_course
from autograder.course.release import student_notebook
from autograder.course.rubrics import is_rubric, is_solution_figure
from book import build, pdf
from book.extension.formulas import anchor
from equations.printed import TAG
from tests.book_outputs import HIDDEN, keep_outputs
from tests.left_out import with_browser

COURSE = find_course()
NAMES = list(COURSE.notebook_paths())


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """A folder to build in, with outputs as if all notebooks had been run."""
    folder = tmp_path_factory.mktemp("book")
    keep_outputs(COURSE, folder / "outputs")
    return folder


def made(work, solutions):
    said = []
    site = work / ("all" if solutions else "students")
    build.build_site(COURSE, commands, site, solutions, work, said.append)
    assert not [line for line in said if "executing" in line]
    return site


@pytest.fixture(scope="session")
def site(work):
    return made(work, True)


@pytest.fixture(scope="session")
def students_site(work, site):
    return made(work, False)


class Page(HTMLParser):
    """The links, names and pictures of a page, and its words."""

    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.names, self.pictures, self.words = path, [], set(), [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.names |= {found[key] for key in ("id", "name") if found.get(key)}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("img", "script", "source") and "src" in found:
            self.links.append(found["src"])
        if tag == "link" and found.get("rel") == "stylesheet":
            self.links.append(found["href"])
        if tag == "img":
            self.pictures.append((found.get("src"), (found.get("alt") or "").strip()))

    def handle_data(self, data):
        self.words.append(data)


def pages(site):
    return {path.relative_to(site).as_posix(): read(path) for path in sorted(site.rglob("*.html"))}


@cache
def read(path):
    return Page(path)


def text_of(site):
    """Every word of a site: of its pages, and of the scripts that search and play."""
    words = " ".join(" ".join("".join(page.words).split()) for page in pages(site).values())
    return words + (site / "searchindex.js").read_text(encoding="utf-8")


# --- what is in it


@pytest.mark.slow
def test_every_chapter_is_there_and_small_enough(site, students_site):
    for folder in (site, students_site):
        for name in [*NAMES, "index", "notation", "checked", "bibliography", "genindex", "search"]:
            assert (folder / f"{name}.html").stat().st_size < 3e6, name
    assert sum(path.stat().st_size for path in students_site.rglob("*") if path.is_file()) < 25e6


@pytest.mark.slow
def test_every_link_and_picture_leads_somewhere(site, students_site):
    for folder in (site, students_site):
        found = pages(folder)
        assert len(found) > 10
        for name, page in found.items():
            for link in page.links:
                if re.match(r"(https?|mailto):", link):
                    continue
                path, _, place = link.partition("#")
                target = (page.path.parent / unquote(path.partition("?")[0])).resolve()
                target = page.path if not path else target
                assert target.is_file(), f"{name} links to {link}"
                if place and target.suffix == ".html":
                    other = found[target.relative_to(folder.resolve()).as_posix()]
                    assert unquote(place) in other.names, f"{name} links to {link}"


@pytest.mark.slow
def test_every_picture_is_described(site):
    described = [picture for page in pages(site).values() for picture in page.pictures]
    assert len(described) > 20
    assert [source for source, words in described if len(words) < 15] == []


@pytest.mark.slow
def test_every_equation_has_its_number_its_mark_and_its_test(site):
    found = pages(site)
    count = 0
    for name in NAMES:
        for cell in COURSE.read_notebook(name).cells:
            for tag in TAG.findall(cell.source) if cell.cell_type == "markdown" else []:
                place = "checked-" + tag.replace(".", "-")
                assert anchor(tag) in found[f"{name}.html"].names
                assert f"checked.html#{place}" in found[f"{name}.html"].links
                assert place in found["checked.html"].names
                count += 1
    assert count > 100


@pytest.mark.slow
def test_references_in_the_text_are_links(site):
    links = pages(site)["01_theory.html"].links
    assert "#equation-1-1-5" in links and "#figure-1-1" in links
    assert "#exercise-1-1" in pages(site)["01_theory.html"].links or (
        "01_theory.html#exercise-1-1" in pages(site)["02_network.html"].links
    )


@pytest.mark.slow
def test_works_are_cited_from_chapters(site):
    cited = {
        link.partition("#")[2]
        for name in NAMES
        for link in pages(site)[f"{name}.html"].links
        if link.startswith("bibliography.html#")
    }
    assert len(cited) >= 10
    assert cited <= pages(site)["bibliography.html"].names


@pytest.mark.slow
def test_the_index_names_sections(site):
    page = pages(site)["genindex.html"]
    words = " ".join("".join(page.words).split())
    assert re.search(r"softmax, 1\.1", words)
    assert any(link.startswith("01_theory.html#term-") for link in page.links)


@pytest.mark.slow
def test_the_reference_comes_from_the_docstrings(site):
    names = pages(site)["api/helpers.html"].names
    assert {"helpers.checking.notebook.check", "helpers.activations.relu"} <= names
    assert {"helpers.checking.expect.close"} <= pages(site)["api/checks.html"].names
    commands = "".join(pages(site)["api/commands.html"].words)
    assert "course grade" in commands and "--without-solutions" in commands


@pytest.mark.slow
def test_chapters_show_no_names_of_cells(site):
    for name in NAMES:
        words = "".join(pages(site)[f"{name}.html"].words)
        assert not re.search(r"\bq\d-\d|BEGIN SOLUTION|END SOLUTION|YOUR ANSWER HERE", words)


# --- the students' edition


def secrets():
    """Lines of solutions and sentences of model answers that students' notebooks do not hold."""
    notebooks = [COURSE.read_notebook(name) for name in NAMES]
    given = " ".join(
        " ".join(cell.source.split())
        for notebook in notebooks
        for cell in student_notebook(notebook).cells
    )
    for notebook in notebooks:
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code" and marks.get("solution"):
                for region in re.findall(
                    r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL
                ):
                    lines = (" ".join(line.split()) for line in region.splitlines())
                    yield from (n for n in lines if len(n) > 30 and n not in given)
            elif marks.get("solution") or is_rubric(cell) or is_solution_figure(cell):
                if cell.cell_type == "code":
                    continue
                for sentence in re.split(r"(?<=[.?!:])\s+", cell.source):
                    plain = " ".join(sentence.split())
                    if len(plain) > 40 and not re.search(r"[$`*_\[\]|>#]", plain):
                        yield plain


@pytest.mark.slow
def test_the_students_edition_holds_no_solution(site, students_site):
    hidden = list(secrets())
    assert len(hidden) > 200
    everything, shown = text_of(site), text_of(students_site)
    assert [secret for secret in hidden if secret in shown] == []
    assert HIDDEN in everything and HIDDEN not in shown
    there = sum(secret in everything for secret in hidden)
    assert there > 0.9 * len(hidden), "these secrets would be found nowhere"


@pytest.mark.slow
def test_the_students_edition_shows_where_it_goes(students_site):
    page = pages(students_site)["01_theory.html"]
    assert "raise NotImplementedError()" in "".join(page.words)
    assert any("figure" in source for source, _ in page.pictures)
    assert "checks pass" in "".join(page.words)
    notebooks = [COURSE.read_notebook(name) for name in NAMES]
    kept = build.shown_equations(notebooks, False)
    everything = build.shown_equations(notebooks, True)
    assert kept < everything
    assert not {anchor(tag) for tag in everything - kept} & page.names


# --- one PDF


@with_browser
@pytest.mark.slow
def test_the_pdf_has_contents_with_page_numbers(site):
    from pypdf import PdfReader

    printed = pdf.print_book(site, ["notation", "03_training"], "A part", lambda line: None)
    reader = PdfReader(printed)
    texts = [page.extract_text() for page in reader.pages]
    contents = next(text for text in texts if "Contents" in text)
    number = int(re.search(r"3\.1 Train the network\s*(\d+)", contents).group(1))
    assert "3.1 Train the network" in texts[number - 1]
    assert str(number) in texts[number - 1].split()
    assert len(reader.outline) > 1
    assert not (site / "print.html").exists()
    Path(printed).unlink()


# --- in a browser without network

PHONE, DESK = (390, 844), (1300, 1000)
SOURCE_LEFT = """
    const page = document.querySelector('article').cloneNode(true);
    page.querySelectorAll('math, pre, code, script, style').forEach((node) => node.remove());
    return page.textContent;"""
AXE = """
    const done = arguments[arguments.length - 1];
    axe.run({exclude: [['math']]}, {resultTypes: ['violations']}).then((found) => done(
        found.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map(
            (v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 99)).join(' | '))));
"""


@pytest.fixture
def browser(browser):
    """Cut off from any network while the book is looked at."""
    nothing = {"latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, **nothing})
    return browser


def show(browser, path, size=DESK, theme="light", query=""):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE},
    )
    browser.get(path.as_uri() + query)
    browser.execute_script("document.body.dataset.theme = arguments[0]", theme)


@pytest.fixture(scope="session")
def page_names(site):
    return sorted(pages(site))


@pytest.mark.slow
def test_every_page_loads_without_error_or_request(browser, site, page_names):
    browser.get_log("browser")
    for name in page_names:
        show(browser, site / name)
        loaded = browser.execute_script(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"
        )
        assert [address for address in loaded if not address.startswith(("file:", "data:"))] == []
        assert browser.execute_script("return document.styleSheets.length") >= 4
        assert [entry["message"] for entry in browser.get_log("browser")] == [], name


@pytest.mark.slow
def test_every_formula_is_set(browser, site):
    for name in [*NAMES, "notation", "checked"]:
        show(browser, site / f"{name}.html")
        left = browser.execute_script(SOURCE_LEFT)
        assert not re.search(r"\$[^$\n]+\$|\\frac|\\tag|\\sum|\\partial|\\begin\{", left), name
        tags = {
            tag
            for cell in (COURSE.read_notebook(name).cells if name in NAMES else [])
            for tag in (TAG.findall(cell.source) if cell.cell_type == "markdown" else [])
        }
        shown = browser.execute_script(
            "return Array.from(document.querySelectorAll('.equation[id]'), (equation) =>"
            " Array.from(equation.querySelectorAll('math'), (e) =>"
            " e.getBoundingClientRect()))"
            ".filter((parts) => parts.length && parts.every((r) => r.width > 5 && r.height > 5))"
            ".length"
        )
        assert shown == len(tags), name
    fonts = browser.execute_script(
        "return Array.from(document.fonts).filter((font) => font.status === 'loaded')"
        ".map((font) => font.family)"
    )
    assert "Book Math" in {family.strip('"') for family in fonts}


@pytest.mark.slow
def test_every_picture_shows(browser, site):
    for name in NAMES:
        show(browser, site / f"{name}.html")
        broken = browser.execute_async_script("""
            const done = arguments[arguments.length - 1];
            const pictures = Array.from(document.querySelectorAll('article img'));
            pictures.forEach((picture) => { picture.loading = 'eager'; });
            Promise.allSettled(pictures.map((p) => p.decode())).then(() => done(
                pictures.filter((p) => !p.naturalWidth).map((p) => p.src)));""")
        assert broken == [], name


@pytest.mark.slow
def test_search_finds_a_term(browser, site):
    browser.get_log("browser")
    show(browser, site / "search.html", query="?q=momentum&check_keywords=yes&area=default")
    from selenium.webdriver.support.ui import WebDriverWait

    def found(driver):  # results come in one after the other
        addresses = driver.execute_script(
            "return Array.from(document.querySelectorAll('#search-results li a'), (a) => a.href)"
        )
        return any("notation.html" in address for address in addresses)

    assert WebDriverWait(browser, 30).until(found)
    assert browser.get_log("browser") == []


@pytest.mark.slow
def test_light_and_dark(browser, site):
    seen = {}
    for theme in ("light", "dark"):
        show(browser, site / "01_theory.html", theme=theme)
        seen[theme] = browser.execute_script(
            "return ['body', 'article p', '.question', '.equation math'].map((where) => {"
            " const style = getComputedStyle(document.querySelector(where));"
            " return style.color + style.backgroundColor; })"
        )
    assert all(a != b for a, b in zip(seen["light"], seen["dark"], strict=True))


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(browser, site, page_names):
    for name in page_names:
        show(browser, site / name, PHONE)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= PHONE[0], name


@pytest.mark.slow
def test_the_front_page_is_one_screen(browser, site):
    show(browser, site / "index.html", (1440, 900))
    assert (
        browser.execute_script(
            "return document.querySelector('.front').getBoundingClientRect().bottom"
        )
        <= 900
    )
    read = browser.execute_script("return document.querySelector('.front-text').textContent")
    assert read.strip() == build.read_front().text


@pytest.mark.slow
def test_answers_open_and_close_and_a_link_opens_them(browser, site):
    show(browser, site / "01_theory.html")
    count = (
        "return [document.querySelectorAll('details.answer[open]').length, "
        "document.querySelectorAll('details.answer').length]"
    )
    opened, there = browser.execute_script(count)
    assert opened == there > 5
    browser.execute_script("document.querySelector('.answers-button').click()")
    assert browser.execute_script(count)[0] == 0
    browser.execute_script("location.hash = '#equation-1-4-5'")
    browser.execute_async_script("setTimeout(arguments[arguments.length - 1], 300)")
    assert browser.execute_script(count)[0] == 1


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_audit_finds_no_serious_fault(browser, site, page_names, theme):
    from importlib.resources import files

    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    browser.set_script_timeout(120)
    names = page_names if theme == "light" else ["index.html", "01_theory.html", "04_ocr.html"]
    for name in names:
        show(browser, site / name, theme=theme)
        browser.execute_script(axe)
        assert browser.execute_async_script(AXE) == [], name
