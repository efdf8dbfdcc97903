"""Text with `&lt;` and the like in place of signs, as some chat windows and models write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.reading import Refusal, Repair, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_SIGN = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


def decoded(lines: Sequence[str]) -> list[str]:
    """The lines with the signs that entities stand for."""
    import html

    return [ENTITY.sub(lambda found: html.unescape(found[0]), line) for line in lines]


def with_signs(
    lines: Sequence[str], old: Sequence[str], file: str, repairs: list[Repair]
) -> list[str]:
    """The lines with signs, where all of these were written as entities.

    Args:
        lines: that take the place of others.
        old: these others.
        file: the text of the whole document.
        repairs: gets an entry for what was done.

    Raises:
        UnreadableError: entities are all that is new, so that they may be what is meant.
    """
    if not is_escaped(lines, old, file):
        return list(lines)
    signs = decoded(lines)
    if [line.strip() for line in signs] == [line.strip() for line in old]:
        found = next(one[0] for one in map(ENTITY.search, lines) if one is not None)
        raise unreadable(
            Refusal.AMBIGUOUS,
            f"Only signs written as entities are new, such as `{found}`: they may be meant, or not.",
            found,
            f"The new text differs from the old one only in entities such as `{found}`. If these are"
            " meant to stand in the file, write the edit as a search/replace block.",
        )
    repairs.append(Repair("entities"))
    return signs


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
