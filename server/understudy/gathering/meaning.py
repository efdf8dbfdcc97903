"""What rows of names mean at one place of a file, as far as it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE
from understudy.gathering.lookup import Module
from understudy.gathering.outline import climbed
from understudy.gathering.rows import rows_in
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from understudy.gathering.classes import Classes
    from understudy.gathering.lookup import Lookup, Target
    from understudy.gathering.sources import Sources
    from understudy.gathering.used import Bound, Chain, Step

_MOST_LOCALS = 100
"""So many bound names are evaluated, which also bounds how deep that goes."""


class Meaning:
    """Evaluates rows of names as they stand within the same classes and functions.

    Attributes:
        around: the definitions that hold the place, from the outside in.
        bound: names that are bound around it.
    """

    def __init__(
        self,
        sources: Sources,
        lookup: Lookup,
        classes: Classes,
        around: Iterable[Place],
        bound: Mapping[str, tuple[Bound, ...]],
    ) -> None:
        """Evaluate for a place.

        Args:
            sources: what was read.
            lookup: names at the tops of files.
            classes: their members.
            around: the definitions that hold the place, from the outside in.
            bound: names that are bound around it.
        """
        self._sources = sources
        self._lookup = lookup
        self._classes = classes
        self.around = tuple(around)
        self.bound = bound
        self._known: dict[Chain, tuple[Target, ...]] = {}
        self._locals: dict[str, tuple[Target, ...]] = {}
        self._syntax = sources.syntax(sources.target)
        self._number = self.around[-1].number if self.around else -1

    def of(self, chain: Chain) -> tuple[Target, ...]:
        """The definitions that the last name of a row may mean; nothing for what is only local."""
        return self._of(self._from_top(chain))

    def _of(self, chain: Chain) -> tuple[Target, ...]:
        if chain not in self._known:
            self._known[chain] = ()  # What is defined by itself means nothing.
            self._known[chain] = self._last(chain)
        return self._known[chain]

    def _from_top(self, chain: Chain) -> Chain:
        """A row without what only climbs within the file, such as the first of two `super`."""
        outer = self._syntax.outer if self._syntax is not None else ""
        if not outer or not chain or chain[0].name != outer:
            return chain
        names = tuple(one.name for one in chain)
        around = sum(one.definition.kind == "module" for one in self.around)
        return chain[len(names) - len(climbed(names, around, outer)) :]

    def own_classes(self) -> tuple[Place, ...]:
        """The classes that hold the place, the innermost first."""
        found = [one for one in reversed(self.around) if one.definition.kind == "class"]
        for one in reversed(self.around):
            owner = rows_in(one.definition.owner)[:1]
            found += self._classes.named(one.path, owner, number=one.number)
        return tuple(dict.fromkeys(found))

    def _last(self, chain: Chain) -> tuple[Target, ...]:
        *before, step = chain
        if not before:
            return self._first(step)
        found: dict[Target, None] = {}
        for target in self._values(tuple(before)):
            if isinstance(target, Module):
                found |= dict.fromkeys(self._lookup.of_module(target, step.name))
            else:
                found |= dict.fromkeys(self._classes.member(target, step.name))
        names = tuple(one.name for one in before)
        return tuple(found) or self._lookup.in_namespace(self._sources.target, names, step.name)

    def _first(self, step: Step) -> tuple[Target, ...]:
        """A name that stands alone: of the functions around, of the own class, of the file."""
        name, syntax = step.name, self._syntax
        if not name or syntax is None or name in syntax.own | syntax.above:
            return ()
        found: tuple[Target, ...] = tuple(self._inner(name))
        if not found and name not in self.bound and syntax.bare_members:
            owners = self.own_classes()
            found = next(filter(None, (self._classes.member(one, name) for one in owners)), ())
        is_local = name in self.bound and not self._is_imported(name)
        if found or (is_local and not step.called):
            return found
        return self._lookup.visible(self._sources.target, name)

    def _is_imported(self, name: str) -> bool:
        """Whether one of the values that a name is bound to is a module, as behind `require`."""
        calls = self._syntax.importing if self._syntax is not None else frozenset()
        values = (one.value for one in self.bound.get(name, ()) if one.value)
        return any(value[0].called and value[0].name in calls for value in values)

    def _inner(self, name: str) -> Iterator[Place]:
        """What the functions around the place define within themselves."""
        for one in reversed(self.around):
            if one.definition.kind in CALLABLE:
                outline = self._sources.outline(one.path)
                for number in outline.children(one.number):
                    if outline.definitions[number].name == name:
                        yield Place(one.path, number, outline.definitions[number])

    def _values(self, chain: Chain) -> tuple[Target, ...]:
        """The classes and modules whose members can be taken from an expression."""
        special = self._special(chain[0]) if len(chain) == 1 else ()
        if special:
            return special
        found: dict[Target, None] = {}
        for target in self._of(chain):
            values = (target,) if isinstance(target, Module) else self._classes.owners(target)
            found |= dict.fromkeys(values)
        if len(chain) == 1 and (not found or self._is_imported(chain[0].name)):
            found |= dict.fromkeys(self._local(chain[0].name))
        return tuple(found)

    def _special(self, step: Step) -> tuple[Target, ...]:
        syntax = self._syntax
        if syntax is None:
            return ()
        found: list[Target] = []
        if step.name in syntax.own:
            found += self.own_classes()[:1]
        if step.name in syntax.above:
            for one in self.own_classes()[:1]:
                found += self._classes.direct_bases(one)
        if step.name in syntax.roots:
            found.append(self._lookup.root(self._sources.target, step.name, self._number))
        return tuple(found)

    def _local(self, name: str) -> tuple[Target, ...]:
        """The classes of a name that is bound around the place."""
        if name not in self._locals:
            self._locals[name] = ()  # Names that are bound to each other have no class.
            if len(self._locals) < _MOST_LOCALS:
                self._locals[name] = tuple(dict.fromkeys(self._of_bound(name)))
        return self._locals[name]

    def _of_bound(self, name: str) -> Iterator[Target]:
        for bound in self.bound.get(name, ()):
            found: tuple[Target, ...] = tuple(
                one for row in bound.types[:1] if len(row) == 1 for one in self._inner(row[0])
            )
            found = found or self._classes.named(
                self._sources.target, bound.types, number=self._number
            )
            yield from found or (self._values(self._from_top(bound.value)) if bound.value else ())
