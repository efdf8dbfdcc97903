"""The prompt that a task would send, without sending it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, CallError, RefusedError
from understudy.engine.checking import check
from understudy.engine.fitting import max_output, tokens_of
from understudy.engine.lacking import lacking, too_few
from understudy.engine.material import Gathered, gathered, most_tokens, shown_of
from understudy.engine.question_at import edits, question_at, solves, target_at
from understudy.engine.router import route
from understudy.engine.selection import Recipient, Selection
from understudy.models.registry import find_model
from understudy.models.tokens import usual_counter

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
        too_long: why it would not be sent, as a sentence: the model has no room for it. Empty where
            it would be sent.
    """

    prompt: Prompt
    model: str
    edit_format: str
    tokens: int
    quality: str
    too_long: str = ""


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
        lines = view.index.lines_of(view.selection)
        several = f"lines {lines.start + 1} to {lines.stop}"
        where = several if len(lines) > 1 else f"line {lines.start + 1}"
        text = f"Nothing is reported in {where} of `{view.name}`."
        raise BadRequestError(f"{text} With `--message` you say what is wrong there.")
    if edits(task) and not (solves(task) or task.instruction or words.strip()):
        raise BadRequestError("Say what is to be done: `--words`.")


def _written(asking: Asking, services: Services) -> Preview:
    """The prompt as it would be sent: with the context that there is room for, and no longer."""
    model, counter, reach = asking.place.model, asking.counter, services.reach
    if reach is None or model is None or counter is None:
        return _for_nobody(asking, services)
    known = reach.as_learned(model)
    room = reach.room_for(model, max_output(known, asking.output), asking.place.view.language)
    to = Recipient(known, counter, room)
    whole = Selection(services).whole(asking.write, asking.place, to)
    too_long = ""
    try:
        prompt = _told(whole.fitted(to)[0])
    except CallError as error:
        prompt, too_long = whole.prompt, error.failure.message
    tokens = tokens_of(prompt, counter)
    return Preview(prompt, model.id, asking.form, tokens, counter.quality, too_long)


def _told(prompt: Prompt) -> Prompt:
    """The prompt with a note on each part of it that the model has no room for."""
    known = "\n".join(prompt.notes)
    notes = (
        f"`{name}` is left out: the model has no room for it."
        for name in prompt.left_out
        if f"`{name}` is left out: " not in known
    )
    return replace(prompt, notes=(*prompt.notes, *notes))


def _for_nobody(asking: Asking, services: Services) -> Preview:
    """The prompt with the context that a model on this machine might see."""
    counter = usual_counter()
    try:
        found = gathered(asking.place, services, counter, most_tokens(services))
    except (OSError, ValueError, RecursionError):
        found = Gathered()
    prompt, missing = asking.write(shown_of(found.packed)), lacking(found)
    lacks = too_few(found.packed.budget, missing) if missing else ""
    return Preview(prompt, "", asking.form, tokens_of(prompt, counter), counter.quality, lacks)


def _model(services: Services, asked: str | None) -> Model | None:
    """The first model over the network that would be asked; None without any."""
    settings = services.settings
    found = (find_model(settings, one) for one in route(services.task, settings, asked).models)
    models = [one for one in found if one is not None]
    return next((one for one in models if one.locality != "built-in"), None)
