"""The runs come in the order of their rates, not in that of the list."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["3.2/each_run_begins_anew", "3.2/runs_in_order"]


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in sorted(rates):
        own = {name: params[name].copy() for name in ["Wlayer1", "blayer1", "Woutput", "boutput"]}
        history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        runs.append((own, history))
    return runs
