"""Classes and their members: own ones, those of bases, and the classes that signatures name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.gathering.keyed import keyed_member
from understudy.gathering.lookup import Module
from understudy.gathering.outline import climbed, last_part
from understudy.gathering.rows import rows_in, told_place
from understudy.gathering.written_types import assigned, parameter_rows, type_rows
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from understudy.gathering.lookup import Lookup, Target
    from understudy.gathering.rows import Row
    from understudy.gathering.sources import Sources

CLASSES = frozenset({"class", "type", "module"})
"""Kinds of definitions that have members."""
CALLABLE = frozenset({"function", "method", "macro"})

_VALUES = frozenset({"field", "variable", "constant"})
_DEEPEST = 6
"""How far bases of bases and values of values are followed."""
_MOST_ROWS = 10
"""So many rows of names of a written type are tried."""
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
        self._inner: dict[tuple[str, int], Mapping[str, Place]] = {}

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
            for row in rows_in(base)[:1]:
                yield from self.meant(place.path, row, place.number)

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
        syntax = self._sources.syntax(place.path)
        found = self.of(place)
        if found or syntax is None or not syntax.keyed:
            return found
        # An object that a function makes or that is written in place has no class.
        made = (one for row in self._rows(place)[:2] for one in self.meant(place.path, row))
        return (place, *(one for one in made if one.definition.kind in CALLABLE | _VALUES))

    def named(
        self, path: str, rows: Iterable[Row], depth: int = 0, number: int = -1
    ) -> tuple[Place, ...]:
        """The first classes that the rows of names in a type mean in a file.

        Args:
            path: the file.
            rows: the likeliest first.
            depth: how many values of values were followed on the way here.
            number: of the definition that the type is written for; -1 for the top of the file.
        """
        found: dict[Place, None] = {}
        for row in tuple(rows)[:_MOST_ROWS]:
            for target in self.meant(path, row, number) if depth < _DEEPEST else ():
                is_type = target.definition.kind == "type"
                found |= dict.fromkeys((target,) if is_type else self.of(target, depth + 1))
            if len(found) >= _MOST_CLASSES:
                break
        return tuple(found)[:_MOST_CLASSES]

    def meant(self, path: str, row: Row, number: int = -1) -> tuple[Place, ...]:
        """The definitions that the last name of a row means within a definition of a file."""
        *_, last = self.along(path, row, number)
        return tuple(one for one in last if isinstance(one, Place))

    def along(self, path: str, row: Row, number: int = -1) -> Iterator[tuple[Target, ...]]:
        """What each name of a row means, the first one first: modules, classes, what is in them.

        Args:
            path: the file that has the row.
            row: of at least one name.
            number: of the definition that has it; -1 for the top of the file.
        """
        syntax = self._sources.syntax(path)
        if syntax is not None and syntax.outer and row[0] == syntax.outer:
            row = climbed(row, self._lookup.modules_around(path, number), syntax.outer)
        found = self._first(path, row[0], number)
        yield found
        for at, name in enumerate(row[1:], 1):
            taken = tuple(dict.fromkeys(one for each in found for one in self._taken(each, name)))
            found = taken or self._lookup.in_namespace(path, row[:at], name)
            yield found

    def _taken(self, holder: Target, name: str) -> tuple[Target, ...]:
        if isinstance(holder, Module):
            return self._lookup.of_module(holder, name)
        return self.member(holder, name) if holder.definition.kind in CLASSES else ()

    def _first(self, path: str, name: str, number: int) -> tuple[Target, ...]:
        """A name that nothing stands before: of what is around it, else of the file."""
        syntax, module = self._sources.syntax(path), told_place(name)
        if module:
            return (Module(path, module, self._sources.files(path, module)),)
        if syntax is not None and name in syntax.roots:
            return (self._lookup.root(path, name, number),)
        for around in self._sources.outline(path).outwards(number):
            inner = self._classes_in(path, around).get(name)
            if inner is not None:
                return (inner,)
        return self._lookup.visible(path, name)

    def _classes_in(self, path: str, number: int) -> Mapping[str, Place]:
        """The classes that stand right within a definition, by name."""
        key = path, number
        if key not in self._inner:
            outline = self._sources.outline(path)
            places = (
                Place(path, one, outline.definitions[one]) for one in outline.children(number)
            )
            found: dict[str, Place] = {}
            for place in places:
                if place.definition.kind in CLASSES:
                    found.setdefault(place.definition.name, place)
            self._inner[key] = found
        return self._inner[key]

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
        syntax = self._sources.syntax(owner.path)
        if syntax is not None and syntax.id in _APART:
            for one in self._sources.index.named(name):
                is_its = last_part(one.definition.owner) == called and one.path != owner.path
                if is_its and self._sources.syntax(one.path) is syntax and self._is_of(one, owner):
                    yield one

    def _is_of(self, method: Place, owner: Place) -> bool:
        """Whether a method that stands apart may be that of a type: not where it names another one."""
        if self._lookup.is_open(method.path, owner.path):
            return True
        row = rows_in(method.definition.owner)[0]
        meant = self.meant(method.path, row, method.number)
        return not meant or owner in meant

    def _is_set(self, place: Place) -> bool:
        """Whether a field is only set there, so that it may be declared further up."""
        lines, syntax = self._sources.lines(place.path), self._sources.syntax(place.path)
        if place.definition.kind != "field" or lines is None or syntax is None:
            return False
        return assigned(lines.content(place.definition.head), place.definition.name, syntax)

    def _written(self, place: Place, depth: int) -> tuple[Place, ...]:
        if depth > _DEEPEST:
            return ()
        rows = self._rows(place)
        found = self.named(place.path, rows, depth, place.number)
        if not found and place.definition.kind in _VALUES and [len(row) for row in rows] == [1]:
            written = self._of_parameter(place, rows[0][0])
            found = self.named(place.path, written, depth, place.number)
        return tuple(one for one in found if one != place)

    def _rows(self, place: Place) -> tuple[Row, ...]:
        """The rows of names in the type that a definition is written with."""
        one, syntax = place.definition, self._sources.syntax(place.path)
        if syntax is None:
            return ()
        stop = one.stop if one.kind == "type" or one.body <= one.head else one.body
        text = self._text(place.path, one.head, max(stop, one.head + 1))
        return type_rows(text, one.name, syntax, is_callable=one.kind in CALLABLE)

    def _of_parameter(self, place: Place, name: str) -> tuple[Row, ...]:
        """The type of the parameter that a field was set to, as in `self.a = a`."""
        outline = self._sources.outline(place.path)
        for number in outline.children(place.definition.parent):
            one = outline.definitions[number]
            if one.kind == "method" and one.head <= place.definition.head < one.stop:
                return parameter_rows(self._text(place.path, one.head, one.body), name)
        return ()

    def _text(self, path: str, start: int, stop: int) -> str:
        lines = self._sources.lines(path)
        return "".join(lines.lines[start : min(stop, start + _MOST_LINES)]) if lines else ""
