"""What grading shows: right for honest results, harmless for hostile ones."""

import base64
import csv
import dataclasses
import io
import json
import os
import re
from html.parser import HTMLParser

import pytest
from markupsafe import Markup
from PIL import Image, PngImagePlugin
from rich.console import Console

from autograder.course.course import find_course
from autograder.grading.store import Place, keep
from autograder.judging.verdicts import (
    STATUSES,
    ExerciseVerdict,
    SubmissionResult,
    WrittenAnswer,
    from_json,
)
from autograder.report import (
    class_table,
    pictures,
    summary,
    write_feedback,
    write_grades_csv,
    write_report,
    write_totals_csv,
)
from autograder.report.budget import PageBudget
from autograder.report.charts import histogram, strip
from autograder.report.class_report import relative, report_html
from autograder.report.markdown import MAX_LENGTH, sanitise, to_html
from autograder.report.maths import to_mathml
from autograder.report.pages import feedback_html
from autograder.report.rendering import MARKS, content_policy, number, render, stylesheet
from autograder.report.source import python
from autograder.report.text import clean, show_name
from helpers.checking.catalogue import catalogue
from helpers.checking.runner import CheckResult
from tests.example_results import example_class


@pytest.fixture(scope="module")
def results():
    return example_class()


@pytest.fixture(scope="module")
def page(results):
    return feedback_html(results[0])


class Elements(HTMLParser):
    """Every element of a page with its attributes, and its text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.words = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def submission(**changes):
    """A submission of one exercise whose one public check fails; changes go to the check."""
    check = CheckResult(**{
        "check": "2.2.2/rows", "exercise": "2.2.2", "points": 1.0, "status": "fail",
        "problem": "PROBLEM", "hint": "HINT", "diagnosis": "DIAGNOSIS", "called": "CALLED",
        "got": "GOT", "expected": "EXPECTED", "traceback": "TRACEBACK", **changes,
    })  # fmt: skip
    verdict = ExerciseVerdict("2.2.2", "Softmax", "02_network", 0.0, 1.0, "fail", "PROBLEM",
                              (check,), "def softmax(x): pass")  # fmt: skip
    return SubmissionResult("ada", (verdict,))


def written(source, attachments=None):
    answer = WrittenAnswer("q2-1-1", "2.1.1", "Zeros", "02_network", 2.0, "answered", source,
                           attachments or {})  # fmt: skip
    return SubmissionResult("ada", (), (answer,))


# --- the feedback page -------------------------------------------------------------------


def test_the_page_says_who_and_how_many_points(results, page):
    text = Elements(page).text
    assert "Ada Byron" in text
    assert "18 of 28.5 points" in text
    assert "Up to 9 more points" in text
    assert results[0].seed and results[0].seed not in page  # whoever has it knows every input


def test_every_exercise_has_its_verdict_in_words_and_a_symbol(results, page):
    text = Elements(page).text
    for verdict in results[0].verdicts:
        assert f"{verdict.exercise} {verdict.title}" in text
        mark = MARKS[verdict.status]
        assert f"{mark.symbol}{mark.words}" in text.replace(f"{mark.symbol} ", mark.symbol)


def test_marks_are_told_apart_without_colour():
    assert set(MARKS) == set(STATUSES)
    assert len({mark.symbol for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.words for mark in MARKS.values()}) == len(MARKS)


def test_a_public_check_shows_everything_that_helps():
    raised = Elements(feedback_html(submission())).text
    for word in ("PROBLEM", "DIAGNOSIS", "CALLED", "GOT", "EXPECTED", "TRACEBACK"):
        assert word in raised
    assert "HINT" in raised, "it says what the exception means"
    assert "HINT" in Elements(feedback_html(submission(traceback=""))).text


def test_a_hidden_check_shows_what_is_wrong_and_no_values():
    html = feedback_html(submission(public=False, traceback="", told="TOLD"))
    assert "TOLD" in html and "HINT" in html and "DIAGNOSIS" in html
    html += feedback_html(submission(public=False))
    for word in ("PROBLEM", "CALLED", "GOT", "EXPECTED", "TRACEBACK"):
        assert word not in html


@pytest.mark.parametrize("public", [True, False])
def test_the_numbers_of_a_hidden_check_stay_hidden(public):
    """Comparisons put the worst entry into their sentence; a hidden check's must not show."""
    sentence = "the slope is wrong, most of all at [0, 1]: -0.243204, not 1.5e-07"
    result = submission(public=public, problem=sentence, told="the slope is wrong")
    verdict = dataclasses.replace(result.verdicts[0], message=sentence)
    html = feedback_html(dataclasses.replace(result, verdicts=(verdict,)))
    assert "the slope is wrong" in html
    assert ("0.243204" in html) == ("most of all at [0, 1]" in html) == public


@pytest.mark.parametrize("public", [True, False])
def test_a_broken_check_shows_the_student_nothing_of_the_judge(public):
    result = submission(public=public, status="error", problem="SECRET", traceback="SECRET")
    verdict = dataclasses.replace(result.verdicts[0], status="error", message="SECRET")
    html = feedback_html(dataclasses.replace(result, verdicts=(verdict,)))
    for word in ("SECRET", "GOT", "EXPECTED", "CALLED"):
        assert word not in html
    assert "your instructor will look" in html


def test_a_passed_check_says_so_and_no_more():
    html = feedback_html(submission(status="pass"))
    assert "GOT" not in html and "HINT" not in html


def test_a_stand_in_is_named_with_its_exercise(page):
    text = Elements(page).text
    assert "Graded with the reference softmax: 2.2.2 does not pass all its checks." in text


def test_a_stand_in_says_of_its_exercise_what_is_true():
    """Of the functions of one exercise some may be right."""
    earlier = ExerciseVerdict("2.2.1", "Forward", "02_network", 0.0, 1.0, "missing", "none")
    later = ExerciseVerdict("2.4", "Training", "02_network", 1.0, 1.0, "pass", "all",
                            replaced=("sigmoid", "forward"))  # fmt: skip
    said = "Graded with the reference sigmoid, forward: 2.2.1 "
    for status, why in (("missing", "is not written yet."), ("partial", "does not pass all its")):
        both = (dataclasses.replace(earlier, status=status), later)
        text = Elements(feedback_html(SubmissionResult("ada", both))).text
        assert text.count("Graded with") == 1 and said + why in text
    both = (earlier, dataclasses.replace(later, status="missing"))
    assert "Graded with" not in feedback_html(SubmissionResult("ada", both))


def test_prose_in_a_notebook_that_cannot_be_read_is_not_said_to_be_missing():
    result = written("")
    answer = dataclasses.replace(result.written[0], status="unreadable")
    text = Elements(feedback_html(dataclasses.replace(result, written=(answer,)))).text
    assert text.count("could not be read") == 2 and "nothing written" not in text


def test_what_is_there_in_place_of_notebooks_is_for_a_person_to_look_at():
    said = "there is no notebook of the course in it, but 02_network.py"
    result = dataclasses.replace(submission(), instead=said)
    (trouble,) = summary.troubles([submission(), result])
    assert (trouble.student, trouble.everything, trouble.message) == ("ada", True, said)
    text = Elements(report_html([result], {})).text
    assert text.index("Needs a person to look") < text.index(said) < text.index("The class")


def test_the_banner_shows_only_without_the_sandbox(results):
    outside = dataclasses.replace(results[0], sandboxed=False)
    assert "without the sandbox" in feedback_html(outside)
    assert "without the sandbox" not in feedback_html(results[0])
    assert "without the sandbox" in report_html([outside, *results[1:]], {})
    assert "without the sandbox" not in report_html(results, {})


def test_a_page_for_nothing_at_all():
    empty = SubmissionResult("", ())
    assert "(no name)" in Elements(feedback_html(empty)).text
    assert "0 of 0 points" in Elements(feedback_html(empty)).text
    assert "There are no submissions" in report_html([], {})
    assert report_html([empty], {})


def test_everything_right_is_praised_and_nothing_else(results):
    right = submission(status="pass")
    verdict = dataclasses.replace(right.verdicts[0], status="pass", points=1.0)
    assert "Well done" in feedback_html(dataclasses.replace(right, verdicts=(verdict,)))
    assert "Well done" not in feedback_html(results[0])


def test_code_and_written_answer_of_one_exercise_stand_together(page):
    article = page[page.index('<article id="e1-5"') :]
    article = article[: article.index("</article>")]
    assert "value of dw" in article and "graded by your instructor" in article


def test_the_student_source_is_coloured_by_classes_that_the_style_sheet_has(results):
    html = python(results[0].verdicts[5].answer + "# c\nx = 'é' + 1.5", PageBudget())
    assert re.search(r'<span class="line"><span class="k">def</span>', html)
    for name in ("k", "nf", "s1", "c1", "mf"):
        assert f'class="{name}"' in html
        assert f".source .{name}" in stylesheet()


# --- one file, no script, no address -----------------------------------------------------


@pytest.fixture(scope="module", params=["feedback", "report"])
def any_page(request, results, page):
    return page if request.param == "feedback" else report_html(results, {"Ada Byron": "a.html"})


def test_a_page_needs_nothing_from_outside(any_page):
    elements = Elements(any_page).elements
    assert not {"script", "iframe", "object", "embed", "form", "base"} & {t for t, _ in elements}
    for tag, attributes in elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert attributes.get("src", "data:image/png;base64,").startswith("data:image/")
        if tag == "link":
            assert attributes["href"] == "data:,"
        else:
            assert attributes.get("href", "#").startswith(("#", "./"))
    assert "url(" not in stylesheet() and "@import" not in stylesheet()


def test_the_policy_allows_our_style_and_pictures_alone(any_page):
    policy = next(a["content"] for _, a in Elements(any_page).elements
                  if a.get("http-equiv") == "Content-Security-Policy")  # fmt: skip
    assert policy == content_policy()
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["img-src"] == "data:"
    assert "unsafe" not in policy


def test_no_two_elements_share_an_id(any_page):
    ids = [a["id"] for _, a in Elements(any_page).elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_page_leads_somewhere(page):
    elements = Elements(page).elements
    ids = {a["id"] for _, a in elements if "id" in a}
    links = {a["href"][1:] for t, a in elements if t == "a" and a["href"].startswith("#")}
    assert links and links <= ids


def test_a_template_cannot_forget_to_escape():
    html = render("feedback.html.j2", **{
        "course": find_course(),
        "result": SubmissionResult("<b>\u202e", ()), "strip": Markup(""), "chapters": [],
        "tally": [], "next_steps": [], "all_right": False, "lead": str, "no_verdict": False,
        "written_points": 0,
        "pictures": (), "pictures_left_out": 0, "remarks": ["<i>\ud800"], "late": ["<i>"],
    })  # fmt: skip
    assert "<b>" not in html and "<i>" not in html
    assert "\u202e" not in html and "\ud800" not in html


# --- hostile text ------------------------------------------------------------------------

PAYLOADS = (
    "<script>pwned=1</script>",
    "</style><script>pwned=1</script>",
    "</title><script>pwned=1</script>",
    "</textarea></pre></code><img src=x onerror=pwned=1>",
    "\"><svg onload=pwned=1>",
    "' onmouseover=pwned=1 x='",
    "<a href=javascript:pwned=1>x</a>",
    "[x](javascript:pwned=1)",
    "{{ 7*7 }}{% raw %}",
    "<math><mtext></p><style><!--</style><img title='--><img src=x onerror=pwned=1>'>",
    r"$\text{<img src=x onerror=pwned=1>}$",
    r"$\href{javascript:pwned=1}{x}\class{x' onclick='pwned=1}{y}\style{a}{b}$",
    "![<img src=x onerror=pwned=1>](attachment:x)",
)  # fmt: skip


def planted(payload):
    """A submission with a text in every field that a student can reach."""
    check = CheckResult(payload, "2.2.2", 1.0, "fail", True, *[payload] * 6)
    hidden = dataclasses.replace(check, public=False)
    verdict = ExerciseVerdict(payload, payload, payload, 0.0, 1.0, "fail", payload,
                              (check, hidden), payload, (payload,))  # fmt: skip
    broken = dataclasses.replace(verdict, exercise="9.9", status="error",
                                 checks=(dataclasses.replace(check, status="error"),))  # fmt: skip
    answer = WrittenAnswer(payload, payload, payload, payload, 1.0, "answered", payload,
                           {payload: {payload: payload},
                            "x": {"image/svg+xml": payload}})  # fmt: skip
    return SubmissionResult(payload, (verdict, broken), (answer,), (payload,), (payload,), payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_planted_text_stays_text(payload):
    result = planted(payload)
    for html in (feedback_html(result), report_html([result], {payload: payload})):
        parsed = Elements(html)
        tags = {tag for tag, _ in parsed.elements}
        assert not tags & {"script", "iframe", "object", "img"}
        for _, attributes in parsed.elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert attributes.get("href", "#").startswith(("#", "./", "data:,"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("\x1b[2J\x00", "␛[2J␀"),
        ("\ud800", "\ufffd"),
        ("\uffff", "\ufffd"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("José, 李, علی\u200cرضا, 👩\u200d🔬", "José, 李, علی\u200cرضا, 👩\u200d🔬"),
    ],
)
def test_every_character_is_visible_and_can_be_written(text, shown):
    assert clean(text) == shown
    assert shown in Elements(feedback_html(submission(problem=text.replace("\r", ""))).replace(
        "\n", " ")).text or "\n" in shown  # fmt: skip
    clean(text).encode("utf-8")


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\u200d", "\n\n"])
def test_a_name_is_never_invisible(name):
    assert show_name(name).strip("\u200d \n")


@pytest.mark.parametrize(
    "source",
    [
        "x" * 10_000_000,
        "[" * 20_000,
        "![" * 10_000,
        "> " * 10_000,
        "- " * 10_000,
        "$a$ " * 5_000,
        "$$\n" * 6_000,
        "\\begin{align}\n" * 1_400,
        "|a" * 1_500 + "|\n" + "|-" * 1_500 + "|\n" + "|\n" * 2_000,
        "$" + "\\sqrt{" * 400 + "x" + "}" * 400 + "$",
        "$" + "{" * 2_900 + "$",
        "$" + "\\frac" * 500 + "$",
        "$" + "x^" * 1_400 + "$",
        "$\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}\\a$",
        "*a **b _c " * 2_000,
        "\ud800" * 1_000,
    ],
    ids=lambda source: source[:12].encode("ascii", "replace").decode(),
)
def test_a_pathological_answer_gives_a_page_of_modest_size(source):
    html = feedback_html(written(source))
    assert len(html) < 2_000_000
    assert html.rstrip().endswith("</html>")
    html.encode("utf-8")


def test_a_long_source_is_cut_and_says_so():
    verdict = dataclasses.replace(submission().verdicts[0], answer="x = 1\n" * 2_000_000)
    html = feedback_html(SubmissionResult("ada", (verdict,)))
    assert len(html) < 200_000
    assert "only its beginning is shown" in html


def test_many_long_answers_share_one_budget():
    answers = tuple(
        WrittenAnswer(f"q{i}", f"9.{i}", "t", "02_network", 1.0, "answered", "*a* $x$ " * 2_400)
        for i in range(12)
    )
    html = feedback_html(SubmissionResult("ada", (), answers))
    assert html.count('<pre class="plain">') == 9  # 19,200 of 60,000 characters each
    assert len(html) < 2_000_000


def test_no_field_brings_invisible_characters_along():
    result = planted("\u202ea\u200bb\x1b\ud800\u2066")
    for html in (feedback_html(result), report_html([result], {})):
        assert "⟨U+202E⟩a⟨U+200B⟩b␛" in html
        assert not re.search("[\u202e\u200b\x1b\ud800\u2066]", html)


# --- Markdown and maths ------------------------------------------------------------------


def test_markdown_does_what_students_use():
    html = to_html("## Why\n\n1. *a* **b** `c`\n\n> d\n\n```\ne < f\n```\n\n|g|\n|-:|\n|h|\n",
                   {}, PageBudget())  # fmt: skip
    for piece in ("<h4>Why</h4>", "<ol>", "<em>a</em>", "<strong>b</strong>", "<code>c</code>",
                  "<blockquote>", "e &lt; f", '<td class="right">h</td>'):  # fmt: skip
        assert piece in html


def test_links_show_where_they_lead_and_lead_nowhere():
    html = to_html("[x *y*](https://a.b/c) <https://d.e> [f](mailto:g@h)", {}, PageBudget())
    assert "<a" not in html
    for address in ("(https://a.b/c)", "https://d.e", "(mailto:g@h)"):
        assert address in html


@pytest.mark.parametrize("latex", [
    r"a_i^2", r"\frac{\partial J}{\partial W}", r"\boldsymbol{\delta}\,\mathbf{x}^\top",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"\begin{cases} 1 & x>0 \\ 0 & x \le 0 \end{cases}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", r"\mathbb{R}^{N \times D}", r"\mathcal{L}",
    r"\operatorname{softmax}(x)_i", r"\sum_{j=1}^{C} e^{x_j - c}", r"\left\lVert W \right\rVert",
    r"\underbrace{a+b}_{c}", r"\hat{y}", r"\tag{1.4.3} x", r"\text{if } x", r"\bigl( x \bigr)",
    r"\max_i x_i", r"\lim_{x \to \infty}", r"\sqrt[3]{x}", r"x \odot y", r"\tfrac14",
])  # fmt: skip
@pytest.mark.parametrize("display", [True, False])
def test_the_formulas_of_the_course_become_mathml(latex, display):
    html = to_mathml(latex, display=display)
    assert html.startswith("<math")
    assert "\\" not in html
    assert to_html(f"$${latex}$$", {}, PageBudget()).count("<math") == 1


def test_sanitising_takes_nothing_from_an_honest_formula():
    latex = (
        r"\begin{aligned} \max_i \mathrm{d}x &\le \left(\tfrac12\right)^2 \\"
        r" a &< \bar b \end{aligned}"
    )
    rendered = to_mathml(latex, display=True)
    assert str(rendered) in to_html(f"$${latex}$$", {}, PageBudget())


def test_bold_and_script_letters_are_characters():
    assert "𝐖" in to_mathml(r"\mathbf{W}")
    assert "ℒ" in to_mathml(r"\mathcal{L}")
    assert "𝜹" in to_mathml(r"\boldsymbol{\delta}")
    assert "ℝ" in to_mathml(r"\mathbb R")


@pytest.mark.parametrize(("latex", "pieces"), [
    (r"\sigma(-x) = -1", [r'<mo form="prefix">−</mo><mi>x</mi>', r'<mo form="prefix">−</mo><mn>1']),
    ("a - b", ["<mo>−</mo>"]),
    ("1 + \\dots + n", ["…</mo><mo>+</mo>"]),
    ("e^{a - b}", ['<mo lspace="0em" rspace="0em">−</mo>']),
    (r"1{,}000", ['<mo lspace="0em" rspace="0em">,</mo>']),
    ("a, b", ["<mo>,</mo>"]),
    (r"2 \ln x", ['</mn><mspace width="0.167em"></mspace><mi>ln</mi><mspace width="0.167em">']),
    (r"\ln(x)", ["<mi>ln</mi><mo"]),
    (r"\operatorname{softmax}(x)", ["<mi>softmax</mi><mo"]),
    (r"\max_i x", ['<munder><mo lspace="0em" movablelimits="true" rspace="0em">max</mo><mi>i']),
    (r"\sum_{i} x", ["<munder><mo>∑</mo>"]),
    (r"|a| + |-b|", ['<mo form="postfix" stretchy="false">|</mo><mo>+</mo><mo form="prefix"',
                    '<mo form="prefix">−</mo>']),
    (r"\hat x", ['<mover accent="true"><mi>x</mi><mo stretchy="false">ˆ']),
    (r"\widehat{ab}", ['<mover accent="true"><mrow>', "<mo>^</mo>"]),
    (r"\bigl( a \bigr)^2", ["<msup><mrow><mo", "</mo></mrow><mn>2</mn></msup>"]),
])  # fmt: skip
def test_spaces_limits_and_accents_are_those_of_tex(latex, pieces):
    for piece in pieces:
        assert piece in to_mathml(latex)


def test_a_formula_cannot_draw_over_the_page():
    html = to_mathml(r"\hspace{-99em}\rule{500em}{500em}\raise 90em{x}\color{white}{y}"
                     r"\colorbox{red}{z}\style{position:fixed}{w}")  # fmt: skip
    assert not re.search(r"[0-9]{2}em|color|style=|background|height", html)


@pytest.mark.parametrize("command", [r"\newcommand{\a}{\b\b}", r"\renewcommand\a{b}", r"\def\a{b}",
                                     r"\gdef\a{b}", r"\let\a\b"])  # fmt: skip
def test_a_formula_defines_no_commands(command):
    """Each could stand for two of the one before: thirty of them for a thousand million."""
    assert to_mathml(command + "x").startswith('<code class="tex">')


def test_a_formula_too_deep_to_draw_is_shown_as_source():
    assert to_mathml(r"\sqrt{" * 15 + "x" + "}" * 15).startswith("<math")
    assert to_mathml(r"\sqrt{" * 60 + "x" + "}" * 60).startswith("<code")


def test_the_sanitiser_alone_would_do():
    for payload in PAYLOADS:
        tags = Elements(sanitise(payload)).elements
        for tag, attributes in tags:
            assert tag in ("math", "mtext", "p", "img", "pre", "code")
            assert not attributes.keys() - {"alt"}


@pytest.mark.parametrize("latex", [r"\frac{1", r"\left(", "{" * 999, "x" * 3001, r"\def\a{b}",
                                   r"\begin{matrix}", "_", "^^"])  # fmt: skip
def test_a_formula_that_is_not_understood_is_shown_as_source(latex):
    html = to_mathml(latex)
    assert html == "" or html.startswith(('<code class="tex">', "<math"))
    if not html.startswith("<math"):
        assert Markup.escape(latex) in html


# --- pictures ----------------------------------------------------------------------------


def encoded(kind="PNG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return base64.b64encode(out.getvalue()).decode()


def shown(text, **budget):
    picture = pictures.from_base64(text, PageBudget(**budget))
    return picture, base64.b64decode(picture.uri.partition(",")[2])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_pictures_of_the_three_kinds_are_shown(kind):
    picture, data = shown(encoded(kind))
    assert (picture.width, picture.height) == (40, 30)
    assert Image.open(io.BytesIO(data)).size == (40, 30)


def test_a_large_picture_is_made_smaller():
    picture, _ = shown(encoded("JPEG", (4000, 3000)))
    assert max(picture.width, picture.height) <= pictures.SHOWN_SIDE


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)  # GPS latitude
    picture, data = shown(encoded("JPEG", exif=exif))
    assert (picture.width, picture.height) == (30, 40)
    assert not Image.open(io.BytesIO(data)).getexif()


def test_what_hides_in_a_picture_does_not_come_along():
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "<script>pwned=1</script>")
    text = encoded(pnginfo=info)
    polyglot = base64.b64encode(base64.b64decode(text) + b"<script>pwned=1</script>").decode()
    assert b"script" in base64.b64decode(polyglot)
    assert b"script" not in shown(polyglot)[1]


def _svg():
    return base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>").decode()


def _many_scans():
    data = base64.b64decode(encoded("JPEG", progressive=True))
    start = data.index(b"\xff\xda")
    return base64.b64encode(data[:start] + data[start:-2] * 200 + data[-2:]).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "no base64 at all", "PHN2Zz4=", _svg(), encoded()[:60],
        encoded()[:70] + "AAAA" + encoded()[74:],
        encoded(size=(6000, 6000)), encoded("BMP"), _many_scans(),
        "data:image/png;base64," + encoded(), "A" * 17_000_000, None,
    ],
    ids=lambda text: str(text)[:12],
)  # fmt: skip
def test_other_pictures_are_refused(text):
    with pytest.raises(pictures.PictureRefused):
        pictures.from_base64(text, PageBudget())


def test_a_page_shows_only_so_many_pictures():
    budget = PageBudget(pictures=2)
    for _ in range(2):
        pictures.from_base64(encoded(), budget)
    with pytest.raises(pictures.PictureRefused, match="too many"):
        pictures.from_base64(encoded(), budget)


def test_an_attachment_is_shown_where_the_answer_refers_to_it():
    html = to_html("![a *drawing*](attachment:my%20drawing.png)",
                   {"my drawing.png": {"image/png": encoded()}}, PageBudget())  # fmt: skip
    picture = next(a for tag, a in Elements(html).elements if tag == "img")
    assert picture["src"].startswith("data:image/png;base64,")
    assert picture["alt"] == "a *drawing*"


@pytest.mark.parametrize("address", ["https://evil.example/x.png", "attachment:none.png", "x.png",
                                     "attachment:vector.svg", "data:image/png;base64,AAAA",
                                     "//evil.example/x.png"])  # fmt: skip
def test_no_other_picture_is_fetched(address):
    html = to_html(f"![alt]({address})", {"vector.svg": {"image/svg+xml": "<svg/>"}}, PageBudget())
    assert "<img" not in html
    assert "Picture “alt”" in html


# --- the class report --------------------------------------------------------------------


def test_the_report_names_everyone_in_order(results):
    html = report_html(list(reversed(results)), {})
    names = [f"<bdi>{result.student}</bdi>" for result in results]
    table = html[html.index('<table class="class">') :]
    positions = [table.index(name) for name in names]
    assert positions == sorted(positions)


def test_what_needs_a_person_comes_first(results):
    html = report_html(results, {})
    assert html.index("Needs a person to look") < html.index("The class</h2>")
    assert "SandboxError: the process ended" in html
    assert "Needs a person" not in report_html(results[1:], {})


def test_one_reason_is_one_trouble(results):
    """An archive that cannot be opened is one line, not one for every exercise."""
    verdicts = tuple(
        dataclasses.replace(v, status="error", message="the archive is damaged", checks=())
        for v in results[0].verdicts
    )
    broken = dataclasses.replace(results[0], verdicts=verdicts)
    (trouble,) = summary.troubles([broken])
    assert trouble.everything and len(trouble.exercises) == len(verdicts)
    html = report_html([broken], {})
    assert "everything: the archive is damaged" in Elements(html).text
    page = feedback_html(broken)  # why nothing could be graded is the first thing to read
    assert page.index("Noticed in what you") < page.index("All exercises")
    honest = feedback_html(results[0])
    assert honest.index("Noticed in what you") > honest.index("All exercises")
    (single,) = summary.troubles(results[:1])
    assert single.exercises == ("1.3",) and not single.everything


def test_statistics_count_every_student_once(results):
    for item in summary.statistics(results):
        assert sum(item.counts.values()) == len(results) == item.students
        verdicts = [v for r in results for v in r.verdicts if v.exercise == item.exercise]
        assert item.mean == pytest.approx(sum(v.points for v in verdicts) / len(verdicts))
        assert all(0 <= share <= 1 for share in item.shares)


def test_failing_checks_are_ranked_and_do_not_count_who_wrote_nothing(results):
    found = summary.failing_checks(results, limit=100)
    numbers = [len(check.students) for check in found]
    assert numbers == sorted(numbers, reverse=True)
    for check in found:
        assert "Zed (empty folder)" not in check.students
        assert len(check.students) <= check.tried
        assert sum(count for _, count in check.messages) <= len(check.students)


def test_each_exercise_has_one_place_among_what_to_teach():
    def check(name, status="fail", problem="wrong"):
        return CheckResult(name, name.partition("/")[0], 1.0, status, problem=problem)

    lists = [[check("2.2.2/a"), check("2.2.2/b"), check("2.4/c")], [check("2.2.2/b")],
             [check("1.4/d", problem="not called: the time for this exercise is used up")] * 9,
             [check("2.2.2/a", "pass"), check("2.2.2/b")]]  # fmt: skip
    class_ = [
        SubmissionResult(f"s{i}", tuple(
            ExerciseVerdict(c.exercise, c.exercise, "", 0.0, 1.0, "fail", "", (c,)) for c in checks
        ))
        for i, checks in enumerate(lists)
    ]  # fmt: skip
    found = summary.failing_checks(class_)
    assert [(f.check, len(f.students), f.others) for f in found] == [
        ("2.2.2/b", 3, 1), ("2.4/c", 1, 0)
    ]  # fmt: skip
    assert "1 more check of this exercise fails" in Elements(report_html(class_, {})).text


def test_the_known_mistake_is_named_rather_than_the_number_it_gave():
    classmates = [submission(problem=f"rows sum to {i}", diagnosis="the axis") for i in range(5)]
    (found,) = summary.failing_checks(classmates)
    assert found.messages == (("the axis", 5),)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example", "https://evil.example",
                                  "a b#c?d.html", "\\\\evil\\x", "\ud800",
                                  "data:text/html,x"])  # fmt: skip
def test_feedback_links_stay_beside_the_report(link):
    address = relative(link)
    assert address.startswith("./") and not address.startswith(".//")
    assert not re.search(r"[:?#\\\s]", address)


def test_a_class_of_hundreds_stays_light(results):
    crowd = [dataclasses.replace(result, student=f"{result.student} {i}")
             for i in range(20) for result in results]  # fmt: skip
    html = report_html(crowd, {result.student: f"{result.student}.html" for result in crowd})
    assert len(crowd) == 480
    assert len(html) < 1_000_000


def test_an_unknown_status_needs_a_person(results):
    verdict = dataclasses.replace(results[0].verdicts[0], status="<odd>")
    odd = dataclasses.replace(results[0], verdicts=(verdict,))
    assert 'class="error"' in report_html([odd], {})
    assert "no verdict yet" in feedback_html(odd)


def test_charts_are_drawn_from_the_numbers(results):
    assert "2 at 0 %; 1 at 50 %; 3 at 100 %" in histogram([0, 0, 0.5, 1, 1, 1], "Points")
    assert "1 at 90 %" in histogram([0.99], "Points")  # 100 % is for who has everything
    widths = [float(w) + 3 for w in re.findall(r'width="([\d.]+)"', strip(results[0].verdicts))]
    assert sum(widths) == pytest.approx(1000, abs=1)


# --- files -------------------------------------------------------------------------------


def test_the_grades_have_exactly_the_columns_and_a_row_per_exercise(results, tmp_path):
    write_grades_csv(results, tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["student", "exercise", "points", "max_points", "status", "message"]
    assert len(rows) == sum(len(result.verdicts) for result in results)
    assert {row["status"] for row in rows} <= set(STATUSES)
    total = sum(float(row["points"]) for row in rows if row["student"] == "Ada Byron")
    assert total == results[0].points


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1",
                                  '"=1', "|calc", "%0A=1"])  # fmt: skip
def test_no_cell_is_a_formula(name, tmp_path):
    verdict = dataclasses.replace(submission().verdicts[0], message=f"{name}\nsecond line")
    write_grades_csv([SubmissionResult(name, (verdict,))], tmp_path / "g.csv")
    with open(tmp_path / "g.csv", encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    for cell in (row[0], row[5]):
        assert re.match(r"['␉]", cell), cell
        assert "\n" not in cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", " \t=", '"=', "\uff1d"])
def test_no_formula_begins_behind_a_semicolon_either(start, tmp_path):
    """Where the list separator is a semicolon, a spreadsheet splits the cell there."""
    verdict = ExerciseVerdict("2.2.2", "", "02_network", 0.0, 1.0, "fail", f"x;{start}HYPERLINK(1)")
    write_grades_csv([SubmissionResult(f"csv;{start}1+1", (verdict,))], tmp_path / "g.csv")
    for line in (tmp_path / "g.csv").read_text(encoding="utf-8").splitlines():
        for part in line.replace(",", ";").split(";"):
            assert not part.strip("\"' ").startswith(("=", "+", "-", "@", "|", "\uff1d")) or (
                part.lstrip().startswith("'")
            )


def test_the_totals_are_a_row_a_student_and_a_column_a_notebook(tmp_path):
    def verdict(exercise, notebook, points):
        return ExerciseVerdict(exercise, "", notebook, points, 2.0, "partial", "")

    both = (verdict("1.3", "01_theory", 0.5), verdict("2.4", "02_network", 1.25),
            verdict("2.5", "02_network", 1.0))  # fmt: skip
    results = [SubmissionResult("ada", both), SubmissionResult("=b", both[:1])]
    write_totals_csv(results, tmp_path / "totals.csv")
    assert (tmp_path / "totals.csv").read_text(encoding="utf-8") == (
        "student,points,max_points,01_theory,02_network\nada,2.75,6,0.5,2.25\n'=b,0.5,2,0.5,0\n"
    )


def test_json_comes_back_unchanged(results, tmp_path):
    hostile = dataclasses.replace(results[0], student="\ud800\x00\u202e")
    for position, result in enumerate([results[0], hostile]):
        path = tmp_path / f"{position}.json"
        keep(result, Place(path, tmp_path / "page.html"))
        assert from_json(json.loads(path.read_text(encoding="utf-8"))) == result


@pytest.mark.parametrize("write", [
    lambda result, path: keep(result, Place(path, path)),
    lambda result, path: write_feedback(result, path),
    lambda result, path: write_grades_csv([result], path),
    lambda result, path: write_report([result], path, feedback_links={}),
])  # fmt: skip
def test_a_file_is_there_whole_or_not_at_all(write, results, tmp_path, monkeypatch):
    path = tmp_path / "deep" / "file"
    write(results[0], path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(results[1], path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["file"]


# --- the terminal ------------------------------------------------------------------------


def printed(results, width=100):
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    console.print(class_table(results, width))
    return console.file.getvalue()


def test_the_table_fits_with_a_mark_per_exercise(results):
    text = printed(results)
    assert max(map(len, text.splitlines())) <= 100
    row = next(line for line in text.splitlines() if line.startswith("Ada Byron"))
    marks = [MARKS[verdict.status].symbol for verdict in results[0].verdicts]
    assert row.split()[2:-3] == marks
    assert row.endswith("18 / 28.5")


def whole_course(student, share=0.775):
    """A student's result in every exercise of the course."""
    verdicts = tuple(
        ExerciseVerdict(e.id, e.title, e.notebook, share * 3.5, 3.5, "partial", "")
        for e in catalogue().graded
    )
    return SubmissionResult(student, verdicts)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 300])
def test_the_whole_course_fits_and_no_points_are_cut(width):
    results = [whole_course("Ada Byron"), whole_course("x" * 60, share=1)]
    text = printed(results, width)
    assert max(map(len, text.splitlines())) <= width
    for result in results:
        said = f"{number(result.points)} / {number(result.max_points)}"
        (row,) = [line for line in text.splitlines() if line.rstrip().endswith(said)]
        assert row.startswith(result.student[:7])
    if width == 80:  # the points of each notebook
        row = next(line for line in text.splitlines() if line.startswith("Ada Byron"))
        assert len(row.split()) == 2 + len({e.notebook for e in catalogue().graded}) + 3
        assert "points in 01_theory, 02_network" in text
    assert (MARKS["partial"].symbol in text) == (width >= 120)


def test_names_cannot_command_the_terminal(results):
    mallory = dataclasses.replace(results[0], student="\x1b[2J[red]M\x07\u202e\n" + "x" * 500)
    text = printed([mallory])
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    assert "␛[2J[red]M" in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_limit_of_prose_is_what_the_note_says():
    assert "only its beginning" not in to_html("a" * MAX_LENGTH, {}, PageBudget())
    assert "only its beginning" in to_html("a" * (MAX_LENGTH + 1), {}, PageBudget())
