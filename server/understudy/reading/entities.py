"""Text with `&lt;` and the like in place of signs, as some chat windows and models write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_SIGN = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


def decoded(lines: Sequence[str]) -> list[str]:
    """The lines with the signs that entities stand for."""
    import html

    return [ENTITY.sub(lambda found: html.unescape(found[0]), line) for line in lines]


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
