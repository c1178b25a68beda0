"""A training step is taken once the comparison is done."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

from helpers.activations import linear_deriv, sigmoid_deriv

FAILS = ["2.5/check_leaves_everything_alone"]


def check_gradients(x, y, params, eps=1e-5):
    def predict(params):
        return forward(forward(x, params, "layer1"), params, "output", softmax)

    def loss(params):
        return compute_loss_and_acc(y, predict(params))[0]

    delta = backwards(predict(params) - y, params, "output", linear_deriv)
    backwards(delta, params, "layer1", sigmoid_deriv)
    analytic = {
        name: params["grad_" + name] for name in ["Wlayer1", "blayer1", "Woutput", "boutput"]
    }
    numerical = numerical_gradients(loss, params, eps)
    errors = {name: relative_error(analytic[name], numerical[name]) for name in analytic}
    for name in analytic:
        params[name] = params[name] - 0.01 * analytic[name]
    return errors
