"""All that is known about the choice of models for a task, for people who ask why. Asks nobody."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.config.paths import cache_folder, journal_file
from understudy.config.settings import OFFLINE_MODEL
from understudy.core.clock import SECOND_US
from understudy.core.failures import BadRequestError
from understudy.engine.exploring import WORDS_ALONE, candidate, share_of
from understudy.engine.named_model import named_model
from understudy.engine.route import Rejected, Route
from understudy.engine.router import route
from understudy.engine.shortage import shortage
from understudy.engine.silent_providers import silent
from understudy.engine.situation import CODING, Situation, situate
from understudy.engine.text_features import features_of
from understudy.engine.walk import scope_name
from understudy.journal import failure_counts
from understudy.journal.ledger import Ledger
from understudy.journal.reading import reading
from understudy.models.chains import doubt_about
from understudy.models.learned import told_at, with_learned
from understudy.models.registry import find_model, known_models
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.config.settings import Settings
    from understudy.engine.discovery import Discovery
    from understudy.engine.setup import Setup
    from understudy.engine.text_features import Features
    from understudy.tasks import Task

_BEHIND = "stands behind {first}, and `cascade.enabled` is off"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked about.

    Attributes:
        task: its id.
        model: as if this model were named; None for the route of the task.
        uri: of a document, whose failures are looked up; empty for none.
        language: of that document, as LSP calls it.
        words: of a request, for the guess at how hard it is. They may begin with a model's name.
        where: where the user finds the names of models; empty for the command line.
    """

    task: str = "fix"
    model: str | None = None
    uri: str = ""
    language: str = ""
    words: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How often a model failed of late at the task in the document, as the cascade counts it."""

    model: str
    category: str
    number: int


@dataclass(frozen=True, slots=True)
class Window:
    """A window that a provider told when it refused a prompt, and the one that was known before."""

    model: str
    tokens: int
    before: int


@dataclass(frozen=True, slots=True)
class Explained:
    """The choice, and what it depends on.

    Attributes:
        share: of such requests, how many explore.
        explores: the model that these ask first; empty when there is none.
        features: what the words of the request tell.
    """

    task: Task
    inquiry: Inquiry
    route: Route
    features: Features
    share: float = 0.0
    explores: str = ""
    counts: tuple[Count, ...] = ()
    windows: tuple[Window, ...] = ()


def explain(setup: Setup, inquiry: Inquiry, asked: Iterable[Discovery] = ()) -> Explained:
    """Choose as a run would now. Reads files, and makes none.

    Args:
        setup: the folder's.
        inquiry: what is asked about.
        asked: what came of asking servers for their models, for the reason why some tell none.

    Raises:
        BadRequestError: for a task or a model that nobody knows.
    """
    settings, task = setup.settings, _task(inquiry.task)
    if inquiry.model is None:
        model, words = named_model(inquiry.words, settings)
        inquiry = replace(inquiry, model=model, words=words)
    # Looking is no reason to make a journal.
    path = journal_file()
    there = settings.journal.enabled and path.exists()
    ledger = Ledger(path if there else None, cooldown_s=settings.cascade.cooldown_seconds)
    try:
        situation = _situation(setup, inquiry, ledger)
        found = _walked(route(task, settings, inquiry.model, situation, inquiry.where), settings)
        models = (find_model(settings, name) for name in found.models)
        money = shortage(filter(None, models), settings, ledger)
    finally:
        ledger.close()
    doubt = doubt_about(found.models[0], settings) if found.named else ""
    away = (one.told for one in silent(settings, asked))
    found = replace(found, warning=" ".join(filter(None, (found.warning, doubt, money, *away))))
    share = share_of(settings, task.id)
    return Explained(
        task=task,
        inquiry=inquiry,
        route=found,
        features=situation.features,
        share=share,
        explores=candidate(found.scores, known_models(settings)) if share else "",
        counts=tuple(_counts(settings, inquiry, found)),
        windows=tuple(_windows(settings, found)),
    )


def _task(name: str) -> Task:
    tasks = all_tasks()
    if name not in tasks:
        known = ", ".join(f"`{one}`" for one in tasks)
        raise BadRequestError(f"There is no task `{name}`. Known tasks: {known}.")
    return tasks[name]


def _walked(found: Route, settings: Settings) -> Route:
    """The part of a route that is walked: without a cascade, up to the first other model."""
    first = next((name for name in found.models if name != OFFLINE_MODEL), "")
    if settings.cascade.enabled or not first:
        return found
    end = found.models.index(first) + 1
    behind = [Rejected(name, _BEHIND.format(first=first)) for name in found.models[end:]]
    return replace(found, models=found.models[:end], rejected=(*found.rejected, *behind))


def _situation(setup: Setup, inquiry: Inquiry, ledger: Ledger) -> Situation:
    about = Situation(
        needs=CODING,
        layers={key: layer.value for key, layer in setup.resolved.provenance.items()},
        language=inquiry.language,
        features=features_of(inquiry.words, inquiry.language),
        racing=inquiry.task not in WORDS_ALONE,
    )
    return situate(setup.settings, setup.policy, ledger, about)


def _counts(settings: Settings, inquiry: Inquiry, found: Route) -> Iterator[Count]:
    if not inquiry.uri or not settings.journal.enabled:
        return
    now_us = time.time_ns() // 1_000
    from_us = now_us - int(settings.cascade.cooldown_seconds * SECOND_US)
    ever = settings.cascade.restore_primary == "never"
    lately = failure_counts.Lately(now_us, 0 if ever else from_us)
    scope = scope_name(inquiry.uri)
    with reading(journal_file()) as connection:
        if connection is None:
            return
        for model in found.models:
            owner = failure_counts.owner(model, inquiry.task, scope)
            for category, number in failure_counts.each(connection, owner, lately):
                yield Count(model, category, number)


def _windows(settings: Settings, found: Route) -> Iterator[Window]:
    from understudy.caches.store import open_caches

    if not cache_folder().exists():
        return
    caches = open_caches(settings.cache)
    try:
        for name in found.models:
            model = find_model(settings, name)
            if model is None or model.locality == "built-in":
                continue
            limit = caches.limit(model.provider, model.name, since=told_at(model))
            learned = with_learned(model, limit)
            if learned.context_window != model.context_window:
                yield Window(name, learned.context_window, model.context_window)
    finally:
        caches.close()
