"""How a sentence above code speaks of a file: as the place of what follows, or beside it.

`In other/cart.py, change this:` tells a place. `This is used by other/cart.py:` does not. What stands
right in front of the path decides, then the verb of its clause, then whether the sentence ends with
the path.
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
_WORD = re.compile(r"[a-z]+(?:['\u2019][a-z]+)?")
_BETWEEN = (
    r"(?:(?:the|your|our|my|this|that|its|file|files|module|script|class|code|one|also|both)\s+)*"
)
_PLACE = r"(?:in|into|inside|within|to|at|of|for|on)"
_BESIDE = re.compile(
    r"\b(?:as|like|unlike|than|by|from|with|via|per|see|against|beside|besides|alongside|after|before"
    r"|when|while|if|because|since|so|that|which|where|what|how|until|without|not|imported|importing"
    r"|used|using|called|calling|exists?|defined|declared|lives?|described|documented|found|located"
    r"|expected|needed|required|referenced|mentioned|tested|checked|follows|matches|mirrors|keeps?|breaks?"
    r"|affects?|breaking|makes|satisfy|lets|allows|passed|handed|sent|given|returned|exported|configured|through"
    r"|points?|ends?\s+up|depends?|rely|relies|based|considering|thanks|look(?:s|ed|ing)?|similar|consistent|identical|compared|relative|according|analogous"
    r"|(?<!\bthe\s)(?<!\ba\s)(?<!\bthis\s)(?<!\bthat\s)(?:imports?|uses?|calls?|match|reads?|checks?|tests?|following))\s+"
    rf"(?:(?:{_PLACE}|from|by)\s+)?{_BETWEEN}\Z"
    rf"|\binstead\s+of\s+(?:{_PLACE}\s+)?{_BETWEEN}\Z"
    rf"|\b(?:like|unlike|contrary\s+to)\s+(?:\w+\s+){{1,4}}{_PLACE}\s+{_BETWEEN}\Z"
    r"|\bto\s+(?:match|use|follow|fit|call|import|reuse|mirror|comply|conform|agree|be)\b"
    rf"|\b(?:imports?\s+of|use\s+of|calls?\s+(?:to|of|into)|references?\s+to)\s+{_BETWEEN}\Z"
)
_RELATED = re.compile(
    r"\b(?:follows|matches|mirrors|resembles|copies|reuses?|uses?|calls|imports|has|similar)\b"
    r"|\bthere\s+(?:is|are)\b(?!.*\b(?:bug|error|mistake|typo|problem|issue)\b)"
    r"|\b(?:callers?|call\s+sites?|usages?|references?|consumers?|style|pattern|conventions?|approach"
    rf"|behavior|behaviour|signature)\s*(?:{_PLACE}\s+)?{_BETWEEN}\Z"
)
_SAVED = re.compile(
    rf"\b(?:use|take)\s+(?:this|it|the\s+following)\s+(?:for|in|as)\s+{_BETWEEN}\Z"
    rf"|\b(?:patch|diff)\s+against\s+{_BETWEEN}\Z|\b(?:save|saved|write|written|create|created|store|stored|name|named|add|put|rename|renamed|move"
    rf"|moved)\b.*\sas\s+{_BETWEEN}\Z"
)
_REMOVED = re.compile(
    rf"\b(?:remove|removed|delete|deleted|drop|dropped|take|strip|cut)\b(?!.*\bimport).*\sfrom\s+{_BETWEEN}\Z"
)
_FAULT = re.compile(
    rf"\b(?:bug|issue|problem|error|fault|mistake|failure)\b.*\sfrom\s+{_BETWEEN}\Z"
)
_UNTOUCHED = re.compile(
    r"\b(?:no|any|further|other|more)\s+(?:changes?|edits?|updates?)\s+(?:\w+\s+){0,3}(?:in|to|for|of)\s"
    rf"*{_BETWEEN}\Z|\b(?:(?:do|did|does|have|has|is|are|was|were)n['\u2019]t|(?:do|did|does) not|never|without"
    r"|not|no need to|leave|left|keep|kept)\s+(?:(?:to\s+)?(?:touch|change|edit|modify|update|touching|changing"
    rf"|editing|modifying|updating|changed|touched|edited)\s+(?:the\s+(?:\w+\s+){{1,2}}of\s+)?)?{_BETWEEN}\Z"
    r"|\b(?:having\s+\w+|now\s+that\b.*|out\s+of|(?:should|will|would|must)\s+(?:also\s+)?fix)\s+"
    rf"{_BETWEEN}\Z"
)
_STAYS = re.compile(
    r"\s*(?:needs?\s+no|stays?|remains?|is\s+(?:un\w+|not)|does\s?n[o'\u2019]t|do(?:es)?\s+not|can\s+stay"
    r"|aren['\u2019]t|are\s+not|fails?|happy|pass(?:es)?|compiles?|goes\s+away|keeps?\s+working"
    r"|still\s+works?)\b|\s*to\s+here\b|\s*,\s*but\b|.*,.*\bthis\s+file\b"
    r"|.*,\s*(?:so|but|because|and|we|(?:the|its)\s+(?:real\s+)?(?:cause|fix))\b.*\bhere\b(?!['\u2019]s)"
)
"""The file is to stay as it is, or what is changed is here."""
_CHANGE = re.compile(
    r"\b(?:chang(?:e|es|ed|ing)|update[sd]?|updating|edit(?:s|ed|ing)?|modif(?:y|ies|ied|ying)"
    r"|fix(?:es|ed|ing)?|replac(?:e|es|ed|ing)|rewrit(?:e|es|ing|ten)|rewrote|patch(?:es|ed|ing)?"
    r"|add(?:s|ed|ing)?|remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|put|puts"
    r"|insert(?:s|ed|ing)?|append(?:s|ed|ing)?|appl(?:y|ies|ied|ying)|mak(?:e|es|ing)|made|do"
    r"|creat(?:e|es|ed|ing)|writ(?:e|es|ing|ten)|open|adjust(?:s|ed|ing)?|adapt(?:s|ed|ing)?|refactor(?:s|ed)?"
    r"|correct(?:s|ed|ing)?|swap|swapped|rename[sd]?|extend(?:s|ed)?|simplif(?:y|ies|ied)|paste"
    r"|improve[sd]?|convert(?:s|ed)?|clean(?:s|ed)?|revis(?:e|es|ed)|drop(?:s|ped)?|save[sd]?)\b"
)
_DIRECTLY = re.compile(
    rf"(?:{_CHANGE.pattern})\s+(?:up\s+)?(?:(?:in|into|inside|within|to|of|for|on)\s+)?{_BETWEEN}\Z"
)
_NOUN = re.compile(
    r"\b(?:fix|fixes|change|changes|patch|update|diff|edit|edits|rewrite)\s+(?:needed\s+)?"
    rf"(?:in|to|for|of|is\s+in)\s+{_BETWEEN}\Z"
    r"|\b(?:version|text|contents?|source|code|implementation)\s+(?:of|for)\s+"
    rf"{_BETWEEN}\Z|\b(?:is|are|goes|go|belongs?|sits|lies|this|it)\s+{_PLACE}\s+{_BETWEEN}\Z"
    rf"|\b(?:updated|fixed|new|changed|modified|corrected|revised|full|complete|whole|final)\s+{_BETWEEN}\Z"
)
_FIRST = re.compile(
    r"\A\W*(?:(?:and|then|now|next|first|second|third|finally|also|so|likewise|similarly|here|further"
    rf"|again|only|just|but|step\s\d+|\d+[.)])[\s:,.]+)*(?:(?:in|inside|within|for|file|path)[\s:]+)?{_BETWEEN}[\W\d]*\Z"
)
_MUST = re.compile(
    r"\s*(?:should|must|needs?\b|has\s+to|have\s+to|becomes?\b|will\b|would\b|now\b|changes?\b|gets?\b"
    r"|is\s+(?:now|wrong|broken|updated|changed|fixed|to\b)|was\s+(?:wrong|updated|changed|fixed)|[:=]|-+>?|\u2013|\u2014|\u2192|\()"
)
_LAST = re.compile(
    r"[`*\"'\u2019)\]\s]*(?:,?\s*\(?(?:at\s|on\s|around\s|near\s)?(?:lines?|l\.)\s*\d[\d\s,\u2013-]*(?:to\s+\d+)?\)?)?"
    r"(?:\s*\([^()]{0,40}\))?(?:\s+(?:as\s+follows|like\s+(?:this|so)|to|with))?"
    r"[\s:.!*_\u2026\u2192>=\u2013\u2014-]*\Z"
)
_TO_BE = re.compile(
    rf"\s*[,:]?\s*(?:\w+\s+)?{_CHANGE.pattern}|\s*[,:]?\s*(?:it|this|that|you|we|i|the\s+\w+|`[^`]+`)\s+(?:must"
    r"|should|needs?|has\s+to|have\s+to|now|becomes?|ha(?:s|ve)\s+been)\b"
    r"|\s*(?:[:=]|-+>?|\u2013|\u2014|\u2192|\()|\s+(?:should|must|needs?|has\s+to|becomes?|now)\b"
)
_LOOKS = re.compile(
    r"\s+(?:becomes\b|reads?\s*:)|\s+(?:should|must|will|has\s+to|looks?)\s+(?:be\b|look\b|now\b|like\b|:|$)"
)
_IS_AT_FAULT = re.compile(
    r"\s+(?:has|contains)\s+(?:the|a|this)\s+(?:bug|error|problem|fault|issue|mistake)\b|.*,.*\bthere\b\W*\Z"
)
"""The file is told to be wrong, or pointed at in the end."""
_BECOMES = re.compile(
    r"\s+(?:becomes?|should|must|needs\s+to|currently|with\s+the\s+(?:fix|change|patch|edit)\w*)\b"
)
_MODAL = re.compile(r"\b(?:may|might|could|would|can|should|later|also\s+want)\b")
_IN = re.compile(r"\b(?:in|inside|within|for|file|path)\b")
_THEN_CHANGE = re.compile(rf"\s*,\s*(?:\w+\s+)?{_CHANGE.pattern}")
_BESIDE_LABEL = re.compile(
    r"\b(?:tests?|call(?:er|site|ing)s?|related|used|uses?|using|see|source|affected|references?|imports?"
    r"|usages?|depends?|error|says|reports?)\b[^:]{0,60}:[\W_]*\Z"
)
"""What a list of files that have to do with the code begins with."""
_MARKS_BEFORE = re.compile(r"[`*\"'\u2018\u201c(\[_]+\Z")
_MARKS_BEHIND = re.compile(r"\A[`*\"'\u2019\u201d)\]_]+")
_LINE = re.compile(r"\A,?\s*\(?(?:at\s|on\s)?(?:lines?|l\.)\s*\d+(?:\s*[-\u2013]\s*\d+)?\)?(?=\s)")
_AND = re.compile(r"[`*\"'\s,]*(?:and|or|&)\s+(?:(?:in|to|for|also)\s+)*[`*\"'\s]*")
_COMMA = re.compile(r"[`*\"'\s]*[,/][`*\"'\s]*")
_CALLS = re.compile(
    r"\s+already\b|\s+(?:comes|stems|is\s+(?:caused|due))\b"
    r"|\s+(?:also\s+|still\s+)?(?:calls?|imports?|uses?|expects?|passes|pass|has|have|does|relies|depends"
    r"|defines?|contains?|reads?|tests?|runs?|works?|raises?|returns?|wants?|knows?)\b"
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
    is_place = bool(_SAVED.search(clause) or _REMOVED.search(clause))
    is_place = is_place or (is_last and _LOOKS.match(after) is not None)
    is_wrong = is_last and _is_told_wrong(clause, after)
    if not is_place and (is_wrong or _BESIDE.search(clause)):
        return Told.LIKELY if is_wrong else Told.NOT
    if is_place or _changes(clause, is_last=is_last):
        return Told.YES
    if _begins(clause, after, is_last=is_last):
        return Told.YES if _LAST.match(after) or _TO_BE.match(after) else Told.LIKELY
    return _said_last(clause, after) if is_last else Told.NOT


def _is_told_wrong(clause: str, after: str) -> bool:
    """Whether the fault is said to be in the file, or to come from it."""
    return bool(_IS_AT_FAULT.match(after) or (_FAULT.search(clause) and _LAST.match(after)))


def _changes(clause: str, *, is_last: bool) -> bool:
    """Whether the verb right in front of the path changes it; what may be done later does not."""
    return bool(_DIRECTLY.search(clause)) and (is_last or not _MODAL.search(clause))


def _begins(clause: str, after: str, *, is_last: bool) -> bool:
    """Whether a clause that begins with the path, or with `In` and the path, tells a place."""
    if not _FIRST.match(clause):
        return False
    if _IN.search(clause):
        return is_last or bool(_THEN_CHANGE.match(after))
    return is_last and bool(_MUST.match(after) or _LAST.match(after))


def _said_last(clause: str, after: str) -> Told:
    """What the sentence right above the code says."""
    if _NOUN.search(clause):
        return Told.YES
    if _CHANGE.search(clause):
        return Told.LIKELY
    if _RELATED.search(clause) or _CALLS.match(after):
        return Told.NOT
    if _BECOMES.match(after):
        return Told.YES
    return Told.LIKELY if _LAST.match(after) or _THEN_CHANGE.match(after) else Told.NEAR
