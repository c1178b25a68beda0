"""Mistakes in exercise 1.4: The slope of the sigmoid."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("negative_slope", "The inner minus sign is lost, so that the slope is negative.", """
        - return s * (1 - s)
        + return -s * (1 - s)
        """, fails=["slope_from_value", "slope_of_any_shape"],
             says="the sign is turned round: the sigmoid rises everywhere"),
    Chaff("one_at_a_time",
        "The slopes of a row are put in a list, which only works in one dimension.", """
        - return s * (1 - s)
        + return np.array([float(value) * (1 - float(value)) for value in s])
        """, fails=["slope_of_any_shape"],
             says="`sigmoid_slope(s)` raised TypeError: only #-dimensional arrays can be converted to Python scalars"),
    Chaff("plus_sign", "A minus sign is lost in the chain rule: s (1 + s).", """
        - return s * (1 - s)
        + return s * (1 + s)
        """, fails=["slope_from_value", "slope_of_any_shape"],
             says="a sign is wrong: this is s + s²"),
    Chaff("rule_of_tanh", "The rule for tanh is used for the sigmoid.", """
        - return s * (1 - s)
        + return 1 - s**2
        """, fails=["slope_from_value", "slope_of_any_shape"],
             says="this is tanh's rule, # - s²"),
    Chaff("sigmoid_twice", "The sigmoid is taken of a value that is the sigmoid already.", """
        - return s * (1 - s)
        + value = 1 / (1 + np.exp(-s))
        + return value * (1 - value)
        """, fails=["slope_from_value", "slope_of_any_shape"],
             says="the sigmoid is taken a second time: s is its value already"),
    Chaff("slope_in_place", "The values are overwritten with the slopes.", """
        - return s * (1 - s)
        + s *= 1 - s
        + return s
        """, fails=["values_unchanged"],
             says="`s *= ...` changes the caller's array; `s * ...` makes a new one."),
    Chaff("outer_derivative",
        "The inner derivative is left out.", """
        - return s * (1 - s)
        + return s * s
        """, fails=["slope_from_value",
                    "slope_of_any_shape"], says="this is s², one part of the derivative: what has the chain rule to add?"),
    Chaff("other_part_alone",
        "Of the two fractions, the second alone is kept.", """
        - return s * (1 - s)
        + return (1 - s)
        """, fails=["slope_from_value",
                    "slope_of_any_shape"], says="this is # - s, one part of the derivative: another factor is missing"),
    Chaff("square_in_bracket",
        "A square slips into the bracket.", """
        - return s * (1 - s)
        + return s - s**3
        """, fails=["slope_from_value",
                    "slope_of_any_shape"], says="this is s - s³: a square too many"),
    Chaff("slope_of_slope",
        "The formula of the slope is differentiated again.", """
        - return s * (1 - s)
        + return (1 - s) - s
        """, fails=["slope_from_value",
                    "slope_of_any_shape"], says="this is # - 2s: the slope is differentiated once more, by s"),
    Chaff("dotted",
        "The two factors are multiplied as vectors.", """
        - return s * (1 - s)
        + return np.dot(s, 1 - s)
        """, fails=["slope_from_value",
                    "slope_of_any_shape"], says="the entries are added up; each has a slope of its own"),
    Chaff("kept_away_from_the_ends",
        "The values are clipped, so that no slope gets small.", """
        - return s * (1 - s)
        + s = np.clip(s, 0.01, 0.99)
        + return s * (1 - s)
        """, fails=["slope_near_saturation"], says="The slope is small here, but it is more than # and not the same everywhere."),
]
