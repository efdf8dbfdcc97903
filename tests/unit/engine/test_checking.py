from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from understudy.checkers import Checker, ToolMissingError
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.core.failures import UnavailableError
from understudy.engine import checking
from understudy.engine.checking import check, close_checkers, forget_checks
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic

    Run = Callable[[View, CheckerSettings], Awaitable[tuple[Diagnostic, ...]]]


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    forget_checks()
    yield
    forget_checks()


def view(text: str, trust: Trust = Trust.RESTRICTED, root: Path | None = None) -> View:
    path = None if root is None else root / "a.py"
    return View("untitled:a", text, Policy(trust), path=path, root=root)


def switched(**commands: CheckerSettings) -> Settings:
    return Settings(checkers=MappingProxyType(commands))


async def content(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    return ()


async def nowhere(view: View, settings: CheckerSettings) -> str:
    return ""


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put checkers of the test's own in the place of the real ones."""

    def use(*runs: Run, in_process: bool = True) -> None:
        checkers = {
            f"c{number}": Checker(
                f"c{number}", frozenset({"python"}), run, nowhere, in_process=in_process
            )
            for number, run in enumerate(runs)
        }
        monkeypatch.setattr(checking, "all_checkers", lambda: checkers)

    return use


async def one(*asked: object, **limits: float) -> CheckReport:
    (report,) = await check(*asked, **limits)  # type: ignore[arg-type]  # passed on as they are
    return report


async def test_real_checkers_answer_about_the_text_in_memory(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text('lint.select = ["F"]')
    document = view("import os\nx = (\n", root=tmp_path)
    reports = await check(document, Settings(), only=("python_syntax", "ruff"))
    assert [report.checker for report in reports] == ["python_syntax", "ruff"]
    assert {report.status for report in reports} == {CheckStatus.DONE}
    assert all(report.diagnostics for report in reports)


async def test_an_untrusted_folder_is_parsed_and_nothing_runs() -> None:
    reports = await check(view("x = (\n", Trust.UNTRUSTED), Settings())
    by_id = {report.checker: report for report in reports}
    assert by_id["python_syntax"].status is CheckStatus.DONE
    assert by_id["ruff"].status is CheckStatus.MISSING
    assert by_id["ruff"].note == "The workspace is not trusted, so `ruff` was not run."


async def test_checkers_that_settings_switch_off_are_not_asked() -> None:
    settings = switched(ruff=CheckerSettings(enabled=False))
    reports = await check(view(""), settings, only=("ruff", "python_syntax"))
    assert [report.checker for report in reports] == ["python_syntax"]


async def test_a_language_without_checkers_has_no_reports() -> None:
    assert await check(replace(view(""), language="cobol"), Settings()) == ()


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (ToolMissingError("It is not there."), CheckStatus.MISSING),
        (UnavailableError("It is not there."), CheckStatus.FAILED),
    ],
)
async def test_a_checker_that_can_not_answer_says_why_and_hides_no_other(
    failure: Exception, status: CheckStatus, scripted: Callable[..., None]
) -> None:
    async def fails(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        raise failure

    scripted(fails, content)
    broken, fine = await check(view(""), Settings())
    assert (broken.status, broken.note) == (status, "It is not there.")
    assert fine.status is CheckStatus.DONE


async def test_a_checker_with_a_defect_counts_as_failed_and_hides_no_other(
    scripted: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    async def defect(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        raise KeyError(view.text)

    scripted(defect, content)
    broken, fine = await check(view(""), Settings())
    assert broken.status is CheckStatus.FAILED
    assert broken.note == "`c0` failed inside (KeyError). The log tells more."
    assert fine.status is CheckStatus.DONE
    assert "The checker c0 failed." in caplog.text


async def test_a_text_in_another_language_is_another_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    async def counts(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        asked.append(view.language)
        return ()

    both = Checker(
        "both", frozenset({"javascript", "typescript"}), counts, nowhere, in_process=True
    )
    monkeypatch.setattr(checking, "all_checkers", lambda: {"both": both})
    for language in ("javascript", "typescript", "javascript"):
        await check(replace(view("x"), language=language), Settings())
    assert asked == ["javascript", "typescript"]


async def hangs(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    await asyncio.Event().wait()
    return ()


async def test_a_checker_that_hangs_is_given_up_after_its_own_limit(
    scripted: Callable[..., None],
) -> None:
    scripted(hangs, content)
    slow, fine = await check(view(""), switched(c0=CheckerSettings(timeout_s=0.05)))
    assert (slow.status, slow.note) == (CheckStatus.TIMEOUT, "`c0` did not answer within 0.05 s.")
    assert fine.status is CheckStatus.DONE


async def test_the_deadline_cuts_a_longer_limit_short(scripted: Callable[..., None]) -> None:
    scripted(hangs)
    assert (await one(view(""), Settings(), deadline_s=0.05)).status is CheckStatus.TIMEOUT


async def test_a_tool_that_was_ended_in_time_counts_as_timed_out(
    scripted: Callable[..., None],
) -> None:
    async def late(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        raise ToolTimeoutError("late")

    scripted(late)
    assert (await one(view(""), Settings())).status is CheckStatus.TIMEOUT


async def test_checkers_work_at_the_same_time(scripted: Callable[..., None]) -> None:
    meeting = asyncio.Barrier(2)

    async def meets(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        await meeting.wait()
        return ()

    scripted(meets, meets)
    reports = await check(view(""), Settings())
    assert {report.status for report in reports} == {CheckStatus.DONE}


async def test_an_answer_is_remembered_for_the_same_text_and_settings(
    scripted: Callable[..., None], tmp_path: Path
) -> None:
    asked: list[str] = []

    async def counts(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        asked.append(view.text)
        return ()

    scripted(counts)
    first = await one(view("a"), Settings())
    assert await one(view("a"), Settings()) is first
    await check(view("b"), Settings())
    await check(view("a", root=tmp_path), Settings())
    await check(view("a", Trust.TRUSTED), Settings())
    await check(view("a"), switched(c0=CheckerSettings(timeout_s=9)))
    assert len(asked) == 5
    forget_checks()
    await check(view("a"), Settings())
    assert len(asked) == 6


async def test_what_began_before_something_changed_is_not_remembered(
    scripted: Callable[..., None],
) -> None:
    asked: list[str] = []

    async def is_overtaken(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        asked.append(view.text)
        if len(asked) == 1:
            forget_checks()
        return ()

    scripted(is_overtaken)
    for _ in range(3):
        assert (await one(view("a"), Settings())).status is CheckStatus.DONE
    assert len(asked) == 2


async def test_a_failure_is_not_remembered(scripted: Callable[..., None]) -> None:
    asked: list[str] = []

    async def fails_once(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        asked.append(view.text)
        if len(asked) == 1:
            raise UnavailableError("Not now.")
        return ()

    scripted(fails_once)
    assert (await one(view(""), Settings())).status is CheckStatus.FAILED
    assert (await one(view(""), Settings())).status is CheckStatus.DONE


async def test_the_memory_is_bounded(
    scripted: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MAX_CACHED", 2)
    scripted(content)
    for text in "abc":
        await check(view(text), Settings())
    assert len(checking._cache) == 2


async def test_closing_ends_what_checkers_keep_running(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []

    async def close() -> None:
        closed.append("closed")

    keeps = Checker("keeps", frozenset(), content, nowhere, close=close)
    plain = Checker("plain", frozenset(), content, nowhere)
    monkeypatch.setattr(checking, "all_checkers", lambda: {"keeps": keeps, "plain": plain})
    await close_checkers()
    assert closed == ["closed"]
