"""Patches in the `apply_patch` format, V4A, which several models were trained to write.

Files are named by `*** Update File:` and the like; `@@` lines name a line above the place, not
line numbers, and context decides. Models leave out what they can: the blank in front of context
lines nearly always, the text behind `@@`, the marks around the patch.

Format: the grammar in the prompt of OpenAI's `codex` (`apply_patch_tool_instructions.md`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.edit_formats import (
    EditFormat,
    FileChange,
    Progress,
    Reading,
    checked,
    progress_of,
    reads_back,
)
from understudy.reading import Refusal, Repair, UnreadableError, unreadable
from understudy.reading.carrying_out import carried_out
from understudy.reading.envelopes import Envelope, envelopes, file_mark, unwrapped
from understudy.reading.hunk_headers import hunk_header
from understudy.reading.hunk_writing import WIDTHS, hunk_bodies
from understudy.reading.hunks import FileEdit, Hunk, added_lines, hunk_lines, is_exact
from understudy.reading.lead_in import label_in
from understudy.reading.patch_files import PatchPiece, with_paths_above
from understudy.reading.prose import declines
from understudy.reading.same_path import without_sides
from understudy.reading.shape import contents, finished_lines
from understudy.reading.thoughts import answer_of, said

if TYPE_CHECKING:
    from understudy.edit_formats import Region

_MOVE = re.compile(r"\*\*\* (?:Move|Rename)(?: File)? to: *(?P<path>\S.*)")
_END_OF_FILE = re.compile(r"\*\*\* ?End of File\b.*")
_JSON = Repair("patch inside JSON", risk="none")


@dataclass(slots=True)
class _Section:
    """What a patch says about one file.

    Attributes:
        what: the word of its line.
        old: the first of the two names that a unified diff has.
        hunks: those whose end was seen.
        anchors / hint: of the hunk that is being read.
        body: its lines so far.
        where: its first line in the reply.
        in_hunks: whether the first hunk has begun.
    """

    what: str = "Update"
    path: str = ""
    old: str = ""
    new_path: str = ""
    hunks: list[Hunk] = field(default_factory=list)
    anchors: tuple[str, ...] = ()
    hint: int | None = None
    body: list[str] = field(default_factory=list)
    where: int = 0
    in_hunks: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.path or self.hunks)

    def end_hunk(self, *, at_end: bool = False, complete: bool = True) -> None:
        """Keep the lines read so far as a hunk, unless they are those of a new file."""
        if self.what == "Add":
            return
        if any(line.strip() for line in self.body):
            lines = hunk_lines(self.body)
            loose = self.hint is not None
            hunk = Hunk(lines, self.hint, self.anchors, at_end, self.where, complete, loose=loose)
            self.hunks.append(hunk)
            self.anchors, self.hint = (), None
        elif at_end and self.hunks:
            self.hunks[-1] = replace(self.hunks[-1], at_end=True)
        self.body = []

    @property
    def edit(self) -> FileEdit:
        if self.what == "Add":
            return FileEdit(self.path, content=added_lines(self.body))
        if self.what == "Delete":
            return FileEdit(self.path, deleted=True)
        names = (self.old,) if self.old not in {"", self.path} else ()
        return FileEdit(self.path, tuple(self.hunks), new_path=self.new_path, other_names=names)


_NEW_FILE = (
    " A new file is written as `*** Add File: PATH` with all its lines behind `+`; a file goes with"
    " `*** Delete File: PATH`, and is moved by a line `*** Move to: PATH` under its own."
)


def _rules(region: Region) -> str:
    return (
        "Answer with one patch in this form, and at most two sentences outside of it:\n"
        f"*** Begin Patch\n*** Update File: {region.view.name}\n@@ class or function above\n"
        " three unchanged lines\n-old line\n+new line\n three unchanged lines\n*** End Patch\n"
        "Each line of a hunk begins with a blank, `-` or `+`, and then holds the line with its whole"
        " indentation. Copy unchanged and old lines from the file as they are, and leave none out"
        " within a hunk; begin a further hunk with a new `@@` line. There are no line numbers: if"
        " the lines stand in the file several times, name the class and the function above them,"
        " each on an `@@` line of its own."
        f"{_NEW_FILE if region.may_create else ''}"
    )


def _claims(reply: str) -> bool:
    found, _ = envelopes(unwrapped(reply)[0])
    return any(_edits(one) for one in found)


def _read(reply: str, region: Region) -> Reading:
    told = answer_of(reply)
    text, was_json = unwrapped(told.answer)
    patches, prose = envelopes(text)
    lines = contents(text)
    pieces = [
        PatchPiece(one.first - 2, one.first - 1 + len(one.lines) + one.ended, _edits(one))
        for one in patches
    ]
    edits = with_paths_above(pieces, lines, region.documents)
    if any(one.cut_off for one in patches):
        raise _cut_off("The fenced block is never closed", text)
    if not edits:
        refusal = Refusal.DECLINED if declines(told.answer) else Refusal.NO_EDIT
        raise unreadable(refusal, "The reply holds no patch.", told.answer.strip())
    repairs = [_JSON] if was_json else []
    if not patches[-1].ended:
        _refuse_cut_off(patches[-1], edits[-1], text)
        repairs.append(Repair("`*** End Patch` is missing"))
    done = carried_out(edits, region.documents)
    reading = Reading(
        done.after,
        "" if was_json else "\n".join(prose).strip(),
        (*repairs, *done.repairs),
        done.match,
        tuple(FileChange(one.path, one.after, one.new_path) for one in done.others),
        thinking=told.thinking,
    )
    return checked(reading, text, "\n".join(prose), region, exact=is_exact(edits))


def _cut_off(why: str, answer: str) -> UnreadableError:
    return unreadable(Refusal.TRUNCATED, f"{why}, so the reply was cut off.", answer[-200:])


def _refuse_cut_off(patch: Envelope, last: FileEdit, text: str) -> None:
    """Tell a reply that was cut off from one whose end mark was forgotten.

    Only what follows the last change shows that nothing is missing there.
    """
    if patch.closed:
        return
    hunk = last.hunks[-1] if last.hunks else None
    if hunk is not None and not hunk.may_change:
        raise _cut_off("The last hunk changes nothing", text)
    if hunk is None or (hunk.ends_in_change and not hunk.at_end):
        raise _cut_off("`*** End Patch` is missing behind a change", text)


def _edits(patch: Envelope, *, finished: bool = True) -> list[FileEdit]:
    """What a patch does to each file; a hunk whose end was not seen says so."""
    sections = [_Section()]
    for number, line in enumerate(patch.lines, patch.first):
        section = sections[-1]
        if named := file_mark(line):
            section.end_hunk()
            sections.append(_Section(*named))
        elif section.what != "Add":
            _take(section, line, number)
        else:
            section.body.append(line)
    last = sections[-1]
    if last.what != "Add":
        last.end_hunk(complete=finished or patch.ended or patch.closed)
    elif not (finished or patch.ended or patch.closed):
        sections.pop()
    return [section.edit for section in sections if not section.is_empty]


def _take(section: _Section, line: str, number: int) -> None:
    """Read one line of an updated file."""
    header = hunk_header(line)
    if header is not None:
        section.end_hunk()
        section.in_hunks = True
        section.anchors += header.anchors
        section.hint = header.hint if header.hint is not None else section.hint
    elif moved := _MOVE.fullmatch(line):
        section.end_hunk()
        section.new_path = moved["path"].removesuffix("***").strip()
    elif _END_OF_FILE.fullmatch(line):
        section.end_hunk(at_end=True)
    elif line.startswith(("--- ", "+++ ")) and not section.in_hunks:
        # The names that a unified diff has here.
        _name(section, line[4:].partition("\t")[0].strip(), is_new=line.startswith("+"))
    elif not (section.in_hunks or section.path) and (path := label_in(line)):
        section.path = path
    else:
        section.in_hunks = True
        section.where = number if not section.body else section.where
        section.body.append(line)


def _name(section: _Section, path: str, *, is_new: bool) -> None:
    """Take one of the two names of a unified diff, where the patch itself has named no file."""
    if is_new and section.old:
        section.old, section.path = without_sides(section.old, path)
    elif not section.path:
        section.path = section.old = path


def _write(region: Region, after: str) -> str:
    reply = ""
    for context in WIDTHS:
        reply = _written(region, after, context)
        if reads_back(_read, reply, region, after):
            break
    return reply


def _written(region: Region, after: str, context: int) -> str:
    name = region.view.name
    head = [f"*** Update File: {name}"] if name.isprintable() and name == name.strip() else []
    body: list[str] = []
    for _, lines in hunk_bodies(region.view.text, after, context):
        body += ("@@", *lines)
    return "\n".join(["*** Begin Patch", *head, *body, "*** End Patch", ""])


def _watch(reply: str, region: Region) -> Progress:
    told = said(reply)
    whole = finished_lines(told.answer)
    if told.unclosed:
        return Progress()
    edits = [
        replace(edit, hunks=tuple(hunk for hunk in edit.hunks if hunk.complete))
        for patch in envelopes(unwrapped(whole)[0])[0]
        for edit in _edits(patch, finished=False)
    ]
    edits = [edit for edit in edits if edit.hunks or edit.content is not None]
    return progress_of(edits, region, sum(len(edit.hunks) or 1 for edit in edits))


EDIT_FORMAT = EditFormat(
    id="apply_patch",
    rules=_rules,
    claims=_claims,
    read=_read,
    write=_write,
    watch=_watch,
    rank=10,
)
