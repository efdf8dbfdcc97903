"""File edits carried out in memory: all of a reply, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines
from understudy.core.runs import changed_runs
from understudy.failures.elision import is_elision, left_out
from understudy.reading import Match, Refusal, Repair, unreadable
from understudy.reading.doubled_hunks import without_doubled_lines
from understudy.reading.hunk_failures import unplaced
from understudy.reading.patch_files import key_of, left_names
from understudy.reading.placing import placed
from understudy.reading.same_path import without_side
from understudy.reading.shape import BOM
from understudy.reading.splicing import FileLines, spliced
from understudy.reading.stale_hunks import placed_by_likeness
from understudy.reading.targets import OWN, not_given, plain_path, unsafe
from understudy.workspace.paths import is_safe_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading import UnreadableError
    from understudy.reading.hunks import FileEdit, Hunk, HunkLine
    from understudy.reading.placing import Placed, Unplaced
    from understudy.reading.targets import Documents

_WORK = 200_000_000
"""Characters that may be searched: those of a file, times its hunks."""
_MOST_HUNKS = 1_000
_ROUNDS = 2
"""How often hunks without a place are looked for again in a text with the others carried out."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes of one document.

    Attributes:
        path: its key in the documents, or the path of a new file.
        after: its whole text; None when it is deleted.
        new_path: where it is moved to; empty when it stays.
    """

    path: str
    after: str | None
    new_path: str = ""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What all edits of a reply lead to.

    Attributes:
        after: the text of the document that was asked about.
        others: what becomes of other documents; and of the document itself, by its name, when it
            is moved or deleted.
        repairs: what it took.
        match: the least sure way in which a hunk was placed.
    """

    after: str
    others: tuple[Changed, ...]
    repairs: tuple[Repair, ...]
    match: Match


def carried_out(edits: Sequence[FileEdit], documents: Documents) -> CarriedOut:
    """The texts that the edits of a reply lead to.

    Raises:
        UnreadableError: for the first file that can't be changed as told, with all its hunks that
            have no place.
    """
    after = documents.own.text
    others: list[Changed] = []
    repairs: list[Repair] = []
    matches: list[Match] = []
    for key, edit in _by_file(edits, documents):
        if key is None:
            others.append(_new_file(edit, documents))
            continue
        before = documents.text(key)
        text, found, how = _changed(before, edit, documents.language(key))
        repairs += (*found, *left_names(edit, documents))
        matches += how
        new_path = _new_path(edit, documents)
        if key == OWN:
            after = text
        if edit.deleted or new_path or (key != OWN and text != before):
            path = documents.own.name if key == OWN else key
            others.append(Changed(path, None if edit.deleted else text, new_path))
    match = min(matches, key=_sureness, default=Match.GIVEN)
    if after == documents.own.text and not others and match is not Match.ALREADY:
        raise unreadable(Refusal.NO_CHANGE, "The edit replaces a text by itself.")
    return CarriedOut(after, tuple(others), tuple(dict.fromkeys(repairs)), match)


def _sureness(match: Match) -> tuple[float, bool]:
    return match.confidence, match is Match.ALREADY


def _by_file(
    edits: Sequence[FileEdit], documents: Documents
) -> Iterable[tuple[str | None, FileEdit]]:
    """The edits with the keys of their documents; those of one document as one."""
    paths = frozenset(plain_path(edit.path) for edit in edits if edit.path)
    found: dict[tuple[str | None, str], FileEdit] = {}
    for edit in edits:
        key = key_of(edit, documents, paths)
        at = (key, edit.path if key is None else "")
        if at not in found:
            found[at] = edit
            continue
        one = found[at]
        if one.deleted or edit.deleted or one.content is not None or edit.content is not None:
            raise unreadable(
                Refusal.OVERLAPPING, f"The reply changes `{edit.path}` twice.", edit.path
            )
        found[at] = replace(
            one, hunks=one.hunks + edit.hunks, new_path=one.new_path or edit.new_path
        )
    return [(key, edit) for (key, _), edit in found.items()]


def _changed(
    before: str, edit: FileEdit, language: str
) -> tuple[str, Sequence[Repair], Sequence[Match]]:
    if edit.deleted:
        return before, (), ()
    if edit.content is not None:
        return _overwritten(before, edit.content)
    hunks = [hunk for hunk in edit.hunks if hunk.lines]
    if not hunks and edit.new_path:
        return before, (), ()
    return _with_hunks(before, hunks, language)


def _with_hunks(
    before: str, hunks: Sequence[Hunk], language: str
) -> tuple[str, Sequence[Repair], list[Match]]:
    refuse_too_many(len(hunks), len(before))
    for hunk in hunks:
        _refuse_elided(hunk)
    right, after = _in_rounds(before, hunks, language)
    if not any(one.hunk.changes for one in right):
        raise unreadable(
            Refusal.NO_CHANGE, "The hunks hold context only: no line is added or removed."
        )
    matches = [
        Match.ALREADY if one.place is None else one.place.match for one in right if one.hunk.changes
    ]
    repairs = [repair for one in right for repair in one.repairs]
    return _with_mark(before, after, hunks), repairs, matches


def refuse_too_many(hunks: int, characters: int = 0) -> None:
    """Refuses more hunks than any model means, or than can be looked for in so long a file.

    Raises:
        UnreadableError: there are so many.
    """
    if hunks > _MOST_HUNKS or characters * hunks > _WORK:
        raise unreadable(Refusal.TOO_LARGE, f"The reply holds {hunks} hunks.")


def _in_rounds(before: str, hunks: Sequence[Hunk], language: str) -> tuple[list[Placed], str]:
    """All hunks with their places, and the text that they lead to.

    A hunk may have as context what an earlier one writes; then it is placed in the text with the
    others carried out.
    """
    file = FileLines.of(before)
    right, first_wrong = placed(file.texts, hunks)
    done = list(without_doubled_lines(file.texts, right, language))
    text, wrong = spliced(file, done) if done else before, first_wrong
    for _ in range(_ROUNDS):
        if not wrong or text == before:
            break
        now = FileLines.of(text)
        right, wrong = placed(now.texts, [one.hunk for one in wrong])
        if not right:
            break
        text = spliced(now, right)
        done += right
    if not wrong:
        return done, text
    now = file if text == before else FileLines.of(text)
    stale = _stale(file, now, wrong)
    if stale is None:
        raise unplaced(file.texts, first_wrong, len(hunks))
    return done + stale, spliced(now, stale)


def _stale(before: FileLines, now: FileLines, wrong: Sequence[Unplaced]) -> list[Placed] | None:
    """The places of hunks that stand nowhere as they are, in the text with all others carried out."""
    if any(one.missing.refusal is not Refusal.NOT_FOUND for one in wrong):
        return None
    written: set[int] = set()
    if now is not before:
        for run in changed_runs(before.texts, now.texts):
            written.update(range(run.new_start, run.new_stop))
    return placed_by_likeness(now.texts, [one.hunk for one in wrong], written)


def _with_mark(before: str, after: str, hunks: Sequence[Hunk]) -> str:
    """The text with the byte order mark that the file begins with, unless a hunk shows it."""
    shown = any(line.text.startswith(BOM) for hunk in hunks for line in hunk.lines)
    if before.startswith(BOM) and not after.startswith(BOM) and not shown:
        return BOM + after
    return after


def _refuse_elided(hunk: Hunk) -> None:
    """Refuses a hunk whose new lines hold a mark in place of old ones.

    Our own writer says of such a line that it is meant to the letter.
    """
    gone = [line.text for line in hunk.lines if line.sign == "-"]
    come = [line.text for line in hunk.lines if line.sign == "+" and not line.exact]
    kept = frozenset(gone)
    marks = [line for line in come if line not in kept and is_elision(line)]
    if marks and real_lines(gone) > real_lines(come) - len(marks):
        raise elided(marks[0].strip())


def elided(mark: str) -> UnreadableError:
    """The error for a mark that stands for lines which were left out."""
    return unreadable(
        Refusal.ELIDED,
        f"`{mark[:80]}` stands for lines that were left out.",
        mark,
        f"The line `{mark[:80]}` would be written into the file in place of real lines: write all"
        " of them.",
    )


def _overwritten(
    before: str, content: Sequence[HunkLine]
) -> tuple[str, Sequence[Repair], Sequence[Match]]:
    """A file that exists, written as if it were new."""
    file = FileLines.of(before)
    after = file.written(content)
    if before.strip() and after != before:
        mark = left_out(file.texts, [line.text for line in content])
        if mark:
            raise elided(mark)
        return after, (Repair("file written anew", risk="high"),), (Match.GIVEN,)
    return after, (), (Match.ALREADY if after == before and before else Match.GIVEN,)


def _new_file(edit: FileEdit, documents: Documents) -> Changed:
    path = _safe(edit.path)
    if edit.content is None or not documents.may_create:
        raise not_given(path, "creates" if edit.content is not None else "changes")
    return Changed(path, FileLines.of("").written(edit.content))


def _new_path(edit: FileEdit, documents: Documents) -> str:
    if (edit.deleted or edit.new_path) and not documents.may_create:
        raise not_given(edit.path, "deletes" if edit.deleted else "moves")
    if not edit.new_path:
        return ""
    return _safe(edit.new_path)


def _safe(path: str) -> str:
    plain = without_side(plain_path(path))
    if not is_safe_below(plain):
        raise unsafe(path)
    return plain
