"""The bias is added after the activation function."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = [
    "2.2.1/forward_activates_with_sigmoid_by_default",
    "2.2.1/forward_cache",
    "2.2.1/forward_uses_its_activation",
    "2.2.1/forward_values",
]


def forward(X, params, name="", activation=sigmoid):
    pre_act = X @ params["W" + name]
    post_act = activation(pre_act) + params["b" + name]
    params["cache_" + name] = (X, pre_act, post_act)
    return post_act
