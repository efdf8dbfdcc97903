"""Which row of a catalogue a model's name means: the name itself, or that of its family.

A family is the longest name that the other begins with, and what follows must be a date, a size or
another word: never a version, since `gpt-5.7` is not `gpt-5` and `llama3.1` is not `llama3`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MEMBER = re.compile(
    r"[:@].+"
    r"|[-_](?!v?\d{1,2}(?:\.\d+)?(?:$|[-_:@.]))\w.*"
    r"|\.(?!\d)\w.*"
)
_SAME = re.compile(r"[-@:](?:20\d\d-?\d\d-?\d\d|\d{3,4}|latest|v\d+:\d+)")
"""What follows the name of a model when it is the very same model, of some date."""
_NEAR = 0.88
_SPACED = re.compile(r"^([a-z]+)[-_ ](?=v?\d)")
_FILE = re.compile(r"\.(?:gguf|bin|safetensors)$")


@dataclass(frozen=True, slots=True)
class Match:
    """A row that was found.

    Attributes:
        name: the row's.
        exact: whether it is the model itself and not a relative.
    """

    name: str
    exact: bool


def match(name: str, names: Collection[str]) -> Match | None:
    """The row for a model's name among the names of rows; None when there is no relative."""
    if name in names:
        return Match(name, exact=True)
    family = max((one for one in names if _is_member(name, one)), key=len, default=None)
    if family is None:
        return None
    rest = name[len(family) :]
    if _SAME.fullmatch(rest):
        return Match(family, exact=True)
    return None if _is_slip(name, rest, names) else Match(family, exact=False)


def match_open(name: str, families: Collection[str]) -> Match | None:
    """The family of a model with open weights, however its server spells its name.

    `meta-llama/Llama-3.1-8B-Instruct` is one of `llama3.1`.
    """
    plain = _SPACED.sub(r"\1", plain_name(name), count=1)
    found = match(plain, families)
    return None if found is None else Match(found.name, exact=plain == found.name)


def plain_name(name: str) -> str:
    """A name without its maker and its file's ending, in lower case."""
    return _FILE.sub("", re.split(r"[/\\]", name.strip())[-1].lower())


def lineage(name: str) -> str:
    """The first word of a model's name: `claude`, `gpt`, `qwen`; empty where it has none."""
    found = re.match(r"[a-z]+", plain_name(name))
    return found[0] if found is not None else ""


def _is_member(name: str, family: str) -> bool:
    return name.startswith(family) and _MEMBER.fullmatch(name, len(family)) is not None


def _is_slip(name: str, rest: str, names: Collection[str]) -> bool:
    """Whether a name is rather another one with a slip in it than an unknown relative."""
    if any(character.isdigit() for character in rest):
        return False
    import difflib

    return any(
        difflib.SequenceMatcher(None, name, other).ratio() >= _NEAR
        for other in names
        if abs(len(other) - len(name)) < 3 and not name.startswith(other)
    )
