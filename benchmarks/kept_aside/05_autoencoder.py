"""Mistakes of notebook 5 that were written down before anybody looked at which checks see them.

They are typical of what students do, and no chaff equals one of them.
"""

from autograder.judging.chaffs import Chaff

MISTAKES = {
    "5.1.1": [
        Chaff("network_not_returned", "The dict is made and not returned.", """
            - return {key: values.astype(np.float32) for key, values in params.items()}
            + params = {key: values.astype(np.float32) for key, values in params.items()}
            """, fails=["?"], says=r"return` missing"),
        Chaff("sizes_swapped", "The two sizes of every layer have changed places.", """
            - initialize_weights(in_size, out_size, params, name)
            + initialize_weights(out_size, in_size, params, name)
            """, fails=["?"], says=r"transpos|other way|swapped|changed places|from .* to"),
        Chaff("softmax_on_the_output", "The output has a softmax, as in notebook 3.", """
            - return forward(hidden, params, 'output', sigmoid)
            + def softmax(z):
            +     return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
            + return forward(hidden, params, 'output', softmax)
            """, fails=["?"], says=r"softmax"),
        Chaff("reconstruction_rounded", "The output is rounded to black and white.", """
            - return forward(hidden, params, 'output', sigmoid)
            + return np.round(forward(hidden, params, 'output', sigmoid))
            """, fails=["?"], says=r"round|black and white|0 and 1"),
        Chaff("loss_squared_after_the_sum", "The differences are added up, then squared.", """
            - return np.sum((output - x) ** 2)
            + return np.sum(output - x) ** 2
            """, fails=["?"], says=r"after the sum|added up|the sum is squared|before"),
        Chaff("loss_per_pixel", "The total is divided by the number of pixels of an image.", """
            - return np.sum((output - x) ** 2)
            + return np.sum((output - x) ** 2) / x.shape[1]
            """, fails=["?"], says=r"divided by the number of pixels|mean"),
        Chaff("slope_is_one_number", "The slope is summed up to one number.", """
            - return 2 * (output - x)
            + return np.sum(2 * (output - x))
            """, fails=["?"], says=r"not a NumPy array|one number|summed|each entry"),
        Chaff("slope_over_all_pixels", "The slope is divided by the number of all pixels.", """
            - return 2 * (output - x)
            + return 2 * (output - x) / x.size
            """, fails=["?"], says=r"divided"),
        Chaff("sigmoid_derivative_twice", "The sigmoid's derivative is applied twice.", """
            + out = params['cache_output'][2]
            + delta = delta * out * (1 - out)
              delta = backwards(delta, params, 'output', sigmoid_deriv)
            """, fails=["?"], says=r"twice"),
        Chaff("layers_in_the_wrong_order", "hidden1 and hidden2 have changed places.", """
            - delta = backwards(delta, params, 'hidden2', activation_deriv)
            - delta = backwards(delta, params, 'hidden1', activation_deriv)
            + delta = backwards(delta, params, 'hidden1', activation_deriv)
            + delta = backwards(delta, params, 'hidden2', activation_deriv)
            """, fails=["?"], says=r"order|before|changed places"),
        Chaff("no_derivative_in_the_hidden_layers", "The hidden layers have a slope of 1.", """
            - delta = backwards(delta, params, 'hidden2', activation_deriv)
            - delta = backwards(delta, params, 'hidden1', activation_deriv)
            - backwards(delta, params, 'layer1', activation_deriv)
            + delta = backwards(delta, params, 'hidden2', np.ones_like)
            + delta = backwards(delta, params, 'hidden1', np.ones_like)
            + backwards(delta, params, 'layer1', np.ones_like)
            """, fails=["?"], says=r"derivative of (the|a) ReLU is missing|no derivative|linear"),
    ],
    "5.1.2": [
        Chaff("bias_gets_the_shape_of_the_weights", "The accumulator of b has the shape of W.", """
            - params['m_' + key] = np.zeros_like(params[key])
            + params['m_' + key] = np.zeros_like(params['W' + name])
            """, fails=["?"], says=r"shape"),
        Chaff("as_pytorch_does_it", "The learning rate multiplies the whole sum of gradients.", """
            - accumulator -= learning_rate * params['grad_' + key]
            - params[key] += accumulator
            + accumulator += params['grad_' + key]
            + params[key] -= learning_rate * accumulator
            """, fails=["?"], says=r"learning rate|sum of the gradients"),
        Chaff("moving_average_of_gradients", "The accumulator is a moving average of gradients.", """
            - accumulator -= learning_rate * params['grad_' + key]
            - params[key] += accumulator
            + accumulator += (1 - momentum) * params['grad_' + key]
            + params[key] -= learning_rate * accumulator
            """, fails=["?"], says=r"average"),
        Chaff("biases_stay", "The biases never move.", """
            - for key in ['W' + name, 'b' + name]:
            + for key in ['W' + name]:
                  accumulator = params['m_' + key]
            """, fails=["?"], says=r"not changed"),
        Chaff("parameter_replaced", "The parameter becomes the accumulator itself.", """
            - params[key] += accumulator
            + params[key] = accumulator
            """, fails=["?"], says=r"M itself|replaced|M alone|in place of"),
        Chaff("gradient_of_the_weights_for_both", "Only the last layer in names moves.", """
            + names = names[-1:]
              for name in names:
                  for key in ['W' + name, 'b' + name]:
                      accumulator = params['m_' + key]
            """, fails=["?"], says=r"not changed"),
    ],
    "5.2": [
        Chaff("factor_times_k", "The rate is multiplied by 0.9 k, not by its power.", """
            - return learning_rate * 0.9 ** (epoch // 20)
            + return learning_rate * 0.9 * (epoch // 20)
            """, fails=["?"], says=r"power|times k|is 0|zero"),
        Chaff("only_every_twentieth", "Only the epochs 0, 20, 40 ... have a smaller rate.", """
            - return learning_rate * 0.9 ** (epoch // 20)
            + return learning_rate * 0.9 if epoch % 20 == 0 else learning_rate
            """, fails=["?"], says=r"only|stays"),
        Chaff("return_inside_the_loop", "The function returns after the first epoch.", """
            - return history
            +     return history
            """, fails=["?"], says=r"one epoch|first epoch|one entry|after one"),
        Chaff("history_every_batch", "A training loss is noted for every batch.", """
              total_loss += squared_error(x, output)
            + history['train_loss'].append(squared_error(x, output) / len(x))

            - history['train_loss'].append(total_loss / len(x_train))
            """, fails=["?"], says=r"every batch|each batch|one number .*epoch|in every epoch"),
        Chaff("batches_drawn_once", "The batches are drawn once, before the first epoch.", """
              zero_momentum(params, LAYERS)
            + drawn = get_random_batches(numbers, numbers, batch_size)

            - for rows, same_rows in get_random_batches(numbers, numbers, batch_size):
            + for rows, same_rows in drawn:
            """, fails=["?"], says=r"anew|drawn once|same batches|batches .* the same"),
        Chaff("slope_turned_round", "x and output have changed places in the slope.", """
            - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
            + backwards_autoencoder(squared_error_deriv(output, x), params, activation_deriv)
            """, fails=["?"], says=r"sign|climb|up the slope|wrong way"),
        Chaff("step_after_the_epoch", "There is one step an epoch, after its last batch.", """
            -     momentum_step(params, LAYERS, rate, momentum)
            + momentum_step(params, LAYERS, rate, momentum)
              output = forward_autoencoder(x_valid, params, activation)
            """, fails=["?"], says=r"one step an epoch|last batch|each epoch is one step"),
        Chaff("training_loss_over_the_validation_set",
            "The training loss is divided by the number of validation images.", """
            - history['train_loss'].append(total_loss / len(x_train))
            + history['train_loss'].append(total_loss / len(x_valid))
            """, fails=["?"], says=r"divided by the number of validation images"),
        Chaff("output_itself_as_delta", "The output goes back in place of the slope.", """
            - backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
            + backwards_autoencoder(output, params, activation_deriv)
            """, fails=["?"], says=r"output .*in place|squared_error_deriv|slope of the"),
    ],
    "5.3.1": [
        Chaff("stacked_first", "The two kinds come along the first axis.", """
            - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
            + return np.stack([shown, remade], axis=0).reshape(2, -1, 32, 32)
            """, fails=["?"], says=r"axis|first .*then|changed places"),
        Chaff("reconstruction_inverted", "The reconstruction is shown inverted.", """
            - remade = forward_autoencoder(shown, params)
            + remade = 1 - forward_autoencoder(shown, params)
            """, fails=["?"], says=r"invert|black and white|negative"),
        Chaff("one_too_many", "There is one example too many of each class.", """
            - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
            + return np.concatenate([np.flatnonzero(labels == k)[: each + 1] for k in chosen])
            """, fails=["?"], says=r"rows|as many"),
    ],
    "5.3.2": [
        Chaff("peak_not_squared", "The peak is 255 and not squared.", """
            - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
            + return 10 * np.log10(255 / np.mean((reconstruction - original) ** 2))
            """, fails=["?"], says=r"peak.*squared"),
        Chaff("peak_of_the_reconstruction", "The largest value of the reconstruction is the peak.",
            """
            - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
            + return 10 * np.log10(reconstruction.max() ** 2
            +                      / np.mean((reconstruction - original) ** 2))
            """, fails=["?"], says=r"largest value|peak"),
        Chaff("psnr_of_the_mean_images", "The images are averaged, and these two are compared.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return psnr(originals.mean(axis=0), reconstructions.mean(axis=0))
            """, fails=["?"], says=r"mean image|averaged"),
        Chaff("list_of_psnrs", "The PSNRs come back in a list.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return [psnr(one, other) for one, other in zip(originals, reconstructions)]
            """, fails=["?"], says=r"list, not a number"),
        Chaff("index_0_in_the_loop", "The loop reads the first image every time.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return np.mean([psnr(originals[0], reconstructions[0]) for _ in originals])
            """, fails=["?"], says=r"first image"),
        Chaff("error_halved", "The squared error is halved, as losses often are.", """
            - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
            + return 10 * np.log10(1 / (np.mean((reconstruction - original) ** 2) / 2))
            """, fails=["?"], says=r"halved"),
        Chaff("mean_over_the_columns", "The errors are averaged over the images, pixel by pixel.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + errors = np.mean((originals - reconstructions) ** 2, axis=0)
        + return np.mean(-10 * np.log10(errors))
            """, fails=["?"], says=r"column|pixel"),
    ],
}  # fmt: skip
