"""Whatever is handed in becomes notebooks, or one clear line; never another exception."""

import bz2
import gzip
import io
import json
import lzma
import os
import random
import re
import socket
import struct
import tarfile
import threading
import tracemalloc
import zipfile

import nbformat
import pytest

from autograder.intake import archives
from autograder.intake import files as intake
from autograder.intake.files import collect
from autograder.intake.names import student_name
from autograder.intake.parsing import parse_notebook
from exercises.sample_class.submissions import zip_of
from helpers.errors import NotebookError, SubmissionError

NONE = "there is no notebook of the course in it"
NOTEBOOK = json.dumps({
    "cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": []}],
    "metadata": {}, "nbformat": 4, "nbformat_minor": 2,
}).encode()  # fmt: skip


def tar_of(files, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def put(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def one_line(error):
    text = str(error.value)
    assert text.isprintable() and 20 < len(text) < 400, text
    return text


def test_a_file_without_a_name_in_a_zip(tmp_path):
    data = bytearray(zip_of({"a": NOTEBOOK, "02.ipynb": NOTEBOOK}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 28 : entry + 32] = struct.pack("<HH", 0, 1)  # its name becomes an extra field
    handed = collect(put(tmp_path, "ada.zip", bytes(data)))
    assert list(handed.notebooks) == ["02.ipynb"]


# --- What students hand in ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("ada.zip", zip_of),
        ("ada.ZIP", zip_of),
        ("ada.tar", tar_of),
        ("ada.tar.gz", lambda files: tar_of(files, "w:gz")),
        ("ada.tgz", lambda files: tar_of(files, "w:gz")),
        ("ada.tar.bz2", lambda files: tar_of(files, "w:bz2")),
        ("ada.tar.xz", lambda files: tar_of(files, "w:xz")),
        ("ada.zip", lambda files: tar_of(files, "w:gz")),  # under another's name
        ("ada.tar.gz", tar_of),
    ],
)
def test_every_kind_of_archive_is_read(tmp_path, name, pack):
    files = {"homework/01_theory.ipynb": NOTEBOOK, "02.ipynb": NOTEBOOK + b" ", "notes.txt": b""}
    path = put(tmp_path, name, pack(files))
    if name == "ada.tar.gz" and pack is tar_of:
        path = path.rename(tmp_path / "ada.tar")
    handed = collect(path)
    assert handed.notebooks == {k: v for k, v in files.items() if k.endswith(".ipynb")}
    assert handed.remarks == [] and handed.broken == {}
    assert student_name(path) == "ada"


def test_a_folder_is_read_to_any_depth_and_programs_in_it_are_not(tmp_path):
    put(tmp_path, "b/c/02.ipynb", NOTEBOOK)
    put(tmp_path, "01.ipynb", NOTEBOOK)
    for left_out in (
        "__MACOSX/._01.ipynb", "._01.ipynb", "b/.ipynb_checkpoints/02-checkpoint.ipynb",
        ".git/x.ipynb", "env/lib/site-packages/pkg/demo.ipynb", "__pycache__/x.ipynb", "~$01.ipynb",
    ):  # fmt: skip
        put(tmp_path, left_out, b"rubbish")
    assert list(collect(tmp_path).notebooks) == ["01.ipynb", "b/c/02.ipynb"]


def test_a_single_notebook_is_a_submission(tmp_path):
    path = put(tmp_path, "Ada Lovelace.ipynb", NOTEBOOK)
    assert collect(path).notebooks == {"Ada Lovelace.ipynb": NOTEBOOK}
    assert student_name(path) == "Ada Lovelace"


@pytest.mark.parametrize("name", ["02.ipynb.txt", "02.ipynb.json", "02.IPYNB"])
def test_endings_that_browsers_add_are_seen_through(tmp_path, name):
    put(tmp_path / "ada", name, NOTEBOOK)
    assert collect(tmp_path / "ada").notebooks == {name: NOTEBOOK}
    assert student_name(put(tmp_path, name, NOTEBOOK)) == "02"


def test_archives_lie_in_folders_and_in_archives(tmp_path):
    inner = zip_of({"hw/02.ipynb": NOTEBOOK})
    put(tmp_path / "ada_1234_assignsubmission_file_", "hw.zip", inner)
    put(
        tmp_path / "ada_1234_assignsubmission_file_",
        "deeper/all.tgz",
        tar_of({"x.zip": inner}, "w:gz"),
    )
    handed = collect(tmp_path / "ada_1234_assignsubmission_file_")
    assert list(handed.notebooks) == ["hw.zip/hw/02.ipynb", "deeper/all.tgz/x.zip/hw/02.ipynb"]


def test_archives_are_not_opened_without_end(tmp_path):
    data = zip_of({"02.ipynb": NOTEBOOK})
    for _ in range(5):
        data = zip_of({"again.zip": data})
    handed = collect(put(tmp_path, "ada.zip", data))
    assert handed.notebooks == {}
    assert handed.remarks == [f"{NONE}, but again.zip/again.zip/again.zip"]


def test_copies_keep_apart(tmp_path):
    """Two entries of one name in an archive, and names that differ in what cannot be printed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.ipynb", NOTEBOOK)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.ipynb", NOTEBOOK + b"\n")
    handed = collect(put(tmp_path, "ada.zip", buffer.getvalue()))
    assert sorted(handed.notebooks.values()) == [NOTEBOOK, NOTEBOOK + b"\n"]


def test_windows_separators_and_traversal_are_names_and_no_paths(tmp_path):
    names = ["..\\..\\etc\\01.ipynb", "/etc/02.ipynb", "../../03.ipynb", "C:\\x\\04.ipynb"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, NOTEBOOK)
    before = sorted(tmp_path.parent.rglob("*.ipynb"))
    handed = collect(put(tmp_path, "ada.zip", buffer.getvalue()))
    assert len(handed.notebooks) == 4
    assert sorted(tmp_path.parent.rglob("*.ipynb")) == before


def test_odd_names_come_out_printable(tmp_path):
    folder = tmp_path / "ada"
    folder.mkdir()
    for name in (
        b"\x1b[31mred.ipynb",
        b"new\nline.ipynb",
        b"latin-\xe9.ipynb",
        "日本 é.ipynb".encode(),
    ):
        (folder / os.fsdecode(name)).write_bytes(NOTEBOOK)
    handed = collect(folder)
    assert len(handed.notebooks) == 4
    assert all(name.isprintable() for name in handed.notebooks)
    odd = tmp_path / os.fsdecode(b"ev\x1bil\xff")
    odd.mkdir()
    assert student_name(odd) == "ev?il?"


def test_a_long_path_keeps_its_end(tmp_path):
    name = "a" * 200 + "/" + "b" * 200 + "/02.ipynb"
    (found,) = collect(put(tmp_path, "ada.zip", zip_of({name: NOTEBOOK}))).notebooks
    assert found.endswith("/02.ipynb") and len(found) <= 300


# --- What is no submission ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ada.pdf", b"%PDF-1.7"),
        ("ada.rar", b"Rar!\x1a\x07"),
        ("ada.7z", b"7z\xbc\xaf'\x1c"),
        ("ada.txt", b""),
        ("ada.zip", b""),
        ("ada.zip", b"not a zip"),
        ("ada.zip", zip_of({"02.ipynb": NOTEBOOK * 50})[:60]),
        ("ada.tar.gz", tar_of({"02.ipynb": NOTEBOOK}, "w:gz")[:30]),
        ("ada.tar.gz", gzip.compress(b"no tar at all")),
        ("ada.tar.bz2", bz2.compress(b"no tar at all")),
        ("ada.tar.xz", lzma.compress(b"x" * 5000)[:40] + b"garbage" * 20),
        ("ada.tar", b"\xff" * 5000),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_that_names_it(tmp_path, name, data):
    with pytest.raises(SubmissionError) as error:
        collect(put(tmp_path, name, data))
    assert name in one_line(error)
    assert "hand in" in str(error.value) or "handed in again" in str(error.value)
    assert "ask" not in str(error.value), "students read this as well"


def test_a_folder_without_a_notebook_says_so(tmp_path):
    put(tmp_path, "answers.docx", b"PK")
    assert collect(tmp_path).remarks == [f"{NONE}, but answers.docx (a text document)"]
    for number in range(5):
        put(tmp_path, f"{number}.py", b"")
    names = ", ".join(f"{number}.py (Python code)" for number in range(5))
    assert collect(tmp_path).remarks == [f"{NONE}, but {names} and 1 more"]


@pytest.mark.parametrize("kind", ["fifo", "socket", "link", "device", "loop"])
def test_what_is_no_ordinary_file_is_never_opened(tmp_path, kind):
    """A pipe would wait for ever; a link would show a file of somebody else."""
    folder = tmp_path / "ada"
    put(folder, "02.ipynb", NOTEBOOK)
    secret = put(tmp_path, "secret.ipynb", b"secret")
    odd = folder / "01.ipynb"
    if kind == "fifo":
        os.mkfifo(odd)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listener:
            here = os.getcwd()
            os.chdir(folder)  # the path of a socket must be short
            try:
                listener.bind("01.ipynb")
            finally:
                os.chdir(here)
    elif kind == "link":
        odd.symlink_to(secret)
    elif kind == "device":
        odd.symlink_to("/dev/zero")
    else:
        (folder / "again").symlink_to(folder, target_is_directory=True)
    handed = collect(folder)
    assert handed.notebooks == {"02.ipynb": NOTEBOOK}
    if kind != "loop":
        assert re.fullmatch(r"01\.ipynb cannot be read \(.+\)", handed.broken["01.ipynb"])
        with pytest.raises(SubmissionError):
            collect(odd)


@pytest.mark.parametrize("name", ["ada", "ada.zip", "ada.ipynb"])
def test_a_pipe_or_a_link_in_place_of_a_submission(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(SubmissionError):
        collect(tmp_path / name)
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to(tmp_path)
    with pytest.raises(SubmissionError) as error:
        collect(tmp_path / name)
    assert "link" in one_line(error)


def test_a_folder_that_may_not_be_read_is_said_and_the_rest_is_read(tmp_path, monkeypatch):
    put(tmp_path / "ada", "02.ipynb", NOTEBOOK)
    put(tmp_path / "ada", "closed/01.ipynb", NOTEBOOK)
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(archives.os, "scandir", refuse)
    handed = collect(tmp_path / "ada")
    assert list(handed.notebooks) == ["02.ipynb"]
    assert handed.remarks == ["the folder closed/ was not read (Permission denied)"]
    with pytest.raises(SubmissionError, match="closed cannot be read"):
        collect(tmp_path / "ada" / "closed")


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    put(tmp_path, "02.ipynb", NOTEBOOK)

    def refuse(path, flags):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(archives.os, "open", refuse)
    assert collect(tmp_path).broken == {"02.ipynb": "02.ipynb cannot be read (Permission denied)"}


def test_folders_nested_too_deeply_end(tmp_path):
    here = tmp_path / "ada"
    for _ in range(120):
        here = here / "d"
    here.mkdir(parents=True)
    put(tmp_path / "ada", "02.ipynb", NOTEBOOK)
    put(here, "x.ipynb", NOTEBOOK)
    assert list(collect(tmp_path / "ada").notebooks) == ["02.ipynb"]


# --- Archives made to hurt ------------------------------------------------------------------


@pytest.fixture
def bounded():
    """At most so much memory, whatever is in the file."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300 * 2**20, f"{peak / 2**20:.0f} MB"


def test_a_locked_archive_says_so(tmp_path):
    data = bytearray(zip_of({"02.ipynb": NOTEBOOK}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at] |= 1
    handed = collect(put(tmp_path, "ada.zip", bytes(data)))
    assert handed.broken == {
        "02.ipynb": "02.ipynb cannot be read (it is locked with a password)"
    }  # fmt: skip


def test_a_damaged_file_in_an_archive_costs_nothing_else(tmp_path):
    data = bytearray(zip_of({"01.ipynb": NOTEBOOK, "02.ipynb": random.randbytes(500)}))
    at = data.index(b"PK\x03\x04", 10) + 60
    data[at : at + 20] = b"\0" * 20
    handed = collect(put(tmp_path, "ada.zip", bytes(data)))
    assert list(handed.notebooks) == ["01.ipynb"]
    assert list(handed.broken) == ["02.ipynb"]


def test_a_tar_that_ends_early_keeps_what_came_before(tmp_path):
    data = tar_of({"01.ipynb": NOTEBOOK, "02.ipynb": random.randbytes(100_000)}, "w:gz")
    handed = collect(put(tmp_path, "ada.tgz", data[: len(data) // 2]))
    assert list(handed.notebooks) == ["01.ipynb"]
    assert list(handed.broken) == ["02.ipynb"]


@pytest.mark.parametrize("declared", ["honest", "small", "large"])
def test_a_zip_bomb(tmp_path, bounded, declared):
    data = bytearray(zip_of({"01.ipynb": NOTEBOOK, "02.ipynb": bytes(60 * 2**20)}))
    if declared != "honest":
        size = struct.pack("<I", 1000 if declared == "small" else 2**31)
        directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
        local = data.index(b"PK\x03\x04", 4)
        data[directory + 24 : directory + 28] = size
        data[local + 22 : local + 26] = size
    handed = collect(put(tmp_path, "ada.zip", bytes(data)))
    assert list(handed.notebooks) == ["01.ipynb"]
    assert list(handed.broken) == ["02.ipynb"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_of_an_unusual_kind_is_not_unpacked(tmp_path, bounded, method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("02.ipynb", bytes(20 * 2**20))
    handed = collect(put(tmp_path, "ada.zip", buffer.getvalue()))
    assert "unusual way" in handed.broken["02.ipynb"]


def test_many_entries_that_are_the_same_bytes(tmp_path, bounded):
    """Entries that overlap: small on the disk, without end when read."""
    data = zip_of({"x.ipynb": bytes(24 * 2**20)})
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[directory:end]
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 300, 300, 300 * len(entry), directory, 0)
    handed = collect(put(tmp_path, "ada.zip", data[:directory] + entry * 300 + tail))
    assert len(handed.notebooks) <= intake.MAX_TOTAL // (24 * 2**20)
    assert any("too large" in why for why in handed.broken.values())
    assert max(map(len, handed.broken)) < 30


def test_a_table_of_contents_without_end(tmp_path, bounded):
    directory = b"PK\x01\x02" + bytes(42)
    data = directory * 300_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(data), 0, 0)
    with pytest.raises(SubmissionError) as error:
        collect(put(tmp_path, "ada.zip", data + end))
    assert "table of contents" in one_line(error)


@pytest.mark.parametrize("opener", [gzip.open, bz2.open, lzma.open])
def test_a_tar_that_unpacks_without_end(tmp_path, bounded, monkeypatch, opener):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 8 * 2**20)
    path = tmp_path / "ada.tar.gz"
    head = tar_of({"01.ipynb": NOTEBOOK})[:1024]
    huge = tarfile.TarInfo("zeros.bin")
    huge.size = 2**33
    with opener(path, "wb") as out:
        out.write(head + huge.tobuf())
        for _ in range(12):
            out.write(bytes(2**20))
    handed = collect(path)
    assert list(handed.notebooks) == ["01.ipynb"]
    assert "unpacks to more than" in handed.remarks[0]


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE])
def test_a_tar_header_of_absurd_length_is_not_read(tmp_path, bounded, kind):
    header = tarfile.TarInfo("x")
    header.type = kind
    header.size = 2**32
    with pytest.raises(SubmissionError) as error:
        collect(put(tmp_path, "ada.tar", header.tobuf() + bytes(2**20)))
    assert "absurd size" in one_line(error)


def test_links_and_devices_in_a_tar_are_left_out(tmp_path):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"{kind.decode()}.ipynb")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    handed = collect(put(tmp_path, "ada.tar", buffer.getvalue()))
    assert handed.notebooks == {} and handed.remarks == [f"{NONE}, nor anything else"]


def test_a_notebook_larger_than_any(tmp_path, bounded):
    path = tmp_path / "ada" / "02.ipynb"
    path.parent.mkdir()
    with path.open("wb") as out:
        out.truncate(2**40)  # a terabyte of nothing
    handed = collect(path.parent)
    assert handed.broken == {"02.ipynb": "02.ipynb is larger than 64 MB; clear its outputs"}


def test_more_notebooks_than_anybody_has(tmp_path):
    files = {f"{i}.ipynb": NOTEBOOK for i in range(1000)}
    handed = collect(put(tmp_path, "ada.zip", zip_of(files)))
    assert len(handed.notebooks) == intake.MAX_NOTEBOOKS
    assert "more than 200 notebooks" in handed.remarks[0]


@pytest.mark.parametrize("seed", range(40))
def test_archives_with_random_damage_never_raise_anything_else(tmp_path, seed):
    rng = random.Random(seed)
    files = {f"{i}.ipynb": NOTEBOOK + rng.randbytes(300) for i in range(4)}
    pack = rng.choice(
        [zip_of, tar_of, *(lambda f, m=m: tar_of(f, m) for m in ("w:gz", "w:bz2", "w:xz"))]
    )
    data = bytearray(pack(files))
    for _ in range(rng.randint(1, 12)):
        data[rng.randrange(6, len(data))] = rng.randrange(256)
    if rng.random() < 0.3:
        del data[rng.randrange(len(data)) :]
    path = put(tmp_path, rng.choice(["ada.zip", "ada.tar"]), bytes(data))
    try:
        handed = collect(path)
    except SubmissionError as error:
        assert "\n" not in str(error)
    else:
        assert handed.notebooks or handed.broken or handed.remarks


def test_a_pipe_that_appears_while_reading_does_not_block(tmp_path):
    """Opening is what decides: the file may have changed since it was listed."""
    path = tmp_path / "late.ipynb"
    os.mkfifo(path)
    done = threading.Event()

    def read():
        with pytest.raises(OSError):
            archives.open_plainly(path)
        done.set()

    threading.Thread(target=read, daemon=True).start()
    assert done.wait(10)


# --- Notebooks ------------------------------------------------------------------------------


def notebook_with(**cell):
    cell = {"cell_type": "code", "source": "x = 1", "metadata": {}, **cell}
    return json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}).encode()


def only_cell(data):
    (cell,) = parse_notebook(data, "02.ipynb")["cells"]
    return cell


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x = 1\ny = 2", "x = 1\ny = 2"),
        (["x = 1\n", "y = 2"], "x = 1\ny = 2"),
        (["x", 5, None, ["y"]], "x"),
        (None, ""),
        (17, ""),
        ({"a": 1}, ""),
        ("a\r\nb", "a\r\nb"),
        ("\ud800", "?"),
    ],
)
def test_sources_of_every_form_become_text(source, text):
    assert only_cell(notebook_with(source=source))["source"] == text


@pytest.mark.parametrize(
    "field", ["cell_type", "metadata", "id", "attachments", "outputs", "source"]
)
@pytest.mark.parametrize("value", [None, 5, "text", [], [1, [2]], {}, {"a": {"b": 1}}, True, 1e400])
def test_fields_of_the_wrong_type_become_harmless(field, value):
    cell = only_cell(notebook_with(**{field: value}))
    assert cell["cell_type"] in ("code", "markdown", "raw")
    assert isinstance(cell["source"], str) and isinstance(cell["id"], str)
    assert isinstance(cell["metadata"], dict) and isinstance(cell["attachments"], dict)
    json.dumps(cell)


def test_of_the_metadata_only_the_marks_remain():
    marks = {
        "grade_id": "q2-2-2",
        "points": 1e9,
        "evil": "x",
        "grade": {"deep": []},
        "solution": True,
    }
    cell = only_cell(notebook_with(metadata={"nbgrader": marks, "huge": [[]] * 1000}))
    assert cell["metadata"] == {
        "nbgrader": {"grade_id": "q2-2-2", "points": 1e9, "solution": True}
    }  # fmt: skip


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("latin-1"),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
)
def test_files_as_old_editors_write_them(encode):
    tree = {"cells": [{"cell_type": "code", "source": "é = 1", "metadata": {}}], "nbformat": 4}
    assert only_cell(encode(json.dumps(tree, indent=1, ensure_ascii=False)))["source"] == "é = 1"


@pytest.mark.parametrize("version", [2, 3])
def test_notebooks_of_old_formats_are_converted(version):
    new = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def f(x):\n    return x")])
    old = json.loads(nbformat.writes(nbformat.convert(new, 3)))
    old["nbformat"] = version
    source = only_cell(json.dumps(old).encode())["source"]
    assert source.split("\n")[:: len(source.split("\n")) - 1] == ["def f(x):", "    return x"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"%PDF-1.7",
        b"PK\x03\x04 a zip under a wrong name",
        b"[]",
        b"17",
        b"null",
        b'"text"',
        b"{}",
        b'{"cells": 5}',
        b'{"cells": {"0": {}}}',
        b'{"cells": null, "worksheets": null}',
        b'{"worksheets": [5]}',
        b'{"worksheets": [{"cells": [5]}], "nbformat": 3}',
        b'{"worksheets": [], "nbformat": "three"}',
        b'{"cells": [' + b"[" * 100_000,
        b'{"cells": ' + b'[{"a":' * 50_000,
        b"\xff\xfe\x00",
        b"<!DOCTYPE html><title>Log in</title>",
        json.dumps({"cells": [{}] * 6000}).encode(),
    ],
)
def test_what_is_no_notebook_is_one_line_that_names_it(data):
    with pytest.raises(NotebookError) as error:
        parse_notebook(data, "02_\x1bnetwork.ipynb")
    assert one_line(error).startswith("02_?network.ipynb ")


def test_odd_numbers_and_double_keys_do_no_harm():
    data = (
        b'{"cells": [{"source": "wrong", "source": "x = 1", "cell_type": "code",'
        b' "execution_count": '
        + b"9"
        * 10_000
        + b', "metadata": {"nbgrader": {"points": NaN, "grade": -Infinity, "grade_id": "q2"}}}],'
        b' "nbformat": 4}'
    )
    cell = only_cell(data)
    assert cell["source"] == "x = 1" and cell["metadata"]["nbgrader"]["grade_id"] == "q2"


def test_cells_longer_than_anybody_writes_are_left_out_and_said():
    cells = [
        {"cell_type": "code", "source": "x" * 2**21},
        {"cell_type": "code", "source": "y = 1"},
        {"cell_type": "markdown", "source": "![](data:image/png;base64," + "A" * 2**22 + ")"},
    ]
    notebook = parse_notebook(json.dumps({"cells": cells}).encode(), "02.ipynb")
    sources = [cell["source"] for cell in notebook["cells"]]
    said = "holds 2,097,152 characters of code and was left out: at most 100,000 of a cell are read"
    assert sources == [f"# This cell {said}.", "y = 1", "![](attachment:pasted-1)"]
    assert notebook["cells"][2]["attachments"] == {"pasted-1": {"image/png": "A" * 2**22}}
    assert notebook["remarks"] == [f"02.ipynb: cell 1 {said}"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        b'{"cells": [' + b"[]," * (8 * 2**20) + b"0]}",
        b'{"cells": [{"source": ["' + b"a" * (24 * 2**20) + b'"], "cell_type": "code"}]}',
        b'{"cells": [{"metadata": {"nbgrader": {"grade_id": "' + b"q" * (24 * 2**20) + b'"}}}]}',
        b'{"cells": [{"outputs": [' + b"{}," * (8 * 2**20) + b"0]}]}",
    ],
    ids=["cells", "source", "mark", "outputs"],
)
def test_a_notebook_of_25_megabytes_leaves_little(data):
    assert 23 * 2**20 < len(data) < 26 * 2**20
    try:
        notebook = parse_notebook(data, "02.ipynb")
    except NotebookError:
        notebook = {}
    assert len(json.dumps(notebook)) < 1000


@pytest.mark.parametrize("seed", range(60))
def test_notebooks_with_random_damage_never_raise_anything_else(seed):
    rng = random.Random(seed)
    data = bytearray(notebook_with(attachments={"a.png": {"image/png": "AA"}}, id="x", outputs=[]))
    for _ in range(rng.randint(1, 10)):
        data[rng.randrange(len(data))] = rng.choice(b'[]{}":,0n\\u\xff x')
    try:
        notebook = parse_notebook(bytes(data), "02.ipynb")
    except NotebookError as error:
        assert str(error).isprintable()
    else:
        json.dumps(notebook)


def test_pictures_and_attachments_come_out_as_text():
    cell = only_cell(notebook_with(
        cell_type="markdown",
        attachments={"a\x1b.png": {"image/png": ["AB\n", "C"]}, "bad": 5},
        outputs=[{"data": {"image/png": "AA\nBB\n"}}, {"data": 5}, 7, {"data": {"text/html": "x"}}],
    ))  # fmt: skip
    assert cell["attachments"] == {"a?.png": {"image/png": "AB\nC"}}
    assert cell["pictures"] == ["AABB"]
