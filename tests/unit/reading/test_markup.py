"""Languages that are written like Markdown: their fences stay, and what stands in one is edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reply_cases import seen
from understudy.config.policy import Policy
from understudy.core.markup import MARKDOWN_LIKE, MARKUP
from understudy.core.text import Span
from understudy.edit_formats import Region
from understudy.engine.scope import block_of
from understudy.reading.enclosing import enclosing
from understudy.workspace.view import View

TEXT = "# Shop\n\nRun:\n\n```python\nprint(1)\n```\n\nend\n"
AFTER = TEXT.replace("print(1)", "print(2)")
BLOCK = "```python\nprint(2)\n```\n"


def _view(text: str, language: str) -> View:
    path = Path("/ws/guide.text")
    return View(path.as_uri(), text, Policy(), language=language, path=path, root=path.parent)


def _read(text: str, language: str, lines: range, reply: str) -> str | None:
    return seen(reply, Region(_view(text, language), lines), "region").after


@pytest.mark.parametrize("language", sorted(MARKUP))
def test_the_fence_of_an_example_is_not_lost(language: str) -> None:
    assert _read(TEXT, language, range(4, 7), BLOCK) == AFTER
    assert _read(TEXT, language, range(2, 7), f"Run:\n\n{BLOCK}") == AFTER


@pytest.mark.parametrize("language", sorted(MARKUP))
def test_code_in_place_of_prose_may_be_a_part_of_it(language: str) -> None:
    assert _read(TEXT, language, range(8, 9), "```python\nthe end\n```\n") is None


@pytest.mark.parametrize("language", sorted(MARKDOWN_LIKE))
def test_a_text_may_be_called_markdown_or_by_its_own_dialect(language: str) -> None:
    for word in ("markdown", "md", language.partition(".")[0]):
        reply = f"````{word}\n{AFTER}````\n"
        region = Region(_view(TEXT, language), range(9))
        assert seen(reply, region, "whole_file").after == AFTER, word


def test_marks_of_edits_inside_of_such_a_text_are_text() -> None:
    marks = "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE"
    text = TEXT.replace("print(1)", marks)
    for language in ("markdown", "quarto", "prompt"):
        reply = f"````{language}\n{text.replace('end', 'the end')}````\n"
        region = Region(_view(text, language), range(13))
        assert seen(reply, region).after == text.replace("end\n", "the end\n"), language


@pytest.mark.parametrize(
    ("opening", "old", "word", "new"),
    [
        ("```sh", "make", "sh", "make all"),
        ("```bash", "make", "sh", "make all"),
        ("```console", "$ make", "console", "$ make all"),
        ("```", "make", "sh", "make all"),
        ("~~~powershell", "ls", "powershell", "dir"),
        ("```python", "print(1)", "python", "print(2)"),
        ("```{python}", "print(1)", "python", "print(2)"),
        ("```{r, echo=FALSE}", "summary(x)", "r", "summary(y)"),
        ("```json", '{"a": 1}', "json", '{"a": 2}'),
        ("```js", "f(1)", "javascript", "f(2)"),
    ],
)
def test_a_line_inside_of_a_fence_is_read_in_the_language_of_the_fence(
    opening: str, old: str, word: str, new: str
) -> None:
    text = f"# Shop\n\n{opening}\n{old}\n{opening[:3]}\n\nend\n"
    reply = f"```{word}\n{new}\n```\n"
    assert _read(text, "markdown", range(3, 4), reply) == text.replace(old, new)


def test_a_command_is_no_code_of_another_language() -> None:
    assert _read(TEXT, "markdown", range(5, 6), "```sh\nmake all\n```\n") is None


def test_a_selection_inside_of_a_fence_is_about_the_lines_of_the_fence() -> None:
    at = TEXT.index("print")
    assert block_of(_view(TEXT, "markdown"), Span(at, at + 8)) == range(5, 6)
    assert block_of(_view(TEXT, "quarto"), Span(at, at + 8)) == range(5, 6)
    outside = block_of(_view(TEXT, "markdown"), Span(0, 0))
    assert outside.start == 0


@pytest.mark.parametrize(
    ("text", "lines", "wanted"),
    [
        ("a\n```\nb\nc\n```\nd", range(2, 3), range(2, 4)),
        ("a\n```\nb\nc\n```\nd", range(2, 4), range(2, 4)),
        ("a\n```\nb\nc\n```\nd", range(1, 3), None),
        ("a\n```\nb\nc\n```\nd", range(3, 5), None),
        ("a\n```\nb\nc\n```\nd", range(5, 6), None),
        ("```\na\n```\nb\n```\nc\n```", range(3, 4), None),
        ("````\n```\na\n```\n````", range(2, 3), range(1, 4)),
        ("```\na", range(1, 2), None),
    ],
)
def test_lines_stand_in_a_fence_that_is_closed_below_them(
    text: str, lines: range, wanted: range | None
) -> None:
    found = enclosing(text.split("\n"), lines)
    assert (found.lines if found else None) == wanted
