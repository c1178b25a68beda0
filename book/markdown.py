"""Read the Markdown of a notebook's cells: captions, questions, hints, plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

CAPTION = re.compile(r"\*\*Figure (\d+\.\d+[a-z]?)\.\*\*\s*")
EXERCISE = re.compile(r"^#{2,4} (?:Exercise )?(\d(?:\.\d){1,2})[: ]", re.MULTILINE)
_LABEL = re.compile(r"^#{3,4} (Question|As a function|As functions)\s*$", re.MULTILINE)
_TASK = re.compile(r"^\*\*(?:Your task|Question)\b", re.MULTILINE)
_EXERCISE_HEADING = re.compile(r"^### Exercise .*$", re.MULTILINE)
_HINT = re.compile(r"^(?:> )?(?:\*\*Hint\.?\*\*|\*Hint\.?\*)\s*")


@dataclass(frozen=True)
class Part:
    """A stretch of a cell.

    Attributes
    ----------
    kind : str
        ``"prose"``, ``"question"`` or ``"hint"``.
    text : str
        Markdown.
    title : str
        What stands above a question; may be empty.
    """

    kind: str
    text: str
    title: str = ""


def parts(source: str) -> list[Part]:
    """A cell as prose, then a question with its hints.

    Examples
    --------
    >>> [part.kind for part in parts("Some words.\\n\\n**Your task.** Do it.\\n\\n*Hint.* So.")]
    ['prose', 'question', 'hint']
    """
    label = _LABEL.search(source)
    task = _TASK.search(source)
    title = "Question"
    if label:
        before, after = source[: label.start()], source[label.end() :]
        title = label.group(1)
    elif task:
        before, after = source[: task.start()], source[task.start() :]
        title = "Task" if "task" in task.group(0) else title
    elif heading := _EXERCISE_HEADING.search(source):
        before, after = source[: heading.end()], source[heading.end() :]
        title = "Task"
    else:
        before, after = source, ""
    found = [Part("prose", before.strip())] if before.strip() else []
    return found + _question(after.strip(), title) if after.strip() else found


def _question(text: str, title: str) -> list[Part]:
    asked, hints = [], []
    for paragraph in re.split(r"\n\s*\n", text):
        if _HINT.match(paragraph):
            unquoted = re.sub(r"^> ?", "", paragraph, flags=re.MULTILINE)
            hints.append(Part("hint", _HINT.sub("", unquoted, count=1)))
        else:
            asked.append(paragraph)
    return [Part("question", "\n\n".join(asked), title), *hints]


def plain_words(markdown: str, limit: int = 320) -> str:
    """A caption as words for a reader who cannot see the picture, at most so many characters.

    Examples
    --------
    >>> plain_words("**Figure 1.6.** *Left:* the slope $s'$ of `f`.")
    "Figure 1.6. Left: the slope s' of f."
    """
    text = re.sub(r"\\(?:mathrm|text|operatorname|mathbf)\b", "", markdown)
    text = re.sub(r"\\(?:dots|cdots|ldots)\b", "...", text)
    text = re.sub(r"\\([A-Za-z]+)\s?", r"\1 ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<![\w$])[*_]+|[*_]+(?!\w)|[$`{}\\]", "", text)
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[:limit]
    end = max(cut.rfind(". "), cut.rfind(": "))
    return cut[: end + 1] if end > limit // 2 else cut.rsplit(" ", 1)[0] + " ..."
