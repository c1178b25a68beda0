"""How well pages are read, beside what is known from elsewhere; and how fast.

Real photographs are looked for in the folder named by the environment variable ``COURSE_REAL``
(``characters/<label>/NN.png``, and ``pages/*.jpg`` each with its text in a ``.txt``), or in
``../shared/real`` beside the checkout. What is not there is skipped, and said so.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.guards import all_wheats
from exercises.commands.read import read_command
from helpers.boxes import found_and_true
from helpers.checking.answers import Cell, load_answers
from helpers.datasets.pages import load_pages
from helpers.for_checks import handwriting
from helpers.images import load_photograph
from helpers.networks import load_network
from helpers.spelling import characters_wrong, words_right

NOTEBOOK = "04_ocr"
KNOWN_PAGES = "34.6% (write-up), 24% (median of 35), 14.2% (best), 42% (Tesseract), 12.2% (trial)"
CONSOLE = Console(highlight=False, width=150)
DRAWS = 30
KINDS = {
    "ordinary": {},
    "shadow": {"shadow": 0.5, "slope": 0.3, "darkness": 0.5},
    "poor light": {"shadow": 0.45, "slope": 0.3, "darkness": 0.4},
    "small": {"size": 26},
    "large": {"size": 100},
}


def real_folder() -> Path | None:
    """Where the real photographs are, or None."""
    beside = find_course().root.parent / "shared" / "real"
    folder = Path(os.environ.get("COURSE_REAL", beside))
    return folder if folder.is_dir() else None


def solution(cells: list[Cell]) -> dict[str, Callable]:
    """The functions of notebook 4."""
    wanted = ["find_letters", "crop_letters", "read_page", "read_in_context"]
    return load_answers(cells, wanted).namespace


def main() -> None:
    """Print every figure."""
    reader = solution(list(source_cells(NOTEBOOK)))
    table = Table("measure", "known", "at least", "here", title="Reading")
    folder = real_folder()
    if folder is None:
        CONSOLE.print("no real photographs here (COURSE_REAL): their rows are skipped")
    else:
        real_characters(table, folder / "characters")
        real_pages(table, folder / "pages", reader)
    embedded_pages(table, reader)
    seconds(table)
    CONSOLE.print(table)
    spread(reader)


def real_characters(table: Table, folder: Path) -> None:
    """Photographed characters through `course read --characters`."""
    images = sorted(folder.glob("*/*.png"))
    if not images:
        CONSOLE.print(f"no photographed characters in {folder}: skipped")
        return
    read = list(read_command(images, characters=True))
    right = np.mean([image.parent.name == label for image, label in zip(images, read, strict=True)])
    known = "62% (best public weights), 74% (trial)"
    table.add_row("real characters right, 64 sigmoid units", known, "79%", f"{right:.1%}")


def real_pages(table: Table, folder: Path, reader: dict[str, Callable]) -> None:
    """Photographed pages: boxes, characters, words; the same for Tesseract."""
    pages = [(path, path.with_suffix(".txt").read_text().strip()) for path in folder.glob("*.jpg")]
    pages.sort()
    if not pages:
        CONSOLE.print(f"no photographed pages in {folder}: skipped")
        return
    images = [load_photograph(path) for path, _ in pages]
    boxes = [len(reader["find_letters"](image)[0]) for image in images]
    wanted = [len("".join(text.split())) for _, text in pages]
    table.add_row(
        "boxes on the real pages", f"{wanted}", "all of them, nothing else", f"{boxes} boxes"
    )
    params = load_network()
    texts = [reader["read_in_context"](image, params) for image in images]
    score(table, "course read", texts, pages)
    score(table, "each letter alone", [reader["read_page"](i, params) for i in images], pages)
    if shutil.which("tesseract"):
        score(table, "Tesseract", [tesseract(path) for path, _ in pages], pages)
    else:
        CONSOLE.print("tesseract is not installed: its rows are skipped")
    for text in texts:
        CONSOLE.print(text, style="dim")


def score(table: Table, who: str, texts: list[str], pages: list[tuple[Path, str]]) -> None:
    """Characters wrong and words right, each page weighted by its length."""
    truth = [text for _, text in pages]
    letters = [len("".join(text.split())) for text in truth]
    words = [len(text.split()) for text in truth]
    wrong = np.average(list(map(characters_wrong, texts, truth)), weights=letters)
    right = np.average(list(map(words_right, texts, truth)), weights=words)
    bars = ("", "") if who == "Tesseract" else ("at most 7%", "70%")
    table.add_row(f"real pages, characters wrong ({who})", KNOWN_PAGES, bars[0], f"{wrong:.1%}")
    table.add_row(f"real pages, words right ({who})", "not reported", bars[1], f"{right:.1%}")


def tesseract(path: Path) -> str:
    """What Tesseract reads, told that there are capitals and digits only."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    command = [
        "tesseract",
        str(path),
        "-",
        "--psm",
        "6",
        "-c",
        f"tessedit_char_whitelist={letters}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return "\n".join(line for line in done.stdout.split("\n") if line.strip())


def embedded_pages(table: Table, reader: dict[str, Callable]) -> None:
    """The sample pages: boxes and text."""
    params, found, true, wrong, right = load_network(), [], [], [], []
    pages = load_pages()
    for page in pages:
        image = page.photograph()
        boxes, _ = reader["find_letters"](image)
        hit, correct = found_and_true(boxes, page.boxes)
        found.append(hit)
        true.append(correct)
        text = reader["read_in_context"](image, params)
        wrong.append(characters_wrong(text, page.text))
        right.append(words_right(text, page.text))
    recall, precision = np.concatenate(found).mean(), np.concatenate(true).mean()
    table.add_row(
        "boxes on the sample pages: recall, precision", "", "0.99", f"{recall:.4f}, {precision:.4f}"
    )
    letters = [len(page.letters) for page in pages]
    words = [len(page.text.split()) for page in pages]
    table.add_row(
        "sample pages, characters wrong and words right",
        "",
        "",
        f"{np.average(wrong, weights=letters):.1%}, {np.average(right, weights=words):.1%}",
    )


def seconds(table: Table) -> None:
    """One photograph of 12 megapixels, from file to text, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "page.jpg"
        with Image.open(load_pages()[0].path) as picture:
            picture.resize((4000, 3000), Image.Resampling.BICUBIC).save(large, quality=90)
        code = (
            "import sys; from exercises.commands.read import read_command as read; "
            "print(*read(sys.argv[1:]))"
        )
        ours = clock([sys.executable, "-c", code, str(large)])
        theirs = "not installed"
        if shutil.which("tesseract"):
            theirs = "Tesseract: {:.2f} s, processor {:.2f} s".format(
                *clock(["tesseract", str(large), "-"])
            )
    table.add_row(
        "one page of 12 megapixels, file to text, start included",
        theirs,
        "faster than Tesseract",
        "{:.2f} s, processor {:.2f} s".format(*ours),
    )


def clock(command: list[str], repeats: int = 5) -> tuple[float, float]:
    """The medians of a command's wall time and processor time, in seconds, on one thread."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    wall, processor = [], []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env=environment)
        wall.append(time.perf_counter() - begin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(wall), statistics.median(processor)


def spread(reader: dict[str, Callable]) -> None:
    """How far right solutions are from the thresholds of the checks of notebook 4."""
    table = Table(
        "solution", "pages", "recall, least", "precision, least", "characters wrong, most",
        "crops like training images, least median",
        title=f"Spread over {DRAWS} pages of each kind (asked for: 0.95, 0.95, 15%, 0.8)",
    )  # fmt: skip
    solutions = {"notebook": reader}
    for path in all_wheats():
        if path.stem == NOTEBOOK and path.parent.name != "plain_loops":  # far too slow for this
            solutions[path.parent.name] = solution([Cell(path.read_text(), path.parent.name)])
    params = load_network()
    for name, functions in solutions.items():
        for kind, options in KINDS.items():
            rows = [_draw(functions, params, seed, options) for seed in range(DRAWS)]
            recall, precision, wrong, alike = np.array(rows).T
            table.add_row(
                name, kind, f"{recall.min():.3f}", f"{precision.min():.3f}", f"{wrong.max():.1%}",
                f"{alike.min():.3f}",
            )  # fmt: skip
    CONSOLE.print(table)


def _draw(functions: dict, params: dict, seed: int, options: dict) -> tuple[float, ...]:
    """One page: recall, precision, characters wrong, likeness of the crops."""
    page = handwriting.page(np.random.default_rng([4, seed]), **options)
    boxes, _ = functions["find_letters"](page.image)
    crops = functions["crop_letters"](np.where(page.ink > 0.5, 0.0, 1.0), page.boxes)
    alike = [np.corrcoef(a, b)[0, 1] for a, b in zip(crops, page.originals, strict=True)]
    return (
        handwriting.recall(boxes, page.boxes),
        handwriting.precision(boxes, page.boxes),
        characters_wrong(functions["read_page"](page.image, params), page.text),
        float(np.median(alike)),
    )


if __name__ == "__main__":
    main()
