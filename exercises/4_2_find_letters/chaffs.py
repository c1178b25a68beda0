"""Mistakes in exercise 4.2: Find the letters."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # remove_background
    Chaff("background_subtracted",
        "The background is subtracted where the brightness should be divided by it.", """
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return np.clip(paper - image, 0, 1)
        """, fails=["ink_has_the_same_depth_in_any_light"],
             says="the brightness is subtracted from the paper's, not divided by it"),
    Chaff("no_frame_against_the_table",
        "The closing fills up the strip of table at the edge, which is not rubbed out "
        "later either.", """
- small = np.pad(small, reach)                     # dark all around: see the hint about the table
- paper = ndimage.grey_closing(small, (reach, reach))[reach:-reach, reach:-reach]
+ paper = ndimage.grey_closing(small, (reach, reach), mode='nearest')

- bw = remove_rules(remove_edge(bw))
+ bw = remove_rules(bw)
        """, fails=["the_table_is_no_letter"],
             says="the table at the edge of the picture has become a letter"),
    Chaff("one_brightness_for_the_page",
        "The paper is taken to be equally bright everywhere.", whole="""
        def remove_background(image):
            return np.clip(1 - image / np.percentile(image, 90), 0, 1)
        """, fails=["finds_letters_in_a_shadow", "paper_becomes_zero_everywhere",
                    "the_table_is_no_letter"],
             says="The paper's brightness changes slowly over the page: estimate it place by place."),
    Chaff("window_like_a_stroke",
        "The window of the closing is as narrow as a stroke, so that strokes count as paper.", """
        - reach = max(5, max(small.shape) // 18)
        + reach = 3
        """, fails=["ink_has_the_same_depth_in_any_light", "ruled_lines_are_no_letters",
                    "the_table_is_no_letter"],
             says="Ink is # - image / paper. Is `paper` free of strokes: is the window wider than they are?"),
    Chaff("frame_left_out",
        "No dark frame is put around the picture, so a strip of table counts as a dark stroke.", """
- small = np.pad(small, reach)                     # dark all around: see the hint about the table
- paper = ndimage.grey_closing(small, (reach, reach))[reach:-reach, reach:-reach]
+ paper = ndimage.grey_closing(small, (reach, reach))
        """, fails=["the_table_is_no_letter"], says="What is dark at the edge of the picture is the table: neither a letter, nor paper, nor ink."),
    Chaff("no_closing", "The photograph is only turned into its negative.", whole="""
        def remove_background(image):
            return np.clip(1 - image, 0, 1)
        """, fails=["ink_has_the_same_depth_in_any_light",
                    "finds_letters_in_a_shadow"], says="it is # - image: the paper's own brightness is still in it"),
    Chaff("opening_for_closing", "An opening fills up what is bright, not what is dark.", """
        - paper = ndimage.grey_closing(small, (reach, reach))[reach:-reach, reach:-reach]
        + paper = ndimage.grey_opening(small, (reach, reach))[reach:-reach, reach:-reach]
        """, fails=["ink_has_the_same_depth_in_any_light", "finds_the_letters",
                    "page_in_black_and_white"], says="strokes have far too little ink: `paper` is nearly as dark there as they are"),
    Chaff("light_that_is_left", "The evenly lit page comes back, not the ink on it.", whole="""
        def remove_background(image):
            closed = ndimage.grey_closing(image, (25, 25))
            return image / ndimage.gaussian_filter(closed, 5)
        """, fails=["ink_has_the_same_depth_in_any_light", "finds_the_letters",
                    "page_in_black_and_white"], says="it is image / paper, the share of the light that is left: # on paper"),
    Chaff("not_cut_off", "Paper that is brighter than the paper nearby gets less than no ink.", """
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return 1 - image / np.maximum(paper, 0.01)
        """, fails=["ink_is_a_share_from_0_to_1"], says="Paper that is brighter than the paper nearby takes no light away: cut off at # and #."),
    Chaff("divided_by_zero", "The paper's brightness may be 0, and then there is no number.", """
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return np.clip(1 - image / paper, 0, 1)
        """, fails=["ink_where_the_photograph_is_black"], says="Where the photograph is black, `paper` is # as well: see that nothing is divided by #."),
    # to_black_and_white
    Chaff("brightness_of_a_file", "Whole numbers from 0 to 255, as in a file.", """
        - return np.where(strong[pieces], 0.0, 1.0)
        + return np.where(strong[pieces], 0, 255).astype(np.uint8)

        - return np.ones(ink.shape)
        + return np.full(ink.shape, 255, dtype=np.uint8)
        """, fails=["ink_is_0_and_paper_is_1",
                    "page_in_black_and_white"], says="paper is #, the largest brightness of a file; here # is white"),
    Chaff("whole_numbers", "0 and 1 come back as whole numbers.", """
        - return np.where(strong[pieces], 0.0, 1.0)
        + return np.where(strong[pieces], 0, 1)
        """, fails=["ink_is_0_and_paper_is_1"], says="the values are right, but they are no floats"),
    Chaff("always_some_ink",
        "The threshold parts whatever there is into two groups, so bare paper gets ink.", whole="""
        def to_black_and_white(ink):
            ink = ndimage.gaussian_filter(ink, 0.7)
            largest = max(ink.max(), 1e-9)
            return np.where(ink > largest * otsu(ink / largest), 0.0, 1.0)
        """, fails=["bare_paper_stays_white", "empty_page"],
             says="A page without writing is all paper: a threshold that always finds some ink finds noise."),
    Chaff("black_and_white_inverted", "Ink becomes 1 and paper 0.", """
        - return np.where(strong[pieces], 0.0, 1.0)
        + return np.where(strong[pieces], 1.0, 0.0)

        - return np.ones(ink.shape)
        + return np.zeros(ink.shape)
        """, fails=["finds_the_letters", "ink_is_0_and_paper_is_1", "page_in_black_and_white"],
             says="ink and paper are the other way round: strokes are #, paper is #"),
    Chaff("noise_not_measured", "What takes away 0.06 of the light is ink, on any paper.", """
        - faintest = max(0.06, paper + 8 * noise)
        + faintest = 0.06
        """, fails=["bare_paper_stays_white"], says="A page without writing is all paper: a threshold that always finds some ink finds noise."),
    Chaff("bare_paper_all_ink", "Where there is no ink zeros come back, as if nothing were everywhere.", """
        - return np.ones(ink.shape)
        + return np.zeros(ink.shape)
        """, fails=["bare_paper_stays_white"], says="A page without writing is all paper: a threshold that always finds some ink finds noise."),
    Chaff("fixed_threshold",
        "A pixel is ink where it takes away at least 0.3 of the light, whatever the pen.", whole="""
        def to_black_and_white(ink):
            return np.where(ink > 0.3, 0.0, 1.0)
        """, fails=["faint_ink_is_ink", "the_table_is_no_letter"],
             says="A pencil takes away a fifth of the light or less: derive the threshold from the page."),
    # merge_pieces
    Chaff("lines_merged", "Boxes above each other are joined however far apart they are.", """
        - column = (-gap_x >= 0.5 * np.minimum(widths, width)) & (high <= 1.4 * large)
        + column = -gap_x >= 0.5 * np.minimum(widths, width)

        - fits = column & (gap_y <= 0.35 * size) & part
        + fits = column
        """, fails=["finds_the_letters", "lines_stay_apart"],
             says="letters of two lines share a box"),
    Chaff("neighbours_merged", "Whatever comes close is joined, whole letters too.", """
        + fits |= (gap_x < 0.3 * size) & (gap_y < 0.3 * size)
          fits &= alive
        """, fails=["finds_the_letters", "neighbours_stay_apart"],
             says="whole letters that stand side by side share a box"),
    Chaff("only_pieces_above_each_other",
        "Only pieces above each other are joined, never those beside each other.", """
        - fits |= row & (gap_x <= 0.1 * size) & part & (not dot)
        - fits |= row & (gap_x <= 0.03 * size) & (wide <= 0.8 * large)
        """, fails=["pieces_beside_each_other_are_joined"],
             says="the pieces come back as they were"),
    Chaff("pieces_not_merged", "Broken letters stay in pieces.", whole="""
        def merge_pieces(boxes):
            return boxes.copy()
        """, fails=["pieces_above_each_other_are_joined", "pieces_beside_each_other_are_joined",
                    "broken_letters_have_one_box"],
             says="the pieces come back as they were"),
    Chaff("dot_joined", "A dot counts as a piece of the digit beside it.", """
        - fits |= row & (gap_x <= 0.1 * size) & part & (not dot)
        + fits |= row & (gap_x <= 0.1 * size) & part
        """, fails=["a_dot_stays_apart"], says="the dot has become a part of its digit"),
    Chaff("pieces_listed_as_well", "The joined box comes in addition to its pieces.", """
        + pieces = boxes.copy()
          alive = np.ones(len(boxes), dtype=bool)

        - return boxes[alive]
        + return np.concatenate([boxes[alive], pieces[~alive]])
        """, fails=["pieces_above_each_other_are_joined",
                    "pieces_beside_each_other_are_joined"], says="the box around both pieces is there, and a piece of it is still listed as well"),
    Chaff("however_far_apart", "A piece beside a letter is joined to it across any gap.", """
        - fits |= row & (gap_x <= 0.1 * size) & part & (not dot)
        + fits |= row & part & (not dot)
        """, fails=["a_distant_piece_stays_apart"], says="the distant piece has become a part of the letter"),
    Chaff("boxes_changed", "The boxes that were handed in grow.", """
        - boxes = np.array(boxes, dtype=int).reshape(-1, 4)
          if len(boxes) == 0:
        """, fails=["the_photograph_is_left_alone"], says="Work on copies: the photograph and the boxes are needed again by whoever handed them over."),
    # find_letters
    Chaff("box_around_the_page", "A box around everything is listed with those of the letters.", """
        - return boxes, bw
        + if len(boxes) > 0:
        +     page = [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]
        +     boxes = np.concatenate([boxes, [page]])
        + return boxes, bw
        """, fails=["finds_nothing_else", "specks_are_no_letters"], says="a box holds most of the letters of the page at once"),
    Chaff("last_letter_dropped", "The last letter of the list is left out.", """
        - return boxes, bw
        + return boxes[:-1], bw
        """, fails=["finds_the_letters"], says="on every page one letter has no box: the one that begins lowest"),
    Chaff("letter_listed_twice", "The first letter is listed again at the end.", """
        - return boxes, bw
        + return np.concatenate([boxes, boxes[:1]]), bw
        """, fails=["finds_nothing_else", "specks_are_no_letters"], says="a letter has two boxes"),
    Chaff("margin_too_wide", "Each box gets half a letter's height of paper on each side.", """
        - return boxes, bw
        + wide = int(0.5 * usual_height(boxes)) if len(boxes) > 0 else 0
        + return boxes + [-wide, -wide, wide, wide], bw
        """, fails=["finds_the_letters"], says="the boxes are too large: each holds its letter, but reaches more than a fifth of a letter's height beyond it"),
    Chaff("rules_rubbed_out_of_a_copy", "The page without its rules is not kept.", """
        - bw = remove_rules(remove_edge(bw))
        + bw = remove_edge(bw)
        + remove_rules(bw)
        """, fails=["ruled_lines_are_no_letters"], says="The lines of ruled paper are ink, too, but no letters: one of the given tools knows them."),
    Chaff("carpet_of_boxes", "Every pixel of ink is a box of its own.", """
        - return boxes, bw
        + rows, columns = np.nonzero(bw == 0)
        + return np.stack([rows, columns, rows + 1, columns + 1], axis=1)[:3000], bw
        """, fails=["finds_the_letters",
                    "boxes_end_behind_the_ink"], says="letters lie in pieces, each in a box of its own"),
    Chaff("boxes_as_height_and_width",
        "The last two numbers of a box are its height and width, not a corner.", """
        + boxes[:, 2:] -= boxes[:, :2]
          return boxes, bw
        """, fails=["finds_the_letters"],
             says="the boxes are [y1, x1, height, width]: the last two are a corner"),
    Chaff("boxes_as_xy", "Boxes are given as x first, then y.", """
        - return boxes, bw
        + return boxes[:, [1, 0, 3, 2]], bw
        """, fails=["finds_the_letters"],
             says="the boxes are [x1, y1, x2, y2]: rows come first"),
    Chaff("empty_page_fails",
        "A page without writing raises an error: there is no usual height of no letters.", """
        + size = usual_height(boxes)
          if len(boxes) > 0:
        -     size = usual_height(boxes)
        """, fails=["empty_page"],
             says="`find_letters(image)` raised IndexError: index # is out of bounds for axis # with size #"),
    Chaff("holes_are_letters", "Paper that a letter encloses counts as a letter, too.", """
        - return boxes, bw
        + paper, count = ndimage.label(bw == 1)
        + holes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(paper)[1:]]
        + return np.concatenate([boxes, np.array(holes, dtype=int).reshape(-1, 4)]), bw
        """, fails=["finds_nothing_else", "specks_are_no_letters"],
             says="a box lies inside a letter: around a hole, or around a piece"),
    Chaff("last_row_inside",
        "y2 and x2 are the last row and column inside, not the first ones outside.", """
    - boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    + boxes = [[y.start, x.start, y.stop - 1, x.stop - 1] for y, x in ndimage.find_objects(pieces)]
        """, fails=["boxes_end_behind_the_ink"],
             says="y2 and x2 are the first row and column outside of the box, as the `stop` of a slice is."),
    Chaff("page_inverted", "The page comes back with ink 1 and paper 0.", """
        - return boxes, bw
        + return boxes, 1 - bw
        """, fails=["page_in_black_and_white"],
             says="ink and paper are the other way round: strokes are #, paper is #"),
    Chaff("photograph_changed", "The ink is written over the photograph that was handed in.", """
        - bw = to_black_and_white(remove_background(image))
        + image[:] = remove_background(image)
        + bw = to_black_and_white(image)
        """, fails=["the_photograph_is_left_alone"],
             says="Work on copies: the photograph and the boxes are needed again by whoever handed them over."),
    Chaff("shrunk_before_the_threshold",
        "The photograph is made nine times smaller first, and strokes are lost on the way.", """
        - bw = to_black_and_white(remove_background(image))
        - bw = remove_rules(remove_edge(bw))
        + bw = to_black_and_white(remove_background(image[::9, ::9]))

        - return boxes, bw
        + height, width = image.shape
        + return 9 * boxes, np.repeat(np.repeat(bw, 9, axis=0), 9, axis=1)[:height, :width]
        """, fails=["finds_the_letters", "page_in_black_and_white"],
             says="Look at your own picture of each step: at which one do letters get lost?"),
    Chaff("smallest_letter_in_pixels",
        "What is less than 30 pixels high is no letter, on any photograph.", """
        - boxes = boxes[letter & (np.maximum(heights, widths) > 0.45 * size)]
        + boxes = boxes[letter & (np.maximum(heights, widths) >= 30)]
        """, fails=["writing_of_any_size"],
             says="Nothing in pixels: derive every size from the page, such as from the usual letter's height."),
    Chaff("specks_kept", "Every connected piece is a letter, however small.", """
        - boxes = boxes[area > stroke_width(bw) ** 2]      # no speck is a letter

        - boxes = boxes[letter & (np.maximum(heights, widths) > 0.45 * size)]
        """, fails=["specks_are_no_letters"],
             says="there are boxes far smaller than a letter, where no letter is"),
]
