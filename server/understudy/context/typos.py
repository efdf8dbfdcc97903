"""Whether an undefined name is a slip of the fingers or another word altogether.

A checker can't tell: any name that exists makes its complaint go away. So only such differences
count that people make when they type, and not those that make another word: `min_len` is no
misspelt `max_len`, `parsed` no misspelt `parser`, and `arg2` no misspelt `arg1`.
"""

from __future__ import annotations

import re
from typing import Literal

from understudy.context.nearness import distance, fold

Slip = Literal["case", "swap", "lost", "doubled", "added", "changed", "several"]

_SHORT = 3
"""Names of so many letters differ from each other in one letter more often than not."""
_MIN_CHANGED = 6
_MIN_SEVERAL = 8


def slip_between(name: str, meant: str) -> Slip:
    """What a typist who wrote `name` for `meant` did."""
    if fold(name) == fold(meant):
        return "case"
    if is_swap(name, meant):
        return "swap"
    if len(name) + 1 == len(meant) and _without_one(meant, name):
        return "lost"
    if len(name) == len(meant) + 1 and _without_one(name, meant):
        at = _first_difference(name, meant)
        return "doubled" if at and name[at] == name[at - 1] else "added"
    return "changed" if distance(name, meant, 1) == 1 else "several"


def is_swap(name: str, meant: str) -> bool:
    """Whether two neighbouring letters changed places, and that is all."""
    if len(name) != len(meant) or name == meant:
        return False
    at = _first_difference(name, meant)
    return (
        name[at : at + 2] == meant[at : at + 2][::-1]
        and name[at + 2 :] == meant[at + 2 :]
        and name[at].isalpha()
        and meant[at].isalpha()
    )


def is_slip(name: str, meant: str) -> bool:
    """Whether someone who wrote `name` can be believed to have meant the name `meant`."""
    if fold(name) == fold(meant):
        return _same_style(name, meant)
    if re.sub(r"\D", "", name) != re.sub(r"\D", "", meant):
        return False
    parts, others = name.split("_"), meant.split("_")
    if len(parts) == len(others):
        pairs = [pair for pair in zip(parts, others, strict=True) if pair[0] != pair[1]]
        return all(_is_slip_in_word(*pair) for pair in pairs) and len(pairs) <= 2
    return _is_slip_in_word(name, meant) and slip_between(name, meant) != "several"


def is_plural(name: str, other: str) -> bool:
    """Whether one of the names is the other with an `s`: one and many of a thing."""
    return f"{name}s" == other or f"{other}s" == name


def _is_slip_in_word(word: str, meant: str) -> bool:
    slip = slip_between(word, meant)
    if slip in ("case", "swap"):
        return slip == "swap" or _same_style(word, meant)
    if min(len(word), len(meant)) <= _SHORT or word[0] != meant[0]:
        return False
    if slip == "changed":
        return len(word) >= _MIN_CHANGED and word[-1] == meant[-1]
    if slip == "several":
        return min(len(word), len(meant)) >= _MIN_SEVERAL and word[-1] == meant[-1]
    return not _is_inflected(*sorted((word, meant), key=len))


def _same_style(name: str, meant: str) -> bool:
    """A class `User` is something else than a `user`, and `TIMEOUT` than a `timeout`."""
    return name.lstrip("_")[:1] == meant.lstrip("_")[:1]


def _is_inflected(word: str, longer: str) -> bool:
    """`parse` and `parser`, `store` and `stored` are different words."""
    return word.endswith("e") and longer in (f"{word}r", f"{word}d")


def _without_one(longer: str, shorter: str) -> bool:
    at = _first_difference(longer, shorter)
    return longer[:at] + longer[at + 1 :] == shorter


def _first_difference(name: str, other: str) -> int:
    pairs = enumerate(zip(name, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(name), len(other)))
