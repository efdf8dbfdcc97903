"""Ask the user whether code of a workspace may be sent to a provider."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.failures import RefusedError
from understudy.lsp.protocol import ClientRefusedError, ClientSilentError

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.lsp.app import App

SEND, NOT_NOW = "Send, for this workspace", "Not now"
_QUESTION_S = 3600.0
"""How long a yes still counts. A run that waits for it ends much sooner, by its own deadline."""


async def ask_consent(
    app: App, provider_title: str, provider_id: str, origin: str, root: Path
) -> bool:
    """Whether code of a workspace may be sent to a provider from now on.

    A no stands for the rest of the session. Who asks while the question is still open waits for
    the same answer; it outlives whoever asked, so that a late yes is not lost.

    Args:
        app: knows the client; its policies follow before this returns.
        provider_title: the provider's name for people.
        provider_id: its id, under which the answer is recorded.
        origin: where the code would go, such as `https://api.acme.com`. The answer counts for it
            alone.
        root: the workspace folder.
    """
    if not app.session.policy_for(root).may_ask_models:
        return False
    questions, key = app.session.consents, (root, provider_id, origin)
    answer = questions.get(key)
    if answer is None:
        answer = questions[key] = asyncio.get_running_loop().create_future()
        text = (
            f"Send code of `{root.name}` to {provider_title} ({origin}) when one of its models is"
            " asked? Secrets in it are masked, and ignored files stay here."
        )
        app.spawn(_settle(app, key, text), f"consent to {provider_id}")
    return await asyncio.shield(answer)


async def _settle(app: App, key: tuple[Path, str, str], text: str) -> None:
    """Answer everybody who waits, whatever happens."""
    agreed = False
    try:
        agreed = await _asked(app, key[1], text) and await _recorded(app, key)
    finally:
        # After a yes the policy says it; if that is taken back, there may be another question.
        answer = app.session.consents.pop(key) if agreed else app.session.consents[key]
        if not answer.done():
            answer.set_result(agreed)


async def _asked(app: App, provider: str, text: str) -> bool:
    question = lsp.ShowMessageRequestParams(
        type=lsp.MessageType.Info,
        message=text,
        actions=[lsp.MessageActionItem(SEND), lsp.MessageActionItem(NOT_NOW)],
    )
    try:
        answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, question, _QUESTION_S)
    except ClientSilentError:
        return False
    except ClientRefusedError:
        # Helix before 25.07 knows no questions.
        app.say(
            f"No code of this workspace is sent to `{provider}` before you agree, with"
            f" `understudy consent {provider}` in the workspace folder."
        )
        return False
    return getattr(answer, "title", None) == SEND


async def _recorded(app: App, key: tuple[Path, str, str]) -> bool:
    """Write the yes down and have the session's policies follow."""
    root, provider, _ = key
    try:
        await asyncio.to_thread(_record, *key)
    except RefusedError as refusal:
        app.say(str(refusal), warning=True)
        return False
    if app.background is not None:
        await app.background.read_settings()
    return provider in app.session.policy_for(root).clouds


def _record(root: Path, provider: str, origin: str) -> None:
    from understudy.config.trust import load_record, save_record

    record, damage = load_record()
    if damage is not None:
        # To write it anew would throw away what may still be saved from it.
        raise RefusedError(damage.message)
    save_record(record.with_cloud(root, provider, origin))
