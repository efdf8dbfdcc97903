"""From a name in a file to what it means: definitions and modules, through imports and re-exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.gathering.namespaces import within
from understudy.gathering.outline import usual_alias
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from understudy.gathering.sources import Sources
    from understudy.index.facts import Import

DEPTH = 5
"""How many re-exports are followed one after the other."""
_MOST_OPEN = 80
"""So many files are looked through for a name that some import offers without saying so."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module as a value: what stands before the dot in `module.name`.

    Attributes:
        path: of the file that imports it.
        name: as it is written there.
        files: that it consists of; none for one outside of the workspace.
    """

    path: str
    name: str
    files: tuple[str, ...]


Target = Place | Module


class Lookup:
    """Answers about names, each found once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._visible: dict[tuple[str, str], tuple[Target, ...]] = {}
        self._open: dict[str, tuple[str, ...]] = {}

    def visible(self, path: str, name: str) -> tuple[Target, ...]:
        """What a name means at the top of a file; nothing where nothing in the workspace says so."""
        key = path, name
        if key not in self._visible:
            self._visible[key] = _first_of(
                self.offered(path, name), self._beside(path, name), self._named(path, name)
            )
        return self._visible[key]

    def is_bound(self, path: str, name: str) -> bool:
        """Whether a file itself says what a name is, even if that lies outside of the workspace."""
        outline = self._sources.outline(path)
        return bool(outline.top(name) or outline.bound(name) or self._self_named(path, name))

    def gives(self, path: str, imported: Import, names: Collection[str]) -> bool:
        """Whether an import gives a file one of some names, or the module itself under it."""
        if imported.names or imported.alias:
            return not {imported.alias, *(here for _, here in imported.names)}.isdisjoint(names)
        if usual_alias(imported.module) in names:
            return True
        return any(imported.module in self._sources.own_names(path, name) for name in names)

    def is_open(self, path: str, other: str) -> bool:
        """Whether a file can use all names of another one, as after `#include`."""
        return other in self._opened(path)

    def offered(
        self, path: str, name: str, seen: frozenset[str] = frozenset()
    ) -> tuple[Target, ...]:
        """What those get who import a name from a file, re-exports followed; cycles end.

        Args:
            path: the file.
            name: as the file calls it; `default` for what it exports without a name.
            seen: files that were asked on the way here.
        """
        if path in seen or len(seen) > DEPTH:
            return ()
        asked = seen | {path}
        wanted = (self._sources.exported(path) or name) if name == "default" else name
        return _first_of(
            self.defined(path, wanted),
            self._self_named(path, wanted),
            self._imported(path, wanted, asked),
            self._from_opened(path, wanted, asked),
        )

    def root(self, path: str, name: str, number: int) -> Module:
        """The module that a word such as `crate` means within a definition of a file."""
        syntax = self._sources.syntax(path)
        if syntax is not None and name == syntax.outer and self.modules_around(path, number):
            return Module(path, "self", (path,))
        return Module(path, name, self._sources.files(path, name))

    def modules_around(self, path: str, number: int) -> int:
        """How many modules of a file hold a definition."""
        outline = self._sources.outline(path)
        return sum(outline.definitions[one].kind == "module" for one in outline.outwards(number))

    def of_module(self, module: Module, name: str) -> tuple[Target, ...]:
        """What a module offers under a name: a definition of its files, else a module within it."""
        found = _unique(target for file in module.files for target in self.offered(file, name))
        if found:
            return found
        files = self._sources.inner(module.path, module.name, name)
        # In Java, a file of that name is the class and no module.
        classes = _unique(target for file in files for target in self.defined(file, name))
        return classes or (Module(module.path, _within(module.name, name), files),)

    def in_namespace(self, path: str, spaces: tuple[str, ...], name: str) -> tuple[Place, ...]:
        """What a name means behind those of namespaces, all files looked at whose names count."""
        resolver = self._sources.resolver(path)
        if resolver is None or not resolver.opens or not spaces:
            return ()
        files = dict.fromkeys((path, *self._opened(path), *self._sources.beside(path)))
        return within(self._sources, files, spaces, name)

    def defined(self, path: str, name: str) -> Iterator[Place]:
        """What a file itself defines at its top."""
        outline = self._sources.outline(path)
        for number in outline.top(name):
            if not outline.is_elsewhere(number):
                yield Place(path, number, outline.definitions[number])

    def _from_opened(self, path: str, name: str, seen: frozenset[str]) -> tuple[Target, ...]:
        """What the first of the files offers that a file opens: its own definitions go first."""
        files = [file for file in self._opened(path) if file not in seen]
        for file in files:
            found: tuple[Target, ...] = _unique(self.defined(file, name))
            if found:
                return found
        for file in files:
            passed = self._imported(file, name, seen | {file}, only_passed=True)
            found = _unique(one for one in passed if isinstance(one, Place) or one.files)
            if found:
                return found
        return ()

    def _self_named(self, path: str, name: str) -> tuple[Module, ...]:
        """The imported modules that call themselves so, whatever their paths say."""
        return tuple(
            Module(path, module, self._sources.files(path, module))
            for module in self._sources.own_names(path, name)
        )

    def _imported(
        self, path: str, name: str, seen: frozenset[str], *, only_passed: bool = False
    ) -> Iterator[Target]:
        for imported, original in self._sources.outline(path).bound(name):
            if only_passed and not imported.passed_on:
                continue
            if original:
                yield from self._taken(path, imported, original, seen)
            else:
                is_first = "." in imported.module and imported.module.partition(".")[0] == name
                module = name if is_first and not imported.alias else imported.module
                files = self._sources.files(path, module)
                yield Module(path, module, files)
                for file in files:
                    if self._sources.is_one_thing(file):
                        yield from self.offered(file, "default", seen)

    def _taken(
        self, path: str, imported: Import, name: str, seen: frozenset[str]
    ) -> tuple[Target, ...]:
        """A name that is taken from a module: what that offers, else a module within it."""
        if not imported.module:
            return self._renamed(path, name, seen)
        files = self._sources.files(path, imported.module)
        found = _unique(target for file in files for target in self.offered(file, name, seen))
        found = found or _unique(self._through(path, imported.module, name, seen))
        return found or self.of_module(Module(path, imported.module, ()), name)

    def _through(self, path: str, module: str, name: str, seen: frozenset[str]) -> Iterator[Target]:
        """A name of a module that another one passes on, as after `pub use inner as outer;`."""
        outer, _, last = module.rpartition("::")
        for file in self._sources.files(path, outer) if outer else ():
            for passed in self.offered(file, last, seen):
                for inner in passed.files if isinstance(passed, Module) else ():
                    yield from self.offered(inner, name, seen | {file})

    def _renamed(self, path: str, name: str, seen: frozenset[str]) -> tuple[Target, ...]:
        """What a file offers under another name: a definition of its own, or what it imports."""
        step = f"{path}\0{name}"
        if step in seen or len(seen) > 2 * DEPTH:
            return ()
        return _first_of(self.defined(path, name), self._imported(path, name, seen | {step}))

    def _opened(self, path: str) -> tuple[str, ...]:
        """The files all of whose names a file can use or passes on, the nearest first."""
        if path not in self._open:
            found: dict[str, None] = {}
            level = [path]
            for step in range(DEPTH):
                stars = [file for one in level for file in self._stars(one, is_first=not step)]
                level = [file for file in dict.fromkeys(stars) if file not in found]
                found |= dict.fromkeys(level)
                if len(found) > _MOST_OPEN:
                    break
            self._open[path] = tuple(found)[:_MOST_OPEN]
        return self._open[path]

    def _stars(self, path: str, *, is_first: bool) -> Iterator[str]:
        resolver = self._sources.resolver(path)
        for imported in self._sources.outline(path).stars:
            if is_first or imported.passed_on or (resolver is not None and resolver.passes_on):
                yield from self._sources.files(path, imported.module)

    def _beside(self, path: str, name: str) -> Iterator[Target]:
        for file in self._sources.beside(path):
            yield from self.defined(file, name)

    def _named(self, path: str, name: str) -> Iterator[Target]:
        files = self._sources.named(path, name)
        if files is not None:
            yield Module(path, name, files)


def _first_of(*ways: Iterable[Target]) -> tuple[Target, ...]:
    for way in ways:
        found = _unique(way)
        if found:
            return found
    return ()


def _unique(targets: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(dict.fromkeys(targets))


def _within(module: str, name: str) -> str:
    """How a module within another one is written."""
    if not module.strip(".") or "/" in module:
        return f"{module}{name}"
    separator = "::" if "::" in module or module in {"crate", "self", "super"} else "."
    return f"{module}{separator}{name}"
