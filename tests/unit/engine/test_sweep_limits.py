"""How a sweep ends early, and what it builds on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.sweep_factory import ONLY_RUFF, sweep_of, walked
from understudy.config.settings import FixSettings, GateSettings
from understudy.core.text import Span
from understudy.engine import checking, mending, sweep
from understudy.engine.checking import look_again
from understudy.engine.evidence import Band, CheckReport, CheckStatus
from understudy.engine.outcome import Status, takes_part
from understudy.journal.records import Run, RunEnded
from understudy.workspace.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from pathlib import Path

UNDEFINED = "print(nobody)\nprint(knows)\nprint(these)\n"
TWO_ERRORS = "def f()\n    return 1\n\n\ndef g():\n    retrun 2\n"


async def hang_in(place: str, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    reached = asyncio.Event()

    async def hangs(*_: object, **__: object) -> None:
        reached.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(
        *{"baseline": (sweep, "check"), "mending": (mending, "solve")}[place], hangs
    )
    return reached


@pytest.mark.parametrize("place", ["baseline", "mending"])
async def test_a_job_that_is_cancelled_early_is_one_cancelled_run(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = await hang_in(place, monkeypatch)
    walk, kept = sweep_of(TWO_ERRORS, tmp_path)
    task = asyncio.create_task(walked(walk))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [(run.id, run.job) for run in kept.of(Run)] == [("job-1", "job-1")]
    assert [(end.run_id, end.status) for end in kept.of(RunEnded)] == [("job-1", "cancelled")]


@pytest.mark.parametrize("place", ["baseline", "mending"])
async def test_the_deadline_holds_for_the_first_look_and_for_repairs_too(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hang_in(place, monkeypatch)
    walk, kept = sweep_of(TWO_ERRORS, tmp_path)
    walk.deadline_s = 2.0 if place == "mending" else 0.01
    await walked(walk)
    (outcome,) = walk.outcomes
    assert outcome.status is Status.FAILED
    assert outcome.reason.startswith("The walk over x.py ended: ")
    assert f"{walk.deadline_s:g} s for one file are over" in outcome.reason
    assert [end.reason_category for end in kept.of(RunEnded)] == ["timeout"]
    assert walk.gone_along == ()


async def test_a_walk_may_take_as_long_as_ten_runs(tmp_path: Path) -> None:
    settings = replace(ONLY_RUFF, fix=FixSettings(timeout_s=7))
    assert sweep_of("", tmp_path, settings)[0].deadline_s == 70


async def test_what_too_many_steps_leave_over_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "_MAX_STEPS", 1)
    walk, kept = sweep_of(UNDEFINED, tmp_path)
    await walked(walk)
    assert [one.status for one in walk.outcomes] == [Status.UNFIXED, Status.FAILED]
    assert walk.outcomes[1].reason == (
        "The walk over x.py ended: 1 problems of one file were looked at, "
        "2 of its problems were not looked at."
    )
    assert [run.id for run in kept.of(Run)] == [one.run_id for one in walk.outcomes]


async def test_a_walk_that_came_to_its_end_tells_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "_MAX_STEPS", 3)
    walk, _ = sweep_of(UNDEFINED, tmp_path)
    await walked(walk)
    assert [one.status for one in walk.outcomes] == [Status.UNFIXED] * 3


async def test_a_text_is_looked_at_again_by_a_checker_that_broke_off(tmp_path: Path) -> None:
    view = sweep_of("import os\n", tmp_path)[0].start
    parsed = CheckReport("python_syntax", CheckStatus.DONE)
    missing = CheckReport("basedpyright", CheckStatus.MISSING)
    for status in (CheckStatus.TIMEOUT, CheckStatus.FAILED):
        before = (missing, parsed, CheckReport("ruff", status))
        after = await look_again(view, before, ONLY_RUFF)
        assert after[:2] == before[:2]
        assert after[2].status is CheckStatus.DONE
        assert [one.code for one in after[2].diagnostics] == ["F401"]


async def test_a_step_does_not_start_from_a_look_that_broke_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ruff.toml").write_text('lint.select = ["F"]')
    run, asked = checking._run, []

    async def breaks_off(*arguments: object) -> tuple[Diagnostic, ...]:
        view, checker = arguments[1], arguments[0]
        name = (getattr(checker, "id", ""), getattr(view, "text", ""))
        asked.append(name)
        if name == ("python_syntax", "import os\n") and asked.count(name) == 1:
            raise RuntimeError("broken off")
        return await run(*arguments)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(checking, "_run", breaks_off)
    walk, _ = sweep_of("import os\nimport sys\n", tmp_path)
    walk.wanted = lambda found: "`sys`" in found.message
    await walked(walk)
    assert walk.view.text == "import os\n"
    assert {report.status for report in walk.reports} == {CheckStatus.DONE}


async def test_a_repair_for_review_is_not_taken_into_the_text(tmp_path: Path) -> None:
    settings = replace(ONLY_RUFF, gate=GateSettings(confirm_score=0.999, auto_score=0.9999))
    walk, _ = sweep_of("print 'a'\n", tmp_path, settings)
    await walked(walk)
    assert walk.view.text == "print 'a'\n"
    offered = [one.offered for one in walk.outcomes if one.offered is not None]
    assert [one.verdict.band for one in offered] == [Band.REVIEW]
    assert walk.taken == ()


def given(text: str, marked: str) -> Diagnostic:
    at = text.index(marked)
    span = Span(at, at + len(marked))
    return Diagnostic("pylance", "", "Expected something else", span, Severity.ERROR)


async def test_errors_that_were_not_asked_about_are_left_alone(tmp_path: Path) -> None:
    walk, _ = sweep_of(TWO_ERRORS, tmp_path)
    walk.given, walk.only_given = (given(TWO_ERRORS, "def f()"),), True
    await walked(walk)
    assert walk.view.text == TWO_ERRORS
    (outcome,) = walk.outcomes
    assert outcome.offered is not None
    assert not takes_part(outcome)
    assert outcome.view.edited(outcome.offered.edits).text == TWO_ERRORS.replace("f()", "f():")


async def test_all_errors_that_were_asked_about_are_repaired(tmp_path: Path) -> None:
    walk, _ = sweep_of(TWO_ERRORS, tmp_path)
    walk.given = (given(TWO_ERRORS, "def f()"), given(TWO_ERRORS, "retrun 2"))
    walk.only_given = True
    await walked(walk)
    assert walk.view.text == TWO_ERRORS.replace("f()", "f():").replace("retrun", "return")
    assert len(walk.outcomes) == len(walk.taken) == 2


async def test_an_error_on_another_line_is_not_the_one_that_was_asked_about(
    tmp_path: Path,
) -> None:
    walk, _ = sweep_of(TWO_ERRORS, tmp_path)
    walk.given, walk.only_given = (given(TWO_ERRORS, "retrun 2"),), True
    await walked(walk)
    assert walk.view.text == TWO_ERRORS
    assert [one.diagnostic.source for one in walk.outcomes if one.diagnostic] == ["ruff"]
    assert walk.taken == ()


async def test_repairs_are_remembered_where_they_stand_in_the_mended_text(tmp_path: Path) -> None:
    walk, _ = sweep_of(TWO_ERRORS, tmp_path)
    await walked(walk)
    seen = walk._agenda.seen
    assert [walk.view.index.line_of(one.span.start) for one in seen] == [0, 5]
    for outcome, one in zip(walk.outcomes, seen, strict=True):
        assert outcome.diagnostic is not None
        assert one.span.end <= len(walk.view.text)
        assert outcome.view.text != walk.view.text


async def test_what_a_parser_guesses_behind_the_compilers_error_is_not_worked_on(
    tmp_path: Path,
) -> None:
    walk, _ = sweep_of("<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> other\n", tmp_path)
    await walked(walk)
    assert [one.diagnostic.source for one in walk.outcomes if one.diagnostic] == ["python"]
