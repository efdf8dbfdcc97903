"""What can be told about a fragment before it is used: names, includes, circles, contradictions."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.choosing import rough_count
from understudy.prompt.contradicting import contradictions
from understudy.prompt.impossible import impossible, words_of
from understudy.prompt.keys import SLOTS
from understudy.prompt.scopes import scope_of
from understudy.prompt.soundness import circles, unknown_includes, wrong_names
from understudy.prompt.template import Include, walk
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.prompt.fragment import Fragment, Reading
    from understudy.prompt.impossible import World
    from understudy.prompt.library import Library


def troubles_of(reading: Reading, library: Library, world: World) -> tuple[Trouble, ...]:
    """All that is wrong with a file, or may be, in the order of the file.

    Args:
        reading: of the file.
        library: the fragments beside it, with this one in its place if it can be read.
        world: which tasks, languages and the like there are.
    """
    found = [*reading.troubles, *_ids(reading, library)]
    found += wrong_names(reading.nodes, scope_of(reading.fragment), _chosen_by(reading))
    found += impossible(reading, world)
    if reading.fragment is not None:
        found += [*_sizes(reading.fragment), *circles(reading.fragment, library.find)]
        found += [*contradictions(reading.fragment, library, world), *_hidden(reading, library)]
        found += _unused(reading, library)
    return tuple(sorted(found, key=lambda one: (one.span, one.message)))


def _chosen_by(reading: Reading) -> frozenset[str]:
    """The variables that have a value wherever the fragment is taken."""
    when = reading.fragment.when if reading.fragment is not None else {}
    return frozenset(when.get("has", ()))


def _ids(reading: Reading, library: Library) -> Iterator[Trouble]:
    yield from unknown_includes(reading.nodes, library.find)
    required = {word.text for word in words_of(reading, "requires")}
    for word in words_of(reading, "conflicts"):
        if word.text in required or word.text == reading.id:
            what = "itself" if word.text == reading.id else f"`{word.text}`, which it requires"
            message = f"This fragment conflicts with {what}."
            yield Trouble(word.span, message, "warning", "contradiction")
    for key in ("requires", "conflicts"):
        for word in words_of(reading, key):
            if library.find(word.text) is None:
                message = f"There is no fragment `{word.text}`."
                yield Trouble(word.span, message, "warning", "unknown_id")


def _sizes(fragment: Fragment) -> Iterator[Trouble]:
    """Words of its own that are too many already."""
    slot = SLOTS.get(fragment.slot)
    most = fragment.max_tokens or (slot.most if slot is not None else None)
    own = rough_count(fragment.text[fragment.body :])
    if most is not None and own > most:
        message = f"Its own words have about {own} tokens, and there is room for {most}."
        yield Trouble(Span(fragment.body, len(fragment.text)), message, "warning", "over_budget")


def _unused(reading: Reading, library: Library) -> Iterator[Trouble]:
    """A fragment that stands in no slot, and that no other one brings in."""
    fragment = reading.fragment
    if fragment is None or fragment.slot:
        return
    brought = (
        one.id == fragment.id or fragment.id in one.requires or _includes(one, fragment.id)
        for one in library.all()
        if one.path != fragment.path
    )
    if not any(brought):
        message = "This fragment is in no prompt: it has no `slot`, and no other one includes it."
        yield Trouble(reading.id_span, message, "hint", "never_included")


def _includes(fragment: Fragment, name: str) -> bool:
    return any(isinstance(one, Include) and one.id == name for one in walk(fragment.nodes))


def _hidden(reading: Reading, library: Library) -> Iterator[Trouble]:
    fragment = reading.fragment
    counts = library.find(reading.id)
    if fragment is None or counts is None:
        return
    yield from _doubles(fragment, library, reading.id_span)
    if counts.layer != fragment.layer:
        message = f"Another fragment with this id counts: {counts.layer}, `{counts.path}`."
        yield Trouble(reading.id_span, message, "hint", "overridden")


def _doubles(fragment: Fragment, library: Library, span: Span) -> Iterator[Trouble]:
    """Files of one folder with one id, of which the first by its name counts."""
    first = library.within(fragment.layer, fragment.id)
    same = [one for one in library.doubles if (one.layer, one.id) == (fragment.layer, fragment.id)]
    if first is None or not same:
        return
    if first.path != fragment.path:
        message = f"This file is not used: `{PurePath(first.path).name}` has the same id."
    else:
        names = ", ".join(f"`{PurePath(one.path).name}`" for one in same)
        message = f"This file takes the place of {names}, with the same id."
    yield Trouble(span, message, "warning", "double_id")
