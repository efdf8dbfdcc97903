"""What each name of a text stands for, and whether another text only calls the same things otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Arguments = Iterable[tuple[str, str]]

FREE: Final = "free"
"""What nothing in the text binds: built-in names, and what comes from elsewhere."""
MEMBER: Final = "member"
"""What belongs to something else: attributes, fields, methods."""
TYPE: Final = "type"


class Key(NamedTuple):
    """What a name stands for.

    Attributes:
        scope: the number of the scope that binds it, or what kind of name it is.
    """

    scope: int | str
    name: str


class Bindings(NamedTuple):
    """The names of a text in its order.

    Attributes:
        keys: of each name that stands there.
        members: names of members that the text itself defines.
        arguments: for each argument that is given by name, what is called, and the name.
        parameters: for each function or class, what may be given to it by name.
    """

    keys: tuple[Key, ...]
    members: frozenset[str] = frozenset()
    arguments: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()


def only_renamed(before: Bindings, after: Bindings) -> bool:
    """Whether everything has one new name that nothing else has where it is seen.

    Both texts must have the same words but for their names.
    """
    if len(before.keys) != len(after.keys):
        return False
    there: dict[Key, Key] = {}
    back: dict[Key, Key] = {}
    for old, new in zip(before.keys, after.keys, strict=True):
        if there.setdefault(old, new) != new or back.setdefault(new, old) != old:
            return False
        if old.scope != new.scope or (old != new and not _may_change(old, before)):
            return False
    return _same_arguments(before, after)


def _may_change(old: Key, before: Bindings) -> bool:
    """Whether a name is this text's to change."""
    return old.scope != FREE and (old.scope != MEMBER or old.name in before.members)


def _same_arguments(before: Bindings, after: Bindings) -> bool:
    """Whether arguments are given under the names that their parameters have now."""
    renamed = _renamed(before.parameters, after.parameters)
    if len(before.arguments) != len(after.arguments):
        return False
    return all(
        renamed.get(old, old[1]) == new[1]
        for old, new in zip(before.arguments, after.arguments, strict=True)
    )


def _renamed(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], str]:
    if len(old) != len(new):
        return {}
    return {was: now[1] for was, now in zip(old, new, strict=True)}
