"""The batch size is written into the code."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["3.2/batches_of_the_runs"]


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in rates:
        own = {name: params[name].copy() for name in ["Wlayer1", "blayer1", "Woutput", "boutput"]}
        history = train_network(x_train, y_train, x_valid, y_valid, own, rate, 15, epochs)
        runs.append((own, history))
    return runs
