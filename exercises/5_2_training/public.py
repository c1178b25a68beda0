"""Exercise 5.2: the shrinking learning rate, and the training of the autoencoder.

The first weights come from the checks. Where a batch holds all examples nothing rests on
chance, and the right weights and losses are known to the last digit. Training waits for a right
`decayed_rate`; a grader judges it with the reference in the place of a wrong one.
"""

import numpy as np

from helpers import activations
from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import autoencoder as right
from helpers.for_checks import autoencoder_probes as probes
from helpers.for_checks.histories import entries
from helpers.for_checks.naming import close_all, rule_out

pytestmark = exercise("5.2")

LISTS = ("train_loss", "valid_loss")
RATE = 0.05


def problem(rng, epochs=3, n=6, n_valid=4, inputs=4, hidden=3, **options):
    """Images to train on, others to validate on, first weights, and those after each epoch."""
    while True:
        x, x_valid = rng.uniform(size=(n, inputs)), rng.uniform(size=(n_valid, inputs))
        params = right.draw(rng, inputs, hidden)
        any_will_do = "activation" in options
        if not (any_will_do or right.safe(x, [params])):
            continue  # most end here, before they cost anything
        walk = [params, *right.descent(x, params, [RATE] * epochs, **options)]
        if any_will_do or (right.safe(x, walk) and right.safe(x_valid, walk)):
            return x, x_valid, params, walk


def mean_losses(x, walk):
    return np.array([float(right.loss(x, params)) / len(x) for params in walk])


def same_weights(params, expected, said, first=None, together=None):
    """The trained weights are these; `first` are those of the beginning."""
    expect.keys(params, right.NAMES, "`params` after training")
    close_all(
        {name: params[name] for name in right.NAMES}, expected, f"params['{{}}'] {said}",
        together=together, each={"it has not changed at all": first} if first else None,
        rtol=1e-4, atol=1e-5,
    )  # fmt: skip


def end_of(x, params, rates, **options):
    """The weights when a descent with one batch an epoch is over."""
    return list(right.descent(x, params, rates, **options))[-1]


@points(1)
@demand("a")
@hint("0.9 once for every 20 epochs that are over: epoch // 20 counts them.")
def test_rate_of_an_epoch(student):
    epochs = [0, 1, 19, 20, 39, 40, 99]
    found = [expect.number(student.decayed_rate(0.5, e), f"the rate of epoch {e}") for e in epochs]
    factors = np.array([0, 0, 0, 1, 1, 2, 4])
    expect.close(
        np.array(found), 0.5 * 0.9**factors,
        what=f"the rates of the epochs {', '.join(map(str, epochs))}",
        mistakes={
            "the rate shrinks in every epoch": 0.5 * 0.9 ** np.array(epochs),
            "it shrinks little by little; it should hold still for 20 epochs":
                0.5 * 0.9 ** (np.array(epochs) / 20),
            "it shrinks one epoch too early": 0.5 * 0.9 ** np.array([0, 0, 1, 1, 2, 2, 5]),
            "it shrinks one epoch too late": 0.5 * 0.9 ** np.array([0, 0, 0, 0, 1, 1, 4]),
            "a tenth of the first rate is taken off each time": 0.5 * (1 - 0.1 * factors),
            "0.9 is multiplied by k; it must be taken to the power of k": 0.5 * 0.9 * factors,
            "only every twentieth epoch has a smaller rate":
                np.where(np.array(epochs) % 20, 0.5, 0.45),
            "it shrinks once only": 0.5 * 0.9 ** (factors > 0),
            "it grows": 0.5 / 0.9**factors,
        },
    )  # fmt: skip


@points(1)
@demand("c")
@hint("Return a dict of two lists; append one number to each of them in every epoch.")
def test_history_entries(student, rng):
    x, x_valid, params, _ = problem(rng)
    history = student.train_autoencoder(x, x_valid, params, 0.001, 2, 5)
    expect.keys(history, LISTS, "the history")
    lengths = [len(v) if hasattr(v, "__len__") else None for v in map(history.get, LISTS)]
    for wrong, name in (
        (lengths == [1, 1], "there is one entry only, that of a single epoch"),
        (15 in lengths, "there is a number for every batch; one for every epoch is asked for"),
        (6 in lengths, "there is one entry too many: nothing is measured before the first epoch"),
    ):
        rule_out(wrong, name, f"the lists have {lengths[0]} and {lengths[1]} entries, not 5")
    for name in LISTS:
        entries(history, name, 5)


@after("rate_of_an_epoch")
@points(2.5)
@demand("b")
@hint("Gradients of the total squared error first, for all layers; then one step with momentum.")
def test_weights_are_trained(student, rng):
    x, x_valid, params, walk = problem(rng)
    first, rates = {name: params[name].copy() for name in right.NAMES}, [RATE] * 3
    student.train_autoencoder(x, x_valid, params, RATE, 50, 3)
    same_weights(
        params, walk[3], "after 3 epochs with one batch of all examples", first,
        {
            "the weights have not changed at all": first,
            "the network was trained on the validation set": end_of(x_valid, first, rates),
            "the network was trained on both sets": end_of(np.vstack([x, x_valid]), first, rates),
            "no momentum is left from the epoch before: is it 0, or is M set back in every epoch?":
                end_of(x, first, rates, momentum=0.0),
            "the gradient is half as long as it should be": end_of(x, first, [RATE / 2] * 3),
            "the gradient is averaged over the images": end_of(x, first, [RATE / 6] * 3),
            "the steps go up the slope, not down": end_of(x, first, [-RATE] * 3),
            "each layer moves before its delta is passed on":
                right.moved_too_early(x, first, rates),
            "one epoch is missing": walk[2],
        },
    )  # fmt: skip


@after("rate_of_an_epoch")
@points(1)
@demand("b")
@hint("Cut the training set into batches of batch_size; each makes a step with momentum.")
def test_every_batch_is_a_step(student, rng):
    # All examples are alike, so their order does not matter, but the number of steps does.
    while True:
        x, params = np.repeat(rng.uniform(size=(1, 4)), 12, axis=0), right.draw(rng, 4, 3)
        walk = [params, *right.descent(x[:4], params, [RATE] * 6)]
        if right.safe(x[:1], walk):
            break
    first = {name: params[name].copy() for name in right.NAMES}
    student.train_autoencoder(x, x[:2], params, RATE, 4, 2)
    same_weights(
        params, walk[-1], "after 2 epochs of 12 equal examples in batches of 4", None,
        {
            "each epoch is one step with all images": end_of(x, first, [RATE] * 2),
            "each epoch is one step with the gradient of one batch": walk[2],
        },
    )  # fmt: skip


@after("weights_are_trained")
@points(0.5)
@demand("b")
@hint("Draw the batches inside the loop over the epochs.")
def test_batches_are_drawn_anew(student, rng):
    x, x_valid = rng.uniform(size=(12, 4)), rng.uniform(size=(5, 4))
    params = right.draw(rng, 4, 3)
    drawn = student.via(probes.batches_seen)(student.train_autoencoder, x, x_valid, params, 3, 3)
    epochs = expect.sequence(drawn, None, "the batches of three epochs")
    rule_out(
        len(epochs) == 3 and len({repr(batches) for batches in epochs}) == 1,
        "the batches of all epochs are the same",
        "12 images in batches of 3: all three epochs had the same batches, in the same order",
        epochs[0] if epochs else None,
    )  # fmt: skip


@after("rate_of_an_epoch")
@points(1)
@demand("b")
@hint("Call zero_momentum before the first epoch: old accumulators belong to another training.")
def test_training_begins_at_rest(student, rng):
    x, x_valid, params, walk = problem(rng)
    for name, shape in right.shapes(4, 3).items():
        params[f"m_{name}"] = rng.normal(size=shape)
    student.train_autoencoder(x, x_valid, params, RATE, 50, 3)
    same_weights(params, walk[3], "after 3 epochs, where `params` held old accumulators")


@after("rate_of_an_epoch")
@points(0.5)
@demand("d")
@hint("Hand `momentum` on to momentum_step. With 0 it is plain descent.")
def test_plain_descent(student, rng):
    x, x_valid, params, walk = problem(rng, momentum=0.0)
    first = {name: params[name].copy() for name in right.NAMES}
    student.train_autoencoder(x, x_valid, params, RATE, 50, 3, 0.0)
    same_weights(
        params, walk[3], "after 3 epochs with momentum 0", None,
        {"there is momentum, whatever the argument says": end_of(x, first, [RATE] * 3)},
    )  # fmt: skip


@after("rate_of_an_epoch")
@points(1)
@demand("d")
@hint("Hand `activation` on to the way forward and `activation_deriv` to the way back.")
def test_other_activations(student, rng):
    x, x_valid, params, walk = problem(rng, activation=np.tanh)
    first = {name: params[name].copy() for name in right.NAMES}
    history = student.train_autoencoder(
        x, x_valid, params, RATE, 50, 3, 0.9, activations.tanh, activations.tanh_deriv
    )
    same_weights(
        params, walk[3], "after 3 epochs with tanh in the hidden layers", None,
        {"the hidden layers had ReLUs": end_of(x, first, [RATE] * 3)},
    )  # fmt: skip
    last = {name: params[name] for name in right.NAMES}
    losses = [float(right.loss(x_valid, last, f)) / len(x_valid) for f in (np.tanh, right.relu)]
    # Whoever has a wrong history has paid for it elsewhere: here only ReLUs are looked for.
    found = history.get("valid_loss") if isinstance(history, dict) else None
    found = found.tolist() if isinstance(found, np.ndarray) else found
    entry = found[-1] if isinstance(found, list) and found else None
    rule_out(
        isinstance(entry, float)
        and bool(np.isclose(entry, losses[1], rtol=1e-3) and not np.isclose(*losses, rtol=1e-2)),
        "the validation set goes through ReLUs, whatever `activation` is",
        "with tanh in the hidden layers, the validation loss is that of ReLUs", entry,
    )  # fmt: skip


@after("rate_of_an_epoch")
@points(1)
@demand("b")
@hint("The rate of each epoch comes from decayed_rate, with the rate of the beginning.")
def test_rate_shrinks_in_training(student, rng):
    rate, epochs = 0.05, 26
    rates = [rate] * 20 + [0.9 * rate] * 6
    while True:
        x, params = rng.uniform(size=(4, 3)), right.draw(rng, 3, 2)
        if not right.safe(x, [params]):
            continue
        walk = list(right.descent(x, params, rates))
        steady = list(right.descent(x, params, [rate] * epochs))[-1]
        if _apart(walk[-1], steady) > 5e-3 and right.safe(x, [params, *walk, steady]):
            break
    student.train_autoencoder(x, x[:2], params, rate, 50, epochs)
    same_weights(
        params, walk[-1], f"after {epochs} epochs with one batch of all examples", None,
        {"the learning rate stays the same all the time": steady},
    )  # fmt: skip


def _apart(one, other):
    return max(np.abs(one[name] - other[name]).max() for name in right.NAMES)


@after("rate_of_an_epoch")
@points(1.5)
@demand("c")
@hint("When an epoch is over, send the validation set through the weights as they are now.")
def test_validation_loss(student, rng):
    x, x_valid, params, _ = problem(rng)
    # What counts are the losses of the student's own weights, after each of three epochs.
    walk = [params]
    for epochs in (1, 2, 3):
        own = {name: value.copy() for name, value in params.items()}
        history = student.train_autoencoder(x, x_valid, own, RATE, 50, epochs)
        expect.keys(own, right.NAMES, "`params` after training")
        walk.append({name: expect.array(own[name], params[name].shape) for name in right.NAMES})
    losses, others = mean_losses(x_valid, walk), mean_losses(x, walk)
    expect.close(
        entries(history, "valid_loss", 3), losses[1:], rtol=1e-3, what="history['valid_loss']",
        mistakes={
            "it is the sum over the images; divide by their number": 4 * losses[1:],
            "it is divided by the number of pixels too": losses[1:] / 4,
            "it is divided by the number of training images": 4 / 6 * losses[1:],
            "it is measured before the epoch, not after it": losses[:-1],
            "it is the loss on the training set": others[1:],
            "it is the loss on the training set, before the epoch": others[:-1],
        },
    )  # fmt: skip


@after("rate_of_an_epoch")
@points(1)
@demand("c")
@hint("Per image: add up the losses of all batches, and divide by the number of images.")
def test_training_loss(student, rng):
    x, x_valid, params, _ = problem(rng, n=7)
    first = {name: params[name].copy() for name in right.NAMES}
    loss = np.tile(mean_losses(x, [first]), 3)
    history = student.train_autoencoder(x, x_valid, params, 0.0, 3, 3)
    found = entries(history, "train_loss", 3)
    # The last batch holds one image; which one it is decides what comes of two mistakes.
    single = np.array([mean_losses(x[k : k + 1], [first])[0] for k in range(7)])
    expect.close(
        found, loss, rtol=1e-3,
        what="history['train_loss'] with a learning rate of 0 (7 images in batches of 3)",
        mistakes={
            "it is the sum over all images": 7 * loss,
            "it is divided by the number of batches": 7 / 3 * loss,
            "it is divided by the number of validation images": 7 / 4 * loss,
            "it is divided by the number of pixels too": loss / 4,
            "it is halved": loss / 2,
            "it is the loss on the validation set": np.tile(mean_losses(x_valid, [first]), 3),
            "the sum is not set back to zero when an epoch begins": loss * np.arange(1, 4),
            "it is the loss of the last batch alone": nearest(found, [*single, *(single / 7)]),
            "it is the mean of the batches' means; a small batch counts too much":
                nearest(found, [(7 * loss[0] + 2 * one) / 9 for one in single]),
        },
    )  # fmt: skip


def nearest(found, values):
    """For each number that was found, the one of these values that is nearest."""
    values = np.array(values)
    return values[np.abs(found[:, None] - values).argmin(axis=1)]
