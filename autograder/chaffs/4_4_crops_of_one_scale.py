"""The letters are cut out at the size that they have on the page."""

import numpy as np

FAILS = [
    "4.4/crops_look_like_training_images",
    "4.4/large_and_small_writing_alike",
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
]


def crop_letters(bw, boxes):
    crops = np.ones((len(boxes), 32, 32))
    for k, (y1, x1, y2, x2) in enumerate(boxes):
        cut = bw[y1:y2:3, x1:x2:3][:28, :28]
        top, left = (32 - cut.shape[0]) // 2, (32 - cut.shape[1]) // 2
        crops[k, top : top + cut.shape[0], left : left + cut.shape[1]] = cut
    return crops.reshape(-1, 1024)
