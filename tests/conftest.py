"""What all tests share."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.left_out import BROWSER

ROOT = Path(__file__).resolve().parents[1]


def pytest_itemcollected(item):
    """``-k 2.2.2`` and ``-k 2_2_2`` both find the tests that concern this exercise."""
    for exercise in re.findall(r"\d(?:[._]\d+)+", item.name):
        item.extra_keyword_matches |= {exercise.replace("_", "."), exercise.replace(".", "_")}


def pytest_make_parametrize_id(val, argname):
    """No test is named after bytes: an archive holds the time of its making.

    Several processes share the tests only if all of them find the same names.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def browser(chromium):
    """The browser that all tests share, as it was at the start whatever a test did to it."""
    yield chromium
    chromium.get("about:blank")
    usual = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    chromium.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **usual})
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """A headless Chromium that is driven by Selenium; nothing outside this machine answers it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip(BROWSER)
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--window-size=1300,1100",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    ):  # fmt: skip
        options.add_argument(argument)
    service = webdriver.ChromeService(executable_path=driver)
    driven = webdriver.Chrome(options=options, service=service)
    driven.set_page_load_timeout(60)
    yield driven
    driven.quit()


@pytest.fixture
def jupyter_server(tmp_path):
    """A function that starts a Jupyter server in a folder and gives its address."""
    with contextlib.ExitStack() as running:

        def start(folder: Path, env: dict[str, str]) -> str:
            return running.enter_context(_server(folder, env, tmp_path))

        yield start


@contextlib.contextmanager
def _server(folder: Path, env: dict[str, str], scratch: Path):
    port = _free_port()
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        "--ServerApp.password=", "--LabApp.expose_app_in_browser=True",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    own = {"JUPYTER_CONFIG_DIR": str(scratch / "config"), "HOME": str(scratch),
           "JUPYTER_DATA_DIR": str(scratch / "data"), "IPYTHONDIR": str(scratch / "ipython"),
           "JUPYTER_RUNTIME_DIR": str(scratch / "runtime")}  # fmt: skip
    with open(scratch / "server.log", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, env={**env, **own},
                                   stdout=log, stderr=subprocess.STDOUT)  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/api", process, scratch / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.25)
    pytest.fail(f"the Jupyter server did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="session")
def command_env() -> dict[str, str]:
    """The environment of a person who has activated the virtual environment."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])
    env["PYTHONPATH"] = str(ROOT)
    env["OMP_NUM_THREADS"] = "1"
    return env
