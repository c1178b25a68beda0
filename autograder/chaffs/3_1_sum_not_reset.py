"""The sums of loss and right answers are not set back when an epoch begins."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import linear_deriv, sigmoid_deriv

FAILS = [
    "3.1/training_accuracy",
    "3.1/training_loss_epoch_by_epoch",
    "3.1/training_loss_is_per_example",
]


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
