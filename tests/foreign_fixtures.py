"""The fixtures in `tests/corpus/diagnostics`, and what becomes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.fixers import Problem, all_fixers
from understudy.workspace.foreign import diagnostic_from_json
from understudy.workspace.view import View

FOLDER = Path(__file__).parent / "corpus/diagnostics"

FIXERS = (
    "did_you_mean_message",
    "expected_token",
    "go_missing_comma",
    "go_unused_import",
    "go_unused_variable",
    "rust_import",
    "rust_mutability",
    "rust_unused_import",
    "rust_unused_variable",
    "ts_unused_import",
)
"""The fixers that read a message; all others look at the code."""


def fixtures() -> list[str]:
    """The names of all fixtures."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(name: str) -> dict[str, Any]:
    """A fixture by its name."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def problem_of(fixture: dict[str, Any], *, message_only: bool = False) -> Problem:
    """The fixture as the offline model meets it, on request with nothing but range and message."""
    item = fixture["diagnostic"]
    if message_only:
        item = {key: item[key] for key in ("range", "message", "source")}
    text = fixture["text"]
    diagnostic = diagnostic_from_json(item, LineIndex(text), "utf-16", fixture["uri"])
    assert diagnostic is not None
    view = View(uri=fixture["uri"], text=text, policy=Policy(), language=fixture["language"])
    return Problem(view, diagnostic, Names(view))


def results(problem: Problem) -> list[str]:
    """The texts after each proposal: the diagnostic's own suggestions, then the fixers'."""
    text, language = problem.view.text, problem.view.language
    found = [apply(text, one.edits) for one in problem.diagnostic.suggestions]
    for name in FIXERS:
        fixer = all_fixers()[name]
        if fixer.languages is not None and language not in fixer.languages:
            continue
        if fixer.matches(problem.diagnostic):
            found += [apply(text, one.edits) for one in fixer.propose(problem)]
    return found


def first_result(fixture: dict[str, Any]) -> str | None:
    """The text after the first proposal; None when there is none."""
    return next(iter(results(problem_of(fixture))), None)
