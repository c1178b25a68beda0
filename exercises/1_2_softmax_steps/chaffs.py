"""Mistakes in exercise 1.2: Softmax in three steps."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # softmax_step_1
    Chaff("base_two", "Step 1 takes powers of two in place of powers of e.", """
        - return np.exp(x)
        + return 2.0**x
        """, fails=["step_1", "any_number_of_scores"],
             says="the base is #, not e"),
    Chaff("shifted_first",
        "Step 1 shifts the scores, which the definition of the step does not.", """
        - return np.exp(x)
        + return np.exp(x - np.max(x))
        """, fails=["step_1", "any_number_of_scores"],
             says="these are the shifted scores' exponentials; here the steps are wanted as defined"),
    # softmax_step_2
    Chaff("five_scores", "Step 2 adds up five entries, as many as the first example had.", """
        - return np.sum(s)
        + total = 0.0
        + for i in range(5):
        +     total += s[i]
        + return total
        """, fails=["any_number_of_scores"],
             says="`softmax_step_2(s)` raised IndexError: index # is out of bounds for axis # with size #"),
    Chaff("mean_for_sum", "Step 2 takes the mean in place of the sum.", """
        - return np.sum(s)
        + return np.mean(s)
        """, fails=["step_2", "any_number_of_scores"],
             says="this is the mean, not the sum"),
    Chaff("running_total", "Step 2 returns the running totals in place of the last one.", """
        - return np.sum(s)
        + return np.cumsum(s)
        """, fails=["step_2", "any_number_of_scores"],
             says="Step # makes ONE number of all the entries."),
    # softmax_step_3
    Chaff("divides_by_max", "Step 3 divides by the largest entry in place of the total.", """
        - return s / S
        + return s / np.max(s)
        """, fails=["step_3", "any_number_of_scores"],
             says="this divides by the largest entry, not by the total"),
    Chaff("share_in_place", "Step 3 divides in place and so changes its input.", """
        - return s / S
        + s /= S
        + return s
        """, fails=["inputs_unchanged"],
             says="`s /= S` changes the caller's array; `s / S` makes a new one."),
    # softmax_range
    Chaff("range_closed", "Both ends are counted among the values of softmax.", """
        - return "(0, 1)"
        + return "[0, 1]"
        """, fails=["softmax_range_brackets"],
             says="a share of # needs an exponential of #, and there is none"),
    Chaff("range_of_total", "The range of the total is given for that of its shares.", """
        - return "(0, 1)"
        + return "(0, inf)"
        """, fails=["softmax_range_ends"],
             says="What share of a total can an entry have, if all the entries are positive?"),
    Chaff("range_reaches_one",
        "One is counted among the values of softmax, though other entries take a share.", """
        - return "(0, 1)"
        + return "(0, 1]"
        """, fails=["softmax_range_brackets"],
             says="a share of # would leave # for the others, and each of them is positive"),
    # softmax_sum
    Chaff("percent", "The entries are taken to sum to a hundred.", """
        - return 1.0
        + return 100
        """, fails=["softmax_sum"],
             says="Add the shares s_1/S, s_2/S, ...: they have a common denominator."),
]
