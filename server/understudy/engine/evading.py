"""How an edit goes about its problem, as evidence: whether it mends it or only makes it unseen.

It is asked of models' edits alone. What a built-in rule writes was weighed when it was made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.engine.cut_off import cut_off
from understudy.engine.evasions import (
    hatch,
    lost_check,
    only_deleted,
    silenced,
)
from understudy.engine.hunks import hunks_of
from understudy.engine.kinds import is_undefined_name
from understudy.engine.weighed import weighed

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.engine.evidence import Facts, Reason

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LONGEST = 1_000
_SHOWN = 40


def evades(facts: Facts) -> bool:
    """Whether the edit silences a tool, gets around it, or takes away what would have told."""
    return not facts.rule and bool(
        silenced(facts) or hatch(facts) or lost_check(facts) or cut_off(facts)
    )


def _silenced(facts: Facts) -> Reason | None:
    found = silenced(facts)
    return weighed("silenced", 0.0, f"It tells a tool to look away (`{found}`)") if found else None


def _cut_off(facts: Facts) -> Reason | None:
    found = cut_off(facts)
    text = f"The marked code stands there still, and {found}"
    return weighed("cut_off", 0.0, text, "silenced") if found else None


def _hatch(facts: Facts) -> Reason | None:
    found = hatch(facts)
    text = f"It gets around the check instead of meeting it (`{found[:_SHOWN]}`)"
    return weighed("hatch", 0.0, text) if found else None


def _deleted(facts: Facts) -> Reason | None:
    if facts.target is None or not only_deleted(facts):
        return None
    return weighed("only_deleted", 0.0, "The marked code goes away, and nothing takes its place")


def _near_name(facts: Facts) -> Reason | None:
    """Whether an undefined name becomes one that is spelt nearly so, and nothing else changes."""
    target = facts.target
    if target is None or not is_undefined_name(target.code, target.message):
        return None
    hunks = hunks_of(facts.before.index, facts.edits)
    old = "".join(line for one in hunks for line in one.old)
    new = "".join(line for one in hunks for line in one.new)
    name, other = _replaced(old, new)
    if not near(name, [other]):
        return None
    return weighed("near_name", 1.0, f"`{name}` is nearly spelt like `{other}`")


def _replaced(old: str, new: str) -> tuple[str, str]:
    """The one word that another one takes the place of; two empty ones where more changes."""
    if max(len(old), len(new)) > _LONGEST:
        return "", ""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) != len(after):
        return "", ""
    changed = {pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]}
    return changed.pop() if len(changed) == 1 else ("", "")


_SIGNALS: tuple[Callable[[Facts], Reason | None], ...] = (
    *(_silenced, _cut_off, _hatch, _deleted, _near_name),
)


def _of_models(signal: Callable[[Facts], Reason | None]) -> Callable[[Facts], Reason | None]:
    return lambda facts: None if facts.rule else signal(facts)


EVASIONS = tuple(map(_of_models, _SIGNALS))
