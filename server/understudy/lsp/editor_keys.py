"""Keys that the editor keeps: the server gets them by a request and has them in memory alone.

Such a key counts as the environment variable of its name, and the same rules hold for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.background import open_background
from understudy.lsp.exchanges import KeyPlace, KeyPlaces
from understudy.providers import all_providers
from understudy.wire.keys import is_there, parse_reference, take_over

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.exchanges import SetKeyParams


async def key_places(app: App) -> KeyPlaces:
    """Every variable that may hold a key of a provider, built in or described in the settings."""
    found = await _names(app)
    return KeyPlaces(
        [
            KeyPlace(name, sorted(found[name]), there=is_there(f"{{env:{name}}}") is True)
            for name in sorted(found)
        ]
    )


async def take_key(app: App, given: SetKeyParams) -> None:
    """Take a key over, or give it up; models that were left alone for it can be asked again.

    Raises:
        BadRequestError: for a variable that is none for a key, such as `PATH`.
    """
    if given.name not in await _names(app):
        raise BadRequestError(f"`{given.name}` is no variable that a provider takes its key from.")
    take_over(given.name, given.key)
    if app.background is not None:
        await app.background.forgive()


async def _names(app: App) -> dict[str, set[str]]:
    """The variables, each with who takes a key from it, once the settings are known."""
    open_background(app)
    if app.background is not None:
        await app.background.until_settled()
    found: dict[str, set[str]] = {}
    for provider in all_providers().values():
        for name in provider.keys:
            found.setdefault(name, set()).add(provider.id)
    for settings in app.session.settings.values():
        for provider_id, own in settings.providers.items():
            reference = parse_reference(own.key)
            if reference is not None and reference.kind == "env":
                found.setdefault(reference.place, set()).add(provider_id)
    return found
