"""The batch is centred in place before it is used."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = [
    "2.2.1/forward_activates_with_sigmoid_by_default",
    "2.2.1/forward_cache",
    "2.2.1/forward_knows_layers_by_name",
    "2.2.1/forward_through_a_square_layer",
    "2.2.1/forward_values",
]


def forward(X, params, name="", activation=sigmoid):
    X -= X.mean(axis=0)
    pre_act = X @ params["W" + name] + params["b" + name]
    post_act = activation(pre_act)
    params["cache_" + name] = (X, pre_act, post_act)
    return post_act
