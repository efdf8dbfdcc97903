"""Models by their scores, best first.

What the registry alone says is sorted once; for a decision, only models are scored anew of which
the journal knows something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.scoring import measured, score
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.config.settings import Settings
    from understudy.engine.scoring import Score
    from understudy.engine.situation import Situation
    from understudy.engine.text_features import Features
    from understudy.models.registry import Model

    _Entry = tuple[float, int, Score]
    """Sorts: a score less than nothing, the place among equal ones, and the score itself."""

_MOST_KEPT = 8
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Models as the registry alone has them.

    Attributes:
        entries: best first.
        names: ids by what the journal calls them.
    """

    known: Mapping[str, Model]
    entries: tuple[_Entry, ...]
    scores: tuple[Score, ...]
    names: Mapping[str, str]


_rankings: dict[tuple[int, str, Features], _Ranking] = {}


def ranked(
    known: Mapping[str, Model], settings: Settings, situation: Situation, task: str
) -> tuple[Score, ...]:
    """All models that are asked over the network, best first, whatever stands against them.

    When settings describe models, those alone: others are only known by their provider.

    Args:
        known: the models of these settings.
        settings: with the strategy.
        situation: with the language, the request's words, and what was learned.
        task: the task's id.
    """
    base = _by_registry(known, settings, situation.features)
    learned = situation.experience
    tried = {base.names[name] for name in learned.models if name in base.names}
    if not tried:
        return base.scores
    where, strategy = (task, situation.language), settings.routing.strategy
    entries = [one for one in base.entries if one[2].model not in tried]
    for _, place, before in base.entries:
        if before.model in tried:
            entries.append(_entry(measured(before, strategy, learned, where), place))
    return tuple(one for _, _, one in sorted(entries))


def _by_registry(known: Mapping[str, Model], settings: Settings, features: Features) -> _Ranking:
    strategy = settings.routing.strategy
    key = (id(known), strategy, features)
    kept = _rankings.get(key)
    if kept is None or kept.known is not known:
        if len(_rankings) >= _MOST_KEPT:
            _rankings.clear()
        kept = _rankings[key] = _ranking(known, settings, features)
    return kept


def _ranking(known: Mapping[str, Model], settings: Settings, features: Features) -> _Ranking:
    remote = [model for model in known.values() if model.locality != "built-in"]
    models = [model for model in remote if model.id in settings.models] or remote
    models.sort(key=lambda one: one.id)
    # Of equal ones, whoever is not to be retired, or latest.
    models.sort(key=lambda one: one.ends or _NEVER, reverse=True)
    strategy = settings.routing.strategy
    entries = sorted(
        _entry(score(model, strategy, features), place) for place, model in enumerate(models)
    )
    return _Ranking(
        known=known,
        entries=tuple(entries),
        scores=tuple(one for _, _, one in entries),
        names={clean("model", model.id): model.id for model in models},
    )


def _entry(found: Score, place: int) -> _Entry:
    return (-round(found.total, 9), place, found)
