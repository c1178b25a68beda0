"""Exercise 5.1.1: the layers of an autoencoder, its output, its loss, and the way back.

Weights, inputs and caches come from the checks. The exact gradient is that of
`helpers.for_checks.autoencoder`.
"""

import numpy as np
from scipy import special

from helpers import activations
from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import autoencoder as right
from helpers.for_checks.naming import close_all, rule_out

pytestmark = exercise("5.1.1")


@points(0.5)
@demand("a")
@hint("From how many numbers to how many does each of the four layers go? Each has a W and a b.")
def test_network_shapes(student):
    params = student.initialize_autoencoder(20, 7)
    expect.keys(params, right.NAMES, "the autoencoder")
    for name, shape in right.shapes(20, 7).items():
        found = getattr(params[name], "shape", None)
        rule_out(
            len(shape) == 2 and shape[0] != shape[1] and found == shape[::-1],
            "the two sizes of a layer have changed places",
            f"its '{name}' has shape {found}, not {shape}", params[name],
        )  # fmt: skip
        expect.array(params[name], shape, f"its '{name}'")
        rule_out(
            params[name].dtype != np.float32,
            f"the numbers are {params[name].dtype}; the text asks for float32",
            f"its '{name}' holds {params[name].dtype}", params[name],
        )  # fmt: skip


@points(1)
@demand("b")
@hint("Each layer has its own two sizes; initialize_weights of notebook 2 knows the rest.")
def test_network_begins_with_xavier(student):
    params = student.initialize_autoencoder(100, 60)
    expect.keys(params, right.NAMES, "the autoencoder")
    for layer in right.LAYERS:
        shape = right.shapes(100, 60)[f"W{layer}"]
        weights = expect.array(params[f"W{layer}"], shape, f"its 'W{layer}'")
        bound = np.sqrt(6 / sum(shape))
        expect.true(
            np.abs(weights).max() <= bound * (1 + 1e-5),
            f"weights of '{layer}' reach {np.abs(weights).max():.3g}; Xavier's bound is "
            f"{bound:.3g}",
            got=weights,
        )
        mistakes = {"all weights of a layer are alike": 0.0}
        if sum(shape) != 160:
            mistakes["the bound is that of the first layer"] = np.sqrt(6 / 160 / 3)
        # Of 3600 uniform numbers the standard deviation is off by 10 % in less than 1 of 10^15.
        expect.close(
            weights.std(), bound / np.sqrt(3), rtol=0.1,
            what=f"the standard deviation of 'W{layer}'", mistakes=mistakes,
        )  # fmt: skip
        expect.close(params[f"b{layer}"], np.zeros(shape[1]), what=f"its 'b{layer}'")


@points(0.5)
@demand("b")
@hint("Draw the weights of every layer anew.")
def test_layers_have_their_own_weights(student):
    params = student.initialize_autoencoder(8, 8)
    expect.keys(params, right.NAMES, "the autoencoder")
    seen = [expect.array(params[f"W{layer}"], (8, 8), f"its 'W{layer}'") for layer in right.LAYERS]
    for place, layer in enumerate(right.LAYERS):
        for earlier in range(place):
            expect.true(
                not np.array_equal(seen[place], seen[earlier]),
                f"'W{layer}' and 'W{right.LAYERS[earlier]}' hold the same random numbers",
                got=seen[place],
            )


def other_outputs(x, params):
    """What comes out where an activation is wrong."""
    values = right.layer_values(x, params)
    third, last = values[2], values[3]

    def through(*activations):
        out = x
        for layer, activation in zip(right.LAYERS, activations, strict=True):
            out = activation(out @ params[f"W{layer}"] + params[f"b{layer}"])
        return out

    relu, sigmoid, linear = right.relu, right.squashed, activations.linear
    return {
        "there is no activation on the output; it must be a sigmoid": last[1],
        "the output has a softmax; it must be a sigmoid": special.softmax(last[1], axis=1),
        "the output has a ReLU; it must be a sigmoid": relu(last[1]),
        "all four layers have a sigmoid": through(sigmoid, sigmoid, sigmoid, sigmoid),
        "the third layer has no ReLU": through(relu, relu, linear, sigmoid),
        "there is no ReLU in any of the hidden layers": through(linear, linear, linear, sigmoid),
        "the layer 'hidden2' is left out":
            right.squashed(third[0] @ params["Woutput"] + params["boutput"]),
        "'hidden1' is used twice, 'hidden2' not at all":
            right.output(x, {**params, "Whidden2": params["Whidden1"],
                             "bhidden2": params["bhidden1"]}),
    }  # fmt: skip


@points(1.5)
@demand("c")
@hint("What comes out of one layer goes into the next: ReLU three times, then the sigmoid.")
def test_reconstruction(student, rng):
    x, params, _ = smooth_problem(rng, 6, 5, 4)
    expect.close(
        student.forward_autoencoder(x, dict(params)), right.output(x, params), rtol=1e-4, atol=1e-6,
        what="the reconstruction", mistakes=other_outputs(x, params),
    )  # fmt: skip


@points(0.5)
@demand("c")
@hint("Hand `activation` on to the three hidden layers. The output keeps its sigmoid.")
def test_another_activation(student, rng):
    x, params = rng.normal(size=(4, 5)), right.draw(rng, 5, 3)
    tanh = activations.tanh
    expect.close(
        student.forward_autoencoder(x, dict(params), tanh), right.output(x, params, np.tanh),
        rtol=1e-4, atol=1e-6, what="the reconstruction with tanh in the hidden layers",
        mistakes={
            "the hidden layers have a ReLU, whatever `activation` is": right.output(x, params),
            "the output has `activation` too; it must keep its sigmoid":
                np.tanh(right.layer_values(x, params, np.tanh)[3][1]),
        },
    )  # fmt: skip


@points(1)
@demand("d")
@hint("Square every difference between output and input, and add them all up.")
def test_loss_is_the_total(student, rng):
    x, output = rng.uniform(0.1, 0.9, size=(4, 6)), rng.uniform(0.1, 0.9, size=(4, 6))
    apart = output - x
    total = float((apart**2).sum())
    expect.close(
        student.squared_error(x, output), total, rtol=1e-4, what="the loss",
        mistakes={
            "it is the mean over the images; the loss is the sum": total / 4,
            "it is the mean over all pixels; the loss is the sum": total / 24,
            "it is divided by the number of pixels of an image": total / 6,
            "it is halved": total / 2,
            "it is the square root of the loss": total**0.5,
            "the differences are not squared": float(apart.sum()),
            "the differences are squared after they are added up": float(apart.sum()) ** 2,
            "these are absolute values, not squares": float(np.abs(apart).sum()),
            "it is a cross-entropy": float(-(x * np.log(output)).sum()),
            "there is one number for each image; the loss is their sum": (apart**2).sum(axis=1),
            "nothing is added up": apart**2,
        },
    )  # fmt: skip


@points(1)
@demand("e")
@hint("The derivative of (a - x)^2 with respect to a, for each entry.")
def test_slope_of_the_loss(student, rng):
    x, output = rng.uniform(size=(3, 5)), rng.uniform(size=(3, 5))
    slope = 2 * (output - x)
    expect.close(
        student.squared_error_deriv(x, output), slope, rtol=1e-4, what="dJ/d output",
        mistakes={
            "the factor 2 is missing": slope / 2,
            "the sign is wrong: it is the slope in the output, not in x": -slope,
            "it is divided by the number of images": slope / 3,
            "it is divided by the number of all entries": slope / 15,
            "it goes through the sigmoid already; that is left to `backwards`":
                slope * output * (1 - output),
        },
    )  # fmt: skip


def smooth_problem(rng, n=5, inputs=4, hidden=3):
    """Examples, weights and a slope in the output; no unit is near the kink of its ReLU."""
    while True:
        x, params = rng.normal(size=(n, inputs)), right.draw(rng, inputs, hidden)
        if right.safe(x, [params]):
            return x, params, rng.normal(size=x.shape)


def with_caches(x, params, activation=right.relu):
    """The parameters with what the way forward leaves behind."""
    values = right.layer_values(x, params, activation)
    caches = {f"cache_{layer}": cache for layer, cache in zip(right.LAYERS, values, strict=True)}
    return {**{name: params[name].copy() for name in right.NAMES}, **caches}


def expect_gradients(params, slopes, together):
    """All these gradients are there, and are right."""
    lacking = [name for name in slopes if f"grad_{name}" not in params]
    rule_out(
        bool(lacking), f"there is no gradient for {', '.join(lacking)}",
        f"`params` has no entry 'grad_{(lacking or [''])[0]}' after the way back",
    )  # fmt: skip
    close_all(
        {name: params[f"grad_{name}"] for name in slopes}, slopes,
        "params['grad_{}'] after the way back", together=together,
    )  # fmt: skip


def followed(params, slopes, names):
    """Whether the gradients of these names are there and are these."""
    found = [params.get(f"grad_{name}") for name in names]
    return all(
        isinstance(value, np.ndarray)
        and value.shape == slopes[name].shape
        and np.allclose(value, slopes[name], rtol=1e-3, atol=1e-5)
        for name, value in zip(names, found, strict=True)
    )


@points(1.5)
@demand("f")
@hint("At the output the derivative is that of the sigmoid: `backwards` with sigmoid_deriv.")
def test_gradients_of_the_output(student, rng):
    x, params, delta = smooth_problem(rng)
    slopes = right.gradients(x, params, delta=delta)
    into, sums, out = right.layer_values(x, params)[3]

    def wrong(delta):
        return {"Woutput": into.T @ delta, "boutput": delta.sum(axis=0)}

    given = with_caches(x, params)
    student.backwards_autoencoder(delta, given)
    expect_gradients(
        given, {name: slopes[name] for name in ("Woutput", "boutput")},
        {
            "the derivative of the sigmoid is missing": wrong(delta),
            "the derivative of the sigmoid is there twice": wrong(delta * (out * (1 - out)) ** 2),
            "the derivative of the sigmoid is taken at the sums, not at the output":
                wrong(delta * sums * (1 - sums)),
        },
    )  # fmt: skip


@points(2)
@demand("f")
@hint("What `backwards` returns for one layer is the delta of the layer below it.")
def test_gradients_of_the_hidden_layers(student, rng):
    x, params, delta = smooth_problem(rng)
    slopes = right.gradients(x, params, delta=delta)
    values = dict(zip(right.LAYERS, right.layer_values(x, params), strict=True))

    def wrong(delta=delta, output=lambda out: out * (1 - out), layers=right.LAYERS[::-1], **hidden):
        """What comes of other derivatives, those that are not given being right."""
        given = {"layer1": relu, "hidden1": relu, "hidden2": relu, **hidden, "output": output}
        each = {name: (lambda sums, out, f=f: f(out)) for name, f in given.items()}
        return right.walked_back(values, params, delta, each, layers)

    def relu(out):
        return out > 0

    def squashed(out):
        return out * (1 - out)

    all_three = dict.fromkeys(right.LAYERS[:3])
    after_output = (delta * squashed(values["output"][2])) @ params["Woutput"].T
    same_delta = {}
    for layer in right.LAYERS[:3]:
        into, _, out = values[layer]
        same_delta[f"W{layer}"] = into.T @ (after_output * relu(out))
        same_delta[f"b{layer}"] = (after_output * relu(out)).sum(axis=0)
    given = with_caches(x, params)
    student.backwards_autoencoder(delta, given)
    # What was wrong at the output already has been charged there.
    for output in (np.ones_like, lambda out: squashed(out) ** 2):
        if followed(given, wrong(output=output), right.NAMES[:6]):
            return
    expect_gradients(
        given, {name: slopes[name] for name in right.NAMES[:6]},
        {
            "every hidden layer gets the delta that `backwards` returned for the output":
                same_delta,
            "the hidden layers have the derivative of a sigmoid":
                wrong(**dict.fromkeys(all_three, squashed)),
            "the hidden layers have no derivative": wrong(**dict.fromkeys(all_three, np.ones_like)),
            "the derivative of 'hidden2' is missing": wrong(hidden2=np.ones_like),
            "the layers are visited in another order: 'hidden1' before 'hidden2'":
                wrong(layers=("output", "hidden1", "hidden2", "layer1")),
        },
    )  # fmt: skip


@points(0.5)
@demand("c")
@hint("forward leaves (X, pre_act, post_act) of every layer under the name of this layer.")
def test_caches_are_left(student, rng):
    x, params, _ = smooth_problem(rng, 3, 6, 2)
    values = right.layer_values(x, params)
    student.forward_autoencoder(x, params)
    expect.keys(params, [f"cache_{layer}" for layer in right.LAYERS])
    for layer, cache in zip(right.LAYERS, values, strict=True):
        found = expect.sequence(params[f"cache_{layer}"], 3, f"params['cache_{layer}']")
        for part, value, name in zip(found, cache, ("X", "pre_act", "post_act"), strict=True):
            expect.close(
                part, value, rtol=1e-4, atol=1e-6, what=f"{name} in params['cache_{layer}']"
            )


@after("gradients_of_the_hidden_layers")
@points(0.5)
@demand("f")
@hint("Hand `activation_deriv` on to the three hidden layers. The output keeps sigmoid_deriv.")
def test_another_derivative(student, rng):
    x, params = rng.normal(size=(4, 5)), right.draw(rng, 5, 3)
    delta = rng.normal(size=x.shape)
    slopes = right.gradients(x, params, np.tanh, delta)
    given = with_caches(x, params, np.tanh)
    values = dict(zip(right.LAYERS, right.layer_values(x, params, np.tanh), strict=True))
    each = {layer: (lambda sums, out: out > 0) for layer in right.LAYERS}
    each["output"] = lambda sums, out: out * (1 - out)
    student.backwards_autoencoder(delta, given, activations.tanh_deriv)
    expect_gradients(
        given, slopes,
        {"the hidden layers have the derivative of a ReLU, whatever `activation_deriv` is":
            right.walked_back(values, params, delta, each)},
    )  # fmt: skip
