"""Loops over pixels and lists; NumPy for little more than holding the numbers."""

import math

import numpy as np

from helpers.cleaning import remove_edge, remove_rules
from helpers.crops import normalise_crop
from helpers.datasets import CLASSES


def remove_background(image):
    """The paper's brightness in tiles (nearly the brightest pixel), interpolated between them."""
    height, width = image.shape
    tile = max(8, max(height, width) // 40)
    rows, cols = math.ceil(height / tile), math.ceil(width / tile)
    paper = [[0.0] * cols for _ in range(rows)]
    for i in range(rows):
        for j in range(cols):
            values = sorted(
                image[i * tile : (i + 1) * tile : 2, j * tile : (j + 1) * tile : 2].ravel().tolist()
            )
            paper[i][j] = values[int(0.85 * (len(values) - 1))]
    ink = np.zeros((height, width))
    for y in range(height):
        v = min(max((y + 0.5) / tile - 0.5, 0), rows - 1)
        i = min(int(v), max(rows - 2, 0))
        b = v - i
        below = min(i + 1, rows - 1)
        mixed = [paper[i][j] * (1 - b) + paper[below][j] * b for j in range(cols)]
        line = image[y].tolist()
        for x in range(width):
            u = min(max((x + 0.5) / tile - 0.5, 0), cols - 1)
            j = min(int(u), max(cols - 2, 0))
            a = u - j
            there = mixed[j] * (1 - a) + mixed[min(j + 1, cols - 1)] * a
            line[x] = min(max(1 - line[x] / max(there, 0.01), 0.0), 1.0)
        ink[y] = line
    return ink


def to_black_and_white(ink):
    height, width = ink.shape
    values = sorted(ink.ravel().tolist())
    median = values[len(values) // 2]
    spread = sorted(abs(value - median) for value in values[::7])
    noise = spread[int(0.8 * len(spread))]
    floor = max(0.08, median + 5 * noise)
    dark = [value for value in values if value > floor]
    bw = np.ones((height, width))
    if len(dark) < 30:
        return bw
    threshold = max(floor, 0.5 * dark[int(0.8 * len(dark))])
    for y in range(height):
        for x, value in enumerate(ink[y].tolist()):
            if value > threshold:
                bw[y, x] = 0.0
    return bw


def merge_pieces(boxes):
    boxes = [[int(v) for v in box] for box in boxes]
    heights = sorted(box[2] - box[0] for box in boxes)
    size, total = 1, 0
    for height in heights:
        total += height
        if 2 * total >= sum(heights):
            size = height
            break
    again = True
    while again:
        again = False
        for i in range(len(boxes)):
            for j in range(i):
                if belong(boxes[i], boxes[j], size):
                    a, b = boxes[i], boxes.pop(j)
                    i = boxes.index(a)
                    boxes[i] = [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
                    again = True
                    break
            if again:
                break
    return np.array(boxes, dtype=int).reshape(-1, 4)


def belong(a, b, size):
    height_a, height_b, width_a, width_b = a[2] - a[0], b[2] - b[0], a[3] - a[1], b[3] - b[1]
    gap_y, gap_x = max(a[0], b[0]) - min(a[2], b[2]), max(a[1], b[1]) - min(a[3], b[3])
    tall, wide = max(a[2], b[2]) - min(a[0], b[0]), max(a[3], b[3]) - min(a[1], b[1])
    large = max(size, height_a, height_b)
    part = min(height_a, height_b) < 0.7 * large
    dot = max(height_a, width_a) < 0.3 * size or max(height_b, width_b) < 0.3 * size
    if -gap_x >= 0.5 * min(width_a, width_b) and tall <= 1.4 * large:
        if part and gap_y <= 0.35 * size or -gap_y >= 0.5 * min(height_a, height_b):
            return True
    return (
        -gap_y >= 0.5 * min(height_a, height_b)
        and wide <= 1.1 * large
        and gap_x <= 0.1 * size
        and part
        and not dot
    )


def pieces_of(bw):
    """Flood fill: the boxes of everything that is connected."""
    height, width = bw.shape
    ink = {(int(y), int(x)) for y, x in zip(*np.nonzero(bw == 0))}
    boxes = []
    while ink:
        waiting = [ink.pop()]
        top, left = waiting[0]
        bottom, right, count = top, left, 0
        while waiting:
            y, x = waiting.pop()
            count += 1
            top, bottom, left, right = min(top, y), max(bottom, y), min(left, x), max(right, x)
            for near in ((y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)):
                if near in ink:
                    ink.remove(near)
                    waiting.append(near)
        if count > 9:
            boxes.append([top, left, bottom + 1, right + 1])
    return boxes


def find_letters(image):
    bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
    boxes = merge_pieces(pieces_of(bw)).tolist()
    heights = sorted(box[2] - box[0] for box in boxes)
    usual = 0
    for height in heights:
        if 2 * sum(h for h in heights if h <= height) >= sum(heights):
            usual = height
            break
    letters = [box for box in boxes if max(box[2] - box[0], box[3] - box[1]) > 0.45 * usual]
    return np.array(letters, dtype=int).reshape(-1, 4), bw


def draw_boxes(image, boxes, thickness=3):
    height, width = image.shape
    picture = np.zeros((height, width, 3))
    for y in range(height):
        for x in range(width):
            for colour in range(3):
                picture[y, x, colour] = image[y, x]
    for y1, x1, y2, x2 in boxes:
        for y in range(y1, y2):
            for x in range(x1, x2):
                if min(y - y1, y2 - 1 - y, x - x1, x2 - 1 - x) < thickness:
                    picture[y, x, 0], picture[y, x, 1], picture[y, x, 2] = 1, 0, 0
    return picture


def group_into_lines(boxes):
    waiting = sorted([int(v) for v in box] for box in boxes)
    waiting.sort(key=lambda box: box[1])
    lines = []
    for box in waiting:
        best, nearest = -1, 0.6
        for k in range(len(lines)):
            last = lines[k][-5:]
            level = sum(b[0] + b[2] for b in last) / len(last) / 2
            height = max(max(b[2] - b[0] for b in last), box[2] - box[0])
            away = abs(level - (box[0] + box[2]) / 2) / height
            if away < nearest:
                best, nearest = k, away
        if best < 0:
            lines.append([box])
        else:
            lines[best].append(box)
    lines.sort(key=lambda line: sum(b[0] + b[2] for b in line) / len(line))
    return [np.array(line) for line in lines]


def crop_letters(bw, boxes):
    crops = []
    for y1, x1, y2, x2 in boxes:
        picture = np.ones((y2 - y1 + 10, x2 - x1 + 10))
        for y in range(y1, y2):
            for x in range(x1, x2):
                picture[y - y1 + 5, x - x1 + 5] = bw[y, x]
        small = normalise_crop(picture)
        crops.append([small[y, x] for y in range(32) for x in range(32)])
    return np.array(crops).reshape(len(crops), 1024)


def classify(crops, params):
    labels = []
    for crop in crops:
        hidden = []
        for unit in range(len(params["blayer1"])):
            total = float(np.dot(crop, params["Wlayer1"][:, unit])) + params["blayer1"][unit]
            hidden.append(1 / (1 + math.exp(-total)) if total > -500 else 0.0)
        best, best_score = 0, -math.inf
        for label in range(len(params["boutput"])):
            score = params["boutput"][label]
            for unit, value in enumerate(hidden):
                score += value * params["Woutput"][unit, label]
            if score > best_score:
                best, best_score = label, score
        labels.append(best)
    return np.array(labels)


def spell_line(boxes, labels):
    heights = sorted(box[2] - box[0] for box in boxes)
    height = heights[len(heights) // 2]
    gaps = [(boxes[k + 1][1] - boxes[k][3]) / height for k in range(len(boxes) - 1)]
    ordered = sorted(gaps)
    cut, best = 0.7, 0.0
    for k in range(1, len(ordered)):
        narrow, wide = sum(ordered[:k]) / k, sum(ordered[k:]) / (len(ordered) - k)
        apart = k * (len(ordered) - k) * (wide - narrow) ** 2
        if wide - narrow > 0.4 and apart > best:
            cut, best = (ordered[k - 1] + ordered[k]) / 2, apart
    text = CLASSES[int(labels[0])]
    for k in range(len(gaps)):
        if gaps[k] > cut:
            text = text + " "
        text = text + CLASSES[int(labels[k + 1])]
    return text


def read_page(image, params):
    boxes, bw = find_letters(image)
    text = ""
    for number, line in enumerate(group_into_lines(boxes)):
        if number > 0:
            text += "\n"
        text += spell_line(line, classify(crop_letters(bw, line), params))
    return text
