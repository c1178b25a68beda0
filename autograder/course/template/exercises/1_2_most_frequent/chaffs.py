"""Mistakes in exercise 1.2: the most frequent words."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff(
        "rarest_first",
        "The rarest words come first.",
        """
        - ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        + ranked = sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))
        """,
        fails=["most_frequent_first", "ties_in_the_order_of_the_alphabet"],
    ),
    Chaff(
        "ties_as_they_come",
        "Words that are equally frequent stay in the order of the text.",
        """
        - ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        + ranked = sorted(counts.items(), key=lambda pair: -pair[1])
        """,
        fails=["ties_in_the_order_of_the_alphabet"],
    ),
    Chaff(
        "first_not_counted",
        "The first time a word is met counts as nothing.",
        """
        - counts[word] = counts.get(word, 0) + 1
        + counts[word] = counts.get(word, -1) + 1
        """,
        fails=["counts"],
    ),
]
