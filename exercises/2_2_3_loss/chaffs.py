"""Mistakes in exercise 2.2.3: Cross-entropy and accuracy."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("accuracy_above_half", "Only answers with more than one half count as right.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.mean(prob_of_truth > 0.5)
        """, fails=["accuracy_value"],
             says="only probabilities above one half count"),
    Chaff("accuracy_axis", "The accuracy takes argmax down the columns.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.mean(np.argmax(probs, axis=0) == np.argmax(y, axis=0))
        """, fails=["accuracy_of_a_square_batch", "accuracy_value"],
             says="argmax runs down the columns, axis #"),
    Chaff("accuracy_counts", "The accuracy is a count, not a fraction.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.sum(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        """, fails=["accuracy_of_a_square_batch", "accuracy_value"],
             says="that is the number of right answers, not their share"),
    Chaff("accuracy_integer_division", "The number of right answers is divided as an integer.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.sum(np.argmax(probs, axis=1) == np.argmax(y, axis=1)) // len(y)
        """, fails=["accuracy_of_a_square_batch", "accuracy_value"],
             says="that is rounded to a whole number"),
    Chaff("accuracy_of_entries",
        "The rounded probabilities are compared with y entry by entry.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.mean(np.round(probs) == y)
        """, fails=["accuracy_of_a_square_batch", "accuracy_value"],
             says="rounded probabilities are compared entry by entry"),
    Chaff("accuracy_per_class", "The right answers are divided by the number of classes.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.sum(np.argmax(probs, axis=1) == np.argmax(y, axis=1)) / y.shape[1]
        """, fails=["accuracy_value"],
             says="they are divided by the number of classes"),
    Chaff("accuracy_percent", "The accuracy is a percentage.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = 100 * np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        """, fails=["accuracy_of_a_square_batch", "accuracy_value"],
             says="that is a percentage, not a fraction"),
    Chaff("all_classes", "The logarithms of all classes are added up.", """
        - prob_of_truth = np.sum(y * probs, axis=1)
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.sum(np.log(probs))
        """, fails=["loss_of_knowing_nothing", "loss_value"],
             says="all classes are added up, not only the true one"),
    Chaff("base_ten", "The logarithm has the base 10.", """
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.sum(np.log10(prob_of_truth))
        """, fails=["loss_of_knowing_nothing", "loss_value"],
             says="that is the logarithm to base #, not the natural one"),
    Chaff("largest_probability",
        "The loss looks at the most probable class, not at the true one.", """
        - prob_of_truth = np.sum(y * probs, axis=1)
        + prob_of_truth = np.max(probs, axis=1)
        """, fails=["loss_value"],
             says="that is the logarithm of the largest probability in each row, not of the true class's"),
    Chaff("padded_in_place", "A tiny number is added to the probabilities in place.", """
        + probs += 1e-12
          prob_of_truth = np.sum(y * probs, axis=1)
        """, fails=["arguments_unchanged"],
             says="Make new arrays; do not change `y` or `probs`."),
    Chaff("log_of_sum", "The logarithm is taken of the sum over the batch.", """
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.log(np.sum(prob_of_truth))
        """, fails=["loss_is_summed", "loss_of_knowing_nothing", "loss_value"],
             says="the logarithm is taken of the sum, not of each probability"),
    Chaff("mean", "The loss is averaged over the batch.", """
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.mean(np.log(prob_of_truth))
        """, fails=["loss_is_summed", "loss_of_knowing_nothing", "loss_value"],
             says="that is the mean over the batch; the course sums"),
    Chaff("mean_of_matrix", "The mean runs over all entries of the matrix.", """
        - prob_of_truth = np.sum(y * probs, axis=1)
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.mean(y * np.log(np.maximum(probs, 1e-300)))
        """, fails=["loss_is_summed", "loss_of_knowing_nothing", "loss_value"],
             says="that is the mean over all entries of the matrix"),
    Chaff("nan_for_impossible_classes",
        "0 times the logarithm of 0 is added up for every class that is impossible.", """
        - prob_of_truth = np.sum(y * probs, axis=1)
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.sum(y * np.log(probs))
        """, fails=["another_class_may_be_impossible"],
             says="# times ln # is nan for NumPy: pick out the true class's probability before the logarithm."),
    Chaff("rows_alone", "The inner sum is taken, the outer one is forgotten.", """
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.log(prob_of_truth)
        """, fails=["loss_value", "loss_is_summed", "loss_of_knowing_nothing"],
             says="that is the loss of each example; they are not added up"),
    Chaff("base_two", "The logarithm has the base 2.", """
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = -np.sum(np.log2(prob_of_truth))
        """, fails=["loss_value", "loss_of_knowing_nothing"],
             says="that is the logarithm to base #, not the natural one"),
    Chaff("accuracy_of_errors", "The share of the wrong answers is taken.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.mean(np.argmax(probs, axis=1) != np.argmax(y, axis=1))
        """, fails=["accuracy_value", "accuracy_of_a_square_batch"],
             says="that is the share of wrong answers"),
    Chaff("accuracy_over_entries", "The right answers are divided by the size of y.", """
        - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
        + acc = np.sum(np.argmax(probs, axis=1) == np.argmax(y, axis=1)) / y.size
        """, fails=["accuracy_value", "accuracy_of_a_square_batch"],
             says="they are divided by the number of all entries"),
    Chaff("sign", "The minus sign is missing.", """
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = np.sum(np.log(prob_of_truth))
        """, fails=["loss_of_knowing_nothing", "loss_value"],
             says="the minus sign is missing"),
    Chaff("squared_error", "The squared error is taken for the cross-entropy.", """
        - prob_of_truth = np.sum(y * probs, axis=1)
        - loss = -np.sum(np.log(prob_of_truth))
        + loss = np.sum((y - probs) ** 2)
        """, fails=["loss_of_knowing_nothing", "loss_value"],
             says="that is the squared error"),
    Chaff("swapped", "The accuracy is returned first.", """
        - return loss, acc
        + return acc, loss
        """, fails=["accuracy_of_a_square_batch", "accuracy_value", "loss_is_summed",
                    "loss_of_knowing_nothing", "loss_value"],
             says="that is the accuracy: the loss comes first"),
]
