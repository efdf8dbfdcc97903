"""Entities that stand in the code of a document, where signs may be meant by them."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.markup import PROSE
from understudy.failures.grammar import fault, has_parser
from understudy.languages import grammar_of, language_of
from understudy.reading import Repair
from understudy.reading.entities import ENTITY, is_address, outside_quotes
from understudy.reading.languages import CODE
from understudy.reading.shape import BOM, contents
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.syntax import Source

_MOST = 200_000
"""Longer texts are not parsed: trees of texts that are broken take their time."""
_TAGS = frozenset(
    {"astro", "blade", "ejs", "erb", "haml", "handlebars", "html", "jinja", "jinja-html", "liquid"}
    | {"pug", "razor", "svelte", "svg", "twig", "vue", "xml", "xsl"}
)
"""Languages in which entities are meant, but for scripts."""
_OTHER_CODE = frozenset(
    {"css", "dockerfile", "elixir", "less", "makefile", "perl", "powershell", "scss", "shellscript"}
    | {"sql", "terraform", "yaml"}
)
_SCRIPT = re.compile(r"<(/?)script\b", re.IGNORECASE)
_NO_CODE = re.compile(r"string|comment|regex|text|char|heredoc|template|quasi")


def left_in_code(before: str, after: str, language: str) -> tuple[Repair, ...]:
    """A repair of high risk where the new lines of a document hold entities in code."""
    if not ENTITY.search(after) or language in PROSE:
        return ()
    known, lines = set(contents(before)), contents(after.removeprefix(BOM))
    new = [at for at, line in enumerate(lines) if line not in known and ENTITY.search(line)]
    left = next(_outside(new, lines, before, language), "") if new else ""
    return (Repair("signs may be meant by entities", left, "high"),) if left else ()


def left_in_file(path: str, text: str) -> tuple[Repair, ...]:
    """The same for a new file."""
    return left_in_code("", text, language_of(PurePosixPath(path), text) or "")


def parsed(text: str, language: str) -> Source | None:
    """The tree of a text without errors; None for any other text."""
    if len(text) > _MOST or (has_parser(language) and fault(text, language) is not None):
        return None
    grammar = grammar_of(language)
    if grammar is None:
        return None
    from understudy.context.bounded_tree import fresh_tree

    try:
        source = fresh_tree(text, grammar)
    except (UnavailableError, ImportError):
        return None
    return None if source.root.has_error else source


def _outside(new: Sequence[int], lines: Sequence[str], before: str, language: str) -> Iterator[str]:
    """The entities in new lines that stand in code."""
    source = None
    if language in _TAGS:
        scripts = _scripts(lines)
        new, language = [at for at in new if at in scripts], "javascript"
    elif language in CODE or language in _OTHER_CODE or grammar_of(language) is not None:
        source = parsed("\n".join(lines), language)
        inside = frozenset() if source else inside_strings(lines, language) or frozenset()
        new = [at for at in new if at not in inside]
    elif ENTITY.search(before):
        # What nobody knows may as well be a text for people.
        return
    if source is not None:
        yield from _operators(new, lines, source)
    else:
        yield from (one[0] for at in new for one in outside_quotes(lines[at], language))


def _operators(new: Sequence[int], lines: Sequence[str], source: Source) -> Iterator[str]:
    """The entities in new lines of a document whose `&` is an operator of the program."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for at in new:
        for one in ENTITY.finditer(lines[at]):
            if _is_operator(source, starts[at] + one.start()) and not is_address(one, lines[at]):
                yield one[0]


def _is_operator(source: Source, at: int) -> bool:
    """Whether the `&` at a code point is one of the program."""
    byte = source.byte(at)
    leaf = source.root.descendant_for_byte_range(byte, byte + 1)
    if leaf is None or leaf.is_named:
        return False
    return leaf.parent is None or not _NO_CODE.search(leaf.parent.type)


def _scripts(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that begin in a script."""
    found: set[int] = set()
    is_open = False
    for at, line in enumerate(lines):
        if is_open:
            found.add(at)
        for one in _SCRIPT.finditer(line):
            is_open = not one[1]
    return found
