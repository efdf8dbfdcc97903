"""Signs of code that a reply holds as entities: which are read as signs, and which are for review.

Only a tree of the whole document tells code from strings, comments, regular expressions and what is
between tags.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from understudy.index.left_entities import left_in_code, parsed
from understudy.languages import grammar_of
from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.entities import (
    ENTITY,
    decoded,
    has_signs,
    is_escaped,
    outside_quotes,
    sign_of,
)
from understudy.reading.shape import BOM, common_indent, contents

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Sequence

    from understudy.context.syntax import Source

_Around = tuple[list[str], list[str]]
"""The lines of a document above some lines, and those below them."""
_QUOTES = frozenset({"string_start", "string_end"})


def with_signs(
    lines: Sequence[str], place: range, file: str, language: str, repairs: list[Repair]
) -> list[str]:
    """The lines with signs, where these must be meant: only so the document can be parsed.

    Args:
        lines: that take the place of others.
        place: the lines of the document, counted from 0, that they replace.
        file: the text of the document. If it holds an entity, nothing is read as another sign.
        language: an LSP language id.
        repairs: gets an entry for what was done, and for entities that may not be meant.

    Raises:
        UnreadableError: entities are all that is new, so that they may be what is meant.
    """
    if not any("&" in line and ENTITY.search(line) for line in lines) or ENTITY.search(file):
        return list(lines)
    there = contents(file.removeprefix(BOM))
    old = there[place.start : place.stop]
    around = (there[: place.start], there[place.stop :])
    _refuse_only_entities(lines, old, around, file, language)
    moved = _moved(lines, old)
    chosen = _in_code(moved, around, language)
    if chosen:
        all_of_them = sum(len(ENTITY.findall(line)) for line in lines)
        is_all = not has_signs(lines) and len(chosen) == all_of_them
        repairs.append(Repair("entities", risk="low" if is_all else "high"))
        return _decoded_some(lines, chosen)
    if is_escaped(lines, old, file):
        first = next(found[0] for found in map(ENTITY.search, lines) if found is not None)
        repairs.append(Repair("signs may be meant by entities", first, "high"))
    return list(lines)


def _refuse_only_entities(
    lines: Sequence[str], old: Sequence[str], around: _Around, file: str, language: str
) -> None:
    signs = decoded(lines)
    if [line.strip() for line in signs] != [line.strip() for line in old]:
        return
    written = "\n".join((*around[0], *lines, *around[1]))
    if not left_in_code(file, written, language) and not is_escaped(lines, old, file):
        return
    only = next(one[0] for one in map(ENTITY.search, lines) if one is not None)
    raise unreadable(
        Refusal.AMBIGUOUS,
        f"Only signs written as entities are new, such as `{only}`: they may be meant, or not.",
        only,
        f"The new text differs from the old one only in entities such as `{only}`. If these are"
        " meant to stand in the file, write the edit as a search/replace block.",
    )


def _moved(lines: Sequence[str], old: Sequence[str]) -> list[str]:
    """The lines as deep as those that they replace, so that a parser takes them there."""
    own = common_indent([line for line in lines if line.strip()])
    margin = common_indent([line for line in old if line.strip()])
    return [margin + line.removeprefix(own) if line.strip() else line for line in lines]


def _in_code(lines: Sequence[str], around: _Around, language: str) -> set[int]:
    """The numbers of the entities without whose signs the document can't be parsed."""
    above, below = around
    if grammar_of(language) is None:
        return set()
    if parsed("\n".join((*above, *lines, *below)), language) is not None:
        return set()
    every = set(range(sum(len(ENTITY.findall(line)) for line in lines)))
    for tried in (every, _unquoted(lines, language)):
        done = _decoded_some(lines, tried)
        source = parsed("\n".join((*above, *done, *below)), language)
        if source is None:
            continue
        start = sum(len(line) + 1 for line in above)
        kept = {
            number
            for number, at in _places(lines, tried, start)
            if number in tried and _is_code(source, at)
        }
        if kept == tried:
            return kept
        text = "\n".join((*above, *_decoded_some(lines, kept), *below))
        return kept if kept and parsed(text, language) is not None else set()
    return set()


def _unquoted(lines: Sequence[str], language: str) -> set[int]:
    """The numbers of the entities that seem to stand outside of strings and comments."""
    found: set[int] = set()
    number = 0
    for line in lines:
        bare = {one.start() for one in outside_quotes(line, language)}
        for one in ENTITY.finditer(line):
            if one.start() in bare:
                found.add(number)
            number += 1
    return found


def _decoded_some(lines: Sequence[str], chosen: Collection[int]) -> list[str]:
    """The lines with signs for those entities, counted from 0, that were chosen."""
    number = count()

    def sign(found: re.Match[str]) -> str:
        return sign_of(found) if next(number) in chosen else found[0]

    return [ENTITY.sub(sign, line) for line in lines]


def _places(lines: Sequence[str], chosen: Collection[int], start: int) -> Iterator[tuple[int, int]]:
    """Each entity's number, and where its sign stands once those that were chosen are signs."""
    number = 0
    for line in lines:
        shorter = 0
        for one in ENTITY.finditer(line):
            yield number, start + one.start() - shorter
            if number in chosen:
                shorter += len(one[0]) - len(sign_of(one))
            number += 1
        start += len(line) - shorter + 1


def _is_code(source: Source, at: int) -> bool:
    """Whether the sign at a code point is an operator or a bracket, or begins or ends a string."""
    byte = source.byte(at)
    leaf = source.root.descendant_for_byte_range(byte, byte + 1)
    if leaf is None:
        return False
    return leaf.type in _QUOTES or (not leaf.is_named and leaf.child_count == 0)
