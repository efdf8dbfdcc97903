"""Rust's module of tests, which stands at the end of the file that it tests, alone in a block.

A model that is asked for tests writes the module, and not the file once more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.failures.elision import is_elision
from understudy.reading.entries import definition_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TESTS = re.compile(r"#\[cfg\(test\)\]")
_ABOVE = ("#[", "//")
_RAW = re.compile(r"\br#*\"")
"""A string that may hold anything, braces at the margin as well."""
_MODULE = re.compile(r"(?:pub(?:\([^()]{0,40}\))?[ \t]+)?mod[ \t]+(?P<name>\w+)[ \t]*\{")
_FUNCTION = re.compile(r"(?:pub[ \t]+)?(?:async[ \t]+)?fn[ \t]+(?P<name>\w+)")


class _Module(NamedTuple):
    """A module of tests: its name, where its attributes begin, and the lines between its braces."""

    name: str
    start: int
    body: range


class _Item(NamedTuple):
    """What stands in a module, with what is above it; `name` is empty for all but functions."""

    name: str
    lines: tuple[str, ...]


def with_test_module(lines: Sequence[str], before: Sequence[str]) -> list[str] | None:
    """A file with the module of tests that a block consists of; None for any other block.

    The module comes at the end. Where the file has one of this name, the functions that are new go
    into it; None where one of them is another than the file's, or a raw string hides where it ends.

    Args:
        lines: of the block, without their ends.
        before: those of the file.
    """
    module = _module(lines, 0)
    if module is None or not any(map(str.strip, before)):
        return None
    if any(line.strip() for line in lines[module.body.stop + 1 :]):
        return None
    there = next((one for at in range(len(before)) if (one := _module(before, at))), None)
    if there is None:
        said = [line for line in lines[: module.start] if line.strip() and not is_elision(line)]
        return [*_without_end(before), "", *said, *_without_end(lines[module.start :])]
    if there.name != module.name or any(map(_RAW.search, before[there.start :])):
        return None
    return _joined(lines, before, module, there)


def _joined(
    lines: Sequence[str], before: Sequence[str], new: _Module, old: _Module
) -> list[str] | None:
    """The file with the functions of the block's module in its own."""
    known = {item.name: item for item in _items(before, old.body) if item.name}
    same = {item.lines for item in _items(before, old.body)}
    come = [item for item in _items(lines, new.body) if item.lines not in same]
    if not come or any(item.name in known for item in come):
        return None
    if any(len(item.lines) > 1 and not item.name for item in come):
        return None
    # Imports stand above all functions.
    head = [line for item in come if not item.name for line in item.lines]
    tail = [line for item in come if item.name for line in ("", *item.lines)]
    end = old.body.stop
    while end > old.body.start and not before[end - 1].strip():
        end -= 1
    middle = before[old.body.start : end]
    return [*before[: old.body.start], *head, *middle, *tail, *before[old.body.stop :]]


def _module(lines: Sequence[str], at: int) -> _Module | None:
    """The module of tests whose attribute is the next thing at or below a line."""
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("//")):
        at += 1
    if at == len(lines) or not _TESTS.match(lines[at]):
        return None
    head = next(n for n in range(at, len(lines) + 1) if n == len(lines) or not _is_above(lines[n]))
    found = _MODULE.match(lines[head]) if head < len(lines) else None
    if found is None:
        return None
    stop = definition_stop(lines, head)
    is_closed = stop - 1 > head and lines[stop - 1].rstrip() == "}"
    return _Module(found["name"], at, range(head + 1, stop - 1)) if is_closed else None


def _items(lines: Sequence[str], body: range) -> Iterator[_Item]:
    """What stands in a module, each with its attributes and comments."""
    start, at = body.start, body.start
    while at < body.stop:
        if not lines[at].strip():
            start = at = at + 1
        elif _is_above(lines[at]):
            at += 1
        else:
            stop = min(definition_stop(lines, at), body.stop)
            found = _FUNCTION.match(lines[at].strip())
            yield _Item(found["name"] if found else "", tuple(lines[start:stop]))
            start = at = stop


def _is_above(line: str) -> bool:
    return line.strip().startswith(_ABOVE)


def _without_end(lines: Sequence[str]) -> list[str]:
    stop = max((at + 1 for at, line in enumerate(lines) if line.strip()), default=0)
    return list(lines[:stop])
