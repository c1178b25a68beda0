"""Mistakes in notebook 3, written down from what students do and from none of its checks."""

from autograder.judging.chaffs import Chaff

MISTAKES = {
    "3.1": [
        Chaff("names_of_layers", "The first layer is called 'hidden'.", """
        - initialize_weights(in_size, hidden_size, params, 'layer1')
        + initialize_weights(in_size, hidden_size, params, 'hidden')
        """, fails=["?"], says=r"no entry|called|layer1"),
        Chaff("tuple_of_arrays", "new_network returns the four arrays one by one.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + params = {name: values.astype(np.float32) for name, values in params.items()}
        + return params['Wlayer1'], params['blayer1'], params['Woutput'], params['boutput']
        """, fails=["?"], says=r"tuple, not a dict"),
        Chaff("hidden_size_fixed", "The hidden layer has 64 units, whatever is asked for.", """
        - initialize_weights(in_size, hidden_size, params, 'layer1')
        - initialize_weights(hidden_size, out_size, params, 'output')
        + initialize_weights(in_size, 64, params, 'layer1')
        + initialize_weights(64, out_size, params, 'output')
        """, fails=["?"], says=r"64|hidden_size|sizes? that|hidden units"),
        Chaff("normal_weights", "The weights are drawn anew from a normal distribution.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + for name in ['Wlayer1', 'Woutput']:
        +     params[name] = 0.01 * np.random.randn(*params[name].shape)
        + return {name: values.astype(np.float32) for name, values in params.items()}
        """, fails=["?"], says=r"too small|bound|spread|initialize_weights"),
        Chaff("two_numbers_swapped", "evaluate returns the accuracy first.", """
        - return loss / len(x), acc
        + return acc, loss / len(x)
        """, fails=["?"], says=r"accuracy.*(first|place)|place|loss first"),
        Chaff("no_softmax", "The output layer gets the default activation, a sigmoid.", """
          hidden = forward(x, params, 'layer1')
        - probs = forward(hidden, params, 'output', softmax)
        - loss, acc = compute_loss_and_acc(y, probs)
        - return loss / len(x), acc
        + probs = forward(hidden, params, 'output')
        + loss, acc = compute_loss_and_acc(y, probs)
        + return loss / len(x), acc
        """, fails=["?"], says=r"softmax|sigmoid"),
        Chaff("drawn_once", "The batches are drawn once, before the epochs.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + batches = get_random_batches(numbers, y_train, batch_size)

        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + for rows, y_batch in batches:
        """, fails=["?"], says=r"same.*(every|each|all) epoch|inside the loop|anew"),
        Chaff("order_of_the_data", "The examples are cut into batches as they come.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + for start in range(0, len(x_train), batch_size):
        +     x_batch = x_train[start:start + batch_size]
        +     y_batch = y_train[start:start + batch_size]
        """, fails=["?"], says=r"same.*(every|each|all) epoch|shuffle"),
        Chaff("labels_not_shuffled", "The images are shuffled and their labels are not.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + x_mixed = np.random.permutation(x_train)
        + for start in range(0, len(x_train), batch_size):
        +     x_batch = x_mixed[start:start + batch_size]
        +     y_batch = y_train[start:start + batch_size]
        """, fails=["?"], says=r"label"),
        Chaff("drawn_with_replacement", "Each batch is drawn with replacement.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + for start in range(0, len(x_train), batch_size):
        +     size = min(batch_size, len(x_train) - start)
        +     chosen = np.random.randint(0, len(x_train), size)
        +     x_batch, y_batch = x_train[chosen], y_train[chosen]
        """, fails=["?"], says=r"twice|several times|more than once"),
        Chaff("rest_dropped", "The last batch is left out where it is not full.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + order = np.random.permutation(len(x_train))
        + for number in range(len(x_train) // batch_size):
        +     chosen = order[number * batch_size:(number + 1) * batch_size]
        +     x_batch, y_batch = x_train[chosen], y_train[chosen]
        """, fails=["?"], says=r"left out|batch size.*larger|last batch|last, smaller"),
        Chaff("uphill", "The gradients are added.", """
        - params[name] -= learning_rate * params['grad_' + name]
        + params[name] += learning_rate * params['grad_' + name]
        """, fails=["?"], says=r"uphill|sign"),
        Chaff("rate_fixed", "The learning rate of the notebook is written into the loop.", """
        - params[name] -= learning_rate * params['grad_' + name]
        + params[name] -= 0.006 * params['grad_' + name]
        """, fails=["?"], says=r"learning_rate.*(not used|alone|makes)|learning rate"),
        Chaff("rate_decays", "The learning rate shrinks from epoch to epoch.", """
          total_loss, total_right = 0, 0
        + learning_rate = learning_rate * 0.95
        """, fails=["?"], says=r"learning.rate"),
        Chaff("biases_stay", "The biases are not trained.", """
        - for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for name in ['Wlayer1', 'Woutput']:
        """, fails=["?"], says=r"bias"),
        Chaff("output_moves_first", "The output layer moves before the hidden layer's delta.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        - delta = delta * sigmoid_deriv(hidden)  # the first layer without its dJ/dX
        + backwards(probs - y_batch, params, 'output', linear_deriv)
        + params['Woutput'] = params['Woutput'] - learning_rate * params['grad_Woutput']
        + params['boutput'] = params['boutput'] - learning_rate * params['grad_boutput']
        + delta = (probs - y_batch) @ params['Woutput'].T * sigmoid_deriv(hidden)

        - for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for name in ['Wlayer1', 'blayer1']:
        """, fails=["?"], says=r"(already|before|new).*(output|hidden)|output.*(already|before|first)"),
        Chaff("no_slope", "The slope of the sigmoid is missing in the hidden layer.", """
        - delta = delta * sigmoid_deriv(hidden)  # the first layer without its dJ/dX
        """, fails=["?"], says=r"slope|sigmoid_deriv|derivative"),
        Chaff("slope_of_output", "The output layer goes back with the slope of a sigmoid.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + delta = backwards(probs - y_batch, params, 'output', sigmoid_deriv)
        """, fails=["?"], says=r"output.*(slope|linear_deriv|sigmoid)|linear_deriv"),
        Chaff("begins_anew", "train_network draws first weights of its own.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + initialize_weights(x_train.shape[1], len(params['blayer1']), params, 'layer1')
        + initialize_weights(len(params['blayer1']), y_train.shape[1], params, 'output')
        """, fails=["?"], says=r"(first|own|new) weights|begin"),
        Chaff("own_network", "train_network trains a network of its own and ignores params.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + params = new_network(x_train.shape[1], len(params['blayer1']), y_train.shape[1])
        """, fails=["?"], says=r"not changed"),
        Chaff("params_and_history", "The weights are returned along with the history.", """
        - return history
        + return params, history
        """, fails=["?"], says=r"tuple, not a dict"),
        Chaff("means_of_batches", "The training loss is the mean of the batches' mean losses.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + batches = get_random_batches(numbers, y_train, batch_size)
        + for rows, y_batch in batches:

        - total_loss += loss
        + total_loss += loss / len(x_batch)

        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / len(batches))
        """, fails=["?"], says=r"batch.*(count|weigh|mean)"),
        Chaff("accuracies_added", "The accuracies of the batches are added up.", """
        - total_right += acc * len(x_batch)
        + total_right += acc

        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(total_right)
        """, fails=["?"], says=r"added up"),
        Chaff("entry_per_batch", "The training lists get an entry for each batch.", """
        - total_loss += loss
        + total_loss += loss
        + history['train_loss'].append(loss / len(x_batch))
        + history['train_acc'].append(acc)

        - history['train_loss'].append(total_loss / len(x_train))
        - history['train_acc'].append(total_right / len(x_train))
        """, fails=["?"], says=r"(each|every) batch"),
        Chaff("list_of_dicts", "The history is a list with a dict for each epoch.", """
        - return history
        + return [{name: values[k] for name, values in history.items()} for k in range(epochs)]
        """, fails=["?"], says=r"list, not a dict"),
        Chaff("unpacked_the_wrong_way", "Loss and accuracy of the validation set change places.", """
        - valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + valid_acc, valid_loss = evaluate(x_valid, y_valid, params)
        """, fails=["?"], says=r"it is the accuracy|it is the loss|places"),
        Chaff("epoch_too_many", "There is one epoch too many.", """
        - bar = epoch_bar(epochs, f'rate {learning_rate:g}')
        + bar = epoch_bar(epochs + 1, f'rate {learning_rate:g}')
        """, fails=["?"], says=r"too many"),
        Chaff("stops_early", "The function returns after the first epoch.", """
          bar.set_postfix(loss=f'{valid_loss:.3f}', accuracy=f'{valid_acc:.3f}')
        + return history
        """, fails=["?"], says=r"first epoch|one epoch|only"),
    ],
    "3.2": [
        Chaff("new_weights_for_each", "Each run gets a new network of its own.", """
        - own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
        + own = new_network(x_train.shape[1], len(params['blayer1']), y_train.shape[1])
        """, fails=["?"], says=r"first weights|new network|begin"),
        Chaff("pair_the_other_way", "The pairs are (history, weights).", """
        - runs.append((own, history))
        + runs.append((history, own))
        """, fails=["?"], says=r"history|order|places|first"),
        Chaff("dict_of_rates", "The runs are in a dict, a key for each rate.", """
        - return runs
        + return dict(zip(rates, runs))
        """, fails=["?"], says=r"dict, not a list"),
        Chaff("returned_in_the_loop", "The function returns after the first run.", """
          runs.append((own, history))
        + return runs
        """, fails=["?"], says=r"first run|only one|return.*loop|for each"),
        Chaff("only_histories", "The list holds the histories alone.", """
        - runs.append((own, history))
        + runs.append(history)
        """, fails=["?"], says=r"dict, not a list or tuple|pair"),
        Chaff("rounds_mixed_up", "batch_size and epochs change places.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + history = train_network(x_train, y_train, x_valid, y_valid, own, rate, epochs, batch_size)
        """, fails=["?"], says=r"places|batch_size"),
        Chaff("validation_set_trained", "The validation set takes the place of the training set.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + history = train_network(x_valid, y_valid, x_train, y_train, own, rate, batch_size, epochs)
        """, fails=["?"], says=r"validation set"),
        Chaff("counted_from_one", "The runs are counted from 1.", """
        - return best, accuracy
        + return best + 1, accuracy
        """, fails=["?"], says=r"from #"),
        Chaff("first_epoch", "The accuracies of the first epoch are compared.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [history['valid_acc'][0] for trained, history in runs]
        """, fails=["?"], says=r"first epoch|earlier epoch"),
        Chaff("mean_over_epochs", "The mean over all epochs decides.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [np.mean(history['valid_acc']) for trained, history in runs]
        """, fails=["?"], says=r"mean|average"),
        Chaff("accuracy_first", "The accuracy is returned first.", """
        - return best, accuracy
        + return accuracy, best
        """, fails=["?"], says=r"place|first|order"),
        Chaff("in_percent", "The accuracy is given in percent.", """
        - return best, accuracy
        + return best, 100 * accuracy
        """, fails=["?"], says=r"per ?cent"),
        Chaff("last_network_measured", "The network measured is that of the last run.", """
        - loss, accuracy = evaluate(x_test, y_test, runs[best][0])
        + loss, accuracy = evaluate(x_test, y_test, runs[-1][0])
        """, fails=["?"], says=r"last run|last network"),
        Chaff("run_returned", "The run itself is returned in place of its number.", """
        - return best, accuracy
        + return runs[best], accuracy
        """, fails=["?"], says=r"not a number|number"),
    ],
    "3.3": [
        Chaff("columns_first", "The pixels are taken to be numbered column by column.", """
        - return W.T.reshape(-1, 32, 32)
        + return np.array([w.reshape(32, 32, order='F') for w in W.T])
        """, fails=["?"], says=r"transposed"),
        Chaff("upside_down", "The images are turned upside down.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T.reshape(-1, 32, 32)[:, ::-1]
        """, fails=["?"], says=r"upside down"),
        Chaff("list_of_images", "A list of images is returned.", """
        - return W.T.reshape(-1, 32, 32)
        + return [W[:, k].reshape(32, 32) for k in range(W.shape[1])]
        """, fails=["?"], says=r"list, not a NumPy array"),
        Chaff("first_unit_only", "The image of the first unit alone is returned.", """
        - return W.T.reshape(-1, 32, 32)
        + return W[:, 0].reshape(32, 32)
        """, fails=["?"], says=r"one image"),
        Chaff("units_on_the_last_axis", "The transpose is cut with the units last.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T.reshape(32, 32, -1)
        """, fails=["?"], says=r"shape|last axis"),
        Chaff("divided_by_largest", "The images are divided by the largest weight.", """
        - return W.T.reshape(-1, 32, 32)
        + return (W / np.abs(W).max()).T.reshape(-1, 32, 32)
        """, fails=["?"], says=r"scale|divided|as they are"),
        Chaff("same_image_everywhere", "Every image is that of the first unit.", """
        - return W.T.reshape(-1, 32, 32)
        + return np.array([W[:, 0].reshape(32, 32) for k in range(W.shape[1])])
        """, fails=["?"], says=r"first unit|same image"),
        Chaff("sorted_by_size", "The images come with the strongest unit first.", """
        - return W.T.reshape(-1, 32, 32)
        + order = np.argsort(-np.abs(W).sum(axis=0))
        + return W.T.reshape(-1, 32, 32)[order]
        """, fails=["?"], says=r"order|Unit k has column k"),
    ],
    "3.4": [
        Chaff("probs_returned", "All probabilities are returned.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return forward(hidden, params, 'output', softmax)
        """, fails=["?"], says=r"probabilit"),
        Chaff("classes_from_one", "The classes are counted from 1.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.argmax(forward(hidden, params, 'output', softmax), axis=1) + 1
        """, fails=["?"], says=r"from #"),
        Chaff("hidden_unit", "The number of the strongest hidden unit is returned.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.argmax(hidden, axis=1)
        """, fails=["?"], says=r"hidden"),
        Chaff("one_answer_for_all", "The axis is forgotten.", """
        - return np.argmax(forward(hidden, params, 'output', softmax), axis=1)
        + return np.argmax(forward(hidden, params, 'output', softmax))
        """, fails=["?"], says=r"axis|each row|int, not|number, not"),
        Chaff("divided_by_n", "The counts are divided by the number of examples.", """
        - return matrix
        + return matrix / len(labels)
        """, fails=["?"], says=r"divided by the number of examples"),
        Chaff("columns_normalised", "The columns are divided by their sums.", """
        - return matrix
        + return matrix / matrix.sum(axis=0).clip(1)
        """, fails=["?"], says=r"columns are divided"),
        Chaff("only_right_ones", "Only right answers are counted.", """
        - matrix[truth, answer] += 1
        + matrix[truth, answer] += int(truth == answer)
        """, fails=["?"], says=r"right answers"),
        Chaff("diagonal_cut_out", "The diagonal is taken out, so that a column is missing.", """
        - np.fill_diagonal(mistakes, 0)
        - return mistakes
        + n = len(mistakes)
        + return mistakes[~np.eye(n, dtype=bool)].reshape(n, n - 1)
        """, fails=["?"], says=r"shape|column"),
        Chaff("ones_on_the_diagonal", "The diagonal is filled with ones.", """
        - np.fill_diagonal(mistakes, 0)
        + np.fill_diagonal(mistakes, 1)
        """, fails=["?"], says=r"diagonal.*(zero|one)|\[i, i\] to zero"),
        Chaff("count_first", "The count comes first in each tuple.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((int(matrix[i, j] + matrix[j, i]), classes[i], classes[j]))

        - pairs.sort(key=lambda pair: pair[2], reverse=True)
        + pairs.sort(reverse=True)
        """, fails=["?"], says=r"letters|count.*(first|last)|order"),
        Chaff("texts", "Each pair is a text such as 'O/0'.", """
        - return pairs[:k]
        + return [f'{one}/{other} {times}' for one, other, times in pairs[:k]]
        """, fails=["?"], says=r"str, not a (list or )?tuple"),
        Chaff("one_pair_too_few", "One pair too few is returned.", """
        - return pairs[:k]
        + return pairs[:k - 1]
        """, fails=["?"], says=r"k pairs|too few|missing|how many"),
        Chaff("counted_double", "Each pair is counted double.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + both = matrix + matrix.T
        + pairs.append((classes[i], classes[j], int(both[i, j] + both[j, i])))
        """, fails=["?"], says=r"twice|double"),
        Chaff("difference", "The difference of both entries is taken.", """
        - pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
        + pairs.append((classes[i], classes[j], abs(int(matrix[i, j] - matrix[j, i]))))
        """, fails=["?"], says=r"difference|subtracted"),
        Chaff("not_sorted", "The pairs come in the order of the classes.", """
        - pairs.sort(key=lambda pair: pair[2], reverse=True)
        """, fails=["?"], says=r"sort|order of the classes|most confused pair first"),
        Chaff("sorted_by_letters", "The pairs are sorted by their letters.", """
        - pairs.sort(key=lambda pair: pair[2], reverse=True)
        + pairs.sort(reverse=True)
        """, fails=["?"], says=r"sort|letters"),
    ],
}  # fmt: skip
