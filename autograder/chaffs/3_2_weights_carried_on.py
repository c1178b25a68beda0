"""Each learning rate goes on with the weights that the one before has left."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["3.2/each_run_begins_anew", "3.2/first_weights_are_left_alone", "3.2/runs_in_order"]


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in rates:
        history = train_network(
            x_train, y_train, x_valid, y_valid, params, rate, batch_size, epochs
        )
        runs.append((dict(params), history))
    return runs
