"""The weights are shrunk a little on every call: weight decay in the wrong place."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = [
    "2.2.1/forward_leaves_its_arguments_alone",
    "2.2.1/forward_uses_its_activation",
]


def forward(X, params, name="", activation=sigmoid):
    pre_act = X @ params["W" + name] + params["b" + name]
    post_act = activation(pre_act)
    params["cache_" + name] = (X, pre_act, post_act)
    params["W" + name] = 0.999 * params["W" + name]
    return post_act
