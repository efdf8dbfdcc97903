"""What a person can write for where a lesson counts: why a value would never hold, as a sentence."""

from __future__ import annotations

import re
from difflib import get_close_matches

from understudy.learning.language_ids import language_ids
from understudy.reading.languages import language_of_word

TASKS = (
    *("addTypes", "document", "edit", "explain", "extract", "fix", "fixFile"),
    *("renameForMeaning", "review", "simplify", "tests"),
)
"""Tasks that a lesson can be for."""
_MODEL = re.compile(r"[^\s/]+(?:/[^\s/]+)*")


def language_flaw(language: str) -> str:
    """Why no document has this language; empty where one can.

    Args:
        language: an id, in any case.
    """
    word = language.casefold()
    if word in language_ids():
        return ""
    like = _meant(word)
    hint = f"Do you mean `{like}`?" if like else "Ids are such as `python` and `typescriptreact`."
    return f"`{word}` is no language id that editors have. {hint}"


def task_flaw(task: str) -> str:
    """Why nothing of this name is ever asked for; empty where it can be.

    Args:
        task: an id, in any case.
    """
    if task.casefold() in {one.casefold() for one in TASKS}:
        return ""
    known = ", ".join(f"`{one}`" for one in TASKS)
    return f"There is no task `{task}`. There are {known}."


def model_flaw(model: str) -> str:
    """Why no model can have this id; empty where one can.

    Args:
        model: an id, with `*` for anything.
    """
    if _MODEL.fullmatch(model):
        return ""
    return f"`{model}` is no model's id, such as `anthropic/claude-haiku-4-5` or `ollama/*`."


def _meant(word: str) -> str:
    """The language that goes by another name, else the one that is spelt nearly so; empty for none."""
    named = language_of_word(word)
    if named in language_ids():
        return named
    return next(iter(get_close_matches(word, sorted(language_ids()), 1)), "")
