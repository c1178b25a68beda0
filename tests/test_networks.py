"""Networks in files: what is written is read; what is damaged or a trap is refused in words."""

import io
import zipfile

import numpy as np
import pytest

from helpers.arrays import LARGEST
from helpers.errors import DataError
from helpers.networks import PARAMETERS, load_network, read_network, save_network


def network(units=4, dtype=np.float32):
    rng = np.random.default_rng(1)
    shapes = ((1024, units), (units,), (units, 36), (36,))
    return {n: rng.normal(size=s).astype(dtype) for n, s in zip(PARAMETERS, shapes, strict=True)}


def as_bytes(arrays, write=np.savez, **more):
    file = io.BytesIO()
    write(file, **arrays, **more)
    return file.getvalue()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_what_is_written_is_read(write, dtype):
    params = network(dtype=dtype)
    by_columns = np.asfortranarray(params["Woutput"])
    found = read_network(as_bytes({**params, "Woutput": by_columns}, write))
    for name in PARAMETERS:
        assert found[name].dtype == dtype and found[name].flags.c_contiguous
        np.testing.assert_array_equal(found[name], params[name])


def test_caches_and_gradients_are_left_out(tmp_path):
    params = {**network(), "cache_layer1": (1, 2, 3), "grad_Wlayer1": np.ones(3)}
    save_network(params, tmp_path / "n.npz")
    assert set(load_network(tmp_path / "n.npz")) == set(PARAMETERS)
    with np.load(tmp_path / "n.npz", allow_pickle=False) as archive:
        assert set(archive.files) == set(PARAMETERS)


def test_other_byte_orders_are_read():
    params = {name: value.astype(">f4") for name, value in network().items()}
    assert read_network(as_bytes(params))["Wlayer1"].dtype == np.dtype("=f4")


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_missing_array_is_named(name):
    params = network()
    del params[name]
    with pytest.raises(DataError, match=f"has no {name}"):
        read_network(as_bytes(params))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("layer1", np.ones((1024, 5))),
        ("blayer1", np.ones((4, 1))),
        ("Woutput", np.ones((36, 4))),
        ("boutput", np.full(36, np.nan)),
        ("boutput", np.full(36, np.inf)),
        ("boutput", np.ones(36, dtype=int)),
        ("boutput", np.ones(36, dtype=complex)),
        ("boutput", np.array(["x"] * 36)),
        ("boutput", np.ones((36, 1, 1))),
        ("Wlayer1", np.ones(())),
    ],
)
def test_wrong_arrays_are_refused(name, value, tmp_path):
    params = {**network(), "Wlayer1" if name == "layer1" else name: value}
    with pytest.raises(DataError, match=name):
        read_network(as_bytes(params), "mine.npz")
    (tmp_path / "n.npz").write_bytes(as_bytes(params))
    with pytest.raises(DataError, match=name):
        load_network(tmp_path / "n.npz")


def test_nothing_is_unpickled():
    class Trap:
        def __reduce__(self):
            return pytest.fail, ("a pickle was opened",)

    params = {**network(), "boutput": np.array([Trap()] * 36, dtype=object)}
    with pytest.raises(DataError, match="boutput"):
        read_network(as_bytes(params))


def test_damaged_files_are_refused():
    whole = as_bytes(network())
    for data in (b"", b"PK", b"\x93NUMPY", whole[:1000], whole[:-30], b"%PDF" + whole[4:900]):
        with pytest.raises(DataError, match="is no .npz file"):
            read_network(data)
    broken = bytearray(whole)
    broken[3000] ^= 255  # within the values: the checksum tells
    with pytest.raises(DataError, match="is no .npz file"):
        read_network(bytes(broken))


def member(header, values=b"", name="Wlayer1", **more):
    """A file with one array whose header says what we like."""
    text = header.encode()
    text += b" " * (-(10 + len(text) + 1) % 64) + b"\n"
    array = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + values
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.npy", array)
        for extra, data in more.items():
            archive.writestr(extra, data)
    return file.getvalue()


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 64)}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (36,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1024, 64)}",
        "__import__('os').abort()",
        "{",
    ],
)
def test_headers_are_not_believed(header):
    with pytest.raises(DataError):
        read_network(member(header, b"\0" * 64))


def test_a_bomb_is_not_unpacked():
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': (1024, {LARGEST // 2048})}}"
    bomb = member(header, b"\0" * (2 * LARGEST))
    assert len(bomb) < LARGEST / 100
    with pytest.raises(DataError, match="would take"):
        read_network(bomb)
    crowd = member("{}", **{f"{i}.npy": b"" for i in range(100)})
    with pytest.raises(DataError, match="too many"):
        read_network(crowd)
    with pytest.raises(DataError, match="so large"):
        read_network(b"\0" * (LARGEST + 1))


def test_files_that_cannot_be_opened(tmp_path):
    with pytest.raises(DataError, match="there is no network .*notebook 3"):
        load_network(tmp_path / "n.npz")
    with pytest.raises(DataError, match="cannot be read"):
        load_network(tmp_path)
    with pytest.raises(DataError, match="cannot be written"):
        save_network(network(), tmp_path / "nowhere" / "n.npz")
    with pytest.raises(DataError, match="has no boutput"):
        save_network({k: v for k, v in network().items() if k != "boutput"}, tmp_path / "n.npz")
    assert not (tmp_path / "n.npz").exists()
