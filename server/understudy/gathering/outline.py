"""The definitions of one file, by name and by what holds them."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from typing import TYPE_CHECKING

from understudy.index.facts import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.index.facts import Definition, Facts, Import


class Outline:
    """Ways into the facts of a file. A file without facts has none of anything."""

    def __init__(self, facts: Facts | None, *, opens: bool = False) -> None:
        """Sort the facts; `opens` says whether imports without names offer all of them."""
        self.definitions = list(facts.definitions) if facts is not None else []
        self._top: dict[str, list[int]] = defaultdict(list)
        children: dict[int, list[int]] = defaultdict(list)
        self._owned: dict[str, list[int]] = defaultdict(list)
        self._bound: dict[str, list[tuple[Import, str]]] = defaultdict(list)
        self.stars: list[Import] = []
        for number, one in enumerate(self.definitions):
            children[one.parent].append(number)
            if one.owner:
                self._owned[last_part(one.owner)].append(number)
            elif self.is_open(one.parent) or one.kind == "constant":
                # The constants of C's enumerations stand beside them.
                self._top[one.name].append(number)
        self._children: Mapping[int, list[int]] = children
        for imported in facts.imports if facts is not None else ():
            if opens and not imported.names:
                self.stars.append(imported)
            else:
                self._bind(self._from_top(imported))

    def top(self, name: str) -> list[int]:
        """The definitions of a name at the top of the file or within its namespaces."""
        return self._top.get(name, [])

    def tops(self) -> list[int]:
        """All definitions at the top of the file or within its namespaces, in order."""
        return sorted(number for each in self._top.values() for number in each)

    def children(self, number: int) -> list[int]:
        """The definitions right within one, in order."""
        return self._children.get(number, [])

    def owned(self, owner: str) -> list[int]:
        """The definitions that belong to a type which stands elsewhere."""
        return self._owned.get(owner, [])

    def bound(self, name: str) -> list[tuple[Import, str]]:
        """The imports that give a name, each with what it is called there; empty for a module."""
        return self._bound.get(name, [])

    def bound_names(self) -> list[str]:
        """All names that imports give, in order."""
        return list(self._bound)

    def outwards(self, number: int) -> Iterator[int]:
        """A definition and those around it, from the inside out; none for -1."""
        while number >= 0:
            yield number
            number = self.definitions[number].parent

    def own(self) -> Outline:
        """The same outline for one gathering, which may take in more."""
        return copy(self)

    def add(self, one: Definition) -> int:
        """Take in a definition that the facts do not have; its number."""
        siblings = self.children(one.parent)
        known = next((at for at in siblings if self.definitions[at] == one), None)
        if known is not None:
            return known
        number = len(self.definitions)
        # What is shared with other gatherings stays as it is.
        self.definitions = [*self.definitions, one]
        self._children = {**self._children, one.parent: [*siblings, number]}
        return number

    def is_open(self, number: int) -> bool:
        """Whether what stands within a definition can be named as if it stood at the top."""
        return all(self.definitions[one].kind == "module" for one in self.outwards(number))

    def is_elsewhere(self, number: int) -> bool:
        """Whether a definition only says that there is a module, which is another file: `mod a;`."""
        one = self.definitions[number]
        return one.kind == "module" and any(
            not name and imported.line == one.head for imported, name in self.bound(one.name)
        )

    def around(self, lines: range) -> list[int]:
        """The definitions that hold some lines, from the outside in."""
        return [
            number
            for number, one in enumerate(self.definitions)
            if one.first <= lines.start and lines.stop <= max(one.stop, one.first + 1)
        ]

    def top_of(self, number: int) -> int:
        """The outermost definition around one that is no namespace."""
        while not self.is_open(self.definitions[number].parent):
            number = self.definitions[number].parent
        return number

    def _from_top(self, imported: Import) -> Import:
        """An import as it would stand at the top: within a `mod`, `super` may be the file itself."""
        if not imported.module.startswith("super"):
            return imported
        around = sum(
            one.kind == "module" and one.head < imported.line < one.stop for one in self.definitions
        )
        parts = climbed(tuple(imported.module.split("::")), around, "super")
        is_inside = around > 0 and parts[0] == "super"
        parts = ("self", *parts[1:]) if is_inside else parts
        return imported._replace(module="::".join(parts))

    def _bind(self, imported: Import) -> None:
        for name, here in imported.names:
            if name == EVERYTHING:
                self.stars.append(imported)
            else:
                self._bound[here or name].append((imported, name))
        if not imported.names:
            alias = imported.alias or usual_alias(imported.module)
            self._bound[alias].append((imported, ""))


def climbed(names: tuple[str, ...], around: int, outer: str) -> tuple[str, ...]:
    """A row of names without those that only climb within the file, but for one.

    Args:
        names: such as `("super", "super", "a")`.
        around: how many modules of the file hold the place.
        outer: the word for what is around a module.
    """
    climbs = next((at for at, name in enumerate(names) if name != outer), len(names))
    return names[max(min(climbs, around) - 1, 0) :]


def last_part(name: str) -> str:
    """A type's own name without the namespaces around it."""
    return name.rpartition("::")[2].rpartition(".")[2]


def usual_alias(module: str) -> str:
    """The name that a module gets by itself: Python's first part, or a path's or name's last one."""
    if "/" in module:
        last = module.rstrip("/").rpartition("/")[2]
        versioned = last[:1] == "v" and last[1:].isdigit()
        return usual_alias(module.rpartition("/")[0]) if versioned else last.partition(".")[0]
    if "::" in module:
        return module.rpartition("::")[2]
    return module.partition(".")[0]
