"""What the router would have chosen at every run of the journal, and what that would have been worth.

What a model that was not asked would have done is known to nobody. So a choice counts for what its
models are expected to do at that task in that language at that time: the direct method of off-policy
evaluation (Dudík, Langford and Li, "Doubly Robust Policy Evaluation and Learning", 2011, section 2.2).
Weighing by how likely a choice was needs choices by chance, and the router makes none. The router is
told of each run only what came before it; see `understudy.engine.hindsight` for what it is judged by.
Whether an edit was left standing is counted from its run on, though it is known some minutes later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.engine.exploring import WORDS_ALONE
from understudy.engine.hindsight import hindsight
from understudy.engine.learned import Learning
from understudy.engine.replayed import ENOUGH, Evaluation, Record, TooFew, Unknown
from understudy.engine.router import route
from understudy.engine.scoring import weights_of
from understudy.engine.situation import Situation
from understudy.engine.verdicts import Decision, judged
from understudy.journal.vocabulary import clean
from understudy.models.registry import known_models
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.learned import Experience
    from understudy.engine.replayed import Replayed
    from understudy.journal.trials import Trial
    from understudy.models.registry import Model


def evaluate(trials: Sequence[Trial], settings: Settings) -> Evaluation:
    """Make all decisions again. Chains in the settings do not count: what is judged is the router.

    Args:
        trials: of the journal, oldest first.
        settings: with the models that may be compared, and the strategy.
    """
    free = replace(
        settings,
        model_routing=MappingProxyType({}),
        routing=replace(settings.routing, exploration=0.0),
    )
    known = {clean("model", one.id): one for one in known_models(free).values()}
    ours = [one for one in trials if one.model in known]
    records = _records(one for one in ours if one.task in all_tasks())
    enough = {
        task: tuple(one for one in found if one.runs >= ENOUGH) for task, found in records.items()
    }
    compared = {task: found for task, found in enough.items() if len(found) > 1}
    decisions = _decisions(trials, free, known, compared)
    by_task: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_task[one.moment.task].append(one)
    replayed = tuple(
        replace(_judged(task, by_task[task], compared[task], free), unknown=_unknown(ours, task))
        for task in sorted(by_task)
    )
    asked = {one.model for one in trials}
    every = tuple(record for found in compared.values() for record in found)
    return Evaluation(
        trials=len(trials),
        replayed=replayed,
        too_few=tuple(TooFew(task, records[task]) for task in sorted(records.keys() - by_task)),
        together=_judged("", decisions, _summed(every), free) if len(replayed) > 1 else None,
        never=tuple(
            one.id
            for name, one in known.items()
            if name not in asked and one.locality != "built-in"
        ),
    )


def _unknown(trials: Sequence[Trial], task: str) -> tuple[Unknown, ...]:
    """The models of the journal that a task asked too seldom, the least known one first.

    Languages with few runs of the task are left out: there nothing can be known of anybody.
    """
    runs = Counter((one.model, one.language) for one in trials if one.task == task)
    first = {one.run: one.language for one in trials if one.task == task}
    often = sorted(name for name, count in Counter(first.values()).items() if count >= ENOUGH)
    found: list[Unknown] = []
    for model in sorted({one.model for one in trials}):
        few = [
            Unknown(model, name, runs[model, name]) for name in often if runs[model, name] < ENOUGH
        ]
        whole = sum(count for (name, _), count in runs.items() if name == model)
        found += few if whole >= ENOUGH else [Unknown(model, "", whole)]
    return tuple(sorted(found, key=lambda one: one.runs))


def _judged(
    task: str, decisions: Sequence[Decision], records: tuple[Record, ...], settings: Settings
) -> Replayed:
    return judged(task, decisions, records, weights_of(settings.routing.strategy))


def _decisions(
    trials: Sequence[Trial],
    settings: Settings,
    known: Mapping[str, Model],
    compared: Mapping[str, tuple[Record, ...]],
) -> list[Decision]:
    """What the router would choose for each run of a task that is compared, oldest first."""
    names = {task: frozenset(one.model for one in found) for task, found in compared.items()}
    every = frozenset[str]().union(*names.values())
    runs = {one.run for one in trials if one.task in compared}
    moments = hindsight(trials, runs, {name: known[name] for name in every})
    against = {task: _too_few(known, own) for task, own in names.items()}
    found = []
    for trial, experience in _forwards(trials):
        if trial.task in compared:
            situation = Situation(
                against=against[trial.task],
                language=trial.language,
                experience=experience,
                racing=trial.task not in WORDS_ALONE,
            )
            chosen = route(all_tasks()[trial.task], settings, None, situation)
            models = tuple(clean("model", one) for one in chosen.models)
            models = tuple(one for one in models if one in names[trial.task])
            if models:
                found.append(Decision(moments[trial.run], models, bool(chosen.together)))
    return found


def _too_few(known: Mapping[str, Model], compared: frozenset[str]) -> Mapping[str, str]:
    others = (one.id for name, one in known.items() if name not in compared)
    return MappingProxyType(dict.fromkeys(others, "has too few runs"))


def _forwards(trials: Iterable[Trial]) -> Iterator[tuple[Trial, Experience]]:
    """The first trial of each run, with what came before it."""
    learning, seen = Learning(), set[str]()
    for trial in trials:
        if trial.run not in seen:
            seen.add(trial.run)
            yield trial, learning.experience(trial.at_us)
        learning.add(trial)


def _records(trials: Iterable[Trial]) -> Mapping[str, tuple[Record, ...]]:
    """What each model did, by task."""
    runs: Counter[tuple[str, str]] = Counter()
    good: defaultdict[tuple[str, str], float] = defaultdict(float)
    for one in trials:
        runs[one.task, one.model] += 1
        good[one.task, one.model] += one.good
    found: dict[str, list[Record]] = defaultdict(list)
    for (task, model), count in sorted(runs.items()):
        found[task].append(Record(model, count, good[task, model]))
    return {task: tuple(records) for task, records in found.items()}


def _summed(records: Iterable[Record]) -> tuple[Record, ...]:
    """Over all tasks."""
    found: dict[str, Record] = {}
    for one in records:
        before = found.get(one.model, Record(one.model, 0, 0.0))
        found[one.model] = Record(one.model, before.runs + one.runs, before.good + one.good)
    return tuple(found.values())
