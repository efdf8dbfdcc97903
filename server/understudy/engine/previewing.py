"""The prompt that a task would send, without sending it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, RefusedError
from understudy.engine.checking import check
from understudy.engine.fitting import max_output, tokens_of
from understudy.engine.question_at import edits, question_at, solves, target_at
from understudy.engine.router import route
from understudy.engine.selection import Selection
from understudy.models.registry import find_model
from understudy.prompt.pieces import NOTHING_SHOWN

if TYPE_CHECKING:
    from understudy.engine.evidence import CheckReport
    from understudy.engine.question_at import Asking
    from understudy.engine.services import Services
    from understudy.models.registry import Model
    from understudy.prompt import Prompt
    from understudy.tasks import Task
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Preview:
    """A prompt that was not sent.

    Attributes:
        model: who would be asked; empty where no model over the network is known.
        tokens: how many it hardly has more than, for this model.
        quality: how they were counted: `exact`, `calibrated`, `vocabulary`, `estimate`.
    """

    prompt: Prompt
    model: str
    edit_format: str
    tokens: int
    quality: str


async def preview(
    view: View, services: Services, model: str | None = None, words: str = ""
) -> Preview:
    """The whole prompt of the services' task for what the view selects. Runs the checkers for a fix.

    Args:
        view: with the lines selected that are meant.
        services: settings, the task, and the way to models, of which none is asked.
        model: as if this one were asked; None for the first of the route.
        words: what the user would say.

    Raises:
        BadRequestError: nothing is wrong there, or nobody says what is to be done.
        RefusedError: there is no way to models.
        FragmentError: the prompt can't be put together.
    """
    if services.reach is None:
        raise RefusedError("Without a way to models there are no prompts.")
    chosen = await asyncio.to_thread(_model, services, model)
    reports = await check(view, services.settings) if edits(services.task) else ()
    _require_something(view, services.task, reports, words)
    asking = await asyncio.to_thread(question_at, view, services, chosen, reports, words)
    return await asyncio.to_thread(_written, asking, services)


def _require_something(
    view: View, task: Task, reports: tuple[CheckReport, ...], words: str
) -> None:
    if solves(task) and target_at(view, reports) is None:
        line = view.index.lines_of(view.selection).start + 1
        raise BadRequestError(f"Nothing is reported in line {line} of `{view.name}`.")
    if edits(task) and not (solves(task) or task.instruction or words.strip()):
        raise BadRequestError("Say what is to be done: `--words`.")


def _written(asking: Asking, services: Services) -> Preview:
    """The prompt with the context that there would be room for; none where nobody is asked."""
    model, counter, reach = asking.place.model, asking.counter, services.reach
    if reach is None or model is None or counter is None:
        return Preview(asking.write(NOTHING_SHOWN), "", asking.form, 0, "")
    room = reach.room_for(model, max_output(model, asking.output), asking.place.view.language)
    prompt, _ = Selection(services).whole(asking.write, asking.place, counter, room)
    return Preview(prompt, model.id, asking.form, tokens_of(prompt, counter), counter.quality)


def _model(services: Services, asked: str | None) -> Model | None:
    """The first model over the network that would be asked; None without any."""
    settings = services.settings
    found = (find_model(settings, one) for one in route(services.task, settings, asked).models)
    models = [one for one in found if one is not None]
    return next((one for one in models if one.locality != "built-in"), None)
