"""Mistakes in exercise 4.2: find the letters."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # remove_background
    Chaff("background_subtracted",
        "The background is subtracted where the brightness should be divided by it.", """
        - small = np.pad(small, reach)                     # dark all around: see the hint about the table
        - paper = ndimage.grey_closing(small, (reach, reach))[reach:-reach, reach:-reach]
        - paper = ndimage.uniform_filter(paper, 5, mode='nearest')
        - paper = enlarge(paper, image.shape, step)
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + paper = ndimage.grey_closing(np.pad(small, reach), (reach, reach))[reach:-reach, reach:-reach]
        + paper = enlarge(ndimage.uniform_filter(paper, 5, mode='nearest'), image.shape, step)
        + return np.clip(paper - image, 0, 1)
        """, fails=["ink_has_the_same_depth_in_any_light"]),
    Chaff("no_frame_against_the_table",
        "The closing fills up the strip of table at the edge, which is not rubbed out later "
        "either.", whole="""
        def remove_background(image):
            step = max(1, round(max(image.shape) / 450))
            small = ndimage.median_filter(shrink(image, step), 3, mode="nearest")
            reach = max(5, max(small.shape) // 18)
            paper = ndimage.grey_closing(small, (reach, reach), mode="nearest")
            paper = enlarge(ndimage.uniform_filter(paper, 5, mode="nearest"), image.shape, step)
            return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)

        def find_letters(image):
            bw = remove_rules(to_black_and_white(remove_background(image)))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes):
                boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
            return boxes, bw
        """, fails=["the_table_is_no_letter"]),
    Chaff("one_brightness_for_the_page",
        "The paper is taken to be equally bright everywhere.", whole="""
        def remove_background(image):
            return np.clip(1 - image / np.percentile(image, 90), 0, 1)
        """, fails=["finds_letters_in_a_shadow", "paper_becomes_zero_everywhere"]),
    Chaff("window_like_a_stroke",
        "The window of the closing is as narrow as a stroke, so that strokes count as paper.", whole="""
        def remove_background(image):
            paper = ndimage.grey_closing(image, (3, 3))
            return np.clip(1 - image / np.maximum(ndimage.uniform_filter(paper, 15), 0.01), 0, 1)
        """, fails=["ink_has_the_same_depth_in_any_light"]),
    # to_black_and_white
    Chaff("always_some_ink",
        "The threshold parts whatever there is into two groups, so bare paper gets ink.", whole="""
        def to_black_and_white(ink):
            ink = ndimage.gaussian_filter(ink, 0.7)
            largest = max(ink.max(), 1e-9)
            return np.where(ink > largest * otsu(ink / largest), 0.0, 1.0)
        """, fails=["bare_paper_stays_white", "empty_page"]),
    Chaff("black_and_white_inverted", "Ink becomes 1 and paper 0.", whole="""
        def to_black_and_white(ink):
            ink = ndimage.gaussian_filter(ink, 0.7)
            dark = ink[ink > 0.06]
            if dark.size < 20:
                return np.zeros(ink.shape)
            return (ink > 0.45 * np.percentile(dark, 70)).astype(float)
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "ink_is_0_and_paper_is_1",
                    "page_in_black_and_white"]),
    Chaff("fixed_threshold",
        "A pixel is ink where it takes away at least 0.3 of the light, whatever the pen.", whole="""
        def to_black_and_white(ink):
            return np.where(ink > 0.3, 0.0, 1.0)
        """, fails=["faint_ink_is_ink"]),
    # merge_pieces
    Chaff("lines_merged", "Boxes above each other are joined however far apart they are.", whole="""
        def merge_pieces(boxes):
            boxes = np.array(boxes).tolist()
            size = usual_height(np.array(boxes)) if boxes else 0
            merged = True
            while merged:
                merged = False
                for a in boxes:
                    for b in boxes:
                        overlap = min(a[3], b[3]) - max(a[1], b[1])
                        level = min(a[2], b[2]) - max(a[0], b[0]) > 0
                        low = min(a[2] - a[0], b[2] - b[0], 0.7 * size) < 0.7 * size
                        near = level and low and overlap > -0.1 * size
                        if (
                            a is not b
                            and not merged
                            and (near or overlap > 0.5 * min(a[3] - a[1], b[3] - b[1]))
                        ):
                            boxes.remove(a)
                            boxes.remove(b)
                            boxes.append(
                                [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
                            )
                            merged = True
            return np.array(boxes, dtype=int).reshape(-1, 4)
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "lines_stay_apart"]),
    Chaff("neighbours_merged", "Whatever comes close is joined, whole letters too.", whole="""
        def merge_pieces(boxes):
            boxes = np.array(boxes).tolist()
            size = usual_height(np.array(boxes)) if boxes else 0
            merged = True
            while merged:
                merged = False
                for a in boxes:
                    for b in boxes:
                        gap_x = max(a[1], b[1]) - min(a[3], b[3])
                        gap_y = max(a[0], b[0]) - min(a[2], b[2])
                        if a is not b and not merged and gap_x < 0.3 * size and gap_y < 0.3 * size:
                            boxes.remove(a)
                            boxes.remove(b)
                            boxes.append(
                                [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
                            )
                            merged = True
            return np.array(boxes, dtype=int).reshape(-1, 4)
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "neighbours_stay_apart"]),
    Chaff("only_pieces_above_each_other",
        "Only pieces above each other are joined, never those beside each other.", whole="""
        def merge_pieces(boxes):
            boxes = [list(box) for box in np.array(boxes).tolist()]
            size = usual_height(np.array(boxes)) if boxes else 0
            merged = True
            while merged:
                merged = False
                for a in boxes:
                    for b in boxes:
                        overlap = min(a[3], b[3]) - max(a[1], b[1])
                        gap = max(a[0], b[0]) - min(a[2], b[2])
                        low = min(a[2] - a[0], b[2] - b[0]) < 0.7 * size
                        narrow = min(a[3] - a[1], b[3] - b[1])
                        high = max(a[2], b[2]) - min(a[0], b[0])
                        if (
                            a is not b
                            and not merged
                            and low
                            and overlap >= narrow / 2
                            and high < 1.4 * size
                        ):
                            if gap < 0.35 * size:
                                boxes.remove(a)
                                boxes.remove(b)
                                boxes.append(
                                    [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
                                )
                                merged = True
            return np.array(boxes, dtype=int).reshape(-1, 4)
        """, fails=["pieces_beside_each_other_are_joined"]),
    Chaff("pieces_not_merged", "Broken letters stay in pieces.", whole="""
        def merge_pieces(boxes):
            return boxes.copy()
        """, fails=["pieces_above_each_other_are_joined", "pieces_beside_each_other_are_joined"]),
    # find_letters
    Chaff("boxes_as_height_and_width",
        "The last two numbers of a box are its height and width, not a corner.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes):
                boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
            boxes[:, 2:] -= boxes[:, :2]
            return boxes, bw
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters"]),
    Chaff("boxes_as_xy", "Boxes are given as x first, then y.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes):
                boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
            return boxes[:, [1, 0, 3, 2]], bw
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters"]),
    Chaff("empty_page_fails",
        "A page without writing raises an error: there is no usual height of no letters.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes))
            return boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)], bw
        """, fails=["empty_page"]),
    Chaff("holes_are_letters", "Paper that a letter encloses counts as a letter, too.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes) == 0:
                return boxes, bw
            boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
            paper, _ = ndimage.label(bw == 1)
            enclosed = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(paper)[1:]]
            return np.concatenate([boxes, np.array(enclosed, dtype=int).reshape(-1, 4)]), bw
        """, fails=["finds_nothing_else", "page_in_black_and_white", "specks_are_no_letters",
                    "the_table_is_no_letter"]),
    Chaff("last_row_inside",
        "y2 and x2 are the last row and column inside, not the first ones outside.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop - 1, x.stop - 1] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes) == 0:
                return boxes, bw
            sizes = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
            return boxes[sizes > 0.45 * usual_height(boxes)], bw
        """, fails=["page_in_black_and_white"]),
    Chaff("page_inverted", "The page comes back with ink 1 and paper 0.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes):
                boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
            return boxes, 1 - bw
        """, fails=["page_in_black_and_white"]),
    Chaff("photograph_changed",
        "The ink is written over the photograph that was handed in.", whole="""
        def find_letters(image):
            image[:] = remove_background(image)
            bw = remove_rules(remove_edge(to_black_and_white(image)))
            pieces, count = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            if len(boxes):
                boxes = boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) > 0.45 * usual_height(boxes)]
            return boxes, bw
        """, fails=["the_photograph_is_left_alone"]),
    Chaff("shrunk_before_the_threshold",
        "The photograph is made nine times smaller first, and strokes are lost on the way.", whole="""
        def find_letters(image):
            small = to_black_and_white(remove_background(image[::9, ::9]))
            pieces, _ = ndimage.label(small == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4)) * 9
            bw = np.repeat(np.repeat(small, 9, axis=0), 9, axis=1)[: image.shape[0], : image.shape[1]]
            return boxes, bw
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "page_in_black_and_white"]),
    Chaff("smallest_letter_in_pixels",
        "What is less than 30 pixels high is no letter, on any photograph.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            boxes = merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4))
            return boxes[(boxes[:, 2:] - boxes[:, :2]).max(axis=1) >= 30], bw
        """, fails=["writing_of_any_size"]),
    Chaff("specks_kept", "Every connected piece is a letter, however small.", whole="""
        def find_letters(image):
            bw = remove_rules(remove_edge(to_black_and_white(remove_background(image))))
            pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
            boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
            return merge_pieces(np.array(boxes, dtype=int).reshape(-1, 4)), bw
        """, fails=["specks_are_no_letters"]),
]
