"""The history begins with an entry from before the training."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.progress import epoch_bar

FAILS = [
    "3.1/history_entries",
    "3.1/networks_of_any_size",
    "3.1/training_accuracy",
    "3.1/training_loss_epoch_by_epoch",
    "3.1/training_loss_is_per_example",
    "3.1/validation_accuracy",
    "3.1/validation_history",
]


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
