"""From an import to the files that it means. One language family per file, each with a `RESOLVER`.

Nothing but the workspace counts: no environment is asked, so what lies outside is not found.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.gathering.projects import Here, Project

Layout = TypeVar("Layout")


@dataclass(frozen=True, slots=True)
class Resolver(Generic[Layout]):
    """How the imports of a language family are resolved.

    Attributes:
        files: the files of a module as it is written, the likeliest first. They may repeat.
        layout: what to know of the project, read once for as long as its settings stay the same.
        settings: names of the files that it is read from.
        inner: the files that a name of a module is by itself, such as a submodule.
        beside: files whose names can be used without an import.
        named: the files of a module that can be named without an import, such as a crate; None for a
            name that means no module everywhere.
        opens: whether an import without names offers all names of the module, as `#include` does.
        passes_on: whether what a file imports is part of what it offers.
        by_own_name: whether a module is called where it is imported as it calls itself
            (`Facts.module`), unless it gets another name there.
    """

    id: str
    languages: tuple[str, ...]
    files: Callable[[Here[Layout], str], Iterable[str]]
    layout: Callable[[Project], Layout]
    settings: tuple[str, ...] = ()
    inner: Callable[[Here[Layout], str, str], Iterable[str]] = lambda _here, _module, _name: ()
    beside: Callable[[Here[Layout]], Iterable[str]] = lambda _here: ()
    named: Callable[[Here[Layout], str], Iterable[str] | None] = lambda _here, _name: None
    opens: bool = False
    passes_on: bool = False
    by_own_name: bool = False


def resolver_of(language: str) -> Resolver[Any] | None:
    """What resolves the imports of a language; None where nothing does."""
    known = load_folder(sys.modules[__name__], "RESOLVER", Resolver)
    return next((one for one in known.values() if language in one.languages), None)
