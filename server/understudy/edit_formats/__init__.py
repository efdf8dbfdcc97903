"""One way of writing edits per file. Each defines `EDIT_FORMAT`.

A format says what to ask of a model, and reads what came back. It never guesses: a reply that does
not say clearly what to write is a failure, and the next attempt or the next model answers.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.core.plugins import load_folder
from understudy.core.text import Span
from understudy.reading import Match, Refusal, Repair, UnreadableError
from understudy.reading.assigning import refuse_other_file
from understudy.reading.carrying_out import carried_out
from understudy.reading.search_edits import carried_out as searched_and_replaced
from understudy.reading.standing_in import standing_in
from understudy.reading.targets import Documents, nowhere, unread
from understudy.reading.told_pairs import gone_names, told_pairs
from understudy.reading.unassigned import unassigned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from understudy.reading import Risk
    from understudy.reading.fences import Answer
    from understudy.reading.hunks import FileEdit
    from understudy.reading.thoughts import Said
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Region:
    """What a model may rewrite: lines of one document, and other documents if there are any.

    Attributes:
        view: the document.
        lines: the region's lines, counted from 0; at least one. Formats that work on files have
            all lines of the document here.
        marked: those lines of the document that the problem's diagnostic marks; none for a wish.
        others: further documents that an edit may touch, by their path as the model was told it.
        may_create: whether files that do not exist yet may be written.
        stays: whether the document itself must stay as it is, and only others may change.
        home: the path of the file that code without one is meant for, whatever form was asked for.
        is_there: whether a path below the workspace folder is that of a file other than the document;
            for a name alone, whether any file there has it.
        text_of: the text of such a file by its path; None where it may not be read.
    """

    view: View
    lines: range
    others: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    may_create: bool = False
    stays: bool = False
    home: str = ""
    is_there: Callable[[str], bool] = nowhere
    text_of: Callable[[str], str | None] = unread
    marked: range = range(0)

    @property
    def documents(self) -> Documents:
        """What a reply may change."""
        view, create = self.view, self.may_create
        return Documents(view, self.others, create, self.home, self.is_there, self.text_of)

    @property
    def span(self) -> Span:
        """The region in code points: whole lines with their ends."""
        index = self.view.index
        return Span(index.start(self.lines.start), index.start(self.lines.stop))

    @property
    def text(self) -> str:
        """The region's own text."""
        return self.span.of(self.view.text)

    @property
    def is_whole(self) -> bool:
        """Whether the region is the whole document."""
        return self.lines.start == 0 and self.lines.stop >= len(self.view.index)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What becomes of a document other than the region's.

    Attributes:
        path: as the model was told it, or below the workspace folder for a new file.
        after: its whole new text; None when the file is deleted.
        new_path: where it is moved to; empty when it stays.
    """

    path: str
    after: str | None
    new_path: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says.

    Attributes:
        after: the whole document with the edit carried out. It equals the document when the edit
            is in it already.
        prose: what the model wrote beside the code.
        repairs: what had to be put right before the reply could be read.
        match: the least sure way in which one of the edits was placed.
        others: what becomes of other documents.
        leftovers: blocks that belong to nothing that was asked about, shortened.
        thinking: what the model thought aloud.
        questions: what the model asks back.
    """

    after: str
    prose: str = ""
    repairs: tuple[Repair, ...] = ()
    match: Match = Match.GIVEN
    others: tuple[FileChange, ...] = ()
    leftovers: tuple[str, ...] = ()
    thinking: str = ""
    questions: tuple[str, ...] = ()

    @property
    def risk(self) -> Risk:
        """The highest risk of all repairs, and of how the places were found."""
        risks = {repair.risk for repair in self.repairs}
        if "high" in risks or self.match is Match.SIMILAR:
            return "high"
        return "low" if "low" in risks else "none"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a reply that is still being written has said so far.

    Attributes:
        finished: how many edits are complete.
        after: the document with exactly these carried out; None before the first one.
        hopeless: why nothing that may follow can make the reply readable; empty while it can.
    """

    finished: int = 0
    after: str | None = None
    hopeless: str = ""


@dataclass(frozen=True, slots=True)
class EditFormat:
    """A way of writing edits.

    Attributes:
        id: its name in settings, in the journal and in the models' records.
        rules: what the model is told about how to answer.
        claims: whether a reply of unknown format is written in this one. Cheap, and careful: the
            format's own marks must be there.
        read: the document that a finished reply leads to; raises `UnreadableError`.
        write: a reply that means the change of the region's document to the given text. For every
            text that differs, `read(write(region, after), region).after == after`.
        watch: what an unfinished reply has said so far. It never raises.
        rank: formats are tried in rising rank when the format of a reply is unknown.
        whole_file: whether the region is always the whole document.
        schema: the JSON Schema that a reply is held to, where a model can be; None for text.
    """

    id: str
    rules: Callable[[Region], str]
    claims: Callable[[str], bool]
    read: Callable[[str, Region], Reading]
    write: Callable[[Region, str], str]
    watch: Callable[[str, Region], Progress]
    rank: int
    whole_file: bool = True
    schema: Mapping[str, Any] | None = None


def reads_back(
    read: Callable[[str, Region], Reading], reply: str, region: Region, after: str
) -> bool:
    """Whether a reply that was written leads to the text that it was written for."""
    try:
        return read(reply, region).after == after
    except UnreadableError:
        return False


def checked(
    reading: Reading, answer: str, prose: str, region: Region, *, exact: bool = False
) -> Reading:
    """What edits say, with what speaks against it: code in other blocks, lines in the place of code.

    A text that can't be parsed any more speaks against it as well.

    Args:
        reading: what the edits say.
        answer: the reply.
        prose: its lines that belong to no edit.
        region: what may be rewritten.
        exact: whether the new lines are meant to the letter.

    Raises:
        UnreadableError: such a block is the text of a file, or a new line says that it stands for
            others.
    """
    from understudy.index.broken import broken

    view = region.view
    flaws = broken(view.text, reading.after, view.language)
    if not exact:
        reading = _without_stand_ins(reading, region)
        flaws += tuple(_left_in_code(reading, region))
    afters = (reading.after, *(one.after for one in reading.others))
    found = unassigned(answer, prose, region.documents, afters)
    repairs = (*reading.repairs, *flaws, *found.repairs)
    return replace(reading, repairs=repairs, leftovers=(*reading.leftovers, *found.shown))


def _left_in_code(reading: Reading, region: Region) -> Iterator[Repair]:
    """A repair for each document into whose code an edit brings entities."""
    from understudy.index.left_entities import left_in_code, left_in_file

    yield from left_in_code(region.view.text, reading.after, region.view.language)
    for one in reading.others:
        known = region.others.get(one.path)
        if known is not None:
            yield from left_in_code(known.text, one.after or "", known.language)
        else:
            yield from left_in_file(one.path, one.after or "")


def _without_stand_ins(reading: Reading, region: Region) -> Reading:
    """The same, with a repair of high risk for each comment that may stand for code."""
    before = region.view.text
    if reading.after == before:
        return reading
    found = standing_in(before, reading.after, region.view.language)
    return replace(reading, repairs=(*reading.repairs, *found))


def told_reading(answer: Answer, region: Region, spoken: Said) -> Reading | None:
    """What a reply says that has a text and what takes its place in two plain blocks; None for others.

    Args:
        answer: the reply, taken apart.
        region: what it may rewrite; nothing outside of it may change.
        spoken: the reply, without what the model thought aloud.

    Raises:
        UnreadableError: a block beside these is the text of a file, or one of them another file's.
    """
    view = region.view
    blocks = told_pairs(answer.blocks, view.text, view.language)
    if not blocks:
        return None
    documents = region.documents.own_only
    refuse_other_file(answer.blocks, answer.blocks, documents)
    within = None if region.is_whole else region.lines
    try:
        done = searched_and_replaced(blocks, documents, within)
    except UnreadableError:
        return None
    span = region.span
    rest = view.text[: span.start], view.text[span.end :]
    if done.match is Match.ALREADY or not (
        done.after.startswith(rest[0]) and done.after.endswith(rest[1])
    ):
        return None
    told = Repair("a text and what takes its place in two blocks")
    repairs = (told, *done.repairs, *gone_names(blocks, done.after))
    reading = Reading(done.after, answer.prose, repairs, done.match, thinking=spoken.thinking)
    used = {side.raw for block in blocks for pair in block.cuts for side in pair}
    beside = "\n".join(one.text for one in answer.blocks if one.text not in used)
    return checked(reading, spoken.answer, beside, region)


def progress_of(edits: Sequence[FileEdit], region: Region, finished: int) -> Progress:
    """What the finished hunks of a patch have said so far.

    Args:
        edits: with the finished hunks alone.
        region: what the patch may change.
        finished: how many there are.
    """
    if not finished:
        return Progress()
    try:
        done = carried_out(edits, region.documents)
    except UnreadableError as error:
        # What follows may still tell one place from another, or change something.
        open_still = error.refusal in {Refusal.AMBIGUOUS, Refusal.NO_CHANGE}
        return Progress(finished, hopeless="" if open_still else str(error))
    return Progress(finished, done.after)


def all_edit_formats() -> dict[str, EditFormat]:
    """Every format, by its id."""
    return load_folder(sys.modules[__name__], "EDIT_FORMAT", EditFormat)
