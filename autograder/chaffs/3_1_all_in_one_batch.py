"""The batch size is not used: each epoch is one step with all examples."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.progress import epoch_bar

FAILS = ["3.1/every_batch_is_a_step", "3.1/learns_real_letters"]


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
