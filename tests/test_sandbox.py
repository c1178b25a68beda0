"""The box: what it refuses, what it allows, and that nothing of it stays."""

import ctypes
import os
import re
import secrets
import shutil
import signal
import socket
import struct
import sys
import time
from functools import partial
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.judging.guards import in_this_process
from autograder.judging.judge import draws_from
from autograder.sandbox import box as sandbox_module
from autograder.sandbox import command, first_process
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from autograder.sandbox.command import bwraps
from autograder.sandbox.first_process import FirstProcess
from autograder.sandbox.machine import EVERYTHING
from autograder.student_process import calls
from autograder.student_process.clearing import Scratch, is_modest, kill_all_others
from helpers.checking.answers import Cell
from helpers.checking.catalogue import catalogue
from helpers.checking.failures import NoAnswer, StudentRaised
from helpers.errors import SandboxError
from tests.hostile.watching import descendants, nothing_left, wait_until_gone
from tests.left_out import ATTRIBUTES, HEADERS, on_x86
from tests.running import check_files_of

EPERM, ENOSYS = 1, 38


@pytest.fixture(scope="module")
def box():
    with Sandbox() as sandbox:
        yield sandbox


def run(box, source: str, *args, seconds: float = 60.0, offers=EVERYTHING):
    """Run a function ``answer`` in the box and give what it returned."""
    backend = RemoteBackend(box, Program((Cell(source, "cell"),), ("answer",), offers=offers))
    try:
        return backend.call("answer", args, {}, seconds).value
    finally:
        backend.close()


# --- Chance -----------------------------------------------------------------------------------

DRAWING = """
import random
import numpy as np

first = float(np.random.rand())


def answer():
    return [first, float(np.random.rand()), random.random()]
"""


def drawn(backend_for, seed):
    """What a student's function draws when it is judged with a seed."""
    program = Program((Cell(DRAWING, "cell"),), ("answer",), chance=draws_from(seed, "2.1.2"))
    backend = backend_for(program)
    try:
        return [backend.call("answer", (), {}, 60.0).value for _ in range(2)]
    finally:
        getattr(backend, "close", lambda: None)()


def test_a_probe_is_that_of_the_course_whatever_the_student_made_of_it(box):
    """An answer that has no model would otherwise bring a probe that makes one up."""
    source = """
from helpers import activations

def _patch():
    activations.relu = lambda *args: 42

def answer(_patched=_patch()):
    return activations.relu()
"""
    backend = RemoteBackend(box, Program((Cell(source, "cell"),), ("answer",)))
    try:
        assert backend.call("answer", (), {}, 60.0).value == 42
        found = backend.call("helpers.activations.relu", (np.array([-1.0, 2.0]),), {}, 60.0).value
    finally:
        backend.close()
    np.testing.assert_array_equal(found, [0.0, 2.0])


@pytest.mark.parametrize("module", sorted(
    path.stem for path in (find_course().root / "helpers" / "for_checks").glob("[a-z]*.py")
))  # fmt: skip
def test_what_only_checks_need_is_not_in_the_box(box, module):
    """Exact gradients and right trainings would be answers for whoever calls them."""
    source = f"""
def answer():
    from helpers.for_checks import {module}
    return True
"""
    course = find_course()
    shown = {*course.box.probes, *(library.module for library in course.libraries.values())}
    backend = RemoteBackend(box, Program((Cell(source, "cell"),), ("answer",)))
    try:
        if f"helpers.for_checks.{module}" in shown:
            assert backend.call("answer", (), {}, 60.0).value is True
        else:
            with pytest.raises(StudentRaised, match="cannot import name"):
                backend.call("answer", (), {}, 60.0)
    finally:
        backend.close()


def test_every_probe_of_a_check_is_kept_as_it_was():
    called = set()
    for path in check_files_of(exercise.id for exercise in catalogue().checked):
        source = path.read_text(encoding="utf-8")
        full_names = {short: name for name, short in re.findall(r"import (\w+) as (\w+)", source)}
        for module in re.findall(r"\.via\(\s*(\w+)\.", source):
            called.add(full_names.get(module, module))
    assert "torch_probes" in called
    probes = find_course().box.probes
    assert {f"helpers.for_checks.{module}" for module in called} <= set(probes)


def test_a_seed_brings_a_students_own_draws_again(box):
    kinds = [in_this_process, partial(RemoteBackend, box)]
    found = [drawn(kind, seed) for seed in (5, 5, 6) for kind in kinds]
    assert found[0] == found[1] == found[2] == found[3] != found[4] == found[5]
    assert found[0][0][0] == found[0][1][0] and found[0][0][1:] != found[0][1][1:]


# --- The filter of system calls --------------------------------------------------------------


def verdict(program: bytes, arch: int, number: int, args=()) -> int:
    """What the filter says of a call: a small machine for classic BPF."""
    words = [number, arch, 0, 0]
    for argument in (*args, *[0] * (6 - len(args))):
        words += [argument & 0xFFFFFFFF, (argument >> 32) & 0xFFFFFFFF]
    code = list(struct.iter_unpack("HBBI", program))
    at, held = 0, 0
    while True:
        what, yes, no, value = code[at]
        at += 1
        if what == calls.LOAD:
            held = words[value // 4]
        elif what == calls.GIVE:
            return value
        else:
            holds = {
                calls.EQUAL: held == value,
                calls.AT_LEAST: held >= value,
                calls.ANY_BIT: bool(held & value),
            }[what]
            at += yes if holds else no


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_number_gets_the_verdict_that_is_meant(machine):
    program, arch = calls.filter_program(machine, 7), calls.AUDIT_ARCH[machine]
    assert len(program) // 8 < 4096
    looked_at = {calls.CLONE[machine], calls.KILL[machine], calls.TGKILL[machine]}
    looked_at |= {calls.PRLIMIT[machine], calls.FCNTL[machine], calls.IOCTL[machine]}
    refused = set(calls.REFUSED[machine].values())
    assert not looked_at & refused
    for number in range(1000):
        if number in looked_at:
            continue
        if number in refused:
            expected = calls.REFUSE
        elif number >= calls.FIRST_SHARED and number not in calls.ALLOWED_SHARED.values():
            expected = calls.UNKNOWN
        else:
            expected = calls.ALLOW
        assert verdict(program, arch, number) == expected, number
    for number in (0x40000000, 0x40000000 + 59, 0xFFFFFFFF, 0x80000000):
        assert verdict(program, arch, number) == calls.REFUSE
    other = next(a for m, a in calls.AUDIT_ARCH.items() if m != machine)
    for arch in (other, 0x40000003, 0):
        assert verdict(program, arch, 0) == calls.KILL_PROCESS


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_arguments_decide_where_they_must(machine):
    program, arch = calls.filter_program(machine, 7), calls.AUDIT_ARCH[machine]

    def says(table, *args):
        return verdict(program, arch, table[machine], args)

    thread = calls.CLONE_THREAD
    assert says(calls.CLONE, 0x3D0F00) == calls.ALLOW  # as pthread_create makes one
    assert says(calls.CLONE, 0x11) == says(calls.CLONE, 0x10000011 & ~thread) == calls.REFUSE
    assert says(calls.CLONE, thread << 32) == calls.REFUSE
    for table in (calls.KILL, calls.TGKILL):
        assert says(table, 7) == calls.ALLOW
        for pid in (0, 1, -1, -7, 8, 2**32 + 8):
            assert says(table, pid) == calls.REFUSE
    assert says(calls.PRLIMIT, 0) == says(calls.PRLIMIT, 7) == calls.ALLOW
    assert says(calls.PRLIMIT, 1) == calls.REFUSE
    assert says(calls.FCNTL, 3, 4) == says(calls.IOCTL, 3, 0x5421) == calls.ALLOW
    for number in calls.REFUSED_FCNTL:
        assert says(calls.FCNTL, 3, number) == calls.REFUSE
    for number in calls.REFUSED_IOCTL:
        assert says(calls.IOCTL, 3, number) == calls.REFUSE


@pytest.mark.parametrize(
    "machine, header",
    [
        ("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        ("aarch64", "/usr/include/asm-generic/unistd.h"),
    ],
)
def test_the_numbers_are_the_kernels(machine, header):
    if not Path(header).is_file():
        pytest.skip(HEADERS)
    pattern = re.compile(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)", re.MULTILINE)
    known = {name: int(number) for name, number in pattern.findall(Path(header).read_text())}
    ours = {
        **calls.REFUSED[machine], "clone": calls.CLONE[machine], "kill": calls.KILL[machine],
        "tgkill": calls.TGKILL[machine], "prlimit64": calls.PRLIMIT[machine],
        "fcntl": calls.FCNTL[machine], "ioctl": calls.IOCTL[machine],
        **{n: i for n, i in calls.ALLOWED_SHARED.items() if n in known},
    }  # fmt: skip
    assert ours == {name: known[name] for name in ours}


def test_an_unknown_machine_has_no_filter():
    with pytest.raises(OSError, match="riscv64"):
        calls.filter_program("riscv64", 1)


CALLS = """
import ctypes, json

def answer(numbers):
    libc = ctypes.CDLL(None, use_errno=True)
    got = []
    for number in numbers:
        ctypes.set_errno(0)
        value = libc.syscall(ctypes.c_long(number), -1, -1, -1, -1, -1, -1)
        got.append([value, ctypes.get_errno()])
    return got
"""


@on_x86
def test_refused_calls_are_refused_for_real(box):
    refused = sorted(calls.REFUSED["x86_64"].values())
    assert run(box, CALLS, refused) == [[-1, EPERM]] * len(refused)
    shared = range(calls.FIRST_SHARED, 600)
    unknown = [n for n in shared if n not in calls.ALLOWED_SHARED.values()]
    assert run(box, CALLS, unknown) == [[-1, ENOSYS]] * len(unknown)
    x32 = [0x40000000 + number for number in (0, 39, 57, 59, 101)]
    assert run(box, CALLS, x32) == [[-1, EPERM]] * len(x32)


@on_x86
def test_the_other_table_of_calls_kills(box):
    source = """
        import ctypes, mmap

        def answer():
            code = mmap.mmap(-1, 4096, prot=7)
            code.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")  # getpid by the 32-bit door
            start = ctypes.addressof(ctypes.c_char.from_buffer(code))
            return ctypes.CFUNCTYPE(ctypes.c_int)(start)()
    """
    with pytest.raises(NoAnswer, match="ended"):
        run(box, "\n".join(line[8:] for line in source.splitlines()))


# --- What honest code needs ------------------------------------------------------------------


def test_threads_files_and_signals_to_oneself_work(box):
    source = """
        import os, pathlib, queue, signal, tempfile, threading
        import numpy as np

        def answer():
            results, hits = queue.Queue(), []
            work = lambda i: results.put(np.linalg.svd(np.ones((50, 50)) + i)[1][0])
            threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            signal.signal(signal.SIGUSR1, lambda *args: hits.append(1))
            os.kill(os.getpid(), signal.SIGUSR1)
            signal.raise_signal(signal.SIGUSR1)
            with tempfile.TemporaryDirectory() as folder:
                np.save(folder + "/x.npy", np.arange(10))
                total = np.load(folder + "/x.npy").sum()
            pathlib.Path("here.txt").write_text("relative paths too")
            return [results.qsize(), len(hits), int(total)]
    """
    assert run(box, "\n".join(line[8:] for line in source.splitlines())) == [8, 2, 45]


@pytest.mark.slow
def test_the_libraries_of_the_course_work(box):
    source = """
        import numpy as np

        def answer():
            import matplotlib.pyplot as plt
            import scipy.optimize, scipy.signal, scipy.special, scipy.stats
            from PIL import Image
            figure = plt.figure()
            figure.gca().plot(np.arange(10))
            figure.savefig("figure.png")
            best = scipy.optimize.minimize(lambda x: (x[0] - 3) ** 2, [0.0]).x[0]
            return [Image.open("figure.png").size[0] > 0, round(float(best), 3)]
    """
    assert run(box, "\n".join(line[8:] for line in source.splitlines())) == [True, 3.0]


# --- The life of a box -----------------------------------------------------------------------


def test_one_box_serves_many_processes_one_after_the_other():
    count = "SEEN.append(1)\n    return [len(SEEN), os.getpid()]"
    source = f"import os\nSEEN = []\ndef answer():\n    {count}"
    with nothing_left("no file"), Sandbox() as box:
        first, second = run(box, source), run(box, source)
        assert first[0] == second[0] == 1
        assert first[1] != second[1] > 1
        box.close()
        box.close()
        assert run(box, source)[0] == 1


DEEP = """
import os

def answer():
    for _ in range(2000):
        os.mkdir("deep")
        os.chdir("deep")
    return os.environ["TMPDIR"]
"""


@pytest.mark.parametrize("confined", [True, False])
def test_folders_as_deep_as_can_be_stop_nobody(confined):
    with nothing_left("no file"), Sandbox(confined=confined) as box:
        folder = run(box, DEEP)
        assert run(box, "def answer():\n    return 1") == 1
    assert confined or not os.path.exists(folder)


@pytest.mark.parametrize("confined", [True, False])
def test_a_box_for_each_set_of_packages_stays_open(confined):
    answer = "def answer():\n    return 1"
    with (
        mock.patch.object(sandbox_module, "FirstProcess", wraps=FirstProcess) as started,
        nothing_left("no file"),
        Sandbox(confined=confined) as box,
    ):
        for offers in (("numpy",), ("numpy", "tqdm"), ("numpy",), ("numpy", "tqdm")):
            assert run(box, answer, offers=offers) == 1
        assert started.call_count == (2 if confined else 1)


def test_a_box_that_was_killed_is_replaced():
    with nothing_left("no file"), Sandbox() as box:
        box.begin()
        os.killpg(box._now._process.pid, signal.SIGKILL)
        assert run(box, "def answer():\n    return 1") == 1


def test_a_stopped_first_process_does_not_stop_the_grader(monkeypatch):
    monkeypatch.setattr(first_process, "LEAVE_SECONDS", 0.5)
    monkeypatch.setattr(first_process, "STOP_SECONDS", 0.5)
    before = descendants()
    with nothing_left("no file"), Sandbox() as box:
        box.begin()
        for pid in descendants() - before:
            os.kill(pid, signal.SIGSTOP)
        assert run(box, "def answer():\n    return 1") == 1


def test_the_time_of_its_processes_is_counted():
    before = os.times()
    with Sandbox() as box:
        run(box, "import time\ndef answer():\n    while time.process_time() < 1:\n        pass")
    after = os.times()
    spent = after.children_user + after.children_system
    assert spent - before.children_user - before.children_system >= 0.8


@pytest.mark.parametrize("program", bwraps())
def test_every_bubblewrap_of_this_machine_will_do(program):
    with (
        mock.patch.object(first_process, "bwraps", lambda: (program,)),
        nothing_left("no file"),
        Sandbox() as box,
    ):
        assert run(box, "def answer():\n    return 42") == 42


def test_a_bubblewrap_that_fails_is_followed_by_the_next():
    programs = (shutil.which("false"), *bwraps())
    with mock.patch.object(first_process, "bwraps", lambda: programs), Sandbox() as box:
        assert run(box, "def answer():\n    return 42") == 42


@pytest.mark.parametrize("found, says", [(("/bin/false",), "does not start"), ((), "no `bwrap`")])
def test_without_a_sandbox_grading_is_refused(found, says, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: found[0] if found else None)
    monkeypatch.setattr(command, "_bwrap_of_wheel", lambda: None)
    with nothing_left("no file"), Sandbox() as box, pytest.raises(SandboxError, match=says):
        box.begin()


def test_a_process_that_cannot_be_confined_is_nobodys_fault(tmp_path, monkeypatch):
    """No student may fail because a machine has no filter of system calls."""
    copy = tmp_path / "student_process"
    shutil.copytree(command.STUDENT_PROCESS, copy)
    text = (copy / "confine.py").read_text()
    (copy / "confine.py").write_text(text.replace("platform.machine()", '"pdp11"'))
    monkeypatch.setattr(command, "STUDENT_PROCESS", copy)
    with nothing_left("no file"), Sandbox() as box, pytest.raises(SandboxError, match="pdp11"):
        box.begin()


def test_the_box_shows_no_copy_of_the_grader(tmp_path, monkeypatch):
    """After a plain install the grader lies in site-packages, which the box shows.

    This one lies in /tmp, as everything may where the course is tried out.
    """
    site = tmp_path / "site-packages"
    (site / "autograder" / "checks").mkdir(parents=True)
    (site / "autograder" / "checks" / "test_hidden.py").write_text("secret")
    (site / "public.py").write_text("public")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    source = """
        import os, sys

        def answer():
            site = next(path for path in sys.path if "public.py" in os.listdir(path))
            hidden = os.listdir(site + "/autograder")
            try:
                open(site + "/autograder/x", "w")
            except OSError as error:
                return [hidden, open(site + "/public.py").read(), error.errno]
    """
    lines = "\n".join(line[8:] for line in source.splitlines())
    lines = lines.replace(
        "for path in sys.path if", "for path in sys.path if os.path.isdir(path) and"
    )
    with Sandbox() as box:
        assert run(box, lines) == [[], "public", 30]


def test_nothing_but_the_system_and_the_course_is_there(box):
    source = "import os\ndef answer(path):\n    return sorted(os.listdir(path))"
    assert run(box, source, "/course") == ["data", "helpers", "student_process"]
    assert run(box, source, "/course/data") == ["words"]  # a tool of notebook 4 looks words up
    assert run(box, source, "/scratch") == run(box, source, "/dev/shm") == []
    assert {"tests", "notebooks", ".git"}.isdisjoint(run(box, source, "/"))


# --- Without the box -------------------------------------------------------------------------


def test_an_open_process_has_a_folder_of_its_own_which_goes(tmp_path, monkeypatch):
    token = f"open{secrets.token_hex(6)}"
    source = f"""
        import os, tempfile

        def answer():
            open("{token}-1", "w").close()
            open(os.path.join(tempfile.gettempdir(), "{token}-2"), "w").close()
            return [os.getcwd() == tempfile.gettempdir() == os.environ["HOME"], os.getcwd()]
    """
    with nothing_left(token), Sandbox(confined=False) as box:
        own, folder = run(box, "\n".join(line[8:] for line in source.splitlines()))
        assert own
        assert os.path.isdir(folder) and os.listdir(folder) == []
    assert not os.path.exists(folder)


def test_daemons_of_an_open_process_are_killed():
    """Three generations, each in a session of its own, all orphans: none is left."""
    before = descendants()
    with nothing_left("no file"):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            try:
                ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
                _daemons(3)
                time.sleep(0.3)
                kill_all_others(0, sandboxed=False)
                os.write(writer, b"%d" % len(descendants()))
            finally:
                os._exit(0)
        os.close(writer)
        assert os.read(reader, 10) == b"0"
        os.close(reader)
        os.waitpid(child, 0)
        assert not wait_until_gone(before)


def _daemons(generations: int) -> None:
    if os.fork() == 0:
        os.setsid()
        if generations:
            _daemons(generations - 1)
        if generations % 2:
            os._exit(0)
        signal.pause()


# --- Clearing up -----------------------------------------------------------------------------


def test_everything_in_the_folder_goes_and_nothing_outside_it(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    scratch = Scratch(inside, own_filesystem=False)
    (outside / "kept").mkdir(parents=True)
    (outside / "kept" / "file").write_text("kept")
    outside.chmod(0o755)
    (inside / "closed" / "deeper").mkdir(parents=True)
    (inside / "closed" / "deeper" / "file").write_text("x")
    (inside / "link").symlink_to(outside, target_is_directory=True)
    (inside / "closed" / "link").symlink_to(outside / "kept", target_is_directory=True)
    (inside / "dead").symlink_to("nowhere")
    os.mkfifo(inside / "fifo")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(inside / "socket"))
    listener.close()
    (inside / "closed").chmod(0)
    inside.chmod(0o500)
    assert scratch.clear()
    assert list(inside.iterdir()) == []
    assert (outside / "kept" / "file").read_text() == "kept"
    assert outside.stat().st_mode & 0o777 == 0o755
    assert scratch.clear()


def test_a_folder_that_was_changed_itself_is_not_clean(tmp_path):
    scratch = Scratch(tmp_path, own_filesystem=False)
    try:
        os.setxattr(tmp_path, "user.note", b"x")
    except OSError:
        pytest.skip(ATTRIBUTES)
    assert not scratch.clear()


def test_too_many_files_are_seen(tmp_path):
    scratch = Scratch(tmp_path, own_filesystem=True)
    assert scratch.is_modest()
    with mock.patch.object(os, "statvfs") as about:
        about.return_value = mock.Mock(f_files=10**9, f_ffree=0, f_blocks=10, f_bfree=10)
        assert not scratch.is_modest()
        assert not scratch.clear()


def test_a_crowd_of_threads_is_seen():
    assert is_modest(os.getpid())
    with mock.patch("autograder.student_process.clearing.MAX_THREADS", 0):
        assert not is_modest(os.getpid())
    assert is_modest(2**22 + 1)  # nobody there


def test_this_is_linux():
    assert sys.platform == "linux"  # the tests above mean nothing elsewhere
