"""A student opens a released notebook in JupyterLab and writes softmax: a check turns green."""

import pytest

from autograder.course.course import find_course, read_notebook
from autograder.course.release import release, write_notebook

NOTEBOOK = "02_network"
ANSWER, CHECK = "q2-2-2", "q2-2-2-check"
# One line, so that what the editor does at the start of a line plays no part.
SOFTMAX = (
    "def softmax(x): e = np.exp(x - np.max(x, axis=1, keepdims=True)); "
    "return e / np.sum(e, axis=1, keepdims=True)"
)
CELLS = "const cells = jupyterapp.shell.currentWidget.content.widgets;"
FIND = CELLS + "const at = cells.findIndex(c => c.model.id === arguments[0]);"
SHOW = (
    FIND + "const book = jupyterapp.shell.currentWidget.content; book.activeCellIndex = at;"
    "const done = arguments[1]; book.scrollToItem(at, 'center').then(() => done(true));"
)
OUTPUT = FIND + "return JSON.stringify(cells[at].model.outputs.toJSON());"
STATE = CELLS + (
    "return cells.filter(c => c.model.type === 'code').map(c => "
    "[c.model.id, c.model.executionCount, c.model.executionState,"
    " c.model.outputs.toJSON().filter(o => o.output_type === 'error').map(o => o.ename)]);"
)


@pytest.fixture
def folder(tmp_path):
    """A released folder in which every exercise but softmax is done."""
    folder = tmp_path / "handed out"
    release(folder)
    source = find_course().read_notebook(NOTEBOOK)
    right = {cell.id: cell.source for cell in source.cells}
    notebook = read_notebook(folder / f"{NOTEBOOK}.ipynb")
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution") and mark["grade_id"] != ANSWER:
            cell.source = right[cell.id]
    write_notebook(notebook, folder / f"{NOTEBOOK}.ipynb")
    return folder


class Lab:
    """JupyterLab in a browser, with a notebook open."""

    def __init__(self, browser, address):
        self.browser = browser
        browser.get(f"{address}/lab/tree/{NOTEBOOK}.ipynb?reset")
        self.wait(lambda: browser.execute_script(
            "return window.jupyterapp && jupyterapp.shell.currentWidget"
            " && jupyterapp.shell.currentWidget.sessionContext"
            " && jupyterapp.shell.currentWidget.sessionContext.session"
            " && jupyterapp.shell.currentWidget.sessionContext.session.kernel"
            " && jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle';"
        ), 90)  # fmt: skip

    def wait(self, condition, seconds):
        from selenium.common.exceptions import JavascriptException
        from selenium.webdriver.support.wait import WebDriverWait

        patience = WebDriverWait(self.browser, seconds, 0.5, [JavascriptException])
        return patience.until(lambda _: condition())

    def run_all(self):
        """Run every cell, and wait until the kernel has nothing left to do."""
        self.browser.execute_async_script(
            "const done = arguments[0]; const commands = jupyterapp.commands;"
            "commands.execute('notebook:clear-all-cell-outputs').then(() => {"
            "  commands.execute('notebook:restart-run-all').catch(() => 0); done(true); });"
        )
        self.press_restart()
        self.wait(self.is_done, 150)

    def press_restart(self):
        """Restarting asks whether one is sure."""
        from selenium.webdriver.common.by import By

        button = ".jp-Dialog .jp-mod-accept"
        self.wait(lambda: self.browser.find_elements(By.CSS_SELECTOR, button), 20)[0].click()
        self.wait(lambda: not self.browser.find_elements(By.CSS_SELECTOR, ".jp-Dialog"), 20)

    def is_done(self):
        """Whether the last cell has run, or one before it has failed."""
        states = self.states()
        failed = any(errors for *_, errors in states)
        return not any(s == "running" for _, _, s, _ in states) and (
            failed or all(count for _, count, *_ in states)
        )

    def states(self):
        return self.browser.execute_script(STATE)

    def errors(self):
        return [(cell, name) for cell, _, _, errors in self.states() for name in errors]

    def output(self, cell):
        return self.browser.execute_script(OUTPUT, cell)

    def show(self, cell):
        self.browser.execute_async_script(SHOW, cell)

    def write(self, cell, text):
        """Click into a cell, select all that is there, and type."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.by import By
        from selenium.webdriver.common.keys import Keys

        self.show(cell)
        editor = self.wait(lambda: self.browser.find_element(
            By.CSS_SELECTOR, ".jp-Notebook .jp-Cell.jp-mod-active .cm-content"), 20)  # fmt: skip
        editor.click()
        keys = ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a")
        keys.key_up(Keys.CONTROL).send_keys(text).perform()

    def active_output(self):
        from selenium.webdriver.common.by import By

        return self.browser.find_element(
            By.CSS_SELECTOR, ".jp-Notebook .jp-Cell.jp-mod-active .jp-OutputArea"
        )


@pytest.mark.slow
def test_a_check_turns_green(folder, browser, jupyter_server, command_env, tmp_path):
    env = {key: value for key, value in command_env.items() if key != "PYTHONPATH"}
    address = jupyter_server(folder, env)
    lab = Lab(browser, address)

    lab.run_all()
    assert "0 of " in lab.output(CHECK) and "is not written yet" in lab.output(CHECK)
    waits = "This cell waits for exercise 2.2.2: `softmax` is not written yet."
    assert waits in lab.output("figure-softmax") and lab.errors() == []
    lab.show("figure-softmax")
    browser.save_screenshot(str(tmp_path / "waiting.png"))

    lab.write(ANSWER, SOFTMAX.replace("axis=1", "axis=0"))
    lab.run_all()
    lab.show(CHECK)
    assert "✗" in lab.active_output().text
    assert lab.active_output().size["height"] < browser.get_window_size()["height"]
    browser.save_screenshot(str(tmp_path / "red.png"))

    lab.write(ANSWER, SOFTMAX)
    lab.run_all()
    assert lab.errors() == []
    lab.show(CHECK)
    shown = lab.active_output()
    assert "checks pass" in shown.text and "✗" not in shown.text
    assert shown.text.count("✓") >= 2
    mark = shown.find_element("xpath", ".//span[contains(., '✓')]")
    red, green, blue, _ = (
        float(x) for x in mark.value_of_css_property("color")[5:-1].split(",")
    )  # fmt: skip
    assert green > red and green > blue
    browser.save_screenshot(str(tmp_path / "green.png"))
