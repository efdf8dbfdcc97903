"""What the standard library holds, without importing it.

The public names come from `stdlib_names.txt`, which `tests/tidy/make_stdlib_names.py` writes; so
modules written in C are known as well as those with a source file.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFERRED = (
    "collections.abc",
    "collections",
    "typing",
    "dataclasses",
    "pathlib",
    "datetime",
    "functools",
    "itertools",
    "enum",
    "abc",
    "contextlib",
    "json",
    "re",
    "decimal",
    "fractions",
    "uuid",
    "copy",
    "math",
    "io",
    "random",
    "tempfile",
    "shutil",
    "subprocess",
    "types",
    "urllib.parse",
    "unittest.mock",
    "concurrent.futures",
    "string",
    "textwrap",
    "operator",
)
"""Where a name is meant to come from when several modules export it, best first."""

SAFE_TO_LOOK_INTO = frozenset(
    {
        "array",
        "collections",
        "datetime",
        "decimal",
        "fractions",
        "functools",
        "io",
        "itertools",
        "pathlib",
        "re",
        "struct",
        "types",
        "uuid",
    }
)
"""Modules of ours that are imported to read the attributes of their classes; they do nothing."""


@cache
def stdlib_modules() -> frozenset[str]:
    """Every public top-level module of the running Python."""
    return frozenset(name for name in sys.stdlib_module_names if not name.startswith("_"))


@cache
def stdlib_exports() -> Mapping[str, frozenset[str]]:
    """Dotted module → its public names, for modules that the running Python has."""
    text = (files("understudy.context") / "stdlib_names.txt").read_text("utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        module, _, names = line.partition(": ")
        if names and module.partition(".")[0] in stdlib_modules():
            found[module] = frozenset(names.split())
    return MappingProxyType(found)


@cache
def is_here(module: str) -> bool:
    """Whether a dotted standard module can be there on this platform: `msvcrt` is not on Linux."""
    from importlib.util import find_spec

    try:
        return find_spec(module.partition(".")[0]) is not None
    except (ImportError, ValueError):
        return False


def homes(name: str) -> tuple[str, ...]:
    """The standard modules that export a name, the one it is meant to come from first."""
    return _homes().get(name, ())


def preference(module: str) -> int:
    """The place of a standard module among those that export one name; lower is better."""
    return PREFERRED.index(module) if module in PREFERRED else len(PREFERRED)


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    exports = stdlib_exports()
    for module in sorted(exports, key=lambda module: (preference(module), module)):
        parent = module.rpartition(".")[0]
        for name in exports[module]:
            if module != "builtins" and name not in exports.get(parent, ()):
                found.setdefault(name, []).append(module)
    return MappingProxyType({name: tuple(modules) for name, modules in found.items()})
