"""What influenced an edit: the lessons that were in the question, each with a way to switch it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.menu_shown import KIND, PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.influence import Influence
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App
    from understudy.lsp.ready import Ready

_MOST = 3
"""Lessons of an edit that have entries in the menu; the report of all lessons has the rest."""


def influences_of(outcomes: Iterable[Outcome]) -> list[Influence]:
    """The lessons behind an edit, each once."""
    found = {one.id: one for outcome in outcomes for one in outcome.influences}
    return list(found.values())


def log_influences(app: App, outcomes: Iterable[Outcome]) -> None:
    """Write into the editor's log which lessons had a part in an edit that say so each time."""
    for one in influences_of(outcomes):
        if one.aloud:
            app.write_log(f"The lesson `{one.id}` had a part in this edit: {one.words}")


def influences_at(app: App, uri: str, line: int) -> str:
    """What influenced the edits that wait at a line, in Markdown; empty for nothing."""
    from understudy.config.diagnose import code_span
    from understudy.learning.standing import WHY

    ready = (one for one in app.session.ready.of(uri) if one.is_offered_at(line, line))
    found = influences_of(outcome for one in ready for outcome in one.outcomes)
    if not found:
        return ""
    lines = [f"- {code_span(one.id)}, {WHY[one.why]}: {code_span(one.words)}" for one in found]
    return "\n".join(["**What influenced this edit?**", "", *lines])


def switches(uri: str, ready: Ready) -> Iterator[lsp.CodeAction]:
    """Entries that switch off the lessons behind an edit, in this workspace or everywhere."""
    for one in influences_of(ready.outcomes)[:_MOST]:
        for action, where in (("off_here", "in this workspace"), ("pause", "everywhere")):
            title = f"{PREFIX}Switch off the lesson `{one.id}` {where}"
            argument = {"uri": uri, "id": one.id, "action": action}
            command = lsp.Command(title, "understudy.reviewLesson", arguments=[argument])
            yield lsp.CodeAction(title=title, kind=KIND, command=command)
