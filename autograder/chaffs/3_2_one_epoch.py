"""Each run is one epoch long."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = [
    "3.2/batches_of_the_runs",
    "3.2/each_run_begins_anew",
    "3.2/one_learning_rate",
    "3.2/runs_in_order",
]


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in rates:
        own = {name: params[name].copy() for name in ["Wlayer1", "blayer1", "Woutput", "boutput"]}
        history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, 1)
        runs.append((own, history))
    return runs
