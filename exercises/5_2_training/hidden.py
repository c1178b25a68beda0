"""Exercise 5.2: other sizes, the training loss epoch by epoch, new letters, data left alone."""

import numpy as np

from exercises.unseen import short_training
from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.for_checks import autoencoder as right
from helpers.for_checks.histories import entries, last_entry

pytestmark = exercise("5.2")

RATE = 0.05


def trained(student, x, x_valid, params, epochs):
    """The weights that the student's training leaves, and its history."""
    own = {name: value.copy() for name, value in params.items()}
    history = student.train_autoencoder(x, x_valid, own, RATE, len(x), epochs)
    expect.keys(own, right.NAMES, "`params` after training")
    learnt = {
        name: expect.array(own[name], value.shape, f"params['{name}'] after training")
        for name, value in params.items()
    }
    return learnt, history


@after("rate_of_an_epoch")
@points(0.5)
@demand("e")
@hint("Take every size from the arrays themselves; nothing about the letters belongs in the code.")
def test_networks_of_any_size(student, rng):
    while True:  # until no layer is dead
        x, x_valid = rng.uniform(size=(5, 2)), rng.uniform(size=(1, 2))
        params = right.draw(rng, 2, 4)
        if right.safe(x, [params]) and right.safe(x_valid, [params]):
            break
    learnt, history = trained(student, x, x_valid, params, 2)
    expect.true(
        all(np.abs(learnt[name] - params[name]).max() > 0 for name in ("Woutput", "boutput")),
        "a network with more hidden units than inputs has not changed in two epochs",
    )
    last = entries(history, "valid_loss", 2)
    expect.close(
        float(last[-1]), float(right.loss(x_valid, learnt)), rtol=1e-3,
        what="the last entry of history['valid_loss'] with one validation image",
    )  # fmt: skip


@after("rate_of_an_epoch")
@points(0.5)
@demand("c")
@hint("The loss of the epoch itself, from its batches, or that of the weights when it is over.")
def test_training_loss_epoch_by_epoch(student, rng):
    x, params = rng.uniform(size=(8, 3)), right.draw(rng, 3, 3)
    before, _ = trained(student, x, x[:3], params, 2)
    after_it, history = trained(student, x, x[:3], params, 3)
    losses = [float(right.loss(x, weights)) / 8 for weights in (before, after_it)]
    expect.keys(history, ["train_loss"], "the history")
    entries = history["train_loss"]
    entries = entries.tolist() if isinstance(entries, np.ndarray) else entries
    entries = expect.sequence(entries, 3, "history['train_loss']")
    found = np.array([expect.number(entry, "a training loss") for entry in entries])
    expect.true(
        bool(np.isclose(found[-1], losses, rtol=1e-3).any()),
        "history['train_loss'] is neither the loss during the last epoch nor that after it",
        got=found,
    )


@after("rate_of_an_epoch")
@points(2.5)
@limit(30)
@demand("b")
@hint("Train on the letters as the notebook does, and look at the curve: does the loss fall?")
def test_learns_new_letters(student, rng):
    # The alphabet is invented, so that weights trained beforehand are of no use.
    alphabet, x, x_valid = short_training.letters_to_train_on(rng)
    params = short_training.first_weights(rng)
    shapes = {name: value.shape for name, value in params.items()}
    history = student.train_autoencoder(x, x_valid, params, *short_training.SETTINGS)
    expect.keys(params, right.NAMES, "`params` after training")
    learnt = {
        name: expect.array(params[name], shape, f"params['{name}'] after training")
        for name, shape in shapes.items()
    }
    found = short_training.fresh_psnr(learnt, rng, alphabet)
    enough = short_training.ENOUGH
    expect.true(
        found >= enough,
        f"after a short training on {len(x)} letters of an alphabet invented for this check, "
        f"others of them come back badly: their mean PSNR is below {enough} dB, which a right "
        "training reaches",
        got=found,
    )
    expect.close(
        last_entry(history, "valid_loss"),
        float(right.loss(x_valid.astype(float), learnt)) / len(x_valid), rtol=1e-3,
        what="the last entry of history['valid_loss'], on these letters,",
    )  # fmt: skip


@after("weights_are_trained", "training_loss")
@points(0.5)
@demand("e")
@hint("Work on copies of the data: no -= and no shuffling of the images in place.")
def test_training_leaves_the_data_alone(student, rng):
    x, params = rng.uniform(size=(6, 3)), right.draw(rng, 3, 2)
    student.train_autoencoder(x, x[:4], params, 0.01, 2, 2)
    expect.arguments_unchanged(student)
