"""The work behind `understudy.tests`."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.starting import Meant, frozen, placed, start_for
from understudy.tasks.tests import TASK

if TYPE_CHECKING:
    from understudy.engine.subject import Wish
    from understudy.lsp.app import App
    from understudy.lsp.extensions import TestsArguments
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View

_KINDS = {
    "unit": "",
    "edges": "Leave the usual case out: test edges and errors alone.",
    "properties": (
        "Write property tests, with the library that the project uses for them: say what holds for"
        " every input."
    ),
}
"""What `kind` adds to the task."""


def start_writing_tests(app: App, arguments: TestsArguments) -> dict[str, str]:
    """Start to write tests of the symbol at a place.

    Raises:
        BadRequestError: for an unknown document, model or kind.
        RefusedError: for a document that can't be edited, and when too many jobs run already.
    """
    kind = arguments.kind or "unit"
    if kind not in _KINDS:
        known = ", ".join(f"`{one}`" for one in _KINDS)
        raise BadRequestError(f"`{kind}` is no kind of tests. Known: {known}.")
    view = frozen(app, arguments.uri, arguments.model)
    meant = Meant(arguments.range, [], app.session.client.encoding)

    async def work(job: Job) -> str:
        here = await asyncio.to_thread(placed, view, meant)
        changing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.changing")
        wish = await asyncio.to_thread(_wish, here, _KINDS[kind])
        asked = changing.Asked(TASK, arguments.model)
        last_word: str = await changing.carry_out_here(app, job, here, asked, wish)
        return last_word

    line = arguments.range.start.line + 1
    return start_for(app, view.uri, f"{TASK.title}: {view.name}:{line}", work)


def _wish(view: View, kind: str) -> Wish:
    """What is to be written, and where. Reads the disk."""
    from understudy.engine.scope import block_of
    from understudy.engine.subject import Wish
    from understudy.engine.tests_home import import_name, tests_home

    home = tests_home(view)
    lines = (
        view.index.lines_of(view.selection) if view.selection else block_of(view, view.selection)
    )
    words = f"{TASK.instruction} {kind}".strip()
    if home.own:
        where = "Put them where this file keeps its tests, or at its end, as the language has it"
        return Wish(f"{words}\n{where}; change nothing else.", lines, whole=True)
    what = "which is there already: keep its tests" if home.view else "which does not exist yet"
    words += f"\nWrite them into `{home.path}`, {what}. Change no other file."
    if name := import_name(view):
        words += f" What is tested is imported from `{name}`."
    wish = Wish(words, lines, stays=True, may_create=home.view is None)
    if home.view is not None:
        return replace(wish, others={home.path: home.view})
    return replace(wish, samples={home.sample.name: home.sample} if home.sample else {})
