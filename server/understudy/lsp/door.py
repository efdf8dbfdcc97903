"""Plain JSON parameters, read by hand.

For the methods that come with hundreds of items at once, some on every keystroke, where the general
converter would cost more than the work itself.
"""

from __future__ import annotations

from typing import Any

from understudy.core.failures import BadRequestError

MAX_NUMBER = 2**31 - 1
"""The largest `uinteger` of the protocol."""


def member(value: Any, name: str, kind: type | tuple[type, ...], where: str = "params") -> Any:
    """`value[name]`, which must be of `kind`.

    Raises:
        BadRequestError: names the place and what was expected.
    """
    if not isinstance(value, dict):
        raise BadRequestError(f"`{where}` must be an object.")
    found = value.get(name)
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is int):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        wanted = " or ".join(_WORDS.get(one, one.__name__) for one in kinds)
        raise BadRequestError(f"`{where}.{name}` must be {wanted}.")
    return found


def position(value: Any, where: str) -> tuple[int, int]:
    """`(line, character)` of an LSP position; numbers below 0 are refused.

    Some clients write 2³² - 1 for "the end of the line": what is too large becomes `MAX_NUMBER`.
    """
    line = member(value, "line", int, where)
    character = member(value, "character", int, where)
    if line < 0 or character < 0:
        raise BadRequestError(f"`{where}` must not be negative.")
    return min(line, MAX_NUMBER), min(character, MAX_NUMBER)


def place(value: Any, where: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Start and end of an LSP range."""
    start = position(member(value, "start", dict, where), f"{where}.start")
    return start, position(member(value, "end", dict, where), f"{where}.end")


def uri(params: Any) -> str:
    """`params.textDocument.uri`."""
    document = member(params, "textDocument", dict)
    found: str = member(document, "uri", str, "params.textDocument")
    return found


_WORDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a whole number",
    type(None): "null",
}
