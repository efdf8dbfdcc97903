"""The place that a model is asked about, with all that can be known of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE, Classes
from understudy.gathering.lookup import Lookup, Module
from understudy.gathering.meaning import Meaning
from understudy.gathering.paths import stem_of
from understudy.gathering.syntaxes import syntax_of
from understudy.gathering.used import Used, used_in
from understudy.index.facts import Place
from understudy.languages import all_languages, language_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from understudy.core.lines import LineIndex
    from understudy.gathering.outline import Outline
    from understudy.gathering.sources import Sources
    from understudy.gathering.syntaxes import Syntax
    from understudy.gathering.used import Chain
    from understudy.workspace.diagnostics import Diagnostic

_FAMILIES = (
    frozenset({"typescript", "typescriptreact", "javascript", "javascriptreact"}),
    frozenset({"c", "cpp"}),
    frozenset({"java", "kotlin"}),
)
"""Languages that share names."""


@dataclass(frozen=True)
class Scene:
    """Some lines of a file, and what they are about.

    Attributes:
        sources: what was read so far.
        lines: whose needs count.
        problems: that are to be solved there.
        pointed: further places that the problems name: path and line, counted from 0.
    """

    sources: Sources
    language: str
    lines: range
    problems: Sequence[Diagnostic] = ()
    pointed: Sequence[tuple[str, int]] = ()

    @property
    def path(self) -> str:
        """The file."""
        return self.sources.target

    @cached_property
    def text(self) -> LineIndex:
        """The file's lines."""
        found = self.sources.lines(self.path)
        assert found is not None  # noqa: S101 - `Sources` is made with them
        return found

    @property
    def outline(self) -> Outline:
        """The file's definitions."""
        return self.sources.outline(self.path)

    @cached_property
    def around(self) -> tuple[Place, ...]:
        """The definitions that hold the lines, from the outside in."""
        definitions = self.outline.definitions
        numbers = self.outline.around(self.lines)
        return tuple(Place(self.path, number, definitions[number]) for number in numbers)

    @cached_property
    def function(self) -> range:
        """The lines of the outermost function that holds the scene's lines, else those themselves."""
        for one in self.around:
            if one.definition.kind in CALLABLE:
                return range(one.definition.first, one.definition.stop)
        return self.lines

    @cached_property
    def used(self) -> Used:
        """The names that the lines use."""
        return used_in(self.text, self.language, self.lines, self.function)

    @cached_property
    def lookup(self) -> Lookup:
        """Names at the tops of files."""
        return Lookup(self.sources)

    @cached_property
    def meaning(self) -> Meaning:
        """What expressions in the lines mean."""
        return Meaning(self.sources, self.lookup, self.classes, self.around, self.used.bound)

    @cached_property
    def classes(self) -> Classes:
        """Members and bases of classes."""
        return Classes(self.sources, self.lookup)

    @cached_property
    def syntax(self) -> Syntax | None:
        """How the file's language uses names."""
        return syntax_of(self.language)

    @cached_property
    def problem_lines(self) -> frozenset[int]:
        """The lines that the problems are in."""
        return frozenset(
            line for one in self.problems for line in self.text.lines_of(one.span)
        ) & frozenset(self.lines)

    @cached_property
    def tests(self) -> tuple[str, ...]:
        """The files that are called like tests of the file."""
        known = all_languages().get(self.language)
        stem = stem_of(self.path)
        names = [one.replace("{stem}", stem) for one in known.tests] if known is not None else []
        found = (path for name in names for path in self.sources.index.ending(name))
        return tuple(path for path in dict.fromkeys(found) if path != self.path)

    def is_common(self, name: str) -> bool:
        """Whether members of that name are mostly the language's own."""
        return self.syntax is not None and name in self.syntax.common

    def is_foreign(self, chain: Chain) -> bool:
        """Whether a row of names starts at something from outside of the workspace."""
        first = self.meaning.of(chain[:1])
        is_outside = bool(first) and all(isinstance(one, Module) and not one.files for one in first)
        return is_outside and len(chain) > 1 and chain[0].name not in self.used.bound

    def is_akin(self, path: str) -> bool:
        """Whether a file is of a language whose names can be meant here, by its name."""
        return _language_of_suffix(path[path.rfind(".") :]) in self._family

    @cached_property
    def _family(self) -> Collection[str]:
        return next((one for one in _FAMILIES if self.language in one), (self.language,))


@lru_cache(maxsize=256)
def _language_of_suffix(suffix: str) -> str | None:
    return language_of(PurePosixPath(f"name{suffix}"))
