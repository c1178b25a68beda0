"""Mistakes in exercise 4.4: From boxes to text."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # group_into_lines
    Chaff("letters_in_order_of_height",
        "Within a line the letters are in the order of their upper edges.", """
        - return [np.array(line) for line in lines]
        + return [np.array(sorted(line)) for line in lines]
        """, fails=["each_line_from_left_to_right", "text_in_poor_light", "text_of_a_page"],
             says="the boxes of a line are sorted by their upper sides, y1"),
    Chaff("level_bands",
        "Lines are level bands of the page: a line that slopes falls to pieces.", whole="""
        def group_into_lines(boxes):
            if len(boxes) == 0:
                return []
            middles = (boxes[:, 0] + boxes[:, 2]) / 2
            height = np.median(boxes[:, 2] - boxes[:, 0])
            order = np.argsort(middles)
            breaks = np.flatnonzero(np.diff(middles[order]) > 0.4 * height) + 1
            lines = [boxes[rows] for rows in np.split(order, breaks)]
            return [line[np.argsort(line[:, 1])] for line in lines]
        """, fails=["lines_that_slope"],
             says="all boxes are in a single line"),
    Chaff("lines_sorted_by_x",
        "The lines are in the order of where they begin, not of how far down they are.", """
        - lines.sort(key=lambda line: np.mean([box[0] + box[2] for box in line]))
        """, fails=["lines_from_top_to_bottom", "text_in_poor_light", "text_of_a_page"],
             says="the lines are in the order in which they begin from the left"),
    Chaff("no_boxes_fail", "Without boxes there is an error.", """
        - lines = []
        - for box in sorted(np.array(boxes).tolist(), key=lambda box: box[1]):
        + ordered = boxes[np.argsort(boxes[:, 1])]
        + lines = [[ordered[0]]]
        + for box in ordered[1:]:
        """, fails=["empty_page_has_no_text", "no_boxes_no_lines"],
             says="`group_into_lines(boxes)` raised IndexError: index # is out of bounds for axis # with size #"),
    Chaff("lines_upwards", "Rows are taken to be counted from the bottom.", """
        - lines.sort(key=lambda line: np.mean([box[0] + box[2] for box in line]))
        + lines.sort(key=lambda line: np.mean([box[0] + box[2] for box in line]), reverse=True)
        """, fails=["lines_from_top_to_bottom", "text_in_poor_light",
                    "text_of_a_page"], says="the lines go from the bottom to the top"),
    # crop_letters
    Chaff("crop_wipes_the_page",
        "Each letter is rubbed out of the page after it has been cut out.", """
          crops[k] = normalise_crop(letter).ravel()
        + bw[y1:y2, x1:x2] = 1
        """, fails=["page_and_boxes_are_left_alone"],
             says="Cut from a copy; the page is needed again."),
    Chaff("crops_inverted", "The crops have ink 1 on paper 0.", """
        - crops[k] = normalise_crop(letter).ravel()
        + crops[k] = 1 - normalise_crop(letter).ravel()
        """, fails=["text_in_poor_light", "text_of_a_page", "crops_have_ink_0_on_paper_1"],
             says="most of a crop is #, which is ink"),
    Chaff("crops_of_one_scale",
        "The letters are cut out at the size that they have on the page.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        - crops[k] = normalise_crop(letter).ravel()
        + letter = bw[y1:y2:3, x1:x2:3][:28, :28]
        + top, left = (32 - letter.shape[0]) // 2, (32 - letter.shape[1]) // 2
        + square = crops[k].reshape(32, 32)
        + square[top:top + letter.shape[0], left:left + letter.shape[1]] = letter
        """, fails=["crops_look_like_training_images", "large_and_small_writing_alike",
                    "text_in_poor_light", "text_of_a_page"],
             says="Same size, same place, same stroke width, upright, row by row: put them side by side."),
    Chaff("crops_stretched",
        "Each box is stretched over the whole 32 x 32 pixels: no square, no margin.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        - crops[k] = normalise_crop(letter).ravel()
        + rows = np.minimum(((np.arange(32) + 0.5) * (y2 - y1) / 32).astype(int), y2 - y1 - 1)
        + columns = np.minimum(((np.arange(32) + 0.5) * (x2 - x1) / 32).astype(int), x2 - x1 - 1)
        + crops[k] = bw[y1:y2, x1:x2][rows][:, columns].ravel()
        """, fails=["text_in_poor_light", "text_of_a_page", "crops_have_a_margin_of_paper",
                    "crops_look_like_training_images", "shapes_are_kept"],
             says="letters are stretched: an upright bar and a level one become squares alike"),
    Chaff("crops_stretched_with_margin",
        "Each letter is stretched to a square of 24 x 24 pixels, a bar as well.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        - crops[k] = normalise_crop(letter).ravel()
        + rows = np.minimum(((np.arange(24) + 0.5) * (y2 - y1) / 24).astype(int), y2 - y1 - 1)
        + columns = np.minimum(((np.arange(24) + 0.5) * (x2 - x1) / 24).astype(int), x2 - x1 - 1)
        + crops[k].reshape(32, 32)[4:28, 4:28] = bw[y1:y2, x1:x2][rows][:, columns]
        """, fails=["crops_look_like_training_images", "shapes_are_kept", "text_in_poor_light",
                    "text_of_a_page"],
             says="letters are stretched: an upright bar and a level one become squares alike"),
    Chaff("crops_transposed", "The crops are read column by column, as MATLAB stores images.", """
        - crops[k] = normalise_crop(letter).ravel()
        + crops[k] = normalise_crop(letter).T.ravel()
        """, fails=["crops_look_like_training_images", "shapes_are_kept", "text_in_poor_light",
                    "text_of_a_page"],
             says="the crops are read column by column, not row by row"),
    Chaff("crops_without_margin", "The crops are square, but the letters touch the border.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        - crops[k] = normalise_crop(letter).ravel()
        + side = max(y2 - y1, x2 - x1)
        + top, left = (side - y2 + y1) // 2, (side - x2 + x1) // 2
        + square = np.ones((side, side))
        + square[top : top + y2 - y1, left : left + x2 - x1] = bw[y1:y2, x1:x2]
        + pick = np.minimum(((np.arange(32) + 0.5) * side / 32).astype(int), side - 1)
        + crops[k] = square[pick][:, pick].ravel()
        """, fails=["text_in_poor_light", "text_of_a_page", "crops_have_a_margin_of_paper",
                    "crops_look_like_training_images"],
             says="In the training images no ink touches the border: is there paper all around each letter?"),
    Chaff("cut_without_paper", "No paper is put around the letter before it is normalised.", """
        - letter = np.pad(bw[y1:y2, x1:x2], 4, constant_values=1)
        + letter = bw[y1:y2, x1:x2]
        """, fails=["shapes_are_kept"], says="the bars are gone: a bar fills its box, and with no paper around it nothing tells ink from paper"),
    # classify
    Chaff("first_bias_forgotten", "The bias of the hidden layer is not added.", """
        - hidden = 1 / (1 + np.exp(-(crops @ params['Wlayer1'] + params['blayer1'])))
        + hidden = 1 / (1 + np.exp(-(crops @ params['Wlayer1'])))
        """, fails=["labels_are_the_most_probable_classes"], says="the bias `blayer1` is left out"),
    Chaff("second_bias_subtracted_away", "The bias of the scores is not added.", """
        - scores = hidden @ params['Woutput'] + params['boutput']
        + scores = np.dot(hidden, params['Woutput'])
        """, fails=["labels_are_the_most_probable_classes"], says="the bias `boutput` is left out"),
    Chaff("two_linear_layers", "The sums of the hidden layer are handed on as they are.", """
        - hidden = 1 / (1 + np.exp(-(crops @ params['Wlayer1'] + params['blayer1'])))
        + hidden = crops.dot(params['Wlayer1']) + params['blayer1']
        """, fails=["labels_are_the_most_probable_classes"], says="the hidden layer has no sigmoid"),
    Chaff("hidden_units_as_labels", "The largest hidden unit is taken, not the largest score.", """
        - return scores.argmax(axis=1)
        + return hidden.argmax(axis=1)
        """, fails=["labels_are_the_most_probable_classes", "text_in_poor_light",
                    "text_of_a_page"], says="these are the most active hidden units, not the classes"),
    Chaff("labels_from_1", "The labels run from 1 to 36.", """
        - return scores.argmax(axis=1)
        + return scores.argmax(axis=1) + 1
        """, fails=["labels_are_the_most_probable_classes", "text_in_poor_light",
                    "text_of_a_page"], says="the labels begin at #"),
    Chaff("sign_of_the_scores", "The scores are negated, as if they were losses.", """
        - scores = hidden @ params['Woutput'] + params['boutput']
        + scores = -(hidden @ params['Woutput'] + params['boutput'])
        """, fails=["labels_are_the_most_probable_classes", "text_in_poor_light",
                    "text_of_a_page"], says="these are the labels of the smallest scores"),
    Chaff("labels_along_the_wrong_axis",
        "The largest score is taken over the letters, not over the classes.", """
        - return scores.argmax(axis=1)
        + return scores.argmax(axis=0)
        """, fails=["labels_are_the_most_probable_classes", "text_in_poor_light",
                    "text_of_a_page"],
             says="the shape is not (N,): one label for each crop"),
    # spell_line
    Chaff("digits_before_letters", "The labels are taken to begin with the digits.", """
        + CLASSES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
          height = np.median(boxes[:, 2] - boxes[:, 0])
        """, fails=["spaces_between_words", "text_in_poor_light", "text_of_a_page",
                    "wide_and_narrow_hands"],
             says="the labels are taken to begin with the digits: look at CLASSES"),
    Chaff("fixed_gap",
        "A gap is a space where it is wider than 0.7 letter heights, whatever the hand.", """
        - text += (' ' if gap > widest else '') + CLASSES[label]
        + text += (' ' if gap > 0.7 else '') + CLASSES[label]
        """, fails=["wide_and_narrow_hands"],
             says="How wide a space is depends on the hand: compare the gaps of a line with one another."),
    Chaff("no_spaces", "No spaces are put in.", """
        - text += (' ' if gap > widest else '') + CLASSES[label]
        + text += CLASSES[label]
        """, fails=["lines_and_spaces_are_kept", "spaces_between_words", "wide_and_narrow_hands"],
             says="there are no spaces at all"),
    Chaff("space_above_the_mean_gap",
        "Every gap above the mean gap is a space, in a single word too.", """
        - text += (' ' if gap > widest else '') + CLASSES[label]
        + text += (' ' if gap > np.mean(gaps) else '') + CLASSES[label]
        """, fails=["a_single_word", "wide_and_narrow_hands"],
             says="A line may be a single word, or a single letter: then there is no space in it."),
    Chaff("space_in_pixels", "A gap of more than 30 pixels is a space, on any page.", """
        - text += (' ' if gap > widest else '') + CLASSES[label]
        + text += (' ' if gap * height > 30 else '') + CLASSES[label]
        """, fails=["wide_and_narrow_hands", "spaces_at_any_size"],
             says="small letters get too few spaces, or large ones too many: how wide a space is seems to be counted in pixels"),
    # read_page
    Chaff("crops_from_the_photograph",
        "The letters are cut out of the photograph with its grey paper, not of the "
        "black-and-white page.", """
        - labels = classify(crop_letters(bw, line), params)
        + crops = []
        + for y1, x1, y2, x2 in line:
        +     rows = np.linspace(y1, y2 - 1, 32).astype(int)
        +     columns = np.linspace(x1, x2 - 1, 32).astype(int)
        +     crops.append(image[rows][:, columns].ravel())
        + labels = classify(np.array(crops), params)
        """, fails=["text_in_poor_light", "text_of_a_page"],
             says="Put your functions together: find, group, crop, classify, spell. Show what each hands on."),
    Chaff("empty_page_fails", "A page without letters raises an error.", """
        - texts = []
        + texts, crops = [], crop_letters(bw, np.concatenate(group_into_lines(boxes)))

        - labels = classify(crop_letters(bw, line), params)
        + labels, crops = classify(crops[:len(line)], params), crops[len(line):]
        """, fails=["empty_page_has_no_text"],
             says="`read_page(image, params)` raised ValueError: need at least one array to concatenate"),
    Chaff("lines_run_together", "The lines are joined without a line end.", r"""
        - return '\n'.join(texts)
        + return ''.join(texts)
        """, fails=["lines_and_spaces_are_kept"],
             says="there is no line end in the text"),
    Chaff("labels_in_the_order_of_boxes",
        "All letters are read in the order in which they were found, not in that of the lines.", """
        - texts = []
        + texts, all_labels = [], classify(crop_letters(bw, boxes), params)

        - labels = classify(crop_letters(bw, line), params)
        + labels, all_labels = all_labels[:len(line)], all_labels[len(line):]
        """, fails=["text_of_a_page",
                    "text_in_poor_light"], says="the letters are those of the page, but in another order: the labels have to be in the order of the boxes that are spelt"),
    Chaff("network_of_the_course", "The course's own network reads, whatever is handed in.", """
        - labels = classify(crop_letters(bw, line), params)
        + labels = classify(crop_letters(bw, line), load_network())
        """, fails=["text_is_read_by_the_network_handed_in"], says="`params` is the network that reads; it is handed in, and another one reads otherwise."),
    Chaff("gap_of_20_pixels", "A gap of more than 20 pixels is a space.", """
        - text += (' ' if gap > widest else '') + CLASSES[label]
        + text += (' ' if gap * height > 20 else '') + CLASSES[label]
        """, fails=["spaces_at_any_size", "lines_and_spaces_are_kept", "wide_and_narrow_hands",
                    "gaps_of_one_kind"], says="small letters get too few spaces, or large ones too many: how wide a space is seems to be counted in pixels"),
    Chaff("first_letters_decide", "The line whose first letter is highest comes first.", """
        - lines.sort(key=lambda line: np.mean([box[0] + box[2] for box in line]))
        + lines.sort(key=lambda line: line[0][0])
        """, fails=["lines_that_slope"], says="the lines are in the order of their first letters; where a page lies askew, that of a line far to the right may be lower than the line below"),
    Chaff("no_space_without_two_kinds", "Where the gaps are of one kind no space is put in.", """
        - best, widest = 0, 0.7
        + best, widest = 0, np.inf
        """, fails=["gaps_of_one_kind"], says="Where the gaps of a line are of one kind, a space is what is wider than # letter heights."),
    Chaff("kinds_that_hardly_differ", "Two kinds of gaps are seen where the means differ by a quarter.", """
        - if wide - narrow > 0.4 and apart > best:
        + if wide - narrow > 0.25 and apart > best:
        """, fails=["gaps_of_one_kind"], says="Where the gaps of a line are of one kind, a space is what is wider than # letter heights."),
    Chaff("two_gaps_of_each_kind", "One gap alone is taken for no kind.", """
        - for k in range(1, len(gaps)):
        + for k in range(2, len(gaps) - 1):
        """, fails=["wide_and_narrow_hands"], says="How wide a space is depends on the hand: compare the gaps of a line with one another."),
    Chaff("lowest_letters_decide", "The line whose lowest letter is highest comes first.", """
        - lines.sort(key=lambda line: np.mean([box[0] + box[2] for box in line]))
        + lines.sort(key=lambda line: max(box[2] for box in line))
        """, fails=["lines_askew"], says="A line may end higher than it begins. Which line is the upper one, say all of its letters."),
]
