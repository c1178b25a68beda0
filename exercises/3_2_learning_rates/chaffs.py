"""Mistakes in exercise 3.2: Learning rates compared."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # compare_learning_rates
    Chaff("batch_size_fixed", "The batch size is written into the code.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + history = train_network(x_train, y_train, x_valid, y_valid, own, rate, 15, epochs)
        """, fails=["batches_of_the_runs"],
             says="each epoch is one step with all examples"),
    Chaff("biases_carried_on",
        "Only the weights are set back between the runs, and the biases go on.", """
          runs = []
        + own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}

        - own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
        + own = {**own, 'Wlayer1': params['Wlayer1'].copy(), 'Woutput': params['Woutput'].copy()}
        """, fails=["each_run_begins_anew", "runs_in_order"],
             says="Every run begins with its own copy of the first weights: copy the arrays, not the dict only."),
    Chaff("copied_once",
        "The first weights are copied once, before the loop, so that later runs go on "
        "with them.", """
          runs = []
        + own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}

        - own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}

        - runs.append((own, history))
        + runs.append((dict(own), history))
        """, fails=["each_run_begins_anew", "runs_in_order"],
             says="the second run went on where the first one ended"),
    Chaff("data_shuffled_in_place", "The training data are shuffled in place before each run.", """
          own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
        + order = np.random.permutation(len(x_train))
        + x_train[:], y_train[:] = x_train[order], y_train[order]
        """, fails=["comparing_leaves_the_data_alone"],
             says="No operator such as -= on x or y, and no sorting of the list of rates in place."),
    Chaff("first_rate_for_all", "Every run has the first learning rate.", """
        - for rate in rates:
        + for rate in [rates[0]] * len(rates):
        """, fails=["each_run_begins_anew", "runs_in_order"],
             says="it was trained with the first learning rate"),
    Chaff("one_dict_for_all", "All runs share one dict of weights.", """
        - own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
        + own = params
        """, fails=["each_run_begins_anew", "first_weights_are_left_alone", "runs_in_order"],
             says="the second run went on where the first one ended"),
    Chaff("one_epoch", "Each run is one epoch long.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, 1)
        """, fails=["batches_of_the_runs", "each_run_begins_anew", "one_learning_rate",
                    "runs_in_order"],
             says="there is one epoch only"),
    Chaff("only_the_last_run", "Only the last run is returned.", """
        - return runs
        + return runs[-1:]
        """, fails=["a_run_for_each_rate"],
             says="there is only one run for three rates"),
    Chaff("rates_sorted", "The runs come in the order of their rates, not in that of the list.", """
        - for rate in rates:
        + for rate in sorted(rates):
        """, fails=["runs_in_order"],
             says="the runs are sorted by their rate"),
    Chaff("shallow_copy", "Each run gets a copy of the dict with the same arrays in it.", """
        - own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
        + own = dict(params)
        """, fails=["each_run_begins_anew", "first_weights_are_left_alone", "runs_in_order"],
             says="the second run went on where the first one ended"),
    Chaff("untrained_weights_kept",
        "The list holds the first weights in place of the trained ones.", """
        - runs.append((own, history))
        + runs.append((params, history))
        """, fails=["batches_of_the_runs", "each_run_begins_anew", "one_learning_rate"],
             says="they have not been trained"),
    Chaff("weights_carried_on",
        "Each learning rate goes on with the weights that the one before has left.", """
        - own = {name: params[name].copy() for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
        + own = params

        - runs.append((own, history))
        + runs.append((dict(own), history))
        """, fails=["each_run_begins_anew", "first_weights_are_left_alone", "runs_in_order"],
             says="the second run went on where the first one ended"),
    Chaff("all_at_once", "Each epoch is one step with all examples.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + n = len(x_train)
        + history = train_network(x_train, y_train, x_valid, y_valid, own, rate, n, epochs)
        """, fails=["batches_of_the_runs"],
             says="each epoch is one step with all examples"),
    Chaff("history_first", "The pairs are (history, weights).", """
        - runs.append((own, history))
        + runs.append((history, own))
        """, fails=["a_run_for_each_rate"],
             says="the history comes first; the weights should"),
    Chaff("numbers_mixed_up", "batch_size and epochs change places.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + history = train_network(x_train, y_train, x_valid, y_valid, own, rate, epochs, batch_size)
        """, fails=["batches_of_the_runs", "each_run_begins_anew", "one_learning_rate",
                    "runs_in_order"],
             says="batch_size and epochs have changed places"),
    Chaff("sets_mixed_up", "Training and validation set change places.", """
        - history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        + history = train_network(x_valid, y_valid, x_train, y_train, own, rate, batch_size, epochs)
        """, fails=["one_learning_rate", "batches_of_the_runs", "each_run_begins_anew",
                    "runs_in_order"],
             says="the network was trained on the validation set"),
    # pick_and_test
    Chaff("chosen_by_best_epoch",
        "The best run is the one with the best epoch, whatever came after it.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [max(history['valid_acc']) for trained, history in runs]
        """, fails=["choice_by_validation"],
             says="this run was the best in an earlier epoch; its weights are those of the last"),
    Chaff("chosen_by_loss", "The best run is chosen by its validation loss.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        - best = int(np.argmax(last))
        + last = [history['valid_loss'][-1] for trained, history in runs]
        + best = int(np.argmin(last))
        """, fails=["choice_among_two", "choice_by_validation"],
             says="this run has the lowest validation loss; choose by the accuracy"),
    Chaff("chosen_by_test", "The best run is chosen by its accuracy on the test set.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [evaluate(x_test, y_test, trained)[1] for trained, history in runs]
        """, fails=["choice_among_two", "choice_by_validation"],
             says="this run is the best on the test set, which must not be used to choose"),
    Chaff("chosen_by_training", "The best run is chosen by its training accuracy.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [history['train_acc'][-1] for trained, history in runs]
        """, fails=["choice_by_validation"],
             says="this run is the best on the training set"),
    Chaff("loss_reported", "The loss on the test set is returned in place of the accuracy.", """
        - return best, accuracy
        + return best, loss
        """, fails=["accuracy_on_the_test_set"],
             says="it is the loss"),
    Chaff("validation_reported", "The accuracy reported is that on the validation set.", """
        - return best, accuracy
        + return best, last[best]
        """, fails=["accuracy_on_the_test_set"],
             says="it is the accuracy on the validation set"),
    Chaff("worst_run", "The run with the lowest accuracy is chosen.", """
        - best = int(np.argmax(last))
        + best = int(np.argmin(last))
        """, fails=["choice_among_two", "choice_by_validation"],
             says="this run has the lowest accuracy"),
    Chaff("accuracy_first", "The accuracy is returned first.", """
        - return best, accuracy
        + return accuracy, best
        """, fails=["choice_by_validation", "accuracy_on_the_test_set", "choice_among_two"],
             says="the two numbers have changed places: the run comes first"),
    Chaff("best_on_test_reported", "The best accuracy of all runs on the test set is returned.", """
        - return best, accuracy
        + return best, max(evaluate(x_test, y_test, trained)[1] for trained, history in runs)
        """, fails=["accuracy_on_the_test_set"],
             says="it is that of the network which is best on the test set"),
    Chaff("chosen_by_first_epoch", "The accuracies of the first epoch are compared.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [history['valid_acc'][0] for trained, history in runs]
        """, fails=["choice_by_validation", "choice_among_two"],
             says="this run is the best after the first epoch; its weights are those of the last"),
    Chaff("chosen_by_mean", "The mean over all epochs decides.", """
        - last = [history['valid_acc'][-1] for trained, history in runs]
        + last = [sum(history['valid_acc']) for trained, history in runs]
        """, fails=["choice_by_validation"],
             says="this run is the best on average over the epochs; its weights are those of the last"),
    Chaff("counted_from_one", "The runs are counted from 1.", """
        - return best, accuracy
        + return 1 + best, accuracy
        """, fails=["choice_by_validation", "accuracy_on_the_test_set", "choice_among_two"],
             says="the runs are counted from #"),
    Chaff("first_run_always", "The first run counts as the best, whatever the others reach.", """
        - best = int(np.argmax(last))
        + best = 0
        """, fails=["choice_among_two", "choice_by_validation"],
             says="it is the first run in the list"),
    Chaff("last_network_measured", "The weights measured are those of the last run.", """
        - loss, accuracy = evaluate(x_test, y_test, runs[best][0])
        + loss, accuracy = evaluate(x_test, y_test, runs[len(runs) - 1][0])
        """, fails=["accuracy_on_the_test_set"],
             says="it is that of the last run"),
    Chaff("percent", "The accuracy is given in per cent.", """
        - return best, accuracy
        + return best, round(100 * accuracy, 6)
        """, fails=["accuracy_on_the_test_set"],
             says="it is given in per cent"),
]
