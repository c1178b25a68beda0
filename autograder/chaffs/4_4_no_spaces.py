"""No spaces are put in."""

# ruff: noqa: F821

FAILS = [
    "4.4/lines_and_spaces_are_kept",
    "4.4/spaces_between_words",
    "4.4/wide_and_narrow_hands",
]


def spell_line(boxes, labels):
    return "".join(CLASSES[label] for label in labels)
