"""Broken letters stay in pieces."""

FAILS = [
    "4.2/pieces_above_each_other_are_joined",
    "4.2/pieces_beside_each_other_are_joined",
]


def merge_pieces(boxes):
    return boxes.copy()
