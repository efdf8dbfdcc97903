"""Which of several candidates is offered, and what is kept of the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.unit.engine.sweep_factory import ONLY_RUFF, Kept, document
from understudy.config.settings import FixSettings
from understudy.core.minimise import minimise
from understudy.engine import attempt
from understudy.engine.checking import check
from understudy.engine.outcome import Outcome, Status
from understudy.engine.problems import problems
from understudy.engine.rules import Draft
from understudy.engine.run import fix
from understudy.engine.services import Services
from understudy.fixers import Proposal
from understudy.journal.records import Attempt, Checks, EditRow, Gate, RunEnded

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

TEXT = "first = 1\nsecond = 2\nprint(reslt)\n"


class Proposing(Protocol):
    """Fix `reslt` by drafts that put words in its place, each with its rank."""

    def __call__(
        self, words: dict[str, float], most: int = 12, kept: Kept | None = None
    ) -> Coroutine[None, None, tuple[Outcome, Kept]]: ...


@pytest.fixture
def proposing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Proposing:
    async def run(
        words: dict[str, float], most: int = 12, kept: Kept | None = None
    ) -> tuple[Outcome, Kept]:
        (tmp_path / "ruff.toml").write_text('lint.select = ["F"]')
        drafts = []
        for word, rank in words.items():
            after = TEXT.replace("reslt", word)
            proposal = Proposal(minimise(TEXT, after), f"It may be {word}.", rank=rank)
            drafts.append(Draft(proposal, "scripted", after))
        monkeypatch.setattr(attempt, "drafts", lambda _: drafts)
        view = document(TEXT, tmp_path)
        settings = replace(ONLY_RUFF, fix=FixSettings(max_candidates=most))
        (target,) = problems(await check(view, settings))
        kept = kept or Kept()
        outcome = await fix(view, target, Services(settings=settings, recorder=kept))
        return outcome, kept

    return run


async def test_a_rank_that_is_cut_in_half_decides_nothing(proposing: Proposing) -> None:
    outcome, _ = await proposing({"first": 1, "second": 1}, 1)
    assert outcome.status is Status.WITHHELD
    assert outcome.reason == (
        "Only 1 of 2 edits that are equally likely were checked (`fix.max_candidates`), so none "
        "is offered, though 1 was proved. It may be first."
    )


async def test_a_cut_rank_of_which_nothing_is_proved_is_not_ambiguous(proposing: Proposing) -> None:
    outcome, _ = await proposing({"nowhere": 1, "first": 1}, 1)
    assert outcome.reason.startswith("None of 1 candidate edits could be proved.")


async def test_a_rank_that_just_fits_is_decided(proposing: Proposing) -> None:
    outcome, _ = await proposing({"nowhere": 1, "first": 2, "second": 3}, 2)
    assert outcome.offered is not None
    assert outcome.offered.why == "It may be first."


async def test_every_candidate_is_an_attempt_with_its_checks_and_its_verdict(
    proposing: Proposing,
) -> None:
    outcome, kept = await proposing({"nowhere": 1, "first": 2, "second": 3})
    rows = kept.of(Attempt)
    assert [(row.number, row.status) for row in rows] == [(1, "withheld"), (2, "offered")]
    assert [row.category for row in rows] == ["lint_failure", ""]
    assert [row.band for row in kept.of(Gate)] == ["block", "confirm"]
    checked = {one.attempt_id: {each.checker for each in one.checks} for one in kept.of(Checks)}
    assert checked == {row.id: {"python_syntax", "ruff"} for row in rows}
    (edit,) = kept.of(EditRow)
    assert edit.attempt_id == rows[1].id
    assert kept.of(RunEnded)[0].attempts == outcome.tried == 2


async def test_of_equal_candidates_both_are_attempts_that_were_withheld(
    proposing: Proposing,
) -> None:
    outcome, kept = await proposing({"first": 1, "second": 1})
    assert outcome.reason.startswith("2 different edits were proved equally well")
    assert [row.status for row in kept.of(Attempt)] == ["withheld", "withheld"]
    assert kept.of(EditRow) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"first": 1}, None),
        ({"first": 1, "nowhere": 1}, "No other edit was proved as well"),
        ({"first": 1, "second": 1}, "1 other edit proved just as well"),
    ],
    ids=["alone", "better", "equal"],
)
async def test_rivals_are_those_of_one_rank_that_were_tried_and_proved(
    words: dict[str, float], said: str | None, proposing: Proposing
) -> None:
    outcome, _ = await proposing(words)
    assert outcome.candidate is not None
    told = [one.evidence for one in outcome.candidate.verdict.reasons if one.signal == "rivals"]
    assert told == ([] if said is None else [said])


async def test_a_run_that_is_cut_short_keeps_what_it_tried(
    proposing: Proposing, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove, looked = attempt.prove, asyncio.Event()

    async def stops(ask: attempt.Ask, draft: Draft) -> object:
        if draft.proposal.rank > 1:
            looked.set()
            await asyncio.Event().wait()
        return await prove(ask, draft)

    monkeypatch.setattr(attempt, "prove", stops)
    kept = Kept()
    task = asyncio.create_task(proposing({"nowhere": 1, "first": 2}, 12, kept))
    await looked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [row.number for row in kept.of(Attempt)] == [1]
    assert [row.status for row in kept.of(RunEnded)] == ["cancelled"]
