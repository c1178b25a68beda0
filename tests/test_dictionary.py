"""Words are looked up where letters are doubtful, and left alone where they are not."""

import numpy as np
import pytest

from helpers import dictionary
from helpers.datasets import CLASSES
from helpers.dictionary import english_words, look_up
from helpers.errors import DataError


def scored(*letters, step=1.0):
    """Scores in which each text names a character's candidates, the likeliest first."""
    scores = np.full((len(letters), 36), -12.0)
    for row, likely in enumerate(letters):
        for rank, character in enumerate(likely):
            scores[row, CLASSES.index(character)] = -1.0 - step * rank
    return scores


def read(scores, words=None, **options):
    labels = scores.argmax(axis=1)
    found = look_up(scores, labels, [0] * len(scores) if words is None else words, **options)
    return "".join(CLASSES[k] for k in found)


def test_a_doubtful_letter_makes_a_word():
    assert read(scored("LC", "O", "F", "F", "E", "E")) == "COFFEE"
    assert read(scored("S", "A", "N", "D", "W", "I1", "C6", "H")) == "SANDWICH"


def test_a_sure_letter_stays():
    assert read(scored("LC", "U", "P", step=4.0)) == "LUP"
    assert read(scored("LC", "U", "P", step=4.0), trust=5.0) == "CUP"
    assert read(scored("Z", "I", "G", "G", "Y")) == "ZIGGY"
    assert read(scored("Q")) == "Q"


def test_each_word_of_a_line_by_itself():
    line = scored("LC", "U", "P", "T", "0O")
    assert read(line, [0, 0, 0, 1, 1]) == "CUPTO"
    assert read(line, [0, 0, 0, 0, 0]) == "LUPT0"  # no such word


def test_numbers_stay_numbers():
    assert read(scored("1I", "5S")) == "15"
    assert read(scored("1I", "NM")) == "IN"


def test_nothing_is_changed_in_place():
    scores, labels = scored("LC", "U", "P"), np.array([11, 20, 15])
    before = scores.copy(), labels.copy()
    assert look_up(scores, labels, [0, 0, 0]).tolist() == [2, 20, 15]
    assert (scores == before[0]).all() and (labels == before[1]).all()
    assert look_up(np.zeros((0, 36)), np.zeros(0, int), []).shape == (0,)


def test_the_list_has_words_of_each_length():
    words = english_words()
    assert sorted(words) == list(range(2, 15))
    assert sum(map(len, words.values())) > 30_000
    assert all(part.max() < 26 and part.shape[1] == n for n, part in words.items())


def test_a_damaged_list_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    (tmp_path / "words").mkdir()
    file = tmp_path / dictionary.FILE
    for content in (None, b"", b"don't\nstop\n", b"caf\xe9\n", b"\x00\x01"):
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(DataError, match="list of words"):
            english_words.__wrapped__()
