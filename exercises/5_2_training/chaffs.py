"""Mistakes in exercise 5.2: Train the autoencoder."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # decayed_rate
    Chaff("rate_falls_by_a_tenth_of_the_first",
        "A tenth of the first rate is taken off every 20 epochs.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate * (1 - 0.1 * (epoch // 20))
        """, fails=["rate_of_an_epoch"],
             says="a tenth of the first rate is taken off each time"),
    Chaff("rate_shrinks_early",
        "Epochs are counted from 1, so the rate shrinks one epoch too early.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate * 0.9 ** ((epoch + 1) // 20)
        """, fails=["rate_of_an_epoch"],
             says="it shrinks one epoch too early"),
    Chaff("rate_shrinks_every_epoch", "The rate is multiplied by 0.9 in every epoch.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate * 0.9**epoch
        """, fails=["rate_of_an_epoch"],
             says="the rate shrinks in every epoch"),
    Chaff("rate_shrinks_late", "The rate shrinks after epoch 20, one epoch too late.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate * 0.9 ** ((epoch - 1) // 20 if epoch else 0)
        """, fails=["rate_of_an_epoch"],
             says="it shrinks one epoch too late"),
    Chaff("rate_shrinks_smoothly", "The rate shrinks little by little within the 20 epochs.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate * 0.9 ** (epoch / 20)
        """, fails=["rate_of_an_epoch"],
             says="it shrinks little by little; it should hold still for # epochs"),
    Chaff("rate_is_k_times_as_large", "The factor is k times 0.9.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + times = epoch // 20
        + return times * 0.9 * learning_rate
        """, fails=["rate_of_an_epoch"],
             says="# is multiplied by k; it must be taken to the power of k"),
    Chaff("rate_smaller_now_and_then", "The rate is smaller in the epochs 0, 20, 40 ... only.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + if epoch % 20 == 0:
        +     learning_rate = 0.9 * learning_rate
        + return learning_rate
        """, fails=["rate_of_an_epoch"],
             says="only every twentieth epoch has a smaller rate"),
    Chaff("rate_shrinks_once", "The rate is smaller from epoch 20 on, and stays so.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate if epoch < 20 else 0.9 * learning_rate
        """, fails=["rate_of_an_epoch"],
             says="it shrinks once only"),
    Chaff("rate_grows", "The rate is divided by the factor.", """
        - return learning_rate * 0.9 ** (epoch // 20)
        + return learning_rate / 0.9 ** (epoch // 20)
        """, fails=["rate_of_an_epoch"],
             says="it grows"),
    # train_autoencoder
    Chaff("batches_drawn_before_the_epochs", "The batches are drawn once, before the loop.", """
          bar = epoch_bar(epochs, f'rate {learning_rate:g}')
        + batches = list(get_random_batches(numbers, numbers, batch_size))

        - for rows, same_rows in get_random_batches(numbers, numbers, batch_size):
        + for rows, same_rows in batches:
        """, fails=["batches_are_drawn_anew"],
             says="the batches of all epochs are the same"),
    Chaff("climbs", "The slope has the wrong sign, and training climbs.", """
        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + backwards_autoencoder(-squared_error_deriv(x, output), params, activation_deriv)
        """, fails=["every_batch_is_a_step", "learns_new_letters", "other_activations",
                    "plain_descent", "rate_shrinks_in_training", "training_begins_at_rest",
                    "weights_are_trained"],
             says="the steps go up the slope, not down"),
    Chaff("half_the_slope", "The difference goes back in place of the slope.", """
        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + backwards_autoencoder(output - x, params, activation_deriv)
        """, fails=["every_batch_is_a_step", "other_activations", "plain_descent",
                    "rate_shrinks_in_training", "training_begins_at_rest", "weights_are_trained"],
             says="the gradient is half as long as it should be"),
    Chaff("one_step_an_epoch", "The step stands after the loop over the batches.", """
        -     momentum_step(params, LAYERS, rate, momentum)
        + momentum_step(params, LAYERS, rate, momentum)
          output = forward_autoencoder(x_valid, params, activation)
        """, fails=["every_batch_is_a_step", "learns_new_letters"],
             says="each epoch is one step with the gradient of one batch"),
    Chaff("returns_after_one_epoch", "The `return` stands inside the loop.", """
        - bar.set_postfix(loss=f'{valid_loss:.2f}')
        + break
        """, fails=["every_batch_is_a_step", "history_entries", "learns_new_letters",
                    "networks_of_any_size", "other_activations", "plain_descent",
                    "rate_shrinks_in_training", "training_begins_at_rest", "training_loss",
                    "training_loss_epoch_by_epoch", "validation_loss", "weights_are_trained"],
             says="there is one entry only, that of a single epoch"),
    Chaff("number_for_every_batch", "The training loss is noted after every batch.", """
        - total_loss += squared_error(x, output)
        + history['train_loss'].append(squared_error(x, output) / len(x))

        - history['train_loss'].append(total_loss / len(x_train))
        """, fails=["history_entries", "training_loss"],
             says="there is a number for every batch; one for every epoch is asked for"),
    Chaff("loss_halved", "The losses are halved.", """
        - total_loss += squared_error(x, output)
        + total_loss += squared_error(x, output) / 2
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="it is halved"),
    Chaff("training_loss_of_the_validation_set", "Both lists hold the validation loss.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(valid_loss)
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="it is the loss on the validation set"),
    Chaff("divided_by_the_wrong_set", "Both sums are divided by the wrong number of images.", """
        - valid_loss = squared_error(x_valid, output) / len(x_valid)
        - history['train_loss'].append(total_loss / len(x_train))
        + valid_loss = squared_error(x_valid, output) / len(x_train)
        + history['train_loss'].append(total_loss / len(x_train))
        """, fails=["learns_new_letters", "networks_of_any_size", "validation_loss"],
             says="it is divided by the number of training images"),
    Chaff("training_loss_divided_by_the_wrong_set", "The sum is divided by the wrong number.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / x_valid.shape[0])
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="it is divided by the number of validation images"),
    Chaff("sum_of_the_training_losses", "The training loss is not divided at all.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss)
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="it is the sum over all images"),
    Chaff("training_loss_per_pixel", "The training loss is a mean over pixels.", """
        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / np.size(x_train))
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="it is divided by the number of pixels too"),
    Chaff("validation_loss_of_the_training_set_before", "The training set, before the epoch.", """
          total_loss = 0
        + before = forward_autoencoder(x_train, params, activation)

        - output = forward_autoencoder(x_valid, params, activation)
        - valid_loss = squared_error(x_valid, output) / len(x_valid)
        + valid_loss = squared_error(x_train, before) / len(x_train)
        """, fails=["learns_new_letters", "networks_of_any_size", "validation_loss"],
             says="it is the loss on the training set, before the epoch"),
    Chaff("accumulators_not_zeroed", "Training goes on with whatever accumulators there are.", """
        - zero_momentum(params, LAYERS)
        + if 'm_Wlayer1' not in params:
        +     zero_momentum(params, LAYERS)
        """, fails=["training_begins_at_rest"],
             says="Call zero_momentum before the first epoch: old accumulators belong to another training."),
    Chaff("accumulators_shared",
        "The layers of equal shape share one array of zeros as their accumulator.", """
          zero_momentum(params, LAYERS)
        + params['m_Whidden2'] = params['m_Whidden1']
        + params['m_bhidden2'] = params['m_bhidden1'] = params['m_blayer1']
        """, fails=["every_batch_is_a_step", "other_activations", "rate_shrinks_in_training",
                    "training_begins_at_rest", "weights_are_trained"],
             says="Gradients of the total squared error first, for all layers; then one step with momentum."),
    Chaff("accumulators_zeroed_every_batch",
        "The accumulators are set back to zero for every batch.", """
          backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + zero_momentum(params, LAYERS)
        """, fails=["every_batch_is_a_step", "learns_new_letters", "other_activations",
                    "rate_shrinks_in_training", "training_begins_at_rest", "weights_are_trained"],
             says="no momentum is left from the epoch before: is it #, or is M set back in every epoch?"),
    Chaff("accumulators_zeroed_every_epoch",
        "The accumulators are set back to zero at the beginning of every epoch.", """
          for epoch in bar:
        +     zero_momentum(params, LAYERS)
        """, fails=["every_batch_is_a_step", "other_activations", "rate_shrinks_in_training",
                    "training_begins_at_rest", "weights_are_trained"],
             says="no momentum is left from the epoch before: is it #, or is M set back in every epoch?"),
    Chaff("activation_ignored", "The hidden layers always have ReLUs.", """
        - output = forward_autoencoder(x, params, activation)
        + output = forward_autoencoder(x, params)

        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + backwards_autoencoder(squared_error_deriv(x, output), params)

        - output = forward_autoencoder(x_valid, params, activation)
        + output = forward_autoencoder(x_valid, params)
        """, fails=["other_activations"],
             says="the hidden layers had ReLUs"),
    Chaff("both_sets_together", "Training and validation set are put together before training.", """
          history = {'train_loss': [], 'valid_loss': []}
        + x_train = np.vstack([x_train, x_valid])
        """, fails=["every_batch_is_a_step", "other_activations", "plain_descent",
                    "rate_shrinks_in_training", "training_begins_at_rest", "training_loss",
                    "training_loss_epoch_by_epoch", "weights_are_trained"],
             says="the network was trained on both sets"),
    Chaff("data_shuffled_in_place", "The training images are shuffled in place.", """
          total_loss = 0
        + np.random.shuffle(x_train)
        """, fails=["training_leaves_the_data_alone"],
             says="Work on copies of the data: no -= and no shuffling of the images in place."),
    Chaff("derivative_ignored",
        "On the way back the hidden layers always have the derivative of a ReLU.", """
        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + backwards_autoencoder(squared_error_deriv(x, output), params)
        """, fails=["other_activations"],
             says="Hand `activation` on to the way forward and `activation_deriv` to the way back."),
    Chaff("history_misnamed", "The lists are called 'train' and 'valid'.", """
        - history = {'train_loss': [], 'valid_loss': []}
        + history = {'train': [], 'valid': []}

        - history['train_loss'].append(total_loss / len(x_train))
        - history['valid_loss'].append(valid_loss)
        + history['train'].append(total_loss / len(x_train))
        + history['valid'].append(valid_loss)
        """, fails=["history_entries", "learns_new_letters", "networks_of_any_size",
                    "training_loss", "training_loss_epoch_by_epoch", "validation_loss"],
             says="Return a dict of two lists; append one number to each of them in every epoch."),
    Chaff("history_not_returned", "The history is not returned.", """
        - return history
        """, fails=["history_entries", "learns_new_letters", "networks_of_any_size",
                    "training_loss", "training_loss_epoch_by_epoch", "validation_loss"],
             says="the history is None: is a `return` missing?"),
    Chaff("history_of_last_epoch", "Only the last numbers are kept.", """
        - history['train_loss'].append(total_loss / len(x_train))
        - history['valid_loss'].append(valid_loss)
        + history['train_loss'] = [total_loss / len(x_train)]
        + history['valid_loss'] = [valid_loss]
        """, fails=["history_entries", "networks_of_any_size", "training_loss",
                    "training_loss_epoch_by_epoch", "validation_loss"],
             says="there is one entry only, that of a single epoch"),
    Chaff("loss_never_reset", "The training loss goes on adding up from epoch to epoch.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + total_loss = 0

        - total_loss = 0
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="the sum is not set back to zero when an epoch begins"),
    Chaff("loss_of_last_batch", "The training loss is that of the last batch.", """
        - total_loss += squared_error(x, output)
        + total_loss = squared_error(x, output) * len(x_train) / len(x)
        """, fails=["training_loss"],
             says="it is the loss of the last batch alone"),
    Chaff("loss_per_batch", "The training loss is divided by the number of batches.", """
          total_loss = 0
        + batches = 0

          output = forward_autoencoder(x, params, activation)
        + batches += 1

        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / batches)
        """, fails=["training_loss", "training_loss_epoch_by_epoch"],
             says="it is divided by the number of batches"),
    Chaff("loss_per_pixel", "The losses are means over all pixels.", """
        - valid_loss = squared_error(x_valid, output) / len(x_valid)
        - history['train_loss'].append(total_loss / len(x_train))
        + valid_loss = squared_error(x_valid, output) / x_valid.size
        + history['train_loss'].append(total_loss / x_train.size)
        """, fails=["learns_new_letters", "networks_of_any_size", "training_loss",
                    "training_loss_epoch_by_epoch", "validation_loss"],
             says="it is divided by the number of pixels too"),
    Chaff("loss_summed", "The losses are sums over the images.", """
        - valid_loss = squared_error(x_valid, output) / len(x_valid)
        - history['train_loss'].append(total_loss / len(x_train))
        + valid_loss = squared_error(x_valid, output)
        + history['train_loss'].append(total_loss)
        """, fails=["learns_new_letters", "training_loss", "training_loss_epoch_by_epoch",
                    "validation_loss"],
             says="it is the sum over the images; divide by their number"),
    Chaff("mean_of_batch_means",
        "The training loss is the mean over the batches of their means, however small "
        "the last one is.", """
        - total_loss = 0
        + total_loss, batches = 0, 0

        - total_loss += squared_error(x, output)
        + total_loss += squared_error(x, output) / len(x)
        + batches += 1

        - history['train_loss'].append(total_loss / len(x_train))
        + history['train_loss'].append(total_loss / batches)
        """, fails=["training_loss"],
             says="it is the mean of the batches' means; a small batch counts too much"),
    Chaff("momentum_ignored", "Momentum is always 0.9.", """
        - momentum_step(params, LAYERS, rate, momentum)
        + momentum_step(params, LAYERS, rate)
        """, fails=["plain_descent"],
             says="there is momentum, whatever the argument says"),
    Chaff("moved_before_all_gradients_are_there",
        "Each layer moves before the delta is passed on to the one below.", """
        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        - momentum_step(params, LAYERS, rate, momentum)
        + delta = squared_error_deriv(x, output)
        + for name in LAYERS[::-1]:
        +     deriv = sigmoid_deriv if name == 'output' else activation_deriv
        +     backwards(delta, params, name, deriv)
        +     grad_pre_act = delta * deriv(params['cache_' + name][2])
        +     momentum_step(params, [name], rate, momentum)
        +     delta = grad_pre_act @ params['W' + name].T
        """, fails=["every_batch_is_a_step", "learns_new_letters", "other_activations",
                    "plain_descent", "rate_shrinks_in_training", "training_begins_at_rest",
                    "weights_are_trained"],
             says="each layer moves before its delta is passed on"),
    Chaff("no_momentum", "Momentum is not handed on: it is always 0.", """
        - momentum_step(params, LAYERS, rate, momentum)
        + momentum_step(params, LAYERS, rate, 0.0)
        """, fails=["every_batch_is_a_step", "learns_new_letters", "other_activations",
                    "rate_shrinks_in_training", "training_begins_at_rest", "weights_are_trained"],
             says="no momentum is left from the epoch before: is it #, or is M set back in every epoch?"),
    Chaff("one_batch_an_epoch",
        "The batch size is not used: each epoch is one step with all images.", """
        - for rows, same_rows in get_random_batches(numbers, numbers, batch_size):
        + for rows, same_rows in get_random_batches(numbers, numbers, len(x_train)):
        """, fails=["every_batch_is_a_step", "learns_new_letters"],
             says="each epoch is one step with all images"),
    Chaff("one_epoch_short", "There is one epoch too few.", """
        - bar = epoch_bar(epochs, f'rate {learning_rate:g}')
        + bar = epoch_bar(epochs - 1, f'rate {learning_rate:g}')
        """, fails=["every_batch_is_a_step", "history_entries", "networks_of_any_size",
                    "other_activations", "plain_descent", "rate_shrinks_in_training",
                    "training_begins_at_rest", "training_loss", "training_loss_epoch_by_epoch",
                    "validation_loss", "weights_are_trained"],
             says="one epoch is missing"),
    Chaff("one_epoch_too_many", "The history begins with the loss before training.", """
          zero_momentum(params, LAYERS)
        + start = forward_autoencoder(x_valid, params, activation)
        + history['valid_loss'].append(squared_error(x_valid, start) / len(x_valid))
        """, fails=["history_entries", "networks_of_any_size", "validation_loss"],
             says="there is one entry too many: nothing is measured before the first epoch"),
    Chaff("output_layer_never_moves", "The step leaves the output layer out.", """
        - momentum_step(params, LAYERS, rate, momentum)
        + momentum_step(params, LAYERS[:3], rate, momentum)
        """, fails=["every_batch_is_a_step", "learns_new_letters", "networks_of_any_size",
                    "other_activations", "plain_descent", "rate_shrinks_in_training",
                    "training_begins_at_rest", "weights_are_trained"],
             says="it has not changed at all"),
    Chaff("rate_never_shrinks", "Training has the same rate all the time.", """
        - rate = decayed_rate(learning_rate, epoch)
        + rate = learning_rate
        """, fails=["rate_shrinks_in_training"],
             says="the learning rate stays the same all the time"),
    Chaff("rate_shrinks_twice",
        "The shrunken rate is stored and shrunk again in the next epoch.", """
        - rate = decayed_rate(learning_rate, epoch)
        + learning_rate = rate = decayed_rate(learning_rate, epoch)
        """, fails=["rate_shrinks_in_training"],
             says="The rate of each epoch comes from decayed_rate, with the rate of the beginning."),
    Chaff("step_averaged", "The gradients are divided by the batch size.", """
        - momentum_step(params, LAYERS, rate, momentum)
        + momentum_step(params, LAYERS, rate / len(x), momentum)
        """, fails=["every_batch_is_a_step", "learns_new_letters", "other_activations",
                    "plain_descent", "rate_shrinks_in_training", "training_begins_at_rest",
                    "weights_are_trained"],
             says="the gradient is averaged over the images"),
    Chaff("target_is_the_mean_image", "The target of every image is the mean of its batch.", """
        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + mean = x.mean(axis=0) + 0 * x
        + backwards_autoencoder(squared_error_deriv(mean, output), params, activation_deriv)
        """, fails=["learns_new_letters", "other_activations", "plain_descent",
                    "rate_shrinks_in_training", "training_begins_at_rest", "weights_are_trained"],
             says="Gradients of the total squared error first, for all layers; then one step with momentum."),
    Chaff("target_is_the_negative", "The target is the negative of the image.", """
        - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
        + backwards_autoencoder(squared_error_deriv(1 - x, output), params, activation_deriv)
        """, fails=["every_batch_is_a_step", "learns_new_letters", "other_activations",
                    "plain_descent", "rate_shrinks_in_training", "training_begins_at_rest",
                    "weights_are_trained"],
             says="Gradients of the total squared error first, for all layers; then one step with momentum."),
    Chaff("trained_on_the_validation_set", "The validation set is trained on.", """
        - numbers = np.arange(len(x_train))[:, np.newaxis]
        + numbers = np.arange(len(x_valid))[:, np.newaxis]

        - x = x_train[rows[:, 0]]
        + x = x_valid[rows[:, 0]]
        """, fails=["learns_new_letters", "other_activations", "plain_descent",
                    "rate_shrinks_in_training", "training_begins_at_rest", "training_loss",
                    "training_loss_epoch_by_epoch", "weights_are_trained", "every_batch_is_a_step"],
             says="the network was trained on the validation set"),
    Chaff("untrained_copy", "A copy of the dict is trained, and thrown away.", """
          numbers = np.arange(len(x_train))[:, np.newaxis]
        + params = {key: params[key].copy() for name in LAYERS for key in ['W' + name, 'b' + name]}
        """, fails=["every_batch_is_a_step", "learns_new_letters", "networks_of_any_size",
                    "other_activations", "plain_descent", "rate_shrinks_in_training",
                    "training_begins_at_rest", "training_loss_epoch_by_epoch", "validation_loss",
                    "weights_are_trained"],
             says="the weights have not changed at all"),
    Chaff("validation_before_the_epoch", "The validation loss is measured before the epoch.", """
          total_loss = 0
        + before = forward_autoencoder(x_valid, params, activation)

        - output = forward_autoencoder(x_valid, params, activation)
        - valid_loss = squared_error(x_valid, output) / len(x_valid)
        + valid_loss = squared_error(x_valid, before) / len(x_valid)
        """, fails=["learns_new_letters", "networks_of_any_size", "validation_loss"],
             says="it is measured before the epoch, not after it"),
    Chaff("validation_on_training_set", "The validation loss is measured on the training set.", """
        - output = forward_autoencoder(x_valid, params, activation)
        - valid_loss = squared_error(x_valid, output) / len(x_valid)
        + output = forward_autoencoder(x_train, params, activation)
        + valid_loss = squared_error(x_train, output) / len(x_train)
        """, fails=["learns_new_letters", "networks_of_any_size", "validation_loss"],
             says="it is the loss on the training set"),
    Chaff("validation_with_relu",
        "The validation set always goes through ReLUs, whatever the activation.", """
        - output = forward_autoencoder(x_valid, params, activation)
        + output = forward_autoencoder(x_valid, params)
        """, fails=["other_activations"],
             says="the validation set goes through ReLUs, whatever `activation` is"),
]
