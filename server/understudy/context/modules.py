"""Which modules can be imported in a workspace, where they lie and what they export.

Everything is read from folders and sources; no module is imported.
"""

from __future__ import annotations

import sysconfig
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from understudy.context.exports import content, exports_of, stamp_of
from understudy.context.stdlib import stdlib_exports, stdlib_modules
from understudy.workspace.python_env import find_environment, installed
from understudy.workspace.python_modules import own_modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Origin = Literal["standard library", "installed package", "workspace"]

MAX_STARS = 3
"""How deep `from … import *` is followed."""
MAX_INSTALLED = 400
"""How many installed packages are searched for a name."""


class Modules:
    """The modules that one file can import. Folders are looked at once, on first use."""

    def __init__(self, root: Path | None, here: Path | None, environment: Path | None) -> None:
        self._root = root
        self._here = here
        self._environment = environment

    @cached_property
    def own(self) -> Mapping[str, Path]:
        """The workspace's modules, without the file itself: dotted name → file."""
        found = own_modules(self._root, self._here)
        return {name: path for name, path in found.items() if path != self._here}

    @cached_property
    def installed(self) -> Mapping[str, Path]:
        """Installed top-level modules: name → file or folder."""
        return installed(find_environment(self._root, self._environment))

    @cached_property
    def top(self) -> frozenset[str]:
        """Every top-level module."""
        own = {name.partition(".")[0] for name in self.own}
        public = {name for name in self.installed if not name.startswith("_")}
        return frozenset(own | public | stdlib_modules())

    def origin(self, module: str) -> Origin | None:
        """Where a dotted module comes from; None when there is no such top-level module."""
        top = module.partition(".")[0]
        if any(name == top or name.startswith(f"{top}.") for name in self.own):
            return "workspace"
        if top in stdlib_modules():
            return "standard library"
        return "installed package" if top in self.installed else None

    def exists(self, module: str) -> bool:
        """Whether a dotted, absolute module can be imported, as far as folders tell."""
        if module in stdlib_exports() or module in stdlib_modules() or module in self.own:
            return True
        if any(name.startswith(f"{module}.") for name in self.own):
            return True
        return any(locate_in(base, rest) for base, rest in self._places(module))

    def children(self, module: str) -> frozenset[str]:
        """The public names of a package's submodules."""
        prefix = f"{module}."
        known = (*self.own, *stdlib_exports())
        found = {name[len(prefix) :].partition(".")[0] for name in known if name.startswith(prefix)}
        for base, rest in self._places(module):
            found.update(modules_in(base.joinpath(*rest)))
        return frozenset(name for name in found if not name.startswith("_"))

    def public(self, module: str) -> frozenset[str] | None:
        """What others are meant to import from a module, submodules included; None if unknown."""
        if module in stdlib_exports():
            return stdlib_exports()[module] | self.children(module)
        found = self._exports(module, MAX_STARS, everything=False)
        return found if found is None else found | self.children(module)

    def bound(self, module: str) -> frozenset[str] | None:
        """Every name that `from module import` accepts; None when a part can't be told."""
        known = stdlib_exports().get(module, frozenset())
        found = self._exports(module, MAX_STARS, everything=True)
        if found is None:
            return known | self.children(module) if known else None
        return found | known | self.children(module)

    def source(self, module: str) -> Path | None:
        """The file of a dotted module; None for modules without source."""
        if module in self.own:
            return self.own[module]
        for base, rest in self._places(module):
            found = locate_in(base, rest)
            if found is not None and found.suffix in (".py", ".pyi"):
                return found
        return None

    def exporting(self, name: str) -> Iterator[tuple[str, Origin]]:
        """Own and installed modules that make a name public: `(dotted module, origin)`."""
        for module, path in self.own.items():
            last = module.rpartition(".")[2]
            if not last.startswith("test_") and last not in ("conftest", "setup", "__main__"):
                yield from self._if_public(name, module, path, "workspace")
        packages = sorted(self.installed.items())[:MAX_INSTALLED]
        for module, path in packages:
            if not module.startswith("_") and module not in stdlib_modules():
                file = path if path.suffix == ".py" else path / "__init__.py"
                yield from self._if_public(name, module, file, "installed package")

    def _if_public(
        self, name: str, module: str, path: Path, origin: Origin
    ) -> Iterator[tuple[str, Origin]]:
        stamp = stamp_of(path)
        if stamp is None or name.encode("utf-8", "replace") not in content(path, stamp):
            return
        exports = exports_of(path)
        if exports is not None and name in exports.public:
            yield module, origin

    def _exports(self, module: str, depth: int, *, everything: bool) -> frozenset[str] | None:
        path = self.source(module)
        exports = exports_of(path) if path is not None else None
        if exports is None or path is None:
            return stdlib_exports().get(module)
        found = exports.bound if everything else exports.public
        if exports.declared is not None:
            found |= exports.declared
        # The index already holds what the standard library's own stars bring.
        for star in exports.stars if module not in stdlib_exports() else ():
            target = _absolute(star, module, package=path.stem == "__init__")
            names = self._exports(target, depth - 1, everything=False) if depth else None
            if names is None and everything:
                return None
            found |= names or frozenset()
        return found

    def _places(self, module: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """Folders to look in, with the parts of the module's path below each."""
        top, *rest = module.split(".")
        if not all(part.isidentifier() for part in (top, *rest)):
            return
        packages = [path for name, path in self.own.items() if name == top]
        for path in packages:
            yield path.parent.parent if path.stem == "__init__" else path.parent, (top, *rest)
        if top in stdlib_modules():
            yield stdlib_folder(), (top, *rest)
        elif top in self.installed:
            yield self.installed[top].parent, (top, *rest)


def _absolute(written: str, module: str, *, package: bool) -> str:
    """The dotted module that a relative one means inside `module`."""
    dots = len(written) - len(written.lstrip("."))
    if not dots:
        return written
    parts = module.split(".")
    kept = parts[: len(parts) - dots + package]
    return ".".join((*kept, written[dots:])).strip(".")


def locate_in(base: Path, parts: tuple[str, ...]) -> Path | None:
    """The source of a module below `base`, or the folder of a package without one."""
    stem = base.joinpath(*parts)
    for path in (stem / "__init__.py", stem.parent / f"{stem.name}.py", stem / "__init__.pyi"):
        if path.is_file():
            return path
    try:
        compiled = next(stem.parent.glob(f"{stem.name}.*"), None)
    except (OSError, ValueError):
        return None
    if compiled is not None and compiled.suffix in (".so", ".pyd", ".pyi"):
        return compiled
    return stem if stem.is_dir() else None


def modules_in(folder: Path) -> frozenset[str]:
    """The public modules and packages in one folder."""
    try:
        entries = list(islice(folder.iterdir(), 2_000))
    except (OSError, ValueError):
        return frozenset()
    found = set()
    for entry in entries:
        name = entry.name.partition(".")[0]
        is_module = entry.suffix in (".py", ".so", ".pyd") or entry.is_dir()
        if name.isidentifier() and not name.startswith("_") and is_module:
            found.add(name)
    return frozenset(found)


@cache
def stdlib_folder() -> Path:
    """Where the sources of the running Python's standard library lie."""
    return Path(sysconfig.get_path("stdlib"))
