from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.support import require
from tests.unit.checkers.projects import document, marked, tree
from understudy.checkers import ToolMissingError, all_checkers
from understudy.config.policy import Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import Notebook, OpenDocument

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

TY = all_checkers()["ty"]


@pytest.fixture
async def settings() -> AsyncIterator[CheckerSettings]:
    """The installed ty; its servers are gone after the test."""
    yield CheckerSettings(command=(require("ty"),), timeout_s=60)
    assert TY.close is not None
    await TY.close()
    assert psutil.Process().children(recursive=True) == []


def py(root: Path, text: str, name: str = "a.py", trust: Trust = Trust.RESTRICTED) -> View:
    return document(root, name, text, "python", trust)


async def found_in(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    assert view.root is not None
    before = tree(view.root)
    found = await TY.run(view, settings)
    assert tree(view.root) == before
    return found


@pytest.mark.parametrize(
    "text",
    [
        'x = "π😀"; y = undefd\n',
        'if 1:\n\tx = "π😀"; y = undefd\n',
        'a = "π😀"\r\nb = undefd\r\n',
        'a = "\u2028"; b = undefd\n',
    ],
)
async def test_the_place_is_counted_in_code_points_of_the_document(
    text: str, tmp_path: Path, settings: CheckerSettings
) -> None:
    view = py(tmp_path, text)
    found = await found_in(view, settings)
    assert marked(view, found) == [("unresolved-reference", "undefd")]
    assert [(one.source, one.suggestions) for one in found] == [("ty", ())]


async def test_an_edit_that_fixes_one_problem_and_adds_another_is_seen_as_both(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    before = py(tmp_path, "undefd\n")
    assert marked(before, await found_in(before, settings)) == [("unresolved-reference", "undefd")]
    after = py(tmp_path, 'x: int = "😀"\n')
    assert marked(after, await found_in(after, settings)) == [("invalid-assignment", '"😀"')]


async def test_documents_that_are_open_beside_it_count_as_they_are_in_the_editor(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    path = tmp_path / "b.py"
    path.write_text("old = 1\n")
    view = py(tmp_path, "from b import fresh\n")
    assert [name for _, name in marked(view, await found_in(view, settings))] == ["fresh"]
    unsaved = OpenDocument(path.as_uri(), path, "python", 2, "fresh = 1\n")
    assert await found_in(replace(view, beside=(unsaved,)), settings) == ()
    assert [name for _, name in marked(view, await found_in(view, settings))] == ["fresh"]


async def test_what_changes_on_disk_meanwhile_counts(
    tmp_path: Path, settings: CheckerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("understudy.workspace.disk_watch._FRESH_S", 0)
    path = tmp_path / "b.py"
    path.write_text("old = 1\n")
    view = py(tmp_path, "from b import fresh\n")
    assert await found_in(view, settings) != ()
    path.write_text("fresh = 1\n")
    assert await found_in(view, settings) == ()


async def test_what_does_not_answer_in_time_is_unknown(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    with pytest.raises(ToolTimeoutError, match="did not answer within"):
        await TY.run(py(tmp_path, ""), replace(settings, timeout_s=0.001))


async def test_a_cell_is_not_looked_at(tmp_path: Path, settings: CheckerSettings) -> None:
    with pytest.raises(UnavailableError, match="cells of notebooks"):
        await TY.run(replace(py(tmp_path, ""), notebook=Notebook()), settings)


async def test_nothing_runs_for_an_untrusted_folder(tmp_path: Path) -> None:
    with pytest.raises(ToolMissingError, match="not trusted"):
        await TY.run(py(tmp_path, "", trust=Trust.UNTRUSTED), CheckerSettings())


@pytest.mark.parametrize(
    ("name", "content", "applies"),
    [
        ("ty.toml", "", True),
        ("pyproject.toml", "[tool.ty]\n", True),
        ("pyproject.toml", "[tool.ruff]\n", False),
        ("pyproject.toml", "nonsense = [", False),
    ],
)
def test_it_has_a_say_where_the_project_is_configured_for_it(
    name: str, content: str, applies: bool, tmp_path: Path
) -> None:
    assert TY.applies is not None
    assert not TY.applies(py(tmp_path, ""), CheckerSettings())
    assert TY.applies(py(tmp_path, ""), CheckerSettings(command=("ty",)))
    (tmp_path / name).write_text(content)
    assert TY.applies(py(tmp_path, ""), CheckerSettings()) is applies


async def test_locate_names_path_and_version(tmp_path: Path, settings: CheckerSettings) -> None:
    located = await TY.locate(py(tmp_path, ""), settings)
    assert "(ty 0." in located
