"""Mistakes in exercise 3.4: What is confused with what."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # predict
    Chaff("one_hot_answers", "The answers are one-hot rows.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + answers = np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.eye(len(params['boutput']))[answers]
        """, fails=["predictions", "predictions_of_any_size"],
             says="these are one-hot rows; we want the numbers of the classes"),
    Chaff("probabilities_returned",
        "The largest probabilities are returned in place of the classes that have them.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.max(forward(hidden, params, 'output', softmax), axis=1)
        """, fails=["predictions", "predictions_of_any_size"],
             says="these are the largest probabilities; we want the classes that have them"),
    Chaff("single_answer_squeezed", "A single example gives a bare number.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.squeeze(np.argmax(forward(hidden, params, 'output', softmax), axis=1))
        """, fails=["predictions_of_any_size"],
             says="One answer an example, as an array with one axis, even for a single example."),
    Chaff("wrong_axis", "The largest entry of each column is looked for.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.argmax(forward(hidden, params, 'output', softmax), axis=0)
        """, fails=["predictions", "predictions_of_any_size"],
             says="the largest entry of each column was looked for, not of each row"),
    Chaff("all_probabilities", "The probabilities are returned, all of them.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.array(forward(hidden, params, 'output', softmax))
        """, fails=["predictions", "predictions_of_any_size"],
             says="these are all the probabilities; we want the class of the largest"),
    Chaff("counted_from_one", "The classes are counted from 1.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return 1 + np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        """, fails=["predictions", "predictions_of_any_size"],
             says="the classes are counted from #; they begin at #"),
    Chaff("least_probable", "The least probable class is the answer.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.argmin(forward(hidden, params, 'output', softmax), axis=1)
        """, fails=["predictions", "predictions_of_any_size"],
             says="these are the least probable classes"),
    Chaff("output_layer_missing", "The strongest hidden unit is the answer.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return hidden.argmax(axis=1)
        """, fails=["predictions", "predictions_of_any_size"],
             says="these are the strongest hidden units; the output layer is missing"),
    # confusion_matrix
    Chaff("columns_normalised", "The columns are divided by their sums.", """
        - return matrix
        + return matrix / np.maximum(matrix.sum(axis=0), 1)
        """, fails=["confusion_counts"],
             says="the columns are divided by their sums; we want counts"),
    Chaff("only_right_answers", "Wrong answers are not counted.", """
        - matrix[truth, answer] += 1
        + if truth == answer:
        +     matrix[truth, answer] += 1
        """, fails=["confusion_counts"],
             says="it counts right answers only"),
    Chaff("shares", "The counts are divided by the number of examples.", """
        - return matrix
        + return matrix / matrix.sum()
        """, fails=["confusion_counts"],
             says="it is divided by the number of examples; we want counts"),
    Chaff("axes_swapped", "Rows are answers and columns are true classes.", """
        - matrix[truth, answer] += 1
        + matrix[answer, truth] += 1
        """, fails=["confusion_counts"],
             says="the axes are swapped: rows are true classes, columns are answers"),
    Chaff("counts_in_bytes", "The counts are bytes: after 255 comes 0.", """
        - matrix = np.zeros((n_classes, n_classes), dtype=int)
        + matrix = np.zeros((n_classes, n_classes), dtype=np.uint8)
        """, fails=["many_examples"],
             says="Counts may be large. A matrix of bytes (uint8) ends at #."),
    Chaff("matrix_of_36", "The matrix has 36 classes, whatever is asked for.", """
        - matrix = np.zeros((n_classes, n_classes), dtype=int)
        + matrix = np.zeros((36, 36), dtype=int)
        """, fails=["confusion_counts"],
             says="Entry [i, j] counts the examples whose true class is i and whose predicted class is j; there are n_classes rows and columns."),
    Chaff("only_classes_that_occur", "The matrix has room only for the classes that occur.", """
        + n_classes = max(labels.max(), predictions.max()) + 1
          matrix = np.zeros((n_classes, n_classes), dtype=int)
        """, fails=["classes_that_never_occur"],
             says="The matrix has n_classes rows and columns, whichever classes occur."),
    Chaff("only_mistakes", "Right answers are not counted.", """
        - matrix[truth, answer] += 1
        + matrix[truth, answer] += int(truth != answer)
        """, fails=["confusion_counts"],
             says="it counts wrong answers only"),
    Chaff("pairs_counted_once", "A fancy index counts each pair once, however often it occurs.", """
        - for truth, answer in zip(labels, predictions):
        -     matrix[truth, answer] += 1
        + matrix[labels, predictions] += 1
        """, fails=["confusion_counts"],
             says="each pair is counted once, however often it occurs"),
    Chaff("rows_normalised", "The rows are divided by their sums.", """
        - return matrix
        + return matrix / matrix.sum(axis=1, keepdims=True)
        """, fails=["confusion_counts"],
             says="the rows are divided by their sums; we want counts"),
    # without_diagonal
    Chaff("diagonal_in_place", "The diagonal of the matrix itself is set to zero.", """
        - mistakes = matrix.copy()
        + mistakes = matrix
        """, fails=["matrix_is_left_alone"],
             says="np.fill_diagonal changes the array that it is given: give it a copy."),
    Chaff("fill_returned", "The result of np.fill_diagonal is returned, which is None.", """
        - np.fill_diagonal(mistakes, 0)
        - return mistakes
        + return np.fill_diagonal(mistakes, 0)
        """, fails=["diagonal_is_gone"],
             says="the matrix without its diagonal is None: is a `return` missing?"),
    Chaff("only_the_diagonal", "Only the diagonal is kept.", """
        - return mistakes
        + return matrix - mistakes
        """, fails=["diagonal_is_gone"],
             says="only the diagonal is left"),
    Chaff("other_diagonal", "The other diagonal is set to zero.", """
        - np.fill_diagonal(mistakes, 0)
        + np.fill_diagonal(np.fliplr(mistakes), 0)
        """, fails=["diagonal_is_gone"],
             says="the other diagonal is gone"),
    Chaff("diagonal_cut_out", "The diagonal is taken out, so that a column is missing.", """
        - np.fill_diagonal(mistakes, 0)
        - return mistakes
        + return np.array([np.delete(row, i) for i, row in enumerate(mistakes)])
        """, fails=["diagonal_is_gone"],
             says="the diagonal has been cut out, so that a column is missing"),
    Chaff("ones_on_the_diagonal", "The diagonal is filled with ones.", """
        - np.fill_diagonal(mistakes, 0)
        + mistakes[np.diag_indices(len(mistakes))] = 1
        """, fails=["diagonal_is_gone"],
             says="the diagonal is one, not zero"),
    # most_confused
    Chaff("count_first", "The count comes first in each tuple.", """
        - return pairs[:k]
        + return [(times, one, other) for one, other, times in pairs[:k]]
        """, fails=["form_of_the_pairs"],
             says="the count comes first; it goes last"),
    Chaff("counted_double", "Both entries are added twice.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((classes[i], classes[j], 2 * int(matrix[i, j] + matrix[j, i])))
        """, fails=["most_confused_pair"],
             says="each pair is counted double"),
    Chaff("difference", "The two entries are subtracted.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((classes[i], classes[j], int(abs(matrix[i, j] - matrix[j, i]))))
        """, fails=["most_confused_pair", "pairs_in_order"],
             says="the two entries are subtracted; we want their sum"),
    Chaff("lower_half_only", "Only the entries below the diagonal are counted.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((classes[i], classes[j], int(matrix[j, i])))
        """, fails=["most_confused_pair", "pairs_in_order", "pairs_of_many_classes"],
             says="only one way round is counted; a pair is the sum of two entries"),
    Chaff("not_sorted", "The pairs come in the order of the classes.", """
        - pairs.sort(key=lambda pair: pair[2], reverse=True)
        """, fails=["most_confused_pair", "pairs_in_order", "pairs_of_many_classes"],
             says="the pairs are not sorted: they come in the order of the classes"),
    Chaff("one_too_few", "One pair too few is returned.", """
        - return pairs[:k]
        + return pairs[:k][:-1]
        """, fails=["form_of_the_pairs"],
             says="one pair of the k is missing"),
    Chaff("sorted_by_letters", "The pairs are sorted by their letters.", """
        - pairs.sort(key=lambda pair: pair[2], reverse=True)
        + pairs.sort(key=lambda pair: pair[:2], reverse=True)
        """, fails=["most_confused_pair", "pairs_in_order", "pairs_of_many_classes"],
             says="the pairs are sorted by their letters"),
    Chaff("all_pairs", "All pairs are returned, not the first k.", """
        - return pairs[:k]
        + return pairs
        """, fails=["form_of_the_pairs"],
             says="all pairs are there, not the first k"),
    Chaff("confused_with_itself",
        "The diagonal takes part: a class is most often confused with itself.", """
        - for j in range(i + 1, len(classes)):
        + for j in range(i, len(classes)):
        """, fails=["most_confused_pair", "pairs_in_order", "pairs_of_many_classes"],
             says="a class is confused with itself: leave the diagonal out"),
    Chaff("diagonal_lost", "most_confused empties the diagonal of the matrix that it is given.", """
        + np.fill_diagonal(matrix, 0)
          pairs = []
        """, fails=["counting_leaves_arguments_alone"],
             says="Work on copies: neither the matrix nor the labels may change."),
    Chaff("least_confused_first", "The least confused pairs come first.", """
        - pairs.sort(key=lambda pair: pair[2], reverse=True)
        + pairs.sort(key=lambda pair: pair[2])
        """, fails=["most_confused_pair", "pairs_in_order", "pairs_of_many_classes"],
             says="the least confused pair comes first"),
    Chaff("numbers_for_letters", "The classes are numbers in place of characters.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((i, j, int(matrix[i, j] + matrix[j, i])))
        """, fails=["form_of_the_pairs"],
             says="A list of k tuples such as ('O', '#', #): two characters of `classes`, then the count."),
    Chaff("one_way_only", "Each direction of a confusion counts by itself.", """
        - for j in range(i + 1, len(classes)):
        -     pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + for j in set(range(len(classes))) - {i}:
        +     pairs.append((classes[i], classes[j], int(matrix[i, j])))
        """, fails=["most_confused_pair", "pairs_in_order"],
             says="only one way round is counted; a pair is the sum of two entries"),
    Chaff("pairs_twice", "Each pair is there twice, once each way round.", """
        - for j in range(i + 1, len(classes)):
        + for j in range(len(classes)):
        +     if i == j:
        +         continue
        """, fails=["pairs_in_order", "pairs_of_many_classes"],
             says="each pair is there twice, once each way round"),
    Chaff("upper_half_only", "Only the entries above the diagonal are counted.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((classes[i], classes[j], int(matrix[i, j])))
        """, fails=["most_confused_pair", "pairs_in_order", "pairs_of_many_classes"],
             says="only one way round is counted; a pair is the sum of two entries"),
]
