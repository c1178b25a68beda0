"""The accumulators begin with ones."""

import numpy as np

FAILS = ["5.1.2/accumulators_begin_at_zero", "5.1.2/old_accumulators_are_cleared"]


def zero_momentum(params, names):
    for name in names:
        for key in ["W" + name, "b" + name]:
            params["m_" + key] = np.ones_like(params[key])
