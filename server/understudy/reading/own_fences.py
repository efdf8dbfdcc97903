"""Markdown without a fence around it: the fences in the reply are the text's own.

A model that is asked for lines with a fence in them may give just these. Their fence then looks like
the one that was asked for, and what it holds like all of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import content_length, split_lines
from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.fences import Answer, Fence, Fenced, fence_of, fenced, word_of
from understudy.reading.languages import is_language, language_of_word
from understudy.reading.markdown import LANGUAGES, is_paired
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHAT = "the reply's fences are those of the text"


class Opened(NamedTuple):
    """A line with a fence, by its number."""

    at: int
    fence: Fence


def with_own_fences(text: str, old: str, repairs: list[Repair]) -> Answer | None:
    """A reply as one block of Markdown whose fences are its own; None where one may be around it.

    The text begins and ends as the old one does: with the same line, or with a fence as well.

    Args:
        text: the reply.
        old: the text that is rewritten.
        repairs: gets an entry, of high risk where the language of a fence is another one.
    """
    known = [line for line in contents(old) if line.strip()]
    lines = split_lines(text)
    inner, found = _fences(known), _fences(lines)
    if not inner or not found or _is_around(found[0].fence, text):
        return None
    start, stop = _start(lines, known[0], found[0].at), _stop(lines, known[-1], found[-1].at)
    if start is None or stop is None or not is_paired([one.fence for one in found]):
        return None
    is_free = fence_of(known[0]) is None and fence_of(known[-1]) is None
    if len(found) != len(inner) and not is_free:
        return None
    is_other = len(found) == len(inner) and _languages(found) != _languages(inner)
    repairs.append(Repair(_WHAT, found[0].fence.info, "high" if is_other else "low"))
    if is_other and not any(_languages(found)):
        for one, its in zip(found, inner, strict=True):
            end = lines[one.at][content_length(lines[one.at]) :]
            lines[one.at] = known[its.at] + end
    body = "".join(lines[start : stop + 1])
    above = tuple(filter(str.strip, lines[:start]))
    block = Fenced("markdown", "markdown", body, 0, len(text), above)
    return Answer((block,), "".join([*lines[:start], *lines[stop + 1 :]]).strip())


def refuse_lost_fences(
    block: Fenced, above: Sequence[str], old: Sequence[str], repairs: list[Repair]
) -> None:
    """Refuse code in place of Markdown lines, of which it would be a part without its fence.

    Args:
        block: what is to take the place of the lines.
        above: the lines of the document above them, without their ends.
        old: the lines.
        repairs: gets an entry of high risk where the block may be all of the lines.

    Raises:
        UnreadableError: the block is in the language of an example, and may be one with its fence.
    """
    new = contents(block.text)
    word = language_of_word(block.word)
    if word in LANGUAGES or _fences(new) or not is_paired([one.fence for one in _fences(above)]):
        return
    is_plain, has_fences = word in {"", "plaintext"}, bool(_fences(old))
    if is_plain and has_fences:
        repairs.append(Repair("the fences of the text are gone", risk="high"))
    shared = {line.strip() for line in old} & {line.strip() for line in new} - {""}
    if is_plain or not (has_fences or (is_language(word) and not shared)):
        return
    raise unreadable(
        Refusal.AMBIGUOUS,
        f"The fence with `{block.word}` may be part of the text, or stand around it.",
        block.info,
        "Write all of the lines, fences of their own as well, between two fences that are longer than"
        " these; the first one has the word `markdown`.",
    )


def _fences(lines: Sequence[str]) -> list[Opened]:
    return [Opened(at, one) for at, line in enumerate(lines) if (one := fence_of(line)) is not None]


def _is_around(first: Fence, text: str) -> bool:
    """Whether the first fence of a reply stands around a text."""
    if language_of_word(word_of(first.info)) in LANGUAGES:
        return True
    return any(_fences(contents(block.text)) for block in fenced(text).blocks)


def _start(lines: Sequence[str], known: str, fence: int) -> int | None:
    """The line where the text begins, as the old one does; `fence` is the first fence."""
    if fence_of(known) is not None:
        return fence
    return next((at for at in range(fence) if lines[at].strip() == known.strip()), None)


def _stop(lines: Sequence[str], known: str, fence: int) -> int | None:
    """The last line of the text; `fence` is the last fence."""
    if fence_of(known) is not None:
        return fence
    behind = range(len(lines) - 1, fence, -1)
    return next((at for at in behind if lines[at].strip() == known.strip()), None)


def _languages(fences: Sequence[Opened]) -> list[str]:
    return [language_of_word(word_of(one.fence.info)) for one in fences]
