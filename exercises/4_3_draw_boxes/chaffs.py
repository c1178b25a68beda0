"""Mistakes in exercise 4.3: Boxes on the page."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("blue_frames", "The colours are taken to be in the order blue, green, red.", """
        - inside[:] = [1, 0, 0]
        + inside[:] = [0, 0, 1]
        """, fails=["frames_are_red"],
             says="A frame is `thickness` pixels wide and lies inside its box: rows y1 to y2 - #."),
    Chaff("boxes_filled", "The whole box is painted red, and the letter with it.", """
        - if min(y2 - y1, x2 - x1) > 2 * thickness:
        -     inside[thickness:-thickness, thickness:-thickness] = middle
        """, fails=["boxes_at_the_edge_and_none", "letters_are_still_seen"],
             says="Only a frame is red; the letter inside it must be seen."),
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
        """, fails=["frames_are_red"],
             says="A frame is `thickness` pixels wide and lies inside its box: rows y1 to y2 - #."),
    Chaff("frame_on_both_sides", "The frame lies on both sides of the border of the box.", whole="""
        def draw_boxes(image, boxes, thickness=3):
            t = thickness
            picture = np.stack([image] * 3, axis=2).astype(float)
            for y1, x1, y2, x2 in boxes:
                middle = picture[y1 + t : y2 - t, x1 + t : x2 - t].copy()
                picture[max(0, y1 - t) : y2 + t, max(0, x1 - t) : x2 + t] = [1, 0, 0]
                picture[y1 + t : y2 - t, x1 + t : x2 - t] = middle
            return picture
        """, fails=["nothing_is_drawn_outside"],
             says="Outside of the boxes the picture is the photograph: the same grey in all three colours."),
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
        """, fails=["frames_are_red"],
             says="A frame is `thickness` pixels wide and lies inside its box: rows y1 to y2 - #."),
    Chaff("rows_and_columns_swapped", "Boxes are drawn with x for y.", """
        - for y1, x1, y2, x2 in boxes:
        + for x1, y1, x2, y2 in boxes:
        """, fails=["frames_are_red"],
             says="A frame is `thickness` pixels wide and lies inside its box: rows y1 to y2 - #."),
]
