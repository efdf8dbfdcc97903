"""The work behind `understudy.tests`."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.starting import Meant, frozen, placed, require_language, start_for
from understudy.tasks.tests import TASK

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import TestsArguments
    from understudy.lsp.jobs import Job

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
    require_language(TASK, view)
    meant = Meant(arguments.range, [], app.session.client.encoding)

    async def work(job: Job) -> str:
        from understudy.engine.tests_wish import wish_for_tests

        here = await asyncio.to_thread(placed, view, meant)
        changing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.changing")
        wish = replace(await asyncio.to_thread(wish_for_tests, here, _KINDS[kind]), kind=kind)
        asked = changing.Asked(TASK, arguments.model)
        last_word: str = await changing.carry_out_here(app, job, here, asked, wish)
        return last_word

    line = arguments.range.start.line + 1
    return start_for(app, view.uri, f"{TASK.title}: {view.name}:{line}", work)
