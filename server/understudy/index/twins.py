"""Definitions that a block brings along although the file has them elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.index.extraction import facts_of, is_indexed
from understudy.reading.headings import heading_of
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.index.facts import Definition

_WHOLE = frozenset({"class", "function", "method", "type"})
_OVERLOADED = frozenset(
    {"c", "cpp", "csharp", "cuda-cpp", "dart", "java", "kotlin", "objective-c", "objective-cpp"}
    | {"scala", "swift", "elixir", "haskell"}
)
"""Here only a definition of the same first lines is the same one."""
_SIGNED = frozenset({"typescript", "typescriptreact"})
"""Here a function may have several signatures, and one body."""
_FEW = 3
"""Of so many lines, a definition may stand in several classes."""
_SEVERAL = frozenset({"init", "_"})
_ACCESSOR = re.compile(r"@[\w.]*(?:overload|setter|getter|deleter|register|property|dispatch)\b")


class _Key(NamedTuple):
    """What two definitions of one thing share: their names, and what stands around them."""

    names: tuple[str, ...]
    around: str
    head: str


def twins(lines: Sequence[str], before: str, after: str, within: range, language: str) -> list[str]:
    """The names that the rest of a document defines already, and that a block defines once more.

    Overloads are none, nor are methods of other classes unless they are copied. Most blocks cost no more than a look at
    their lines.

    Args:
        lines: of the block, without their ends.
        before: the document.
        after: what it becomes with the block in the place of some lines.
        within: these lines.
        language: an LSP language id.
    """
    if not is_indexed(language) or not _may_be(lines, before, within):
        return []
    old, new = (Counter(_keys(text, language)) for text in (before, after))
    found = {key.names[-1] for key, count in new.items() if count > max(old[key], 1)}
    olds, news = (Counter(_copies(text, language)) for text in (before, after))
    found |= {one[0] for one, count in news.items() if count > olds[one] > 0}
    return sorted(found)


def around(before: str, within: range, language: str) -> Iterator[range]:
    """The lines of the definitions around some lines, the innermost first; and at last all lines."""
    found = facts_of("", language, before).definitions
    outer = [
        range(one.first, one.stop)
        for one in found
        if one.first <= within.start and one.stop >= within.stop and one.kind in _WHOLE
    ]
    for one in sorted(outer, key=len):
        if len(one) > len(within):
            yield one
    yield range(len(contents(before)))


def _may_be(lines: Sequence[str], before: str, within: range) -> bool:
    """Whether a line of the block, but of none that it replaces, begins what another line begins."""
    document = before.split("\n")
    names = Counter(map(heading_of, lines))
    names.subtract(map(heading_of, document[within.start : within.stop]))
    come = {name for name, count in names.items() if count > 0 and name and name in before}
    return bool(come) and any(
        number not in within and any(name in line for name in come) and heading_of(line) in come
        for number, line in enumerate(document)
    )


def _keys(text: str, language: str) -> Iterator[_Key]:
    found = facts_of("", language, text).definitions
    lines = contents(text)
    for one in found:
        if one.kind in _WHOLE and one.name not in _SEVERAL and not _is_one_of_many(one, lines):
            if language in _SIGNED and not _has_body(one, lines):
                continue
            head = _head(one, lines) if language in _OVERLOADED else ""
            yield _Key((*_outer(one, found), one.owner, one.name), _around(one, lines), head)


def _copies(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each function with its name and its lines; such as do nothing but one thing may be many."""
    lines = contents(text)
    for one in facts_of("", language, text).definitions:
        if one.kind in _WHOLE and one.stop - one.head > _FEW:
            yield one.name, "\n".join(line.strip() for line in lines[one.head : one.stop])


def _outer(one: Definition, found: Sequence[Definition]) -> Iterator[str]:
    while one.parent >= 0:
        one = found[one.parent]
        yield one.name


def _is_one_of_many(one: Definition, lines: Sequence[str]) -> bool:
    return any(_ACCESSOR.match(line.strip()) for line in lines[one.first : one.head])


def _has_body(one: Definition, lines: Sequence[str]) -> bool:
    return one.kind in {"class", "type"} or any("{" in line for line in lines[one.head : one.stop])


def _head(one: Definition, lines: Sequence[str]) -> str:
    return "".join("".join(lines[one.head : max(one.body, one.head + 1)]).split())


def _around(one: Definition, lines: Sequence[str]) -> str:
    """The nearest line above that is less far in: an `impl` of Rust, an `if` of Python."""
    depth = len(indent_of(lines[one.head]))
    if not depth:
        return ""
    return next(
        (
            line.strip()
            for line in reversed(lines[: one.head])
            if line.strip() and len(indent_of(line)) < depth
        ),
        "",
    )
