"""When a submission came: a file of a student's stops nbgrader for nobody."""

import logging

import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader.timestamps import mend_timestamps

NO_DATES = (
    b"yesterday", b"\xff\xfe\x00", b"9" * 10**6, b"2030-01-31 18:00 9999999999999999999999",
    b"0001-01-01 00:00:00 99999", b"2030-01-31 18:00:00 UTC, or so", b"",
)  # fmt: skip


@pytest.fixture
def directory(monkeypatch):
    now = CourseDirectory.get_existing_timestamp
    monkeypatch.setattr(CourseDirectory, "get_existing_timestamp", getattr(now, "stock", now))
    made = CourseDirectory()
    made.log = logging.getLogger("nbgrader")
    return made


@pytest.mark.parametrize("text", NO_DATES, ids=range(len(NO_DATES)))
def test_what_is_no_date_is_left_out(directory, tmp_path, text):
    (tmp_path / "timestamp.txt").write_bytes(text)
    mend_timestamps()
    assert directory.get_existing_timestamp(str(tmp_path)) is None


def test_stock_nbgrader_breaks_there_and_its_run_fails(directory, tmp_path):
    (tmp_path / "timestamp.txt").write_bytes(NO_DATES[0])
    with pytest.raises(BaseException):  # noqa: B017  (versions differ in what they raise)
        directory.get_existing_timestamp(str(tmp_path))


def test_a_folder_of_that_name_is_left_out(directory, tmp_path):
    (tmp_path / "timestamp.txt").mkdir()
    mend_timestamps()
    assert directory.get_existing_timestamp(str(tmp_path)) is None


def test_a_date_counts_as_before(directory, tmp_path):
    (tmp_path / "timestamp.txt").write_text("2030-02-01 09:00:00 UTC\n", encoding="utf-8")
    stock = directory.get_existing_timestamp(str(tmp_path))
    mend_timestamps()
    assert directory.get_existing_timestamp(str(tmp_path)) == stock
    assert directory.get_existing_timestamp(str(tmp_path / "nowhere")) is None
