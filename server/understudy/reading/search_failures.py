"""What a model is told about search/replace blocks that could not be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Refusal, unreadable
from understudy.reading.ruled_out import ruled_out
from understudy.reading.similar import nearest_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError
    from understudy.reading.block_placing import Failed
    from understudy.reading.search_blocks import Broken, SearchBlock

_SHOWN_BLOCKS = 8
_SHOWN_LINES = 30
_AROUND = 3
_WIDEST = 300


class FailedBlock(NamedTuple):
    """A block that could not be carried out.

    Attributes:
        name: of its file.
        lines: the file's, when the block was tried.
        why: what was in its way.
    """

    block: SearchBlock
    name: str
    lines: Sequence[str]
    why: Failed


def refused(failed: Sequence[FailedBlock], count: int) -> UnreadableError:
    """The error for a reply with blocks that could not be carried out; nothing of it was.

    Args:
        failed: these blocks.
        count: how many blocks the reply holds.
    """
    refusal = failed[0].why.refusal
    number = len(failed)
    blocks = "The block" if count == 1 else f"{number} of the {count} blocks"
    message = f"{blocks} can't be carried out: {_reason(failed[0])}."
    told = [_told(one) for one in failed[:_SHOWN_BLOCKS]]
    if number > _SHOWN_BLOCKS:
        told.append(f"{number - _SHOWN_BLOCKS} more blocks failed in the same ways.")
    told.append("Nothing was changed: send all blocks again, also those that are right.")
    return unreadable(refusal, message, "\n".join(failed[0].block.wanted), "\n\n".join(told))


def broken_marks(broken: Broken) -> UnreadableError:
    """The error for a reply whose marks can't be read."""
    teaching = (
        f"{broken.what} Nothing was changed: send all blocks again. Each has three marks, every one"
        " on a line of its own:\n<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE\n"
        "A line of the file that looks like one of them gets a backslash in front of it."
    )
    return unreadable(broken.refusal, broken.what, teaching=teaching)


def _reason(failed: FailedBlock) -> str:
    why = failed.why
    if why.refusal is Refusal.AMBIGUOUS:
        places = why.missing.places if why.missing else ()
        return f"its text stands in {len(places)} places" if places else "it has several readings"
    if why.refusal is Refusal.ELIDED:
        return f"`{why.mark.strip()[:80]}` stands for lines that were left out"
    if why.refusal is Refusal.OVERLAPPING:
        return "it touches lines that another block writes"
    return (
        "its text stands elsewhere than is said"
        if _apart(failed)
        else "its text is not in the file"
    )


def _apart(failed: FailedBlock) -> str:
    """Where the text of a block stands that was not found where it was said to be; empty for nowhere."""
    if failed.why.refusal is not Refusal.NOT_FOUND:
        return ""
    return ruled_out(failed.lines, failed.block.wanted, failed.block.anchors)


def _told(failed: FailedBlock) -> str:
    block, name, file, why = failed
    said = [f"The block in line {block.where} of the reply for `{name}` failed: {_reason(failed)}."]
    said.append(_quoted(block.wanted))
    missing = why.missing
    if why.refusal is Refusal.AMBIGUOUS and missing and missing.places:
        numbers = ", ".join(str(place + 1) for place in missing.places[:_SHOWN_BLOCKS])
        said.append(f"It begins in lines {numbers}: quote more lines around the one you mean.")
    elif why.refusal is Refusal.ELIDED:
        said.append("Write every line, or leave unchanged lines out of the block on both sides.")
    elif why.refusal is Refusal.OVERLAPPING:
        said.append("Join blocks that change the same lines into one.")
    elif not any(map(str.strip, block.wanted)):
        said.append("A block without a text to look for is only right for an empty or new file.")
    elif apart := _apart(failed):
        said.append(apart)
    elif missing is not None and (near := nearest_lines(file, block.wanted)) is not None:
        shown = range(max(near.start - _AROUND, 0), min(near.stop + _AROUND, len(file)))
        said.append(
            f"Lines {shown.start + 1} to {shown.stop} are the most similar ones. Copy the lines to"
            " replace from the file, letter by letter:"
        )
        said.append(_quoted(file[shown.start : shown.stop]))
    if _is_there(file, block.new):
        said.append("The replacement is in the file already: leave the block out if that is right.")
    return "\n".join(said)


def _is_there(file: Sequence[str], new: Sequence[str]) -> bool:
    text = "\n".join(new).strip()
    return len(text) > _AROUND and text in "\n".join(file)


def _quoted(lines: Sequence[str]) -> str:
    shown = [line[:_WIDEST] for line in lines[:_SHOWN_LINES]]
    if len(lines) > _SHOWN_LINES:
        shown.append(f"({len(lines) - _SHOWN_LINES} more lines)")
    fence = "`" * max(3, max((_run(line) for line in shown), default=0) + 1)
    return "\n".join((fence, *shown, fence))


def _run(line: str) -> int:
    bare = line.lstrip(" ")
    return len(bare) - len(bare.lstrip("`"))
