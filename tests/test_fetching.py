"""Fetching data: from a server on this machine, whole and checked, or not at all."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from autograder.commands.main import main as course
from helpers.datasets import fetching, load, sources
from helpers.datasets import terminal as data_terminal
from helpers.datasets.cifar10 import NAMES
from tests import real_formats as formats

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """An empty cache, no data by hand, and no proxy between us and this machine."""
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NO_PROXY", "*")
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def archive():
    return formats.cifar_tar(formats.cifar_files(per_class=20))


@contextmanager
def serving(answer):
    """A server at 127.0.0.1; `answer(handler)` writes the answer to every request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/cifar-10-binary.tar.gz"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler, content, says=None):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content) if says is None else says))
    handler.end_headers()
    handler.wfile.write(content)


def at(url, content, monkeypatch, **more):
    """Let `cifar10` be this content at this address."""
    known = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} | more
    source = replace(sources.SOURCES["cifar10"], url=url, **known)
    monkeypatch.setitem(sources.SOURCES, "cifar10", source)


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def failure(capsys):
    """Fetch, expect one line of error and status 2; the line."""
    assert data_terminal.main(["fetch", "cifar10"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    *bars, message = said.err.strip().splitlines()
    assert message.startswith("data: ") and all("B/s" in bar or not bar for bar in bars)
    assert sources.SOURCES["cifar10"].by_hand in message
    return message


def test_fetched_once_kept_and_loaded(cache, archive, monkeypatch, capsys):
    asked = []

    def answer(handler):
        asked.append(handler.path)
        send(handler, archive)

    with serving(answer) as url:
        at(url, archive, monkeypatch)
        assert data_terminal.main(["fetch", "cifar10"]) == 0
        said = capsys.readouterr()
        assert said.out.startswith(f"cifar10 is in {cache}") and "load('cifar10')" in said.out
        assert "100%" in said.err and "cifar10: " in said.err
        assert "Downloading" not in said.err  # pooch's own words
        assert data_terminal.main(["fetch", "cifar10"]) == 0  # and nothing is asked again
    assert asked == ["/cifar-10-binary.tar.gz"]
    assert files_in(cache) == ["cifar-10-binary.tar.gz"]
    data = load("cifar10")
    assert data.classes == NAMES and len(data.train) == 900
    assert "cifar10: here (" in data_terminal.listing()


def test_what_was_fetched_and_then_spoilt_is_fetched_anew(cache, archive, monkeypatch):
    with serving(lambda handler: send(handler, archive)) as url:
        at(url, archive, monkeypatch)
        path = fetching.fetch("cifar10")
        path.write_bytes(archive[:-1])
        assert fetching.fetch("cifar10").read_bytes() == archive


def test_a_file_with_another_checksum_is_not_kept(cache, archive, monkeypatch, capsys):
    wrong = bytearray(archive)
    wrong[1000] ^= 1
    with serving(lambda handler: send(handler, bytes(wrong))) as url:
        at(url, archive, monkeypatch)
        message = failure(capsys)
    assert "another file: its SHA-256 is not the one known, and it was removed" in message
    assert url in message and files_in(cache) == []


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "Not Found"), (403, "Forbidden"), (503, "Service Unavailable")]
)
def test_a_server_that_refuses(cache, archive, monkeypatch, capsys, status, reason):
    with serving(lambda handler: handler.send_error(status)) as url:
        at(url, archive, monkeypatch)
        message = failure(capsys)
    assert f"the server answered {status} {reason}" in message and files_in(cache) == []


def test_no_server_there(cache, archive, monkeypatch, capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at(f"http://127.0.0.1:{free.getsockname()[1]}/x.tar.gz", archive, monkeypatch)
    message = failure(capsys)
    assert "there is no connection, or it broke (Connection refused)" in message
    assert not list(cache.rglob("*/*"))  # not even an empty folder of the set


def test_no_network_at_all(cache, archive, monkeypatch, capsys):
    at("http://data.invalid/cifar-10-binary.tar.gz", archive, monkeypatch)
    assert "there is no connection" in failure(capsys)


def test_a_connection_cut_half_way(cache, archive, monkeypatch, capsys):
    def answer(handler):
        send(handler, archive[: len(archive) // 2], says=len(archive))
        handler.connection.shutdown(socket.SHUT_RDWR)

    with serving(answer) as url:
        at(url, archive, monkeypatch)
        assert "the connection broke half way" in failure(capsys)
    assert files_in(cache) == []


def test_a_connection_cut_without_a_length_is_noticed_by_the_checksum(
    cache, archive, monkeypatch, capsys
):
    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(archive[:5000])

    with serving(answer) as url:
        at(url, archive, monkeypatch)
        assert "SHA-256" in failure(capsys)
    assert files_in(cache) == []


def test_a_server_that_falls_silent(cache, archive, monkeypatch, capsys):
    silence = threading.Event()

    def answer(handler):
        send(handler, archive[:100], says=len(archive))
        handler.wfile.flush()
        silence.wait(20)

    monkeypatch.setattr(fetching, "TIMEOUT", 0.3)
    with serving(answer) as url:
        at(url, archive, monkeypatch)
        assert "or it broke" in failure(capsys)
        silence.set()
    assert files_in(cache) == []


def test_a_server_that_never_stops_is_left(cache, archive, monkeypatch, capsys):
    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            try:
                handler.wfile.write(bytes(1 << 16))
            except OSError:
                return

    with serving(answer) as url:
        at(url, archive, monkeypatch)
        assert "the server sends more than" in failure(capsys)
    assert files_in(cache) == []


def test_nonsense_in_the_header_is_an_error_of_one_line(cache, archive, monkeypatch, capsys):
    with serving(lambda handler: send(handler, archive, says="many")) as url:
        at(url, archive, monkeypatch)
        assert "could not be fetched" in failure(capsys)
    at("ftp://127.0.0.1:1/cifar-10-binary.tar.gz", archive, monkeypatch)
    assert "could not be fetched" in failure(capsys)


def test_an_endless_redirection(cache, archive, monkeypatch, capsys):
    def answer(handler):
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.end_headers()

    with serving(answer) as url:
        at(url, archive, monkeypatch)
        assert "could not be fetched" in failure(capsys)


def test_a_killed_download_leaves_nothing_under_the_name_and_can_be_repeated(
    cache, archive, monkeypatch
):
    """Killed in the middle, without a chance to tidy up."""
    half, wait = threading.Event(), threading.Event()
    served = []

    def answer(handler):
        if served:
            return send(handler, archive)
        served.append(1)
        send(handler, archive[:70_000], says=len(archive))
        handler.wfile.flush()
        half.set()
        wait.wait(30)

    with serving(answer) as url:
        at(url, archive, monkeypatch)
        source = sources.SOURCES["cifar10"]
        script = (
            "from dataclasses import replace; from helpers.datasets import sources, fetching\n"
            "s = sources.SOURCES\n"
            f"s['cifar10'] = replace(s['cifar10'], url={url!r}, sha256={source.sha256!r}, "
            f"size={source.size})\n"
            "fetching.fetch('cifar10')"
        )
        process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=-3)
        assert half.wait(60)
        folder = cache / "cifar10"
        while not any(path.stat().st_size for path in folder.glob("tmp*")):
            time.sleep(0.02)
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait.set()
        assert not (folder / "cifar-10-binary.tar.gz").exists()
        (left,) = folder.iterdir()
        os.utime(left, (0, 0))  # long ago
        assert fetching.fetch("cifar10").read_bytes() == archive
    assert files_in(cache) == ["cifar-10-binary.tar.gz"]


def test_stopped_by_hand(cache, archive, monkeypatch, capsys):
    def stop(self, size):
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching.Bar, "update", stop)
    with serving(lambda handler: send(handler, archive)) as url:
        at(url, archive, monkeypatch)
        assert data_terminal.main(["fetch", "cifar10"]) == 2
    assert capsys.readouterr().err == "data: stopped; nothing was kept\n"
    assert files_in(cache) == []


def test_too_little_room(cache, archive, monkeypatch, capsys):
    at("http://127.0.0.1:9/x.tar.gz", archive, monkeypatch, size=10**18)
    assert data_terminal.main(["fetch", "cifar10"]) == 2
    message = capsys.readouterr().err
    assert "has room for" in message and "COURSE_CACHE" in message and message.count("\n") == 1


def test_a_cache_that_cannot_be_written(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "file"))
    assert data_terminal.main(["fetch", "emnist"]) == 2
    assert "cannot be written to (Not a directory); name another folder" in capsys.readouterr().err


def test_what_cannot_be_fetched(capsys):
    for name, words in (
        ("nist36", "no address is known any more"),
        ("letters", "comes with the course"),
        ("mnist", "choose one of: nist36, emnist, cifar10"),
    ):
        assert data_terminal.main(["fetch", name]) == 2
        said = capsys.readouterr()
        assert words in said.err and said.err.count("\n") == 1 and said.out == ""


def test_without_pooch_the_rest_works_and_the_message_says_what_to_install(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "pooch", None)
    monkeypatch.delenv("COURSE_CACHE")
    assert data_terminal.main(["fetch", "cifar10"]) == 2
    assert "package pooch is needed; install it with" in capsys.readouterr().err
    formats.write_files(tmp_path / "data" / "cifar10", formats.cifar_files())
    assert len(load("cifar10").test) == 40


def test_addresses_and_checksums_are_complete():
    for source in sources.SOURCES.values():
        assert (source.url is None) == (source.sha256 is None) == (source.size == 0)
        if source.url:
            assert source.url.startswith("https://") and len(source.sha256) == 64
            assert source.url.endswith("/" + source.archives[0])


# --- The commands -----------------------------------------------------------------------------


def test_course_data_lists_and_fetches(cache, archive, monkeypatch):
    shown = CliRunner().invoke(course, ["data"])
    assert shown.exit_code == 0 and "cifar10: not here" in shown.stdout
    with serving(lambda handler: send(handler, archive)) as url:
        at("http://127.0.0.1:9/gone", archive, monkeypatch)
        done = CliRunner().invoke(course, ["data", "fetch", "cifar10", "--from", url])
    assert done.exit_code == 0 and str(cache) in done.stdout
    failed = CliRunner().invoke(course, ["data", "fetch", "nist36"])
    assert failed.exit_code == 2 and failed.stdout == ""
    assert failed.stderr.startswith("course: the data set 'nist36' cannot be fetched")
    assert failed.stderr.count("\n") == 1


def test_a_mirror_must_have_the_same_file(cache, archive):
    """The checksum of the real CIFAR-10 stands; what this server sends is something else."""
    with serving(lambda handler: send(handler, archive)) as url:
        done = CliRunner().invoke(course, ["data", "fetch", "cifar10", "--from", url])
    assert done.exit_code == 2 and "SHA-256" in done.stderr and files_in(cache) == []


def test_students_have_the_same_without_the_command_course(cache):
    environment = os.environ | {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    run = [sys.executable, "-m", "helpers", "data"]
    listed = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert listed.returncode == 0 and "emnist: not here, 562 MB to fetch" in listed.stdout
    failed = subprocess.run(
        [*run, "fetch", "emnist"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert failed.returncode == 2 and failed.stdout == ""
    assert failed.stderr.startswith("data: 'emnist' could not be fetched from https://")
    assert failed.stderr.count("\n") == 1 and "Traceback" not in failed.stderr
    assert not np.any([path.is_file() for path in cache.rglob("*")])
