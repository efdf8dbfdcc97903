"""What lessons are worth is found out by runs alone: a planted good one rises, a planted bad one goes.

A simulated model makes names up unless a lesson tells it not to, or does so only where a lesson tells it
to. Nobody says which lesson is which: the journal's rows do.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.providers.stage import GOOD, WORSE
from tests.unit.journal.samples import store
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.engine.lessons_listed import Place, listed_lessons
from understudy.engine.proposals import wait_for_lessons
from understudy.journal.database import open_for_writing
from understudy.learning.identity import identity
from understudy.learning.intake import take_in
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.memory import forget
from understudy.learning.registry import Registry
from understudy.learning.reviewing import Review, review
from understudy.learning.tiers import Tier

if TYPE_CHECKING:
    from tests.providers.answers import Answer
    from tests.providers.asked import Asked
    from tests.providers.stage import Stage
    from understudy.engine.lessons_listed import Listed

HELPS = "that the code shown here defines"
HARMS = "Use names of your own."
ONE_IN = 3
"""So often a lesson is tried, and later held out: more often than as a rule, to need fewer runs."""
MOST_RUNS = 400
MOST_HARMS = 2

pytestmark = pytest.mark.timeout(240)


def told(asked: Asked) -> str:
    return "\n".join(message["content"] for message in asked.body["messages"])


class Simulated(list["Answer"]):
    """A model that obeys; one that is weak needs to be told what a better one knows."""

    def __init__(self, stage: Stage) -> None:
        super().__init__([GOOD])
        self._stage = stage
        self.is_weak = True

    def __getitem__(self, index: object) -> Answer:  # type: ignore[override]  # one answer alone
        said = told(self._stage.asked[-1])
        knows = HELPS in said or not self.is_weak
        return GOOD if knows and HARMS not in said else WORSE


@pytest.fixture
def model(stage: Stage) -> Simulated:
    """The only one that there is."""
    return Simulated(stage)


@pytest.fixture
def world(stage: Stage, model: Simulated) -> Stage:
    """Where it works."""
    stage.server.scripts["one"] = model
    rules = LearningSettings(hold_out=ONE_IN, exploration=0.0, strategies=False)
    cache = replace(stage.settings.cache, replies=False)
    chains = MappingProxyType({"debugging": ("builtin/rules", "acme/one")})
    stage.settings = replace(stage.settings, learning=rules, cache=cache, model_routing=chains)
    return stage


async def run(world: Stage) -> str:
    """One run, whose rows are in the journal's file afterwards; gives its first question."""
    first = len(world.asked)
    await world.fix()
    store(journal_file(), *world.rows)  # type: ignore[arg-type]  # nothing else is recorded
    world.rows.clear()
    await asyncio.to_thread(wait_for_lessons)
    forget(journal_file())
    return told(world.asked[first])


def listed(world: Stage, words: str) -> Listed | None:
    found = listed_lessons(Place(world.settings, world.root))
    return next((one for one in found if words in one.lesson.remedy.body), None)


def changes(lesson: Lesson) -> list[tuple[str, str]]:
    """How a lesson came to stand as it does, by the journal."""
    with closing(open_for_writing(journal_file())) as db:
        return db.execute(
            "SELECT state, why FROM lesson_changes WHERE lesson = ? ORDER BY at_us, id",
            (identity(lesson),),
        ).fetchall()


async def test_a_lesson_that_helps_is_found_tried_and_rises_to_the_highest_tier(
    world: Stage,
) -> None:
    seen: list[tuple[str, Tier]] = []
    now: Listed | None = None
    for _ in range(MOST_RUNS):
        await run(world)
        now = listed(world, HELPS)
        if now is not None and (now.state, now.standing.tier) not in seen:
            seen.append((now.state, now.standing.tier))
        if now is not None and now.standing.tier is Tier.AUTO:
            break
    assert now is not None
    # Nobody wrote it, nobody agreed to it, and nothing but what came of runs spoke for it.
    assert (now.lesson.source, now.lesson.review) == ("measured", "waiting")
    assert seen == [("shadow", Tier.QUEUE), ("active", Tier.LOG), ("active", Tier.AUTO)]
    assert changes(now.lesson) == [("shadow", "trying"), ("active", "proved")]
    evidence = now.standing.evidence
    assert evidence.lift == pytest.approx(1)
    assert evidence.held > 0
    assert now.standing.bound >= world.settings.learning.auto_apply


async def test_a_lesson_that_does_harm_is_paused_and_in_no_question_any_more(
    world: Stage, model: Simulated
) -> None:
    # Its failure has happened here, for whatever reason; else nobody would think of the lesson.
    await run(world)
    model.is_weak = False
    registry = Registry(journal_file(), now_us)
    planted = Lesson(
        "",
        Trigger(F.HALLUCINATION),
        Remedy("prompt_fragment", HARMS),
        Scope(language="python"),
        source="imported:friends",
    )
    taken = take_in(planted, "R", registry, world.settings.learning)
    assert taken.lesson is not None
    review(Review("accept", taken.lesson.id), registry, None)
    asked_with, now = 0, listed(world, HARMS)
    while now is not None and now.state == "active":
        asked_with += HARMS in await run(world)
        assert asked_with <= MOST_HARMS
        now = listed(world, HARMS)
    assert now is not None
    assert (now.state, now.standing.why, asked_with) == ("paused", "harmful", MOST_HARMS)
    for _ in range(2 * ONE_IN):
        assert HARMS not in await run(world)
    assert changes(now.lesson) == [("active", "accepted"), ("paused", "harmful")]
