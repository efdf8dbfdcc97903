"""Ask the user whether a dearer model takes over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.engine.budget import lifts_a_limit
from understudy.lsp.choosing import pick

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.lsp.app import App

YES, ALWAYS, NEVER, NO = "Ask it", "Always", "Never for this workspace", "Stop"
_STANDING = {ALWAYS: True, NEVER: False}
_WAIT_S = 20.0
"""The run goes on meanwhile, so a question waits no longer than a user who is there."""


async def agrees(app: App, root: Path | None, question: str) -> bool:
    """Whether the user agrees; no answer in time, and a client that can't ask, count as no.

    `ALWAYS` and `NEVER` are written down for the folder; outside of all folders, they stand until
    the server ends. A limit of the budget is lifted by a yes to that very question alone.

    Args:
        app: knows the client.
        root: the workspace folder; None for documents outside any.
        question: the cascade's.
    """
    standing = app.session.standing
    once = lifts_a_limit(question)
    known = standing.get(root)
    if known is None and root is not None:
        known = await asyncio.to_thread(_recorded, root)
    if known is False or (known is True and not once):
        return known
    # The question stands in the editor even when its run has ended, and so does its answer.
    asked = app.spawn(_ask(app, root, question, once=once), "question")
    return await asyncio.shield(asked) in {YES, ALWAYS}


async def _ask(app: App, root: Path | None, question: str, *, once: bool) -> str | None:
    """Which button was pressed; an answer for later is noted."""
    title = await pick(
        app, question, (YES, NO) if once else (YES, ALWAYS, NEVER, NO), wait_s=_WAIT_S
    )
    if title in _STANDING:
        standing = app.session.standing
        standing[root] = _STANDING[title]
        if root is not None:
            await _write_down(app, root, agreed=standing[root])
    return title


def _recorded(root: Path) -> bool | None:
    from understudy.config.trust import load_record

    return load_record()[0].takeover(root)


async def _write_down(app: App, root: Path, *, agreed: bool) -> None:
    """Record an answer; where that fails, it stands for this session and the user is told."""
    try:
        await asyncio.to_thread(_record, root, agreed)
    except RefusedError as refusal:
        app.say(str(refusal), warning=True)


def _record(root: Path, agreed: bool) -> None:  # noqa: FBT001 - handed over by position to a thread
    from understudy.config.trust import load_record, save_record

    record, damage = load_record()
    if damage is not None:
        # To write it anew would throw away what may still be saved from it.
        raise RefusedError(damage.message)
    save_record(record.with_takeover(root, agreed=agreed))
