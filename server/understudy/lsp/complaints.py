"""What is wrong with a JSON value, in sentences that name its members as JSON spells them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cattrs.v import transform_error

from understudy.lsp.naming import camel

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 3
_EXPECTED = re.compile(r"expected (.+)$")
_WORDS = {"int": "a whole number", "str": "text", "bool": "true or false", "float": "a number"}
"""How people call the types of JSON; whatever has members is an object."""
_UNSAID = frozenset({"Optional", "Union", "Any"})
"""Where the converter does not say of what."""


def complaints(failure: BaseException, whole: str) -> str:
    """The first things that are wrong: "`range` of `understudy.fix` is missing".

    Args:
        failure: what the converter raised.
        whole: names the value that was read.
    """
    found = list(dict.fromkeys(_sentences(failure, whole)))
    more = len(found) - _MOST
    return "; ".join(found[:_MOST]) + (f"; and {more} more" if more > 0 else "")


def _sentences(failure: BaseException, whole: str) -> Iterator[str]:
    try:
        lines = transform_error(failure, path="")
    except Exception:  # noqa: BLE001 - the converter's own words are a courtesy
        lines = []
    for line in lines or [str(failure)]:
        what, _, where = line.rpartition(" @ ")
        yield f"{_place(where, whole)} {_fault(what)}"


def _place(where: str, whole: str) -> str:
    # The path begins with what was read, and spells members as Python does.
    parts = [camel(part) for part in where.split(".") if part]
    return f"`{'.'.join(parts)}` of `{whole}`" if parts else f"`{whole}`"


def _fault(what: str) -> str:
    if what.startswith("required field missing"):
        return "is missing"
    expected = _EXPECTED.search(what)
    if expected is None:
        return "has a value that is not allowed"
    names = [name.strip() for name in expected[1].split("|")]
    if any(name in _UNSAID for name in names):
        return "has a value of the wrong type"
    words = [_word(name) for name in names if name != "None"]
    return f"must be {' or '.join(dict.fromkeys(words))}"


def _word(name: str) -> str:
    if name.lower().startswith(("list", "sequence", "typing.sequence")):
        return "a list"
    return _WORDS.get(name, "an object")
