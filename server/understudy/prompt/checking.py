"""What can be told about a fragment before it is used: names, includes, circles, contradictions."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.blaming import faults
from understudy.prompt.choosing import rough_count
from understudy.prompt.contradicting import contradictions
from understudy.prompt.fragment import Fragment
from understudy.prompt.impossible import impossible, words_of
from understudy.prompt.keys import SLOTS
from understudy.prompt.soundness import failures, includes
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.prompt.fragment import Reading
    from understudy.prompt.impossible import World
    from understudy.prompt.layers import Library


def troubles_of(reading: Reading, library: Library, world: World) -> tuple[Trouble, ...]:
    """All that is wrong with a file, or may be, in the order of the file.

    Args:
        reading: of the file.
        library: the fragments beside it, with this one in its place if it can be read.
        world: which tasks, languages and the like there are.
    """
    found = [*reading.troubles, *_ids(reading, library), *impossible(reading, world)]
    fragment = reading.fragment
    if fragment is None:
        broken = Fragment(reading.id, "", reading.text, reading.nodes)
        found += (one.trouble for one in failures(broken, library.find) if not one.way)
    else:
        found += faults(library.counting(fragment)).get((fragment.layer, fragment.id), ())
        found += [*_sizes(fragment), *_hidden(reading, library), *_unused(reading, library)]
        found += contradictions(fragment, library, world)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.span, one.message)))


def _ids(reading: Reading, library: Library) -> Iterator[Trouble]:
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
    return any(one.id == name for one in includes(fragment))


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
    """Files of one folder with one id: of those without errors, the first by its name counts."""
    key = fragment.layer, fragment.id
    first = library.within(*key)
    doubles = [one for one in library.doubles if (one.layer, one.id) == key]
    if first is None or not doubles:
        return
    same = (first, *doubles)
    sound = (one for one in same if not _is_broken(one, library))
    counts = next(sound, first)
    if counts.path != fragment.path:
        message = f"This file is not used: `{PurePath(counts.path).name}` has the same id."
    else:
        names = ", ".join(f"`{PurePath(one.path).name}`" for one in same if one is not counts)
        message = f"This file takes the place of {names}, with the same id."
    yield Trouble(span, message, "warning", "double_id")


def _is_broken(fragment: Fragment, library: Library) -> bool:
    found = faults(library.counting(fragment)).get((fragment.layer, fragment.id), ())
    return any(one.severity == "error" for one in found)
