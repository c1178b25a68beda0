"""The lists of the validation set have other names."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.progress import epoch_bar

FAILS = [
    "3.1/history_entries",
    "3.1/learns_real_letters",
    "3.1/networks_of_any_size",
    "3.1/validation_accuracy",
    "3.1/validation_history",
]


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
