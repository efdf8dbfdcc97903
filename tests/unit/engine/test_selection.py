"""What is chosen of the workspace is what is sent, however little room there is."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_index import SmallIndex
from tests.unit.engine.models_factory import cloud
from understudy.config.context_settings import ContextSettings
from understudy.config.policy import Policy, Trust
from understudy.config.settings import Settings
from understudy.context.items import WEIGHTS
from understudy.core.failures import CallError, FailureCategory
from understudy.core.text import Span
from understudy.engine.fitting import tokens_of
from understudy.engine.material import Place
from understudy.engine.selection import Recipient, Selection, Whole
from understudy.engine.services import Services
from understudy.models.room import Room
from understudy.models.tokens import TokenCounter
from understudy.prompt.fix import Case, edit_prompt
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

MODEL = cloud("acme/large")
COUNTER = TokenCounter(lambda text: (len(text) + 3) // 4, 1.0, 1.0, "exact")
CLASSES = 12
PADDING = "# pad pad\n" * 60
MAIN = (
    "".join(f"from m{n} import P{n}\n" for n in range(CLASSES))
    + PADDING
    + f"\n\ndef total({', '.join(f'p{n}: P{n}' for n in range(CLASSES))}):\n"
    + "".join(f"    p{n}.member_{n}(1, '')\n" for n in range(CLASSES))
    + "    return something_else_entirely\n"
    + PADDING
)
FILES = {
    **{
        f"m{n}.py": f"class P{n}:\n    def member_{n}(self, a, b):\n        return a\n"
        for n in range(12)
    },
    "AGENTS.md": "# Rules\n\nName things in full. Write no loops where a comprehension will do.\n",
    "main.py": MAIN,
}
FIRST = MAIN[: MAIN.index("def total")].count("\n")
LINES = range(FIRST, FIRST + CLASSES + 2)
ROOT = Path("/w")
OTHERS = tuple(
    Diagnostic("ruff", "F401", f"Reported besides: {n}", Span(0, 4), Severity.ERROR)
    for n in range(5)
)


@cache
def index() -> SmallIndex:
    return SmallIndex(FILES)


def sent(
    room: int, *, target: bool = True, others: int = 0, smaller: int = 0
) -> tuple[Whole, Recipient]:
    """What is sent in a prompt that may have so many tokens."""
    path = ROOT / "main.py"
    view = View(path.as_uri(), MAIN, Policy(Trust.TRUSTED), language="python", path=path, root=ROOT)
    at = MAIN.index("something_else_entirely")
    problem = Diagnostic("ruff", "F821", "Undefined name", Span(at, at + 9), Severity.ERROR)
    weights: dict[str, float] = dict(WEIGHTS.items())
    if not target:
        weights["target_file"] = 0.0
    own = Settings(context=ContextSettings(weights=weights))
    services = Services(settings=own, index=lambda _: index())
    place = Place(view, LINES, (problem,), LINES, MODEL)
    case = Case(view, problem, LINES, "Answer.", others=OTHERS[:others])

    def write(shown):  # type: ignore[no-untyped-def] # of a case
        from dataclasses import replace

        return edit_prompt(replace(case, shown=shown))

    to = Recipient(MODEL, COUNTER, Room(room + 64, 0, 0.0), smaller)
    return Selection(services).whole(write, place, to), to


def reported(whole: Whole, to: Recipient) -> set[str]:
    """The names of what a prompt shows of other files; all that was chosen is in it."""
    prompt, spans = whole.fitted(to)
    assert tokens_of(prompt, COUNTER) <= to.room.prompt
    assert spans == whole.found.packed.chosen
    text = "\n".join(turn.text for turn in prompt.turns)
    for one in spans:
        for line in one.level.text.splitlines():
            assert line.strip() in text
    assert "The file begins:" not in text
    return {one.item.name for one in spans if one.item.tier == "required_types"}


NEEDED = {f"P{n}" for n in range(CLASSES)}


@settings(max_examples=60)
@given(st.integers(1, 9_000), st.booleans(), st.integers(0, 5), st.integers(0, 2))
def test_what_is_chosen_is_sent_and_what_is_required_is_not_left_out(
    room: int, target: bool, others: int, smaller: int
) -> None:
    whole, to = sent(room, target=target, others=others, smaller=smaller)
    if whole.lacks:
        with pytest.raises(CallError) as raised:
            whole.fitted(to)
        assert raised.value.failure.category == FailureCategory.CONTEXT_OVERFLOW
    else:
        assert reported(whole, to) == NEEDED


@pytest.mark.parametrize("target", [True, False])
def test_more_room_never_loses_what_is_required(target: bool) -> None:
    fits = [not sent(room, target=target)[0].lacks for room in range(300, 1_500, 60)]
    assert (fits[0], fits[-1]) == (False, True)
    assert all(small <= large for small, large in pairwise(fits))


def test_other_problems_make_room_for_what_is_required() -> None:
    rooms = range(300, 1_500, 20)
    least = next(room for room in rooms if not sent(room)[0].lacks)
    whole, to = sent(least + 20, others=5)
    assert "problem.others" in whole.prompt.left_out
    assert reported(whole, to) == NEEDED


def test_what_there_is_no_room_for_is_told() -> None:
    whole, _ = sent(350)
    assert "tokens are too few: there is no room for" in whole.lacks
    whole, _ = sent(100)
    assert "The lines in question are too long for `acme/large`" in whole.lacks
