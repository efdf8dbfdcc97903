"""Text with `&lt;` and the like in place of signs, as some chat windows and models write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.failures.comments import comment_in
from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.languages import CODE
from understudy.reading.shape import contents
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_SIGN = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_STRING = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|`(?:[^`\\]|\\.)*+`"
_COMMENTS = {"python": "#", "ruby": "#", "lua": "--"}
_QUOTED = {mark: re.compile(f"{_STRING}|(?<!&){mark}.*") for mark in ("#", "--", "//")}
"""Strings of one line, and a comment behind code, by the mark that begins it."""
_BETWEEN_TAGS = frozenset({"javascript", "javascriptreact", "php", "typescriptreact"})
_TAG = re.compile(r"</|/>")
_BEFORE_VALUE = re.compile(r"(?:[=(,]|\breturn|\A)\s*\Z")


def decoded(lines: Sequence[str]) -> list[str]:
    """The lines with the signs that entities stand for."""
    import html

    return [ENTITY.sub(lambda found: html.unescape(found[0]), line) for line in lines]


def with_signs(
    lines: Sequence[str], old: Sequence[str], file: str, language: str, repairs: list[Repair]
) -> list[str]:
    """The lines with signs, where all of these were written as entities, or some within code.

    Args:
        lines: that take the place of others.
        old: these others.
        file: the text of the whole document.
        language: an LSP language id.
        repairs: gets an entry for what was done.

    Raises:
        UnreadableError: entities are all that is new, so that they may be what is meant.
    """
    if not any("&" in line and ENTITY.search(line) for line in lines):
        return list(lines)
    found = in_code(lines, file, language)
    is_all = not any(map(_SIGN.search, lines)) and not ENTITY.search(file)
    if not found and not is_escaped(lines, old, file):
        return list(lines)
    signs = decoded(lines) if is_all else _decoded_at(lines, found)
    if [line.strip() for line in signs] == [line.strip() for line in old]:
        only = next(one[0] for one in map(ENTITY.search, lines) if one is not None)
        raise unreadable(
            Refusal.AMBIGUOUS,
            f"Only signs written as entities are new, such as `{only}`: they may be meant, or not.",
            only,
            f"The new text differs from the old one only in entities such as `{only}`. If these are"
            " meant to stand in the file, write the edit as a search/replace block.",
        )
    repairs.append(Repair("entities", risk="low" if is_all else "high"))
    return signs


def in_code(lines: Sequence[str], file: str, language: str) -> dict[int, list[re.Match[str]]]:
    """The entities in each line that stand in code, where none can be meant, by the line's number.

    They stand in no string and in no comment, and not between tags.

    Args:
        lines: of one piece of a document, without their ends.
        file: the text of the document.
        language: an LSP language id.
    """
    inside = inside_strings(lines, language) if language in CODE else None
    if inside is None or (
        language in _BETWEEN_TAGS and (_TAG.search(file) or any(map(_TAG.search, lines)))
    ):
        return {}
    each = ((at, list(_in_line(line, language))) for at, line in enumerate(lines))
    return {at: found for at, found in each if found and at not in inside}


def left_in_code(before: str, after: str, language: str) -> tuple[Repair, ...]:
    """A repair of high risk where the new lines of a document hold entities in code."""
    if not ENTITY.search(after):
        return ()
    known, lines = set(contents(before)), contents(after)
    found = in_code(lines, before, language)
    new = (one[0] for at, each in found.items() if lines[at] not in known for one in each)
    left = next(new, "")
    return (Repair("signs may be meant by entities", left, "high"),) if left else ()


def _in_line(line: str, language: str) -> Iterator[re.Match[str]]:
    if not ENTITY.search(line) or comment_in(line, language):
        return
    quoted = _QUOTED[_COMMENTS.get(language, "//")]
    bare = quoted.sub(lambda found: " " * len(found[0]), line)
    for found in ENTITY.finditer(bare):
        # `= &amp;` takes the address of something with that name.
        if bare[found.end() :].strip() or not _BEFORE_VALUE.search(bare[: found.start()]):
            yield found


def _decoded_at(lines: Sequence[str], places: Mapping[int, Sequence[re.Match[str]]]) -> list[str]:
    import html

    done = list(lines)
    for at, found in places.items():
        for one in reversed(found):
            line = done[at]
            done[at] = line[: one.start()] + html.unescape(one[0]) + line[one.end() :]
    return done


def is_escaped(lines: Sequence[str], old: Sequence[str], file: str) -> bool:
    """Whether all signs of some lines were written as entities.

    The lines hold entities and none of the signs, the file holds no entity, and what the lines
    replace holds such signs: so the lines are not about entities.

    Args:
        lines: that take the place of others.
        old: these others.
        file: the text of the whole document.
    """
    if not any("&" in line and ENTITY.search(line) for line in lines):
        return False
    if any(map(_SIGN.search, lines)) or ENTITY.search(file):
        return False
    return any(map(_SIGN.search, old))
