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
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once", "order_is_random",
                    "pairs_stay_together"],
             says="the result is a generator, not a list or tuple"),
    Chaff("labels_not_shuffled", "Only x is shuffled.", """
        - batches.append((x[rows], y[rows]))
        + batches.append((x[rows], y[start : start + batch_size]))
        """, fails=["order_is_random", "pairs_stay_together"],
             says="Use the same row numbers for x and for y."),
    Chaff("last_batch_filled_up", "The last batch is filled up with examples drawn again.", """
          rows = order[start:start + batch_size]
        + if len(rows) < batch_size:
        +     rows = np.append(rows, np.random.choice(len(x), batch_size - len(rows)))
        """, fails=["batch_sizes", "batches_at_the_edge"],
             says="Cut the shuffled order into pieces of batch_size; the last piece is what is left."),
    Chaff("last_batch_lost", "The last, smaller batch is left out.", """
        - for start in range(0, len(x), batch_size):
        + for start in range(0, len(x) - batch_size + 1, batch_size):
        """, fails=["batch_sizes", "batches_at_the_edge"],
             says="Cut the shuffled order into pieces of batch_size; the last piece is what is left."),
    Chaff("last_full_batch_lost",
        "The loop stops one batch too early even where the batches come out even.", whole="""
        def get_random_batches(x, y, batch_size):
            order = np.random.permutation(len(x))
            batches = []
            for start in range(0, len(x) - batch_size, batch_size):
                rows = order[start:start + batch_size]
                batches.append((x[rows], y[rows]))
            return batches
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once"],
             says="Cut the shuffled order into pieces of batch_size; the last piece is what is left."),
    Chaff("not_shuffled", "The batches are cut in the order of the data.", """
        - order = np.random.permutation(len(x))
        + order = np.arange(len(x))
        """, fails=["order_is_random"],
             says="Shuffle the examples, not the finished batches: np.random.permutation(N)."),
    Chaff("only_batches_shuffled",
        "Whole batches of neighbours are shuffled, not the examples.", """
        - order = np.random.permutation(len(x))
        + order = np.arange(len(x))

        - return batches
        + return [batches[i] for i in np.random.permutation(len(batches))]
        """, fails=["order_is_random"],
             says="Shuffle the examples, not the finished batches: np.random.permutation(N)."),
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
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once"],
             says="Cut the shuffled order into pieces of batch_size; the last piece is what is left."),
    Chaff("same_order_every_time", "A seed inside the function makes every epoch the same.", """
        + np.random.seed(0)
          order = np.random.permutation(len(x))
        """, fails=["order_is_random"],
             says="Shuffle the examples, not the finished batches: np.random.permutation(N)."),
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
        """, fails=["batch_sizes", "batches_at_the_edge", "every_example_once", "order_is_random",
                    "pairs_stay_together"],
             says="Cut the shuffled order into pieces of batch_size; the last piece is what is left."),
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
        """, fails=["a_step_for_every_batch"],
             says="Step after every batch, with that batch's gradients, and go through all epochs."),
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
             says="Step after every batch, with that batch's gradients, and go through all epochs."),
    Chaff("labels_smoothed_in_place",
        "The labels are smoothed, in place, before the training begins.", """
        + y *= 0.9
        + y += 0.1 / y.shape[1]
          losses, accuracies = [], []
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_losses", "one_step",
                    "training_leaves_the_data_alone", "training_of_any_size"],
             says="All four parameters move by learning_rate times their gradient. Is the first delta probs - y, and does the output layer go back with linear_deriv?"),
    Chaff("learning_rate_fixed", "The learning rate is written into the code.", """
        - params[key] = params[key] - learning_rate * params['grad_' + key]
        + params[key] = params[key] - 1e-3 * params['grad_' + key]
        """, fails=["a_step_for_every_batch", "default_batches", "history_of_losses",
                    "learns_the_four_clouds", "one_step", "training_of_any_size"],
             says="All four parameters move by learning_rate times their gradient. Is the first delta probs - y, and does the output layer go back with linear_deriv?"),
    Chaff("linear_deriv_at_hidden_layer", "The hidden layer goes backwards with linear_deriv.", """
        - backwards(delta, params, 'layer1', sigmoid_deriv)
        + backwards(delta, params, 'layer1', linear_deriv)
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="All four parameters move by learning_rate times their gradient. Is the first delta probs - y, and does the output layer go back with linear_deriv?"),
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
             says="Step after every batch, with that batch's gradients, and go through all epochs."),
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
             says="All four parameters move by learning_rate times their gradient. Is the first delta probs - y, and does the output layer go back with linear_deriv?"),
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
             says="All four parameters move by learning_rate times their gradient. Is the first delta probs - y, and does the output layer go back with linear_deriv?"),
    Chaff("sigmoid_deriv_at_output", "The output layer goes backwards with sigmoid_deriv.", """
        - delta = backwards(probs - y_batch, params, 'output', linear_deriv)
        + delta = backwards(probs - y_batch, params, 'output', sigmoid_deriv)
        """, fails=["a_step_for_every_batch", "default_batches", "one_step",
                    "training_of_any_size"],
             says="All four parameters move by learning_rate times their gradient. Is the first delta probs - y, and does the output layer go back with linear_deriv?"),
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
             says="Step after every batch, with that batch's gradients, and go through all epochs."),
    Chaff("works_on_a_copy", "A copy of params is trained, and lost.", """
        + params = {key: value.copy() for key, value in params.items()}
          losses, accuracies = [], []
        """, fails=["a_step_for_every_batch", "default_batches", "learns_the_four_clouds",
                    "one_step", "training_of_any_size"],
             says="it has not changed at all"),
]
