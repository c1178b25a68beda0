"""Mistakes in exercise 1.1: a text as a list of its words."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff(
        "capitals_kept",
        "Words keep their capitals, so The and the are two words.",
        """
        - pieces = [piece.strip(",.;:!?-").lower() for piece in text.split()]
        + pieces = [piece.strip(",.;:!?-") for piece in text.split()]
        """,
        fails=["capitals_do_not_count", "words_of_a_sentence"],
    ),
    Chaff(
        "marks_kept",
        "Marks stay at the ends of words.",
        """
        - pieces = [piece.strip(",.;:!?-").lower() for piece in text.split()]
        + pieces = [piece.lower() for piece in text.split()]
        """,
        fails=["capitals_do_not_count", "marks_alone_are_no_words", "words_of_a_sentence"],
    ),
    Chaff(
        "nothing_counts_as_a_word",
        "A dash that stands alone becomes an empty word.",
        """
        - return [piece for piece in pieces if piece]
        + return pieces
        """,
        fails=["marks_alone_are_no_words"],
    ),
]
