"""Which file the words above a piece of a reply say that it is for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.file_names import attribute_in
from understudy.reading.languages import fits
from understudy.reading.path_words import named_in
from understudy.reading.same_path import without_version
from understudy.reading.targets import OWN, plain_path
from understudy.reading.telling import Told, sentences, told_in
from understudy.reading.whose import NOTHING, Compared, Whose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from understudy.reading.path_words import Named
    from understudy.reading.targets import Documents
    from understudy.reading.whose import Shown

_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_TAG = re.compile(r"<\w[^<>]*>")
_PLAIN_TAG = re.compile(r"</?[a-z]\w*>", re.IGNORECASE)
_FRONT = re.compile(
    r"(?:[#>*;:|\-+=_~`'\"\[({<\s]|\d{1,3}[.)]\s|/(?=[/*])|(?<=/)/|/\*|<!--|-{2,}FILEPATH"
    r"|\*\*\* (?:Update|Add) File|diff (?:--git|-\S+)\s(?:\S+\s)?)*"
    r"(?:(?:in|for|update|edit|change|modify|open|new|updated|modified|changed|fixed|the|file ?name|file ?path"
    r"|filename|files?|path|index)(?![\w./\\-])[:*`'\">\s]*){0,4}",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:[:*_`'\")\]<>}=\s\u2192\u2026.-]|-->|\*/|</\w+>"
    r"|,?\s*\(?(?:at |on |around |near )?(?:lines?|l\.?)\s*\d[\d\s,\u2013-]*(?:to\s+\d+)?\)?|\([^()]{0,40}\))*",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\A\W*(?:File \"[^\"]*\", line \d|at \S+ \(|\S+:\d+(?::\d+)?:?\s(?:\W*[\w.]*)?"
    r"(?:error|exception|warning|panic|failed|failure)\b)"
    r"|\w:\d+(?::\d+)?:?\s*-?\s*(?:error|warning|[A-Z]\d{3,}\b)|\A\s*[$%]\s",
    re.IGNORECASE,
)
"""What a compiler, a test runner or a traceback says of a place, and a command."""
_CODE = re.compile(r"\w\(|\"|'[^']*'|;")
_WORD = re.compile(r"[^\W\d_]+")
_REMARK = re.compile(r"[`*\"'\u2019)\]]*(?:\s*:+|\s+[-\u2013\u2014>\u2192|]+)\s*\S")
"""What stands between a path and what is said of it, where they are no sentence."""
_COMPARED = re.compile(r"diff\s+-")
_LONGEST_LABEL = 300
_FARTHEST = 1_000
"""A line so far above a piece says nothing of it."""
_NO_HEADING = 7
_SHORT = 3
_LEADING_OVER = 9
_LEADS_OVER = re.compile(
    r"\A(?!.*\b(?:to|up|so|it|this)\s+here\b|.*\bthis\s+file\b).*"
    r"\b(?:it|this|that|version|statement|code|fix|function|method|class|line|result)\b",
    re.IGNORECASE,
)


class Lead(NamedTuple):
    """What a piece of a reply is said to be for.

    Attributes:
        path: as it is written; empty where nothing is said.
        line: the number of the line that consists of it, among those that were looked at; None
            for a sentence.
        level: that of the heading which says it, and so for all pieces below it; 0 for none.
        is_near: whether the file is only spoken of, which counts where no place is told. A name
            that is made up counts for as little.
    """

    path: str = ""
    line: int | None = None
    level: int = 0
    is_near: bool = False


def lead_of(lines: Sequence[str], documents: Documents, shown: Shown = NOTHING) -> Lead:
    """What the lines between a piece of a reply and the piece before it say about its file.

    The nearest line that tells a place counts. A line that only consists of a path, and a heading
    with one, reach over the sentences below them, up to the next heading; a sentence counts where
    the piece follows it, or where it tells what is changed.

    Args:
        lines: with or without their ends, none of them code.
        documents: those that are known, whose names are paths however they look.
        shown: what the piece shows of its file. Where the text of another file can be had, it says
            more than a sentence about it.
    """
    compared = Compared(shown, documents)
    passed, is_last = _NO_HEADING, True
    near, known = Lead(), documents.paths
    for number in range(len(lines) - 1, max(len(lines) - _FARTHEST, 0) - 1, -1):
        line = lines[number].strip()
        if not line:
            continue
        level = _level(line)
        named = named_in(line, known)
        if named and (level or _NO_HEADING) <= passed and not _is_listed(lines, number, known):
            found = _told_by(line, named, documents, compared, is_last=is_last)
            found = found._replace(line=None if found.line is None else number, level=level)
            if found.path and not (found.is_near or documents.is_made_up(found.path)):
                return found
            near = near if near.path else found
        passed = min(passed, level - 1) if level else passed
        is_last = is_last and _is_short(line) and not (level or named)
    return near


def levels_of(lines: Sequence[str]) -> Iterator[int]:
    """The levels of the headings among some lines, from 1."""
    return (level for line in lines if (level := _level(line)))


def label_in(line: str, known: tuple[str, ...] = ()) -> str:
    """The path that a line consists of, but for marks, numbers of lines and words such as `File`."""
    line = line.strip()
    if len(line) > _LONGEST_LABEL:
        return ""
    line = _PLAIN_TAG.sub(" ", line).strip() if "<" in line else line
    named = named_in(line, known)
    if len({one.path for one in named}) != 1:
        return ""
    front, back = line[: named[0].start], line[named[-1].stop :]
    return named[0].path if _FRONT.fullmatch(front) and _BACK.fullmatch(back) else ""


def _level(line: str) -> int:
    found = _HEADING.match(line)
    return len(found["marks"]) if found else 0


def _told_by(
    line: str, named: Sequence[Named], documents: Documents, compared: Compared, *, is_last: bool
) -> Lead:
    """What one line says. A heading is read as a sentence right above the piece."""
    if given := attribute_in(line) if _TAG.fullmatch(line) else label_in(line, documents.paths):
        return Lead(given, 0)
    if _COMPARED.match(line):
        return Lead(_first_foreign([without_version(one.path) for one in named], documents), 0)
    if _REPORT.search(line):
        return Lead()
    is_heading = _level(line) > 0
    is_last = is_last or is_heading
    named = [one for one in named if not _is_in_code(line, one)]
    for start, stop, those in sentences(line, named):
        moved = [one._replace(start=one.start - start, stop=one.stop - start) for one in those]
        levels = told_in(line[start:stop], moved, is_last=is_last)
        is_label = is_heading and len(those) == 1
        if is_last and len(those) == 1 and levels[0] is not Told.NOT:
            title = _title(line[start:stop], moved[0])
            is_label = is_label or title is Told.YES
            levels = [max(levels[0], title)]
        found = _place(those, levels, documents, compared.label if is_label else compared.whose)
        if found.path:
            return found
        is_last = is_last and _is_short(line[start:stop]) and not those
    return Lead()


def _title(sentence: str, named: Named) -> Told:
    """How surely a sentence is a label by its form, as it says little but a path, in any language.

    `Step 2: cart.py` is one, `In der Datei cart.py:` and `cart.py - the new sum`; `Im cart.py muss es
    sein:` may be one.
    """
    front, back = sentence[: named.start], sentence[named.stop :]
    before, after = _WORD.findall(front), _WORD.findall(back)
    if (not before and _REMARK.match(back)) or (not after and len(before) <= _SHORT):
        return Told.YES
    return Told.LIKELY if len(before) + len(after) <= _SHORT else Told.NOT


def _is_short(sentence: str) -> bool:
    """Whether a sentence such as `The fix:` or `Update it like this:` only leads over to the piece."""
    words = len(sentence.split())
    return words <= _SHORT or (words <= _LEADING_OVER and _LEADS_OVER.search(sentence) is not None)


def _place(
    named: Sequence[Named],
    levels: Sequence[Told],
    documents: Documents,
    whose: Callable[[str], Whose],
) -> Lead:
    """The path that a sentence tells; one of another file, where it tells that as surely."""
    every = list(zip([one.path for one in named], levels, strict=True))
    told = [(path, level) for path, level in every if _is_told(path, level, documents, whose(path))]
    if told:
        surest = max(level for _, level in told)
        return Lead(_first_foreign([path for path, level in told if level is surest], documents))
    near = [path for path, level in every if level is Told.NEAR and whose(path) is not Whose.OWN]
    if len(set(map(documents.key, near))) != 1:
        return Lead()
    is_meant = documents.key(near[0]) is not None or documents.is_namesake(near[0])
    return Lead(near[0], is_near=True) if is_meant else Lead()


def _is_told(path: str, level: Told, documents: Documents, whose: Whose) -> bool:
    """Whether a sentence that speaks so of a file tells that the code is for it.

    What the piece quotes decides, as far as it stands in one of the two files. Else the words do.
    Sentences mention data, tests and things that only look like files. So the file of another name
    must be one of this language, or be there, and told in so many words, unless both have the text.
    """
    if whose in {Whose.OWN, Whose.OTHER}:
        return whose is Whose.OTHER
    is_near = documents.key(path) is not None or documents.is_namesake(path)
    if is_near or whose is Whose.EITHER:
        return level >= Told.LIKELY
    ending = PurePosixPath(plain_path(path)).suffix.removeprefix(".")
    is_source = bool(ending) and fits(ending, documents.own.language)
    is_meant = (
        is_source or documents.is_known(path) or (documents.may_create and not documents.home)
    )
    return level is Told.YES and is_meant


def _is_in_code(line: str, one: Named) -> bool:
    """Whether a path is a part of code between backticks, such as a call with it."""
    if line.count("`", 0, one.start) % 2 == 0:
        return False
    start, stop = line.rindex("`", 0, one.start) + 1, line.find("`", one.stop)
    return _CODE.search(line[start : stop if stop >= 0 else len(line)]) is not None


def _first_foreign(paths: Sequence[str], documents: Documents) -> str:
    """The first path that is not the document's, else the first one."""
    return next((path for path in paths if documents.key(path) != OWN), paths[0])


def _is_listed(lines: Sequence[str], number: int, known: tuple[str, ...]) -> bool:
    """Whether a line is one of several items of a list that are all paths."""
    if not _ITEM.match(lines[number]) or not label_in(lines[number], known):
        return False
    beside = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    return any(_ITEM.match(one) and label_in(one, known) for one in beside)
