r"""Unified diffs, as `diff -u` and git write them, and as models do.

Models count badly. Where a hunk's numbers agree with its lines they tell where it ends, which is
the only way to read a diff of a diff; otherwise they are a hint to its place and nothing more.

Format: POSIX.1-2017, `diff`, "Diff Unified Output Format"; git's `diff-generate-patch`.
"""

from __future__ import annotations

import re
from dataclasses import replace
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
from understudy.reading import Refusal, UnreadableError, unreadable
from understudy.reading.carrying_out import carried_out, refuse_too_many
from understudy.reading.diff_lines import (
    GIT,
    counted_end,
    diff_path,
    is_pair,
    seen_end,
    starts_diff,
)
from understudy.reading.diff_sections import DiffSection
from understudy.reading.fences import fence_around
from understudy.reading.hunk_headers import HunkHeader, hunk_header
from understudy.reading.hunk_writing import WIDTHS, hunk_bodies
from understudy.reading.hunks import FileEdit, Hunk, hunk_lines, is_exact
from understudy.reading.marked_blocks import Block, marked_blocks
from understudy.reading.patch_files import PatchPiece, with_paths_above
from understudy.reading.prose import declines
from understudy.reading.same_path import without_sides
from understudy.reading.shape import contents, finished_lines
from understudy.reading.thoughts import answer_of, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.edit_formats import Region

_WORDS = frozenset({"diff", "patch", "udiff", "unidiff", "unified-diff", "git-diff"})
_NOWHERE = "/dev/null"
_USUAL_CONTEXT = 3

_MOVE = re.compile(r"rename (?P<side>from|to) (?P<path>.+)")


_NEW_FILE = " A new file has `--- /dev/null` above `+++ b/PATH`, and all its lines behind `+`."


def _rules(region: Region) -> str:
    return (
        "Answer with one unified diff in a fenced block that begins with ```diff. Write `--- a/PATH`"
        f" and `+++ b/PATH` for each file; the file at hand is `{region.view.name}`. Begin each hunk"
        " with `@@ ... @@`; line numbers are not needed. Give three unchanged lines above and below"
        " each change, copied from the file as they are, each behind one blank; put `-` in front of"
        " every old line and `+` in front of every new one, and keep their indentation. Leave"
        " nothing out within a hunk. Outside of the block, write at most two sentences."
        f"{_NEW_FILE if region.may_create else ''}"
    )


def _claims(reply: str) -> bool:
    return any(_holds_diff(block) for block in marked_blocks(contents(reply), starts_diff)[0])


def _read(reply: str, region: Region) -> Reading:
    told = answer_of(reply)
    blocks, prose = marked_blocks(contents(told.answer), starts_diff)
    diffs = [block for block in blocks if _holds_diff(block)]
    if any(block.fenced and not block.closed for block in blocks):
        raise _cut_off("The fenced block is never closed", told.answer)
    if not diffs:
        refusal = Refusal.DECLINED if declines(told.answer) else Refusal.NO_EDIT
        raise unreadable(refusal, "The reply holds no diff.", told.answer.strip())
    if any(line.startswith("@@@ ") for block in diffs for line in block.lines):
        raise unreadable(Refusal.MALFORMED, "The diff compares more than two versions.")
    refuse_too_many(sum(line.startswith("@@") for block in diffs for line in block.lines))
    lines = contents(told.answer)
    edits = with_paths_above(map(_piece, diffs), lines, region.documents)
    if any(not hunk.complete for edit in edits for hunk in edit.hunks):
        raise _cut_off("The last hunk has fewer lines than it says", told.answer)
    done = carried_out(edits, region.documents)
    reading = Reading(
        done.after,
        "\n".join(prose).strip(),
        done.repairs,
        done.match,
        tuple(FileChange(one.path, one.after, one.new_path) for one in done.others),
        thinking=told.thinking,
    )
    beside = (line for block in blocks if block not in diffs for line in block.lines)
    said = "\n".join((*prose, *beside))
    return checked(reading, told.answer, said, region, exact=is_exact(edits))


def _piece(block: Block) -> PatchPiece:
    """A block whose lines above its first mark are words about it."""
    lines = block.lines
    head = next((at for at in range(len(lines)) if starts_diff(lines, at)), 0)
    first = block.first - 1
    return PatchPiece(first, first + len(lines), _edits(block), lines[:head])


def _cut_off(why: str, answer: str) -> UnreadableError:
    return unreadable(Refusal.TRUNCATED, f"{why}, so the reply was cut off.", answer[-200:])


def _holds_diff(block: Block) -> bool:
    lines = block.lines
    if not _changes(lines, 0, len(lines)) and not any(map(GIT.match, lines)):
        return False
    return block.word in _WORDS or any(starts_diff(lines, at) for at in range(len(lines)))


def _edits(block: Block, *, finished: bool = True) -> list[FileEdit]:
    """What a block says about each file; hunks that are not complete say so."""
    lines = block.lines
    sections = [DiffSection()]
    at = 0
    while at < len(lines):
        line, section = lines[at], sections[-1]
        if line.startswith("@@"):
            hunk, at = _hunk(block, at, finished=finished)
            section.hunks.append(hunk)
        elif is_pair(lines, at):
            if section.hunks:
                section = DiffSection()
                sections.append(section)
            _name(section, diff_path(line[4:]), diff_path(lines[at + 1][4:]))
            at += 2
        elif GIT.match(line) or line.startswith("Index: "):
            sections.append(DiffSection())
            at = _extended(lines, at, sections[-1])
        elif (
            section.hunks or not line.strip() or not (section.new or section.index or block.fenced)
        ):
            at += 1
        elif _changes(lines, at, stop := seen_end(lines, at, headless=True)):
            # A hunk without its `@@` line.
            hunk, at = _hunk(block, at - 1, finished=finished)
            section.hunks.append(hunk)
        else:
            at = stop
    return [section.edit for section in sections if not section.is_empty]


def _changes(lines: Sequence[str], start: int, stop: int) -> bool:
    return any(lines[at].startswith(("-", "+", " -", " +")) for at in range(start, stop))


def _extended(lines: Sequence[str], at: int, section: DiffSection) -> int:
    """Read the lines that git and svn put above a file's diff; the line behind them."""
    if named := GIT.match(lines[at]):
        section.old, section.new = diff_path(named["old"]), diff_path(named["new"])
    else:
        section.index = diff_path(lines[at].removeprefix("Index: "))
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if moved := _MOVE.match(line):
            if moved["side"] == "from":
                section.from_path = diff_path(moved["path"])
            else:
                section.to_path = diff_path(moved["path"])
        section.created |= line.startswith("new file mode ")
        section.deleted |= line.startswith("deleted file mode ")
        if line.startswith(("@@", "--- ", "diff ")) or not line.strip():
            return number
    return len(lines)


def _name(section: DiffSection, old: str, new: str) -> None:
    if section.old or section.new:
        # Those of git, which must be the same.
        section.index = without_sides(section.old, section.new)[1]
    section.created |= old == _NOWHERE
    section.deleted |= new == _NOWHERE
    section.old = "" if old == _NOWHERE else old
    section.new = "" if new == _NOWHERE else new


def _hunk(block: Block, at: int, *, finished: bool) -> tuple[Hunk, int]:
    """The hunk whose `@@` line is at `at`, and the line behind it; without one, it starts below."""
    lines = block.lines
    header = hunk_header(lines[at]) if at >= 0 else None
    told = header or HunkHeader()
    stop = counted_end(lines, at + 1, told.counts) if told.counts else None
    is_exact = stop is not None
    if stop is None:
        stop = seen_end(lines, at + 1, headless=header is None)
    hunk = Hunk(
        hunk_lines(lines[at + 1 : stop]),
        hint=told.hint,
        inserts=told.counts is not None and told.counts[0] == 0,
        anchors=told.anchors,
        loose=True,
        where=block.first + at + 1,
        bare=not block.fenced,
    )
    if not block.closed and not any(lines[n].strip() for n in range(stop, len(lines))):
        short = not is_exact and _falls_short(hunk, told.counts)
        hunk = replace(hunk, complete=finished and not short)
    return hunk, stop


def _falls_short(hunk: Hunk, counts: tuple[int, int] | None) -> bool:
    """Whether the last hunk of a reply without a fence was cut off."""
    if not hunk.may_change:
        return True
    if counts is None:
        return False
    missing = max(counts[0] - len(hunk.old), counts[1] - len(hunk.new))
    return missing > (0 if hunk.ends_in_change else _USUAL_CONTEXT)


def _write(region: Region, after: str) -> str:
    reply = ""
    for context in WIDTHS:
        reply = _written(region, after, context)
        if reads_back(_read, reply, region, after):
            break
    return reply


def _written(region: Region, after: str, context: int) -> str:
    before, name = region.view.text, region.view.name
    fence = fence_around(before + after)
    head = [f"--- a/{name}", f"+++ b/{name}"] if name.isprintable() and name == name.strip() else []
    body: list[str] = []
    for hunk, lines in hunk_bodies(before, after, context):
        old, old_count, new, new_count = hunk.place
        # An empty range is named by the line before it.
        ranges = f"-{old + bool(old_count)},{old_count} +{new + bool(new_count)},{new_count}"
        body += (f"@@ {ranges} @@", *lines)
    return "\n".join([f"{fence}diff", *head, *body, fence, ""])


def _watch(reply: str, region: Region) -> Progress:
    told = said(reply)
    whole = finished_lines(told.answer)
    if told.unclosed:
        return Progress()
    blocks, _ = marked_blocks(contents(whole), starts_diff)
    edits = [
        _complete(edit)
        for block in blocks
        if _holds_diff(block)
        for edit in _edits(block, finished=False)
    ]
    whole_ones = [edit for edit in edits if edit.hunks]
    return progress_of(whole_ones, region, sum(len(edit.hunks) for edit in whole_ones))


def _complete(edit: FileEdit) -> FileEdit:
    return replace(edit, hunks=tuple(hunk for hunk in edit.hunks if hunk.complete))


EDIT_FORMAT = EditFormat(
    id="unified_diff",
    rules=_rules,
    claims=_claims,
    read=_read,
    write=_write,
    watch=_watch,
    rank=30,
)
