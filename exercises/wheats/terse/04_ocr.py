"""Few lines: comprehensions, filters and fancy indexing."""

import numpy as np
from scipy import ndimage as ndi
from scipy.special import expit

from helpers.boxes import usual_height
from helpers.cleaning import remove_edge, remove_rules
from helpers.crops import normalise_crop
from helpers.datasets import CLASSES


def remove_background(image):
    k = max(5, max(image.shape) // 18)
    calm = np.pad(ndi.uniform_filter(image, 3), k)
    paper = ndi.gaussian_filter(ndi.grey_closing(calm, (k, k))[k:-k, k:-k], 3, mode="nearest")
    return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)


def to_black_and_white(ink):
    ink = ndi.gaussian_filter(ink, 0.8)
    floor = max(0.05, np.median(ink) + 9 * np.median(np.abs(ink - np.median(ink))))
    return (
        1.0 - (ink > max(floor, 0.45 * np.percentile(ink[ink > floor], 75)))
        if (ink > floor).any()
        else np.ones_like(ink)
    )


def merge_pieces(boxes):
    boxes = np.array(boxes, int).reshape(-1, 4)
    h = usual_height(boxes) if len(boxes) else 1
    todo = list(np.argsort(boxes[:, 2] - boxes[:, 0]))
    while todo:
        k = todo.pop(0)
        low, high = np.maximum(boxes, boxes[k]), np.minimum(boxes, boxes[k])
        (gy, gx), (jy, jx) = (low[:, :2] - high[:, 2:]).T, (low[:, 2:] - high[:, :2]).T
        sy, sx = (boxes[:, 2:] - boxes[:, :2]).T
        small, big = sy[k] < 0.7 * np.maximum(sy, h), max(sy[k], sx[k]) > 0.3 * h
        ok = (
            (-gx >= np.minimum(sx, sx[k]) / 2)
            & (jy < 1.4 * np.maximum(sy, h))
            & (small & (gy < 0.35 * h) | (-gy >= np.minimum(sy, sy[k]) / 2))
        )
        ok |= (
            (-gy >= np.minimum(sy, sy[k]) / 2)
            & (jx < 1.1 * np.maximum(sy, h))
            & (gx < 0.1 * h)
            & small
            & big
        )
        ok[k] = False
        if ok.any():
            j = np.where(ok, gx.clip(0) + gy.clip(0), np.inf).argmin()
            boxes[j] = [*high[j, :2], *low[j, 2:]]
            boxes = np.delete(boxes, k, axis=0)
            todo = [i - (i > k) for i in todo]
    return boxes


def find_letters(image):
    bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
    found = ndi.find_objects(ndi.label(bw == 0, np.ones((3, 3)))[0])
    boxes = np.array(
        [
            (y.start, x.start, y.stop, x.stop)
            for y, x in found
            if max(y.stop - y.start, x.stop - x.start) > 3
        ],
        int,
    ).reshape(-1, 4)
    boxes = merge_pieces(boxes)
    if len(boxes) == 0:
        return boxes, bw
    h = usual_height(boxes)
    boxes = boxes[np.ptp(boxes.reshape(-1, 2, 2), axis=1).max(axis=1) > 0.45 * h]
    paper = int(0.2 * h)  # a little paper around each letter
    return np.clip(boxes + [-paper, -paper, paper, paper], 0, [*bw.shape, *bw.shape]), bw


def draw_boxes(image, boxes, thickness=3):
    red, t = np.zeros(image.shape, bool), thickness
    for y1, x1, y2, x2 in boxes:
        edge = np.pad(
            np.zeros((max(0, y2 - y1 - 2 * t), max(0, x2 - x1 - 2 * t)), bool),
            t,
            constant_values=True,
        )
        red[y1:y2, x1:x2] |= edge[: y2 - y1, : x2 - x1]
    return np.where(red[..., None], [1.0, 0.0, 0.0], image[..., None])


def group_into_lines(boxes):
    lines = []
    for box in boxes[np.argsort(boxes[:, 1])]:
        aways = [
            abs(np.mean([b[0] + b[2] for b in line[-4:]]) - box[0] - box[2])
            / (2 * max(line[-1][2] - line[-1][0], box[2] - box[0]))
            for line in lines
        ]
        lines[np.argmin(aways)].append(box) if aways and min(aways) < 0.6 else lines.append([box])
    return [
        np.array(line)
        for line in sorted(lines, key=lambda line: np.mean([b[0] + b[2] for b in line]))
    ]


def crop_letters(bw, boxes):
    return np.array(
        [normalise_crop(np.pad(bw[a:c, b:d], 6, constant_values=1)).ravel() for a, b, c, d in boxes]
    ).reshape(-1, 1024)


def classify(crops, params):
    return (
        expit(crops @ params["Wlayer1"] + params["blayer1"]) @ params["Woutput"] + params["boutput"]
    ).argmax(1)


def spell_line(boxes, labels):
    gaps = (boxes[1:, 1] - boxes[:-1, 3]) / np.median(boxes[:, 2] - boxes[:, 0])
    cuts = [
        c
        for c in np.sort(gaps)[:-1]
        if gaps[gaps > c].size and gaps[gaps > c].mean() - gaps[gaps <= c].mean() > 0.4
    ]
    cut = (
        min(
            cuts,
            key=lambda c: (
                gaps[gaps > c].var() * (gaps > c).sum() + gaps[gaps <= c].var() * (gaps <= c).sum()
            ),
        )
        if cuts
        else 0.7
    )
    return "".join(CLASSES[k] + " " * bool(g > cut) for k, g in zip(labels, [*gaps, 0]))


def read_page(image, params):
    boxes, bw = find_letters(image)
    return "\n".join(
        spell_line(line, classify(crop_letters(bw, line), params))
        for line in group_into_lines(boxes)
    )
