"""Names that are taken from each other in the text of a type: `a::b::C`, `pkg.Kind`, `p.q.Outer.Inner`."""

from __future__ import annotations

import re

Row = tuple[str, ...]
"""The names, the first one first. A module that is told by where it lies stands in quotation marks."""

_NAME = r"[^\W\d][\w$]*"
_WHERE = r"\bimport\(\s*(['\"][^'\"\n]+['\"])\s*\)\."
"""As types name a module in TypeScript: `import('./a').Kind`."""
_WORD = re.compile(_NAME)
_ROW = re.compile(rf"(?:{_WHERE})?({_NAME}(?:(?:\.|::){_NAME})*)")


def words_in(text: str) -> tuple[str, ...]:
    """The names in a piece of code or a message, each alone, without repetition."""
    return tuple(dict.fromkeys(_WORD.findall(text)))


def rows_in(text: str) -> tuple[Row, ...]:
    """The rows of names in a piece of code or a message, without repetition."""
    found = ((where, *re.split(r"\.|::", names)) for where, names in _ROW.findall(text))
    return tuple(dict.fromkeys(row if row[0] else row[1:] for row in found))


def told_place(name: str) -> str:
    """Where a module lies that stands in quotation marks; empty for a name."""
    return name[1:-1] if name[:1] in {"'", '"'} else ""
