"""Mistakes in exercise 1.1: Softmax does not see a shift."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # stable_shift
    Chaff("largest_magnitude",
        "The shift follows the largest magnitude in place of the largest score.", """
        - return -np.max(scores)
        + return -np.max(np.abs(scores))
        """, fails=["shift_of_negative_scores", "shift_of_scores_of_both_signs"],
             says="this follows the score furthest from #, not the largest one"),
    Chaff("minus_mean", "The shift centres the scores, so that the largest can still overflow.", """
        - return -np.max(scores)
        + return -np.mean(scores)
        """, fails=["shift_of_positive_scores"],
             says="this moves the mean to #, so the largest can still overflow"),
    Chaff("minus_min", "The shift moves the smallest score to zero, not the largest.", """
        - return -np.max(scores)
        + return -np.min(scores)
        """, fails=["shift_of_positive_scores"],
             says="this moves score # to #, and another is larger"),
    Chaff("plus_max", "The shift is plus the largest score, which makes the overflow worse.", """
        - return -np.max(scores)
        + return np.max(scores)
        """, fails=["shift_of_positive_scores"],
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
    Chaff("last_score",
        "The scores are taken to be sorted, and the last to be the largest.", """
        - return -np.max(scores)
        + return -scores[-1]
        """, fails=["shift_of_positive_scores"], says="this moves score # to #, and another is larger"),
    Chaff("minus_total",
        "All the scores are taken off, not the largest one.", """
        - return -np.max(scores)
        + return -sum(scores)
        """, fails=["shift_of_positive_scores"], says="all the scores are added up; one of them alone decides c"),
    Chaff("place",
        "The place of the largest score is taken for the score.", """
        - return -np.max(scores)
        + return -float(np.argsort(scores)[-1])
        """, fails=["shift_of_positive_scores"], says="this is the place of the largest score; c follows from the score"),
    Chaff("shifts_itself",
        "The scores are shifted, though the shift is asked for.", """
        - return -np.max(scores)
        + return scores - scores.max()
        """, fails=["shift_of_positive_scores"], says="these are the shifted scores; asked for is the number that is added"),
    # exp_range
    Chaff("exp_of_all_reals",
        "The range of the scores is given for the range of their exponentials.", """
        - return "(0, inf)"
        + return "(-inf, inf)"
        """, fails=["exp_range_ends"],
             says="this is the range of the scores; asked for is that of their exponentials"),
    Chaff("exp_reaches_infinity", "Infinity is counted among the values of exp.", """
        - return "(0, inf)"
        + return "(0, inf]"
        """, fails=["exp_range_brackets"],
             says="infinity is no number, so its bracket is always round"),
    Chaff("exp_reaches_zero", "Zero is counted among the values of exp.", """
        - return "(0, inf)"
        + return "[0, inf)"
        """, fails=["exp_range_brackets"],
             says="exp(x) = # has no solution: exp only comes closer and closer"),
    Chaff("exp_of_positive_scores",
        "The scores are taken to be positive.", """
        - return "(0, inf)"
        + return "]1, inf["
        """, fails=["exp_range_ends"], says="this leaves out the negative scores, whose exponentials are smaller"),
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
             says="the largest score itself is left out: follow it through the shift and exp"),
    Chaff("shifted_exp_unbounded",
        "The shifted exponentials are given the range of the unshifted ones.", """
        - return "(0, 1]"
        + return "(0, inf)"
        """, fails=["shifted_exp_range_ends"],
             says="this is too wide: it takes no notice of the shift"),
    Chaff("shifted_scores",
        "The range of the shifted scores is given, before exp.", """
        - return "(0, 1]"
        + return "]-inf, 0]"
        """, fails=["shifted_exp_range_ends"], says="this is the range of the shifted scores, before exp"),
    Chaff("shifted_exp_from_one",
        "The exponential of the largest score is taken for the smallest.", """
        - return "(0, 1]"
        + return "[1, inf)"
        """, fails=["shifted_exp_range_ends"], says="Which values can a score have after the shift? What does exp make of such numbers?"),
    # shifted_sum_range
    Chaff("sum_for_three", "The range of the sum is given for three scores, whatever d is.", """
        - return f"(1, {d}]"
        + return "(1, 3]"
        """, fails=["shifted_sum_range_ends"],
             says="the upper end stays the same whatever d is"),
    Chaff("sum_from_zero", "It is forgotten that one entry of the sum is always one.", """
        - return f"(1, {d}]"
        + return f"(0, {d}]"
        """, fails=["shifted_sum_range_ends"],
             says="the lower end forgets that the largest score is in the sum"),
    Chaff("sum_reaches_one", "The other entries of the sum are taken to vanish altogether.", """
        - return f"(1, {d}]"
        + return f"[1, {d}]"
        """, fails=["shifted_sum_range_brackets"],
             says="the entries beside the largest are small, but each is more than #"),
    Chaff("sum_as_one_entry",
        "The range of a single entry is given for that of the sum.", """
        - return f"(1, {d}]"
        + return "(0, 1]"
        """, fails=["shifted_sum_range_ends"], says="this is the range of one entry, not of the sum"),
    Chaff("sum_of_the_others",
        "The entry of the largest score is not counted.", """
        - return f"(1, {d}]"
        + return f"(0, {d - 1})"
        """, fails=["shifted_sum_range_ends"], says="this is the sum without the entry of the largest score"),
    Chaff("sum_unbounded",
        "The sum is taken to grow without end.", """
        - return f"(1, {d}]"
        + return "(1, inf)"
        """, fails=["shifted_sum_range_ends"], says="the sum has an upper end: it has d entries, and none grows without end"),
    Chaff("sum_never_full",
        "The upper end is left out, as if the scores could not be equal.", """
        - return f"(1, {d}]"
        + return f"]1, {d}["
        """, fails=["shifted_sum_range_brackets"], says="the upper end is reached by some scores: think of three that are equal"),
    Chaff("sum_in_letters",
        "The name of d stands in the text in place of its value.", """
        - return f"(1, {d}]"
        + return "]1, d]"
        """, fails=["shifted_sum_range_ends"], says="'d' in the range ']#, d]' is no number; write it like \"(#, #]\": round brackets leave an end out, square brackets count it in"),
    Chaff("sum_up_to_nine",
        "The sum is not followed beyond ten scores.", """
        - return f"(1, {d}]"
        + return f"(1, {min(d, 10)}]"
        """, fails=["shifted_sum_range_for_any_d"], says="The range must be right for every d from # upwards. Which of its ends depends on d?"),
    Chaff("factor_of_the_exponentials",
        "The factor that the shift puts on the exponentials is returned.", """
        - return -np.max(scores)
        + return np.exp(-np.max(scores))
        """, fails=["shift_of_positive_scores"], says="this is e^c, what the shift does to the exponentials; c itself is asked for"),
    Chaff("spread",
        "The largest score less the smallest is taken off.", """
        - return -np.max(scores)
        + return -np.ptp(scores)
        """, fails=["shift_of_positive_scores"], says="this takes off the largest score less the smallest; the largest alone must go to #"),
]
