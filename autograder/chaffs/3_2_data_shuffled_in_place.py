"""The training data are shuffled in place before each run."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["3.2/comparing_leaves_the_data_alone"]


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in rates:
        own = {name: params[name].copy() for name in ["Wlayer1", "blayer1", "Woutput", "boutput"]}
        order = np.random.permutation(len(x_train))
        x_train[:], y_train[:] = x_train[order], y_train[order]
        history = train_network(x_train, y_train, x_valid, y_valid, own, rate, batch_size, epochs)
        runs.append((own, history))
    return runs
