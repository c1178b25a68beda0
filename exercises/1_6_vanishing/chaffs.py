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
    Chaff("sigmoid_everywhere",
        "The range of x is given for that of the sigmoid.", """
        - return "(0, 1)"
        + return "]-inf, inf["
        """, fails=["sigmoid_range_ends"], says="this is where x lies; the sigmoid levels off on both sides"),
    Chaff("sigmoid_without_end",
        "The sigmoid is taken to rise without end, as exp does.", """
        - return "(0, 1)"
        + return "(0, inf)"
        """, fails=["sigmoid_range_ends"], says="this forgets that the sigmoid levels off on the right"),
    Chaff("sigmoid_reaches_one",
        "The sigmoid is taken to arrive at its upper end.", """
        - return "(0, 1)"
        + return "(0, 1]"
        """, fails=["sigmoid_range_brackets"], says="# / (# + e^-x) = # would need e^-x = #"),
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
             says="this leaves out what tanh makes of a negative x"),
    Chaff("tanh_everywhere",
        "The range of x is given for that of tanh.", """
        - return "(-1, 1)"
        + return "]-inf, +inf["
        """, fails=["tanh_range_ends"], says="this is where x lies; tanh levels off on both sides"),
    Chaff("tanh_twice_as_wide",
        "Tanh is taken to be twice as high on either side.", """
        - return "(-1, 1)"
        + return "(-2, 2)"
        """, fails=["tanh_range_ends"], says="tanh is odd: tanh(-x) = -tanh(x). So its range looks the same from both sides of #."),
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
    Chaff("falling",
        "The two terms of the quotient rule change places.", """
        - return 1 - t**2
        + return t * t - 1
        """, fails=["tanh_slope",
                    "tanh_slope_of_any_shape"], says="the sign is turned round: tanh rises everywhere"),
    Chaff("unsquared",
        "The quotient is not squared.", """
        - return 1 - t**2
        + return -t + 1
        """, fails=["tanh_slope",
                    "tanh_slope_of_any_shape"], says="this is # - t: the quotient rule brings squares"),
    Chaff("square_of_all",
        "The bracket is squared as a whole.", """
        - return 1 - t**2
        + return 1 - 2 * t + t * t
        """, fails=["tanh_slope",
                    "tanh_slope_of_any_shape"], says="this is (# - t)²: the square is taken of the whole"),
    Chaff("another_arc",
        "The derivative of arctan is remembered.", """
        - return 1 - t**2
        + return (1 + t * t) ** -1
        """, fails=["tanh_slope",
                    "tanh_slope_of_any_shape"], says="this is arctan's rule, # / (# + t²)"),
    Chaff("second_slope",
        "The slope is differentiated again.", """
        - return 1 - t**2
        + return -(t + t)
        """, fails=["tanh_slope",
                    "tanh_slope_of_any_shape"], says="this is -2t: the slope is differentiated once more, by t"),
    Chaff("one_by_one",
        "The slopes of a row are put in a list, which only works in one dimension.", """
        - return 1 - t**2
        + return np.array([1 - float(value) ** 2 for value in t])
        """, fails=["tanh_slope_of_any_shape"], says="`tanh_slope(t)` raised TypeError: only #-dimensional arrays can be converted to Python scalars"),
    # largest_slopes
    Chaff("place_for_height", "The value at which the slope is largest is given for the slope.", """
        - return 0.25, 1.0
        + return 0.5, 1.0
        """, fails=["largest_slope_of_sigmoid"],
             says="this is the value at which the slope is largest, not the slope"),
    Chaff("slopes_below_one", "The slope of the sigmoid is only known to lie between 0 and 1.", """
        - return 0.25, 1.0
        + return 1.0, 1.0
        """, fails=["largest_slope_of_sigmoid"],
             says="both functions are given the same slope, though one is steeper"),
    Chaff("twice_as_steep", "Tanh is twice as high, so it is taken to be only twice as steep.", """
        - return 0.25, 1.0
        + return 0.25, 0.5
        """, fails=["largest_slope_of_tanh"],
             says="Look at your formula for the slope of tanh. For which t between # and # is it largest?"),
    Chaff("other_way_round",
        "The two slopes are given in the wrong order.", """
        - return 0.25, 1.0
        + return [1, 1 / 4]
        """, fails=["largest_slope_of_sigmoid",
                    "largest_slope_of_tanh"], says="the two slopes stand in the wrong order"),
    Chaff("both_flat",
        "The sigmoid's slope is given for tanh as well.", """
        - return 0.25, 1.0
        + return [1 / 4, 1 / 4]
        """, fails=["largest_slope_of_tanh"], says="both functions are given the same slope, though one is steeper"),
    Chaff("tanh_at_its_steepest",
        "Where tanh is steepest is given for how steep.", """
        - return 0.25, 1.0
        + return [0.25, 0]
        """, fails=["largest_slope_of_tanh"], says="this is the value at which the slope is largest, not the slope"),
    Chaff("too_flat",
        "The slope of the sigmoid is read off at x = 2.", """
        - return 0.25, 1.0
        + return 0.105, 1.0
        """, fails=["largest_slope_of_sigmoid"], says="Exercise # gives the slope from the value s. For which s is that largest?"),
    # tanh_as_sigmoid
    Chaff("moved_up", "The stretched sigmoid is moved up in place of down.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 2.0, 1.0
        """, fails=["tanh_as_sigmoid"],
             says="the height is that of tanh, but these values lie between # and #"),
    Chaff("same_argument",
        "The sigmoid is stretched and moved, but its argument is not doubled.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 1.0, -1.0
        """, fails=["tanh_as_sigmoid"],
             says="the range is that of tanh, but this is too flat around #: look at the argument"),
    Chaff("argument_grown_twice",
        "The argument is multiplied by four.", """
        - return 2.0, 2.0, -1.0
        + return 2.0, 4.0, -1.0
        """, fails=["tanh_as_sigmoid"], says="the range is that of tanh, but this is too steep around #: look at the argument"),
    Chaff("only_centred",
        "The sigmoid is moved to the middle, and not stretched.", """
        - return 2.0, 2.0, -1.0
        + return 1.0, 2.0, -1 / 2
        """, fails=["tanh_as_sigmoid"], says="the height is not that of tanh: these values lie between # and #"),
    Chaff("mirrored",
        "A sign turns the curve round.", """
        - return 2.0, 2.0, -1.0
        + return 2, -2, -1
        """, fails=["tanh_as_sigmoid"], says="this falls where tanh rises"),
    Chaff("no_sigmoid",
        "The sigmoid is left out.", """
        - return 2.0, 2.0, -1.0
        + return 0.0, 2.0, -1.0
        """, fails=["tanh_as_sigmoid"], says="this is the same number for every x"),
    # shrink_bound
    Chaff("factors_added", "The factors of the layers are added up in place of multiplied.", """
        - return (slope * weight) ** n
        + return n * slope * weight
        """, fails=["shrink_bound"],
             says="the factors are added up; the chain rule multiplies them"),
    Chaff("never_grows", "The bound is cut off at 1, as if gradients could only shrink.", """
        - return (slope * weight) ** n
        + return min(1.0, (slope * weight) ** n)
        """, fails=["shrink_bound_at_any_depth", "shrink_bound_that_grows_or_stays"],
             says="this is cut off at #, but with large weights the bound grows"),
    Chaff("one_layer_short", "One layer is missing from the product.", """
        - return (slope * weight) ** n
        + return (slope * weight) ** (n - 1)
        """, fails=["shrink_bound"],
             says="one factor is missing: n layers have n weights and n slopes"),
    Chaff("one_weight", "The weight counts once, not once a layer.", """
        - return (slope * weight) ** n
        + return slope**n * weight
        """, fails=["shrink_bound"],
             says="the weight counts once; each layer has its own"),
    Chaff("one_slope_alone",
        "The slope is taken once, and the weight in every layer.", """
        - return (slope * weight) ** n
        + return weight**n * slope
        """, fails=["shrink_bound"], says="the slope counts once; each layer has its own"),
    Chaff("no_weights",
        "The weights are left out of the product.", """
        - return (slope * weight) ** n
        + return slope**n
        """, fails=["shrink_bound"], says="the weights are left out"),
    Chaff("no_slopes",
        "The slopes are left out of the product.", """
        - return (slope * weight) ** n
        + return np.power(weight, n)
        """, fails=["shrink_bound"], says="the slopes are left out"),
    Chaff("n_forgotten",
        "The bound is that of one layer.", """
        - return (slope * weight) ** n
        + return weight * slope
        """, fails=["shrink_bound"], says="this is what one layer does, whatever n is"),
    Chaff("sum_in_bracket",
        "Slope and weight are added in the bracket.", """
        - return (slope * weight) ** n
        + return np.power(slope + weight, n)
        """, fails=["shrink_bound"], says="slope and weight are added; the chain rule multiplies them"),
    Chaff("always_a_quarter",
        "The largest slope of the sigmoid is put in for every function.", """
        - return (slope * weight) ** n
        + return (weight * 0.25) ** n
        """, fails=["shrink_bound"], says="the slope is taken to be the sigmoid's, whatever `slope` is"),
    Chaff("no_layer_no_bound",
        "No layer is taken to leave nothing.", """
        - return (slope * weight) ** n
        + return (slope * weight) ** n if n else 0.0
        """, fails=["shrink_bound_at_any_depth",
                    "shrink_bound_that_grows_or_stays"], says="What is left of a change after no layer at all? And can a factor be more than #?"),
    Chaff("ten_at_most",
        "The product is not followed beyond ten layers.", """
        - return (slope * weight) ** n
        + return (slope * weight) ** min(n, 10)
        """, fails=["shrink_bound_at_any_depth"], says="The bound must hold for every n from # upwards, and for large weights as for small ones."),
    Chaff("twice_for_squared",
        "2t stands in place of the square.", """
        - return 1 - t**2
        + return 1 - 2 * t
        """, fails=["tanh_slope",
                    "tanh_slope_of_any_shape"], says="this is # - 2t, where 2t stands for the square of t"),
    Chaff("slope_over_weight",
        "The slope is divided by the weight.", """
        - return (slope * weight) ** n
        + return (slope / weight) ** n
        """, fails=["shrink_bound"], says="the slope is divided by the weight; the chain rule multiplies"),
]
