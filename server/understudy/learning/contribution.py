"""Which lessons can be handed to others, and what is said of them. Pure functions over what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.learning.identity import identity, remedy_digest
from understudy.learning.lesson import BY_USER, MEASURED
from understudy.learning.payload import Entry, hash_of, is_general_remedy, merged, short
from understudy.learning.public_names import is_public_code
from understudy.learning.redacting import redact
from understudy.learning.shares import NO_RUNS, Count, Share, of_any_words
from understudy.learning.templates import is_ours
from understudy.learning.tiers import Tier, tier_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from understudy.config.learning_settings import LearningSettings
    from understudy.learning.lesson import Lesson
    from understudy.learning.recall import Recalled
    from understudy.learning.shares import Key
    from understudy.learning.standing import Standing

FEWEST = 5
"""Runs with a lesson before it is offered to others."""
_MOST_MASKED = 0.25
"""Of the words of a remedy: what is masked more says nothing any more."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What it is decided by.

    Attributes:
        private: names of this user, machine and project.
        models: ids of models that everybody can have.
        languages: ids of languages.
        given: what was handed over before: others have counted it already.
    """

    recalled: Recalled
    rules: LearningSettings
    private: Collection[str] = ()
    models: Collection[str] = ()
    languages: Collection[str] = ()
    given: Mapping[Key, tuple[Count, Count]] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be handed over.

    Attributes:
        shares: the same by the lessons of this machine: two of them may look alike to others.
        runs: a digest of the runs that they were counted from; empty without entries.
        left_out: ids of the lessons that can't, each with a reason.
    """

    entries: tuple[Entry, ...] = ()
    shares: tuple[Share, ...] = ()
    runs: str = ""
    left_out: tuple[tuple[str, str], ...] = ()


def offer(lessons: Iterable[tuple[Lesson, Standing]], grounds: Grounds) -> Offer:
    """The lessons that are good enough, in general words.

    Args:
        lessons: all that there are, as they stand.
        grounds: what it is decided by.
    """
    entries: list[Entry] = []
    shares: list[Share] = []
    left_out: list[tuple[str, str]] = []
    for lesson, standing in lessons:
        reason = _unfit(lesson, standing) or _special(lesson, grounds)
        found = [] if reason else list(_shares(lesson, grounds))
        shares += found
        entries += [_entry(lesson, share, grounds) for share in found]
        if not found:
            left_out.append((lesson.id, reason or _FEW))
    runs = _digest_of_runs(shares, grounds.recalled)
    return Offer(merged(entries), tuple(shares), runs, tuple(left_out))


_FEW = (
    f"no model that everybody can have was asked with it in {FEWEST} new runs that went well enough"
)


def _unfit(lesson: Lesson, standing: Standing) -> str:
    """Why a lesson is nobody else's business, by where it comes from and how it does."""
    if lesson.source not in {BY_USER, MEASURED}:
        return "others wrote it"
    if lesson.scope.level != "user":
        return "it belongs to a workspace"
    if not standing.usable or lesson.review == "rejected":
        return "it is not in use"
    return "" if standing.tier is not Tier.QUEUE else "too little is proved of it"


def _special(lesson: Lesson, grounds: Grounds) -> str:
    """Why a lesson holds for something of this user's alone."""
    scope, trigger = lesson.scope, lesson.trigger
    bare = trigger.fingerprint and not trigger.code
    if bare or trigger.symbol or scope.path_glob or scope.task or scope.provider:
        return "it is about one place or message alone"
    if trigger.code and not is_public_code(trigger.code):
        return "its code is none of a tool that is known here"
    if scope.language and scope.language not in grounds.languages:
        return "its language is not known here"
    if not is_general_remedy(lesson.remedy):
        return "its remedy is not known elsewhere"
    return "" if _words(lesson, grounds) else "too many of its words could be private"


def _words(lesson: Lesson, grounds: Grounds) -> str:
    """The remedy for others; empty where too little would be left of it."""
    remedy = lesson.remedy
    if remedy.kind != "prompt_fragment" or is_ours(remedy, lesson.trigger, lesson.scope):
        return remedy.body
    shown = redact(remedy.body, grounds.private)
    return shown.text if shown.masked <= _MOST_MASKED * shown.words else ""


def _shares(lesson: Lesson, grounds: Grounds) -> Iterator[Share]:
    """The new runs with each model that everybody can have, where there are enough."""
    for model, (inside, without) in _counts(lesson, grounds.recalled).items():
        key = (identity(lesson), remedy_digest(lesson), model)
        before = [(grounds.given or {}).get(one) for one in (key, of_any_words(key))]
        fresh, other = inside, without
        for given in filter(None, before):
            fresh, other = fresh - given[0], other - given[1]
        proved = tier_of(inside.good, inside.total, grounds.rules) is not Tier.QUEUE
        if model in grounds.models and proved and fresh.total >= FEWEST:
            yield Share(key, fresh, other)


def _entry(lesson: Lesson, share: Share, grounds: Grounds) -> Entry:
    trigger, language = lesson.trigger, lesson.scope.language
    words = _words(lesson, grounds)
    return Entry(
        *(trigger.category, trigger.code, language, share.key[-1], lesson.remedy.kind, words),
        *(share.inside, share.without),
    )


def _counts(lesson: Lesson, recalled: Recalled) -> dict[str, tuple[Count, Count]]:
    """`(with it, without it)` by model, as many runs as there were, for its present words."""
    present, found = remedy_digest(lesson), dict[str, tuple[Count, Count]]()
    for one in recalled.uses.get(identity(lesson), ()):
        if one.digest != present:
            continue
        inside, without = found.get(one.model, (NO_RUNS, NO_RUNS))
        more = Count(int(one.use.good), 1)
        is_in = one.use.role == "in"
        found[one.model] = (inside + more, without) if is_in else (inside, without + more)
    return found


def _digest_of_runs(shares: Collection[Share], recalled: Recalled) -> str:
    """The same for the same runs alone. Their ids are random, and can't be told from it."""
    keys = {share.key for share in shares}
    ids = {
        one.use.run
        for lesson in {key[0] for key in keys}
        for one in recalled.uses.get(lesson, ())
        if (lesson, one.digest, one.model) in keys
    }
    return short(hash_of("\n".join(sorted(ids)))) if ids else ""
