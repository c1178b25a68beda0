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
        """, fails=["network_shapes"],
             says="Call initialize_weights twice, for 'layer1' and for 'output', with one dict; return it."),
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
             says="Call initialize_weights twice, for 'layer1' and for 'output', with one dict; return it."),
    Chaff("whole_numbers",
        "The weights are made integers, so that nearly all of them are zero.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + return {name: values.astype(int) for name, values in params.items()}
        """, fails=["network_begins_with_xavier", "network_shapes"],
             says="Call initialize_weights twice, for 'layer1' and for 'output', with one dict; return it."),
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
        """, fails=["evaluate_loss", "learns_real_letters", "networks_of_any_size",
                    "validation_history"],
             says="it is divided by the number of examples and by that of classes"),
    Chaff("loss_divided_by_classes",
        "The loss is divided by the number of classes in place of that of examples.", """
        - return loss / len(x), acc
        + return loss / y.shape[1], acc
        """, fails=["evaluate_loss", "learns_real_letters", "networks_of_any_size",
                    "validation_history"],
             says="it is divided by the number of classes"),
    Chaff("loss_not_averaged", "The loss of a data set is the sum over its examples.", """
        - return loss / len(x), acc
        + return loss, acc
        """, fails=["evaluate_loss", "learns_real_letters", "validation_history"],
             says="it is the sum over all examples"),
    # train_network
    Chaff("accuracy_of_last_batch",
        "The training accuracy of an epoch is that of its last batch.", """
        - history['train_acc'].append(total_right / len(x_train))
        + history['train_acc'].append(acc)
        """, fails=["training_accuracy"],
             says="The share of all training examples that are right; a batch of one counts less than one of #."),
    Chaff("all_in_one_batch",
        "The batch size is not used: each epoch is one step with all examples.", """
        - for rows, y_batch in get_random_batches(numbers, y_train, batch_size):
        + for rows, y_batch in get_random_batches(numbers, y_train, len(x_train)):
        """, fails=["every_batch_is_a_step", "learns_real_letters"],
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
        """, fails=["training_accuracy"],
             says="The share of all training examples that are right; a batch of one counts less than one of #."),
    Chaff("both_sets_together", "Training and validation set are put together before training.", """
        + x_train, y_train = np.vstack([x_train, x_valid]), np.vstack([y_train, y_valid])
          numbers = np.arange(len(x_train))[:, np.newaxis]
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_history", "weights_are_trained"],
             says="the network was trained on both sets together"),
    Chaff("copy_is_trained", "A copy of the weights is trained, and thrown away.", """
        + params = {name: values.copy() for name, values in params.items()}
          numbers = np.arange(len(x_train))[:, np.newaxis]
        """, fails=["every_batch_is_a_step", "learns_real_letters", "networks_of_any_size",
                    "weights_are_trained"],
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
                    "weights_are_trained"],
             says="one epoch is missing"),
    Chaff("epochs_within_epochs", "Each round trains for all epochs in place of one.", """
        - train(x_train, y_train, params, learning_rate, batch_size, 1)
        + train(x_train, y_train, params, learning_rate, batch_size, epochs)
        """, base="terse", fails=["every_batch_is_a_step", "networks_of_any_size",
                                  "training_loss_epoch_by_epoch", "validation_history",
                                  "weights_are_trained"],
                           says="Only the training set moves the weights, beginning with those in params."),
    Chaff("history_misnamed", "The lists of the validation set have other names.", """
        - history = {'train_loss': [], 'train_acc': [], 'valid_loss': [], 'valid_acc': []}
        + history = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}

        - history['valid_loss'].append(valid_loss)
        - history['valid_acc'].append(valid_acc)
        + history['val_loss'].append(valid_loss)
        + history['val_acc'].append(valid_acc)
        """, fails=["history_entries", "learns_real_letters", "networks_of_any_size",
                    "validation_accuracy", "validation_history"],
             says="Return a dict of four lists; append one number to each of them in every epoch."),
    Chaff("history_not_returned", "The history is not returned.", """
        - return history
        """, fails=["history_entries", "learns_real_letters", "networks_of_any_size",
                    "training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example", "validation_accuracy", "validation_history"],
             says="the history is None: is a `return` missing?"),
    Chaff("history_of_last_epoch", "Only the last epoch is kept in the history.", """
          for epoch in bar:
        +     history = {'train_loss': [], 'train_acc': [], 'valid_loss': [], 'valid_acc': []}
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="Return a dict of four lists; append one number to each of them in every epoch."),
    Chaff("history_one_long", "The history begins with an entry from before the training.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + for part, x, y in [('train', x_train, y_train), ('valid', x_valid, y_valid)]:
        +     loss, acc = evaluate(x, y, params)
        +     history[part + '_loss'].append(loss)
        +     history[part + '_acc'].append(acc)
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="Return a dict of four lists; append one number to each of them in every epoch."),
    Chaff("history_one_short", "The first epoch leaves no entry in the history.", """
          valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + if epoch == 0:
        +     continue
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"],
             says="Return a dict of four lists; append one number to each of them in every epoch."),
    Chaff("loss_of_last_batch", "The training loss of an epoch is that of its last batch.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(loss / len(x_batch))
        """, fails=["training_loss_is_per_example"],
             says="Per example: add up the losses of all batches, and divide by the number of examples."),
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
        """, fails=["every_batch_is_a_step", "learns_real_letters", "networks_of_any_size",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained"],
             says="Only the training set moves the weights, beginning with those in params."),
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
        """, fails=["learns_real_letters", "networks_of_any_size", "validation_history"],
             says="it is measured before the epoch, not after it"),
    Chaff("validation_on_training_set", "The validation curve is measured on the training set.", """
        - valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        + valid_loss, valid_acc = evaluate(x_train, y_train, params)
        """, fails=["learns_real_letters", "networks_of_any_size", "validation_accuracy",
                    "validation_history"],
             says="it is the loss on the training set"),
    Chaff("validation_trained_on", "Each epoch trains on the validation set as well.", """
        + train(x_valid, y_valid, params, learning_rate, batch_size, 1)
          valid_loss, valid_acc = evaluate(x_valid, y_valid, params)
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_loss_epoch_by_epoch",
                    "validation_history", "weights_are_trained"],
             says="each epoch trains on the training set and then on the validation set"),
]
