"""Whether functions of two texts come to the same under the same conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.decided import NO, YES, Outcome
from understudy.context.formulas import Claim, both, either, holds, no, normal, subjects, worlds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.context.conditions import Picked
    from understudy.context.decided import Decided, Decisions
    from understudy.context.formulas import Formula, Value
    from understudy.context.syntax import Source

_SHOWN = 80


def decided_otherwise(was: Decisions, now: Decisions) -> str:
    """What a function does, or comes to, under other conditions now, as a clause; empty for nothing.

    Only where both texts ask about the same, or one of them asks about less: nothing else can be
    compared.
    """
    for path in was:
        if path in now:
            other = _otherwise(was[path], now[path])
            if other:
                return other
    return ""


def alike_as_before(old: Source, new: Source, was: Decisions, now: Decisions) -> str:
    """The new text with each function as it was that was proved to do the same as before."""
    pieces = [
        (*one.span, old.data[was[path].span[0] : was[path].span[1]])
        for path, one in now.items()
        if path in was and one.span[1] and _alike(was[path], one)
    ]
    data, done = b"", 0
    for start, end, text in sorted(pieces):
        if start >= done:
            data += new.data[done:start] + text
            done = end
    return (data + new.data[done:]).decode("utf-8", "replace")


def _alike(old: Decided, new: Decided) -> bool:
    """Whether all that a function does and comes to was read in both texts and is the same."""
    if old.unread or new.unread or old.effects.keys() != new.effects.keys():
        return False
    picks = [{_key(one) for one in own.picked} for own in (old, new)]
    ends = _as_answers(old.outcomes, new.outcomes), _as_answers(new.outcomes, old.outcomes)
    every = worlds([one.when for own in ends for one in own])
    if picks[0] != picks[1] or every is None or not any(ends):
        return False
    texts = [[_text(own, world) for own in ends] for world in every]
    same = all(first == second for first, second in texts)
    return same and all(
        _same(either(*times), either(*new.effects[text])) for text, times in old.effects.items()
    )


def _same(was: Formula, now: Formula) -> bool:
    every = worlds([was, now])
    return every is not None and all(holds(was, one) == holds(now, one) for one in every)


def _otherwise(was: Decided, now: Decided) -> str:
    old, new = _as_answers(was.outcomes, now.outcomes), _as_answers(now.outcomes, was.outcomes)
    if told := "" if was.unread or now.unread else _other_outcome(old, new):
        return told
    return _done_otherwise(was, now, (*old, *new)) or _other_pick(was.picked, now.picked)


def _done_otherwise(was: Decided, now: Decided, outcomes: Sequence[Outcome]) -> str:
    """What is done under other conditions, where what ends it before reads the same, as a clause."""
    texts = [{one.text for one in own.outcomes} for own in (was, now)]
    ends = [one.when for one in outcomes if not all(one.text in own for own in texts)]
    # What is gone may be said like something else now, which is then done more often.
    gone, come = was.effects.keys() - now.effects.keys(), now.effects.keys() - was.effects.keys()
    for text in (one for one in was.effects if one in now.effects):
        first, then = either(*was.effects[text]), either(*now.effects[text])
        if first == then or not _comparable([first], [then]):
            continue
        for world in worlds([first, then, *ends]) or ():
            before, after = holds(first, world), holds(then, world)
            is_told = not (gone if after else come)
            if before != after and is_told and not any(holds(one, world) for one in ends):
                return f"The edit changes when `{text[:_SHOWN]}` is done"
    return ""


def _as_answers(own: Sequence[Outcome], other: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, values as yes or no where the other text says nothing else."""
    answers = {YES, NO, "true", "false"}
    if not other or any(one.text not in answers for one in other):
        return list(own)
    found: list[Outcome] = []
    for one in own:
        if not one.is_value:
            found.append(one)
            continue
        truth = Claim("is", (one.text,))
        found += (
            Outcome(both(one.when, truth), YES),
            Outcome(both(one.when, no(truth)), NO),
        )
    return found


def _other_outcome(old: Sequence[Outcome], new: Sequence[Outcome]) -> str:
    """A result that comes out where another one did that is still there, as a clause."""
    conditions = [[one.when for one in own] for own in (old, new)]
    if not _comparable(*conditions):
        return ""
    known = {one.text for one in old} & {one.text for one in new}
    for world in worlds([*conditions[0], *conditions[1]]) or ():
        was, now = _text(old, world), _text(new, world)
        if not was or not now or was == now:
            continue
        if {was, now} <= known:
            return f"The edit changes when `{was[:_SHOWN]}` is the result"
        if {was, now} == {YES, NO}:
            return f"The edit gives `{now}` where the result was `{was}`"
    return ""


def _text(outcomes: Sequence[Outcome], world: Mapping[str, Value]) -> str:
    """What comes out; empty where the end is reached."""
    return next((one.text for one in outcomes if holds(one.when, world)), "")


def _comparable(old: Sequence[Formula], new: Sequence[Formula]) -> bool:
    was, now = subjects(old), subjects(new)
    return was <= now or now <= was


def _differ(was: Formula, now: Formula) -> bool:
    """Whether two conditions can be told apart."""
    if was == now or not _comparable([was], [now]):
        return False
    return any(holds(was, world) != holds(now, world) for world in worlds([was, now]) or ())


def _other_pick(was: Sequence[Picked], now: Sequence[Picked]) -> str:
    """Which elements were picked, if others are now."""
    gone, come = (
        [one for one in own if _key(one) not in set(map(_key, others))]
        for own, others in ((was, now), (now, was))
    )
    for one in gone:
        same = [other for other in come if other.within == one.within]
        if len(same) == 1 and len(gone) == 1 == len(come) and _differ(one.by, same[0].by):
            return f"The edit picks other elements of `{one.within}`"
    return ""


def _key(one: Picked) -> tuple[str, str]:
    return one.within, normal(one.by)
