"""The work behind `understudy.edit`, `understudy.refactor` and `understudy.document`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.engine.comment_wish import comment_wish
from understudy.engine.named_files import named_files
from understudy.engine.named_model import named_model
from understudy.engine.question_at import lines_to_change
from understudy.engine.run import How, carry_out
from understudy.engine.scope import symbol_of
from understudy.engine.subject import Wish
from understudy.lsp.asking import Asked, agrees_to_more, in_vain, prepared
from understudy.lsp.deliver import deliver
from understudy.lsp.failed import remember
from understudy.lsp.withheld import tell_nothing_proved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.engine.sweep import Sweep
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.tasks import Task
    from understudy.workspace.view import View

_DONE = "Take the comment that asks for this away, unless it says something else too."


@dataclass(frozen=True, slots=True)
class Change:
    """What a user wants done.

    Attributes:
        instruction: in the user's words; empty for what the task itself says, or a comment does.
        others: further documents that the user named, by their path.
    """

    task: Task
    instruction: str
    model: str | None
    others: Mapping[str, View]


async def change_here(app: App, job: Job, view: View, change: Change) -> str:
    """Change what is selected; with nothing selected, the symbol or block around the cursor.

    Returns:
        The last word for the progress display.

    Raises:
        BadRequestError: when nobody says what is to be done.
    """
    change = await _with_named_model(app, view, change)
    wish = await asyncio.to_thread(_wish, view, change)
    return await carry_out_here(app, job, view, Asked(change.task, change.model), wish)


async def carry_out_here(app: App, job: Job, view: View, asked: Asked, wish: Wish) -> str:
    """Carry out a wish and offer what was proved; returns the last word."""
    sweep = await _carried_out(app, job, view, asked, wish)
    while in_vain(sweep) and await agrees_to_more(app, job, sweep, asked):
        sweep = await _carried_out(app, job, view, asked, wish)
    if in_vain(sweep):
        remember(app, view.uri, sweep.outcomes)
        return await tell_nothing_proved(app, job, sweep)
    return await deliver(app, job, sweep)


async def _carried_out(app: App, job: Job, view: View, asked: Asked, wish: Wish) -> Sweep:
    sweep = await prepared(app, job, view, asked)
    how = How(asked.model, run_id=job.id, job=job.id)
    outcome = await carry_out(sweep.start, _as_known(wish, sweep.start), sweep.services, how)
    app.write_log(f"{outcome.run_id}: {outcome.status.value} in {outcome.seconds:.2f} s")
    sweep.take_over(outcome)
    if app.background is not None:
        await app.background.look_at_pauses()
    return sweep


async def _with_named_model(app: App, view: View, change: Change) -> Change:
    """The change with the model that its words begin with. A comment in the code names nobody."""
    if change.model is not None or "@" not in change.instruction or app.background is None:
        return change
    await app.background.until_settled()
    settings = app.session.settings_for(view.root)
    model, words = await asyncio.to_thread(named_model, change.instruction, settings)
    return replace(change, model=model, instruction=words)


def _as_known(wish: Wish, view: View) -> Wish:
    """The wish with what may be done for its other documents, which is known only now."""

    def known(views: Mapping[str, View]) -> dict[str, View]:
        return {
            name: replace(one, policy=view.policy, environment=view.environment)
            for name, one in views.items()
        }

    return replace(wish, others=known(wish.others), samples=known(wish.samples))


def _wish(view: View, change: Change) -> Wish:
    """What is to be done and where. Parses the text, and reads files that are named."""
    selected = view.index.lines_of(view.selection)
    lines = lines_to_change(view, selected, change.task)
    words = change.instruction.strip()
    if change.task.instruction:
        words = f"{change.task.instruction}\n{words}".strip()
    elif not words:
        asks = comment_wish(view, selected)
        if asks is None:
            raise BadRequestError(
                "There is nothing to do: give an `instruction`, or put the cursor on a comment that"
                " asks for something."
            )
        words = f"{asks.words}\n{_DONE}"
        selected, lines = asks.lines, _around(view, asks.lines)
    # Only what users say themselves counts: a comment may be anybody's.
    named = named_files(view, change.instruction, change.others)
    others = {**named.files, **change.others}
    several = bool(others) or named.may_create
    return Wish(
        words,
        lines,
        others=others,
        whole=several,
        may_create=named.may_create,
        selected=selected,
        said=change.instruction,
    )


def _around(view: View, comment: range) -> range:
    """The symbol that a comment is in; of one that stands alone, with what stands behind it."""
    inside = symbol_of(view, comment)
    if inside is not None and inside.stop > comment.stop:
        return inside
    below = (n for n in range(comment.stop, len(view.index)) if view.index.content(n).strip())
    first = next(below, None)
    if first is None:
        return comment
    behind = range(first, first + 1)
    return range(comment.start, (symbol_of(view, behind) or behind).stop)
