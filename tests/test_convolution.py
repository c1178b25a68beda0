"""Convolution in NumPy against other people's, and convolutional networks in files."""

import subprocess
import sys

import numpy as np
import pytest
from scipy import signal

from exercises.commands.read import read_command
from helpers import convnets
from helpers.convolution import convolve, fold_batch_norm, max_pool
from helpers.datasets import CLASSES, load
from helpers.datasets.pages import load_pages
from helpers.errors import DataError
from helpers.networks import load_network
from helpers.spelling import characters_wrong
from tests.left_out import with_pytorch

RNG = np.random.default_rng(6)


def some_network(widths=(3, 4), side=3):
    """A small untrained network."""
    params, before = {}, 1
    for k, after in enumerate(widths, start=1):
        params[f"Wconv{k}"] = RNG.normal(size=(after, before, side, side)).astype(np.float32)
        params[f"bconv{k}"] = RNG.normal(size=after).astype(np.float32)
        before = after
    size = before * (32 // 2 ** len(widths)) ** 2
    params["Woutput"] = RNG.normal(size=(size, 36)).astype(np.float32)
    return params | {"boutput": RNG.normal(size=36).astype(np.float32)}


# --- The sums -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "w"),
    [((2, 1, 8, 8), (4, 1, 3, 3)), ((3, 5, 7, 9), (2, 5, 5, 3)), ((1, 2, 1, 1), (1, 2, 3, 3)),
     ((2, 3, 6, 4), (5, 3, 1, 1)), ((0, 1, 8, 8), (4, 1, 3, 3))],
)  # fmt: skip
def test_convolve_is_scipys_correlation_summed_over_channels(x, w):
    pictures, weights, biases = RNG.normal(size=x), RNG.normal(size=w), RNG.normal(size=w[0])
    wanted = np.array([
        [
            b + sum(
                signal.correlate(np.pad(c, [(n // 2,) * 2 for n in one.shape]), one, mode="valid")
                for c, one in zip(picture, kernel, strict=True)
            )
            for kernel, b in zip(weights, biases, strict=True)
        ]
        for picture in pictures
    ]).reshape(len(pictures), w[0], *x[2:])  # fmt: skip
    np.testing.assert_allclose(convolve(pictures, weights, biases), wanted, atol=1e-12)


def test_convolve_is_four_loops():
    x, w, b = RNG.normal(size=(2, 3, 5, 4)), RNG.normal(size=(2, 3, 3, 3)), RNG.normal(size=2)
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    found = convolve(x, w, b)
    for n, k, i, j in np.ndindex(found.shape):
        patch = padded[n, :, i : i + 3, j : j + 3]
        assert found[n, k, i, j] == pytest.approx((patch * w[k]).sum() + b[k])


def test_convolve_leaves_its_arguments_alone_and_keeps_single_precision():
    x, w = RNG.normal(size=(2, 1, 6, 6)).astype(np.float32), np.ones((1, 1, 3, 3), np.float32)
    before = x.copy()
    assert convolve(x, w, np.zeros(1, np.float32)).dtype == np.float32
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("shape", [(4, 2, 3, 3), (4, 1, 2, 3), (4, 1, 3, 4)])
def test_kernels_that_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match="do not fit"):
        convolve(np.ones((1, 1, 8, 8)), np.ones(shape), np.zeros(4))


@pytest.mark.parametrize(
    ("shape", "size"), [((2, 3, 8, 8), 2), ((1, 2, 7, 9), 2), ((2, 1, 9, 6), 3)]
)
def test_max_pool_is_the_largest_of_each_square(shape, size):
    x = RNG.normal(size=shape)
    found = max_pool(x, size)
    assert found.shape == (*shape[:2], shape[2] // size, shape[3] // size)
    for n, c, i, j in np.ndindex(found.shape):
        square = x[n, c, i * size : (i + 1) * size, j * size : (j + 1) * size]
        assert found[n, c, i, j] == square.max()


def test_a_folded_normalisation_gives_the_same_values():
    x, w, b = RNG.normal(size=(2, 3, 6, 6)), RNG.normal(size=(4, 3, 3, 3)), RNG.normal(size=4)
    mean, scale, shift = RNG.normal(size=(3, 4))
    variance = RNG.uniform(0.1, 3.0, 4)
    plain = convolve(x, w, b)
    column = (slice(None), None, None)
    wanted = (plain - mean[column]) / np.sqrt(variance[column] + 1e-5) * scale[column]
    folded = fold_batch_norm(w, b, mean=mean, variance=variance, scale=scale, shift=shift)
    np.testing.assert_allclose(convolve(x, *folded), wanted + shift[column], atol=1e-10)


# --- Against PyTorch ------------------------------------------------------------------------


@with_pytorch
def test_the_course_network_scores_as_in_pytorch():
    import torch

    nn, params = torch.nn, convnets.load_convnet()
    blocks = []
    for name in convnets.layers(params):
        after, before, *sides = params[f"W{name}"].shape
        layer = nn.Conv2d(before, after, sides, padding=sides[0] // 2)
        layer.weight.data = torch.from_numpy(params[f"W{name}"])
        layer.bias.data = torch.from_numpy(params[f"b{name}"])
        blocks += [layer, nn.ReLU(), nn.MaxPool2d(2)]
    last = nn.Linear(*params["Woutput"].shape)
    last.weight.data = torch.from_numpy(np.ascontiguousarray(params["Woutput"].T))
    last.bias.data = torch.from_numpy(params["boutput"])
    net = nn.Sequential(*blocks, nn.Flatten(), last)
    x = load("letters").test.x[:150]
    with torch.no_grad():
        wanted = net(torch.from_numpy(1 - x).reshape(-1, 1, 32, 32)).numpy()
    np.testing.assert_allclose(convnets.scores(x, params), wanted, atol=1e-3)


@with_pytorch
def test_a_network_with_normalisation_comes_out_of_pytorch_unchanged():
    import torch

    from data.networks import convolutional

    torch.manual_seed(0)
    net = convolutional.build_network()
    x = load("letters").train.x[:100]
    pictures = torch.from_numpy(1 - x).reshape(-1, 1, 32, 32)
    net.train()
    with torch.no_grad():
        net(convolutional.distort(pictures, torch.Generator().manual_seed(1)))  # some statistics
        wanted = net.eval()(pictures).numpy()
    found = convnets.scores(x, convolutional.as_arrays(net))
    np.testing.assert_allclose(found, wanted, atol=1e-4)


@with_pytorch
@pytest.mark.slow
def test_training_for_an_epoch_learns():
    import torch

    from data.networks import convolutional
    from helpers.datasets import Split

    torch.set_num_threads(1)
    train = load("letters").train
    net = convolutional.train(Split(train.x[:3000], train.y[:3000]), epochs=2)
    test = load("letters").test
    found = convnets.scores(test.x, convolutional.as_arrays(net)).argmax(axis=1)
    assert (found == test.labels).mean() > 0.3  # guessing: 0.03


# --- The files ------------------------------------------------------------------------------


def test_the_course_network_is_small_and_reads_unseen_fonts():
    path = convnets.data_folder() / convnets.FILE
    assert path.stat().st_size < 600_000
    test = load("letters").test
    found = convnets.scores(test.x, convnets.load_convnet())
    assert (found.argmax(axis=1) == test.labels).mean() > 0.9


def test_what_is_saved_is_loaded(tmp_path):
    params = some_network()
    path = tmp_path / "mine.npz"
    convnets.save_convnet(params | {"cache_conv1": (1, 2)}, path, dtype=np.float32)
    again = convnets.load_convnet(path)
    assert set(again) == set(params)
    assert all(np.array_equal(again[name], params[name]) for name in params)
    convnets.save_convnet(params, path)
    x = load("letters").test.x[:5]
    half = convnets.scores(x, convnets.load_convnet(path))
    np.testing.assert_allclose(half, convnets.scores(x, params), rtol=0.02, atol=1.0)


def test_shifts_are_averaged():
    params, x = some_network(), load("letters").test.x[:3]
    steady = convnets.steady_scores(x, params)
    assert steady.shape == (3, 36) and (steady <= 0).all()
    one = convnets.steady_scores(np.ones((1, 1024)), params)  # paper looks the same when shifted
    wanted = convnets.log_softmax(convnets.scores(np.ones((1, 1024)), params))
    np.testing.assert_allclose(one, wanted, atol=1e-4)
    assert convnets.scores(np.zeros((0, 1024)), params).shape == (0, 36)


def without(name):
    return lambda params: {k: v for k, v in params.items() if k != name}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without("Wconv1"), "no Wconv1"),
        (without("bconv2"), "no bconv2"),
        (without("boutput"), "no boutput"),
        (lambda p: p | {"Wconv2": p["Wconv2"][:, :2]}, "Wconv2"),
        (lambda p: p | {"Wconv1": p["Wconv1"][:, :, :2]}, "Wconv1"),
        (lambda p: p | {"Wconv1": p["Wconv1"][0]}, "Wconv1"),
        (lambda p: p | {"bconv1": p["bconv1"][:2]}, "bconv1"),
        (lambda p: p | {"Woutput": p["Woutput"].T}, "Woutput"),
        (lambda p: p | {"boutput": np.full(36, np.nan, np.float32)}, "not all finite"),
    ],
)
def test_other_arrays_are_refused(change, told, tmp_path):
    arrays = change(some_network())
    path = tmp_path / "bad.npz"
    with pytest.raises(DataError, match=told):
        convnets.save_convnet(arrays, path)
    np.savez(path, **arrays)
    with pytest.raises(DataError, match=told):
        convnets.load_convnet(path)


def test_files_that_hold_no_such_network(tmp_path):
    path = tmp_path / "bad.npz"
    np.savez(path, **load_network())
    assert not convnets.is_convnet(path)
    with pytest.raises(DataError, match="no Wconv1"):
        convnets.load_convnet(path)
    np.savez(path, **some_network() | {"Wconv1": np.array([None])})
    with pytest.raises(DataError, match=r"no \.npz file"):
        convnets.load_convnet(path)
    path.write_bytes(b"PK\x03\x04 cut short")
    for load_it in (convnets.load_convnet, convnets.is_convnet):
        with pytest.raises(DataError, match=r"no \.npz file"):
            load_it(path)
        with pytest.raises(DataError, match="there is no network"):
            load_it(tmp_path / "nowhere.npz")


# --- The reader -----------------------------------------------------------------------------


def test_the_sample_pages_are_read_better_than_by_hand(tmp_path):
    pages = load_pages()[:4]
    paths = [page.path for page in pages]
    wrong = {
        network: np.mean([
            characters_wrong(text, page.text)
            for text, page in zip(read_command(paths, network=network), pages, strict=True)
        ])
        for network in (None, "cnn")
    }  # fmt: skip
    assert wrong["cnn"] < 0.03 and wrong["cnn"] <= wrong[None]


def test_a_file_is_told_apart_by_what_it_holds(tmp_path):
    page = load_pages()[11].path
    path = tmp_path / "mine.npz"
    convnets.save_convnet(convnets.load_convnet(), path)
    assert list(read_command([page], network=path)) == list(read_command([page], network="cnn"))
    np.savez(path, **load_network())
    assert list(read_command([page], network=path)) == list(read_command([page]))


def test_reading_needs_no_pytorch(tmp_path):
    page = load_pages()[11]
    code = (
        "import sys; sys.modules['torch'] = None\n"  # any import of it fails
        "from autograder.commands.main import main; main()"
    )
    command = [sys.executable, "-c", code, "read", "--network", "cnn", str(page.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert characters_wrong(done.stdout, page.text) < 0.2
    assert set("".join(done.stdout.split())) <= set(CLASSES)
