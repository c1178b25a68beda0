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
             says="a sign is wrong: this is s + s², not s - s²"),
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
             says="`s *= # - s` changes the caller's array; `s * (# - s)` makes a new one."),
]
