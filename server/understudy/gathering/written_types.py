"""Names of types, read from the text of a signature without parsing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.gathering.used import words_in

if TYPE_CHECKING:
    from understudy.gathering.syntaxes import Syntax


def type_words(text: str, name: str, syntax: Syntax, *, is_callable: bool) -> tuple[str, ...]:
    """The names in the type that a signature gives to what it defines."""
    found = re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)
    if found is None:
        return ()
    if syntax.type_first:
        return tuple(reversed(words_in(text[: found.start()])))
    rest = text[found.end() :]
    if is_callable:
        return words_in(_behind_parameters(rest))
    kind, equals, value = rest.partition("=")
    if equals and "type" in words_in(text[: found.start()]):
        return words_in(value)
    words = words_in(kind.partition("//")[0])
    return words or (words_in(re.split(r"[({<]", value, maxsplit=1)[0]) if equals else ())


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


def parameter_words(signature: str, name: str) -> tuple[str, ...]:
    """The names in the type of a parameter that is written behind its name."""
    found = re.search(rf"\b{re.escape(name)}\s*\??:\s*([^,=)]+)", signature)
    return words_in(found[1]) if found else ()


def assigned(line: str, name: str, syntax: Syntax) -> bool:
    """Whether a line sets a member of the own object, as in `self.a = 1`."""
    return any(f"{own}.{name}" in line for own in syntax.own)
