"""The pages in a real browser: they show formulas and pictures, fetch nothing, run nothing."""

import dataclasses
import functools
import http.server
import json
import re
import shutil
import threading

import pytest
from selenium import webdriver
from selenium.common import NoAlertPresentException

from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer
from autograder.report import write_feedback, write_report
from helpers.checking.runner import CheckResult
from tests.example_results import example_class
from tests.left_out import with_browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
pytestmark = [pytest.mark.slow, with_browser]

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PHONE = (390, 844)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS.split(" "):
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.set_capability("unhandledPromptBehavior", "ignore")  # a dialog fails the test
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The invented class, written out: its folder."""
    folder = tmp_path_factory.mktemp("class")
    results = example_class()
    write_feedback(results[0], folder / "ada.html")
    write_report(results, folder / "report.html", feedback_links={"Ada Byron": "ada.html"})
    return folder


@pytest.fixture(params=["ada.html", "report.html"])
def page(request, browser, pages):
    show(browser, pages / request.param)
    return browser


def show(browser, path, size=(1000, 900), scheme="light"):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500},
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get_log("performance"), browser.get_log("browser")  # forget what was before
    browser.get(path.as_uri() if hasattr(path, "as_uri") else path)


def requests(browser):
    """Every address that the browser asked for since the last page was opened."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


def outside(addresses):
    return [a for a in addresses if not a.startswith(("file:", "data:", "about:", "chrome:"))]


# --- what an honest page shows -----------------------------------------------------------


def test_formulas_are_drawn_as_formulas(browser, pages):
    show(browser, pages / "ada.html")
    boxes = browser.execute_script("""
        return [...document.querySelectorAll('math')].map(node => {
            const box = node.getBoundingClientRect();
            return [box.width, box.height, node.namespaceURI, node.querySelectorAll('*').length];
        });""")
    assert len(boxes) > 15
    for width, height, namespace, parts in boxes:
        assert width > 3 and height > 3 and parts
        assert namespace == "http://www.w3.org/1998/Math/MathML"
    prose = browser.execute_script(
        "return [...document.querySelectorAll('.prose')].map(n => n.innerText).join(' ')"
    )
    assert "$" not in prose and "\\" not in prose
    assert browser.execute_script("return document.querySelectorAll('code.tex').length") == 0


def test_a_fraction_is_stacked_and_rows_are_aligned(browser, pages):
    """Boxes with a size could still be one line of letters."""
    show(browser, pages / "ada.html")
    above, rights = browser.execute_script("""
        const bottom = n => n.getBoundingClientRect().bottom;
        const top = n => n.getBoundingClientRect().top;
        const fraction = document.querySelector('mfrac');
        return [bottom(fraction.children[0]) <= top(fraction.children[1]) + 1,
                [...document.querySelectorAll('mtd.left')].slice(0, 2)
                    .map(n => n.getBoundingClientRect().left)];""")
    assert above
    assert rights[0] == pytest.approx(rights[1], abs=0.5)


def test_pictures_are_decoded_and_have_a_text(browser, pages):
    show(browser, pages / "ada.html")
    pictures = browser.execute_script("""
        return [...document.images].map(i =>
            [i.complete, i.naturalWidth, i.clientWidth, i.alt]);""")
    assert len(pictures) == 2
    for complete, natural, drawn, alt in pictures:
        assert complete and natural > 0 and drawn > 0 and alt


def test_the_style_sheet_is_let_through_by_our_own_policy(page):
    assert page.execute_script("return getComputedStyle(document.body).maxWidth") != "none"
    assert not [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"]


def test_charts_are_drawn(browser, pages):
    show(browser, pages / "report.html")
    bars = browser.execute_script("""
        return [...document.querySelectorAll('svg rect')].map(n =>
            [n.getBoundingClientRect().height, getComputedStyle(n).fill]);""")
    assert len(bars) > 20
    assert all(height > 0 and fill not in ("none", "rgb(0, 0, 0)") for height, fill in bars)


def test_nothing_is_fetched_but_the_page_itself(page):
    asked = requests(page)
    files = [address for address in asked if address.startswith("file:")]
    assert len(files) == 1
    assert all(address.startswith("data:") for address in asked if address not in files)
    assert (
        page.execute_script(
            "return performance.getEntriesByType('resource').map(e => e.name)"
            ".filter(n => !n.startsWith('data:'))"
        )
        == []
    )


@pytest.mark.parametrize("name", ["ada.html", "report.html"])
def test_nothing_sticks_out_on_a_phone(browser, pages, name):
    show(browser, pages / name, PHONE)
    width = browser.execute_script("return document.documentElement.scrollWidth")
    assert width <= PHONE[0]


# --- accessibility -----------------------------------------------------------------------

CONTRASTS = """
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
}
function luminance(c) {
    const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
        return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function background(node) {
    for (; node; node = node.parentElement) {
        const c = rgba(getComputedStyle(node).backgroundColor);
        if (c[3] === 255) return c;
    }
    return [255, 255, 255, 255];
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    if (!text || !node.checkVisibility()) continue;
    const a = luminance(rgba(getComputedStyle(node).color)), b = luminance(background(node));
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), text.slice(0, 40)]);
}
return found;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["ada.html", "report.html"])
def test_text_stands_out_from_its_ground(browser, pages, name, scheme):
    show(browser, pages / name, scheme=scheme)
    found = browser.execute_script(CONTRASTS)
    assert len(found) > 100
    assert [entry for entry in found if entry[0] < 4.5] == []
    ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    brightness = int(re.search(r"\d+", ground).group())
    assert (brightness > 200) == (scheme == "light")


def test_headings_go_down_one_step_at_a_time(page):
    levels = page.execute_script("""
        return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(n => +n.tagName[1]);""")
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_what_assistive_technology_needs_is_there(page):
    missing = page.execute_script("""
        const named = n => (n.getAttribute('aria-label') || n.innerText || '').trim();
        const bad = [];
        if (document.documentElement.lang !== 'en' || !document.title) bad.push('page');
        document.querySelectorAll('img:not([alt]), img[alt=""]').forEach(n => bad.push('img'));
        document.querySelectorAll('table:not(.prose table) th:not([scope])')
            .forEach(n => bad.push('th ' + n.innerText));
        document.querySelectorAll('svg:not([aria-hidden]):not([role=img][aria-label])')
            .forEach(n => bad.push('svg'));
        document.querySelectorAll('a, summary').forEach(n => named(n) || bad.push(n.outerHTML));
        document.querySelectorAll('[aria-labelledby]').forEach(n =>
            document.getElementById(n.getAttribute('aria-labelledby')) || bad.push(n.outerHTML));
        if (document.querySelectorAll('main').length !== 1) bad.push('main');
        return bad;""")
    assert missing == []


# --- what a hostile page cannot do -------------------------------------------------------

TRAP = "window.pwned=1;alert(1)"
PAYLOADS = (
    f"<script>{TRAP}</script>",
    f"</script><script>{TRAP}</script>",
    f"</style><script>{TRAP}</script><style>",
    f"</title><script>{TRAP}</script>",
    f"</textarea></pre></code></details><img src=x onerror={TRAP}>",
    f'"><svg onload="{TRAP}">',
    f"' onfocus='{TRAP}' autofocus tabindex=1 x='",
    f'" onmouseover="{TRAP}" style="position:fixed;inset:0" x="',
    f"<iframe srcdoc='<script>parent.{TRAP}</script>'></iframe>",
    f"<a href='javascript:{TRAP}' autofocus>click</a>",
    f"[click](javascript:{TRAP}) [click](data:text/html,<script>{TRAP}</script>)",
    f"<javascript:{TRAP}>",
    f"![x](x\" onerror=\"{TRAP}) ![x](data:image/svg+xml,<svg/onload={TRAP}>)",
    f"<math><mtext></p><style><!--</style><img title='--&gt;&lt;img src=x onerror={TRAP}&gt;'>",
    f"<math><mtext><table><mglyph><style><!--</style><img src=x onerror={TRAP}>",
    rf"$\text{{<img src=x onerror={TRAP}>}}$",
    rf"$\href{{javascript:{TRAP}}}{{x}} \style{{x:y}}{{z}} \class{{' onclick='{TRAP}}}{{w}}$",
    rf"$$\unicode{{x3c}}script\unicode{{x3e}}{TRAP}\unicode{{x3c}}/script\unicode{{x3e}}$$",
    rf"$\text{{&#x3c;img src=x onerror={TRAP}&#x3e;}}$",
    "{{ cycler.__init__.__globals__.os.system('id') }}{% for x in y %}",
    f"<details open ontoggle={TRAP}><marquee onstart={TRAP}>",
    f"<noscript><p title='</noscript><img src=x onerror={TRAP}>'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{TRAP}'>",
    "<base href='http://OUTSIDE/'><link rel=stylesheet href=http://OUTSIDE/a.css>",
    "<img src=http://OUTSIDE/b.png> ![c](http://OUTSIDE/c.png) <video src=http://OUTSIDE/d>",
    "</style><style>@import 'http://OUTSIDE/e.css';*{background:url(http://OUTSIDE/f)}</style>",
    "<form action=http://OUTSIDE/g><button autofocus>Log in</button></form>",
    f"\u202e<\u200bscript>{TRAP}</script>\ud800\x00<scr\x00ipt>{TRAP}</script>",
    f"`` `<img src=x onerror={TRAP}>` ``\n\n```\"><img src=x onerror={TRAP}>\nx\n```",
    f"|<img src=x onerror={TRAP}>|\n|-|\n|[a]|\n\n[a]: <javascript:{TRAP}> '\"><b onclick=x>'",
)  # fmt: skip


def planted(payload):
    """A submission with the payload in every field that a student can reach, and more."""
    texts = dict.fromkeys(
        ("problem", "diagnosis", "called", "got", "expected", "traceback", "hint"), payload
    )
    checks = tuple(
        CheckResult(f"2.2.2/{payload}", "2.2.2", 1.0, status, public, **texts)
        for status in ("pass", "fail", "missing", "error")
        for public in (True, False)
    )
    verdicts = tuple(
        ExerciseVerdict(f"{i}{payload}", payload, payload, 0.5, 1.0, status, payload, checks,
                        payload, (payload,))
        for i, status in enumerate(("pass", "partial", "fail", "error", "missing", payload))
    )  # fmt: skip
    attachments = {payload: {payload: payload, "image/png": payload},
                   "x": {"image/svg+xml": payload}}  # fmt: skip
    answers = tuple(
        WrittenAnswer(payload, payload, payload, payload, 1.0, status, source, attachments)
        for status, source in (("answered", payload), (payload, f"![{payload}](attachment:x)"))
    )
    return SubmissionResult(payload, verdicts, answers, (payload,), (payload,), payload)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A web server that notes what is asked of it, and must be asked nothing."""
    folder = tmp_path_factory.mktemp("web")
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format, *args):
            asked.append(self.path)

    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{found.server_port}", asked
        found.shutdown()


def without_policy(path):
    """The same page with its policy taken out: escaping has to hold alone, too."""
    html = path.read_text(encoding="utf-8")
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert bare != html
    copy = path.with_name(f"bare-{path.name}")
    copy.write_text(bare, encoding="utf-8")
    return copy


PROVOKE = """
document.querySelectorAll('details').forEach(node => node.open = true);
document.querySelectorAll('*').forEach(node => {
    for (const kind of ['click', 'mouseover', 'focus', 'toggle'])
        if (!(kind === 'click' && node.tagName === 'A' && node.getAttribute('href') &&
              /^(#|[.][/])/.test(node.getAttribute('href'))))
            node.dispatchEvent(new Event(kind, {bubbles: false, cancelable: true}));
});
return [...document.querySelectorAll('*')].flatMap(node =>
    [...node.attributes].filter(a => /^on/i.test(a.name) || a.name === 'srcdoc' ||
        (a.name === 'style') || /^\\s*javascript:/i.test(a.value))
        .map(a => node.tagName + ' ' + a.name)
    .concat(/^(script|iframe|object|embed|base|form|video|marquee|meta-refresh)$/i
        .test(node.tagName) ? [node.tagName] : []));
"""


def has_dialog(browser):
    try:
        browser.switch_to.alert.dismiss()
    except NoAlertPresentException:
        return False
    return True


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "escaping alone"])
def test_no_planted_text_runs_or_fetches(browser, server, tmp_path, policy):
    address, asked = server
    for number, payload in enumerate(PAYLOADS):
        result = planted(payload.replace("OUTSIDE", address))
        paths = [tmp_path / f"{number}.html", tmp_path / f"{number}-report.html"]
        write_feedback(result, paths[0])
        write_report([result], paths[1], feedback_links={result.student: result.student})
        for path in paths:
            show(browser, path if policy else without_policy(path))
            assert not has_dialog(browser), payload
            assert browser.execute_script(PROVOKE) == [], payload
            assert not has_dialog(browser), payload
            assert browser.execute_script("return typeof window.pwned") == "undefined", payload
            assert outside(requests(browser)) == [], payload
            assert browser.current_url.endswith(".html"), payload
    assert asked == []


def test_the_battery_bites_where_nothing_is_escaped(browser, server, tmp_path):
    """Were the payloads harmless, the test above would show nothing."""
    address, asked = server
    ran = 0
    for number, payload in enumerate(PAYLOADS):
        path = tmp_path / f"raw-{number}.html"
        raw = payload.replace("OUTSIDE", address).replace(";alert(1)", "")
        path.write_text(f"<!DOCTYPE html><p>{raw}", encoding="utf-8", errors="replace")
        show(browser, path)
        ran += browser.execute_script("return typeof window.pwned") != "undefined"
    assert ran >= 10
    assert asked
    asked.clear()


def test_the_policy_stops_a_script_that_slipped_through(browser, server, pages, tmp_path):
    address, asked = server
    smuggled = (
        f"<script>{TRAP}</script><img src=x onerror='{TRAP}'><img src='http://{address}/x.png'>"
        f"<style>body {{ background: url(http://{address}/y.png) }}</style>"
        f"<p id=styled style='position: fixed'>x</p><iframe src='http://{address}/z'></iframe>"
    )
    html = (pages / "ada.html").read_text(encoding="utf-8")
    path = tmp_path / "slipped.html"
    path.write_text(html.replace('<main id="main">', f'<main id="main">{smuggled}'), "utf-8")
    show(browser, path)
    assert browser.execute_script("return typeof window.pwned") == "undefined"
    assert (
        browser.execute_script(
            "return getComputedStyle(document.getElementById('styled')).position"
        )
        == "static"
    )
    assert asked == []


@pytest.mark.parametrize(
    "source",
    [
        "$" + r"\frac{1}{" * 18 + "x" + "}" * 18 + "$",
        "$" + r"\sqrt{" * 18 + "x" + "}" * 18 + "$",
        "$" + "x^{" * 18 + "x" + "}" * 18 + "$",
        "$a$ " * 5000,
        "> " * 18 + "x",
        "W" * 20_000,
        "\u0301" * 20_000,
        "$$" + r"\quad" * 500 + "x$$",
    ],
    ids=["fractions", "roots", "powers", "many", "quotes", "one word", "accents", "spaces"],
)
def test_a_hostile_answer_neither_hangs_the_browser_nor_widens_the_page(browser, tmp_path, source):
    answer = WrittenAnswer("q", "2.1.1", "Zeros", "02_network", 2.0, "answered", source)
    result = dataclasses.replace(example_class(3)[0], written=(answer,), student="W" * 500)
    write_feedback(result, tmp_path / "page.html")
    show(browser, tmp_path / "page.html", PHONE)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= PHONE[0]
    assert ("$" in source) == bool(browser.execute_script("return document.querySelector('math')"))
    prose, below = browser.execute_script("""
        const prose = document.querySelector('.prose').getBoundingClientRect();
        return [prose.bottom, document.querySelector('footer').getBoundingClientRect().top];""")
    assert prose <= below
