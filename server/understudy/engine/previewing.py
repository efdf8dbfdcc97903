"""The prompt that a task would send, without sending it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from understudy.core.failures import BadRequestError, RefusedError
from understudy.edit_formats import all_edit_formats
from understudy.engine.addressing import addressee
from understudy.engine.attempt import Ask
from understudy.engine.checking import check
from understudy.engine.contract import contract_for, region_for
from understudy.engine.explaining import explanation
from understudy.engine.fitting import max_output, tokens_of
from understudy.engine.prompts import Besides, place_of, prompt_of, to_model
from understudy.engine.reviewing import review
from understudy.engine.router import route
from understudy.engine.run import problem_of
from understudy.engine.scope import block_of, symbol_of
from understudy.engine.selection import Selection
from understudy.engine.subject import Subject, Wish, of_problem
from understudy.engine.tests_wish import wish_for_tests
from understudy.models.registry import find_model
from understudy.prompt.pieces import NOTHING_SHOWN
from understudy.tasks.explain import TASK as EXPLAIN
from understudy.tasks.review import TASK as REVIEW
from understudy.tasks.tests import TASK as TESTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.engine.consult import Matter
    from understudy.engine.material import Place
    from understudy.engine.reach import Reach
    from understudy.engine.services import Services
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Shown
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

T = TypeVar("T")

_PROSE = 512
_PROBLEMS = frozenset({"fix", "fixFile"})


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
    reach, task = services.reach, services.task
    lines = view.index.lines_of(view.selection)
    if task.id == EXPLAIN.id:
        return await asyncio.to_thread(_telling, explanation(view, lines), services, chosen)
    if task.id == REVIEW.id:
        return await asyncio.to_thread(_telling, review(view, lines), services, chosen)
    reports = await check(view, services.settings)
    if task.id in _PROBLEMS:
        found = (one for report in reports for one in report.diagnostics)
        subject = of_problem(await asyncio.to_thread(problem_of, view, _first(view, [*found])))
    else:
        subject = await asyncio.to_thread(_wished, view, services, words)
    ask = Ask(subject, chosen.id if chosen else "", reports, services)
    return await asyncio.to_thread(_edit, ask, chosen, reach)


def _telling(matter: Matter[T], services: Services, model: Model | None) -> Preview:
    counter = _counter(services.reach, model, matter.view)
    to = addressee(services.task, model, counter, matter.form)
    place = replace(matter.place, model=model)
    prompt = _whole(lambda shown: matter.prompt((), to, shown), place, services, matter.output)
    return _preview(prompt, model, counter, matter.form)


def _counter(reach: Reach | None, model: Model | None, view: View) -> TokenCounter | None:
    return reach.counter(model, view.language) if reach is not None and model is not None else None


def _whole(
    write: Callable[[Shown], Prompt], place: Place, services: Services, output: int
) -> Prompt:
    """The prompt with the context that there would be room for; none where nobody is asked."""
    reach, model, language = services.reach, place.model, place.view.language
    if reach is None or model is None:
        return write(NOTHING_SHOWN)
    room = reach.room_for(model, max_output(model, output), language)
    prompt, _ = Selection(services).whole(write, place, reach.counter(model, language), room)
    return prompt


def _edit(ask: Ask, model: Model | None, reach: Reach) -> Preview:
    subject, view = ask.subject, ask.subject.view
    counter = _counter(reach, model, view)
    if model is None:
        wish = subject.wish
        several = wish is not None and (wish.whole or wish.may_create or bool(wish.others))
        edit_format = all_edit_formats()["search_replace" if several else "region"]
    else:
        so_far = reach.caches.read_so_far
        edit_format = contract_for(model, subject, ask.services.settings, so_far)
    lines = subject.wish.lines if subject.wish is not None else _lines(subject, view)
    region = region_for(subject, lines, edit_format)
    to = to_model(ask, edit_format, model, counter)
    output = 2 * counter.most(region.text) + _PROSE if counter is not None else 0
    place = place_of(ask, region, model)

    def write(shown: Shown) -> Prompt:
        return prompt_of(ask, region, to, Besides(shown=shown))

    prompt = _whole(write, place, ask.services, output)
    return _preview(prompt, model, counter, edit_format.id)


def _lines(subject: Subject, view: View) -> range:
    span = subject.target.span if subject.target is not None else view.selection
    return block_of(view, span)


def _preview(
    prompt: Prompt, model: Model | None, counter: TokenCounter | None, edit_format: str
) -> Preview:
    tokens = tokens_of(prompt, counter) if counter is not None else 0
    quality = counter.quality if counter is not None else ""
    return Preview(prompt, model.id if model is not None else "", edit_format, tokens, quality)


def _model(services: Services, asked: str | None) -> Model | None:
    """The first model over the network that would be asked; None without any."""
    settings = services.settings
    found = (find_model(settings, one) for one in route(services.task, settings, asked).models)
    models = [one for one in found if one is not None]
    return next((one for one in models if one.locality != "built-in"), None)


def _first(view: View, found: list[Diagnostic]) -> Diagnostic:
    lines = view.index.lines_of(view.selection)
    here = [one for one in found if view.index.line_of(one.span.start) in lines]
    if not here:
        raise BadRequestError(f"Nothing is reported in line {lines.start + 1} of `{view.name}`.")
    return min(here, key=lambda one: (one.severity, one.span, one.source, one.code))


def _wished(view: View, services: Services, words: str) -> Subject:
    if services.task.id == TESTS.id:
        return Subject(view, wish=wish_for_tests(view, words))
    said = f"{services.task.instruction}\n{words}".strip()
    if not said:
        raise BadRequestError("Say what is to be done: `--words`.")
    selected = view.index.lines_of(view.selection)
    lines = symbol_of(view, selected) or block_of(view, view.selection)
    return Subject(view, wish=Wish(said, lines, selected=selected))
