"""A prompt out of fragments: rendered, ordered, and fitted to the budgets of its slots."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from understudy.prompt import Part, Piece, Prompt, Turn
from understudy.prompt.choosing import choose
from understudy.prompt.keys import SLOTS
from understudy.prompt.rendering import render
from understudy.prompt.trouble import FragmentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.prompt.choosing import Addressee
    from understudy.prompt.fragment import Fragment
    from understudy.prompt.layers import Library
    from understudy.prompt.values import Values


def compose(library: Library, to: Addressee, values: Values) -> Prompt:
    """The prompt for a model. The same is put together to the same bytes.

    Raises:
        FragmentError: a fragment that can't be left out has no value for a variable, and no other
            layer has a fragment in its place.
    """
    return _Composing(library, to, values).prompt()


class _Composing:
    def __init__(self, library: Library, to: Addressee, values: Values) -> None:
        self._library, self._to, self._values = library, to, values
        self._notes = list(notes_on(library))
        self._left_out: list[str] = []

    def prompt(self) -> Prompt:
        choice = choose(self._library, self._to, self._values)
        self._notes += choice.notes
        turns: dict[str, list[Part]] = {"system": [], "user": []}
        for name, slot in SLOTS.items():
            chosen = sorted((one for one in choice.fragments if one.slot == name), key=_place)
            turns[slot.role] += self._fitted(list(self._parts(chosen)), name, slot.most)
        system, user = turns["system"], turns["user"]
        made = [Turn("user", tuple(user))]
        if system:
            is_stable = all(part.is_stable for part in system)
            made.insert(0, Turn("system", tuple(system), stable=is_stable))
        return Prompt(tuple(made), tuple(self._left_out), tuple(self._notes))

    def _parts(self, fragments: Iterable[Fragment]) -> Iterator[Part]:
        for one in fragments:
            part = self._rendered(one)
            if part is None or not part.text:
                continue
            tokens = self._to.count(part.text) if one.max_tokens is not None else 0
            if one.max_tokens is not None and tokens > one.max_tokens:
                what = f"has {tokens} tokens, and may have {one.max_tokens}"
                if part.rank:
                    self._leave_out(part, what)
                    continue
                self._notes.append(f"`{one.id}` {what}; it can't be left out.")
            yield part

    def _rendered(self, fragment: Fragment) -> Part | None:
        """The fragment as a part; that of the layer below where it can't be rendered."""
        following: Fragment | None = fragment
        while following is not None:
            try:
                done = render(following, self._values, self._library.find)
            except FragmentError as error:
                below = self._library.below(following)
                if below is None and not following.rank:
                    raise
                instead = "the one below it is taken" if below else "it is left out"
                self._notes.append(f"{error} So {instead}.")
                following = below
            else:
                return Part(
                    following.id,
                    done.text,
                    following.rank,
                    done.pieces,
                    slot=fragment.slot,
                    version=following.version,
                    layer=following.layer,
                    is_stable=following.is_stable,
                )
        return None

    def _fitted(self, parts: list[Part], slot: str, most: int | None) -> list[Part]:
        """The parts of a slot without the least important ones where it is over its budget."""
        if most is None:
            return parts
        sizes = {part.name: self._to.count(part.text) for part in parts}
        while sum(sizes[part.name] for part in parts) > most:
            optional = [part for part in parts if part.rank]
            if not optional:
                self._notes.append(f"The slot `{slot}` has more than its {most} tokens.")
                return parts
            last = max(optional, key=lambda part: (part.rank, parts.index(part)))
            parts.remove(last)
            self._leave_out(last, f"the slot `{slot}` has {most} tokens")
        return parts

    def _leave_out(self, part: Part, why: str) -> None:
        self._left_out.append(part.name)
        self._notes.append(f"`{part.name}` is left out: {why}.")


def notes_on(library: Library) -> Iterator[str]:
    """The files of fragments that don't count as they stand, each with the reason."""
    for path, trouble in library.troubles:
        if trouble.severity == "error":
            yield f"`{PurePath(path).name}` is not used as it stands: {trouble.message}"
    for one in library.doubles:
        first = library.within(one.layer, one.id)
        other = f" of `{PurePath(first.path).name}`" if first is not None else ""
        yield f"`{PurePath(one.path).name}` is not used: it has the id{other}, `{one.id}`."


def _place(fragment: Fragment) -> tuple[bool, int, str]:
    """Within a slot: what stays the same first, for the sake of providers' caches."""
    return not fragment.is_stable, fragment.order, fragment.id


def source_map(prompt: Prompt) -> tuple[tuple[int, Piece], ...]:
    """Where each piece of a prompt comes from: the number of its turn, and its place in the turn."""
    found: list[tuple[int, Piece]] = []
    for number, turn in enumerate(prompt.turns):
        at = 0
        for part in turn.parts:
            found += (
                (number, replace(piece, start=piece.start + at, stop=piece.stop + at))
                for piece in part.pieces
            )
            at += len(part.text) + len(Turn.SEPARATOR)
    return tuple(found)
