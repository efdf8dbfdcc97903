"""The place that a model is asked about, with all that can be known of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE, Classes
from understudy.gathering.holders import Holders
from understudy.gathering.lookup import Lookup, Module
from understudy.gathering.meaning import Meaning
from understudy.gathering.paths import stem_of
from understudy.gathering.syntaxes import syntax_of
from understudy.gathering.used import Used, used_in
from understudy.index.facts import Place
from understudy.languages import all_languages, language_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from understudy.core.lines import LineIndex
    from understudy.gathering.outline import Outline
    from understudy.gathering.sources import Sources
    from understudy.gathering.syntaxes import Syntax
    from understudy.gathering.used import Bound, Use
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
        above: how many lines of the text are those of a notebook's earlier cells.
        asked: those of the lines that were pointed at themselves, as far as that is known.
    """

    sources: Sources
    language: str
    lines: range
    problems: Sequence[Diagnostic] = ()
    pointed: Sequence[tuple[str, int]] = ()
    above: int = 0
    asked: range = range(0)

    def told(self, line: int) -> str:
        """A line of the document as people call it."""
        return f"line {line + 1 - self.above}"

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
        return used_in(self.text, self.language, self.lines, self._holders.lines)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """The rows of names in the lines, each once for every place where it may mean something else."""
        found: dict[object, Use] = {}
        for use in self.used.uses:
            found.setdefault((use.chain, self._holders.of(use.line)), use)
        return tuple(found.values())

    @cached_property
    def lookup(self) -> Lookup:
        """Names at the tops of files."""
        return Lookup(self.sources)

    def meaning_at(self, line: int) -> Meaning:
        """What expressions mean in one of the lines: within its class, with what its function binds."""
        numbers = self._holders.of(line)
        if numbers not in self._meanings:
            definitions = self.outline.definitions
            around = [Place(self.path, number, definitions[number]) for number in numbers]
            bound = self._bound_in(self._holders.function(line))
            made = Meaning(self.sources, self.lookup, self.classes, around, bound)
            self._meanings[numbers] = made
        return self._meanings[numbers]

    def meanings(self) -> Iterator[Meaning]:
        """What expressions mean, once for all lines with the same classes and functions around."""
        firsts: dict[tuple[int, ...], int] = {}
        for line in self.lines:
            firsts.setdefault(self._holders.of(line), line)
        yield from map(self.meaning_at, firsts.values())

    @cached_property
    def _meanings(self) -> dict[tuple[int, ...], Meaning]:
        return {}

    @cached_property
    def _holders(self) -> Holders:
        return Holders(self.outline, self.lines)

    def _bound_in(self, function: int) -> Mapping[str, tuple[Bound, ...]]:
        """The names that a function binds, and those that lines outside of all functions do."""
        outside = self._bound.get(-1, {}) if function >= 0 else {}
        return {**outside, **self._bound.get(function, {})}

    @cached_property
    def _bound(self) -> Mapping[int, Mapping[str, tuple[Bound, ...]]]:
        """What is bound, by the number of the outermost function; -1 for none."""
        found: dict[int, dict[str, list[Bound]]] = {}
        for name, bound, line in self.used.binds:
            names = found.setdefault(self._holders.function(line), {})
            names.setdefault(name, []).append(bound)
        return {at: {name: tuple(each) for name, each in one.items()} for at, one in found.items()}

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

    @property
    def point(self) -> int:
        """The line that it is about more than about all others: the one that was pointed at."""
        told = self.asked if len(self.asked) == 1 else ()
        wrong = (self.text.line_of(one.span.start) for one in self.problems)
        places = (*told, *wrong, *self.asked[:1])
        return next((at for at in places if at in self.lines), self.lines.start)

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

    def is_foreign(self, use: Use) -> bool:
        """Whether a row of names starts at something from outside of the workspace."""
        chain, meaning = use.chain, self.meaning_at(use.line)
        first = meaning.of(chain[:1])
        is_outside = bool(first) and all(isinstance(one, Module) and not one.files for one in first)
        return is_outside and len(chain) > 1 and chain[0].name not in meaning.bound

    def is_akin(self, path: str) -> bool:
        """Whether a file is of a language whose names can be meant here, by its name."""
        return _language_of_suffix(path[path.rfind(".") :]) in self._family

    @cached_property
    def _family(self) -> Collection[str]:
        return next((one for one in _FAMILIES if self.language in one), (self.language,))


@lru_cache(maxsize=256)
def _language_of_suffix(suffix: str) -> str | None:
    return language_of(PurePosixPath(f"name{suffix}"))
