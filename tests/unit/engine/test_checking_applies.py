"""Checkers that have a say in some projects only, and texts that depend on other open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.checkers import Checker
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.engine import checking
from understudy.engine.checking import check, forget_checks
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic


async def nowhere(view: View, settings: CheckerSettings) -> str:
    return ""


def applies(view: View, settings: CheckerSettings) -> bool:
    return view.root is not None and (view.root / "tool.toml").is_file()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The views that the only checker was asked about."""
    found: list[View] = []

    async def run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
        found.append(view)
        return ()

    tool = Checker("tool", frozenset({"python"}), run, nowhere, applies=applies)
    monkeypatch.setattr(checking, "all_checkers", lambda: {"tool": tool})
    forget_checks()
    return found


def view(root: Path, *beside: OpenDocument) -> View:
    return View("untitled:a", "", Policy(Trust.RESTRICTED), root=root, beside=beside)


async def test_a_checker_that_has_no_say_is_neither_asked_nor_missed(
    tmp_path: Path, asked: list[View]
) -> None:
    assert await check(view(tmp_path), Settings()) == ()
    assert asked == []
    (tmp_path / "tool.toml").write_text("")
    (report,) = await check(view(tmp_path), Settings())
    assert (report.checker, len(asked)) == ("tool", 1)


async def test_a_report_counts_as_long_as_the_other_open_documents_are_the_same(
    tmp_path: Path, asked: list[View]
) -> None:
    (tmp_path / "tool.toml").write_text("")
    versions = [OpenDocument("file:///b", tmp_path / "b", "python", n, "") for n in (1, 1, 2)]
    for one in versions:
        await check(view(tmp_path, one), Settings())
    assert len(asked) == 2
