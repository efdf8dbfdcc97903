"""Providers that settings switch on and of which no model is known, so that none of theirs is asked.

The usual reason is a server that was not started. No model stands for it in any list, so it is
told beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.discovery import ask_agreed
from understudy.engine.finding import Finding, State
from understudy.models.registry import known_models
from understudy.providers import provider_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.discovery import Discovery
    from understudy.engine.setup import Setup
    from understudy.providers import Provider

_ASK = "`understudy models discover` asks its server for them."
_NONE = "Its server answers, and has none that can be asked."
_UNTOLD = 'It does not tell which ones it has; name one in `[models."{}/…"]`.'


@dataclass(frozen=True, slots=True)
class Silent:
    """One such provider. `why` is a sentence, which says what to do as well."""

    provider: Provider
    why: str

    @property
    def told(self) -> str:
        """Sentences for whoever asked for models."""
        return f"No model of `{self.provider.id}` is known. {self.why}"


def silent(settings: Settings, asked: Iterable[Discovery] = ()) -> tuple[Silent, ...]:
    """The providers without a known model. Asks nobody; `asked` is what came of asking them."""
    known = {model.provider for model in known_models(settings).values()}
    found = {one.provider.id: one for one in asked}
    return tuple(
        Silent(provider, _why(provider, found.get(provider.id)))
        for provider in _switched_on(settings)
        if provider.id not in known
    )


async def examine_silent(
    setup: Setup, state: State, asked: Sequence[Discovery] = ()
) -> tuple[Finding, ...]:
    """A finding about each. Their servers are asked, as far as the user agreed; keeps nothing.

    Args:
        setup: says which are switched on.
        state: of the findings.
        asked: what came of asking some of them just now; these are not asked again.
    """
    settings, policy = setup.settings, setup.policy
    if not policy.may_ask_models:
        return ()
    known = {one.provider.id for one in asked}
    wanted = [one.provider for one in silent(settings) if one.provider.id not in known]
    asked = [*asked, *await ask_agreed(wanted, settings, policy.clouds)]
    return tuple(_finding(one, settings, state) for one in silent(settings, asked))


def _finding(found: Silent, settings: Settings, state: State) -> Finding:
    url = found.provider.address(settings)
    address = f"Its address is {url}." if url else ""
    return Finding("models", found.provider.id, state, found.told, address)


def _switched_on(settings: Settings) -> list[Provider]:
    names = (name for name, own in settings.providers.items() if own.enabled)
    return [one for name in names if (one := provider_named(name, settings)) is not None]


def _why(provider: Provider, asked: Discovery | None) -> str:
    if provider.list_models is None:
        return _UNTOLD.format(provider.id)
    if asked is None:
        return _ASK
    return asked.trouble or _NONE
