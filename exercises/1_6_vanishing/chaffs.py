"""Mistakes in exercise 1.6: Why deep sigmoid networks learn slowly."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # sigmoid_range
    Chaff("sigmoid_centred", "The sigmoid is given the range of tanh.", """
        - return "(0, 1)"
        + return "(-1, 1)"
        """, fails=["sigmoid_range_ends"]),
    Chaff("sigmoid_closed", "Both ends are counted among the values of the sigmoid.", """
        - return "(0, 1)"
        + return "[0, 1]"
        """, fails=["sigmoid_range_brackets"]),
    # tanh_range
    Chaff("tanh_closed", "Both ends are counted among the values of tanh.", """
        - return "(-1, 1)"
        + return "[-1, 1]"
        """, fails=["tanh_range_brackets"]),
    Chaff("tanh_positive", "Tanh is given the range of the sigmoid.", """
        - return "(-1, 1)"
        + return "(0, 1)"
        """, fails=["tanh_range_ends"]),
    # tanh_slope
    Chaff("minus_lost", "The minus sign is lost: one times tanh squared.", """
        - return 1 - t**2
        + return 1 * t**2
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"]),
    Chaff("plus_for_minus",
        "The slope of tanh is given as 1 + t^2, which is never less than 1.", """
        - return 1 - t**2
        + return 1 + t**2
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"]),
    Chaff("rule_of_sigmoid", "The rule for the sigmoid is used for tanh.", """
        - return 1 - t**2
        + return t * (1 - t)
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"]),
    Chaff("square_in_place", "The values are squared in place.", """
        - return 1 - t**2
        + t **= 2
        + return 1 - t
        """, fails=["tanh_values_unchanged"]),
    Chaff("tanh_twice", "Tanh is taken of a value that is tanh already.", """
        - return 1 - t**2
        + return 1 - np.tanh(t) ** 2
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"]),
    # largest_slopes
    Chaff("place_for_height", "The value at which the slope is largest is given for the slope.", """
        - return 0.25, 1.0
        + return 0.5, 1.0
        """, fails=["largest_slope_of_sigmoid"]),
    Chaff("slopes_below_one", "The slope of the sigmoid is only known to lie between 0 and 1.", """
        - return 0.25, 1.0
        + return 1.0, 1.0
        """, fails=["largest_slope_of_sigmoid"]),
    Chaff("twice_as_steep", "Tanh is twice as high, so it is taken to be only twice as steep.", """
        - return 0.25, 1.0
        + return 0.25, 0.5
        """, fails=["largest_slope_of_tanh"]),
    # tanh_as_sigmoid
    Chaff("moved_up", "The stretched sigmoid is moved up in place of down.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 2.0, 1.0
        """, fails=["tanh_as_sigmoid"]),
    Chaff("same_argument",
        "The sigmoid is stretched and moved, but its argument is not doubled.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 1.0, -1.0
        """, fails=["tanh_as_sigmoid"]),
    # shrink_bound
    Chaff("factors_added", "The factors of the layers are added up in place of multiplied.", """
        - return (slope * weight) ** n
        + return n * slope * weight
        """, fails=["shrink_bound", "shrink_bound_at_any_depth"]),
    Chaff("never_grows", "The bound is cut off at 1, as if gradients could only shrink.", """
        - return (slope * weight) ** n
        + return min(1.0, (slope * weight) ** n)
        """, fails=["shrink_bound_at_any_depth"]),
    Chaff("one_layer_short", "One layer is missing from the product.", """
        - return (slope * weight) ** n
        + return (slope * weight) ** (n - 1)
        """, fails=["shrink_bound", "shrink_bound_at_any_depth"]),
    Chaff("one_weight", "The weight counts once, not once a layer.", """
        - return (slope * weight) ** n
        + return slope**n * weight
        """, fails=["shrink_bound", "shrink_bound_at_any_depth"]),
]
