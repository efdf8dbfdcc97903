"""Every case file is carried out: the document as it was, one run, the document as it must be."""

from __future__ import annotations

import os
import shutil
import sysconfig
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.actions.cases import Case, read_case, write_case
from understudy.checkers import all_checkers
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, FixSettings, Settings
from understudy.core.lines import LineIndex
from understudy.core.text import Span, apply
from understudy.engine.checking import check, close_checkers
from understudy.engine.evidence import CheckStatus
from understudy.engine.problems import problems
from understudy.engine.run import fix
from understudy.engine.services import Services
from understudy.languages import language_of
from understudy.workspace import disk_watch
from understudy.workspace.foreign import diagnostic_from_json
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Outcome
    from understudy.workspace.diagnostics import Diagnostic

FOLDER = Path(__file__).parent / "fix"
FILES = sorted(FOLDER.rglob("*.txt"))
UPDATE = os.environ.get("UPDATE") == "1"

# A tool that starts slowly on a busy machine must not change what a case ends with.
SETTINGS = Settings(
    fix=FixSettings(timeout_s=100.0),
    checkers={checker: CheckerSettings(timeout_s=60.0) for checker in all_checkers()},
)


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def _checkers_end_with_the_last_case() -> AsyncIterator[None]:
    yield
    await close_checkers()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all cases, one after the other: a checker that is kept warm serves them all."""
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture
def workspace(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder, out of reach of the user's own configuration of any tool."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    # The tools that the project pins come first, so that a case ends alike on every machine.
    tools = sysconfig.get_path("scripts")
    monkeypatch.setenv("PATH", os.pathsep.join([tools, os.environ.get("PATH", "")]))
    # Nobody writes the files of the next project half a second after those of the last one.
    monkeypatch.setattr(disk_watch, "_FRESH_S", 0.0)
    yield shared
    for left in shared.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


# One event loop for all cases, so that a checker which keeps running is started once.
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
async def test_case(file: Path, workspace: Path) -> None:
    case = read_file(file)
    view = laid_out(case, workspace)
    reports = await check(view, SETTINGS)
    assert not [report.note for report in reports if report.status is not CheckStatus.DONE]
    outcome = await fix(view, target(case, view, reports), Services(SETTINGS))
    got = told(outcome)
    edits = outcome.offered.edits if outcome.offered else None
    after = None if edits is None else apply(case.text, edits)
    if UPDATE:
        write_file(file, updated(case, got, after))
        return
    assert case.expect, "The case expects nothing yet: run it with UPDATE=1 and read the file."
    assert {key: got.get(key) for key in case.expect} == case.expect
    assert after == case.after


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_a_case_is_written_as_update_writes_it(file: Path) -> None:
    assert write_case(read_file(file)) == file.read_bytes().decode()


def read_file(file: Path) -> Case:
    return read_case(file.read_bytes().decode())


def write_file(file: Path, case: Case) -> None:
    file.write_bytes(write_case(case).encode())


def laid_out(case: Case, root: Path) -> View:
    """The case's files on disk, and its document as an editor would hold it."""
    for name, content in {**case.files, case.path: case.text}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode())
    path = root / case.path
    return View(
        uri=path.as_uri(),
        text=case.text,
        policy=Policy(Trust.TRUSTED),
        version=1,
        language=language_of(path) or "plaintext",
        path=path,
        root=root,
        selection=case.selection or Span(0, 0),
    )


def target(case: Case, view: View, reports: tuple[CheckReport, ...]) -> Diagnostic:
    """The diagnostic that the run is about: the one at the selection, else the first."""
    found = problems(reports) if case.diagnostics is None else given(case.diagnostics, view)
    assert found, "Nothing is wrong with the document, so there is nothing to fix."
    if case.selection is None:
        return found[0]
    at_selection = [one for one in found if one.span.touches(case.selection)]
    assert at_selection, f"No diagnostic touches the selection; there are {found}."
    return at_selection[0]


def given(items: tuple[dict[str, Any], ...], view: View) -> tuple[Diagnostic, ...]:
    """The diagnostics of the case, as the server would read them from an editor."""
    index = LineIndex(view.text)
    read = [diagnostic_from_json(item, index, "utf-16", view.uri) for item in items]
    assert None not in read, "A line of `=== diagnostics` is no LSP diagnostic."
    return tuple(one for one in read if one is not None)


def told(outcome: Outcome) -> dict[str, str]:
    """Everything that `=== expect` may name."""
    assert outcome.diagnostic is not None
    got = {"problem": outcome.diagnostic.label, "status": outcome.status.value}
    if outcome.candidate is not None:
        got["band"] = outcome.candidate.verdict.band.value
        got["model"] = outcome.candidate.model
        got["author"] = outcome.candidate.author
        got["why"] = outcome.candidate.why
    if outcome.category is not None:
        got["category"] = outcome.category.value
    if outcome.reason:
        got["reason"] = outcome.reason
    return got


def updated(case: Case, got: dict[str, str], after: str | None) -> Case:
    """The case as it came out. It goes on naming what it named, unless it ends differently now."""
    same_end = case.expect.get("status") == got["status"]
    named = [key for key in case.expect if key in got] if same_end else list(got)
    return replace(case, expect={key: got[key] for key in named}, after=after)
