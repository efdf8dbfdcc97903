"""Diagnostics by rules that the tool's own configuration here does not name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.core.text import Span
from understudy.engine.asked_rules import with_asked_rules
from understudy.engine.checking import check, close_checkers
from understudy.engine.trial import Change, try_out
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

OFF = CheckerSettings(enabled=False)
SETTINGS = Settings(checkers={"basedpyright": OFF, "ty": OFF})
TEXT = "def lacks(x: int | None) -> bool:\n    return x == None\n"


@pytest.fixture(autouse=True)
async def _nothing_is_left() -> AsyncIterator[None]:
    yield
    await close_checkers()


def view(folder: Path, text: str = TEXT) -> View:
    (folder / "ruff.toml").write_text('[lint]\nselect = ["F"]\n')
    path = folder / "a.py"
    return View(path.as_uri(), text, Policy(Trust.RESTRICTED), path=path, root=folder)


def found(code: str = "E711", source: str = "Ruff") -> Diagnostic:
    start = TEXT.index("None\n")
    return Diagnostic(source, code, "Comparison to `None`", Span(start, start + 4))


@pytest.mark.parametrize(
    ("after", "is_gone"), [("x is None", True), ("None is x", True), ("(x) == None", False)]
)
async def test_a_rule_that_is_not_selected_tells_whether_its_finding_is_gone(
    tmp_path: Path, after: str, is_gone: bool
) -> None:
    change = Change(view(tmp_path), TEXT.replace("x == None", after), (found(),))
    trial = await try_out(change, SETTINGS)
    (facts,) = trial.facts
    assert facts.comparison.target_gone is is_gone
    assert facts.comparison.target_judged_by == "ruff"


async def test_the_rule_finds_what_the_edit_brings_elsewhere(tmp_path: Path) -> None:
    after = TEXT.replace("x == None", "x is None") + "\n\nfine = lacks(1) == None\n"
    trial = await try_out(Change(view(tmp_path), after, (found(),)), SETTINGS)
    assert [one.code for one in trial.facts[0].comparison.new] == ["E711"]


@pytest.mark.parametrize("target", [found("XYZ999"), found("no such"), found(source="flake8")])
async def test_what_the_tool_does_not_know_changes_nothing(
    tmp_path: Path, target: Diagnostic
) -> None:
    here = view(tmp_path)
    reports = await check(here, SETTINGS)
    assert await with_asked_rules(here, [target], reports, SETTINGS) == (reports, here)


async def test_a_rule_that_is_selected_is_not_asked_for_again(tmp_path: Path) -> None:
    here = replace(view(tmp_path), text="import os\n")
    reports = await check(here, SETTINGS)
    unused = Diagnostic("Ruff", "F401", "`os` imported but unused", Span(7, 9))
    assert await with_asked_rules(here, [unused], reports, SETTINGS) == (reports, here)
