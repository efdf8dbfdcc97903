"""Whether what code did is done in another version of it, in the same words or in others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.usual_words import (
    ASSIGNS,
    CLOSES,
    COLLECTS,
    ENDLESS,
    FILES,
    FILLS,
    GROUPS,
    HOLDERS,
    LOCKS,
    OPENS,
    PRINTS,
    READS,
    ROUNDS,
    TELLS,
    VALUES,
    WRITES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.context.compared import Compared
    from understudy.context.effects import Effect

_SELF = frozenset({"self", "this", "cls", "super", "@", "$this", "Self"})
_MODULES = frozenset(
    {"table", "sort", "slices", "maps", "Collections", "Arrays", "random", "heapq"}
)
"""What changes the first thing that its functions are given."""
_WORD = re.compile(r"[^\W\d][\w$]*")
_LEAST = 3
_ALIKE = 5


def is_done(effect: Effect, compared: Compared) -> bool:
    """Whether code does what it did before.

    Args:
        effect: what it did.
        compared: all that it did and does.
    """
    return is_there(effect, compared) or _RULES[effect.how](effect, compared)


def is_there(effect: Effect, compared: Compared) -> bool:
    """Whether it is done in the same words."""
    return effect.text in compared.texts[1] and effect.how != "hold"


def _is_yielded(_effect: Effect, compared: Compared) -> bool:
    given = compared.after.values - compared.before.values
    return bool(given) or any(one.how == "yield" for one in compared.come)


def _is_sent(effect: Effect, compared: Compared) -> bool:
    return any(one.how == "send" and one.base == effect.base for one in compared.come)


def _is_run_later(effect: Effect, compared: Compared) -> bool:
    if effect.how == "defer" and _is_made_otherwise(effect, compared):
        return True
    return "Go" in compared.calls or any(one.how == effect.how for one in compared.come)


def _is_awaited(effect: Effect, compared: Compared) -> bool:
    bare = effect.text.removeprefix("await ").removesuffix(".await")
    return bare not in compared.texts[1] and _is_called(effect._replace(text=bare), compared)


def _is_called(effect: Effect, compared: Compared) -> bool:
    before, after, name = compared.before, compared.after, effect.name
    if not name or ROUNDS.fullmatch(name) or VALUES.fullmatch(name):
        return True
    if _root(_changed(effect)) in before.fresh or (not effect.base and name in before.own):
        return True
    there = after.names.get(name, frozenset())
    if compared.comes(name) or not there.isdisjoint(_only_call(effect.text)):
        return True
    given = {one for one in _given(effect) if before.words[one]} - {name}
    if there and given and all(after.words[one] >= before.words[one] for one in given):
        return True
    return after.bare[name] > before.bare[name] or _is_said_otherwise(effect, compared)


def _only_call(statement: str) -> set[str]:
    """A statement, and the call in it without what hands its error on."""
    return {statement, statement.rstrip("?!").removeprefix("try ").strip()}


def _is_said_otherwise(effect: Effect, compared: Compared) -> bool:
    name, base = effect.name, effect.base
    if _is_made_otherwise(effect, compared):
        return True
    if any((one.name, one.base) == (name, base) for one in compared.come):
        return True
    if any(kinds.fullmatch(name) and rule(effect, compared) for kinds, rule in _FAMILIES):
        return True
    return any(
        of == base and (_is_like(name, other) or name in words)
        for other, texts in compared.calls.items()
        for of, words in (compared.after.calls[text] for text in texts)
    )


def _is_printed(_effect: Effect, compared: Compared) -> bool:
    return bool(compared.calls_of(PRINTS))


def _is_logged(effect: Effect, compared: Compared) -> bool:
    return any(of == effect.base for _, of, _ in compared.calls_of(TELLS))


def _is_done_to_file(effect: Effect, compared: Compared) -> bool:
    given = _given(effect)
    return any(not words.isdisjoint(given) for _, _, words in compared.calls_of(FILES))


def _is_closed(effect: Effect, compared: Compared) -> bool:
    is_gone = not compared.after.words[_root(effect.base)]
    return is_gone or _holds_anew(effect, compared)


def _is_grouped(_effect: Effect, compared: Compared) -> bool:
    return "Go" in compared.calls


def _given(effect: Effect) -> frozenset[str]:
    return frozenset(_WORD.findall(effect.text.partition("(")[2]))


def _is_like(name: str, other: str) -> bool:
    """Whether one name is a part of another, or they begin alike."""
    one, two = sorted((name.lower().strip("_"), other.lower().strip("_")), key=len)
    if len(one) >= _LEAST and one in two:
        return True
    return len(one) >= _ALIKE and one[:_ALIKE] == two[:_ALIKE]


def _holds_anew(_effect: Effect, compared: Compared) -> bool:
    return any(one.how == "hold" for one in compared.come) or bool(compared.calls_of(HOLDERS))


def _is_touched(effect: Effect, compared: Compared) -> bool:
    """Whether something else happens to what is changed: a call, or another value."""
    base = _changed(effect)
    if not base:
        return False
    root = _root(base)
    text, bases, words = compared.mentions
    if base in bases or (base in text if root in _SELF else root in words):
        return True
    parts = f"{base}[", f"{base}.", f"*{base}"
    return any(one == base or one.startswith(parts) for one in compared.stored)


def _is_stored(effect: Effect, compared: Compared) -> bool:
    is_own = effect.base in _SELF
    if not is_own and _root(effect.base) in compared.before.fresh:
        return True
    if effect.how == "set" and _is_given_anew(effect, compared):
        return True
    if not is_own and _is_made_otherwise(effect, compared):
        return True
    if is_own and any(effect.base in words for _, _, words in compared.calls_of(ASSIGNS)):
        return True
    return not is_own and _is_touched(effect, compared)


def _is_made_otherwise(effect: Effect, compared: Compared) -> bool:
    """Whether what is changed was made here, and another value is in its place now."""
    root = _root(_changed(effect))
    made = compared.before.made.get(root, frozenset())
    if not made or root in compared.before.own or made & compared.after.made.get(root, frozenset()):
        return False
    if effect.how in {"set", "delete"} or FILLS.fullmatch(effect.name):
        return True
    _, _, words = compared.mentions
    return not words.isdisjoint({one for text in made for one in _WORD.findall(text)} - {root})


def _is_given_anew(effect: Effect, compared: Compared) -> bool:
    before, after, name = compared.before, compared.after, effect.name.lstrip("@$")
    if any(one in after.stored for one in compared.targets.get(effect.text, ())):
        return True
    if name and after.named.get(name, frozenset()) - before.named.get(name, frozenset()):
        return True
    # A name that only points somewhere may go, and the place gets its value otherwise.
    return effect.text.startswith("*") and bool(compared.stored)


def _is_held(effect: Effect, compared: Compared) -> bool:
    words, after = _WORD.findall(effect.base), compared.after
    if not words or ENDLESS.match(effect.base):
        return True
    same = any(one.how == "hold" and one.base == effect.base for one in after.effects)
    anew = (set(_WORD.findall(one.base)) for one in compared.come if one.how == "hold")
    if same or any(not one.isdisjoint(words) for one in anew):
        return True
    head = _WORD.findall(effect.base.partition("(")[0])
    last = head[-1] if head else words[-1]
    if OPENS.fullmatch(last):
        return bool(compared.calls_of(READS))
    return after.words[last] >= compared.before.words[last]


def _changed(effect: Effect) -> str:
    """What an effect changes: what stands before the name, or the first thing that is given."""
    if effect.base and (effect.how != "call" or effect.base not in _MODULES):
        return effect.base
    return next(iter(_WORD.findall(effect.text.partition("(")[2])), "")


def _root(base: str) -> str:
    return next(iter(_WORD.findall(base)), "")


_FAMILIES: tuple[tuple[re.Pattern[str], Callable[[Effect, Compared], bool]], ...] = (
    (PRINTS, _is_printed),
    (TELLS, _is_logged),
    (FILES, _is_done_to_file),
    (COLLECTS, _is_touched),
    (WRITES, _is_touched),
    (CLOSES, _is_closed),
    (LOCKS, _holds_anew),
    (GROUPS, _is_grouped),
)
"""What names of a kind stand for, and how to tell that it is said in other words."""
_RULES: Mapping[str, Callable[[Effect, Compared], bool]] = {
    "call": _is_called,
    "await": _is_awaited,
    "go": _is_run_later,
    "defer": _is_run_later,
    "set": _is_stored,
    "delete": _is_stored,
    "yield": _is_yielded,
    "send": _is_sent,
    "hold": _is_held,
}
