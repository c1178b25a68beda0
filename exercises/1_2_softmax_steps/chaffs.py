"""Mistakes in exercise 1.2: Softmax in three steps."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # softmax_step_1
    Chaff("base_two", "Step 1 takes powers of two in place of powers of e.", """
        - return np.exp(x)
        + return 2.0**x
        """, fails=["step_1", "any_number_of_scores"]),
    Chaff("shifted_first",
        "Step 1 shifts the scores, which the definition of the step does not.", """
        - return np.exp(x)
        + return np.exp(x - np.max(x))
        """, fails=["step_1", "any_number_of_scores"]),
    # softmax_step_2
    Chaff("five_scores", "Step 2 adds up five entries, as many as the first example had.", """
        - return np.sum(s)
        + total = 0.0
        + for i in range(5):
        +     total += s[i]
        + return total
        """, fails=["any_number_of_scores"]),
    Chaff("mean_for_sum", "Step 2 takes the mean in place of the sum.", """
        - return np.sum(s)
        + return np.mean(s)
        """, fails=["step_2", "any_number_of_scores"]),
    Chaff("running_total", "Step 2 returns the running totals in place of the last one.", """
        - return np.sum(s)
        + return np.cumsum(s)
        """, fails=["step_2", "any_number_of_scores"]),
    # softmax_step_3
    Chaff("divides_by_max", "Step 3 divides by the largest entry in place of the total.", """
        - return s / S
        + return s / np.max(s)
        """, fails=["step_3", "any_number_of_scores"]),
    Chaff("share_in_place", "Step 3 divides in place and so changes its input.", """
        - return s / S
        + s /= S
        + return s
        """, fails=["inputs_unchanged"]),
    # softmax_range
    Chaff("range_closed", "Both ends are counted among the values of softmax.", """
        - return "(0, 1)"
        + return "[0, 1]"
        """, fails=["softmax_range_brackets"]),
    Chaff("range_of_total", "The range of the total is given for that of its shares.", """
        - return "(0, 1)"
        + return "(0, inf)"
        """, fails=["softmax_range_ends"]),
    Chaff("range_reaches_one",
        "One is counted among the values of softmax, though other entries take a share.", """
        - return "(0, 1)"
        + return "(0, 1]"
        """, fails=["softmax_range_brackets"]),
    # softmax_sum
    Chaff("percent", "The entries are taken to sum to a hundred.", """
        - return 1.0
        + return 100
        """, fails=["softmax_sum"]),
]
