"""What is learned from a prompt that a provider found too long, and how much room there is then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.context.packing_cases import item, words
from tests.unit.engine.models_factory import cloud
from understudy.caches.shelf import DiskShelf
from understudy.caches.store import Caches
from understudy.config.policy import Policy
from understudy.context.packing import pack
from understudy.core.failures import CallError
from understudy.core.text import Span
from understudy.engine.fitting import fitting, tokens_of
from understudy.engine.material import shown_of
from understudy.engine.reach import Reach
from understudy.engine.services import Nowhere
from understudy.journal.ledger import Ledger
from understudy.models import tokens
from understudy.prompt.choosing import Addressee
from understudy.prompt.fix import Case, edit_prompt
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGE = cloud("acme/nobody-knows-me", context_window=32_000)
TEXT = "".join(f"line_{n} = {n}\n" for n in range(400))


@pytest.fixture
def reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reach]:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    monkeypatch.setattr(tokens, "encoder", lambda _vocabulary: None)
    caches = Caches(DiskShelf(tmp_path / "cache", 10_000_000))
    yield Reach(caches, Ledger(None), Nowhere())
    caches.close()


def case(**more: object) -> Case:
    view = View("file:///w/a.py", TEXT, Policy(), language="python")
    target = Diagnostic("ruff", "F821", "Undefined", Span(2_000, 2_004), Severity.ERROR)
    return Case(view, target, range(150, 155), "Answer.", **more)  # type: ignore[arg-type] # of a case


def test_a_prompt_that_was_too_long_makes_tokens_count_for_more(reach: Reach) -> None:
    before = reach.counter(LARGE, "python").ratio
    reach.overflowed(LARGE, "python", limit=None)
    assert reach.counter(LARGE, "python").ratio == pytest.approx(before * 1.15)
    reach.overflowed(LARGE, "python", limit=32_000)
    assert reach.counter(LARGE, "python").ratio == pytest.approx(before * 1.15**2)


def test_a_smaller_window_explains_it_and_the_prompt_is_fitted_to_that(reach: Reach) -> None:
    before = reach.counter(LARGE, "python")
    reach.caches.learn_limit("acme", LARGE.name, 2_400)
    reach.overflowed(LARGE, "python", limit=2_400)
    assert reach.counter(LARGE, "python") == before
    room = reach.room_for(LARGE, 1_000, "python")
    assert room.window == 2_400
    whole = edit_prompt(case())
    assert tokens_of(whole, before) > room.prompt
    shorter = fitting(whole, LARGE, before, smaller=0, room=room)
    assert tokens_of(shorter, before) <= room.prompt
    assert shorter.left_out[0] == "target.far"


def test_what_can_not_be_left_out_and_does_not_fit_is_said_before_it_is_sent(reach: Reach) -> None:
    room = reach.room_for(cloud("acme/tiny", context_window=400), 300)
    with pytest.raises(CallError, match="and there is room for 36"):
        fitting(edit_prompt(case()), LARGE, reach.counter(LARGE), smaller=0, room=room)


def test_chosen_context_stands_in_its_slots(reach: Reach) -> None:
    packed = pack(
        [
            item("shop/prices.py", 1, "required_types", 1.0, [3], required=True),
            item("AGENTS.md", 2, "patterns", 1.0, [3]),
        ],
        200,
        words,
    )
    prompt = edit_prompt(case(shown=shown_of(packed)), Addressee())
    text = "\n".join(turn.text for turn in prompt.turns)
    assert "Defined elsewhere, and stays as it is:\n\nFrom shop/prices.py:\n```\nw w w" in text
    assert text.index("From AGENTS.md") < text.index("From shop/prices.py") < text.index("File: ")
