"""Blocks that only show how new code is used, or test it, beside the block that holds this code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.asked_for import asks, asks_for_more_than_tests, names_place
from understudy.reading.cut_short import closes
from understudy.reading.headings import heading_of
from understudy.reading.import_lines import is_import
from understudy.reading.path_words import named_in
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced

_SAID = re.compile(
    r"\b(?:examples?|usage|used?|using|how to|for instance|e\.g|try|tests?|testing|call|run|prints?"
    r"|outputs?|returns?|verify|check|demo|demonstrates?|reproduc\w+|works?|behaves?|fails?|expected"
    r"|your (?:own )?(?:code|script|program|project))\b",
    re.IGNORECASE,
)
"""What is said above code that shows the new one at work."""
_LABEL = re.compile(
    r"\W*(?:(?:an?|some|sample|simple|quick) )?(?:usage|examples?|demo|(?:unit )?tests?)"
    r"(?: (?:usage|examples?|tests?|code))?(?: (?:of|for) (?:its|the|this) (?:use|usage|code))?\W*",
    re.IGNORECASE,
)
"""A whole line that says no more than that."""
_TESTS = re.compile(r"\btest(?:s|ed|ing)?\b", re.IGNORECASE)
_TEST = re.compile(r"(?i:tests?)(?![a-z])\w*|\w+(?:_tests?|Tests?)|describe|it")
_RUN = re.compile(r"(?i:main|demo|usage|example\w*)")
_MARK = re.compile(r"@(?:\w+\.)*(?:Parameterized)?Test\b|#\[(?:\w+::)*test\]")
_OF_TESTS = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+test|class[ \t]+\w*Test|func[ \t]+(?:Test|Benchmark|Fuzz)[A-Z_(]"
    r"|(?:describe|it|test)(?:\.\w+)?\(|@(?:\w+\.)*(?:Parameterized)?Test\b|#\[(?:\w+::)*(?:test|cfg\(test\))"
    r"|(?:import|from)[ \t]+(?:pytest|unittest)\b)",
    re.MULTILINE,
)
"""What only a file with tests holds."""
_QUOTES = re.compile(
    r"\b(?:(?:we|it) ha(?:ve|s)|there (?:is|are)|contains?|defines?|currently|looks like)\b",
    re.IGNORECASE,
)
"""What is said above code that is there as it is."""
_WORD = re.compile(r"[^\W\d]\w*")
_SESSION = ">>>"


@dataclass(frozen=True)
class Examples:
    """What tells examples from changes of a file. What it has to know of this is found out once.

    Attributes:
        file: the whole document.
        language: an LSP language id.
        paths: the whole paths of known files.
    """

    file: str
    language: str
    paths: tuple[str, ...] = ()

    def shows(self, block: Fenced) -> bool:
        """Whether a block is called an example or a test, and can't be a change of the file.

        It defines nothing of the file, and no words above it ask for a change or name a place for it.
        What it has in common with the file are lines as they are, or it stands elsewhere.
        """
        said = block.before.strip()
        is_test = _TESTS.search(said) is not None
        is_label = _LABEL.fullmatch(said) is not None
        if not (is_label or is_test or _SAID.search(said)) or (is_test and self._is_of_tests):
            return False
        lines = [line for line in contents(block.text) if not closes(line)]
        names = _outermost(lines)
        is_marked = _MARK.search(block.text) is not None
        holds_tests = bool(names) and is_test and (is_marked or all(map(_TEST.fullmatch, names)))
        if self._is_more(block, lines, holds_tests=holds_tests):
            return False
        if not self._words.isdisjoint(names):
            return False
        if not holds_tests and not all(map(_RUN.fullmatch, names)):
            return False
        own = [line for line in lines if not is_import(line, self.language)]
        is_use = is_label or holds_tests or self._is_use(own)
        return is_use and (holds_tests or self._is_elsewhere(own))

    def asked_for(self, block: Fenced) -> bool:
        """Whether the words above a block ask for a change, or say where it belongs."""
        is_told = self._is_more(block, contents(block.text), holds_tests=False)
        return is_told and _QUOTES.search(block.before) is None

    def _is_more(self, block: Fenced, lines: Sequence[str], *, holds_tests: bool) -> bool:
        if holds_tests:
            is_asked = asks_for_more_than_tests(block.above)
        else:
            used = set(_WORD.findall("\n".join(lines)))
            is_asked = asks(block.above) or names_place(block.before, self._names, used)
        return is_asked or bool(named_in(block.before, self.paths))

    def _is_use(self, lines: Sequence[str]) -> bool:
        """Whether lines stand at the margin and use what the file defines."""
        first = next((line for line in lines if line.strip()), "")
        if first.startswith(_SESSION):
            return True
        used = set(_WORD.findall("\n".join(lines)))
        return not indent_of(first) and not self._names.isdisjoint(used)

    def _is_elsewhere(self, lines: Sequence[str]) -> bool:
        """Whether no line of the file is among others that are new, as far in as it stands there.

        What stands further in than the others belongs to these.
        """
        if self._stripped.issuperset(line.strip() for line in lines):
            return True
        real = [line.rstrip() for line in lines if line.strip()]
        depth = min((len(indent_of(line)) for line in real), default=0)
        return self._lines.isdisjoint(line for line in real if len(indent_of(line)) == depth)

    @cached_property
    def _lines(self) -> frozenset[str]:
        return (
            frozenset(line.rstrip() for line in contents(self.file)) if self.file else frozenset()
        )

    @cached_property
    def _stripped(self) -> frozenset[str]:
        return frozenset(map(str.strip, self._lines))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.file))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(filter(None, map(heading_of, self._lines)))

    @cached_property
    def _is_of_tests(self) -> bool:
        return _OF_TESTS.search(self.file) is not None


def _outermost(lines: Sequence[str]) -> set[str]:
    """The names of what begins as far out as anything that the lines define."""
    named = [(len(indent_of(line)), name) for line in lines if (name := heading_of(line))]
    depth = min((one for one, _ in named), default=0)
    return {name for one, name in named if one == depth}
