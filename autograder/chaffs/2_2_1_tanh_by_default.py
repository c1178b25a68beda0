"""The default activation is tanh."""

import numpy as np

FAILS = ["2.2.1/forward_activates_with_sigmoid_by_default"]


def forward(X, params, name="", activation=np.tanh):
    pre_act = X @ params["W" + name] + params["b" + name]
    post_act = activation(pre_act)
    params["cache_" + name] = (X, pre_act, post_act)
    return post_act
