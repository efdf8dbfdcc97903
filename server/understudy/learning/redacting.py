"""The words of a lesson as strangers may read them: what is not known to be harmless is masked.

Nothing is searched for that could be private, since nobody can list all of that: a word stays when it
is a plain one of sentences about code, a name of the standard library or of a public package, or a
tool's code. Paths, addresses, keys, machines, people, projects and identifiers are none of these. A word
that this user, machine or project is called by is masked though it be a plain one, in all of its forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.learning.name_forms import known_forms, tells, tells_together
from understudy.learning.public_names import is_public_code, is_public_name, is_word

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MASK = "<name>"
_CHUNK = re.compile(r"\S+")
_EDGES = "\"'`.,;:!?()[]{}<>*_\u2018\u2019\u201c\u201d\u2026"
_SIGNS = frozenset(
    {"=", "==", "!=", "->", "=>", "+", "-", "*", "&", "|", "\u2013", "\u2026", "()", "[]"}
)
_NUMBER = re.compile(r"[0-9]{1,2}")
_MOST_NUMBERS = 3
_MOST_APART = 4
"""Words in a row that may be one name."""
_PARTS = re.compile(r"[-\u2010]")
_PROPER = re.compile(r"[A-Z][a-z'\u2019]*")
_ENDS = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without what is private.

    Attributes:
        masked: how many words were masked.
        words: how many there were.
    """

    text: str
    masked: int
    words: int


def redact(text: str, private: Collection[str] = ()) -> Redacted:
    """The text on one line, with `MASK` in the place of every word that may not be shown.

    Args:
        text: any text. What surrounds a masked word goes with it, so that nothing of a path is left.
        private: names of the user, the machine and the project, in any case.
    """
    hidden = known_forms(private)
    chunks = _CHUNK.findall(text)
    masked_places = _rows_of_numbers(chunks) | _names_apart(chunks, hidden)
    shown: list[str] = []
    masked, begins = 0, True
    for place, chunk in enumerate(chunks):
        if place not in masked_places and _may_stay(chunk, hidden, begins=begins):
            shown.append(chunk)
        else:
            masked += 1
            if not shown or shown[-1] != MASK:
                shown.append(MASK)
        begins = chunk.endswith(_ENDS)
    return Redacted(" ".join(shown), masked, len(chunks))


def _rows_of_numbers(chunks: Sequence[str]) -> set[int]:
    """The places of numbers that stand in a row: a telephone number may be written in pairs."""
    found: set[int] = set()
    row: list[int] = []
    for place, chunk in enumerate(chunks):
        core = chunk.strip(_EDGES)
        if _NUMBER.fullmatch(core):
            row.append(place)
        elif core and core not in _SIGNS:
            row = []
        if len(row) >= _MOST_NUMBERS:
            found.update(row[-_MOST_NUMBERS:])
    return found


def _names_apart(chunks: Sequence[str], hidden: Collection[str]) -> set[int]:
    """The places of words that are a name together: `check out`, where a branch is called `checkout`."""
    cores = [chunk.strip(_EDGES) for chunk in chunks]
    found: set[int] = set()
    for begin in range(len(cores)):
        for end in range(begin + 2, min(begin + _MOST_APART, len(cores)) + 1):
            if tells_together(cores[begin:end], hidden):
                found.update(range(begin, end))
    return found


def _may_stay(chunk: str, hidden: Collection[str], *, begins: bool) -> bool:
    core = chunk.strip(_EDGES)
    if not core:
        return len(chunk) <= 3 and chunk.isascii()
    if core in _SIGNS or chunk in _SIGNS:
        return True
    if tells(core, hidden):
        return False
    # A leading `_` or `.` belongs to a name of somebody's code, or to a file.
    if chunk.lstrip("\"'`([{").startswith(("_", ".")):
        return False
    return _is_harmless(core, begins=begins)


def _is_harmless(core: str, *, begins: bool) -> bool:
    if not core.replace("\u2019", "'").isascii():
        return False
    if _NUMBER.fullmatch(core) or is_public_code(core) or is_public_name(core):
        return True
    if core == "and/or":
        return True
    parts = _PARTS.split(core.replace("\u2019", "'"))
    # A capital letter within a sentence begins a name.
    first = parts[0].lower() if begins and _PROPER.fullmatch(parts[0]) else parts[0]
    return all(is_word(part) for part in (first, *parts[1:]))
