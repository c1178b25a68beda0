"""Mistakes in exercise 4.2: Find the letters."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # remove_background
    Chaff("background_subtracted",
        "The background is subtracted where the brightness should be divided by it.", """
        - return np.clip(1 - image / np.maximum(paper, 0.01), 0, 1)
        + return np.clip(paper - image, 0, 1)
        """, fails=["ink_has_the_same_depth_in_any_light"],
             says="Divide by the paper's brightness nearby: ink = # - image / paper. In dim light, too."),
    Chaff("no_frame_against_the_table",
        "The closing fills up the strip of table at the edge, which is not rubbed out "
        "later either.", """
- small = np.pad(small, reach)                     # dark all around: see the hint about the table
- paper = ndimage.grey_closing(small, (reach, reach))[reach:-reach, reach:-reach]
+ paper = ndimage.grey_closing(small, (reach, reach), mode='nearest')

- bw = remove_rules(remove_edge(bw))
+ bw = remove_rules(bw)
        """, fails=["the_table_is_no_letter"],
             says="What is darker than the paper but touches the edge of the picture is the table."),
    Chaff("one_brightness_for_the_page",
        "The paper is taken to be equally bright everywhere.", whole="""
        def remove_background(image):
            return np.clip(1 - image / np.percentile(image, 90), 0, 1)
        """, fails=["finds_letters_in_a_shadow", "paper_becomes_zero_everywhere"],
             says="The paper's brightness changes slowly over the page: estimate it place by place."),
    Chaff("window_like_a_stroke",
        "The window of the closing is as narrow as a stroke, so that strokes count as paper.", """
        - reach = max(5, max(small.shape) // 18)
        + reach = 3
        """, fails=["ink_has_the_same_depth_in_any_light"],
             says="Divide by the paper's brightness nearby: ink = # - image / paper. In dim light, too."),
    # to_black_and_white
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
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "ink_is_0_and_paper_is_1",
                    "page_in_black_and_white"],
             says="Ink is #, paper is #, in an array of floats of the same shape as `ink`."),
    Chaff("fixed_threshold",
        "A pixel is ink where it takes away at least 0.3 of the light, whatever the pen.", whole="""
        def to_black_and_white(ink):
            return np.where(ink > 0.3, 0.0, 1.0)
        """, fails=["faint_ink_is_ink"],
             says="A pencil takes away a fifth of the light or less: derive the threshold from the page."),
    # merge_pieces
    Chaff("lines_merged", "Boxes above each other are joined however far apart they are.", """
        - column = (-gap_x >= 0.5 * np.minimum(widths, width)) & (high <= 1.4 * large)
        + column = -gap_x >= 0.5 * np.minimum(widths, width)

        - fits = column & (gap_y <= 0.35 * size) & part
        + fits = column
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "lines_stay_apart"],
             says="Look at your own picture of each step: at which one do letters get lost?"),
    Chaff("neighbours_merged", "Whatever comes close is joined, whole letters too.", """
        + fits |= (gap_x < 0.3 * size) & (gap_y < 0.3 * size)
          fits &= alive
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "neighbours_stay_apart"],
             says="Whole letters are not pieces: leave two of them apart even where they come close."),
    Chaff("only_pieces_above_each_other",
        "Only pieces above each other are joined, never those beside each other.", """
        - fits |= row & (gap_x <= 0.1 * size) & part & (not dot)
        - fits |= row & (gap_x <= 0.03 * size) & (wide <= 0.8 * large)
        """, fails=["pieces_beside_each_other_are_joined"],
             says="A letter can fall into pieces side by side: a small piece close to a letter belongs to it."),
    Chaff("pieces_not_merged", "Broken letters stay in pieces.", whole="""
        def merge_pieces(boxes):
            return boxes.copy()
        """, fails=["pieces_above_each_other_are_joined", "pieces_beside_each_other_are_joined"],
             says="A bar just above a stem belongs to it: the two overlap from side to side."),
    # find_letters
    Chaff("boxes_as_height_and_width",
        "The last two numbers of a box are its height and width, not a corner.", """
        + boxes[:, 2:] -= boxes[:, :2]
          return boxes, bw
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters"],
             says="the boxes are [y1, x1, height, width]: the last two are a corner"),
    Chaff("boxes_as_xy", "Boxes are given as x first, then y.", """
        - return boxes, bw
        + return boxes[:, [1, 0, 3, 2]], bw
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters"],
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
        """, fails=["finds_nothing_else", "page_in_black_and_white", "specks_are_no_letters",
                    "the_table_is_no_letter"],
             says="Pieces that are far smaller than the usual letter are specks, not letters."),
    Chaff("last_row_inside",
        "y2 and x2 are the last row and column inside, not the first ones outside.", """
    - boxes = [[y.start, x.start, y.stop, x.stop] for y, x in ndimage.find_objects(pieces)]
    + boxes = [[y.start, x.start, y.stop - 1, x.stop - 1] for y, x in ndimage.find_objects(pieces)]
        """, fails=["page_in_black_and_white"],
             says="`bw` is the page in black and white: # for ink, # for paper, the shape of `image`."),
    Chaff("page_inverted", "The page comes back with ink 1 and paper 0.", """
        - return boxes, bw
        + return boxes, 1 - bw
        """, fails=["page_in_black_and_white"],
             says="`bw` is the page in black and white: # for ink, # for paper, the shape of `image`."),
    Chaff("photograph_changed", "The ink is written over the photograph that was handed in.", """
        - bw = to_black_and_white(remove_background(image))
        + image[:] = remove_background(image)
        + bw = to_black_and_white(image)
        """, fails=["the_photograph_is_left_alone"],
             says="Work on a copy: the photograph is needed again, for drawing the boxes on it."),
    Chaff("shrunk_before_the_threshold",
        "The photograph is made nine times smaller first, and strokes are lost on the way.", """
        - bw = to_black_and_white(remove_background(image))
        - bw = remove_rules(remove_edge(bw))
        + bw = to_black_and_white(remove_background(image[::9, ::9]))

        - return boxes, bw
        + height, width = image.shape
        + return 9 * boxes, np.repeat(np.repeat(bw, 9, axis=0), 9, axis=1)[:height, :width]
        """, fails=["finds_letters_in_a_shadow", "finds_the_letters", "page_in_black_and_white"],
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
             says="Specks are far smaller than letters; measure them against the usual letter of the page."),
]
