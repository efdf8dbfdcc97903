"""How a sentence above code speaks of a file: as the place of what follows, or beside it.

`In other/cart.py, change this:` tells a place. `This is used by other/cart.py:` does not. What stands
right in front of the path decides, then the verb of its clause, then whether the sentence ends with
the path. Words are only asked where the texts of the files say nothing (`whose.py`), so the families
of words here are few and wide.
"""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.reading.path_words import Named


class Told(IntEnum):
    """How surely a sentence says that the code below belongs to a file."""

    NOT = 0
    NEAR = 1
    """The sentence is about the file, in whatever way."""
    LIKELY = 2
    """Something is changed, and the file is where it is or where it shows."""
    YES = 3


_END = re.compile(r"[.!?](?:[`*)\]\"']*\s+)(?=[`*(\"']*[A-Z0-9])")
_CLAUSE = re.compile(r"[,;:\u2013\u2014(]|\s-{1,2}\s")
_BETWEEN = (
    r"(?:(?:the|your|our|my|this|that|its|files?|module|script|class|code|one|also|both)\s+)*"
)
_PLACE = r"(?:in|into|inside|within|to|at|of|for|on)"
_CHANGE = (
    r"\b(?:chang|update|updating|edit|modif|fix|replac|rewr|patch|add|remov|delet|mov|put|insert|appl[iy]|mak|made"
    r"|creat|writ|open|adjust|adapt|refactor|correct|renam|simplif|touch|save|drop|diff\b)\w*\b"
)
_LINKING = (
    r"as|like|unlike|than|by|from|with|via|per|see|besides?|after|before|when|while|if|because"
    r"|since|so|that|which|where|what|how|until|without|not|ends?\s+up|thanks|similar|according"
    r"|instead\s+of"
)
_RELATING = (
    r"(?:import|us|call|exist|define|declare|liv|describe|document|found|locat|expect|need|require|reference|mention"
    r"|test|check|follow|match|mirror|keep|break|affect|satisf|pass|giv|return|export|point|depend|rel[iy]|bas"
    r"|consider|look|compar|read)\w*"
)
_BESIDE = re.compile(
    rf"\b(?:{_LINKING}|(?<!\bthe\s)(?<!\ba\s)(?<!\bthis\s)(?<!\bthat\s){_RELATING})\s+"
    rf"(?:(?:{_PLACE}|from|by)\s+)?{_BETWEEN}\Z"
    rf"|\b(?:un)?like\s+(?:\w+\s+){{1,4}}{_PLACE}\s+{_BETWEEN}\Z|\bto\s+(?:match|use|follow|fit|call|import)\b"
    rf"|\b(?:imports?|uses?|calls?|references?)\s+(?:of|to)\s+{_BETWEEN}\Z"
)
_RELATED = re.compile(
    r"\b(?:follows|matches|mirrors|uses?|calls|has)\b|\bthere\s+(?:is|are)\b(?!.*\b(?:bug|error)\b)"
    r"|\b(?:callers?|call\s+sites?|usages?|style|pattern|signature)"
    rf"\s*(?:{_PLACE}\s+)?{_BETWEEN}\Z"
)
_MOVED = re.compile(
    rf"\b(?:save|writ|creat|stor|name|renam|mov)\w*\b.*\sas\s+{_BETWEEN}\Z"
    rf"|\b(?:remov|delet|drop|tak)\w*\b(?!.*\bimport).*\sfrom\s+{_BETWEEN}\Z"
    rf"|\b(?:(?:start|begin|continue)\w*\s+(?:with|in|at)|(?:bug|issue|problem)\s+comes\s+from)\s+{_BETWEEN}\Z"
)
"""What makes a place of a file in spite of the word in front of it."""
_UNTOUCHED = re.compile(
    rf"\b(?:no|any|further|other|more)\s+(?:changes?|edits?|updates?)\s+(?:\w+\s+){{0,3}}{_PLACE}\s*{_BETWEEN}\Z"
    r"|\b(?:(?:do|did|does|have|has|is|are|was|were)(?:n['\u2019]t| not)|never|without|not|no need to|leave|left"
    rf"|keep|kept)\s+(?:(?:to\s+)?{_CHANGE}\s+(?:the\s+(?:\w+\s+){{1,2}}of\s+)?)?{_BETWEEN}\Z"
    rf"|\b(?:having\s+\w+|(?:should|will|would|must)\s+(?:also\s+)?fix)\s+{_BETWEEN}\Z"
)
_STAYS = re.compile(
    r"\s*(?:(?:will\s+)?needs?\s+no|no\s+longer|stays?|remains?|is\s+(?:un\w+|not)|(?:is|are|does|do)(?:n['\u2019]t|\s+not)"
    r"|fails?|happy|pass(?:es)?|goes\s+away|keeps?)\b|\s*to\s+here\b|\s*,\s*but\b"
    r"|.*,.*\bthis\s+file\b|.*,\s*(?:so|but|because|and|we|(?:the|its)\s+(?:real\s+)?(?:cause|fix))\b.*\bhere\b(?!['\u2019]s)"
)
"""The file is to stay as it is, or what is changed is here."""
_DIRECTLY = re.compile(rf"(?:{_CHANGE})\s+(?:up\s+)?(?:{_PLACE}\s+)?{_BETWEEN}\Z")
_NOUN = re.compile(
    rf"\b(?:version|text|contents?|source|code)\s+(?:of|for)\s+{_BETWEEN}\Z"
    rf"|\b(?:patch|diff)\s+against\s+{_BETWEEN}\Z|\b(?:new|full|complete|whole)\s+{_BETWEEN}\Z"
    rf"|\b(?:is|are|goes?|belongs?|sits|this|it|needed)\s+{_PLACE}\s+{_BETWEEN}\Z"
)
_FIRST = re.compile(
    r"\A\W*(?:(?:and|then|now|next|first|finally|also|so|here|but|step\s\d+|\d+[.)])"
    rf"[\s:,.]+)*(?:(?:in|inside|within|for|file|path)[\s:]+)?{_BETWEEN}[\W\d]*\Z"
)
_IN = re.compile(r"\b(?:in|inside|within|for|file|path)\b")
_LOOKS = re.compile(
    r"(?:\s+it)?\s+(?:becomes?|looks?|reads?\s*:"
    r"|(?:should|must|will|has\s+to)(?:\s+(?:be|now|look|read)\b|\s*:))"
)
"""The file is told to be as the code is."""
_BECOMES = re.compile(
    r"\s+(?:should|must|needs?\s+(?:to|th\w+)|ha(?:s|ve)\s+to|changes?|currently|now"
    r"|with\s+the\s+(?:fix|change|edit)|(?:is|was)\s+(?:now|wrong|broken|to))\b"
)
_REMARK = re.compile(
    r"\s*(?:[:=(\u2013\u2014\u2192]|-+>?)"
    r"|\s*,?\s*(?:it|you|we|i|the\s+\w+|`[^`]+`)\s+(?:must|should|needs?|ha(?:s|ve)\s+to)\b"
)
_LAST = re.compile(
    r"[`*\"'\u2019)\]\s]*(?:,?\s*\(?(?:at\s|on\s|around\s|near\s)?(?:lines?|l\.)\s*\d[\d\s,\u2013-]*(?:to\s+\d+)?\)?)?"
    r"(?:\s*\([^()]{0,40}\))?(?:\s+(?:as\s+follows|like\s+(?:this|so)|to|with))?"
    r"[\s:.!*_\u2026\u2192>=\u2013\u2014-]*\Z"
)
_THEN = re.compile(rf"\s*[,:]?\s*(?:\w+\s+)?{_CHANGE}")
_AT_FAULT = re.compile(
    r"\s+(?:has|contains)\s+(?:the|a|this)\s+(?:bug|error|problem|fault|issue)\b|.*,.*\bthere\b\W*\Z"
)
"""The file is told to be wrong, or pointed at in the end."""
_MODAL = re.compile(r"\b(?:may|might|could|can|should|later)\b")
_BESIDE_LABEL = re.compile(
    r"\b(?:tests?|call(?:er|site|ing)s?|related|us(?:ed|es?|ing|ages?)|see|source|affected|references?|imports?"
    r"|depends?|error|says|reports?)\b[^:]{0,60}:[\W_]*\Z"
)
"""What a list of files that have to do with the code begins with."""
_MARKS_BEFORE = re.compile(r"[`*\"'\u2018\u201c(\[_]+\Z")
_MARKS_BEHIND = re.compile(r"\A[`*\"'\u2019\u201d)\]_]+")
_LINE = re.compile(r"\A,?\s*\(?(?:at\s|on\s)?(?:lines?|l\.)\s*\d+(?:\s*[-\u2013]\s*\d+)?\)?(?=\s)")
_AND = re.compile(r"[`*\"'\s,]*(?:and|or|&)\s+(?:(?:in|to|for|also)\s+)*[`*\"'\s]*")
_COMMA = re.compile(r"[`*\"'\s]*[,/][`*\"'\s]*")
_CALLS = re.compile(
    r"\s+(?:already|comes|stems|is\s+(?:caused|due)|(?:also\s+|still\s+)?(?:call|import|us|expect|pass|ha[sv]|do|rel[iy]|depend"
    r"|defines?|contain|read|run|work|rais|return|provides?|export)\w*)\b"
)


def sentences(line: str, named: Sequence[Named]) -> Iterator[tuple[int, int, list[Named]]]:
    """The sentences of a line with the paths in them, the last one first: start, stop and paths."""
    ends = [
        found.end()
        for found in _END.finditer(line)
        if not any(one.start < found.end() <= one.stop for one in named)
    ]
    for start, stop in reversed(list(pairwise([0, *ends, len(line)]))):
        yield start, stop, [one for one in named if start <= one.start < stop]


def told_in(sentence: str, named: Sequence[Named], *, is_last: bool) -> list[Told]:
    """How a sentence speaks of each path in it.

    Args:
        sentence: of one line.
        named: its paths, in order, their places within the sentence.
        is_last: whether the code follows it, and no other sentence.
    """
    listed = _listed(sentence, named)
    found = [_told(sentence[: one.start], sentence[one.stop :], is_last=is_last) for one in named]
    for number in range(1, len(named)):
        # What stands in front of a list is said of all of it.
        found[number] = found[number - 1] if listed[number] else found[number]
    return found


def _listed(sentence: str, named: Sequence[Named]) -> list[bool]:
    """Whether each path is one of a list that the path before it is in as well."""
    found = [False] * len(named)
    for number in range(len(named) - 1, 0, -1):
        between = sentence[named[number - 1].stop : named[number].start]
        is_longer = number + 1 < len(named) and found[number + 1]
        found[number] = bool(_AND.fullmatch(between) or (is_longer and _COMMA.fullmatch(between)))
    return found


def _told(before: str, after: str, *, is_last: bool) -> Told:
    before = _MARKS_BEFORE.sub("", before.lower())
    after = _LINE.sub("", _MARKS_BEHIND.sub("", after.lower()))
    clause = _CLAUSE.split(before)[-1] if before.strip() else ""
    if _UNTOUCHED.search(clause) or _STAYS.match(after) or _BESIDE_LABEL.search(before):
        return Told.NOT
    is_place = bool(_MOVED.search(clause) or (is_last and _LOOKS.match(after)))
    is_wrong = is_last and _AT_FAULT.match(after) is not None
    if not is_place and (is_wrong or _BESIDE.search(clause)):
        return Told.LIKELY if is_wrong else Told.NOT
    if is_place or _changes(clause, is_last=is_last):
        return Told.YES
    if _begins(clause, after, is_last=is_last):
        is_sure = any(one.match(after) for one in (_LAST, _REMARK, _BECOMES, _THEN))
        return Told.YES if is_sure else Told.LIKELY
    return _said_last(clause, after) if is_last else Told.NOT


def _changes(clause: str, *, is_last: bool) -> bool:
    """Whether the verb right in front of the path changes it; what may be done later does not."""
    return bool(_DIRECTLY.search(clause)) and (is_last or not _MODAL.search(clause))


def _begins(clause: str, after: str, *, is_last: bool) -> bool:
    """Whether a clause that begins with the path, or with `In` and the path, tells a place."""
    if not _FIRST.match(clause):
        return False
    if _IN.search(clause):
        return is_last or bool(_THEN.match(after))
    return is_last and any(one.match(after) for one in (_LAST, _REMARK, _BECOMES))


def _said_last(clause: str, after: str) -> Told:
    """What the sentence right above the code says."""
    if _NOUN.search(clause) or _BECOMES.match(after):
        return Told.YES
    if _RELATED.search(clause) or _CALLS.match(after):
        return Told.NOT
    return Told.LIKELY if _LAST.match(after) else Told.NEAR
