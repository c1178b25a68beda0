"""Mistakes in exercise 2.4: Random batches and the training loop."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # get_random_batches. Some of these are whole functions, because `train` has this function as
    # its default: it keeps the right one where the wrong one is defined further down.
    Chaff("axis_lost", "A batch of one example loses its first axis.", """
        - batches.append((x[rows], y[rows]))
        + batches.append((np.squeeze(x[rows]), np.squeeze(y[rows])))
        """, fails=["batches_at_the_edge"],
             says="A batch of one example is still a matrix with one row; x[i:i + #], or x[[i]], keeps the axis."),
    Chaff("drawn_with_replacement", "The order of an epoch is drawn with replacement.", """
        - order = np.random.permutation(len(x))
        + order = np.random.choice(len(x), len(x))
        """, fails=["batches_at_the_edge", "every_example_once"],
             says="Shuffle the row numbers once and cut them up: then no example is drawn twice or left out."),
    Chaff("each_batch_on_its_own",
        "Each batch is drawn from all examples, whatever the other batches hold.", """
        - order = np.random.permutation(len(x))

        - rows = order[start:start + batch_size]
        + size = min(batch_size, len(x) - start)
        + rows = np.random.choice(len(x), size, replace=False)
        """, fails=["batches_at_the_edge", "every_example_once"],
             says="Shuffle the row numbers once and cut them up: then no example is drawn twice or left out."),
    Chaff("generator", "The batches are yielded, not returned as a list.", """
        - batches = []

        -     batches.append((x[rows], y[rows]))
        - return batches
        +     yield x[rows], y[rows]
        """, fails=["batches_are_a_list_of_pairs"],
             says="the result is a generator, not a list or tuple"),
    Chaff("labels_not_shuffled", "Only x is shuffled.", """
        - batches.append((x[rows], y[rows]))
        + batches.append((x[rows], y[start : start + batch_size]))
        """, fails=["pairs_stay_together"],
             says="Use the same row numbers for x and for y."),
    Chaff("last_batch_filled_up", "The last batch is filled up with examples drawn again.", """
          rows = order[start:start + batch_size]
        + if len(rows) < batch_size:
        +     rows = np.append(rows, np.random.choice(len(x), batch_size - len(rows)))
        """, fails=["batch_sizes", "a_batch_size_beyond_the_set"],
             says="the last batch has been filled up to batch_size"),
    Chaff("last_batch_lost", "The last, smaller batch is left out.", """
        - for start in range(0, len(x), batch_size):
        + for start in range(0, len(x) - batch_size + 1, batch_size):
        """, fails=["batch_sizes", "a_batch_size_beyond_the_set"],
             says="the last two examples are lost: they are a batch, too"),
    Chaff("last_full_batch_lost",
        "The loop stops one batch too early even where the batches come out even.", whole="""
        def get_random_batches(x, y, batch_size):
            order = np.random.permutation(len(x))
            batches = []
            for start in range(0, len(x) - batch_size, batch_size):
                rows = order[start:start + batch_size]
                batches.append((x[rows], y[rows]))
            return batches
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once",
                    "a_batch_size_beyond_the_set"],
             says="the last two examples are lost: they are a batch, too"),
    Chaff("not_shuffled", "The batches are cut in the order of the data.", """
        - order = np.random.permutation(len(x))
        + order = np.arange(len(x))
        """, fails=["order_is_random"],
             says="it is the order of the data"),
    Chaff("only_batches_shuffled",
        "Whole batches of neighbours are shuffled, not the examples.", """
        - order = np.random.permutation(len(x))
        + order = np.arange(len(x))

        - return batches
        + return [batches[i] for i in np.random.permutation(len(batches))]
        """, fails=["order_is_random"],
             says="each batch holds neighbouring rows of the data: only the batches are shuffled"),
    Chaff("pairs_parted", "x and y are shuffled by different permutations.", """
          order = np.random.permutation(len(x))
        + other = np.random.permutation(len(x))

        - batches.append((x[rows], y[rows]))
        + batches.append((x[rows], y[other[start : start + batch_size]]))
        """, fails=["pairs_stay_together"],
             says="Use the same row numbers for x and for y."),
    Chaff("repeats_inside_a_batch",
        "Each batch is drawn with replacement from the examples not used yet, always of "
        "full size.", whole="""
        def get_random_batches(x, y, batch_size):
            left = list(range(len(x)))
            batches = []
            while left:
                rows = [left[i] for i in np.random.choice(len(left), batch_size)]
                batches.append((x[rows], y[rows]))
                left = [row for row in left if row not in rows]
            return batches
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once",
                    "a_batch_size_beyond_the_set"],
             says="the last batch has been filled up to batch_size"),
    Chaff("same_order_every_time", "A seed inside the function makes every epoch the same.", """
        + np.random.seed(0)
          order = np.random.permutation(len(x))
        """, fails=["order_is_random"],
             says="every call gives the same order: is a seed set?"),
    Chaff("shuffles_the_data",
        "x and y themselves are shuffled, from the same state of the generator.", """
        + state = np.random.get_state()
        + np.random.shuffle(x)
        + np.random.set_state(state)
        + np.random.shuffle(y)
          order = np.random.permutation(len(x))
        """, fails=["batches_leave_the_data_alone"],
             says="Index with shuffled row numbers, x[rows]; np.random.shuffle(x) shuffles the caller's data."),
    Chaff("two_lists", "All x batches are returned first, then all y batches.", whole="""
        def get_random_batches(x, y, batch_size):
            order = np.random.permutation(len(x))
            parts = [order[start:start + batch_size] for start in range(0, len(x), batch_size)]
            return [x[rows] for rows in parts], [y[rows] for rows in parts]
        """, fails=["batches_are_a_list_of_pairs"],
             says="One list, an entry for each batch, and each entry a pair: x_batch with y_batch."),
    Chaff("labels_come_first", "The pairs are turned round.", """
        - return batches
        + return [(b, a) for a, b in batches]
        """, fails=["batches_are_a_list_of_pairs", "default_batches"],
             says="y_batch comes first in each pair"),
    Chaff("return_in_the_loop", "The return stands inside the loop over the batches.", whole="""
        def get_random_batches(x, y, batch_size):
            order = np.random.permutation(len(x))
            batches = []
            for start in range(0, len(x), batch_size):
                rows = order[start:start + batch_size]
                batches.append((x[rows], y[rows]))
                return batches
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once"],
             says="there is one batch only"),
    Chaff("rest_of_full_batches_only",
        "What is left becomes a batch where there has been a full one, and only there.", whole="""
        def get_random_batches(x, y, batch_size):
            order = np.random.permutation(len(x))
            full = len(x) // batch_size
            batches = []
            for k in range(full):
                rows = order[k * batch_size:(k + 1) * batch_size]
                batches.append((x[rows], y[rows]))
                if k == full - 1 and len(x) % batch_size:
                    rest = order[full * batch_size:]
                    batches.append((x[rest], y[rest]))
            return batches
        """, fails=["a_batch_size_beyond_the_set"],
             says="What is left after the last full batch is a batch, also where there is no full one."),
    # train
    Chaff("accuracy_of_batches_over_n",
        "The batches' accuracies are added up and divided by the number of examples.", """
        - total_right += acc * len(x_batch)
        + total_right += acc
        """, fails=["history_of_accuracies"],
             says="the batches' accuracies are added up and divided by N"),
    Chaff("batch_size_fixed", "The batch size is written into the code.", """
        - for x_batch, y_batch in get_batches(x, y, batch_size):
        + for x_batch, y_batch in get_batches(x, y, 5):
        """, fails=["default_batches"],
             says="By default the batches come from get_random_batches, with the batch_size that was asked for."),
    Chaff("batches_made_once", "The batches are made once, before the epochs.", """
          losses, accuracies = [], []
        + batches = get_batches(x, y, batch_size)

        - for x_batch, y_batch in get_batches(x, y, batch_size):
        + for x_batch, y_batch in batches:
        """, fails=["every_epoch_asks_for_its_batches"],
             says="the batches are made once, before the epochs"),
    Chaff("batches_weigh_the_same",
        "The accuracy of an epoch is the plain mean over its batches.", """
        - for x_batch, y_batch in get_batches(x, y, batch_size):
        + for batch, (x_batch, y_batch) in enumerate(get_batches(x, y, batch_size)):

        - total_right += acc * len(x_batch)
        + total_right += acc

        - accuracies.append(total_right / len(x))
        + accuracies.append(total_right / (batch + 1))
        """, fails=["history_of_accuracies"],
             says="each batch counts the same, however small it is"),
    Chaff("biases_forgotten", "The biases are not trained.", """
        - for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for key in ['Wlayer1', 'Woutput']:
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="it has not changed at all"),
    Chaff("error_turned_round", "The error at the output is y - probs.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + delta = backwards(y_batch - probs, params, 'output', linear_deriv)
        """, fails=["a_step_for_every_batch", "default_batches", "learns_the_four_clouds",
                    "one_step", "training_of_any_size"],
             says="it has moved uphill: a sign is wrong"),
    Chaff("first_layer_forgotten", "Only the output layer is trained.", """
        - for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for key in ['Woutput', 'boutput']:
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="it has not changed at all"),
    Chaff("get_batches_ignored", "get_random_batches is called whatever is passed.", """
        - for x_batch, y_batch in get_batches(x, y, batch_size):
        + for x_batch, y_batch in get_random_batches(x, y, batch_size):
        """, fails=["a_step_for_every_batch", "training_of_any_size"],
             says="A step for every batch that get_batches gives, with that batch's gradients, in all epochs."),
    Chaff("labels_smoothed_in_place",
        "The labels are smoothed, in place, before the training begins.", """
        + y *= 0.9
        + y += 0.1 / y.shape[1]
          losses, accuracies = [], []
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_losses", "one_step",
                    "training_leaves_the_data_alone", "training_of_any_size"],
             says="All four parameters move by learning_rate times their gradient. Follow delta back: from probs - y through the output layer, then through layer1, each with its own derivative."),
    Chaff("learning_rate_fixed", "The learning rate is written into the code.", """
        - params[key] = params[key] - learning_rate * params['grad_' + key]
        + params[key] = params[key] - 1e-3 * params['grad_' + key]
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_losses",
                    "learns_the_four_clouds", "one_step", "training_of_any_size"],
             says="the step is # times what it must be"),
    Chaff("linear_deriv_at_hidden_layer", "The hidden layer goes backwards with linear_deriv.", """
        - backwards(delta, params, 'layer1', sigmoid_deriv)
        + backwards(delta, params, 'layer1', linear_deriv)
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="layer1 goes back with linear_deriv"),
    Chaff("loss_never_reset", "The loss is added up over the epochs.", """
          losses, accuracies = [], []
        + total_loss = 0

        - total_loss, total_right = 0, 0
        + total_right = 0
        """, fails=["history_of_losses"],
             says="the sum is not set back to zero when an epoch begins"),
    Chaff("loss_not_divided", "The loss of an epoch is the sum over all examples.", """
        - losses.append(total_loss / len(x))
        + losses.append(total_loss)
        """, fails=["history_of_losses"],
             says="it is the sum over all examples; divide by their number"),
    Chaff("loss_of_last_batch", "The loss of an epoch is that of its last batch.", """
        - losses.append(total_loss / len(x))
        + losses.append(loss / len(x_batch))
        """, fails=["history_of_losses"],
             says="it is the last batch's loss per example"),
    Chaff("loss_per_batch", "The loss of an epoch is divided by the number of batches.", """
        - for x_batch, y_batch in get_batches(x, y, batch_size):
        + for batch, (x_batch, y_batch) in enumerate(get_batches(x, y, batch_size)):

        - losses.append(total_loss / len(x))
        + losses.append(total_loss / (batch + 1))
        """, fails=["history_of_losses"],
             says="it is divided by the number of batches, not of examples"),
    Chaff("one_epoch_short", "The loop runs one epoch too few.", """
        - for epoch in range(epochs):
        + for epoch in range(1, epochs):
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_accuracies",
                    "history_of_losses", "one_step", "training_of_any_size"],
             says="it has not changed at all"),
    Chaff("one_step_per_epoch",
        "There is one step at the end of each epoch, with the last batch's gradients.", """
        -     for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        -         params[key] = params[key] - learning_rate * params['grad_' + key]
        + for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        +     params[key] = params[key] - learning_rate * params['grad_' + key]
        """, fails=["a_step_for_every_batch", "default_batches", "training_of_any_size"],
             says="there is only one step in an epoch, with the last batch's gradients"),
    Chaff("output_moved_before_going_on",
        "The output layer is moved before the error goes back through it.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + backwards(probs - y_batch, params, 'output', linear_deriv)
        + for key in ['Woutput', 'boutput']:
        +     params[key] = params[key] - learning_rate * params['grad_' + key]
        + delta = (probs - y_batch) @ params['Woutput'].T

        - for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        + for key in ['Wlayer1', 'blayer1']:
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="the output layer has moved before its delta went on to layer1"),
    Chaff("returns_last_numbers", "Only the numbers of the last epoch are returned.", """
        - return losses, accuracies
        + return losses[-1], accuracies[-1]
        """, fails=["history_of_accuracies", "history_of_losses"],
             says="`losses` is a float, not a list or tuple"),
    Chaff("sigmoid_at_output", "The output layer uses sigmoid, not softmax.", """
        - probs = forward(hidden, params, 'output', softmax)
        + probs = forward(hidden, params, 'output', sigmoid)
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_losses", "one_step",
                    "training_of_any_size"],
             says="the output layer makes its probabilities with the sigmoid"),
    Chaff("sigmoid_deriv_at_output", "The output layer goes backwards with sigmoid_deriv.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + delta = backwards(probs - y_batch, params, 'output', sigmoid_deriv)
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="the output layer goes back with sigmoid_deriv"),
    Chaff("step_averaged", "The step is divided by the size of the batch.", """
        - params[key] = params[key] - learning_rate * params['grad_' + key]
        + params[key] = params[key] - learning_rate * params['grad_' + key] / len(x_batch)
        """, fails=["default_batches", "learns_the_four_clouds", "one_step",
                    "training_of_any_size"],
             says="the step is an average over the batch; gradients are summed"),
    Chaff("stops_after_first_epoch", "The return stands inside the loop over epochs.", """
        - return losses, accuracies
        +     return losses, accuracies
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_accuracies",
                    "history_of_losses", "learns_the_four_clouds", "training_of_any_size"],
             says="only the first epoch is there"),
    Chaff("accuracies_come_first", "The histories are returned in the wrong order.", """
        - return losses, accuracies
        + return accuracies, losses
        """, fails=["history_of_losses", "history_of_accuracies"],
             says="those are the accuracies: the losses come first"),
    Chaff("accuracy_as_a_number", "The accuracy of an epoch is the number of right answers.", """
        - accuracies.append(total_right / len(x))
        + accuracies.append(total_right)
        """, fails=["history_of_accuracies"],
             says="it is the number of right answers, not their share"),
    Chaff("accuracies_added", "The accuracies of the batches are added up.", """
        - total_right += acc * len(x_batch)
        + total_right += acc

        - accuracies.append(total_right / len(x))
        + accuracies.append(total_right)
        """, fails=["history_of_accuracies"],
             says="the batches' accuracies are added up, not averaged"),
    Chaff("accuracy_of_last_batch", "The accuracy of an epoch is that of its last batch.", """
        - accuracies.append(total_right / len(x))
        + accuracies.append(acc)
        """, fails=["history_of_accuracies"],
             says="it is the accuracy of the last batch alone"),
    Chaff("accuracy_halved_on_the_way", "(old + new) / 2 is taken for the mean of all batches.", """
        - total_loss, total_right = 0, 0
        + total_loss, acc_of_epoch = 0, 0

        - total_right += acc * len(x_batch)
        + acc_of_epoch = (acc_of_epoch + acc) / 2 if acc_of_epoch else acc

        - accuracies.append(total_right / len(x))
        + accuracies.append(acc_of_epoch)
        """, fails=["history_of_accuracies"],
             says="it is the mean of the last batch and of what was there before it"),
    Chaff("history_in_the_inner_loop", "The histories grow with every batch.", """
        - losses.append(total_loss / len(x))
        - accuracies.append(total_right / len(x))
        +     losses.append(loss / len(x_batch))
        +     accuracies.append(acc)
        """, fails=["history_of_losses", "history_of_accuracies"],
             says="it has a number for each batch, not for each epoch"),
    Chaff("last_sum", "The loss of an epoch is the sum of its last batch.", """
        - losses.append(total_loss / len(x))
        + losses.append(loss)
        """, fails=["history_of_losses"],
             says="it is the loss of the last batch alone"),
    Chaff("last_sum_over_n", "The losses are not added up before they are divided by N.", """
        - total_loss += loss
        + total_loss = loss
        """, fails=["history_of_losses"],
             says="it is the last batch's loss divided by N"),
    Chaff("losses_weigh_the_same", "The loss of an epoch is the plain mean over its batches.", """
        - total_loss, total_right = 0, 0
        + total_loss, total_right, means = 0, 0, []

        - total_loss += loss
        + means.append(loss / len(x_batch))

        - losses.append(total_loss / len(x))
        + losses.append(np.mean(means))
        """, fails=["history_of_losses"],
             says="each batch's mean counts the same, however small it is"),
    Chaff("measured_at_the_end", "The loss of an epoch is measured when the epoch is over.", """
        - losses.append(total_loss / len(x))
        + everything = forward(forward(x, params, 'layer1'), params, 'output', softmax)
        + losses.append(compute_loss_and_acc(y, everything)[0] / len(x))
        """, fails=["losses_are_measured_before_each_step"],
             says="all examples are measured at the end of the epoch"),
    Chaff("measured_after_the_step", "Each batch is measured once more, after its step.", """
        - total_loss += loss
          total_right += acc * len(x_batch)

          for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
              params[key] = params[key] - learning_rate * params['grad_' + key]
        + again = forward(forward(x_batch, params, 'layer1'), params, 'output', softmax)
        + total_loss += compute_loss_and_acc(y_batch, again)[0]
        """, fails=["losses_are_measured_before_each_step"],
             says="each batch is measured after its step"),
    Chaff("learning_rate_left_out", "The gradient itself is subtracted.", """
        - params[key] = params[key] - learning_rate * params['grad_' + key]
        + params[key] = params[key] - params['grad_' + key]
        """, fails=["one_step", "a_step_for_every_batch", "default_batches",
                    "history_of_accuracies", "history_of_losses", "learns_the_four_clouds",
                    "training_of_any_size"],
             says="the learning rate is not used"),
    Chaff("weights_redrawn", "The first weights are drawn inside the loop of training.", """
        + for key in ['Wlayer1', 'Woutput']:
        +     params[key] = np.random.uniform(-0.5, 0.5, size=params[key].shape)
          losses, accuracies = [], []
        """, fails=["one_step", "a_step_for_every_batch", "default_batches", "history_of_losses",
                    "training_of_any_size"],
             says="the parameters change even where the learning rate is #: training begins with those in `params`, and moves them by nothing but the step"),
    Chaff("steps_of_all_batches_at_once",
        "The gradients of all batches are added up, and there is one step for them.", """
        - losses, accuracies = [], []
        + losses, accuracies, keys = [], [], ['Wlayer1', 'blayer1', 'Woutput', 'boutput']

        - total_loss, total_right = 0, 0
        + total_loss, total_right, steps = 0, 0, [0, 0, 0, 0]

        -     for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
        -         params[key] = params[key] - learning_rate * params['grad_' + key]
        +     steps = [step + params['grad_' + key] for step, key in zip(steps, keys)]
        + for key, step in zip(keys, steps):
        +     params[key] = params[key] - learning_rate * step
        """, fails=["a_step_for_every_batch", "default_batches", "training_of_any_size"],
             says="there is only one step in an epoch, with all examples at once"),
    Chaff("uphill", "The step goes uphill.", """
        - params[key] = params[key] - learning_rate * params['grad_' + key]
        + params[key] = params[key] + learning_rate * params['grad_' + key]
        """, fails=["a_step_for_every_batch", "default_batches", "learns_the_four_clouds",
                    "one_step", "training_of_any_size"],
             says="it has moved uphill: a sign is wrong"),
    Chaff("whole_data_for_every_batch", "The forward pass takes x, not the batch.", """
        - hidden = forward(x_batch, params, 'layer1')
        + hidden = forward(x, params, 'layer1')

        - loss, acc = compute_loss_and_acc(y_batch, probs)
        + loss, acc = compute_loss_and_acc(y, probs)

        - total_right += acc * len(x_batch)
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + total_right += acc * len(x)
        + delta = backwards(probs - y, params, 'output', linear_deriv)
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_accuracies",
                    "history_of_losses", "training_of_any_size"],
             says="each step takes all of x and y, not its batch"),
    Chaff("works_on_a_copy", "A copy of params is trained, and lost.", """
        + params = {key: value.copy() for key, value in params.items()}
          losses, accuracies = [], []
        """, fails=["a_step_for_every_batch", "default_batches", "learns_the_four_clouds",
                    "one_step", "training_of_any_size"],
             says="it has not changed at all"),
]
