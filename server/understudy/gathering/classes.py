"""Classes and their members: own ones, those of bases, and the classes that signatures name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.gathering.keyed import keyed_member
from understudy.gathering.lookup import Module
from understudy.gathering.outline import last_part
from understudy.gathering.syntaxes import syntax_of
from understudy.gathering.used import words_in
from understudy.gathering.written_types import assigned, parameter_words, type_words
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.gathering.lookup import Lookup
    from understudy.gathering.sources import Sources
    from understudy.gathering.syntaxes import Syntax

CLASSES = frozenset({"class", "type", "module"})
"""Kinds of definitions that have members."""
CALLABLE = frozenset({"function", "method", "macro"})

_VALUES = frozenset({"field", "variable", "constant"})
_DEEPEST = 6
"""How far bases of bases and values of values are followed."""
_MOST_WORDS = 10
"""So many names of a written type are tried."""
_MOST_CLASSES = 3
"""So many classes of a written type count, as in a union."""
_MOST_LINES = 40
_MOST_BASES = 40
_APART = frozenset({"go", "rust", "c_family"})
"""Families in which methods may stand in other files than their type."""


class Classes:
    """Answers about classes, each found once."""

    def __init__(self, sources: Sources, lookup: Lookup) -> None:
        self._sources = sources
        self._lookup = lookup
        self._of: dict[Place, tuple[Place, ...]] = {}
        self._members: dict[tuple[Place, str], tuple[Place, ...]] = {}

    def bases(self, place: Place) -> Iterator[Place]:
        """The classes that a class is built on, near ones first."""
        seen, level = {place}, [place]
        for _ in range(_DEEPEST):
            level = [base for one in level for base in self.direct_bases(one)]
            level = [one for one in dict.fromkeys(level) if one not in seen]
            if not level or len(seen) > _MOST_BASES:
                return
            seen.update(level)
            yield from level

    def direct_bases(self, place: Place) -> Iterator[Place]:
        """The classes that a class names as its bases, and those that a type is made of."""
        if place.definition.kind == "type":
            yield from self.of(place)
        for base in place.definition.bases:
            yield from self._base(place.path, words_in(base))

    def member(self, owner: Place, name: str) -> tuple[Place, ...]:
        """A member of a class or of what it is built on; where it is only set, also its declaration."""
        key = owner, name
        if key not in self._members:
            self._members[key] = ()
            self._members[key] = self._member(owner, name)
        return self._members[key]

    def of(self, place: Place, depth: int = 0) -> tuple[Place, ...]:
        """The classes of what a definition gives: itself, what a function returns, a field's type."""
        if place.definition.kind == "class":
            return (place,)
        if place not in self._of:
            self._of[place] = ()  # What is defined by itself has no class.
            self._of[place] = self._written(place, depth)
        return self._of[place]

    def owners(self, place: Place) -> tuple[Place, ...]:
        """What has the members that can be taken from a definition."""
        if place.definition.kind in CLASSES:
            return (place,)
        syntax = self._syntax(place.path)
        found = self.of(place)
        if found or syntax is None or not syntax.keyed:
            return found
        # An object that a function makes or that is written in place has no class.
        named = (self._lookup.visible(place.path, word) for word in self._words(place)[:2])
        made = (one for each in named for one in each if isinstance(one, Place))
        return (place, *(one for one in made if one.definition.kind in CALLABLE | _VALUES))

    def named(self, path: str, words: Iterable[str], depth: int = 0) -> tuple[Place, ...]:
        """The first classes that some words of a type mean in a file."""
        found: dict[Place, None] = {}
        for word in tuple(words)[:_MOST_WORDS]:
            for target in self._lookup.visible(path, word) if depth < _DEEPEST else ():
                if isinstance(target, Place):
                    is_type = target.definition.kind == "type"
                    found |= dict.fromkeys((target,) if is_type else self.of(target, depth + 1))
            if len(found) >= _MOST_CLASSES:
                break
        return tuple(found)[:_MOST_CLASSES]

    def _member(self, owner: Place, name: str) -> tuple[Place, ...]:
        every = (owner, *self.bases(owner))
        found: tuple[Place, ...] = ()
        for one in every:
            found += tuple(self._own(one, name))
            if found and not all(self._is_set(place) for place in found):
                return found
        if found:
            return found
        keyed = (keyed_member(self._sources, one, name) for one in every)
        return next(((one,) for one in keyed if one is not None), ())

    def _own(self, owner: Place, name: str) -> Iterator[Place]:
        outline = self._sources.outline(owner.path)
        numbers = list(outline.children(owner.number))
        called = owner.definition.name
        if owner.definition.kind != "module":
            numbers += outline.owned(called)
        for number in numbers:
            if outline.definitions[number].name == name:
                yield Place(owner.path, number, outline.definitions[number])
        syntax = self._syntax(owner.path)
        if syntax is not None and syntax.id in _APART:
            for one in self._sources.index.named(name):
                is_its = last_part(one.definition.owner) == called and one.path != owner.path
                if is_its and self._syntax(one.path) is syntax:
                    yield one

    def _is_set(self, place: Place) -> bool:
        """Whether a field is only set there, so that it may be declared further up."""
        lines, syntax = self._sources.lines(place.path), self._syntax(place.path)
        if place.definition.kind != "field" or lines is None or syntax is None:
            return False
        return assigned(lines.content(place.definition.head), place.definition.name, syntax)

    def _base(self, path: str, words: tuple[str, ...]) -> tuple[Place, ...]:
        """What is built on: the first name of `Base<T>`, and the last one of `pkg.Base[T]`."""
        found = self._lookup.visible(path, words[0]) if words else ()
        for word in words[1:]:
            modules = [one for one in found if isinstance(one, Module)]
            if not modules:
                break
            found = tuple(t for one in modules for t in self._lookup.of_module(one, word))
        return tuple(one for one in found if isinstance(one, Place))

    def _written(self, place: Place, depth: int) -> tuple[Place, ...]:
        if depth > _DEEPEST:
            return ()
        words = self._words(place)
        found = self.named(place.path, words, depth)
        if not found and place.definition.kind in _VALUES and len(words) == 1:
            found = self.named(place.path, self._of_parameter(place, words[0]), depth)
        return tuple(one for one in found if one != place)

    def _words(self, place: Place) -> tuple[str, ...]:
        """The names in the type that a definition is written with."""
        one, syntax = place.definition, self._syntax(place.path)
        if syntax is None:
            return ()
        stop = one.stop if one.kind == "type" or one.body <= one.head else one.body
        text = self._text(place.path, one.head, max(stop, one.head + 1))
        return type_words(text, one.name, syntax, is_callable=one.kind in CALLABLE)

    def _of_parameter(self, place: Place, name: str) -> tuple[str, ...]:
        """The type of the parameter that a field was set to, as in `self.a = a`."""
        outline = self._sources.outline(place.path)
        for number in outline.children(place.definition.parent):
            one = outline.definitions[number]
            if one.kind == "method" and one.head <= place.definition.head < one.stop:
                return parameter_words(self._text(place.path, one.head, one.body), name)
        return ()

    def _text(self, path: str, start: int, stop: int) -> str:
        lines = self._sources.lines(path)
        return "".join(lines.lines[start : min(stop, start + _MOST_LINES)]) if lines else ""

    def _syntax(self, path: str) -> Syntax | None:
        facts = self._sources.facts(path)
        return syntax_of(facts.language) if facts is not None else None
