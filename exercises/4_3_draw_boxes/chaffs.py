"""Mistakes in exercise 4.3: Boxes on the page."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("blue_frames", "The colours are taken to be in the order blue, green, red.", """
        - inside[:] = [1, 0, 0]
        + inside[:] = [0, 0, 1]
        """, fails=["frames_are_red"],
             says="the colours are in the order blue, green, red"),
    Chaff("boxes_filled", "The whole box is painted red, and the letter with it.", """
        - if min(y2 - y1, x2 - x1) > 2 * thickness:
        -     inside[thickness:-thickness, thickness:-thickness] = middle
        """, fails=["letters_are_still_seen", "frames_are_as_wide_as_asked_for"],
             says="the boxes are painted red all over"),
    Chaff("drawn_on_the_photograph",
        "The letters are made darker in the photograph that was handed in.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            t = thickness
            for y1, x1, y2, x2 in boxes:
                middle = image[y1 + t : y2 - t, x1 + t : x2 - t].copy()
                image[y1:y2, x1:x2] = 2.0
                image[y1 + t : y2 - t, x1 + t : x2 - t] = middle
            picture = np.stack([image] * 3, axis=2)
            picture[image == 2.0] = [1, 0, 0]
            return picture
        """, fails=["photograph_and_boxes_are_left_alone"],
             says="Draw on a copy. np.stack and np.repeat make one; `picture = image` does not."),
    Chaff("frame_around_the_box", "The frame lies around the box, outside of it.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            t = thickness
            height, width = image.shape
            picture = np.stack([image] * 3, axis=2).astype(float)
            for y1, x1, y2, x2 in boxes:
                middle = picture[y1:y2, x1:x2].copy()
                picture[max(0, y1 - t) : y2 + t, max(0, x1 - t) : x2 + t] = [1, 0, 0]
                picture[y1:y2, x1:x2] = middle
            return picture
        """, fails=["frames_begin_at_the_border", "nothing_is_drawn_outside"],
             says="the frame lies around the box, outside of it"),
    Chaff("frame_on_both_sides", "The frame lies on both sides of the border of the box.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            t = thickness
            picture = np.stack([image] * 3, axis=2).astype(float)
            for y1, x1, y2, x2 in boxes:
                middle = picture[y1 + t : y2 - t, x1 + t : x2 - t].copy()
                picture[max(0, y1 - t) : y2 + t, max(0, x1 - t) : x2 + t] = [1, 0, 0]
                picture[y1 + t : y2 - t, x1 + t : x2 - t] = middle
            return picture
        """, fails=["nothing_is_drawn_outside", "frames_are_as_wide_as_asked_for"],
             says="the frame lies on both sides of the border of the box"),
    Chaff("none_at_the_edge", "A box that touches the edge of the page gets no frame.", """
        + if min(y1, x1) == 0 or y2 == len(image) or x2 == image.shape[1]:
        +     continue
          inside = picture[y1:y2, x1:x2]
        """, fails=["boxes_at_the_edge_and_none"],
             says="A box may touch the edge of the page, and a page may have no boxes at all."),
    Chaff("one_pixel_too_far",
        "The lower and right edges are drawn in row y2 and column x2, just outside of the box.", """
        - inside = picture[y1:y2, x1:x2]
        + inside = picture[y1:y2 + 1, x1:x2 + 1]
        """, fails=["nothing_is_drawn_outside"],
             says="row y2 and column x2 are drawn, which are just outside of the box"),
    Chaff("rows_and_columns_swapped", "Boxes are drawn with x for y.", """
        - for y1, x1, y2, x2 in boxes:
        + for x1, y1, x2, y2 in boxes:
        """, fails=["frames_are_red"],
             says="boxes are drawn as [x1, y1, x2, y2]: rows come first"),
    Chaff("boxes_with_height_and_width", "The last two numbers are taken as height and width.", """
        - inside = picture[y1:y2, x1:x2]
        + inside = picture[y1:y1 + y2, x1:x1 + x2]
        """, fails=["frames_are_red"], says="boxes are drawn as [y1, x1, height, width]: the last two are a corner"),
    Chaff("colours_from_0_to_255", "Red is 255, as in a file.", """
        - inside[:] = [1, 0, 0]
        + inside[:] = [255, 0, 0]
        """, fails=["frames_are_red"], says="there are values up to #, where colours run from # to #"),
    Chaff("frames_too_thick", "The middle that is put back is a pixel too small on each side.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            t = thickness + 1
            picture = np.stack([image] * 3, axis=2)
            for y1, x1, y2, x2 in boxes:
                middle = picture[y1 + t : y2 - t, x1 + t : x2 - t].copy()
                picture[y1:y2, x1:x2] = [1, 0, 0]
                picture[y1 + t : y2 - t, x1 + t : x2 - t] = middle
            return picture
        """, fails=["frames_are_as_wide_as_asked_for"], says="the frames are one pixel wider than `thickness`"),
    Chaff("frames_too_thin", "The loop over the thickness begins at 1.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            picture = np.stack([image] * 3, axis=2)
            for y1, x1, y2, x2 in boxes:
                for k in range(1, thickness):
                    picture[y1 + k - 1, x1:x2] = picture[y2 - k, x1:x2] = [1, 0, 0]
                    picture[y1:y2, x1 + k - 1] = picture[y1:y2, x2 - k] = [1, 0, 0]
            return picture
        """, fails=["frames_are_as_wide_as_asked_for",
                    "boxes_at_the_edge_and_none"], says="the frames are one pixel narrower than `thickness`"),
    Chaff("last_box_alone", "Each box is drawn on a fresh copy, and the last copy comes back.", """
        - for y1, x1, y2, x2 in boxes:
        + for y1, x1, y2, x2 in boxes:
        +     picture = np.stack([image, image, image], axis=2).astype(float)
        """, fails=["frames_are_red"], says="only the last box has a frame"),
    Chaff("first_box_alone", "The loop is left after one box.", """
        + boxes = boxes[:1]
          for y1, x1, y2, x2 in boxes:
        """, fails=["frames_are_red"], says="only the first box has a frame"),
    Chaff("red_alone_is_set", "Red becomes 1, green and blue are not touched.", """
        - inside[:] = [1, 0, 0]
        + inside[:, :, 0] = 1
        """, fails=["frames_are_red"], says="the frame has red #, but green and blue are still those of the photograph"),
    Chaff("top_and_left_alone", "The lower and the right side are forgotten.", """
        - inside[thickness:-thickness, thickness:-thickness] = middle
        + inside[thickness:, thickness:] = image[y1 + thickness:y2, x1 + thickness:x2, None]
        """, fails=["frames_are_red"], says="the upper and the left side are drawn, the lower and the right one are not"),
    Chaff("up_to_the_row_before", "A slice already leaves its end out, and 1 is taken off once more.", """
        - for y1, x1, y2, x2 in boxes:
        + for y1, x1, y2, x2 in np.array(boxes) - [0, 0, 1, 1]:
        """, fails=["frames_begin_at_the_border"], says="the frame ends a pixel short of the lower and the right side of the box"),
    Chaff("thickness_not_looked_at", "Every frame is three pixels wide.", """
        + thickness = 3
          for y1, x1, y2, x2 in boxes:
        """, fails=["frames_are_as_wide_as_asked_for"], says="the frames are equally wide, whatever `thickness` is"),
    Chaff("another_default", "The default thickness is 2.", """
        - def draw_boxes(image, boxes, thickness=3):
        + def draw_boxes(image, boxes, thickness=2):
        """, fails=["frames_are_three_wide_by_default"], says="Without the last argument a frame is # pixels wide: thickness=# in the first line."),
    Chaff("narrow_boxes_painted", "A box must be three times as wide as its frame to be seen into.", """
        - if min(y2 - y1, x2 - x1) > 2 * thickness:
        + if min(y2 - y1, x2 - x1) > 3 * thickness:
        """, fails=["narrow_boxes"], says="nothing is left of a narrow box: it is red all over"),
    Chaff("narrow_boxes_left_out", "What is not three times as wide as its frame gets none.", """
        + if min(y2 - y1, x2 - x1) <= 3 * thickness:
        +     continue
          inside = picture[y1:y2, x1:x2]
        """, fails=["narrow_boxes"], says="narrow boxes have no frame"),
    Chaff("thinner_in_narrow_boxes", "Frames get thinner where a box is narrow, so that more is seen.", """
        + asked = thickness
          for y1, x1, y2, x2 in boxes:
        +     thickness = min(asked, (min(y2 - y1, x2 - x1) - 1) // 3)
        """, fails=["narrow_boxes"], says="How many pixels are inside of a frame that is # wide, in a box # wide? And in one # wide?"),
]
