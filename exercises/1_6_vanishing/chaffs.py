"""Mistakes in exercise 1.6: Why deep sigmoid networks learn slowly."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # sigmoid_range
    Chaff("sigmoid_centred", "The sigmoid is given the range of tanh.", """
        - return "(0, 1)"
        + return "(-1, 1)"
        """, fails=["sigmoid_range_ends"],
             says="Send x far to the left and far to the right: where does the sigmoid settle?"),
    Chaff("sigmoid_closed", "Both ends are counted among the values of the sigmoid.", """
        - return "(0, 1)"
        + return "[0, 1]"
        """, fails=["sigmoid_range_brackets"],
             says="# / (# + e^-x) is never #: its numerator is #"),
    # tanh_range
    Chaff("tanh_closed", "Both ends are counted among the values of tanh.", """
        - return "(-1, 1)"
        + return "[-1, 1]"
        """, fails=["tanh_range_brackets"],
             says="tanh(x) = ±# would need e^x and e^-x to differ by as much as they add up to"),
    Chaff("tanh_positive", "Tanh is given the range of the sigmoid.", """
        - return "(-1, 1)"
        + return "(0, 1)"
        """, fails=["tanh_range_ends"],
             says="tanh is odd: tanh(-x) = -tanh(x). So its range looks the same from both sides of #."),
    # tanh_slope
    Chaff("minus_lost", "The minus sign is lost: one times tanh squared.", """
        - return 1 - t**2
        + return 1 * t**2
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"],
             says="this is t²: a '# -' is lost"),
    Chaff("plus_for_minus",
        "The slope of tanh is given as 1 + t^2, which is never less than 1.", """
        - return 1 - t**2
        + return 1 + t**2
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"],
             says="a sign is wrong: this is # + t²"),
    Chaff("rule_of_sigmoid", "The rule for the sigmoid is used for tanh.", """
        - return 1 - t**2
        + return t * (1 - t)
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"],
             says="this is the sigmoid's rule, t (# - t)"),
    Chaff("square_in_place", "The values are squared in place.", """
        - return 1 - t**2
        + t **= 2
        + return 1 - t
        """, fails=["tanh_values_unchanged"],
             says="`t **= #` changes the caller's array; `t**#` makes a new one."),
    Chaff("tanh_twice", "Tanh is taken of a value that is tanh already.", """
        - return 1 - t**2
        + return 1 - np.tanh(t) ** 2
        """, fails=["tanh_slope", "tanh_slope_of_any_shape"],
             says="tanh is taken a second time: t is its value already"),
    # largest_slopes
    Chaff("place_for_height", "The value at which the slope is largest is given for the slope.", """
        - return 0.25, 1.0
        + return 0.5, 1.0
        """, fails=["largest_slope_of_sigmoid"],
             says="this is where the largest slope is (s = #/#), not how large it is"),
    Chaff("slopes_below_one", "The slope of the sigmoid is only known to lie between 0 and 1.", """
        - return 0.25, 1.0
        + return 1.0, 1.0
        """, fails=["largest_slope_of_sigmoid"],
             says="a slope of # is tanh's; the sigmoid is flatter"),
    Chaff("twice_as_steep", "Tanh is twice as high, so it is taken to be only twice as steep.", """
        - return 0.25, 1.0
        + return 0.25, 0.5
        """, fails=["largest_slope_of_tanh"],
             says="The slope is # - t². For which t between # and # is it largest?"),
    # tanh_as_sigmoid
    Chaff("moved_up", "The stretched sigmoid is moved up in place of down.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 2.0, 1.0
        """, fails=["tanh_as_sigmoid"],
             says="the sign of c is wrong"),
    Chaff("same_argument",
        "The sigmoid is stretched and moved, but its argument is not doubled.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 1.0, -1.0
        """, fails=["tanh_as_sigmoid"],
             says="this is tanh(x / #): the argument of the sigmoid must grow too"),
    # shrink_bound
    Chaff("factors_added", "The factors of the layers are added up in place of multiplied.", """
        - return (slope * weight) ** n
        + return n * slope * weight
        """, fails=["shrink_bound", "shrink_bound_at_any_depth"],
             says="the factors are added up; the chain rule multiplies them"),
    Chaff("never_grows", "The bound is cut off at 1, as if gradients could only shrink.", """
        - return (slope * weight) ** n
        + return min(1.0, (slope * weight) ** n)
        """, fails=["shrink_bound_at_any_depth"],
             says="Without any layer nothing shrinks: the factor is #. With w times slope above # it grows."),
    Chaff("one_layer_short", "One layer is missing from the product.", """
        - return (slope * weight) ** n
        + return (slope * weight) ** (n - 1)
        """, fails=["shrink_bound", "shrink_bound_at_any_depth"],
             says="one factor is missing: n layers have n weights and n slopes"),
    Chaff("one_weight", "The weight counts once, not once a layer.", """
        - return (slope * weight) ** n
        + return slope**n * weight
        """, fails=["shrink_bound", "shrink_bound_at_any_depth"],
             says="the weight counts once; each layer has its own"),
]
