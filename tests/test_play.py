"""The figures that one can play with, in a real browser and beside NumPy."""

import base64
import importlib.util
import json
import re
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit
from selenium import webdriver

from autograder.course.reference import reference_functions
from book.play import code, depth, rates
from book.play.build import build_draw
from book.play.packing import quantise
from book.play.page import FIGURES, STATIC, fragment, write_page
from data.networks.build import probabilities
from helpers.crops import normalise_crop
from helpers.datasets import load
from helpers.datasets.model import CLASSES
from helpers.datasets.pages import load_page
from helpers.errors import NotebookError
from helpers.images import load_photograph
from helpers.networks import load_network
from tests.play_strokes import STROKES, another_hand

pytestmark = pytest.mark.slow

PHONE = (360, 740)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return write_page(tmp_path_factory.mktemp("play"))


@pytest.fixture
def play(browser, page):
    """The page with all figures, freshly opened, in light colours, on a wide screen."""
    return Figures(browser, page)


class Figures:
    """What the tests do with the page."""

    def __init__(self, browser, page):
        self.browser, self.page = browser, page
        self.open()

    def open(self, size=(1000, 900), media="screen", **features):
        self.command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1],
                     deviceScaleFactor=1, mobile=size == PHONE)  # fmt: skip
        listed = [
            {"name": f"prefers-{k.replace('_', '-')}", "value": v} for k, v in features.items()
        ]
        self.command("Emulation.setEmulatedMedia", media=media, features=listed)
        self.browser.get_log("browser")
        self.browser.get(self.page.as_uri())

    def command(self, name, **arguments):
        self.browser.execute_cdp_cmd(name, arguments)

    def js(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def find(self, figure, part):
        return self.browser.find_element("css selector", f"#play-{figure} [data-part='{part}']")

    def text(self, figure, part):
        return self.js("return arguments[0].textContent", self.find(figure, part))

    def pixels(self, figure, part):
        """What is painted on a canvas, as text."""
        return self.js("return arguments[0].toDataURL()", self.find(figure, part))

    def set(self, slider, value):
        self.js("arguments[0].value = arguments[1];"
                "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
                slider, value)  # fmt: skip

    def keys(self, *keys):
        webdriver.ActionChains(self.browser).send_keys(*keys).perform()

    def read(self, drawings):
        """The probabilities (n, 36) and crops (n, 1024) for strokes laid on the sheet."""
        rows = self.js("""
            const figure = document.querySelector("#play-draw");
            return arguments[0].map((strokes) => {
                figure.playPad.strokes = strokes;
                figure.playPad.update(true);
                return [...figure.playState.probabilities, ...figure.playState.x];
            });""", drawings)  # fmt: skip
        rows = np.array(rows)
        return rows[:, :36], rows[:, 36:]

    def draw(self, strokes, kind="mouse"):
        """Draw with the pointer: press, move, release."""
        sheet = self.find("draw", "pad")
        self.js("arguments[0].scrollIntoView({block: 'center'})", sheet)
        side = sheet.size["width"]
        actions = webdriver.ActionChains(self.browser, duration=0)
        hand = webdriver.common.actions.pointer_input.PointerInput(kind, f"a {kind}")
        actions.w3c_actions = webdriver.common.actions.action_builder.ActionBuilder(
            self.browser, mouse=hand, duration=0
        )
        pointer = actions.w3c_actions.pointer_action
        for stroke in strokes:
            for k, (x, y) in enumerate(stroke[::2] + [stroke[-1]]):
                pointer.move_to(sheet, round((x - 0.5) * side), round((y - 0.5) * side))
                if k == 0:
                    pointer.pointer_down()
            pointer.pointer_up()
        actions.w3c_actions.perform()


def data_of(name):
    """What a data file assigns."""
    text = (STATIC / f"{name}-data.js").read_text(encoding="utf-8")
    return json.loads(text[text.index(" = ") + 3 : text.rindex(";")])


# --- the numbers -----------------------------------------------------------------------------


FORWARD = """
const network = Play.data.draw.layers.map(Play.unpackLayer);
return arguments[0].map((x) => [...Play.network.forward(x, network).probabilities]);"""


def test_the_network_in_the_browser_is_the_network_of_notebook_3(play):
    rng = np.random.default_rng(7)
    letters = load("letters").validation.x.astype(float)
    shown = letters[rng.choice(len(letters), 200, replace=False)]
    computed = np.array(play.js(FORWARD, shown.tolist()))
    params = {name: values.astype(float) for name, values in load_network().items()}
    np.testing.assert_allclose(computed, probabilities(params, shown)[1], atol=1e-3)


def test_pictures_that_are_no_letters_are_computed_alike_to_rounding_errors(play):
    shown = np.random.default_rng(7).uniform(0, 1, (30, 1024))
    computed = np.array(play.js(FORWARD, shown.tolist()))
    params = {}
    packed = [("layer1", 12), ("output", 16)]
    for (name, bits), layer in zip(packed, data_of("draw")["layers"], strict=True):
        whole, _ = quantise(load_network()[f"W{name}"].astype(float), bits, name == "layer1")
        params[f"W{name}"], params[f"b{name}"] = whole * layer["scales"], np.array(layer["bias"])
    np.testing.assert_allclose(computed, probabilities(params, shown)[1], atol=1e-9)


def test_all_letters_of_the_validation_set_keep_their_answers():
    """Rounding the weights must not cost anything; this needs no browser."""
    split = load("letters").validation
    params = {name: values.astype(float) for name, values in load_network().items()}
    exact = probabilities(params, split.x.astype(float))[1]
    for name, bits in (("layer1", 12), ("output", 16)):
        whole, scales = quantise(params[f"W{name}"], bits, name == "layer1")
        if name == "layer1":
            params["blayer1"] = params["blayer1"] + (params["Wlayer1"] - whole * scales).sum(axis=0)
        params[f"W{name}"] = whole * scales
    rounded = probabilities(params, split.x.astype(float))[1]
    assert np.abs(rounded - exact).max() < 1e-3


def crops_to_try():
    """Square cuts from a photograph, noise, an empty sheet, a speck, ink on the border."""
    rng = np.random.default_rng(7)
    page = load_page("01_shopping")
    photograph = np.rint(np.asarray(load_photograph(page.path)) * 255).astype(np.uint8)
    for y1, x1, y2, x2 in page.boxes[rng.choice(len(page.boxes), 8, replace=False)]:
        middle, side = [(y1 + y2) // 2, (x1 + x2) // 2], max(y2 - y1, x2 - x1) // 2 + 6
        top, left = np.clip(np.subtract(middle, side), 0, np.subtract(photograph.shape, 2 * side))
        yield photograph[top : top + 2 * side, left : left + 2 * side]
    yield rng.integers(0, 256, (61, 61), dtype=np.uint8)
    yield np.full((40, 40), 255, dtype=np.uint8)
    for box in ((slice(20, 60), slice(0, 8)), (slice(5, 8), slice(5, 8))):
        sheet = np.full((80, 80), 230, dtype=np.uint8)
        sheet[15:60, 30:38] = 20
        sheet[box] = 20
        yield sheet


def test_a_crop_is_normalised_as_in_python(play):
    for picture in crops_to_try():
        computed = play.js(
            "const [height, width, bytes] = arguments;"
            "const values = Float64Array.from(bytes, (byte) => byte / 255);"
            "return [...Play.crop.normalise({height, width, values}).values]",
            *picture.shape, picture.ravel().tolist(),
        )  # fmt: skip
        np.testing.assert_allclose(computed, normalise_crop(picture).ravel(), atol=1e-9)


def test_a_drawing_is_normalised_as_in_python(play):
    for character in "AQ8":
        _, (crop,) = play.read([STROKES[character]])
        sheet = play.js("return [...document.querySelector('#play-draw').playPad.picture().values]")
        side = round(len(sheet) ** 0.5)
        wanted = normalise_crop(np.reshape(sheet, (side, side)))
        np.testing.assert_allclose(crop, wanted.ravel(), atol=1e-9)


def test_the_decoder_and_the_psnr_are_those_of_numpy(play):
    data = data_of("code")
    computed = play.js("""
        const layers = Play.data.code.layers.map(Play.unpackLayer);
        const weights = layers.map((layer) => [[...layer.W], [...layer.b]]);
        const pictures = Play.data.code.codes.map((c) => [...Play.autoencoder.decode(c, layers)]);
        return [weights, pictures];""")  # fmt: skip
    (W1, b1), (W2, b2) = computed[0]
    hidden = np.maximum(0, np.array(data["codes"]) @ np.reshape(W1, (-1, len(b1))) + b1)
    wanted = expit(hidden @ np.reshape(W2, (len(b1), -1)) + b2)
    np.testing.assert_allclose(computed[1], wanted, atol=1e-9)
    original = np.array(
        play.js("return [...document.querySelector('#play-code').playState.original]")
    )
    first = data["classes"].index(data["start"]) * data["each"]
    psnr = -10 * np.log10(np.mean((1 - wanted[first] - original) ** 2))
    assert play.text("code", "psnr") == f"PSNR {psnr:.1f} dB"


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_gradients_through_depth_are_those_of_numpy(play, activation):
    layers, size = 4, 1.3
    net, sizes = play.js("""
        const net = Play.depth.network(7);
        const plain = (list) => list.map((values) => [...values]);
        const few = [plain(net.inputs), plain(net.gradients), plain(net.weights.slice(0, 4))];
        return [few, [...Play.depth.gradientSizes(net, ...arguments).sizes]];""",
        activation, layers, size)  # fmt: skip
    x, delta = np.array(net[0]), np.array(net[1])
    weights = [size * np.reshape(values, (64, 64)) for values in net[2]]
    np.testing.assert_allclose(
        sizes, depth.gradient_sizes(x, delta, weights, activation), rtol=1e-9
    )
    assert np.std(weights) == pytest.approx(size / 8, rel=0.05)


# --- drawing -----------------------------------------------------------------------------------


def test_all_characters_drawn_plainly_are_read(play):
    probs, _ = play.read(list(STROKES.values()))
    assert "".join(CLASSES[k] for k in probs.argmax(axis=1)) == "".join(STROKES)


def test_other_hands_are_read_as_well(play):
    """O and 0 are the same shape in many hands: one for the other is no mistake here."""
    rng = np.random.default_rng(2026)
    wrong = []
    for character, strokes in STROKES.items():
        probs, _ = play.read([another_hand(strokes, rng) for _ in range(2)])
        read = "".join(CLASSES[k] for k in probs.argmax(axis=1))
        wrong += [(character, r) for r in read if r != character and {r, character} != {"O", "0"}]
    assert len(wrong) <= 4, wrong  # of 72


@pytest.mark.parametrize(
    ("kind", "character"), [*(("mouse", letter) for letter in "LTOI"), ("pen", "A"), ("touch", "X")]
)
def test_what_is_drawn_with_a_pointer_is_read(play, kind, character):
    play.find("draw", "clear").click()
    assert play.text("draw", "guess") == "?"
    play.draw(STROKES[character], kind)
    assert play.text("draw", "guess") == character
    assert len(play.js("return document.querySelector('#play-draw').playPad.strokes")) == len(
        STROKES[character]
    )


def test_clear_undo_and_the_width_of_the_pen(play):
    play.find("draw", "clear").click()
    play.draw(STROKES["T"])
    drawn = play.pixels("draw", "pad")
    play.draw([STROKES["L"][0]])
    play.find("draw", "undo").click()
    assert play.pixels("draw", "pad") == drawn
    play.set(play.find("draw", "pen"), 110)
    assert play.pixels("draw", "pad") != drawn
    assert play.text("draw", "guess") == "T"


def test_a_letter_drawn_with_the_keyboard_is_read_and_announced(play):
    play.find("draw", "pad").send_keys("\ue017")  # delete: an empty sheet
    up, down, right, left = "\ue013", "\ue015", "\ue014", "\ue012"
    play.keys(left * 4, up * 7, " ", down * 14, right * 9, " ")
    assert play.text("draw", "guess") == "L"
    play.keys("\ue003")  # backspace takes the stroke back
    assert play.text("draw", "guess") == "?"
    play.keys(" ", down * 7, " ")
    wait(lambda: "network reads" in play.text("draw", "announcement"))


def wait(ready, tries=100):
    for _ in range(tries):
        if ready():
            return
        time.sleep(0.05)
    pytest.fail("it did not come")


def test_samples_are_written_and_read(play):
    play.open(reduced_motion="reduce")
    buttons = play.find("draw", "samples").find_elements("css selector", "button")
    assert len(buttons) >= 6
    for button in buttons:
        button.click()
        assert play.text("draw", "guess") == button.text


def test_a_sample_is_written_in_motion_and_a_stroke_of_ones_own_stops_it(play):
    play.find("draw", "samples").find_elements("css selector", "button")[1].click()
    wait(lambda: play.text("draw", "guess") == "8")
    play.js("document.querySelector('#play-draw [data-part=samples] button').click()")
    play.find("draw", "clear").click()
    play.js("return new Promise((done) => setTimeout(done, 200))")
    assert play.text("draw", "guess") == "?"


def test_a_hidden_unit_shows_its_weights(play):
    units = play.find("draw", "units").find_elements("css selector", "button")
    assert len(units) == 64
    assert sum(unit.get_attribute("tabindex") == "0" for unit in units) == 1
    play.js("arguments[0].focus()", units[0])
    before = play.pixels("draw", "weights")
    play.keys("\ue015", "\ue014")  # down, right
    assert play.js("return document.activeElement === arguments[0]", units[9])
    assert play.pixels("draw", "weights") != before
    assert "Unit 10" in play.text("draw", "unit-text")


# --- learning rates ------------------------------------------------------------------------------


def test_the_slider_changes_the_curves_and_the_words(play):
    slider = play.find("rates", "slider")
    seen = set()
    for place in range(len(rates.RATES)):
        play.set(slider, place)
        curve = play.js("return document.querySelector('#play-rates .play-valid[d]')"
                        ".getAttribute('d')")  # fmt: skip
        seen.add((curve, play.text("rates", "rate"), play.text("rates", "words")))
        assert slider.get_attribute("aria-valuetext").startswith(f"{rates.RATES[place]}")
    assert len(seen) == len(rates.RATES)
    assert "Broken" in play.text("rates", "words")
    play.js("arguments[0].focus()", slider)
    play.keys("\ue011")  # home: the smallest rate
    assert "Too small" in play.text("rates", "words")
    play.keys("\ue014" * 4)
    assert "the tuned rate" in play.text("rates", "rate")


def test_the_recorded_curves_are_what_notebook_3_gives():
    data = data_of("rates")
    assert [run["rate"] for run in data["runs"]] == list(rates.RATES)
    assert data["tuned"] == rates.TUNED == rates.RATES[len(rates.RATES) // 2]
    source = (Path(rates.__file__).parents[2] / "notebooks/03_training.ipynb").read_text("utf-8")
    assert f"learning_rate={rates.TUNED}, batch_size={rates.BATCH}" in source
    (again,) = rates.record([rates.TUNED], epochs=2)
    kept = data["runs"][len(rates.RATES) // 2]
    for curve in rates.CURVES:
        assert len(kept[curve]) == rates.EPOCHS + 1
        np.testing.assert_allclose(again[curve], kept[curve][:3], atol=0.02)
    assert data["runs"][-1]["valid_loss"][-1] > np.log(36)  # the largest rate learns nothing


# --- depth ---------------------------------------------------------------------------------------


def test_the_words_say_what_becomes_of_the_gradient(play):
    play.set(play.find("depth", "layers"), 30)
    assert "vanishes" in play.text("depth", "words")
    tanh = play.browser.find_element("css selector", "#play-depth input[value=tanh]")
    play.js("arguments[0].scrollIntoView({block: 'center'})", tanh)
    tanh.click()
    assert "gets through" in play.text("depth", "words")
    line = "return document.querySelector('#play-depth .play-line').getAttribute('d')"
    before = play.js(line)
    assert before.count("L") == 30
    play.find("depth", "again").click()
    assert play.js(line) != before
    play.js("arguments[0].focus()", play.find("depth", "size"))
    play.keys("\ue010")  # end: the largest weights
    assert "explodes" in play.text("depth", "words")
    assert play.text("depth", "size-value") == "16.00"


# --- codes ---------------------------------------------------------------------------------------


def test_dragging_a_number_changes_the_picture_and_reset_brings_it_back(play):
    numbers = play.find("code", "numbers").find_elements("css selector", "input")
    before, psnr = play.pixels("code", "rebuilt"), play.text("code", "psnr")
    untouched = play.pixels("code", "effect")
    play.js("arguments[0].scrollIntoView({block: 'center'})", numbers[5])
    high = numbers[5].size["height"]
    webdriver.ActionChains(play.browser).move_to_element(
        numbers[5]
    ).click_and_hold().move_by_offset(0, round(-0.4 * high)).release().perform()
    assert float(numbers[5].get_attribute("value")) > 0.8 * float(numbers[5].get_attribute("max"))
    assert play.pixels("code", "rebuilt") != before
    assert play.pixels("code", "effect") != untouched
    assert play.text("code", "psnr") != psnr
    play.find("code", "reset").click()
    assert play.pixels("code", "rebuilt") == before
    assert play.text("code", "psnr") == psnr


def test_a_number_can_be_changed_with_the_keyboard(play):
    number = play.find("code", "numbers").find_element("css selector", "input")
    before, value = play.pixels("code", "rebuilt"), float(number.get_attribute("value"))
    play.js("arguments[0].focus()", number)
    play.keys("\ue013" * 5)  # up
    assert float(number.get_attribute("value")) > value
    assert play.pixels("code", "rebuilt") != before


def test_letters_can_be_picked_and_walked_between(play):
    letters = play.find("code", "letters").find_elements("css selector", "button")
    assert [letter.text for letter in letters] == list(CLASSES)
    letters[CLASSES.index("C")].click()
    letter = play.pixels("code", "original")
    play.find("code", "other").click()
    assert play.pixels("code", "original") != letter
    play.js("arguments[0].value = 15", play.find("code", "target"))  # P
    play.set(play.find("code", "way"), 100)
    walked = play.js("return document.querySelector('#play-code').playState.code")
    np.testing.assert_allclose(walked, data_of("code")["codes"][15 * code.EACH])


def test_the_letters_to_pick_are_of_the_validation_set_and_come_back_recognisable(play):
    data = data_of("code")
    bits = np.unpackbits(
        np.frombuffer(base64.b64decode(data["images"]), np.uint8), bitorder="little"
    )
    levels = bits.reshape(-1, 4) @ (1 << np.arange(4))
    images = levels.reshape(-1, 1024) / data["levels"]
    known = {np.rint(x * 15).astype(np.uint8).tobytes() for x in load("letters").validation.x}
    assert len(images) == len(CLASSES) * data["each"]
    assert all(np.rint(x * 15).astype(np.uint8).tobytes() in known for x in images)
    rebuilt = 1 - np.array(play.js(
        "const layers = Play.data.code.layers.map(Play.unpackLayer);"
        "return Play.data.code.codes.map((c) => [...Play.autoencoder.decode(c, layers)])"
    ))  # fmt: skip
    assert (-10 * np.log10(((rebuilt - images) ** 2).mean(axis=1))).mean() > 18
    params = load_network()
    read = probabilities(params, rebuilt)[1].argmax(axis=1)
    assert (read == np.arange(len(images)) // data["each"]).mean() > 0.6


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1000, 900), PHONE], ids=["wide", "phone"])
def test_nothing_is_wrong_on_any_screen(play, scheme, size):
    play.open(size, color_scheme=scheme)
    assert play.js("return document.documentElement.scrollWidth") <= size[0]
    assert play.browser.get_log("browser") == []
    addresses = play.js("return performance.getEntries().map((entry) => entry.name)")
    assert [a for a in addresses if re.match(r"(https?|wss?|ftp):", a)] == []
    stills = play.browser.find_elements("css selector", ".play-still")
    assert len(stills) == len(FIGURES) and not any(still.is_displayed() for still in stills)
    problems = serious_problems(play)
    assert problems == []


def serious_problems(play):
    spec = importlib.util.find_spec("axe_core_python")
    play.js((Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = play.browser.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run().then((r) => done(r.violations))"
    )
    return [
        (problem["id"], [node["html"][:100] for node in problem["nodes"]][:3])
        for problem in found
        if problem["impact"] in ("serious", "critical")
    ]


def test_a_theme_of_the_page_comes_before_the_readers_system(play):
    ask = "return getComputedStyle(document.querySelector('.play')).color"
    light = play.js(ask)
    play.js("document.body.dataset.theme = 'dark'")
    dark = play.js(ask)
    assert dark != light
    play.open(color_scheme="dark")
    assert play.js(ask) == dark
    play.js("document.body.dataset.theme = 'light'")
    assert play.js(ask) == light


@pytest.mark.parametrize("way", ["no scripts", "paper"])
def test_without_scripts_and_on_paper_there_are_pictures(play, way):
    if way == "paper":
        play.open(media="print")
    else:
        play.command("Emulation.setScriptExecutionDisabled", value=True)
        play.open()
    try:
        for figure in FIGURES:
            still = play.browser.find_element("css selector", f"#play-{figure} .play-still")
            live = play.browser.find_element("css selector", f"#play-{figure} .play-live")
            assert still.is_displayed() and not live.is_displayed()
            assert still.get_attribute("alt").strip()
            play.js("arguments[0].loading = 'eager'", still)
            wait(lambda still=still: play.js("return arguments[0].naturalWidth", still) > 0)
    finally:
        play.command("Emulation.setScriptExecutionDisabled", value=False)
        play.open()


# --- files ---------------------------------------------------------------------------------------


def test_the_files_are_small():
    sizes = {path.name: path.stat().st_size for path in STATIC.iterdir()}
    assert sizes["draw-data.js"] <= 150_000
    assert sum(sizes.values()) < 700_000


def test_the_data_of_the_drawing_figure_are_those_that_the_build_makes():
    for name, text in build_draw().items():
        if name.endswith(".js"):
            assert (STATIC / name).read_text(encoding="utf-8") == text


def test_scripts_ask_for_nothing_and_fragments_name_files_that_are_there():
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert '"use strict"' in text
        asks = r"\bfetch\(|XMLHttpRequest|WebSocket|\bimport\b|https?://(?!www\.w3\.org/2000/svg)"
        assert not re.search(asks, text), path.name
    for name in FIGURES:
        named = re.findall(r'(?:src|href)="([^"]+)"', fragment(name))
        assert named and all((STATIC / Path(address).name).is_file() for address in named)


def test_an_unknown_figure_is_named():
    with pytest.raises(ValueError, match="no figure 'paint'"):
        fragment("paint")


def test_a_function_that_no_notebook_defines_is_named():
    with pytest.raises(NotebookError, match="no_such_function"):
        reference_functions(["02_network"], ["no_such_function"])
