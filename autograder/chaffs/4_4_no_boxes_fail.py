"""Without boxes there is an error."""

import numpy as np

FAILS = [
    "4.4/empty_page_has_no_text",
    "4.4/no_boxes_no_lines",
]


def group_into_lines(boxes):
    order = np.argsort(boxes[:, 1])
    lines = [[boxes[order[0]]]]
    for box in boxes[order[1:]]:
        for line in lines:
            level = np.mean([b[0] + b[2] for b in line[-4:]])
            if abs(level - box[0] - box[2]) < 1.2 * (box[2] - box[0]):
                line.append(box)
                break
        else:
            lines.append([box])
    lines.sort(key=lambda line: np.mean([box[0] + box[2] for box in line]))
    return [np.array(line) for line in lines]
