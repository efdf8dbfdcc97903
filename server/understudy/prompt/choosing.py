"""Which fragments a prompt is made of, by what is asked of whom."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

from understudy.prompt.fragment import LAYERS
from understudy.prompt.keys import ALL_OF
from understudy.prompt.values import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.layers import Library
    from understudy.prompt.values import Values

Asks = Literal["fix", "change", "words"]
ASKS: tuple[Asks, ...] = ("fix", "change", "words")


def rough_count(text: str) -> int:
    """Tokens for a model that nobody knows, rather too many."""
    return len(text) // 3 + 1


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is asked, and for what, in words that fragments can name.

    Attributes:
        task: the id of the task.
        role: the model role that serves it.
        model: the model's id; empty where it is not known yet.
        family: the first word of its name.
        capabilities: what it can do.
        edit_format: how its answer is to be written.
        count: how many tokens a text has for it.
    """

    task: str = "fix"
    role: str = ""
    model: str = ""
    family: str = ""
    provider: str = ""
    capabilities: frozenset[str] = frozenset()
    edit_format: str = ""
    count: Callable[[str], int] = rough_count


@dataclass(frozen=True, slots=True)
class Choice:
    """The fragments of a prompt.

    Attributes:
        fragments: in the order of the library.
        notes: sentences about those that were not taken, although they were meant.
    """

    fragments: tuple[Fragment, ...]
    notes: tuple[str, ...] = ()


def choose(library: Library, to: Addressee, values: Values) -> Choice:
    """The fragments for a prompt, with what they require and without conflicts."""
    facts = facts_of(to, values)
    taken: dict[str, Fragment] = {}
    notes: list[str] = []
    for one in sorted(library.all(), key=_importance):
        if one.slot and applies(one, facts):
            _take(one, library, taken, notes)
    return Choice(tuple(taken[id_] for id_ in sorted(taken)), tuple(notes))


def facts_of(to: Addressee, values: Values) -> Mapping[str, frozenset[str]]:
    """What holds, by the keys of `when`."""
    problems = holds(values.get("problem")) or holds(values.get("problems"))
    facts = {
        "asks": values.get("asks"),
        "role": to.role,
        "taskKind": to.task,
        "language": values.get("language"),
        "model": to.model,
        "family": to.family,
        "provider": to.provider,
        "editFormat": to.edit_format,
        "strategy": values.get("strategy"),
        "hasDiagnostics": "true" if problems else "false",
    }
    return {
        **{key: frozenset({str(value)} if value else ()) for key, value in facts.items()},
        "capability": to.capabilities,
        "has": frozenset(name for name, value in values.items() if holds(value)),
    }


def applies(fragment: Fragment, facts: Mapping[str, frozenset[str]]) -> bool:
    """Whether all conditions of a fragment hold. What is not known holds for no value."""
    return all(
        matches(wanted, facts.get(key, frozenset()), every=key in ALL_OF)
        for key, wanted in fragment.when.items()
    )


def matches(wanted: Sequence[str], known: frozenset[str], *, every: bool = False) -> bool:
    """Whether one condition holds for what is known, or every value of it."""
    refused = [one[1:].strip() for one in wanted if one.startswith("!")]
    if any(fnmatchcase(value, one) for one in refused for value in known):
        return False
    asked = [one for one in wanted if not one.startswith("!")]
    found = [any(fnmatchcase(value, one) for value in known) for one in asked]
    return all(found) if every or not found else any(found)


def _importance(fragment: Fragment) -> tuple[int, int, int, str]:
    """Where two conflict, the user's own counts, then what is needed most."""
    return -LAYERS.index(fragment.layer), fragment.rank, fragment.order, fragment.id


def _take(
    fragment: Fragment, library: Library, taken: dict[str, Fragment], notes: list[str]
) -> None:
    """Take a fragment with all that it requires, or say why not."""
    waiting = [fragment]
    together: dict[str, Fragment] = {}
    while waiting:
        one = waiting.pop()
        if one.id in taken or one.id in together:
            continue
        rival = next((id_ for id_ in taken if id_ in one.conflicts), "") or next(
            (id_ for id_, other in taken.items() if one.id in other.conflicts), ""
        )
        if rival:
            notes.append(f"`{fragment.id}` is not taken: `{one.id}` conflicts with `{rival}`.")
            return
        together[one.id] = one
        for id_ in one.requires:
            needed = library.find(id_)
            if needed is None:
                notes.append(f"`{fragment.id}` is not taken: there is no fragment `{id_}`.")
                return
            waiting.append(needed)
    taken.update((id_, one) for id_, one in together.items() if one.slot)
