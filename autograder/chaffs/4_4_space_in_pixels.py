"""A gap of more than 30 pixels is a space, on any page."""

# ruff: noqa: F821

FAILS = [
    "4.4/wide_and_narrow_hands",
]


def spell_line(boxes, labels):
    text = CLASSES[labels[0]]
    for k in range(1, len(boxes)):
        text += (" " if boxes[k][1] - boxes[k - 1][3] > 30 else "") + CLASSES[labels[k]]
    return text
