"""Behind Gradescope: the file of results as its specification describes it, and the archive."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from autograder.commands.gradescope import VISIBILITIES
from autograder.commands.main import main
from autograder.course.course import find_course
from autograder.gradescope import results as gradescope
from autograder.gradescope.pack import pack
from autograder.gradescope.results import as_gradescope, for_the_instructor
from autograder.grading import class_run as classroom
from autograder.intake.submissions import find_submissions
from exercises.sample_class.submissions import HOSTILE, as_bytes, student_notebook, with_chaffs
from exercises.sample_class.submissions import write_submission as write
from helpers.errors import CourseDirectoryError, CourseError, ExerciseError, SandboxError
from tests.example_results import example_class

# What Gradescope's "Autograder Specifications" allow, as of 2026: name and type.
TOP = {
    "score": float, "execution_time": int, "output": str, "output_format": str,
    "test_output_format": str, "test_name_format": str, "visibility": str,
    "stdout_visibility": str, "extra_data": dict, "tests": list, "leaderboard": list,
}  # fmt: skip
TEST = {
    "score": float, "max_score": float, "status": str, "name": str, "name_format": str,
    "number": str, "output": str, "output_format": str, "tags": list, "visibility": str,
    "extra_data": dict,
}  # fmt: skip
VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}
assert {*gradescope.VISIBILITIES} == VISIBLE == {*VISIBILITIES}
FORMATS = {"text", "simple_format", "html", "md", "ansi"}


def as_specified(content):
    """Check a file of results against the specification; the tests in it."""
    for entry, allowed in [(content, TOP), *((test, TEST) for test in content["tests"])]:
        for key, value in entry.items():
            assert isinstance(value, allowed[key]), key
            assert not key.endswith("visibility") or value in VISIBLE
            assert not key.endswith("_format") or value in FORMATS
    for test in content["tests"]:
        assert 0 <= test["score"] <= test["max_score"] and test["status"] in ("passed", "failed")
        assert (test["status"] == "passed") == (test["score"] == test["max_score"])
    return {test["number"]: test for test in content["tests"]}


@pytest.fixture
def handed_in(tmp_path):
    answers = with_chaffs("02_network", "2_2_2_one_maximum")
    notebook = as_bytes(student_notebook("02_network", answers))
    return write(tmp_path, "submission", {"02_network.ipynb": notebook})


def course(*arguments):
    result = CliRunner().invoke(main, ["gradescope", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(result):
    assert result.exit_code == 2 and result.stdout == "" and result.stderr.count("\n") == 1
    return result.stderr


def test_a_submission_becomes_a_file_of_results(tmp_path, handed_in):
    results = tmp_path / "results" / "results.json"
    done = course("grade", handed_in, results, "--only", "2.2.1,2.2.2", "--only", "1.4")
    assert done.exit_code == 0 and f"written to {results}" in done.stdout
    content = json.loads(results.read_text(encoding="utf-8"))
    tests = as_specified(content)
    names = ["1.4", "2.2.1", "2.2.1 (hidden)", "2.2.2", "2.2.2 (hidden)"]
    assert list(tests) == names
    assert (tests["2.2.1"]["status"], tests["2.2.2"]["status"]) == ("passed", "failed")
    assert tests["2.2.2"]["score"] == tests["2.2.2"]["max_score"] - 1
    assert "rows of different size: 0 of 1" in tests["2.2.2"]["output"]
    hidden = tests["2.2.2 (hidden)"]
    assert "as many rows as columns (hidden check): 0.5 of 0.5" in hidden["output"]
    assert hidden["visibility"] == "after_due_date" and hidden["score"] == 1
    assert "no notebook 01_theory was handed in" in tests["1.4"]["output"]
    assert content["extra_data"]["sandboxed"] is True and "hidden ones" in content["output"]
    assert results.stat().st_mode & 0o777 == 0o644
    assert os.listdir(results.parent) == ["results.json"]


def test_every_kind_of_result_fits_the_specification():
    for result in example_class():
        content = json.loads(json.dumps(as_gradescope(result, find_course()), allow_nan=False))
        tests = as_specified(content)
        assert sum(test["score"] for test in tests.values()) == pytest.approx(result.points)
        assert sum(test["max_score"] for test in tests.values()) == pytest.approx(result.max_points)
        text = json.dumps(content)
        assert len(text) < 40 * gradescope.MAX_TEXT
        assert not any(f"\\u00{code:02x}" in text for code in range(32) if code != 10)


def test_students_see_of_hidden_checks_no_values_and_of_concerns_nothing():
    result = example_class()[0]
    (verdict, check) = next((v, c) for v in result.verdicts for c in v.checks if not c.public)
    leaky = replace(check, status="fail", problem="it is 0.123 off", got="SECRET",
                    expected="SECRET", called="SECRET", traceback="SECRET")  # fmt: skip
    shown = replace(verdict, status="fail", checks=(leaky,), concerns=("a copy of bob's",))
    result = replace(result, verdicts=(shown,))
    text = json.dumps(as_gradescope(result, find_course()))
    assert "SECRET" not in text and "0.123" not in text and "bob" not in text
    assert for_the_instructor(result) == [f"{verdict.exercise}: a copy of bob's"]


def of_hidden_checks(content):
    """All that would be known of hidden checks: tests that students see are marked as such."""
    kept = [t for t in content["tests"] if t.get("visibility", "visible") == "visible"]
    return json.dumps([content["output"], kept])


@pytest.mark.parametrize("visibility", sorted(VISIBLE))
def test_names_and_points_of_hidden_checks_wait_until_the_instructor_says_so(visibility):
    """With all in one test, names, points and totals of hidden checks are there to be read."""
    for result in example_class():
        hidden = [c for v in result.verdicts for c in v.checks if not c.public]
        names = {check.check.partition("/")[2].replace("_", " ") for check in hidden}
        content = as_gradescope(result, find_course(), visibility)
        seen = of_hidden_checks(content)
        reads = any(name in seen for name in names) or "(hidden check)" in seen
        shown = [v for v in result.verdicts if v.status != "missing"]
        expected = visibility == "visible" and any(not c.public for v in shown for c in v.checks)
        assert reads == expected
        assert (f"{result.points:g} of" in content["output"]) == (visibility == "visible")
        assert {t["visibility"] for t in content["tests"] if "visibility" in t} <= {visibility}
        tests = as_specified(content)
        assert sum(test["score"] for test in tests.values()) == pytest.approx(result.points)


def test_a_verdict_about_a_hidden_check_alone_is_told_with_it():
    result = example_class()[0]
    (verdict, check) = next((v, c) for v in result.verdicts for c in v.checks if not c.public)
    wrong = replace(check, status="fail", told="a SENTENCE about it")
    right = [replace(c, status="pass") for c in verdict.checks if c.public]
    partly = replace(verdict, status="partial", checks=(*right, wrong))
    content = as_gradescope(replace(result, verdicts=(partly,)), find_course())
    assert "SENTENCE" in json.dumps(content) and "SENTENCE" not in of_hidden_checks(content)


def test_what_broke_on_our_side_is_told_the_instructor(handed_in):
    result = example_class()[0]
    broken = replace(result.verdicts[0], status="error", points=0.0, message="line 3\nbroke")
    told = for_the_instructor(replace(result, verdicts=(broken,)))
    assert told == [f"{broken.exercise}: no verdict: line 3 broke"]
    test = as_gradescope(replace(result, verdicts=(broken,)), find_course())["tests"][0]
    assert "No verdict could be reached" in test["output"] and "line 3" not in test["output"]


def test_hostile_code_gets_nothing(tmp_path):
    notebook = student_notebook("02_network", {"q2-2-2": HOSTILE})
    folder = write(tmp_path, "mallory", {"02_network.ipynb": as_bytes(notebook)})
    course("grade", folder, tmp_path / "r.json", "--only", "2.2.2")
    tests = as_specified(json.loads((tmp_path / "r.json").read_text(encoding="utf-8")))
    assert tests["2.2.2"]["score"] < 1


def test_an_empty_upload_is_a_result_that_says_so(tmp_path):
    (tmp_path / "submission").mkdir()
    assert course("grade", tmp_path / "submission", tmp_path / "r.json").exit_code == 0
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert all(test["score"] == 0 for test in as_specified(content).values())
    assert "Noticed in what was handed in" in content["output"]


def test_without_a_sandbox_nothing_is_written_unless_told(tmp_path, handed_in, monkeypatch):
    """An old file would be taken for the verdict: it goes first."""

    def none(course):
        raise SandboxError("the sandbox does not start: no user namespaces")

    monkeypatch.setattr(classroom, "prove_sandbox", none)
    results = tmp_path / "r.json"
    results.write_text('{"score": 100}', encoding="utf-8")
    assert "no user namespaces" in refused(course("grade", handed_in, results))
    assert not results.exists()
    done = course("grade", handed_in, results, "--only", "2.2.2", "--no-sandbox")
    assert done.exit_code == 0
    content = json.loads(results.read_text(encoding="utf-8"))
    as_specified(content)
    assert gradescope.UNSANDBOXED in content["output"]
    assert content["extra_data"]["sandboxed"] is False


def test_bad_input_is_one_line(tmp_path, handed_in):
    assert "is no folder" in refused(course("grade", tmp_path / "nowhere", tmp_path / "r.json"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "file" in refused(course("grade", handed_in, tmp_path / "file" / "r.json"))
    assert "9.9" in refused(course("grade", handed_in, tmp_path / "r.json", "--only", "9.9"))
    assert "ends in .zip; say file.zip" in refused(course("pack", tmp_path / "file"))
    (tmp_path / "file.zip").touch()
    assert "file.zip exists; name a new file" in refused(course("pack", tmp_path / "file.zip"))


# --- The archive ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    place = tmp_path_factory.mktemp("gradescope")
    size = pack(place / "a.zip", only=("2.2.2",), sandbox=True)
    assert size < 60e6 and os.listdir(place) == ["a.zip"]
    with zipfile.ZipFile(place / "a.zip") as archive:
        archive.extractall(place / "source")
        modes = {i.filename: i.external_attr >> 16 & 0o777 for i in archive.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    return place / "source"


def test_the_scripts_lie_at_the_root_and_are_sound(unpacked):
    for name in ("setup.sh", "run_autograder"):
        script = (unpacked / name).read_text(encoding="utf-8")
        assert script.startswith("#!/usr/bin/env bash\n") and "\r" not in script
        assert subprocess.run(["bash", "-n", unpacked / name]).returncode == 0
    assert "course gradescope grade --only 2.2.2\n" in (unpacked / "run_autograder").read_text()
    assert "--constraint constraints.txt" in (unpacked / "setup.sh").read_text()
    assert not list(unpacked.rglob("__pycache__"))


@pytest.mark.slow
def test_the_packed_course_grades_on_its_own(unpacked, tmp_path, handed_in):
    """As in the container, but for the place: nothing of this checkout is used."""
    script = (unpacked / "run_autograder").read_text(encoding="utf-8").splitlines()[-1]
    options = script.partition(" gradescope grade ")[2].split()
    run = [sys.executable, "-m", "autograder.commands.main", "gradescope", "grade"]
    done = subprocess.run(
        [*run, str(handed_in), str(tmp_path / "r.json"), *options], cwd=unpacked,
        env={**os.environ, "PYTHONPATH": str(unpacked)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    tests = as_specified(json.loads((tmp_path / "r.json").read_text(encoding="utf-8")))
    assert list(tests) == ["2.2.2", "2.2.2 (hidden)"]
    assert 0 < tests["2.2.2"]["score"] < tests["2.2.2"]["max_score"]
    where = [sys.executable, "-c", "import autograder; print(autograder.__file__)"]
    found = subprocess.run(where, cwd=unpacked, env={**os.environ, "PYTHONPATH": str(unpacked)},
                           capture_output=True, text=True)  # fmt: skip
    assert str(unpacked) in found.stdout


def test_options_reach_the_script(tmp_path):
    pack(tmp_path / "a.zip", sandbox=False)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("run_autograder").endswith(b"gradescope grade --no-sandbox\n")
        assert archive.read("setup.sh").endswith(b'--editable "."\n')
    pack(tmp_path / "h.zip", hidden_checks="hidden")
    with zipfile.ZipFile(tmp_path / "h.zip") as archive:
        assert archive.read("run_autograder").endswith(b"grade --hidden-checks hidden\n")
    pack(tmp_path / "t.zip", libraries=["torch"])
    with zipfile.ZipFile(tmp_path / "t.zip") as archive:
        assert archive.read("setup.sh").endswith(b'--editable ".[torch]"\n')
    with pytest.raises(ExerciseError):
        pack(tmp_path / "b.zip", only=("9.9",))
    with pytest.raises(CourseDirectoryError):
        pack(tmp_path / "a.zip")
    with pytest.raises(CourseDirectoryError):
        pack(tmp_path / "a.tar")


def test_an_incomplete_checkout_makes_no_archive(tmp_path):
    for name in ("notebooks", "exercises"):
        (tmp_path / "checkout" / name).mkdir(parents=True)
    shutil.copy(find_course().root / "course.toml", tmp_path / "checkout")
    with pytest.raises(CourseError, match="LICENSE is missing"):
        pack(tmp_path / "a.zip", course=find_course(tmp_path / "checkout"))
    assert os.listdir(tmp_path) == ["checkout"]


def test_the_export_of_all_submissions_is_a_class(tmp_path):
    """Gradescope's own list of who handed in what is not taken for a submission."""
    for number in (101, 102):
        (tmp_path / f"submission_{number}").mkdir()
    (tmp_path / "submission_metadata.yml").write_text("---\nsubmission_101:\n", encoding="utf-8")
    found = [submission.student for submission in find_submissions(tmp_path)]
    assert found == ["submission_101", "submission_102"]
