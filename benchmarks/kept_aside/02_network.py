"""Mistakes in notebook 2 as students make them, written down before any check was mended for them.

They come from what is easy to get wrong in these lines: brackets, axes, keys, the order of values
that belong together, and what is forgotten between one batch and the next.
"""

from autograder.judging.chaffs import Chaff


def kept(name, mistake, says, change="", whole=""):
    """A mistake of which nobody has said yet which check notices it."""
    return Chaff(name, mistake, change, fails=["?"], whole=whole, says=says)


MISTAKES = {
    "2.1.2": [
        kept("rand_as_it_is", "The weights are np.random.rand, not scaled and not centred.",
             r"negative|mean|around 0|centred|all sizes", """
             - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
             + params['W' + name] = np.random.rand(in_size, out_size)
             """),
        kept("bias_is_a_number", "The bias is the number 0.",
             r"NumPy array|one bias per unit", """
             - params['b' + name] = np.zeros(out_size)
             + params['b' + name] = 0
             """),
        kept("nested_dict", "The layer is a dict of its own inside params.", r"key|entry", """
             - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
             - params['b' + name] = np.zeros(out_size)
             + W = np.random.uniform(-bound, bound, size=(in_size, out_size))
             + params[name] = {'W': W, 'b': np.zeros(out_size)}
             """),
        kept("product_of_sizes", "The sizes are multiplied, not added.", r"variance|product", """
             - bound = np.sqrt(6 / (in_size + out_size))
             + bound = np.sqrt(6 / (in_size * out_size))
             """),
        kept("brackets", "6 / in_size + out_size: the brackets are missing.",
             r"bracket|variance", """
             - bound = np.sqrt(6 / (in_size + out_size))
             + bound = np.sqrt(6 / in_size + out_size)
             """),
        kept("pytorch_default", "The bound is one over the root of in_size, as PyTorch has it.",
             r"out_size|both sizes|variance", """
             - bound = np.sqrt(6 / (in_size + out_size))
             + bound = 1 / np.sqrt(in_size)
             """),
    ],
    "2.2.1": [
        kept("sigmoid_minus", "The denominator is 1 - exp(-x).",
             r"1 - |denominator|minus|sign|#? ?[+-]", """
             - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
             + return 1 / (1 - np.exp(-x))
             """),
        kept("sigmoid_if", "An if asks about the whole array.",
             r"array|entry|entries|np\.where|truth value", """
             - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
             + if x >= 0:
             +     return 1 / (1 + shrunk)
             + return shrunk / (1 + shrunk)
             """),
        kept("activates_the_inputs", "The activation function is applied to X, before W.",
             r"activation", """
             - pre_act = X @ params['W' + name] + params['b' + name]
             - post_act = activation(pre_act)
             + pre_act = X
             + post_act = activation(X) @ params['W' + name] + params['b' + name]
             """),
        kept("wrong_way_round", "The product is W @ X.", r"fits|shape", """
             - pre_act = X @ params['W' + name] + params['b' + name]
             + pre_act = params['W' + name] @ X + params['b' + name]
             """),
        kept("cache_of_inputs", "The cache holds X, W and b.",
             r"weights|pre_act|pre-activation", """
             - params['cache_' + name] = (X, pre_act, post_act)
             + params['cache_' + name] = (X, params['W' + name], params['b' + name])
             """),
        kept("returns_both", "Both pre- and post-activation are returned.",
             r"tuple|post_act|alone", """
             - return post_act
             + return pre_act, post_act
             """),
    ],
    "2.2.2": [
        kept("absolute_maximum", "The largest absolute value of the row is subtracted.",
             r"subtract|largest", """
             - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
             + exponentials = np.exp(x - np.max(np.abs(x), axis=1, keepdims=True))
             """),
        kept("scaled", "The scores are divided by their largest one, not shifted.",
             r"divid|scaled|subtract", """
             - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
             + exponentials = np.exp(x / np.max(x, axis=1, keepdims=True))
             """),
        kept("clipped", "The scores are clipped so that nothing overflows.",
             r"clip|subtract|cut", """
             - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
             + exponentials = np.exp(np.clip(x, -500, 500))
             """),
        kept("returns_in_the_loop", "A loop over the rows returns after the first one.",
             r"shape|row", whole="""
             def softmax(x):
                 for row in x:
                     powers = np.exp(row - np.max(row))
                     return powers / np.sum(powers)
             """),
        kept("mean_below", "The mean stands below in place of the sum.", r"mean|sum", """
             - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
             + return exponentials / np.mean(exponentials, axis=1, keepdims=True)
             """),
    ],
    "2.2.3": [
        kept("binary", "The binary cross-entropy of each entry is added up.",
             r"all classes|other classes|binary|1 - p|only the true class", """
             - prob_of_truth = np.sum(y * probs, axis=1)
             - loss = -np.sum(np.log(prob_of_truth))
             + loss = -np.sum(y * np.log(probs) + (1 - y) * np.log(1 - probs))
             """),
        kept("not_summed", "The loss of each example is returned.",
             r"not one number|each example", """
             - loss = -np.sum(np.log(prob_of_truth))
             + loss = -np.log(prob_of_truth)
             """),
        kept("first_example", "The loop over the examples overwrites the loss.",
             r"last example|one example|sum|added up", """
             - loss = -np.sum(np.log(prob_of_truth))
             + for p in prob_of_truth:
             +     loss = -np.log(p)
             """),
        kept("argmax_of_everything", "argmax looks at the whole matrix.",
             r"whole matrix|each row|axis", """
             - acc = np.mean(np.argmax(probs, axis=1) == np.argmax(y, axis=1))
             + acc = np.mean(np.argmax(probs) == np.argmax(y))
             """),
        kept("fixed_offset", "A large number is added before the logarithm.",
             r"added|offset|tiny", """
             - loss = -np.sum(np.log(prob_of_truth))
             + loss = -np.sum(np.log(prob_of_truth + 0.01))
             """),
    ],
    "2.3.1": [
        kept("matrix_product_with_slope", "delta is multiplied by the derivative with @.",
             r"entry by entry|`\*`|fits", """
             - grad_pre_act = delta * activation_deriv(post_act)
             + grad_pre_act = delta @ activation_deriv(post_act)
             """),
        kept("bias_is_one_number", "The gradient of the bias is summed over everything.",
             r"one number|units|axis|everything|not a NumPy array", """
             - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
             + params['grad_b' + name] = np.sum(grad_pre_act)
             """),
        kept("slope_of_inputs", "What is handed on is multiplied by the inputs' slope as well.",
             r"layer before|inputs|slope|derivative", """
             - return grad_pre_act @ params['W' + name].T
             + return grad_pre_act @ params['W' + name].T * activation_deriv(X)
             """),
        kept("cache_order", "The cache is unpacked as X, post_act, pre_act.",
             r"pre-activation|pre_act", """
             - X, pre_act, post_act = params['cache_' + name]
             + X, post_act, pre_act = params['cache_' + name]
             """),
        kept("returns_gradients", "The three gradients are returned, none is stored.",
             r"entry|store|key|belong into", """
             - params['grad_W' + name] = X.T @ grad_pre_act
             - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
             - return grad_pre_act @ params['W' + name].T
             + grad_W = X.T @ grad_pre_act
             + grad_b = np.sum(grad_pre_act, axis=0)
             + return grad_pre_act @ params['W' + name].T, grad_W, grad_b
             """),
        kept("halved", "One half is written in front, as for a squared error.",
             r"factor|half|# times", """
             - grad_pre_act = delta * activation_deriv(post_act)
             + grad_pre_act = 0.5 * delta * activation_deriv(post_act)
             """),
    ],
    "2.4": [
        kept("array_split", "The order is split into equal parts.",
             r"equal|pieces of batch_size|same size", """
             - for start in range(0, len(x), batch_size):
             -     rows = order[start:start + batch_size]
             + for rows in np.array_split(order, max(len(x) // batch_size, 1)):
             """),
        kept("one_batch", "A single random batch is returned.",
             r"one batch|left out|missing|no batch",
             whole="""
             def get_random_batches(x, y, batch_size):
                 rows = np.random.permutation(len(x))[:batch_size]
                 return [(x[rows], y[rows])]
             """),
        kept("labels_first", "The pairs are (y_batch, x_batch).",
             r"[xy](_batch)? comes first|swapped|x_batch", """
             - batches.append((x[rows], y[rows]))
             + batches.append((y[rows], x[rows]))
             """),
        kept("number_of_batches", "batch_size is taken for the number of batches.",
             r"number of batches|batch_size", """
             - for start in range(0, len(x), batch_size):
             -     rows = order[start:start + batch_size]
             + for rows in np.array_split(order, batch_size):
             """),
        kept("history_per_batch", "The histories hold one number per batch.",
             r"per batch|one number an epoch|each batch|epoch", """
             -     losses.append(total_loss / len(x))
             -     accuracies.append(total_right / len(x))
             +         losses.append(loss / len(x_batch))
             +         accuracies.append(acc)
             """),
        kept("histories_swapped", "The accuracies are returned first.",
             r"accurac\w+.*first|losses? (come|comes) first|swapped", """
             - return losses, accuracies
             + return accuracies, losses
             """),
        kept("measured_after", "The loss is measured after the step.",
             r"after (the|its|their) step",
             """
             -     loss, acc = compute_loss_and_acc(y_batch, probs)
             -     total_loss += loss
             -     total_right += acc * len(x_batch)
                   delta = backwards(probs - y_batch, params, 'output', linear_deriv)
                   backwards(delta, params, 'layer1', sigmoid_deriv)
                   for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
                       params[key] = params[key] - learning_rate * params['grad_' + key]
             +     hidden = forward(x_batch, params, 'layer1')
             +     probs = forward(hidden, params, 'output', softmax)
             +     loss, acc = compute_loss_and_acc(y_batch, probs)
             +     total_loss += loss
             +     total_right += acc * len(x_batch)
             """),
        kept("running_mean", "The accuracy is averaged with the one before, batch by batch.",
             r"mean of .* (last|before)|averaged with|two by two|last batch counts half", """
             - total_loss, total_right = 0, 0
             + total_loss, avg = 0, None

             - total_right += acc * len(x_batch)
             + avg = acc if avg is None else (avg + acc) / 2

             - accuracies.append(total_right / len(x))
             + accuracies.append(avg)
             """),
        kept("begins_anew", "The weights are drawn anew inside the function.",
             r"begin|drawn|initiali|params|given", """
             + initialize_weights(x.shape[1], params['blayer1'].size, params, 'layer1')
             + initialize_weights(params['blayer1'].size, y.shape[1], params, 'output')
               losses, accuracies = [], []
             """),
        kept("decays", "The learning rate is halved after each epoch.",
             r"learning rate", """
             + learning_rate = learning_rate / 2
               losses.append(total_loss / len(x))
             """),
        kept("output_first", "The output layer is moved before its delta goes on.",
             r"output layer (is|was|has|moves|moved)", """
               delta = backwards(probs - y_batch, params, 'output', linear_deriv)
             + params['Woutput'] = params['Woutput'] - learning_rate * params['grad_Woutput']
             + delta = (probs - y_batch) @ params['Woutput'].T

             - for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
             + for key in ['Wlayer1', 'blayer1', 'boutput']:
             """),
        kept("sum_of_all_gradients",
             "One step at the end of an epoch, with the sum of all gradients.",
             r"one step in an epoch|one step an epoch|each batch", """
             + sums = dict.fromkeys(['Wlayer1', 'blayer1', 'Woutput', 'boutput'], 0)
               total_loss, total_right = 0, 0

             -     for key in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']:
             -         params[key] = params[key] - learning_rate * params['grad_' + key]
             +     for key in sums:
             +         sums[key] = sums[key] + params['grad_' + key]
             + for key in sums:
             +     params[key] = params[key] - learning_rate * sums[key]
             """),
    ],
    "2.5": [
        kept("added", "The two losses are added, not subtracted.", r"sum of|added|difference", """
             - gradient[place] = (above - below) / (2 * eps)
             + gradient[place] = (above + below) / (2 * eps)
             """),
        kept("rows_at_once", "A loop over the first axis moves whole rows.",
             r"row|at once|one entry at a time", """
             - for place in np.ndindex(values.shape):
             + for place in range(len(values)):

             - original = values[place]
             + original = np.copy(values[place])
             """),
        kept("grad_keys", "The result has the keys grad_W and grad_b.", r"key|entry|name", """
             - gradients[name] = gradient
             + gradients['grad_' + name] = gradient
             """),
        kept("contains_w", "Every name that contains W or b is taken for a parameter.",
             r"begin|no parameters|choose", """
             - for name in [key for key in params if key.startswith(('W', 'b'))]:
             + for name in [key for key in params if 'W' in key or 'b' in key]:
             """),
        kept("largest_over_largest", "The largest difference is divided by the largest size.",
             r"largest .* largest|entry by entry|separately", """
             - return np.max(np.abs(analytic - numerical) / size)
             + return np.max(np.abs(analytic - numerical)) / np.max(size)
             """),
        kept("denominator_added", "1e-8 is added below, not taken as the least.",
             r"added|larger of|least|max", """
             - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
             + size = np.abs(analytic) + np.abs(numerical) + 1e-8
             """),
        kept("halved", "The sum below is halved: the mean of the two sizes.",
             r"half|mean of|twice|two sizes", """
             - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
             + size = np.maximum((np.abs(analytic) + np.abs(numerical)) / 2, 1e-8)
             """),
        kept("check_sign", "The delta is y - probs.", r"sign|probs - y|opposite", """
             - delta = backwards(predict(params) - y, params, 'output', linear_deriv)
             + delta = backwards(y - predict(params), params, 'output', linear_deriv)
             """),
        kept("check_layer1_twice", "The hidden layer goes back with linear_deriv.",
             r"layer1|hidden|sigmoid_deriv|derivative", """
             - backwards(delta, params, 'layer1', sigmoid_deriv)
             + backwards(delta, params, 'layer1', linear_deriv)
             """),
        kept("check_per_layer", "The result has one entry a layer.",
             r"key|entry|four parameters", """
             - return {name: relative_error(analytic[name], numerical[name]) for name in analytic}
             + errors = {name: relative_error(analytic[name], numerical[name]) for name in analytic}
             + return {layer: max(errors['W' + layer], errors['b' + layer])
             +         for layer in ['layer1', 'output']}
             """),
    ],
}  # fmt: skip
