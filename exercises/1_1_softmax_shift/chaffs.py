"""Mistakes in exercise 1.1: Softmax does not see a shift."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # stable_shift
    Chaff("largest_magnitude",
        "The shift follows the largest magnitude in place of the largest score.", """
        - return -np.max(scores)
        + return -np.max(np.abs(scores))
        """, fails=["shift_of_negative_scores"],
             says="this follows the largest magnitude, not the largest score"),
    Chaff("minus_mean", "The shift centres the scores, so that the largest can still overflow.", """
        - return -np.max(scores)
        + return -np.mean(scores)
        """, fails=["shift_of_positive_scores", "shift_of_negative_scores"],
             says="this moves the mean to #, so the largest can still overflow"),
    Chaff("minus_min", "The shift moves the smallest score to zero, not the largest.", """
        - return -np.max(scores)
        + return -np.min(scores)
        """, fails=["shift_of_positive_scores", "shift_of_negative_scores"],
             says="this moves the smallest score to #, so the largest can still overflow"),
    Chaff("plus_max", "The shift is plus the largest score, which makes the overflow worse.", """
        - return -np.max(scores)
        + return np.max(scores)
        """, fails=["shift_of_positive_scores", "shift_of_negative_scores"],
             says="the sign is turned round: adding this makes large scores larger"),
    Chaff("search_from_zero",
        "The search for the largest score starts from zero and misses negative ones.", """
        - largest = scores[0]
        + largest = 0.0
        """, base="plain_loops", fails=["shift_of_negative_scores"],
                                 says="a shift of # lets every exponential underflow to #, and #/# follows"),
    Chaff("shift_in_place", "The scores themselves are shifted while the constant is found.", """
        - return -np.max(scores)
        + c = -np.max(scores)
        + scores += c
        + return c
        """, fails=["scores_unchanged"],
             says="`scores -= ...` changes the caller's array; `scores - ...` makes a new one."),
    # exp_range
    Chaff("exp_of_all_reals",
        "The range of the scores is given for the range of their exponentials.", """
        - return "(0, inf)"
        + return "(-inf, inf)"
        """, fails=["exp_range_ends"],
             says="Sketch exp(x) from far left to far right: how low does it come, how high?"),
    Chaff("exp_reaches_infinity", "Infinity is counted among the values of exp.", """
        - return "(0, inf)"
        + return "(0, inf]"
        """, fails=["exp_range_brackets"],
             says="For each end ask: is there a real x with exp(x) exactly equal to it?"),
    Chaff("exp_reaches_zero", "Zero is counted among the values of exp.", """
        - return "(0, inf)"
        + return "[0, inf)"
        """, fails=["exp_range_brackets"],
             says="exp(x) = # has no solution: exp only comes closer and closer"),
    # shifted_exp_range
    Chaff("shifted_exp_closed", "Zero is counted among the shifted exponentials.", """
        - return "(0, 1]"
        + return "[0, 1]"
        """, fails=["shifted_exp_range_brackets"],
             says="exp(x) = # has no solution, shifted or not"),
    Chaff("shifted_exp_open", "The one that the largest score gives is left out.", """
        - return "(0, 1]"
        + return "(0, 1)"
        """, fails=["shifted_exp_range_brackets"],
             says="the largest score itself is moved to #: follow it through exp"),
    Chaff("shifted_exp_unbounded",
        "The shifted exponentials are given the range of the unshifted ones.", """
        - return "(0, 1]"
        + return "(0, inf)"
        """, fails=["shifted_exp_range_ends", "shifted_exp_range_brackets"],
             says="the largest score itself is moved to #: follow it through exp"),
    # shifted_sum_range
    Chaff("sum_for_three", "The range of the sum is given for three scores, whatever d is.", """
        - return f"(1, {d}]"
        + return "(1, 3]"
        """, fails=["shifted_sum_range_for_any_d"],
             says="The upper end of the range depends on how many scores there are."),
    Chaff("sum_from_zero", "It is forgotten that one entry of the sum is always one.", """
        - return f"(1, {d}]"
        + return f"(0, {d}]"
        """, fails=["shifted_sum_range_ends", "shifted_sum_range_for_any_d"],
             says="One entry of the sum is fixed by the shift. How small and how large can the others be?"),
    Chaff("sum_reaches_one", "The other entries of the sum are taken to vanish altogether.", """
        - return f"(1, {d}]"
        + return f"[1, {d}]"
        """, fails=["shifted_sum_range_brackets"],
             says="the entries beside the largest are small, but each is more than #"),
]
