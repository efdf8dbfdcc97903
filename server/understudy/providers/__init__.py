"""One vendor or local server per file: its API, its address, its key, its habits.

Each defines `PROVIDER`, which is mostly data.

What the registry must know of them is written into `models/vendors.json` by `make generate`.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from understudy.config.settings import CLOSED_PROXY
from understudy.core.addresses import is_loopback, origin_of
from understudy.core.failures import UnavailableError
from understudy.core.json_rows import count, listed, text
from understudy.core.plugins import load_folder
from understudy.models.observed import Found
from understudy.wire import Endpoint

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from understudy.config.settings import Settings
    from understudy.models.model import Model

__all__ = [
    "Ask",
    "Provider",
    "all_providers",
    "known_providers",
    "list_compatible",
    "look_at_endpoint",
    "open_endpoint",
    "provider_named",
    "provider_of",
    "root_of",
]

COMPATIBLE = frozenset({"system-role", "max_tokens", "no-cache-key"})
"""What nearly all servers that speak OpenAI's API do differently from OpenAI."""

_REFERENCE = re.compile(r"\{\w+:[^{}]+\}")


class Ask(Protocol):
    """Asks a server about itself."""

    async def __call__(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The JSON at a path below the server's root; with a body, it is posted.

        A path without a slash at its beginning is below the base URL of the API.

        Raises CallError.
        """


@dataclass(frozen=True, slots=True)
class Provider:
    """Who serves models.

    Attributes:
        id: its name in settings, and what the ids of its models begin with.
        title: its name for people.
        family: the API that it speaks, an id of `understudy.wire.families`.
        base_url: without a slash at its end; empty where each user has an address of their own.
        keys: environment variables that may hold its key, the usual one first; none for a server
            that wants no key.
        quirks: what its API does differently, in words that the family knows.
        families: patterns of models' names that are asked by another API, each with its id.
        offered: whether a key in the environment is enough for its models to be offered. False for
            keys that people have for other purposes too.
        any_name: whether it may have models under any name.
        grants: tokens of context that a local server is asked for, or grants as a rule.
        list_models: asks it for its models; None where that tells nothing of use.
        key_page: where a key is made, for the advice when there is none.
    """

    id: str
    title: str
    family: str
    base_url: str = ""
    keys: tuple[str, ...] = ()
    quirks: frozenset[str] = frozenset()
    families: tuple[tuple[str, str], ...] = ()
    offered: bool = True
    any_name: bool = False
    grants: int | None = None
    list_models: Callable[[Ask], Awaitable[tuple[Found, ...]]] | None = None
    key_page: str = ""

    def key_for(self, _model: Model | None, settings: Settings) -> str:
        """The reference to the key that goes with a request; empty when none goes.

        A key that settings name goes where settings say. One that merely is in the environment
        goes to the provider's own built-in origin and nowhere else.
        """
        own = settings.providers.get(self.id)
        if own is not None and own.key:
            return own.key
        if not self.keys or not self.is_at_home(settings):
            return ""
        name = next((name for name in self.keys if os.environ.get(name)), self.keys[0])
        return f"{{env:{name}}}"

    def address(self, settings: Settings) -> str:
        """Where it is reached; empty when settings must say it and don't."""
        own = settings.providers.get(self.id)
        return own.base_url if own is not None and own.base_url else self.base_url

    def is_at_home(self, settings: Settings) -> bool:
        """Whether settings leave it at the origin that is built in."""
        return bool(self.base_url) and (
            origin_of(self.address(settings)) == origin_of(self.base_url)
        )

    def family_for(self, name: str) -> str:
        """The API by which a model of this name is asked."""
        return next((kind for like, kind in self.families if re.search(like, name)), self.family)


def all_providers() -> dict[str, Provider]:
    """Every provider that is built in, by its id."""
    return load_folder(sys.modules[__name__], "PROVIDER", Provider)


def known_providers() -> Mapping[str, str]:
    """Every built-in provider's id, with the environment variable of its key, if it has one."""
    return {provider.id: (provider.keys or ("",))[0] for provider in all_providers().values()}


def provider_named(name: str, settings: Settings) -> Provider | None:
    """A provider by its id, as settings change it; None when nobody knows it."""
    known, own = all_providers().get(name), settings.providers.get(name)
    if own is None or not (own.kind or (own.base_url and known is None)):
        return known
    if known is None:
        kind = own.kind or "openai"
        quirks = COMPATIBLE if kind == "openai" else frozenset()
        return Provider(
            name,
            name,
            kind,
            own.base_url,
            quirks=quirks,
            any_name=True,
            list_models=_lister(kind),
        )
    return _spoken(known, own.kind)


def provider_of(model: Model, settings: Settings) -> Provider:
    """The provider of a model.

    Raises:
        UnavailableError: when nobody knows it.
    """
    found = provider_named(model.provider, settings)
    if found is None:
        raise UnavailableError(f"Nobody knows the provider of `{model.id}`.")
    return found


async def open_endpoint(provider: Provider, settings: Settings, name: str = "") -> Endpoint:
    """Where requests to a provider go, with its key and headers fetched from where they lie.

    Args:
        provider: as settings change it.
        settings: the address and everything else that they say about it.
        name: the provider's own name for the model that is asked; some are asked by another API.

    Raises:
        UnavailableError: when a key is missing, or when the provider is switched off, has no
            address, or may not be reached.
    """
    from understudy.wire.keys import resolve

    made = _endpoint(provider, settings, name)
    reference = provider.key_for(None, settings)
    key = await resolve(reference) if reference else ""
    own = settings.providers.get(provider.id)
    headers = {}
    for header, value in (own.headers if own is not None else {}).items():
        headers[header] = await resolve(value) if _REFERENCE.fullmatch(value) else value
    return replace(made, key=key, headers=MappingProxyType(headers))


def look_at_endpoint(provider: Provider, settings: Settings, name: str = "") -> Endpoint | None:
    """As `open_endpoint`, without asking anybody for a key; None where that is needed. May block.

    Raises:
        UnavailableError: as `open_endpoint` does.
    """
    from understudy.wire.keys import look_up

    made = _endpoint(provider, settings, name)
    reference = provider.key_for(None, settings)
    own = settings.providers.get(provider.id)
    headers = dict(own.headers) if own is not None else {}
    secrets = {header for header, value in headers.items() if _REFERENCE.fullmatch(value)}
    found = {header: look_up(headers[header]) for header in secrets}
    key = look_up(reference) if reference else ""
    if key is None or None in found.values():
        return None
    headers |= {header: value for header, value in found.items() if value is not None}
    return replace(made, key=key, headers=MappingProxyType(headers))


def _endpoint(provider: Provider, settings: Settings, name: str) -> Endpoint:
    url = _reachable(provider, settings)
    return Endpoint(
        provider=provider.id,
        family=provider.family_for(name),
        base_url=url,
        quirks=provider.quirks,
        proxy="" if is_loopback(url) else settings.network.proxy,
    )


def _spoken(known: Provider, kind: str) -> Provider:
    if kind == known.family:
        return replace(known, families=())
    # The habits are those of an API that is not spoken here.
    quirks = COMPATIBLE if kind == "openai" else frozenset()
    return replace(known, family=kind, families=(), quirks=quirks)


def _reachable(provider: Provider, settings: Settings) -> str:
    """The provider's address, if it may be asked there. Nothing secret was looked at before that."""
    own = settings.providers.get(provider.id)
    if own is not None and not own.enabled:
        raise UnavailableError(f"The provider `{provider.id}` is switched off in the settings.")
    url = provider.address(settings)
    if not url:
        raise UnavailableError(f"`providers.{provider.id}.base_url` must say where it is reached.")
    if settings.network.proxy == CLOSED_PROXY and not is_loopback(url):
        raise UnavailableError("`network.proxy` can't be used as it is set, so nothing is sent.")
    return url


def _lister(kind: str) -> Callable[[Ask], Awaitable[tuple[Found, ...]]] | None:
    """How any server is asked for its models that speaks an API: as the API's own provider is."""
    like = all_providers().get(kind)
    return (like.list_models if like is not None else None) or _LISTERS.get(kind)


async def list_compatible(ask: Ask) -> tuple[Found, ...]:
    """The models of a server that speaks OpenAI's API. Some tell the context that they run with."""
    return _told(listed(await ask("models"), "data"))


async def _list_like_anthropic(ask: Ask) -> tuple[Found, ...]:
    return _told(listed(await ask("/v1/models"), "data"))


async def _list_like_gemini(ask: Ask) -> tuple[Found, ...]:
    rows = listed(await ask("/v1beta/models"), "models")
    return _told(row for row in rows if _ANSWERS in row.get(_METHODS, (_ANSWERS,)))


_METHODS, _ANSWERS = "supportedGenerationMethods", "generateContent"
_LISTERS = {
    "openai": list_compatible,
    "openai-responses": list_compatible,
    "anthropic": _list_like_anthropic,
    "gemini": _list_like_gemini,
}
_WINDOWS = ("max_model_len", "context_length", "context_window", "inputTokenLimit")


def _told(rows: Iterable[dict[str, Any]]) -> tuple[Found, ...]:
    found = []
    for row in rows:
        window = next(filter(None, (count(row, key) for key in _WINDOWS)), None)
        name = text(row, "id") or text(row, "name").removeprefix("models/")
        if name:
            most = count(row, "outputTokenLimit")
            found.append(Found(name=name, window=window, window_max=window, max_output=most))
    return tuple(found)


def root_of(base_url: str) -> str:
    """A server's address without the path of its API."""
    return re.sub(r"(?:/api)?(?:/v1(?:beta)?)?/?$", "", base_url.partition("?")[0])
