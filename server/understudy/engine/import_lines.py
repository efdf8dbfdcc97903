"""Lines that import something, in any language: they may change wherever the problem is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHOLE = re.compile(
    r"\s*(?:import\b|from\s+[\w.]+\s+import\b|(?:pub(?:\([\w: ]{1,40}\))?\s+)?use\s+[\w:{\\]"
    r"|extern\s+crate\b|#\s*include\b|using\s+\w|package\s+\w|require(?:_relative)?\s*\(?['\"]"
    r"|(?:const|let|var|local)\s[^=\n]{1,200}=\s*require\b"
    r"|export\s+(?:\*|(?:type\s+)?\{)[^=\n]{0,200}\bfrom\b)"
)
_OPENS = re.compile(
    r"\s*(?:import\b|from\s+[\w.]+\s+import\b|(?:pub\s+)?use\s+[\w:]|export\s+(?:type\s+)?\{)"
    r"[^=;\n]{0,200}[({]\s*(?://.*)?"
)
_PART = re.compile(
    r"\s*(?:(?:[\w.]{1,80}\s+)?\"[^\"\n]{1,200}\";?|(?:type\s+)?[\w*:{}, ]{1,200}|\}[\w\s;:,'\"./@-]{0,200}|\))"
    r"\s*(?://.*|#.*)?"
)
"""A line inside an import of several lines: a quoted path (Go), or names."""

FARTHEST = 60
"""How many lines up the beginning of an import is looked for."""


def are_imports(changed: Sequence[str], above: Sequence[str]) -> bool:
    """Whether some neighbouring lines do nothing but import, or are blank.

    Args:
        changed: the lines, before and after an edit.
        above: the lines of the text that stand before them.
    """
    told = [line.rstrip("\r\n") for line in changed]
    rest = [line for line in told if line.strip() and not _WHOLE.match(line)]
    if not rest:
        return True
    return all(map(_PART.fullmatch, rest)) and (_opened(told) or _opened(above))


def _opened(lines: Sequence[str]) -> bool:
    """Whether the last of the lines stands within an import, or begins one."""
    for line in reversed(lines[-FARTHEST:]):
        bare = line.rstrip("\r\n")
        if _OPENS.fullmatch(bare):
            return True
        if bare.strip() and not _PART.fullmatch(bare):
            return False
    return False
