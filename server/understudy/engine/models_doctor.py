"""Whether each model can be asked: its server, its key, consent, its limits and parameters."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.config.policy import Policy, Trust
from understudy.config.settings import OFFLINE_MODEL
from understudy.core.addresses import is_loopback
from understudy.core.failures import BadRequestError, UnavailableError
from understudy.engine.finding import State
from understudy.engine.models_pinged import ping_model
from understudy.engine.models_reached import finding, reach
from understudy.engine.refused_keys import marks_of, objection
from understudy.engine.router import route
from understudy.engine.situation import CODING, Situation, situate
from understudy.journal.breaker import OF_THE_KEY
from understudy.journal.ledger import Ledger
from understudy.journal.pauses import read_pauses, read_refused
from understudy.models.meant import no_such_model
from understudy.models.registry import find_model, known_models
from understudy.providers import open_endpoint, provider_of
from understudy.tasks.fix import TASK
from understudy.wire.keys import is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.finding import Finding
    from understudy.engine.setup import Setup
    from understudy.models.registry import Model
    from understudy.providers import Provider
    from understudy.wire import Endpoint

_SOON_DAYS = 60
_ASK_ANYWAY = "Once that is mended, `understudy fix --model {}` asks it all the same."


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found about one model."""

    model: Model
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether it can be asked now, as far as that can be told."""
        return all(one.state is not State.BROKEN for one in self.findings)


def models_to_examine(settings: Settings, wanted: Sequence[str] = ()) -> list[Model]:
    """The models of these ids; without any, those that settings name or that the route to a fix has.

    Of each provider that has none among them there is one more.

    Raises:
        BadRequestError: when nobody knows one of the ids.
    """
    found: dict[str, Model] = {}
    for name in wanted or (*_named(settings), *_routed(settings)):
        model = find_model(settings, name)
        if model is not None:
            found[model.id] = model
        elif wanted:
            raise BadRequestError(no_such_model(name, settings))
    if not wanted:
        providers = {model.provider for model in found.values()}
        for model in known_models(settings).values():
            if model.provider not in providers:
                providers.add(model.provider)
                found[model.id] = model
    return list(found.values())


async def examine_models(
    models: Iterable[Model], setup: Setup, *, ping: bool = False
) -> tuple[Checkup, ...]:
    """Look at models. Each provider is asked for its list; only a ping asks a model for an answer.

    Args:
        models: of the registry.
        setup: the folder's, with its consent.
        ping: whether to ask each model for a few tokens, which costs a little.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_examine(one, setup, ping=ping)) for one in models]
    return tuple(task.result() for task in tasks)


def _named(settings: Settings) -> list[str]:
    chains = (*settings.model_routing.values(), settings.cascade.chain)
    fallback = settings.cascade.fallback_model
    listed = (one for chain in chains for one in chain)
    names = (OFFLINE_MODEL, *settings.models, *listed, *([fallback] if fallback else []))
    return list(dict.fromkeys(names))


def _routed(settings: Settings) -> tuple[str, ...]:
    """The models that are asked once the user agreed to every provider."""
    every = frozenset(model.provider for model in known_models(settings).values())
    ledger = Ledger(None)
    try:
        about = Situation(needs=CODING)
        situation = situate(settings, Policy(Trust.TRUSTED, clouds=every), ledger, about)
    finally:
        ledger.close()
    return route(TASK, settings, None, situation).models


async def _examine(model: Model, setup: Setup, *, ping: bool) -> Checkup:
    settings = setup.settings
    if model.locality == "built-in":
        return Checkup(model, (finding("answers", State.OK, "It is always there."),))
    findings = [*_facts(model, settings)]
    findings += await asyncio.to_thread(lambda: [*_pause(model)])
    findings.append(_consent(model, setup.policy))
    if not setup.policy.may_ask_models:
        # Neither is a key looked up, which may run a program, nor a server asked.
        return Checkup(model, tuple(findings))
    provider = provider_of(model, settings)
    endpoint, key = await _key(provider, model, settings)
    findings.append(key)
    if endpoint is not None:
        agreed = _is_agreed(model, setup.policy)
        reached = await _reach(provider, endpoint, model, agreed=agreed)
        findings.append(reached)
        if ping and agreed and reached.state is not State.BROKEN:
            findings.append(await ping_model(endpoint, model, settings.network))
    return Checkup(model, tuple(findings))


async def _reach(provider: Provider, endpoint: Endpoint, model: Model, *, agreed: bool) -> Finding:
    if agreed or is_loopback(endpoint.base_url):
        return await reach(provider, endpoint, model)
    text = "It was not asked, nor its address looked up, for nobody agreed to it yet."
    return finding("server", State.NOTE, text)


def _facts(model: Model, settings: Settings) -> Iterator[Finding]:
    """What is known without asking anyone."""
    if not model.enabled:
        yield finding("settings", State.BROKEN, "It, or its provider, is switched off.")
    source = model.sources.get("context_window", "built-in")
    window = f"{model.context_window:,} tokens ({source})"
    if model.window_max > model.context_window:
        window += f"; the model itself takes {model.window_max:,}"
    output = f"{model.max_output:,}" if model.max_output else "not known"
    yield finding("limits", State.OK, f"window {window}, answer {output}")
    if model.inferred:
        remedy = f'Say what it can do in `[models."{model.id}"]`.'
        yield finding("catalogue", State.NOTE, "It is not in the catalogue.", remedy)
    own = settings.models.get(model.id)
    if own is not None and own.effort and model.params and "effort" not in model.params:
        yield finding("parameters", State.NOTE, "It takes no `effort`, which is left out.")
    if own is not None and own.temperature is not None and "temperature" not in model.params:
        text = "It is not known to take a `temperature`; when it refuses, that is left out."
        yield finding("parameters", State.NOTE, text)
    if model.ends:
        yield _retirement(model)


def _retirement(model: Model) -> Finding:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    try:
        ends = datetime.date.fromisoformat(model.ends)
    except ValueError:
        return finding("lifetime", State.NOTE, f"It is retired: {model.ends}.")
    if ends <= today:
        return finding("lifetime", State.PROBLEM, f"Its provider retired it on {ends}.")
    state = State.NOTE if (ends - today).days < _SOON_DAYS else State.OK
    return finding("lifetime", state, f"Its provider retires it on {ends}.")


async def _key(
    provider: Provider, model: Model, settings: Settings
) -> tuple[Endpoint | None, Finding]:
    """Where it is asked, with the key; None when there is no way."""
    reference = provider.key_for(model, settings)
    try:
        endpoint = await open_endpoint(provider, settings, model.name)
    except UnavailableError as failure:
        page = f" Keys are made at {provider.key_page}." if provider.key_page else ""
        anew = " anew" if is_there(reference) else ""
        remedy = f"Set {reference}{anew}.{page}" if reference else ""
        return None, finding("key", State.BROKEN, str(failure), remedy)
    if not reference:
        return endpoint, _keyless(provider)
    against = await asyncio.to_thread(_refused, endpoint, model)
    if against:
        remedy = _ASK_ANYWAY.format(model.id)
        return endpoint, finding("key", State.BROKEN, f"It {against}: {reference}.", remedy)
    return endpoint, finding("key", State.OK, f"It is there: {reference}.")


def _refused(endpoint: Endpoint, model: Model) -> str:
    """That the key was refused, as a clause. What nobody can read says nothing."""
    time = read_refused(journal_file(), marks_of(endpoint, model))
    return objection(model, time) if time else ""


def _keyless(provider: Provider) -> Finding:
    """A key of the environment does not follow its provider to another address."""
    if not provider.keys:
        # What a server of the user's own needs is known once it answers.
        is_own = provider.title == provider.id
        return finding("key", State.OK, "None is set." if is_own else "It needs none.")
    own = f"`{{env:{provider.keys[0]}}}`"
    return finding(
        "key",
        State.NOTE,
        "None is sent to this address: that of the environment is for the provider's own alone.",
        f"If it needs one, name it in `providers.{provider.id}.key`, such as {own}.",
    )


def _pause(model: Model) -> Iterator[Finding]:
    """What failures of its server, or of its key, left behind."""
    try:
        found = read_pauses(journal_file())
    except UnavailableError:
        return
    for pause in found:
        if pause.provider == model.provider and pause.model in {"", model.id}:
            who = "It" if pause.model else f"Every model of `{pause.provider}`"
            # What a key or an account lacks is not over because some time went by.
            lasting = pause.category in OF_THE_KEY
            state = State.BROKEN if lasting else State.NOTE
            remedy = _ASK_ANYWAY.format(model.id) if lasting else ""
            yield finding("pause", state, f"{who} {pause.why}.", remedy)


def _consent(model: Model, policy: Policy) -> Finding:
    if not policy.may_ask_models:
        text = "The folder is not trusted, so nothing of it is sent to any model."
        return finding("consent", State.BROKEN, text, "Trust the folder in your editor.")
    if not _is_agreed(model, policy):
        text = f"Nobody agreed yet that code of this folder is sent to `{model.provider}`."
        remedy = f"`understudy consent {model.provider}` agrees."
        return finding("consent", State.BROKEN, text, remedy)
    return finding("consent", State.OK, "This folder's code may be sent to it.")


def _is_agreed(model: Model, policy: Policy) -> bool:
    return model.locality != "cloud" or model.provider in policy.clouds
