"""The crops are square, but the letters touch the border."""

import numpy as np

FAILS = [
    "4.4/ink_on_paper_with_a_margin",
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
]


def crop_letters(bw, boxes):
    crops = np.ones((len(boxes), 1024))
    for k, (y1, x1, y2, x2) in enumerate(boxes):
        side = max(y2 - y1, x2 - x1)
        top, left = (side - y2 + y1) // 2, (side - x2 + x1) // 2
        square = np.ones((side, side))
        square[top : top + y2 - y1, left : left + x2 - x1] = bw[y1:y2, x1:x2]
        pick = np.minimum(((np.arange(32) + 0.5) * side / 32).astype(int), side - 1)
        crops[k] = square[pick][:, pick].ravel()
    return crops
