"""Other ways to read the texts of a block, for when they are not in the file as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.entities import ENTITY, decoded, has_signs
from understudy.reading.fences import fence_of
from understudy.reading.numbered import numbers_of, unnumbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from understudy.reading import Risk

_ESCAPE = re.compile(r"\\(n|t|r|\"|'|`|\\)")
_MEANT = {"n": "\n", "t": "\t", "r": ""}


class Variant(NamedTuple):
    """A way to read a block.

    Attributes:
        wanted / new: its texts.
        what: what had to be put right; empty for the texts as they stand.
        hint: the line, from 0, that numbers in front of the lines name.
        risk: that something else is meant.
    """

    wanted: list[str]
    new: list[str]
    what: str = ""
    hint: int | None = None
    risk: Risk = "low"


def variants(
    wanted: Sequence[str], new: Sequence[str], file: Callable[[], str]
) -> Iterator[Variant]:
    """The texts of a block as they stand, and then in the ways in which they may be meant.

    Args:
        wanted: what is looked for.
        new: what takes its place.
        file: gives the text of the file, which is only asked for when it matters.
    """
    yield Variant(list(wanted), list(new))
    inner = _without_fence(wanted)
    if inner is not None:
        wanted, new = inner, _without_fence(new) or list(new)
        yield Variant(wanted, list(new), "fences inside a block")
    if (numbers := numbers_of(wanted)) is not None:
        first = numbers[0] - 1
        yield Variant(unnumbered(wanted), unnumbered(new), "line numbers", max(first, 0))
    if any(ENTITY.search(line) for line in wanted) and not ENTITY.search(file()):
        # Beside signs as they are, an entity may be meant.
        risk: Risk = "high" if has_signs((*wanted, *new)) else "low"
        yield Variant(decoded(wanted), decoded(new), "entities", risk=risk)
    if any(_ESCAPE.search(line) for line in wanted):
        yield Variant(_meant(wanted), _meant(new), "escapes written out")


def _without_fence(lines: Sequence[str]) -> list[str] | None:
    real = [number for number, line in enumerate(lines) if line.strip()]
    if len(real) < 2:
        return None
    first, last = fence_of(lines[real[0]]), fence_of(lines[real[-1]])
    if first is None or last is None or last.info or first.marks[0] != last.marks[0]:
        return None
    return list(lines[real[0] + 1 : real[-1]])


def _meant(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines)
    return _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[1]), text).split("\n")
