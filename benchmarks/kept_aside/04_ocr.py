"""Mistakes in notebook 4 for which no check was made: they measure what students are told.

They were written down from what people do with pages, boxes and gaps. None is a chaff.
"""

from autograder.judging.chaffs import Chaff

MISTAKES = {
    "4.2": [
        Chaff("optical_density", "The logarithm is taken, as photographers do.", """
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return np.clip(-np.log(np.maximum(image, 0.01) / np.maximum(paper, 0.01)), 0, 1)
        """, fails=["?"], says=r"- image / paper"),
        Chaff("ratio_upside_down", "The fraction is upside down.", """
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return np.clip(1 - paper / np.maximum(image, 0.01), 0, 1)
        """, fails=["?"], says=r"upside|no ink|image / p|strokes .*(vanish|nothing)"),
        Chaff("a_brightness_for_each_row", "The paper has one brightness in each row.", """
        - paper = enlarge(paper, image.shape, step)
        + paper = np.median(image, axis=1, keepdims=True)
        """, fails=["?"], says=r"place by place|every place|row"),
        Chaff("left_small", "The small picture is never enlarged again.", """
        - paper = enlarge(paper, image.shape, step)
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return np.clip(1 - image[::2, ::2] / image[::2, ::2].max(), 0, 1)
        """, fails=["?"], says=r"shape"),
        Chaff("more_than_the_mean", "Whatever is above the mean is ink.", whole="""
        def to_black_and_white(ink):
            return np.where(ink > ink.mean(), 0.0, 1.0)
        """, fails=["?"], says=r"noise|paper"),
        Chaff("truth_values", "True and False come back, in place of 0.0 and 1.0.", """
        - return np.where(strong[pieces], 0.0, 1.0)
        + return ~strong[pieces]
        """, fails=["?"], says=r"float"),
        Chaff("ink_of_all_strengths", "Where there is ink its share is kept, in place of 0.0.", """
        - return np.where(strong[pieces], 0.0, 1.0)
        + return np.where(strong[pieces], 1 - ink, 1.0)
        """, fails=["?"], says=r"0\.0|# and|# is|Ink is"),
        Chaff("piece_stays_in_the_list", "A piece that was joined is kept as a box as well.", """
        - alive[k] = False
        """, fails=["?"], says=r"(stays|kept|still|remain|left over|listed)"),
        Chaff("wrong_corner", "Both corners of the joined box are the larger ones.", """
        - boxes[partner, :2] = np.minimum(boxes[partner, :2], piece[:2])
        + boxes[partner, :2] = np.maximum(boxes[partner, :2], piece[:2])
        """, fails=["?"], says=r"corner|smallest|whole of both|around both|covers both"),
        Chaff("never_merged", "The function that joins pieces is never called.", """
        - boxes = merge_pieces(boxes)
          if len(boxes) > 0:
        """, fails=["?"], says=r"piece"),
        Chaff("edge_kept", "What touches the edge of the picture is not rubbed out.", """
        - bw = remove_rules(remove_edge(bw))
        + bw = remove_rules(bw)
        """, fails=["?"], says=r"edge|table"),
        Chaff("middle_and_size", "A box is its middle, its height and its width.", """
        - return boxes, bw
        + boxes = np.stack([(boxes[:, 0] + boxes[:, 2]) // 2, (boxes[:, 1] + boxes[:, 3]) // 2,
        +                   boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]], axis=1)
        + return boxes, bw
        """, fails=["?"], says=r"middle|centre"),
        Chaff("pair_swapped", "The page comes first, then the boxes.", """
        - return boxes, bw
        + return bw, boxes
        """, fails=["?"], says=r"\(boxes, bw\)|swapped|order|come first"),
        Chaff("boxes_alone", "Only the boxes come back.", """
        - return boxes, bw
        + return boxes
        """, fails=["?"], says=r"pair"),
        Chaff("first_piece_skipped", "The list of objects is taken to begin with the paper.", """
        - boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
        + boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)[1:]]

        - boxes = boxes[area > stroke_width(bw) ** 2]      # no speck is a letter
        + boxes = boxes[area[1:] > stroke_width(bw) ** 2]
        """, fails=["?"], says=r"first|one letter|highest"),
        Chaff("narrow_dropped", "What is narrower than half a letter is dropped, such as I.", """
        - boxes = boxes[letter & (np.maximum(heights, widths) > 0.45 * size)]
        + boxes = boxes[letter & (np.minimum(heights, widths) > 0.45 * size)]
        """, fails=["?"], says=r"narrow"),
        Chaff("half_the_letters_size", "Boxes are those of a picture of half the size.", """
        - return boxes, bw
        + return boxes // 2, bw
        """, fails=["?"], says=r"half|scale|factor|small picture|times smaller"),
        Chaff("all_in_one_box", "The bounding box of all ink is the only box.", """
        - return boxes, bw
        + return np.array([[*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]]), bw
        """, fails=["?"], says=r"several letters|whole page|all letters|m(any|ost) (of the )?letters|most of the letters"),
    ],
    "4.3": [
        Chaff("green_frames", "The frames are green.", """
        - inside[:] = [1, 0, 0]
        + inside[:] = [0, 1, 0]
        """, fails=["?"], says=r"\bred\b"),
        Chaff("in_grey", "The frames are white in a grey picture.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            picture = image.copy()
            t = thickness
            for y1, x1, y2, x2 in boxes:
                middle = picture[y1 + t : y2 - t, x1 + t : x2 - t].copy()
                picture[y1:y2, x1:x2] = 1
                picture[y1 + t : y2 - t, x1 + t : x2 - t] = middle
            return picture
        """, fails=["?"], says=r"\(60, 90, 3\)|# ?, ?3|shape|colour"),
        Chaff("no_left_and_right", "Only the upper and the lower side are drawn.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            picture = np.stack([image, image, image], axis=2)
            for y1, x1, y2, x2 in boxes:
                picture[y1 : y1 + thickness, x1:x2] = [1, 0, 0]
                picture[y2 - thickness : y2, x1:x2] = [1, 0, 0]
            return picture
        """, fails=["?"], says=r"side"),
        Chaff("picture_times_255", "The whole picture runs from 0 to 255.", """
        - return picture
        + return picture * 255
        """, fails=["?"], says=r"255|0 to 1|values up to"),
        Chaff("four_channels", "A fourth channel says how opaque a pixel is.", """
        - return picture
        + return np.concatenate([picture, np.ones((*image.shape, 1))], axis=2)
        """, fails=["?"], says=r"shape|three colours"),
        Chaff("begins_one_late", "The frame begins in row y1 + 1 and column x1 + 1.", """
        - inside = picture[y1:y2, x1:x2]
        + inside = picture[y1 + 1:y2, x1 + 1:x2]
        """, fails=["?"], says=r"row y1|outermost|from row|begins"),
        Chaff("half_inside", "The frame is centred on the border of the box.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            picture = np.stack([image, image, image], axis=2)
            a, b = thickness // 2, thickness - thickness // 2
            for y1, x1, y2, x2 in boxes:
                middle = picture[y1 + b : y2 - b, x1 + b : x2 - b].copy()
                picture[max(y1 - a, 0) : y2 + a, max(x1 - a, 0) : x2 + a] = [1, 0, 0]
                picture[y1 + b : y2 - b, x1 + b : x2 - b] = middle
            return picture
        """, fails=["?"], says=r"outside|both sides|centred"),
        Chaff("order_of_corners", "Boxes are taken apart as y1, y2, x1, x2.", """
        - for y1, x1, y2, x2 in boxes:
        + for y1, y2, x1, x2 in boxes:
        """, fails=["?"], says=r"\[y1, (y2, x1|x1, y2), x2\]|order"),
    ],
    "4.4": [
        Chaff("numbers_of_boxes", "A line holds the numbers of its boxes, not the boxes.", """
        - return [np.array(line) for line in lines]
        + numbers = {tuple(box): k for k, box in enumerate(np.array(boxes).tolist())}
        + return [np.array([numbers[tuple(box)] for box in line]) for line in lines]
        """, fails=["?"], says=r"shape|else than boxes|\(n, 4\)"),
        Chaff("bands_of_100_pixels", "A line is a band of 100 pixels.", whole="""
        def group_into_lines(boxes):
            band = (boxes[:, 0] + boxes[:, 2]) // 200
            lines = [boxes[band == k] for k in np.unique(band)]
            return [line[np.argsort(line[:, 1])] for line in lines]
        """, fails=["?"], says=r"(two|several|other|parts of|more than one) line|torn|split"),
        Chaff("from_the_right", "The boxes of a line go from right to left.", """
        - return [np.array(line) for line in lines]
        + return [np.array(line)[::-1] for line in lines]
        """, fails=["?"], says=r"right to left|reverse"),
        Chaff("one_line_only", "All boxes are in one line.", whole="""
        def group_into_lines(boxes):
            return [boxes[np.argsort(boxes[:, 1])]] if len(boxes) else []
        """, fails=["?"], says=r"(all|single|one) .*line"),
        Chaff("padded_with_ink", "np.pad fills up with zeros, which are ink.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        + letter = np.pad(bw[y1:y2, x1:x2], 4)
        """, fails=["?"], says=r"pad|margin|dark|ink at the (edge|border)|border"),
        Chaff("columns_first", "Letters are cut out with x for y.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        + letter = np.pad(bw[x1:x2, y1:y2], 4, constant_values=1)
        """, fails=["?"], says=r"rows come first"),
        Chaff("crops_as_squares", "The crops have shape (N, 32, 32).", """
        - return crops
        + return crops.reshape(-1, 32, 32)
        """, fails=["?"], says=r"shape"),
        Chaff("tanh", "The hidden layer has tanh units.", """
        - hidden = 1 / (1 + np.exp(-(crops @ params['Wlayer1'] + params['blayer1'])))
        + hidden = np.tanh(crops @ params['Wlayer1'] + params['blayer1'])
        """, fails=["?"], says=r"sigmoid"),
        Chaff("scores_as_labels", "The scores come back, not the labels.", """
        - return scores.argmax(axis=1)
        + return scores
        """, fails=["?"], says=r"label|shape"),
        Chaff("one_label_for_all", "argmax has no axis.", """
        - return scores.argmax(axis=1)
        + return scores.argmax()
        """, fails=["?"], says=r"label|array|shape|axis"),
        Chaff("from_left_edge_to_left_edge", "A gap is measured from left edge to left edge.", """
        - gaps = (boxes[1:, 1] - boxes[:-1, 3]) / height
        + gaps = (boxes[1:, 1] - boxes[:-1, 1]) / height
        """, fails=["?"], says=r"left (edge|side)|wide letter|end of|right edge|where .* ends"),
        Chaff("space_one_late", "A space stands one letter too far to the right.", """
        - text += (' ' if gap > widest else '') + CLASSES[label]
        + text += CLASSES[label] + (' ' if gap > widest else '')
        """, fails=["?"], says=r"one (letter|place)"),
        Chaff("space_at_the_end", "The line ends with a space.", """
        - return text
        + return text + ' '
        """, fails=["?"], says=r"\bend"),
        Chaff("list_of_characters", "A list of characters comes back.", """
        - return text
        + return list(text)
        """, fails=["?"], says=r"string"),
        Chaff("lines_with_spaces", "Lines are joined by a space.", r"""
        - return '\n'.join(texts)
        + return ' '.join(texts)
        """, fails=["?"], says=r"line end|\\n|one line"),
        Chaff("blank_lines", "A blank line stands between the lines.", r"""
        - return '\n'.join(texts)
        + return '\n\n'.join(texts)
        """, fails=["?"], says=r"blank|empty line"),
        Chaff("inverted_for_the_network", "The page is inverted before letters are cut out.", """
        - labels = classify(crop_letters(bw, line), params)
        + labels = classify(crop_letters(1 - bw, line), params)
        """, fails=["?"], says=r"(crop|put|order|step|compare|ink)"),
        Chaff("line_by_line_from_the_left", "The lines are sorted by their leftmost letter.", """
        - for line in group_into_lines(boxes):
        + for line in sorted(group_into_lines(boxes), key=lambda line: line[0][1]):
        """, fails=["?"], says=r"lines? .*(order|bottom|from)|order"),
        Chaff("list_of_lines", "The lines come back as a list.", r"""
        - return '\n'.join(texts)
        + return texts
        """, fails=["?"], says=r"string|list"),
    ],
}  # fmt: skip
