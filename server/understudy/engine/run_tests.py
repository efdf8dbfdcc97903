"""Run the tests that belong to a file, on its text before and after an edit.

They run in a private copy of the workspace folder, so that nothing which they write reaches the
user's files. They run code that a model wrote, with the user's rights: only in trusted workspaces,
and only where the user switched it on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.stopping import in_thread
from understudy.engine.ran_tests import RanTests, compared
from understudy.engine.related_tests import related_tests
from understudy.engine.tests_installed import link_modules, refuse_strays
from understudy.engine.tests_naming import is_test
from understudy.engine.tests_reports import said
from understudy.engine.tests_runners import Ground, runner_for
from understudy.workspace.off_loop import held, to_its_end
from understudy.workspace.project_copy import ProjectCopy
from understudy.workspace.tools import Surroundings, run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.config.settings import Settings
    from understudy.engine.other_files import Other
    from understudy.engine.tests_reports import Results
    from understudy.engine.tests_runners import Runner
    from understudy.workspace.view import View

_MAX_OUTPUT = 32 * 1024 * 1024
_INLINE = "#[test]"
"""In Rust, tests stand beside what they test."""


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit whose tests are run.

    Attributes:
        view: the document as it is; `after`: its text with the edit.
        others: what becomes of further documents.
    """

    view: View
    after: str
    others: tuple[Other, ...] = ()


def why_not_run(view: View, settings: Settings, *, asked: bool) -> str:
    """Why no tests are run for a document, as a sentence; empty when they may be.

    Args:
        view: the document.
        settings: of its workspace folder.
        asked: whether the user asked for it just now.
    """
    wanted = settings.gate.run_tests
    if wanted == "never" or (wanted == "on_request" and not asked):
        return f"No tests are run, because `gate.run_tests` is `{wanted}`."
    if view.root is None or view.path is None:
        return f"`{view.name}` lies in no workspace folder, so it has no tests that could be run."
    if not view.policy.may_run_workspace_tools:
        return "The workspace is not trusted, so its tests were not run."
    return ""


async def run_tests(edited: Edited, settings: Settings) -> RanTests:
    """What the related tests say about an edit.

    Raises:
        UnavailableError: when there are none, or they can't be run; the sentence says why.
    """
    tests = await in_thread(_tests_of, edited)
    async with held(_copied(edited.view)) as (copy, spare):
        await to_its_end(copy.refresh_all, _after(edited))
        ground = Ground(edited.view, copy.tree, spare, _in_copy(edited, copy, tests))
        runner, after = await _run(ground, settings)
        await to_its_end(copy.refresh_all, _before(edited))
        there = tuple(one for one in ground.tests if one.is_file())
        if ground.tests and not there:
            # All of them are new, so there is nothing to compare with.
            return compared(None, after, runner)
        _, before = await _run(replace(ground, tests=there), settings)
    return compared(before, after, runner, tests_changed=_changes_tests(edited))


def _changes_tests(edited: Edited) -> bool:
    """Whether the edit writes in files of tests, so that some may have another name or be gone."""
    views = (edited.view, *(one.before for one in edited.others))
    return any(is_test(one.name, one.language) or _INLINE in one.text for one in views)


def _tests_of(edited: Edited) -> tuple[Path, ...]:
    """The test files that the edit writes, then those that belong to its documents."""
    found: dict[Path, None] = {}
    for other in edited.others:
        view = other.before
        if other.after is not None and view.path is not None and is_test(view.name, view.language):
            found[view.path] = None
    found |= dict.fromkeys(related_tests(edited.view))
    for other in edited.others:
        if not other.is_new:
            found |= dict.fromkeys(related_tests(other.before))
    return tuple(found)


def _in_copy(edited: Edited, copy: ProjectCopy, tests: tuple[Path, ...]) -> tuple[Path, ...]:
    root = edited.view.root
    if root is None:
        return ()
    return tuple(copy.tree / one.relative_to(root) for one in tests)


@contextlib.contextmanager
def _copied(view: View) -> Iterator[tuple[ProjectCopy, Path]]:
    """A copy of the workspace folder that is filled later, and a spare folder; gone at the end."""
    if view.root is None:
        raise UnavailableError(f"`{view.name}` lies in no workspace folder.")
    try:
        # Servers remove what others left that were killed, by the process in the name.
        prefix = f"understudy-{os.getpid()}-"
        place = Path(os.path.realpath(tempfile.mkdtemp(prefix=prefix)))
    except OSError as error:
        raise UnavailableError(f"No temporary folder can be made: {error.strerror}.") from error
    try:
        (place / "spare").mkdir()
        yield ProjectCopy(view.root, place / "tree"), place / "spare"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _before(edited: Edited) -> dict[Path, bytes | None]:
    """Open documents as they are in the editor; all else is in the copy as it is on disk."""
    view = edited.view
    documents = [(one.path, one.text) for one in view.beside]
    if view.path is not None:
        documents.append((view.path, view.text))
    return {path: _encoded(text) for path, text in documents if _is_inside(path, view)}


def _after(edited: Edited) -> dict[Path, bytes | None]:
    """The same, with the edit."""
    found, view = _before(edited), edited.view
    if view.path is not None:
        found[view.path] = _encoded(edited.after)
    for other in edited.others:
        found |= _changes(other)
    return found


def _is_inside(path: Path, view: View) -> bool:
    return view.root is not None and path.is_relative_to(view.root)


def _changes(other: Other) -> Mapping[Path, bytes | None]:
    path = other.before.path
    if path is None:
        return {}
    content = None if other.after is None else _encoded(other.after)
    if other.new_path is None:
        return {path: content}
    return {path: None, other.new_path: content}


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError("A text that holds half a character can't be written.") from error


async def _run(ground: Ground, settings: Settings) -> tuple[str, Results]:
    """Run the tests on the texts that the copy holds now; `(the runner, what it says)`."""
    runner = await to_its_end(_prepared, ground, settings)
    finished = await run_tool(
        runner.command,
        stdin=b"",
        cwd=Surroundings(runner.folder, runner.variables),
        timeout_s=settings.tests.timeout_s,
        max_output_bytes=_MAX_OUTPUT,
    )
    if runner.strays is not None and ground.view.root is not None:
        await asyncio.to_thread(refuse_strays, runner.strays, ground.view.root)
    results = await asyncio.to_thread(runner.read, finished, runner.report)
    return runner.id, replace(results, output=await asyncio.to_thread(said, finished))


def _prepared(ground: Ground, settings: Settings) -> Runner:
    runner = runner_for(ground, settings.tests)
    for written in filter(None, (runner.report, runner.strays)):
        written.unlink(missing_ok=True)
    if ground.view.root is not None:
        link_modules(runner.modules, ground.view.root, ground.tree)
    return runner
