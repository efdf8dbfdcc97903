"""Lessons from what goes wrong again and again. All of it happens beside the runs, in one thread."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from understudy.core.binomial import wilson
from understudy.core.clock import DAY_US, now_us
from understudy.core.failures import UnderstudyError
from understudy.engine.record import code_of
from understudy.journal.similar_failures import Alike, cleared_by, runs_failed
from understudy.journal.trials import SAYS_NOTHING
from understudy.learning.identity import identity
from understudy.learning.intake import take_in
from understudy.learning.judging import Judge
from understudy.learning.lesson import MEASURED, Lesson, Remedy, Scope, Trigger
from understudy.learning.memory import recalled_at
from understudy.learning.registry import Registry
from understudy.learning.shelf import load_shelf
from understudy.learning.standing import WHY
from understudy.learning.templates import remedy_for
from understudy.strategies import PLAIN, all_strategies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from understudy.caches.store import Caches
    from understudy.config.learning_settings import LearningSettings
    from understudy.core.failures import Failure
    from understudy.engine.services import Services
    from understudy.learning.lesson import RemedyKind

log = logging.getLogger("understudy.learning")

_OFTEN = 3
"""In so many runs within a window a failure must have happened before it is a lesson's."""
_LONGEST_SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class Mishap:
    """An edit that was withheld.

    Attributes:
        held_out: the identities of the lessons that it was made without on purpose: its failure says
            nothing against them.
        sample: the edit as a diff; empty without one.
    """

    run: str
    model: str
    language: str
    failure: Failure
    held_out: frozenset[str] = frozenset()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Notebook:
    """Where lessons are noted.

    Attributes:
        journal: the file.
        tell: hears a sentence for the user, from another thread.
    """

    journal: Path
    rules: LearningSettings
    caches: Caches
    tell: Callable[[str], None]

    @property
    def registry(self) -> Registry:
        """Of the journal."""
        return Registry(self.journal, now_us)


class Means(Protocol):
    """What is shared by runs: see `understudy.engine.reach.Reach`."""

    caches: Caches
    journal: Path | None

    @property
    def tell(self) -> Callable[[str], None]:
        """Hears a sentence for the user, from any thread."""


def notebook_of(means: Means, services: Services) -> Notebook | None:
    """Where a run notes lessons; None where nothing is learned, or nothing may be recorded."""
    settings, rules = services.settings, services.settings.learning
    if means.journal is None or not (rules.enabled and settings.journal.enabled):
        return None
    return Notebook(means.journal, rules, means.caches, means.tell)


def learn_from(mishap: Mishap, notebook: Notebook) -> None:
    """Note an edit that was withheld; returns at once."""
    _later(lambda: _learn(mishap, notebook))


def note_standings(notebook: Notebook) -> None:
    """Note which lessons stand otherwise than before; returns at once."""
    _later(lambda: _note(notebook))


def wait_for_lessons() -> None:
    """Wait until all that was noted so far is in the files. Blocks."""
    with _lock:
        workers = _workers
    if workers is not None:
        workers.submit(lambda: None).result()


_workers: ThreadPoolExecutor | None = None
_lock = threading.Lock()


def _later(step: Callable[[], None]) -> None:
    global _workers  # noqa: PLW0603 - one thread for the process, started when first needed
    with _lock:
        if _workers is None:
            _workers = ThreadPoolExecutor(1, "lessons")
        _workers.submit(_safely, step)


def _safely(step: Callable[[], None]) -> None:
    try:
        step()
    except UnderstudyError as failure:
        log.warning("A lesson could not be noted: %s", failure)
    except Exception:
        # The outermost door of this thread: nobody else would hear of it.
        log.exception("A lesson could not be noted.")


def _learn(mishap: Mishap, notebook: Notebook) -> None:
    failure = mishap.failure
    if failure.category in SAYS_NOTHING or failure.blame != "model":
        return
    alike = Alike(mishap.model, mishap.language, failure.category.value, code_of(failure))
    since_us = now_us() - notebook.rules.window_days * DAY_US
    runs = tuple(dict.fromkeys((*runs_failed(notebook.journal, alike, since_us), mishap.run)))
    shelf = load_shelf(None)
    for lesson in _proposed(mishap, alike, notebook, since_us):
        if len(runs) < _OFTEN and shelf.same(lesson) is None:
            continue
        told = replace(lesson, attempts=runs)
        held_out = identity(lesson) in mishap.held_out
        taken = take_in(told, mishap.run, notebook.registry, notebook.rules, held_out=held_out)
        if mishap.sample and taken.lesson is not None:
            notebook.caches.keep_sample(identity(lesson), mishap.sample[:_LONGEST_SAMPLE])
        if taken.notice:
            log.info("%s", taken.notice)
            notebook.tell(taken.notice)


def _proposed(mishap: Mishap, alike: Alike, notebook: Notebook, since_us: int) -> Iterator[Lesson]:
    """Lessons about a failure, in words of ours or by strategies that clear it."""
    failure = mishap.failure
    trigger = Trigger(failure.category, alike.code)
    scope = Scope(model=mishap.model, language=mishap.language)
    remedies = [remedy_for(trigger, scope), _strategy(alike, notebook, since_us)]
    for remedy in remedies:
        if remedy is not None:
            yield Lesson("", trigger, remedy, scope, source=MEASURED)


def _strategy(alike: Alike, notebook: Notebook, since_us: int) -> Remedy | None:
    """What the strategy does that clears such failures for certain more often than asking again."""
    counts = cleared_by(notebook.journal, alike, since_us)
    plain = counts.pop(PLAIN, (0, 0))
    rate = plain[0] / plain[1] if plain[1] else 0.0
    known = all_strategies()
    best: tuple[RemedyKind, str] | None = None
    bound = rate
    for name, (cleared, total) in sorted(counts.items()):
        low = wilson(cleared, total)[0]
        if total >= notebook.rules.auto_apply_samples and low > bound and name in known:
            best, bound = known[name].remedy_for(alike.code), low
    return Remedy(*best, is_ours=True) if best is not None else None


def _note(notebook: Notebook) -> None:
    lessons, registry = load_shelf(None).lessons, notebook.registry
    if not lessons:
        return
    judge = Judge(recalled_at(notebook.journal), notebook.rules, now_us())
    for lesson in lessons:
        standing = judge.standing(lesson)
        if judge.seen(lesson).state == standing.state:
            continue
        before = registry.note(identity(lesson), standing)
        if before is None:
            continue
        text = f"The lesson `{lesson.id}` is {standing.state}: {WHY[standing.why]}."
        log.info("%s", text)
        if before and standing.why == "harmful":
            notebook.tell(text)
