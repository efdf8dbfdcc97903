"""Names of types, read from the text of a signature without parsing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.gathering.rows import rows_in, words_in

if TYPE_CHECKING:
    from understudy.gathering.rows import Row
    from understudy.gathering.syntaxes import Syntax

_OWNER = re.compile(r"(?<![\w$])(?:[\w$]++(?:<[^<>]*>)?[ \t]*::[ \t]*)+$")
"""The class before the name of its method, as C++ writes it outside of the class."""


def type_rows(text: str, name: str, syntax: Syntax, *, is_callable: bool) -> tuple[Row, ...]:
    """The rows of names in the type that a signature gives to what it defines, the likeliest first."""
    found = re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)
    if found is None:
        return ()
    if syntax.type_first:
        return tuple(reversed(rows_in(_OWNER.sub("", text[: found.start()]))))
    rest = text[found.end() :]
    if is_callable:
        return rows_in(_behind_parameters(rest))
    kind, equals, value = rest.partition("=")
    if equals and "type" in words_in(text[: found.start()]):
        return rows_in(value)
    rows = rows_in(kind.partition("//")[0])
    return rows or (rows_in(re.split(r"[({<]", value, maxsplit=1)[0]) if equals else ())


def _behind_parameters(text: str) -> str:
    """What follows the parameters of a function, up to its body."""
    depth = 0
    for at, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
            if depth == 0 and char == ")":
                rest = text[at + 1 :]
                return re.split(r"[{;]|=>|:\s*$|\bwhere\b", rest.lstrip(": "), maxsplit=1)[0]
    return ""


def parameter_rows(signature: str, name: str) -> tuple[Row, ...]:
    """The rows of names in the type of a parameter that is written behind its name."""
    found = re.search(rf"\b{re.escape(name)}\s*\??:\s*([^,=)]+)", signature)
    return rows_in(found[1]) if found else ()


def assigned(line: str, name: str, syntax: Syntax) -> bool:
    """Whether a line sets a member of the own object, as in `self.a = 1`."""
    return any(f"{own}.{name}" in line for own in syntax.own)
