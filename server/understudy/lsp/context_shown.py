"""What a model would be shown for a place, as editors ask for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from understudy.config.pin_record import Pin, PinChange
from understudy.core.failures import BadRequestError
from understudy.core.ids import new_id
from understudy.engine.context_at import Wanted, context_at, with_problem
from understudy.engine.context_text import as_markdown, as_plain, in_short
from understudy.engine.pin_change import change_pins
from understudy.engine.services import Services
from understudy.lsp.convert import to_span
from understudy.lsp.reports import show_report
from understudy.lsp.starting import Meant, lsp_range, selected
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from understudy.core.lines import Encoding
    from understudy.engine.context_at import Seen
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ContextPreviewArguments
    from understudy.workspace.view import View

_MOST_BUDGET = 10_000_000
_MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that the answer needs, taken from the server's state at once."""

    view: View
    services: Services
    arguments: ContextPreviewArguments
    encoding: Encoding


async def context_shown(app: App, arguments: ContextPreviewArguments) -> dict[str, object]:
    """The pieces with their reasons, and the same as a Markdown document.

    Raises:
        BadRequestError: for an unknown document, task, model or place.
        RefusedError: when the budget is too small for what is required.
    """
    view = app.session.view(arguments.uri)
    task = all_tasks().get(arguments.task)
    if task is None:
        raise BadRequestError(f"There is no task `{arguments.task}`.")
    background = app.background
    if background is not None:
        # As a request does: what was shown by other settings would be no preview of it.
        await background.until_settled()
        await background.keep_up()
    settings = app.session.settings_for(view.root)
    view = replace(
        view,
        policy=app.session.policy_for(view.root),
        environment=settings.python.environment,
    )
    reach = background.reach if background is not None else None
    services = Services(settings=settings, task=task, reach=reach, index=app.indexing.at_hand())
    asked = _Asked(view, services, arguments, app.session.client.encoding)
    seen = await asyncio.to_thread(_seen, asked)
    text = as_markdown(seen, view.name)
    if not app.session.client.contexts:
        # The answer goes out first: a client may handle nothing else until it has it.
        app.spawn(_show(app, text, in_short(seen)), "context")
    return {**as_plain(seen), "markdown": text}


async def _show(app: App, text: str, short: str) -> None:
    await show_report(app, f"{new_id()}/context.md", text, short)


def _seen(asked: _Asked) -> Seen:
    arguments, services = asked.arguments, asked.services
    place = to_span(asked.view.index, lsp_range(arguments.range), asked.encoding)
    meant = Meant(arguments.range, arguments.diagnostics or [], asked.encoding)
    told = selected(asked.view, meant).diagnostics
    view = replace(asked.view, selection=place, diagnostics=told)
    budget = arguments.budget
    if budget is not None and not 1 <= budget <= _MOST_BUDGET:
        raise BadRequestError(f"`budget` must be from 1 to {_MOST_BUDGET:,}.")
    view = with_problem(view, arguments.message or "")
    wanted = Wanted(view, budget, arguments.model, words=arguments.words or "")
    change = PinChange(
        _places("pin", arguments.pin),
        _places("ban", arguments.ban),
        _places("unpin", arguments.unpin),
        _places("unban", arguments.unban),
    )
    if change:
        change_pins(change, wanted.view, services)
    return context_at(wanted, services)


def _places(name: str, given: list[Any] | None) -> tuple[Pin, ...]:
    found = given or []
    if len(found) > _MOST_PLACES:
        raise BadRequestError(f"`{name}` may name {_MOST_PLACES} places at once.")
    return tuple(_place(name, one) for one in found)


def _place(name: str, given: Any) -> Pin:
    path = given.get("path") if isinstance(given, dict) else None
    line = given.get("start_line", given.get("startLine")) if isinstance(given, dict) else None
    if not isinstance(path, str) or not path or type(line) is not int or line < 1:
        raise BadRequestError(f"`{name}` takes objects with a `path` and a `start_line` from 1.")
    return Pin(path.replace("\\", "/"), line - 1)
