"""The weights of layer1 are used for every layer."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

FAILS = ["2.2.1/forward_knows_layers_by_name"]


def forward(X, params, name="", activation=sigmoid):
    pre_act = X @ params["Wlayer1"] + params["blayer1"]
    post_act = activation(pre_act)
    params["cache_" + name] = (X, pre_act, post_act)
    return post_act
