"""One language per file. Each defines `LANGUAGE`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Language:
    """What Understudy knows about a language.

    Attributes:
        id: the LSP language id.
        suffixes: file name endings, with the dot, in lower case.
    """

    id: str
    suffixes: frozenset[str]


def all_languages() -> dict[str, Language]:
    """Every language, by its id."""
    return load_folder(sys.modules[__name__], "LANGUAGE", Language)


def language_of(path: PurePath) -> str | None:
    """The language id for a file name; None for a file that no language claims."""
    suffix = path.suffix.lower()
    for language in all_languages().values():
        if suffix in language.suffixes:
            return language.id
    return None
