"""The whole prompt of each kind, for each family of models: `UPDATE=1` writes it, a person reads it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from understudy.prompt.choosing import Addressee
from understudy.prompt.composing import compose
from understudy.prompt.library import BUILT_IN, load_library
from understudy.prompt.samples import sample_values

if TYPE_CHECKING:
    from understudy.prompt.values import Value

FOLDER = Path(__file__).parent / "snapshots"
_NO_WISH = ("problems", "wish", "selected", "schema")
KINDS = {
    "fix": ("fix", "fix", _NO_WISH),
    "change": ("change", "edit", ("problem", "problems", "schema")),
    "explain": ("words", "explain", ("problem", "others", "files", "samples", "rules", "schema")),
    "review": ("words", "review", ("problem", "others", "files", "samples", "rules", "problems")),
    "again.show_finding": ("fix", "fix", _NO_WISH),
    "again.add_definitions": ("fix", "fix", _NO_WISH),
    "again.smaller_scope": ("fix", "fix", _NO_WISH),
}
"""What is asked for, by which task, and the variables that have no value there.

`again.` stands before the strategy by which it is asked once more.
"""
_AGAIN = ("strategy", "finding", "named")
FAMILIES = ("claude", "gpt", "gemini", "qwen", "llama", "mistral", "deepseek", "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_prompt_is_as_it_was_read_last(kind: str, family: str) -> None:
    own = FOLDER / f"{kind}.{family}.txt"
    file = own if own.exists() else FOLDER / f"{kind}.txt"
    text = prompt(kind, family)
    if os.environ.get("UPDATE"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_is_put_together_to_the_same_bytes(kind: str) -> None:
    assert len({prompt(kind, "gpt") for _ in range(3)}) == 1


def test_every_built_in_fragment_is_in_a_snapshot() -> None:
    library = load_library(None)
    used = set()
    for kind in KINDS:
        parts = [
            part for turn in compose(library, *question(kind, "")).turns for part in turn.parts
        ]
        used |= {part.name for part in parts}
        used |= {piece.fragment for part in parts for piece in part.pieces}
    assert used == {file.stem for file in BUILT_IN.iterdir()}


def test_what_changes_with_each_attempt_leaves_the_beginning_as_it_was() -> None:
    to, values = question("fix", "gpt")
    first = compose(load_library(None), to, {**values, "tried": []}).turns
    second = compose(load_library(None), to, values).turns
    assert first[0] == second[0]
    assert first[0].stable
    [before, after] = [turns[1].text for turns in (first, second)]
    assert after.startswith(before[: before.index("Answer in one block.")].rstrip())


def question(kind: str, family: str) -> tuple[Addressee, dict[str, Value]]:
    asks, task, missing = KINDS[kind]
    values: dict[str, Value] = {**sample_values(), "asks": asks, "task": task, "family": family}
    values |= dict.fromkeys(missing)
    again, _, strategy = kind.partition(".")
    values |= {"strategy": strategy} if again == "again" else dict.fromkeys(_AGAIN)
    return Addressee(task=task, family=family, edit_format="region"), values


def prompt(kind: str, family: str) -> str:
    to, values = question(kind, family)
    made = compose(load_library(None), to, values)
    return "\n".join(f"--- {turn.role} ---\n{turn.text}\n" for turn in made.turns)
