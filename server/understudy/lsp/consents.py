"""Who may see the code of a workspace folder: told, given and taken back on the user's word.

The question that a run asks stands in `consenting`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.core.addresses import shown_origin
from understudy.core.failures import BadRequestError, RefusedError
from understudy.lsp.background import open_background
from understudy.lsp.consent_exchanges import Consents, FolderConsents, ProviderConsent
from understudy.models.registry import known_models
from understudy.providers import Provider, provider_named
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.settings import Settings
    from understudy.lsp.app import App
    from understudy.lsp.consent_exchanges import SetConsentParams


async def consents(app: App) -> Consents:
    """All workspace folders with everybody elsewhere who could be asked, once that is known."""
    await _settled(app)
    return Consents(
        await asyncio.to_thread(lambda: [_folder(app, root) for root in app.session.roots])
    )


async def set_consent(app: App, given: SetConsentParams) -> None:
    """Write down what the user says, and have it count at once.

    Raises:
        BadRequestError: for a folder that is not open, and a provider that nobody can reach.
        RefusedError: when it can't be written down.
    """
    await _settled(app)
    root = path_of(given.uri)
    if root is None or root not in app.session.roots:
        raise BadRequestError(f"`{given.uri}` is no folder that is open in the editor.")
    origin = _origin(given.provider, app.session.settings_for(root)) if given.agreed else ""
    await asyncio.to_thread(_record, root, given.provider, origin)
    questions = app.session.consents
    for key in [one for one in questions if one[:2] == (root, given.provider)]:
        # An earlier answer stands for the session. One that is still open is answered there.
        if questions[key].done():
            del questions[key]
    if app.background is not None:
        await app.background.read_settings()


async def _settled(app: App) -> None:
    open_background(app)
    if app.background is not None:
        await app.background.until_settled()


def _folder(app: App, root: Path) -> FolderConsents:
    policy, settings = app.session.policy_for(root), app.session.settings_for(root)
    found = [
        ProviderConsent(
            provider=one.id,
            title=one.title,
            origin=shown_origin(one.address(settings)),
            agreed=one.id in policy.clouds,
        )
        for one in _elsewhere(settings)
    ]
    return FolderConsents(root.as_uri(), root.name, policy.may_ask_models, found)


def _elsewhere(settings: Settings) -> Iterator[Provider]:
    """The providers of models that do not run on this machine, by their ids."""
    for name in sorted(
        {one.provider for one in known_models(settings).values() if one.locality == "cloud"}
    ):
        found = provider_named(name, settings)
        if found is not None and shown_origin(found.address(settings)):
            yield found


def _origin(provider: str, settings: Settings) -> str:
    found = provider_named(provider, settings)
    origin = shown_origin(found.address(settings)) if found is not None else ""
    if not origin:
        raise BadRequestError(f"Nobody knows where `{provider}` is reached.")
    return origin


def _record(root: Path, provider: str, origin: str) -> None:
    """Give leave for an origin; an empty one takes all of it back."""
    from understudy.config.trust import load_record, save_record

    record, damage = load_record()
    if damage is not None:
        # To write it anew would throw away what may still be saved from it.
        raise RefusedError(damage.message)
    changed = record.without_cloud(root, provider)
    save_record(changed.with_cloud(root, provider, origin) if origin else changed)
