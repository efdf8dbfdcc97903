"""From a command to a running job, without waiting for anything."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from lsprotocol import types as lsp

from understudy.core.failures import RefusedError
from understudy.core.ids import new_id
from understudy.core.text import Span
from understudy.engine.router import route
from understudy.lsp.background import open_background
from understudy.lsp.convert import to_span
from understudy.lsp.door import MAX_NUMBER
from understudy.lsp.editable import require_editable, require_writable
from understudy.lsp.jobs import Job
from understudy.lsp.naming import OURS
from understudy.lsp.progress import Progress
from understudy.tasks import all_tasks
from understudy.tasks.fix import TASK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.core.lines import Encoding
    from understudy.lsp.app import App
    from understudy.lsp.extensions import FixArguments, PlaceArguments, Range
    from understudy.tasks import Task
    from understudy.workspace.view import View

_MAX_JOBS = 32
"""Jobs at the same time; more of them are a client gone wild."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Where the user wants something fixed, in the client's units, and what the client knows there.

    Attributes:
        diagnostics: LSP diagnostics as plain JSON, of any shape.
    """

    place: Range
    diagnostics: list[Any]
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class Request:
    """Work to be started on a frozen view; `meant` is None for the whole document."""

    view: View
    title: str
    work: Literal["fix_here", "fix_file"]
    model: str | None
    meant: Meant | None = None


def frozen(app: App, uri: str, model: str | None) -> View:
    """The document as it is now, if it may be edited and the model exists.

    Before the settings are known, nobody can tell which models exist: the job looks then.

    Raises:
        BadRequestError: for an unknown document or model.
        RefusedError: for a document that can't be edited.
    """
    view = app.session.view(uri)
    if app.background is not None and app.background.settled.is_set():
        settings = app.session.settings_for(view.root)
        route(TASK, settings, model, where=app.session.client.adding_models)
    require_editable(uri)
    return view


def selected(view: View, meant: Meant) -> View:
    """The view with the lines and the diagnostics that the user means.

    For a long text with many diagnostics this takes a while, so it belongs off the loop.
    """
    from understudy.workspace.foreign import diagnostic_from_json

    index, encoding = view.index, meant.encoding
    lines = index.lines_of(to_span(index, lsp_range(meant.place), encoding))
    last = lines.stop - 1
    span = Span(index.start(lines.start), index.start(last) + len(index.content(last)))
    read = (diagnostic_from_json(one, index, encoding, view.uri) for one in meant.diagnostics)
    # Our own stand beside edits for review and failed runs, or are findings of a review.
    found = tuple(one for one in read if one is not None and one.source not in OURS)
    return replace(view, selection=span, diagnostics=found)


def lsp_range(place: Range) -> lsp.Range:
    """LSP's own class takes no number above `MAX_NUMBER`, which some clients send for "the end"."""
    start, end = (
        lsp.Position(min(one.line, MAX_NUMBER), min(one.character, MAX_NUMBER))
        for one in (place.start, place.end)
    )
    return lsp.Range(start, end)


def start_fix(app: App, arguments: FixArguments) -> dict[str, str]:
    """Start the fix of what is wrong at a place.

    Raises:
        BadRequestError: for an unknown document or model.
        RefusedError: for a document that can't be edited, and when too many jobs run already.
    """
    view = frozen(app, arguments.uri, arguments.model)
    place = arguments.range
    last = app.session.document(arguments.uri).line_count
    line = min(place.start.line + 1, place.end.line + 1, last)
    meant = Meant(place, arguments.diagnostics or [], app.session.client.encoding)
    title = f"Fixing {view.name}:{line}"
    return start(app, Request(view, title, "fix_here", arguments.model, meant))


def start_change(
    app: App, arguments: PlaceArguments, task: str, instruction: str = ""
) -> dict[str, str]:
    """Start a change of what is selected.

    Raises:
        BadRequestError: for an unknown document or model.
        RefusedError: for a document that can't be edited, or in a language that the task is not
            for, and when too many jobs run already.
    """
    view = frozen(app, arguments.uri, arguments.model)
    meant = Meant(arguments.range, [], app.session.client.encoding)
    wanted = all_tasks()[task]
    require_language(wanted, view)
    others = named_documents(app, view, instruction)

    async def work(job: Job) -> str:
        here = await asyncio.to_thread(placed, view, meant)
        changing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.changing")
        change = changing.Change(wanted, instruction, arguments.model, others)
        last_word: str = await changing.change_here(app, job, here, change)
        return last_word

    line = arguments.range.start.line + 1
    # Where users say themselves what they want, it stands in no comment.
    title = wanted.title if wanted.instruction or not instruction.strip() else "Edit"
    return start_for(app, view.uri, f"{title}: {view.name}:{line}", work)


def require_language(task: Task, view: View) -> None:
    """Refuse a document in a language that a task is not for.

    Raises:
        RefusedError: when it is so.
    """
    if task.languages is not None and view.language not in task.languages:
        raise RefusedError(f"\u201c{task.title}\u201d is not for documents in `{view.language}`.")


def named_documents(app: App, view: View, instruction: str) -> dict[str, View]:
    """Other open documents of the same folder that an instruction names, by their path."""
    found: dict[str, View] = {}
    for uri, document in app.session.documents.items():
        name = uri.rpartition("/")[2]
        if uri == view.uri or document.lost or not name or name not in instruction:
            continue
        other = app.session.view(uri)
        if view.root is not None and other.root == view.root:
            found[other.name] = other
    return found


def placed(view: View, meant: Meant) -> View:
    """The view with exactly what is selected. Touches the disk.

    Raises:
        RefusedError: for a file that can't be written.
    """
    require_writable(view)
    span = to_span(view.index, lsp_range(meant.place), meant.encoding)
    return replace(view, selection=span)


def start(app: App, request: Request) -> dict[str, str]:
    """Start a job on a frozen view; returns the command's answer.

    Raises:
        RefusedError: when too many jobs run already.
    """

    async def work(job: Job) -> str:
        view = await asyncio.to_thread(_ready_for_work, request)
        # The engine is heavy, and the command is answered before it is needed.
        fixing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.fixing")
        works = {"fix_here": fixing.fix_here, "fix_file": fixing.fix_file}
        last_word: str = await works[request.work](app, job, view, request.model)
        return last_word

    return start_for(app, request.view.uri, request.title, work)


def _ready_for_work(request: Request) -> View:
    """What is left to do before the work, which the command is answered without."""
    require_writable(request.view)
    return request.view if request.meant is None else selected(request.view, request.meant)


def start_report(
    app: App, kind: str, title: str, in_words: Callable[[], tuple[str, str]]
) -> dict[str, str]:
    """Start a job that opens a report.

    Args:
        app: knows the client.
        kind: the file's name without its ending.
        title: of the job, for the progress display.
        in_words: gives the report as a text and in one sentence. It may block, and import what is heavy.

    Raises:
        RefusedError: when too many jobs run already.
    """

    async def work(job: Job) -> str:
        from understudy.lsp.reports import show_report

        text, short = await asyncio.to_thread(in_words)
        return await show_report(app, f"{job.id}/{kind}.txt", text, short)

    return start_for(app, "", title, work)


def start_for(
    app: App, uri: str, title: str, work: Callable[[Job], Awaitable[str]]
) -> dict[str, str]:
    """Start a job that belongs to a document.

    Raises:
        RefusedError: when too many jobs run already.
    """
    if app.jobs.at_work() >= _MAX_JOBS:
        raise RefusedError(f"{_MAX_JOBS} runs are under way already. Cancel some first.")
    open_background(app)
    job_id = new_id()
    progress = Progress(app, job_id, title)
    app.jobs.start(Job(job_id, uri, title, app.protocol.request_id, progress), work)
    return {"runId": job_id}
