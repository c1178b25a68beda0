"""Mistakes in exercise 3.1: train a network that reads letters."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # new_network
    Chaff("double_precision",
        "astype gives a new array, and it is thrown away: all stays in double precision.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + for values in params.values():
        +     values.astype(np.float32)
        + return params
        """, fails=["network_shapes"]),
    Chaff("network_not_returned", "new_network fills a dict and does not return it.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + params = {name: values.astype(np.float32) for name, values in params.items()}
        """, fails=["network_begins_with_xavier", "network_shapes"]),
    Chaff("one_bound_for_both",
        "Both layers are drawn with one bound, from the sizes of the whole network.", """
        - params = {}
        - initialize_weights(in_size, hidden_size, params, 'layer1')
        - initialize_weights(hidden_size, out_size, params, 'output')
        + bound = np.sqrt(6 / (in_size + out_size))
        + params = {
        +     'Wlayer1': np.random.uniform(-bound, bound, (in_size, hidden_size)),
        +     'blayer1': np.zeros(hidden_size),
        +     'Woutput': np.random.uniform(-bound, bound, (hidden_size, out_size)),
        +     'boutput': np.zeros(out_size),
        + }
        """, fails=["network_begins_with_xavier"]),
    Chaff("output_of_zeros", "The output layer begins with zeros.", """
          initialize_weights(hidden_size, out_size, params, 'output')
        + params['Woutput'] = np.zeros((hidden_size, out_size))
        """, fails=["network_begins_with_xavier"]),
    Chaff("sizes_mixed_up", "The output layer is given the size of the input.", """
        - initialize_weights(hidden_size, out_size, params, 'output')
        + initialize_weights(in_size, out_size, params, 'output')
        """, fails=["network_begins_with_xavier", "network_shapes"]),
    Chaff("whole_numbers",
        "The weights are made integers, so that nearly all of them are zero.", """
        - return {name: values.astype(np.float32) for name, values in params.items()}
        + return {name: values.astype(int) for name, values in params.items()}
        """, fails=["network_begins_with_xavier", "network_shapes"]),
    # evaluate
    Chaff("accuracy_counted", "The accuracy is the number of right answers.", """
        - return loss / len(x), acc
        + return loss / len(x), acc * len(x)
        """, fails=["evaluate_accuracy", "validation_accuracy"]),
    Chaff("accuracy_divided_again",
        "The accuracy, a share already, is divided by the number of examples.", """
        - return loss / len(x), acc
        + return loss / len(x), acc / len(x)
        """, fails=["evaluate_accuracy", "validation_accuracy"]),
    Chaff("loss_averaged_twice", "The loss is divided by the number of entries of y.", """
        - return loss / len(x), acc
        + return loss / y.size, acc
        """, fails=["evaluate_loss", "learns_real_letters", "networks_of_any_size",
                    "validation_history"]),
    Chaff("loss_divided_by_classes",
        "The loss is divided by the number of classes in place of that of examples.", """
        - return loss / len(x), acc
        + return loss / y.shape[1], acc
        """, fails=["evaluate_loss", "learns_real_letters", "networks_of_any_size",
                    "validation_history"]),
    Chaff("loss_not_averaged", "The loss of a data set is the sum over its examples.", """
        - return loss / len(x), acc
        + return loss, acc
        """, fails=["evaluate_loss", "learns_real_letters", "validation_history"]),
    # train_network
    Chaff("accuracy_of_last_batch",
        "The training accuracy of an epoch is that of its last batch.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            for epoch in range(epochs):
                total_loss, total_right = 0, 0
                batches = get_random_batches(x_train, y_train, batch_size)
                for x_batch, y_batch in batches:
                    hidden = forward(x_batch, params, "layer1")
                    probs = forward(hidden, params, "output", softmax)
                    loss, acc = compute_loss_and_acc(y_batch, probs)
                    total_loss += loss
                    total_right += acc * len(x_batch)
                    delta = backwards(probs - y_batch, params, "output", linear_deriv)
                    backwards(delta, params, "layer1", sigmoid_deriv)
                    for key in ["Wlayer1", "blayer1", "Woutput", "boutput"]:
                        params[key] = params[key] - learning_rate * params["grad_" + key]
                history["train_loss"].append(total_loss / len(x_train))
                history["train_acc"].append(acc)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
            return history
        """, fails=["training_accuracy"]),
    Chaff("all_in_one_batch",
        "The batch size is not used: each epoch is one step with all examples.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, len(x_train), 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "learns_real_letters"]),
    Chaff("batches_weigh_the_same",
        "The training accuracy is the plain mean over the batches, however small the last one "
        "is.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            for epoch in range(epochs):
                total_loss, total_right = 0, 0
                batches = get_random_batches(x_train, y_train, batch_size)
                for x_batch, y_batch in batches:
                    hidden = forward(x_batch, params, "layer1")
                    probs = forward(hidden, params, "output", softmax)
                    loss, acc = compute_loss_and_acc(y_batch, probs)
                    total_loss += loss
                    total_right += acc
                    delta = backwards(probs - y_batch, params, "output", linear_deriv)
                    backwards(delta, params, "layer1", sigmoid_deriv)
                    for key in ["Wlayer1", "blayer1", "Woutput", "boutput"]:
                        params[key] = params[key] - learning_rate * params["grad_" + key]
                history["train_loss"].append(total_loss / len(x_train))
                history["train_acc"].append(total_right / len(batches))
                loss, acc = evaluate(x_valid, y_valid, params)
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
            return history
        """, fails=["training_accuracy"]),
    Chaff("both_sets_together",
        "Training and validation set are put together before training.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            x_train, y_train = np.vstack([x_train, x_valid]), np.vstack([y_train, y_valid])
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_history", "weights_are_trained"]),
    Chaff("copy_is_trained", "A copy of the weights is trained, and thrown away.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            params = dict(params)
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "learns_real_letters", "networks_of_any_size",
                    "weights_are_trained"]),
    Chaff("data_shuffled_in_place", "The training data are shuffled in place.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                order = np.random.permutation(len(x_train))
                x_train[:], y_train[:] = x_train[order], y_train[order]
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["training_leaves_the_data_alone"]),
    Chaff("epoch_missing", "There is one epoch too few.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs - 1, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "history_entries", "networks_of_any_size",
                    "training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example", "validation_accuracy", "validation_history",
                    "weights_are_trained"]),
    Chaff("epochs_within_epochs", "Each round trains for all epochs in place of one.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, epochs)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_loss_epoch_by_epoch",
                    "validation_history", "weights_are_trained"]),
    Chaff("history_misnamed", "The lists of the validation set have other names.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["val_loss"].append(loss)
                history["val_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["history_entries", "learns_real_letters", "networks_of_any_size",
                    "validation_accuracy", "validation_history"]),
    Chaff("history_not_returned", "The history is not returned.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
        """, fails=["history_entries", "learns_real_letters", "networks_of_any_size",
                    "training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example", "validation_accuracy", "validation_history"]),
    Chaff("history_of_last_epoch", "Only the last epoch is kept in the history.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"]),
    Chaff("history_one_long",
        "The history begins with an entry from before the training.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            for part, x, y in [("train", x_train, y_train), ("valid", x_valid, y_valid)]:
                loss, acc = evaluate(x, y, params)
                history[part + "_loss"].append(loss)
                history[part + "_acc"].append(acc)
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"]),
    Chaff("history_one_short", "The first epoch leaves no entry in the history.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                if epoch == 0:
                    continue
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["history_entries", "networks_of_any_size", "training_accuracy",
                    "training_loss_epoch_by_epoch", "training_loss_is_per_example",
                    "validation_accuracy", "validation_history"]),
    Chaff("loss_of_last_batch",
        "The training loss of an epoch is that of its last batch.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            for epoch in range(epochs):
                total_loss, total_right = 0, 0
                batches = get_random_batches(x_train, y_train, batch_size)
                for x_batch, y_batch in batches:
                    hidden = forward(x_batch, params, "layer1")
                    probs = forward(hidden, params, "output", softmax)
                    loss, acc = compute_loss_and_acc(y_batch, probs)
                    total_loss += loss
                    total_right += acc * len(x_batch)
                    delta = backwards(probs - y_batch, params, "output", linear_deriv)
                    backwards(delta, params, "layer1", sigmoid_deriv)
                    for key in ["Wlayer1", "blayer1", "Woutput", "boutput"]:
                        params[key] = params[key] - learning_rate * params["grad_" + key]
                history["train_loss"].append(loss / len(x_batch))
                history["train_acc"].append(total_right / len(x_train))
                loss, acc = evaluate(x_valid, y_valid, params)
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
            return history
        """, fails=["training_loss_is_per_example"]),
    Chaff("loss_per_batch", "The training loss is divided by the number of batches.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            for epoch in range(epochs):
                total_loss, total_right = 0, 0
                batches = get_random_batches(x_train, y_train, batch_size)
                for x_batch, y_batch in batches:
                    hidden = forward(x_batch, params, "layer1")
                    probs = forward(hidden, params, "output", softmax)
                    loss, acc = compute_loss_and_acc(y_batch, probs)
                    total_loss += loss
                    total_right += acc * len(x_batch)
                    delta = backwards(probs - y_batch, params, "output", linear_deriv)
                    backwards(delta, params, "layer1", sigmoid_deriv)
                    for key in ["Wlayer1", "blayer1", "Woutput", "boutput"]:
                        params[key] = params[key] - learning_rate * params["grad_" + key]
                history["train_loss"].append(total_loss / len(batches))
                history["train_acc"].append(total_right / len(x_train))
                loss, acc = evaluate(x_valid, y_valid, params)
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
            return history
        """, fails=["training_loss_epoch_by_epoch", "training_loss_is_per_example"]),
    Chaff("step_averaged", "The learning rate is divided by the batch size.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(
                    x_train, y_train, params, learning_rate / batch_size, batch_size, 1
                )
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "learns_real_letters", "networks_of_any_size",
                    "training_loss_epoch_by_epoch", "validation_history", "weights_are_trained"]),
    Chaff("sum_not_reset",
        "The sums of loss and right answers are not set back when an epoch begins.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            total_loss, total_right = 0, 0
            for epoch in range(epochs):
                batches = get_random_batches(x_train, y_train, batch_size)
                for x_batch, y_batch in batches:
                    hidden = forward(x_batch, params, "layer1")
                    probs = forward(hidden, params, "output", softmax)
                    loss, acc = compute_loss_and_acc(y_batch, probs)
                    total_loss += loss
                    total_right += acc * len(x_batch)
                    delta = backwards(probs - y_batch, params, "output", linear_deriv)
                    backwards(delta, params, "layer1", sigmoid_deriv)
                    for key in ["Wlayer1", "blayer1", "Woutput", "boutput"]:
                        params[key] = params[key] - learning_rate * params["grad_" + key]
                history["train_loss"].append(total_loss / len(x_train))
                history["train_acc"].append(total_right / len(x_train))
                loss, acc = evaluate(x_valid, y_valid, params)
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
            return history
        """, fails=["training_accuracy", "training_loss_epoch_by_epoch",
                    "training_loss_is_per_example"]),
    Chaff("training_loss_summed", "The training curve shows the sum over all examples.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0] * len(x_train))
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["training_loss_epoch_by_epoch", "training_loss_is_per_example"]),
    Chaff("validation_before_the_epoch",
        "The validation set is measured before the epoch, not after it.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                loss, acc = evaluate(x_valid, y_valid, params)
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["learns_real_letters", "networks_of_any_size", "validation_history"]),
    Chaff("validation_on_training_set",
        "The validation curve is measured on the training set.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_train, y_train, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["learns_real_letters", "networks_of_any_size", "validation_accuracy",
                    "validation_history"]),
    Chaff("validation_trained_on", "Each epoch trains on the validation set as well.", whole="""
        def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
            history = {"train_loss": [], "train_acc": [], "valid_loss": [], "valid_acc": []}
            bar = epoch_bar(epochs, f"rate {learning_rate:g}")
            for epoch in bar:
                losses, accuracies = train(x_train, y_train, params, learning_rate, batch_size, 1)
                train(x_valid, y_valid, params, learning_rate, batch_size, 1)
                loss, acc = evaluate(x_valid, y_valid, params)
                history["train_loss"].append(losses[0])
                history["train_acc"].append(accuracies[0])
                history["valid_loss"].append(loss)
                history["valid_acc"].append(acc)
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{acc:.3f}")
            return history
        """, fails=["every_batch_is_a_step", "networks_of_any_size", "training_loss_epoch_by_epoch",
                    "validation_history", "weights_are_trained"]),
]
