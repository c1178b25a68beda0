"""A careful student's style: small helper functions, a class, float32, extra arguments."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from helpers.boxes import usual_height
from helpers.cleaning import remove_edge, remove_rules, stroke_width
from helpers.crops import normalise_crop, otsu
from helpers.datasets import CLASSES
from helpers.images import enlarge, shrink


def remove_background(image, window=0.06):
    """Divide by the brightest thing nearby."""
    image = np.asarray(image, dtype=np.float32)
    step = max(1, max(image.shape) // 400)
    small = shrink(image, step)
    size = max(5, int(window * max(small.shape)))
    framed = np.pad(ndimage.median_filter(small, size=3), size, mode="constant")
    brightest = ndimage.maximum_filter(framed, size)
    closed = ndimage.minimum_filter(brightest, size)[size:-size, size:-size]
    paper = enlarge(ndimage.gaussian_filter(closed, 2, mode="nearest"), image.shape, step)
    share = 1.0 - image / np.maximum(paper, np.float32(0.02))
    return np.clip(share, 0.0, 1.0)


def to_black_and_white(ink, blur=0.7):
    """Half the depth of a typical stroke, as Otsu's threshold parts the pixels that may be ink."""
    smooth = ndimage.gaussian_filter(np.asarray(ink, dtype=np.float32), blur)
    middle = float(np.median(smooth))
    deviation = 1.4826 * float(np.median(np.abs(smooth - middle)))
    candidates = smooth[smooth > max(0.06, middle + 8 * deviation)]
    if candidates.size < 10:
        return np.ones(smooth.shape, dtype=np.float32)
    scaled = (candidates - candidates.min()) / max(float(np.ptp(candidates)), 1e-6)
    strokes = candidates[scaled >= otsu(scaled)]
    threshold = max(0.06, middle + 8 * deviation, 0.45 * float(np.median(strokes)))
    return (smooth <= threshold).astype(np.float32)


@dataclass
class Box:
    y1: int
    x1: int
    y2: int
    x2: int

    @property
    def height(self):
        return self.y2 - self.y1

    @property
    def width(self):
        return self.x2 - self.x1

    def joined(self, other):
        return Box(
            min(self.y1, other.y1),
            min(self.x1, other.x1),
            max(self.y2, other.y2),
            max(self.x2, other.x2),
        )


def same_letter(a, b, size):
    shared_x = min(a.x2, b.x2) - max(a.x1, b.x1)
    shared_y = min(a.y2, b.y2) - max(a.y1, b.y1)
    both = a.joined(b)
    largest = max(size, a.height, b.height)
    piece = min(a.height, b.height) < 0.7 * largest
    dot = min(max(a.height, a.width), max(b.height, b.width)) < 0.3 * size
    over = shared_x >= 0.5 * min(a.width, b.width) and both.height <= 1.4 * largest
    if over and shared_y >= 0.5 * min(a.height, b.height):
        return True
    if over and piece and shared_y >= -0.3 * size:
        return True
    beside = shared_y >= 0.5 * min(a.height, b.height) and both.width <= 1.1 * largest
    return beside and piece and not dot and shared_x >= -0.1 * size


def merge_pieces(boxes):
    """Join the two boxes that go together until there are no such two."""
    if len(boxes) == 0:
        return np.zeros((0, 4), dtype=int)
    size = usual_height(np.asarray(boxes))
    waiting = sorted((Box(*map(int, box)) for box in boxes), key=lambda box: box.height)
    finished = []
    while waiting:
        piece = waiting.pop(0)
        partners = [other for other in waiting + finished if same_letter(piece, other, size)]
        if not partners:
            finished.append(piece)
            continue

        def distance(other):
            gap_x = max(piece.x1, other.x1) - min(piece.x2, other.x2)
            gap_y = max(piece.y1, other.y1) - min(piece.y2, other.y2)
            return max(gap_x, 0) + max(gap_y, 0)

        partner = min(partners, key=distance)
        (waiting if partner in waiting else finished).remove(partner)
        waiting.append(piece.joined(partner))
        waiting.sort(key=lambda box: box.height)
    return np.array([[b.y1, b.x1, b.y2, b.x2] for b in finished])


def find_letters(image, smallest=0.45):
    """The whole way from the photograph to boxes."""
    bw = to_black_and_white(remove_background(image))
    bw = remove_rules(remove_edge(bw))
    labelled, count = ndimage.label(bw == 0, structure=ndimage.generate_binary_structure(2, 2))
    if count == 0:
        return np.zeros((0, 4), dtype=int), bw
    speck = stroke_width(bw) ** 2
    pieces = []
    for number, (rows, cols) in enumerate(ndimage.find_objects(labelled), start=1):
        if np.sum(labelled[rows, cols] == number) > speck:
            pieces.append([rows.start, cols.start, rows.stop, cols.stop])
    if not pieces:
        return np.zeros((0, 4), dtype=int), bw
    boxes = merge_pieces(np.array(pieces))
    usual = usual_height(boxes)
    sizes = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return boxes[(sizes > smallest * usual) & (sizes < 5 * usual)], bw


def draw_boxes(image, boxes, thickness=3):
    """Four red bars for each box."""
    picture = np.repeat(np.asarray(image, dtype=np.float64)[:, :, np.newaxis], 3, axis=2)
    red = np.array([1.0, 0.0, 0.0])
    for y1, x1, y2, x2 in np.asarray(boxes, dtype=int):
        picture[y1 : min(y1 + thickness, y2), x1:x2] = red
        picture[max(y2 - thickness, y1) : y2, x1:x2] = red
        picture[y1:y2, x1 : min(x1 + thickness, x2)] = red
        picture[y1:y2, max(x2 - thickness, x1) : x2] = red
    return picture


def group_into_lines(boxes):
    """Follow each line from left to right."""
    boxes = np.asarray(boxes)
    lines = []
    for box in boxes[np.argsort(boxes[:, 1], kind="stable")]:
        candidates = []
        for line in lines:
            tail = np.array(line[-3:])
            level = tail[:, [0, 2]].mean()
            height = max((tail[:, 2] - tail[:, 0]).max(), box[2] - box[0])
            candidates.append(abs(box[[0, 2]].mean() - level) / height)
        if candidates and min(candidates) < 0.6:
            lines[int(np.argmin(candidates))].append(box)
        else:
            lines.append([box])
    arrays = [np.array(line) for line in lines]
    return sorted(arrays, key=lambda line: line[:, [0, 2]].mean())


def crop_letters(bw, boxes, margin=8):
    """Cut out, put paper around, normalise."""
    rows = []
    for y1, x1, y2, x2 in np.asarray(boxes, dtype=int):
        letter = np.full((y2 - y1 + 2 * margin, x2 - x1 + 2 * margin), 1.0)
        letter[margin:-margin, margin:-margin] = bw[y1:y2, x1:x2]
        rows.append(normalise_crop(letter).reshape(1024))
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, 1024), dtype=np.float32)


def sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def classify(crops, params):
    """Two layers, and the largest score."""
    hidden = sigmoid(crops @ params["Wlayer1"] + params["blayer1"])
    scores = hidden @ params["Woutput"] + params["boutput"]
    return np.argmax(scores, axis=1).astype(np.int32)


def spell_line(boxes, labels):
    """Cut the gaps at the widest jump between narrow and wide ones."""
    boxes = np.asarray(boxes)
    letters = [CLASSES[int(label)] for label in labels]
    height = np.median(boxes[:, 2] - boxes[:, 0])
    gaps = (boxes[1:, 1] - boxes[:-1, 3]) / height
    limit = 0.7
    ordered = np.sort(gaps)
    scores = [
        (k * (len(gaps) - k) * (ordered[k:].mean() - ordered[:k].mean()) ** 2, k)
        for k in range(1, len(gaps))
        if ordered[k:].mean() - ordered[:k].mean() > 0.4
    ]
    if scores:
        _, k = max(scores)
        limit = (ordered[k - 1] + ordered[k]) / 2
    words = [letters[0]]
    for letter, gap in zip(letters[1:], gaps):
        if gap > limit:
            words.append(letter)
        else:
            words[-1] += letter
    return " ".join(words)


def read_page(image, params):
    """All of it."""
    boxes, bw = find_letters(image)
    text = []
    for line in group_into_lines(boxes) if len(boxes) else []:
        labels = classify(crop_letters(bw, line), params)
        text.append(spell_line(line, labels))
    return "\n".join(text)
