"""Which models the servers on this machine have, and what they grant them.

Only those are asked that settings name, unless someone looks for servers on purpose: then each
address at which one usually listens is tried. What was told is kept on disk and counts until it is
told anew.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from understudy.core.addresses import is_loopback
from understudy.core.failures import BadRequestError, UnavailableError
from understudy.models import observed
from understudy.models.observed import Observed, Told
from understudy.models.registry import renew
from understudy.providers import all_providers, open_endpoint, provider_named, root_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from understudy.config.settings import Settings
    from understudy.providers import Provider
    from understudy.wire import Endpoint

TIMEOUT_S = 2.0
"""For everything that one server is asked."""
FRESH_S = 300.0
_UNSHAPED = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What a reader raises on an answer of another shape than its server documents."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What came of asking one provider.

    Attributes:
        told: what it told; None when it did not.
        trouble: why not, as a sentence; empty when it did.
        configured: whether settings name it.
    """

    provider: Provider
    base_url: str
    told: Told | None = None
    trouble: str = ""
    configured: bool = False


async def refresh_local(settings: Settings, *, at: float | None = None) -> tuple[Discovery, ...]:
    """Ask the servers on this machine that settings name, if they told nothing lately.

    One that does not answer keeps what it told before. What came of it is told of those that were
    asked. Never raises but when cancelled.
    """
    now = time.time() if at is None else at
    kept = await asyncio.to_thread(observed.observed)
    wanted = [
        provider
        for provider in _configured(settings)
        if is_loopback(provider.address(settings)) and not _is_fresh(kept, provider, settings, now)
    ]
    found = await _ask_all(wanted, settings)
    await _keep(found)
    return tuple(found)


async def discover(settings: Settings, clouds: Container[str]) -> tuple[Discovery, ...]:
    """Ask all providers that are configured and tell their models, and look for local servers.

    Nothing is sent to another machine but to the providers in `clouds`, to which the user agreed.
    What a server told is kept, and counts as soon as settings switch its provider on.
    """
    named = {provider.id: provider for provider in _configured(settings)}
    usual = {
        provider.id: provider
        for provider in all_providers().values()
        if provider.list_models is not None and is_loopback(provider.base_url)
    }
    off = {name for name, own in settings.providers.items() if not own.enabled}
    wanted = [one for name, one in {**usual, **named}.items() if name not in off]
    found = await ask_agreed(wanted, settings, clouds)
    await _keep(found)
    return tuple(replace(one, configured=one.provider.id in named) for one in found)


async def ask_agreed(
    providers: Iterable[Provider], settings: Settings, clouds: Container[str]
) -> list[Discovery]:
    """Ask the providers that are on this machine or in `clouds`. Of the others it says so."""
    wanted = list(providers)
    far = [one for one in wanted if not _may_be_asked(one, settings, clouds)]
    asked = await _ask_all((one for one in wanted if one not in far), settings)
    return [*asked, *(_not_asked(one, settings) for one in far)]


def _configured(settings: Settings) -> list[Provider]:
    """Providers that settings name and that tell which models they have."""
    names = [name for name, own in settings.providers.items() if own.enabled]
    found = [provider_named(name, settings) for name in names]
    return [one for one in found if one is not None and one.list_models is not None]


def _may_be_asked(provider: Provider, settings: Settings, clouds: Container[str]) -> bool:
    url = provider.address(settings)
    return not url or is_loopback(url) or provider.id in clouds


def _not_asked(provider: Provider, settings: Settings) -> Discovery:
    trouble = f"It was not asked, for nobody agreed to it yet: `understudy consent {provider.id}`."
    return Discovery(provider, provider.address(settings), trouble=trouble)


def _is_fresh(kept: Observed, provider: Provider, settings: Settings, now: float) -> bool:
    told = kept.providers.get(provider.id)
    if told is None or told.base_url != provider.address(settings):
        return False
    return 0 <= now - told.at < FRESH_S


async def _ask_all(providers: Iterable[Provider], settings: Settings) -> list[Discovery]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask_provider(one, settings)) for one in providers]
    return [task.result() for task in tasks]


async def ask_provider(provider: Provider, settings: Settings) -> Discovery:
    """Ask one provider for its models. Never raises but when cancelled."""
    url = provider.address(settings)
    list_models = provider.list_models
    if list_models is None:
        return Discovery(provider, url, trouble="It does not tell which models it has.")
    try:
        async with asyncio.timeout(TIMEOUT_S):
            endpoint = await open_endpoint(provider, settings)
            models = await list_models(_Server(endpoint))
    except TimeoutError:
        return Discovery(provider, url, trouble=f"It did not answer within {TIMEOUT_S:g} s.")
    except (UnavailableError, BadRequestError) as failure:
        return Discovery(provider, url, trouble=str(failure))
    except _UNSHAPED:
        return Discovery(provider, url, trouble="Its answer has a shape that is not known.")
    return Discovery(provider, url, Told(url, time.time(), models))


@dataclass(frozen=True, slots=True)
class _Server:
    endpoint: Endpoint

    async def __call__(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        from understudy.wire.get import get_json

        if not path.startswith("/"):
            return await get_json(self.endpoint, f"/{path}", timeout_s=TIMEOUT_S, body=body)
        root = replace(self.endpoint, base_url=root_of(self.endpoint.base_url))
        return await get_json(root, path, timeout_s=TIMEOUT_S, body=body)


async def _keep(found: Iterable[Discovery]) -> None:
    fresh = {one.provider.id: one.told for one in found if one.told is not None}
    if fresh:
        await asyncio.to_thread(_write, fresh)


def _write(fresh: Mapping[str, Told]) -> None:
    kept = observed.observed()
    try:
        observed.keep(Observed({**kept.providers, **fresh}))
    except OSError:
        return  # What can't be kept is asked again; nothing is lost but time.
    renew()
