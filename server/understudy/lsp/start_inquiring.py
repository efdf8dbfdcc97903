"""From the commands about words to running jobs: an explanation, a review, a finding put right."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from understudy.core.text import Span
from understudy.lsp.convert import to_span
from understudy.lsp.starting import frozen, lsp_range, start_for

if TYPE_CHECKING:
    from understudy.core.lines import Encoding
    from understudy.lsp.app import App
    from understudy.lsp.extensions import (
        ExplainArguments,
        FixFindingArguments,
        Range,
        ReviewArguments,
    )
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View


def start_explaining(app: App, arguments: ExplainArguments) -> dict[str, str]:
    """Start the explanation of a place.

    Raises:
        BadRequestError: for an unknown document or model.
        RefusedError: for a document of other people, and when too many jobs run already.
    """
    view = frozen(app, arguments.uri, arguments.model)
    encoding, reported = app.session.client.encoding, arguments.diagnostics or []

    async def work(job: Job) -> str:
        here = await asyncio.to_thread(_placed, view, arguments.range, encoding)
        here = await asyncio.to_thread(_with_problems, here, reported, encoding)
        explaining = await asyncio.to_thread(importlib.import_module, "understudy.lsp.explaining")
        last_word: str = await explaining.explain_here(app, job, here, arguments.model)
        return last_word

    title = f"Explaining {view.name}:{arguments.range.start.line + 1}"
    return start_for(app, view.uri, title, work)


def start_reviewing(app: App, arguments: ReviewArguments) -> dict[str, str]:
    """Start the review of a place, or of a whole document.

    Raises:
        BadRequestError: for an unknown document or model.
        RefusedError: for a document of other people, and when too many jobs run already.
    """
    view = frozen(app, arguments.uri, arguments.model)
    encoding = app.session.client.encoding

    async def work(job: Job) -> str:
        here = await asyncio.to_thread(_placed, view, arguments.range, encoding)
        reviewing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.reviewing")
        last_word: str = await reviewing.review_here(app, job, here, arguments.model)
        return last_word

    return start_for(app, view.uri, f"Reviewing {view.name}", work)


def start_fixing_finding(app: App, arguments: FixFindingArguments) -> dict[str, str]:
    """Start to put a finding right.

    Raises:
        BadRequestError: when the finding is not shown any more.
        RefusedError: when too many jobs run already.
    """
    from understudy.lsp.findings import require_finding

    standing = require_finding(app, arguments.finding_id)
    view, finding = frozen(app, standing.uri, None), standing.now

    async def work(job: Job) -> str:
        reviewing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.reviewing")
        last_word: str = await reviewing.fix_finding(app, job, view, finding, standing)
        return last_word

    return start_for(app, view.uri, f"Fixing {view.name}:{finding.lines.start + 1}", work)


def _placed(view: View, place: Range | None, encoding: Encoding) -> View:
    """The view with what is meant selected: all of it without a place."""
    if place is None:
        return replace(view, selection=Span(0, len(view.text)))
    return replace(view, selection=to_span(view.index, lsp_range(place), encoding))


def _with_problems(view: View, reported: list[Any], encoding: Encoding) -> View:
    """The view with the diagnostics that the client sent along."""
    from understudy.workspace.foreign import diagnostic_from_json

    read = (diagnostic_from_json(one, view.index, encoding, view.uri) for one in reported)
    return replace(view, diagnostics=tuple(one for one in read if one is not None))
