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
    Chaff("x_to_the_e",
        "Base and exponent are turned round.", """
        - return np.exp(x)
        + return x ** np.exp(1)
        """, fails=["any_number_of_scores",
                    "step_1"], says="base and exponent are turned round: this is x to the power of e"),
    Chaff("exp_of_minus_x",
        "A minus sign comes in, as in the formula of the sigmoid.", """
        - return np.exp(x)
        + return 1 / np.exp(x)
        """, fails=["any_number_of_scores", "step_1"], says="a sign is wrong: this is exp(-x)"),
    Chaff("whole_softmax",
        "Step 1 does all three steps.", """
        - return np.exp(x)
        + return np.exp(x) / np.exp(x).sum()
        """, fails=["any_number_of_scores",
                    "step_1"], says="this is the whole of softmax; step # stops before the division"),
    Chaff("summed_early",
        "Step 1 adds up as well.", """
        - return np.exp(x)
        + return np.exp(x).sum()
        """, fails=["any_number_of_scores",
                    "step_1"], says="the exponentials are added up already; that is step #"),
    Chaff("exp_of_size",
        "Step 1 takes the exponential of the size of a score.", """
        - return np.exp(x)
        + return np.exp(np.abs(x))
        """, fails=["any_number_of_scores",
                    "step_1"], says="Step # takes the exponential of each score, and does nothing else yet."),
    # softmax_step_2
    Chaff("five_scores", "Step 2 adds up five entries, as many as the first example had.", """
        - return np.sum(s)
        + total = 0.0
        + for i in range(5):
        +     total += s[i]
        + return total
        """, fails=["any_number_of_scores", "step_2"],
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
             says="these are the running totals; asked for is the whole"),
    Chaff("factors",
        "Step 2 multiplies the entries.", """
        - return np.sum(s)
        + total = 1.0
        + for entry in s:
        +     total *= entry
        + return total
        """, fails=["any_number_of_scores",
                    "step_2"], says="this is the product of the entries, not their sum"),
    Chaff("greatest",
        "Step 2 looks for the largest entry.", """
        - return np.sum(s)
        + return sorted(s)[-1]
        """, fails=["any_number_of_scores", "step_2"], says="this is one entry, the largest"),
    Chaff("exp_in_step_2",
        "Step 2 takes exponentials, which step 1 has done.", """
        - return np.sum(s)
        + return np.sum(np.exp(s))
        """, fails=["any_number_of_scores",
                    "step_2"], says="the exponential is taken a second time"),
    Chaff("step_3_in_step_2",
        "Step 2 divides as well.", """
        - return np.sum(s)
        + return s / np.sum(s)
        """, fails=["any_number_of_scores",
                    "step_2"], says="these are the shares, one for each entry; that is step #"),
    # softmax_step_3
    Chaff("divides_by_max", "Step 3 divides by the largest entry in place of the total.", """
        - return s / S
        + return s / np.max(s)
        """, fails=["step_3", "any_number_of_scores"],
             says="this divides by the largest entry, not by the total"),
    Chaff("divides_by_count",
        "Step 3 divides by the number of entries, as for a mean.", """
        - return s / S
        + return s / s.size
        """, fails=["any_number_of_scores",
                    "step_3"], says="this divides by the number of entries, not by the total"),
    Chaff("upside_down",
        "The fraction of step 3 is upside down.", """
        - return s / S
        + return S / s
        """, fails=["any_number_of_scores", "step_3"], says="the fraction is upside down"),
    Chaff("taken_off",
        "Step 3 takes the total off each entry.", """
        - return s / S
        + return -(S - s)
        """, fails=["any_number_of_scores",
                    "step_3"], says="this is the difference from the total, not the share of it"),
    Chaff("exp_above",
        "Step 3 takes the exponential of what is an exponential.", """
        - return s / S
        + e = np.e**s
        + return e / S
        """, fails=["any_number_of_scores",
                    "step_3"], says="the exponential is taken a second time: s holds exponentials already"),
    Chaff("softmax_again",
        "Step 3 does all three steps.", """
        - return s / S
        + e = np.e**s
        + return e / e.sum()
        """, fails=["any_number_of_scores",
                    "step_3"], says="this is the whole of softmax once more, with new exponentials"),
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
             says="this is the range of an exponential, before the division"),
    Chaff("range_reaches_one",
        "One is counted among the values of softmax, though other entries take a share.", """
        - return "(0, 1)"
        + return "(0, 1]"
        """, fails=["softmax_range_brackets"],
             says="a share of # would leave # for the others, and each of them is positive"),
    Chaff("range_of_scores",
        "The range of the scores is given for that of the shares.", """
        - return "(0, 1)"
        + return "(-inf, inf)"
        """, fails=["softmax_range_ends"], says="this is the range of a score, before step #"),
    Chaff("range_with_negatives",
        "Shares are taken to be of either sign.", """
        - return "(0, 1)"
        + return "(-1, 1)"
        """, fails=["softmax_range_ends"], says="What share of a total can an entry have, if all the entries are positive?"),
    # softmax_sum
    Chaff("percent", "The entries are taken to sum to a hundred.", """
        - return 1.0
        + return 100
        """, fails=["softmax_sum"],
             says="Add the shares s_1/S, s_2/S, ...: they have a common denominator."),
    Chaff("logarithm",
        "The logarithm is taken in place of the exponential.", """
        - return np.exp(x)
        + return np.log(abs(x))
        """, fails=["any_number_of_scores", "step_1"], says="this is the logarithm, the way back"),
    Chaff("euclidean_length",
        "The vector's length is taken for the total.", """
        - return np.sum(s)
        + return float(np.sqrt(np.sum(s**2)))
        """, fails=["any_number_of_scores",
                    "step_2"], says="this is the length of the vector: the root of the sum of the squares"),
]
