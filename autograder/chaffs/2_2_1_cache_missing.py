"""No cache is left."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["2.2.1/forward_cache", "2.2.1/forward_knows_layers_by_name"]


def forward(X, params, name="", activation=sigmoid):
    pre_act = X @ params["W" + name] + params["b" + name]
    post_act = activation(pre_act)
    return post_act
