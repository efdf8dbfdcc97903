"""What an editor tells about a place in a fragment's file, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.prompt.editing import entries_of, named_at, scope_at
from understudy.prompt.keys import KEYS, SLOTS, VARIABLES, WHEN
from understudy.prompt.samples import fitting_values, sampled
from understudy.prompt.template import Block, Include, Variable, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.prompt.fragment import Fragment, Reading
    from understudy.prompt.keys import Known
    from understudy.prompt.layers import Library


def described(reading: Reading, offset: int, library: Library, taken: Iterable[str] = ()) -> str:
    """Markdown about what stands at a place: a key, a variable, an include, or the whole fragment.

    Args:
        reading: of the file.
        offset: the place.
        library: with this file's fragment in it.
        taken: the models that the fragment is taken for, as words for people.
    """
    if offset < reading.front.span.end:
        return _about_front(reading, offset, library, taken)
    for node in walk(reading.nodes):
        inside = node.span.start <= offset <= node.span.end
        if inside and isinstance(node, Include):
            found = library.find(node.id)
            return _shown(found, library) if found is not None else ""
        if inside and isinstance(node, Variable):
            return _about_variable(node.path, scope_at(reading, offset))
        end = reading.text.find("}}", node.span.start)
        if isinstance(node, Block) and node.span.start <= offset <= end:
            return _about_variable(node.path, scope_at(reading, node.span.start))
    return _preview(reading, library, taken)


def _about_front(reading: Reading, offset: int, library: Library, taken: Iterable[str]) -> str:
    for entry in entries_of(reading):
        if entry.key.span.start <= offset <= entry.key.span.end:
            name = entry.key.text
            about = KEYS.get(name) or WHEN.get(name) or ""
            return f"`{name}`: {about}." if about else ""
    named = named_at(reading, offset)
    if named is not None and not named.is_definition:
        found = library.find(named.id)
        return _shown(found, library) if found is not None else ""
    key, word = _word_at(reading, offset)
    if key == "has":
        return _about_variable(word, VARIABLES)
    if key == "slot" and word in SLOTS:
        slot = SLOTS[word]
        most = f" At most {slot.most:,} tokens." if slot.most else ""
        return f"`{word}`, in the {slot.role} turn: {slot.about}.{most}"
    return _preview(reading, library, taken) if named is not None else ""


def _word_at(reading: Reading, offset: int) -> tuple[str, str]:
    """The value at a place with the key that it belongs to; empty ones where there is none."""
    for entry in entries_of(reading):
        for word in entry.words:
            if word.span.start <= offset <= word.span.end:
                return entry.key.text, word.text
    return "", ""


def _about_variable(path: str, scope: Mapping[str, Known]) -> str:
    known: Known | None = None
    parts: Mapping[str, Known] = scope
    for name in path.removeprefix("this.").split("."):
        known = parts.get(name)
        parts = known.parts if known is not None else {}
    if known is None:
        return ""
    always = "It always has a value." if known.is_always else "It may have no value."
    inner = f" Parts: {', '.join(f'`{one}`' for one in known.parts)}." if known.parts else ""
    return f"`{path}`: {known.about}. {always}{inner}"


def _preview(reading: Reading, library: Library, taken: Iterable[str]) -> str:
    if reading.fragment is None:
        return ""
    models = list(taken)
    told = f"\n\nTaken for: {', '.join(models)}." if models else ""
    return _shown(reading.fragment, library, next(iter(models), "")) + told


def _shown(fragment: Fragment, library: Library, model: str = "") -> str:
    """The text of a fragment with made-up values, as for a model that it is taken for."""
    fitting = fitting_values(fragment, model)
    text = sampled(fragment, library, fitting)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=2)
    marks = "`" * max(longest + 1, 3)
    head = f"`{fragment.id}`, version {fragment.version}, {fragment.layer}"
    purpose = f": {fragment.purpose}" if fragment.purpose else ""
    told = ", ".join(f"{key} `{value}`" for key, value in fitting.items())
    shown = f"\n\nShown for: {told}." if told else ""
    return f"{head}{purpose}\n\n{marks}\n{text}\n{marks}{shown}"
