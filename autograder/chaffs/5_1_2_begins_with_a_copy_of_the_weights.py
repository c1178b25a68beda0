"""The accumulators begin as copies of the parameters."""

FAILS = ["5.1.2/accumulators_begin_at_zero", "5.1.2/old_accumulators_are_cleared"]


def zero_momentum(params, names):
    for name in names:
        for key in ["W" + name, "b" + name]:
            params["m_" + key] = params[key].copy()
