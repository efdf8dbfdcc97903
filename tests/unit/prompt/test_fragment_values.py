"""What fragments are told to have values is there in every prompt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.prompt.test_fix_prompt import CASE, TARGET, VIEW
from understudy.core.text import Span
from understudy.prompt.choosing import Addressee
from understudy.prompt.fix import edit_prompt
from understudy.prompt.keys import VARIABLES
from understudy.prompt.library import load_library, user_folder
from understudy.prompt.pieces import Again, Excerpt, Tried
from understudy.prompt.telling import Topic, telling_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from understudy.prompt import Prompt
    from understudy.prompt.keys import Known

TO = Addressee(task="fix", role="debugging", model="acme/large", family="large")
GIVEN = {
    "fix": "{{problem.line}} {{rules}}",
    "change": "{{wish}} {{rules}}",
    "words": "{{wish}}",
}
WISHED = replace(CASE, target=None, wish="Simplify.", lines=range(10, 12), samples={"b.py": VIEW})
FOUND = Excerpt("ruff", "", "Said", 1, 1, 1, "x\n")
AGAIN = Again("show_finding", FOUND, [("c.py", "c = 1\n")])
TRIED = replace(CASE, tried=[Tried("edit", "reason")], others=[TARGET], again=AGAIN)


def whole(names: Mapping[str, Known], before: str = "") -> str:
    """Everything that can be shown of some variables, as an editor calls it clean."""
    words = []
    for name, known in names.items():
        path = f"{before}{name}"
        if known.kind in {"list", "parts"}:
            block = "each" if known.kind == "list" else "with"
            words.append(f"{{{{#{block} {path}}}}}{whole(known.parts, 'this.')}{{{{/{block}}}}}")
        elif known.is_always:
            words.append(f"{path}={{{{{path}}}}}")
        else:
            words.append(f"{{{{#if {path}}}}}{path}={{{{{path}}}}}{{{{/if}}}}")
    return "\n".join(words)


@pytest.mark.parametrize(
    "prompt",
    [
        lambda: edit_prompt(CASE, TO),
        lambda: edit_prompt(replace(CASE, target=replace(TARGET, code="", span=Span(0, 0))), TO),
        lambda: edit_prompt(WISHED),
        lambda: edit_prompt(TRIED, TO),
        lambda: telling_prompt(Topic(VIEW, range(3), "Explain."), Addressee(task="explain")),
        lambda: telling_prompt(Topic(VIEW, range(3), "Say.", "{}", [TARGET]), TO),
    ],
)
def test_every_value_that_is_told_to_be_there_is_there(
    prompt: Callable[[], Prompt], home: Path
) -> None:
    folder = user_folder()
    folder.mkdir(parents=True)
    fronts = {"mine": ("", whole(VARIABLES))}
    fronts |= {asks: (f"when:\n  asks: {asks}\n", body) for asks, body in GIVEN.items()}
    for id_, (when, body) in fronts.items():
        text = f"---\nid: {id_}\nslot: task\n{when}---\n{body}\n"
        (folder / f"{id_}.md").write_text(text, "utf-8")
    assert load_library(None).troubles == ()
    names = {part.name for turn in prompt().turns for part in turn.parts}
    assert names >= {"mine"}
    assert len(names & GIVEN.keys()) == 1
