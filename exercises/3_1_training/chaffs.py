"""Mistakes in exercise 3.1: Train a network that reads letters."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # new_network
    Chaff("double_precision",
        "astype gives a new array, and it is thrown away: all stays in double precision.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + for values in params.values():
        +     values.astype(np.float32)
        + return params
        """, fails=["network_in_single_precision"],
             says="`values.astype(np.float32)` gives a new array: the dict must hold that one, for all four."),
    Chaff("network_not_returned", "new_network fills a dict and does not return it.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + params = {name: values.astype(np.float32) for name, values in params.items()}
        """, fails=["network_begins_with_xavier", "network_shapes"],
             says="the network is None: is a `return` missing?"),
    Chaff("one_bound_for_both",
        "Both layers are drawn with one bound, from the sizes of the whole network.", """
          initialize_weights(hidden_size, out_size, params, 'output')
        + bound = np.sqrt(6 / (in_size + out_size))
        + for name in ['Wlayer1', 'Woutput']:
        +     params[name] = np.random.uniform(-bound, bound, params[name].shape)
        """, fails=["network_begins_with_xavier"],
             says="Each layer has its own two sizes; initialize_weights of notebook # knows the rest."),
    Chaff("output_of_zeros", "The output layer begins with zeros.", """
          initialize_weights(hidden_size, out_size, params, 'output')
        + params['Woutput'] = np.zeros((hidden_size, out_size))
        """, fails=["network_begins_with_xavier"],
             says="Each layer has its own two sizes; initialize_weights of notebook # knows the rest."),
    Chaff("sizes_mixed_up", "The output layer is given the size of the input.", """
        - initialize_weights(hidden_size, out_size, params, 'output')
        + initialize_weights(in_size, out_size, params, 'output')
        """, fails=["network_begins_with_xavier", "network_shapes"],
             says="Call initialize_weights twice, for 'layer1' and for 'output', with one dict. in_size, hidden_size and out_size say how large the layers are."),
    Chaff("whole_numbers",
        "The weights are made integers, so that nearly all of them are zero.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + return {name: values.astype(int) for name, values in params.items()}
        """, fails=["network_begins_with_xavier", "network_in_single_precision"],
             says="`values.astype(np.float32)` gives a new array: the dict must hold that one, for all four."),
    # evaluate
    Chaff("accuracy_counted", "The accuracy is the number of right answers.", """
        - return loss / len(x), acc
        + return loss / len(x), acc * len(x)
        """, fails=["evaluate_accuracy", "validation_accuracy"],
             says="it is the number of right answers"),
    Chaff("accuracy_divided_again",
        "The accuracy, a share already, is divided by the number of examples.", """
        - return loss / len(x), acc
        + return loss / len(x), acc / len(x)
        """, fails=["evaluate_accuracy", "validation_accuracy"],
             says="it is divided by the number of examples twice"),
    Chaff("loss_averaged_twice", "The loss is divided by the number of entries of y.", """
        - return loss / len(x), acc
        + return loss / y.size, acc
        """, fails=["evaluate_loss", "networks_of_any_size", "validation_history"],
             says="it is divided by the number of examples and by that of classes"),
    Chaff("loss_divided_by_classes",
        "The loss is divided by the number of classes in place of that of examples.", """
        - return loss / len(x), acc
        + return loss / y.shape[1], acc
        """, fails=["evaluate_loss", "networks_of_any_size", "validation_history"],
             says="it is divided by the number of classes"),
    Chaff("loss_not_averaged", "The loss of a data set is the sum over its examples.", """
        - return loss / len(x), acc
        + return loss, acc
        """, fails=["evaluate_loss", "validation_history"],
             says="it is the sum over all examples"),
    Chaff("two_numbers_swapped", "evaluate returns the accuracy first.", """
        - return loss / len(x), acc
        + return acc, loss / len(x)
        """, fails=["evaluate_loss", "evaluate_accuracy", "networks_of_any_size",
                    "validation_accuracy", "validation_history"],
             says="the two numbers have changed places: the loss comes first"),
    Chaff("sigmoid_for_softmax", "The output layer of evaluate has the default activation.", """
          hidden = forward(x, params, 'layer1')
        - probs = forward(hidden, params, 'output', softmax)
        - loss, acc = compute_loss_and_acc(y, probs)
        + probs = forward(hidden, params, 'output')
        + loss, acc = compute_loss_and_acc(y, probs)
        """, fails=["evaluate_loss", "networks_of_any_size", "validation_history"],
             says="the output layer has a sigmoid in place of softmax"),
    # train_network
    Chaff("accuracies_added", "The accuracies of the batches are added up.", """
        - total_right += acc * len(x_batch)
        + total_right += acc

        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(total_right)
        """, fails=["training_accuracy"],
             says="the accuracies of the batches are added up"),
    Chaff("accuracy_of_valid_in_both", "The accuracy on the validation set is kept twice.", """
        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(valid_acc)
        """, fails=["training_accuracy"],
             says="it is the accuracy on the validation set"),
    Chaff("biases_stay", "The biases are not trained.", """
        - for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for name in ['Wlayer1', 'Woutput']:
        """, fails=["one_step", "every_batch_is_a_step", "networks_of_any_size",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained"],
             says="the biases do not move"),
    Chaff("batch_filled_up", "The last batch is filled up with examples that were there before.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + order = np.random.permutation(len(x_train))
        + for start in range(0, len(x_train), batch_size):
        +     chosen = np.resize(np.roll(order, -start), batch_size)
        +     x_batch, y_batch = x_train[chosen], y_train[chosen]

        - history['train_loss'].append(total_loss / len(x_train))
        - history['train_acc'].append(total_right / len(x_train))
        + train_loss, train_acc = evaluate(x_train, y_train, params)
        + history['train_loss'].append(train_loss)
        + history['train_acc'].append(train_acc)
        """, fails=["rest_is_a_batch"],
             says="the last batch is filled up"),
    Chaff("drawn_once", "The batches are drawn once, before the epochs.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + batches = get_random_batches(numbers, y_train, batch_size)

        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + for rows, y_batch in batches:
        """, fails=["batches_are_drawn_anew"],
             says="All epochs have the same batches in the same order: shuffle and cut anew in each of them."),
    Chaff("drawn_with_replacement", "Each batch is drawn with replacement.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + for start in range(0, len(x_train), batch_size):
        +     size = min(batch_size, len(x_train) - start)
        +     chosen = np.random.choice(len(x_train), size)
        +     x_batch, y_batch = x_train[chosen], y_train[chosen]

        - history['train_loss'].append(total_loss / len(x_train))
        - history['train_acc'].append(total_right / len(x_train))
        + train_loss, train_acc = evaluate(x_train, y_train, params)
        + history['train_loss'].append(train_loss)
        + history['train_acc'].append(train_acc)
        """, fails=["one_step", "networks_of_any_size", "training_loss_epoch_by_epoch",
                    "validation_history", "weights_are_trained"],
             says="some examples are in the batch several times, others not at all"),
    Chaff("entry_per_batch", "The training lists get an entry for each batch.", """
        - total_loss += loss
        + history['train_loss'].append(loss / len(x_batch))

        - history['train_loss'].append(total_loss / len(x_train))
        """, fails=["history_entries", "training_loss_is_per_example"],
             says="there is an entry for every batch"),
    Chaff("each_example_a_step", "Every example is a step of its own, whatever the batch size.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + for rows, y_batch in get_random_batches(numbers, y_train, 1):
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "one_step",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained"],
             says="each example is a step of its own"),
    Chaff("epoch_too_many", "There is one epoch too many.", """
        - bar = epoch_bar(epochs, f'rate {learning_rate:g}')
        + bar = epoch_bar(epochs + 1, f'rate {learning_rate:g}')
        """, fails=["weights_are_trained", "every_batch_is_a_step", "history_entries",
                    "networks_of_any_size", "one_step", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="there is one epoch too many"),
    Chaff("first_layer_stays", "Only the output layer moves.", """
        - for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for name in ['Woutput', 'boutput']:
        """, fails=["one_step", "every_batch_is_a_step", "learns_new_letters",
                    "networks_of_any_size", "training_loss_epoch_by_epoch", "validation_history",
                    "weights_are_trained"],
             says="the first layer does not move"),
    Chaff("history_empty", "Nothing is appended to the training loss.", """
        - history['train_loss'].append(total_loss / len(x_train))
        """, fails=["history_entries", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example"],
             says="there is no entry"),
    Chaff("labels_stay", "The images are shuffled and their labels are not.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + order = np.random.permutation(len(x_train))
        + for start in range(0, len(x_train), batch_size):
        +     x_batch = x_train[order[start:start + batch_size]]
        +     y_batch = y_train[start:start + batch_size]

        - history['train_loss'].append(total_loss / len(x_train))
        - history['train_acc'].append(total_right / len(x_train))
        + train_loss, train_acc = evaluate(x_train, y_train, params)
        + history['train_loss'].append(train_loss)
        + history['train_acc'].append(train_acc)
        """, fails=["one_step", "learns_new_letters", "networks_of_any_size",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained"],
             says="examples have been given the labels of others"),
    Chaff("linear_hidden", "The hidden layer goes back as if it were linear.", """
        - delta = delta * sigmoid_deriv(hidden)  # the first layer without its dJ/dX
        + delta = delta * linear_deriv(hidden)
        """, fails=["one_step", "every_batch_is_a_step", "learns_new_letters",
                    "networks_of_any_size", "training_loss_epoch_by_epoch", "validation_history",
                    "weights_are_trained"],
             says="the slope of the hidden units, sigmoid_deriv, is missing"),
    Chaff("loss_kept_twice", "The loss of the validation set is kept in place of the accuracy.", """
        - history['valid_acc'].append(valid_acc)
        + history['valid_acc'].append(valid_loss)
        """, fails=["validation_accuracy"],
             says="it is the loss, not the accuracy"),
    Chaff("loss_of_valid_in_both", "The loss on the validation set is kept twice.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(valid_loss)
        """, fails=["training_loss_is_per_example", "training_loss_epoch_by_epoch"],
             says="it is the loss on the validation set"),
    Chaff("means_added", "The mean losses of the batches are added up.", """
        - total_loss += loss
        + total_loss += loss / len(x_batch)

        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss)
        """, fails=["training_loss_is_per_example"],
             says="the means of the batches are added up"),
    Chaff("means_of_batches", "The training loss is the mean of the batches' mean losses.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + batches = get_random_batches(numbers, y_train, batch_size)
        + for rows, y_batch in batches:

        - total_loss += loss
        + total_loss += loss / len(x_batch)

        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / len(batches))
        """, fails=["training_loss_is_per_example"],
             says="the mean of each batch counts the same, however small it is"),
    Chaff("number_of_right_answers", "The training accuracy is the number of right answers.", """
        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(total_right)
        """, fails=["training_accuracy"],
             says="it is the number of right answers, not their share"),
    Chaff("one_batch_an_epoch", "Each epoch makes a step with its first batch only.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + for rows, y_batch in get_random_batches(numbers, y_train, batch_size)[:1]:
        """, fails=["every_batch_is_a_step", "learns_new_letters", "training_accuracy",
                    "training_loss_is_per_example"],
             says="there is one step only in each epoch, with one batch"),
    Chaff("one_epoch", "There is one epoch, whatever is asked for.", """
        - bar = epoch_bar(epochs, f'rate {learning_rate:g}')
        + bar = epoch_bar(1, f'rate {learning_rate:g}')
        """, fails=["weights_are_trained", "every_batch_is_a_step", "history_entries",
                    "learns_new_letters", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="one epoch alone has moved them"),
    Chaff("order_of_the_data", "The examples are cut into batches as they come.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + for start in range(0, len(x_train), batch_size):
        +     x_batch = x_train[start:start + batch_size]
        +     y_batch = y_train[start:start + batch_size]
        """, fails=["batches_are_drawn_anew"],
             says="All epochs have the same batches in the same order: shuffle and cut anew in each of them."),
    Chaff("output_moves_first", "The output weights move before the hidden layer's delta is found.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        - delta = delta * sigmoid_deriv(hidden)  # the first layer without its dJ/dX
        + backwards(probs - y_batch, params, 'output', linear_deriv)
        + params['Woutput'] = params['Woutput'] - learning_rate * params['grad_Woutput']
        + params['boutput'] = params['boutput'] - learning_rate * params['grad_boutput']
        + delta = (probs - y_batch) @ params['Woutput'].T * sigmoid_deriv(hidden)

        - for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for name in ['Wlayer1', 'blayer1']:
        """, fails=["one_step", "every_batch_is_a_step", "networks_of_any_size",
                    "weights_are_trained"],
             says="the output weights move before they are used for the hidden layer"),
    Chaff("rate_not_used", "The learning rate tells only whether there is a step, not how long it is.", """
        - params[name] -= learning_rate * params['grad_' + name]
        + params[name] -= np.sign(learning_rate) * params['grad_' + name]
        """, fails=["one_step", "every_batch_is_a_step", "learns_new_letters",
                    "networks_of_any_size", "training_loss_epoch_by_epoch", "validation_history",
                    "weights_are_trained"],
             says="learning_rate is not used"),
    Chaff("steps_of_half_the_length", "The gradient is halved, as for a squared error.", """
        - params[name] -= learning_rate * params['grad_' + name]
        + params[name] -= learning_rate * params['grad_' + name] / 2
        """, fails=["one_step", "every_batch_is_a_step", "networks_of_any_size",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained"],
             says="the step is # times as long as learning_rate makes it"),
    Chaff("rest_left_out", "What does not fill a batch is left out.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        -     x_batch = x_train[rows[:, 0]]
        + order = np.random.permutation(len(x_train))
        + for start in range(0, len(x_train) - batch_size + 1, batch_size):
        +     chosen = order[start:start + batch_size]
        +     x_batch, y_batch = x_train[chosen], y_train[chosen]

        - history['train_loss'].append(total_loss / len(x_train))
        - history['train_acc'].append(total_right / len(x_train))
        + train_loss, train_acc = evaluate(x_train, y_train, params)
        + history['train_loss'].append(train_loss)
        + history['train_acc'].append(train_acc)
        """, fails=["rest_is_a_batch"],
             says="the examples that do not fill a batch are left out"),
    Chaff("seeded_anew", "The random numbers begin anew in every epoch.", """
          total_loss, total_right = 0, 0
        + np.random.seed(0)
        """, fails=["batches_are_drawn_anew"],
             says="All epochs have the same batches in the same order: shuffle and cut anew in each of them."),
    Chaff("slope_at_the_output", "The output layer goes back with the slope of a sigmoid.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + delta = backwards(probs - y_batch, params, 'output', sigmoid_deriv)
        """, fails=["one_step", "every_batch_is_a_step", "learns_new_letters",
                    "networks_of_any_size", "training_loss_epoch_by_epoch", "validation_history",
                    "weights_are_trained"],
             says="`probs - y` goes back through the slope of a sigmoid; it needs linear_deriv"),
    Chaff("trained_on_validation_set", "The network is trained on the validation set.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + x_train, y_train = x_valid, y_valid
        + numbers = np.arange(len(x_train))[:, np.newaxis]
        """, fails=["weights_are_trained", "every_batch_is_a_step", "learns_new_letters",
                    "networks_of_any_size", "one_step", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_history"],
             says="the network was trained on the validation set"),
    Chaff("unpacked_the_wrong_way", "Loss and accuracy of the validation set change places.", """
        - valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + valid_acc, valid_loss = evaluate(x_valid, y_valid, params)
        """, fails=["validation_history", "networks_of_any_size", "validation_accuracy"],
             says="it is the accuracy, not the loss"),
    Chaff("uphill", "The gradients are added.", """
        - params[name] -= learning_rate * params['grad_' + name]
        + params[name] += learning_rate * params['grad_' + name]
        """, fails=["one_step", "every_batch_is_a_step", "learns_new_letters",
                    "networks_of_any_size", "training_loss_epoch_by_epoch", "validation_history",
                    "weights_are_trained"],
             says="the step goes uphill: a sign is wrong"),
    Chaff("weights_begin_anew", "train_network draws first weights of its own.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + initialize_weights(x_train.shape[1], len(params['blayer1']), params, 'layer1')
        + initialize_weights(len(params['blayer1']), y_train.shape[1], params, 'output')
        """, fails=["weights_are_trained", "every_batch_is_a_step", "networks_of_any_size",
                    "one_step", "training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example", "validation_history"],
             says="with a learning rate of # the weights change: does training begin with those in `params`?"),
    Chaff("accuracy_of_last_batch",
        "The training accuracy of an epoch is that of its last batch.", """
        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(acc)
        """, fails=["training_accuracy"],
             says="it is the accuracy of the last batch alone"),
    Chaff("all_in_one_batch",
        "The batch size is not used: each epoch is one step with all examples.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + for rows, y_batch in get_random_batches(numbers, y_train, len(x_train)):
        """, fails=["every_batch_is_a_step", "learns_new_letters"],
             says="each epoch is one step with all examples"),
    Chaff("batches_weigh_the_same",
        "The training accuracy is the plain mean over the batches, however small the "
        "last one is.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + batches = get_random_batches(numbers, y_train, batch_size)
        + for rows, y_batch in batches:

        - total_right += acc * len(x_batch)
        + total_right += acc

        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(total_right / len(batches))
        """, fails=["accuracy_over_unequal_batches"],
             says="each batch counts the same, however small it is"),
    Chaff("both_sets_together", "Training and validation set are put together before training.", """
        + x_train, y_train = np.vstack([x_train, x_valid]), np.vstack([y_train, y_valid])
          numbers = np.arange(len(x_train))[:, np.newaxis]
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_history", "weights_are_trained", "one_step"],
             says="the network was trained on both sets together"),
    Chaff("copy_is_trained", "A copy of the weights is trained, and thrown away.", """
        + params = {name: values.copy() for name, values in params.items()}
          numbers = np.arange(len(x_train))[:, np.newaxis]
        """, fails=["every_batch_is_a_step", "learns_new_letters", "networks_of_any_size",
                    "weights_are_trained", "one_step"],
             says="they have not changed at all"),
    Chaff("data_shuffled_in_place", "The training data are shuffled in place.", """
          total_loss, total_right = 0, 0
        + order = np.random.permutation(len(x_train))
        + x_train[:], y_train[:] = x_train[order], y_train[order]
        """, fails=["training_leaves_the_data_alone"],
             says="Work on copies of the data: no -= and no shuffling of x or y in place."),
    Chaff("epoch_missing", "There is one epoch too few.", """
        - bar = epoch_bar(epochs, f'rate {learning_rate:g}')
        + bar = epoch_bar(epochs - 1, f'rate {learning_rate:g}')
        """, fails=["every_batch_is_a_step", "history_entries", "networks_of_any_size",
                    "training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example", "validation_accuracy", "validation_history",
                    "weights_are_trained", "one_step"],
             says="one epoch is missing"),
    Chaff("epochs_within_epochs", "Each round trains for all epochs in place of one.", """
        - train(x_train, y_train, params, learning_rate, batch_size, 1)
        + train(x_train, y_train, params, learning_rate, batch_size, epochs)
        """, base="terse", fails=["every_batch_is_a_step", "networks_of_any_size",
                                  "training_loss_epoch_by_epoch", "validation_history",
                                  "weights_are_trained"],
                           says="each epoch makes as many rounds as there are epochs"),
    Chaff("history_misnamed", "The lists of the validation set have other names.", """
        - history = {'train_loss': [], 'train_acc': [], 'valid_loss': [], 'valid_acc': []}
        + history = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}

        - history['valid_loss'].append(valid_loss)
        - history['valid_acc'].append(valid_acc)
        + history['val_loss'].append(valid_loss)
        + history['val_acc'].append(valid_acc)
        """, fails=["history_entries", "networks_of_any_size", "validation_accuracy",
                    "validation_history"],
             says="Return a dict of four lists; append one number to each of them in every epoch."),
    Chaff("history_not_returned", "The history is not returned.", """
        - return history
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="the history is None: is a `return` missing?"),
    Chaff("history_of_last_epoch", "Only the last epoch is kept in the history.", """
          for epoch in bar:
        +     history = {'train_loss': [], 'train_acc': [], 'valid_loss': [], 'valid_acc': []}
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="there is an entry of one epoch only"),
    Chaff("history_one_long", "The history begins with an entry from before the training.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + for part, x, y in [('train', x_train, y_train), ('valid', x_valid, y_valid)]:
        +     loss, acc = evaluate(x, y, params)
        +     history[part + '_loss'].append(loss)
        +     history[part + '_acc'].append(acc)
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="there is one entry more than epochs"),
    Chaff("history_one_short", "The first epoch leaves no entry in the history.", """
          valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + if epoch == 0:
        +     continue
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="one epoch has left no entry"),
    Chaff("loss_of_last_batch", "The training loss of an epoch is that of its last batch.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(loss / len(x_batch))
        """, fails=["training_loss_is_per_example"],
             says="it is the loss of the last batch alone"),
    Chaff("loss_per_batch", "The training loss is divided by the number of batches.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + batches = get_random_batches(numbers, y_train, batch_size)
        + for rows, y_batch in batches:

        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / len(batches))
        """, fails=["training_loss_epoch_by_epoch", "training_loss_is_per_example"],
             says="it is divided by the number of batches"),
    Chaff("step_averaged", "The learning rate is divided by the batch size.", """
        - params[name] -= learning_rate * params['grad_' + name]
        + params[name] -= learning_rate / batch_size * params['grad_' + name]
        """, fails=["every_batch_is_a_step", "learns_new_letters", "networks_of_any_size",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained",
                    "one_step"],
             says="the step is an average over the batch; gradients are summed"),
    Chaff("sum_not_reset",
        "The sums of loss and right answers are not set back when an epoch begins.", """
        + total_loss, total_right = 0, 0
          for epoch in bar:
        -     total_loss, total_right = 0, 0
        """, fails=["training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example"],
             says="the sum is not set back to zero when an epoch begins"),
    Chaff("training_loss_summed", "The training curve shows the sum over all examples.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss)
        """, fails=["training_loss_epoch_by_epoch", "training_loss_is_per_example"],
             says="it is the sum over all examples"),
    Chaff("validation_before_the_epoch",
        "The validation set is measured before the epoch, not after it.", """
          total_loss, total_right = 0, 0
        + valid_loss, valid_acc = evaluate(x_valid, y_valid, params)

        - valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        """, fails=["networks_of_any_size", "validation_history"],
             says="it is measured before the epoch, not after it"),
    Chaff("validation_on_training_set", "The validation curve is measured on the training set.", """
        - valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + valid_loss, valid_acc = evaluate(x_train, y_train, params)
        """, fails=["networks_of_any_size", "validation_accuracy", "validation_history"],
             says="it is the loss on the training set"),
    Chaff("validation_loss_summed",
        "The loss of the validation set is the sum of compute_loss_and_acc, not divided.", """
        - valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + valid_probs = forward(forward(x_valid, params, 'layer1'), params, 'output', softmax)
        + valid_loss, valid_acc = compute_loss_and_acc(y_valid, valid_probs)
        """, fails=["validation_history"],
             says="it is the sum over the examples; divide by their number"),
    Chaff("accuracy_of_training_in_both", "The accuracy on the training set is kept twice.", """
        - history['valid_acc'].append(valid_acc)
        + history['valid_acc'].append(total_right / len(x_train))
        """, fails=["validation_accuracy"],
             says="it is the accuracy on the training set"),
    Chaff("validation_trained_on", "Each epoch trains on the validation set as well.", """
        + train(x_valid, y_valid, params, learning_rate, batch_size, 1)
          valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_loss_epoch_by_epoch",
                    "validation_history", "weights_are_trained", "one_step"],
             says="each epoch trains on the training set and then on the validation set"),
]
