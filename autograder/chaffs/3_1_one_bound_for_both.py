"""Both layers are drawn with one bound, from the sizes of the whole network."""

import numpy as np

FAILS = ["3.1/network_begins_with_xavier"]


def new_network(in_size, hidden_size, out_size):
    bound = np.sqrt(6 / (in_size + out_size))
    params = {
        "Wlayer1": np.random.uniform(-bound, bound, (in_size, hidden_size)),
        "blayer1": np.zeros(hidden_size),
        "Woutput": np.random.uniform(-bound, bound, (hidden_size, out_size)),
        "boutput": np.zeros(out_size),
    }
    return {name: values.astype(np.float32) for name, values in params.items()}
