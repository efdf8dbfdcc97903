"""`Classify this failure as…`: a rule of the user's, written where the workspace has its settings."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.config.paths import config_file
from understudy.config.rules_file import TABLE, add_rule, rule_line
from understudy.core.failures import BadRequestError, FailureCategory, RefusedError
from understudy.failures.defaults import blame_for
from understudy.failures.own import rule_for
from understudy.lsp.choosing import pick
from understudy.workspace.paths import inside, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.core.failures import Failure
    from understudy.lsp.app import App
    from understudy.lsp.failed import Failed

_WAIT_S = 600.0
_WHOSE = {
    "What the model wrote": "model",
    "The provider": "provider",
    "My account or settings": "user",
    "A tool": "tool",
    "The project's own code": "project",
}
"""The first question: whose failure it is. The second one names the categories of the answer."""


async def classify(app: App, failed: Failed, category: FailureCategory | None) -> str:
    """Write a rule that gives failures like this one a category; asks for it when it is None.

    The rule counts from the next run on, without a restart.

    Returns:
        What was done, as a sentence.

    Raises:
        BadRequestError: the failure's words are too few to know it again, or nobody can be asked.
        RefusedError: the settings' file can't be changed.
    """
    text = rule_for(failed.failure)
    chosen = category or await _asked(app, failed.failure)
    if chosen is None:
        return "Nothing was classified."
    file = _file_for(app, failed.uri)
    if file in {path_of(uri) for uri in app.session.documents}:
        # What the editor holds may not be saved yet, and would overwrite the rule.
        raise RefusedError(
            f"`{file.name}` is open in the editor, so it is left to you: add"
            f" `{rule_line(text, chosen.value)}` to its table `{TABLE}`."
        )
    await asyncio.to_thread(add_rule, file, text, chosen.value)
    if app.background is not None:
        await app.background.keep_up()
    told = f"Failures with “{text}” count as `{chosen.value}` from now on: `{file}` says so."
    app.say(told)
    return told


def _file_for(app: App, uri: str) -> Path:
    """The workspace's own configuration, else the user's.

    Raises:
        RefusedError: the workspace's leads somewhere else.
    """
    root = app.session.root_of_uri(uri)
    if root is None:
        return config_file()
    file = root / ".understudy" / "config.toml"
    if not inside(file, root):
        raise RefusedError(f"`{file}` leads out of the workspace, so it is not changed.")
    return file


async def _asked(app: App, failure: Failure) -> FailureCategory | None:
    """The user's choice: first whose failure it is, then which."""
    words = failure.evidence.text[:200]
    whose = _WHOSE.get(await _picked(app, f"Whose failure is this? {words}", [*_WHOSE]))
    kinds = [
        one.value
        for one in FailureCategory
        if one is not FailureCategory.UNKNOWN and blame_for(one, failure.phase) == whose
    ]
    if not kinds:
        return None
    picked = await _picked(app, "Which kind of failure is it?", kinds)
    return FailureCategory(picked) if picked in kinds else None


async def _picked(app: App, message: str, titles: list[str]) -> str:
    """What the user picked; empty for nothing.

    Raises:
        BadRequestError: when the client knows no questions.
    """
    picked = await pick(app, message, titles, wait_s=_WAIT_S, warning=False)
    if picked is None:
        raise BadRequestError(
            "This editor can't ask. Give `understudy.classifyFailure` the argument `category`, or"
            f" write a rule into the table `{TABLE}` of the configuration."
        )
    return picked
