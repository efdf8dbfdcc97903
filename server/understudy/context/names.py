"""Which names exist around a place in a Python file, and where others could be imported from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context import members
from understudy.context.exports import text_of
from understudy.context.guess import KnownType, known_type
from understudy.context.modules import Modules, locate_in, modules_in
from understudy.context.python_compile import parses
from understudy.context.scopes import scopes_of
from understudy.context.signatures import signatures
from understudy.context.stdlib import homes, is_here, stdlib_modules
from understudy.workspace.python_modules import MAX_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.context.modules import Origin
    from understudy.context.signatures import Signature
    from understudy.workspace.view import View

ALIASES = {
    "ET": ("xml.etree.ElementTree", ""),
    "dt": ("datetime", ""),
    "nn": ("torch", "nn"),
    "np": ("numpy", ""),
    "nx": ("networkx", ""),
    "pd": ("pandas", ""),
    "pl": ("polars", ""),
    "plt": ("matplotlib.pyplot", ""),
    "sns": ("seaborn", ""),
    "st": ("streamlit", ""),
    "tf": ("tensorflow", ""),
    "tk": ("tkinter", ""),
}
"""Names that everybody gives a module: alias → (module, its member)."""


@dataclass(frozen=True, slots=True)
class Importable:
    """One way to get a name.

    Attributes:
        statement: the import line, without a line end: `from pathlib import Path`.
        module: the module that it names.
        origin: where the module comes from.
        member: what is imported from the module; empty when it is the module itself.
    """

    statement: str
    module: str
    origin: Origin
    member: str = ""


class Names:
    """Names around one view. Everything is looked up on demand and never raises for any text."""

    def __init__(self, view: View, environment: Path | None = None) -> None:
        self._view = view
        self._environment = environment

    @cached_property
    def _modules(self) -> Modules:
        return Modules(self._view.root, self._view.path, self._environment)

    def in_scope(self, offset: int) -> tuple[str, ...]:
        """Names visible at a code point, innermost scope first, without the builtins."""
        return tuple(each.name for each in scopes_of(self._view.text).visible(offset))

    def attributes(self, offset: int) -> tuple[str, ...]:
        """Names that the object left of the dot at `offset` is known to have; empty if unknown."""
        known = known_type(self._view.text, offset)
        if known is None:
            return ()
        return tuple(sorted(self._names_of(known)))

    def members(self, described: str) -> frozenset[str]:
        """The attributes of a class by a checker's name for it: `list[int]`, `type[A]`, `A*`."""
        name = members.class_name(described)
        return members.members(name, self._view.text, self._modules) if name else frozenset()

    def all_members(self, described: str) -> frozenset[str] | None:
        """As `members`; None when the class or a base of it is not known."""
        name = members.class_name(described)
        return members.all_members(name, self._view.text, self._modules) if name else None

    def signatures(self, name: str) -> tuple[Signature, ...]:
        """What functions, methods and classes of this name take: of this file, else of others."""
        found = signatures(self._view.text, name) if name else ()
        if found or not name:
            return found
        sources = (self._modules.source(module) for module, _ in self._modules.exporting(name))
        texts = (text_of(path) for path in sources if path is not None)
        return tuple(each for text in islice(texts, 5) for each in signatures(text, name))

    def takes(self, module: str, name: str) -> tuple[Signature, ...]:
        """What the functions of one name in one module take; empty when its source is unknown."""
        path = self._modules.source(module)
        return signatures(text_of(path), name) if path is not None else ()

    def importables(self, name: str) -> tuple[Importable, ...]:
        """Ways to import `name`, most likely first: workspace, standard library, installed."""
        if not name.isidentifier():
            return ()
        exporting = tuple(each for each in self._modules.exporting(name) if self._loads(*each))
        found = [_member(module, name, origin) for module, origin in exporting]
        found += self._module_called(name)
        found += [_member(module, name, "standard library") for module in homes(name)]
        order = ("workspace", "standard library", "installed package")
        found.sort(key=lambda each: order.index(each.origin))
        there = (each for each in found if _is_there(each))
        return tuple(dict.fromkeys(there))

    def _loads(self, module: str, origin: Origin) -> bool:
        """Whether a module can be imported at all: one of the workspace may be broken just now."""
        path = self._modules.source(module) if origin == "workspace" else None
        return path is None or parses(text_of(path))

    def modules(self) -> frozenset[str]:
        """Every top-level module that can be imported here."""
        return self._modules.top

    def exports(self, module: str) -> frozenset[str] | None:
        """The public names of a dotted module; None when that can't be told without running it."""
        return self._modules.public(module)

    def accepted(self, module: str) -> frozenset[str] | None:
        """Every name that `from module import` takes, private ones too; None when unknown."""
        return self._modules.bound(module)

    def submodules(self, module: str) -> frozenset[str]:
        """The public modules inside a package."""
        return self._modules.children(module)

    def siblings(self, dots: int) -> frozenset[str]:
        """The modules that a relative import with so many dots can name; empty without a path."""
        path = self._view.path
        folders = path.parents if path is not None else ()
        return modules_in(folders[dots - 1]) if 0 < dots <= len(folders) else frozenset()

    def neighbour(self, dots: int, module: str) -> Path | None:
        """The file or folder that a relative import of a dotted module names; None without one."""
        path = self._view.path
        folders = path.parents if path is not None else ()
        if not 0 < dots <= len(folders):
            return None
        return locate_in(folders[dots - 1], tuple(module.split("."))) if module else None

    def sources(self) -> tuple[Path, ...] | None:
        """The files of the workspace's own modules; None when they are too many to be all."""
        found = tuple(self._modules.own.values())
        return found if len(found) < MAX_FILES - 1 else None

    def exists(self, module: str) -> bool:
        """Whether a dotted, absolute module can be imported, as far as folders tell."""
        return self._modules.exists(module)

    def origin(self, module: str) -> Origin | None:
        """Where a module comes from; None when no such top-level module is known."""
        return self._modules.origin(module)

    def _names_of(self, known: KnownType) -> frozenset[str]:
        if known.kind == "module":
            return self._modules.bound(known.name) or frozenset()
        return members.members(known.name, self._view.text, self._modules)

    def _module_called(self, name: str) -> Iterator[Importable]:
        module, member = ALIASES.get(name, (name, ""))
        origin = self._modules.origin(module)
        if origin is not None and self._modules.exists(module):
            if member:
                yield Importable(f"from {module} import {name}", module, origin, member)
            elif module == name:
                yield Importable(f"import {name}", module, origin)
            else:
                yield Importable(f"import {module} as {name}", module, origin)
        for dotted in self._modules.own:
            package, _, last = dotted.rpartition(".")
            if last == name and package and name not in stdlib_modules():
                yield _member(package, name, "workspace")


def _is_there(wanted: Importable) -> bool:
    return wanted.origin != "standard library" or is_here(wanted.module)


def _member(module: str, name: str, origin: Origin) -> Importable:
    return Importable(f"from {module} import {name}", module, origin, name)
