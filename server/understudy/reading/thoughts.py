"""What a model thought aloud in its answer, and the marks that its chat template left there.

`understudy.wire` takes off what stands at the start of a stream. A finished reply may come from
elsewhere, and more families mark their thoughts than servers know. Marks count only where they
can't be part of an edit: in front of the first fence, patch or object, and between fenced blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Refusal, unreadable
from understudy.reading.fences import fenced
from understudy.reading.shape import contents, finished_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced

_NAMES = (
    "think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|seed:think"
    "|antthinking|inner_monologue|internal_thoughts|thought_process|chain_of_thought"
)
_PAIRS = (
    (rf"<(?:{_NAMES})(?:\s[^<>\n]{{0,80}})?>", rf"</(?:{_NAMES})\s?>"),
    (
        r"(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary)[^<\n]{0,80}<\|message\|>",
        r"(?:<\|end\|>\s{0,20})?(?:<\|start\|>assistant)?<\|channel\|>final[^<\n]{0,80}<\|message\|>",
    ),
    (r"\[THINK\]", r"\[/THINK\]"),
    (r"<\|begin_of_thought\|>", r"<\|end_of_thought\|>"),
    ("\u25c1think\u25b7", "\u25c1/think\u25b7"),
    (r"<\|START_THINKING\|>", r"<\|END_THINKING\|>"),
    (r"<\|inner_prefix\|>", r"<\|inner_suffix\|>"),
    (r"<\|thinking\|>", r"<\|/thinking\|>"),
    (r"<unused94>(?:thought)?", r"<unused95>"),
)
"""How thoughts are opened and closed, family by family."""

_OPENING = re.compile(
    r"^[ \t]*(?:" + "|".join(f"({opening})" for opening, _ in _PAIRS) + ")",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSINGS = tuple(re.compile(closing, re.IGNORECASE) for _, closing in _PAIRS)
_ANY_CLOSING = re.compile("|".join(closing for _, closing in _PAIRS), re.IGNORECASE)
_CLOSING_SIGNS = ("</", "<|", "[/", "\u25c1/", "<unused")
"""Each closing mark holds one of them, which is quickly looked for."""
_MAY_BE_ONE = re.compile(r"[<\[\u25c1]")

_PATCH = r"^[ \t]*(?:<{5,9} ?\w|-{5,9} ?SEARCH|\*\*\* \w|diff --git |--- |@@ |[{]|\[(?!/?THINK\]))"
_FENCE = r"^[ \t]*(?:`{3,}|~{3,})"
_PATCH_START = re.compile(_PATCH, re.MULTILINE)
_EDIT_START = re.compile(f"{_FENCE}|{_PATCH}", re.MULTILINE)
_BLOCK_MARK = re.compile(
    r"^[ \t]*(?:(?P<start><{5,9} ?(?:SEARCH|ORIGINAL|HEAD)|-{5,9} ?SEARCH|\*\*\* ?Begin Patch)"
    r"|(?P<end>>{5,9}|\+{5,9} ?REPLACE|\*\*\* ?End Patch))",
    re.MULTILINE,
)
_BARE_START = re.compile(r"^[ \t]*(?:diff --git |--- |@@ |[{]|\[(?!/?THINK\]))", re.MULTILINE)
_EDIT_NEXT = re.compile(r"\s*(?:[{]|\[(?!/?THINK\])|`{3}|~{3})")
_PATH = re.compile(r"[^\w\s]{0,4}[\w/\\-][^\s]{0,300}[./\\]\w[^\s]{0,80}")
_QUOTES = frozenset("`'\"\\")

_TEMPLATE_END = re.compile(
    r"\s*(?:<\|(?:im_end|endoftext|eot_id|end|return|end_of_text|eom_id|END_OF_TURN_TOKEN"
    r"|END_RESPONSE|endofturn|end_of_solution|user|call)\|>|</s>|\[/INST\]|<end_of_turn>"
    r"|<\uff5cend\u2581of\u2581sentence\uff5c>|<eos>|\[e~\[)\s*\Z"
)
_TEMPLATE_START = re.compile(
    r"\s*(?:<\|im_start\|>assistant|<\|start_header_id\|>assistant<\|end_header_id\|>"
    r"|<\|assistant\|>|<start_of_turn>model|<\|start\|>assistant(?=<\|channel\|>)"
    r"|<\|begin_of_solution\|>|<\|START_RESPONSE\|>|\[/INST\]|<s>(?=\s*\[/?INST\]))[ \t]*\n?"
)
_TAIL = 80
"""No mark at the end of a reply is longer."""
_MOST = 20
"""So many stretches of thinking, and marks of a template at either end, are taken out of a reply."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, taken apart.

    Attributes:
        answer: what is meant for the reader.
        thinking: what is not.
        unclosed: whether thinking never ends, so that there is no answer.
    """

    answer: str
    thinking: str = ""
    unclosed: bool = False


class _Cut(NamedTuple):
    """Where thinking starts and ends, its marks included; and what stands between these."""

    start: int
    end: int
    thought: str


def said(reply: str) -> Said:
    """The answer and the thinking of a reply, without the marks of a chat template."""
    text = _without_template(reply.removeprefix("\ufeff"))
    thoughts: list[str] = []
    for _ in range(_MOST if _MAY_BE_ONE.search(text) else 0):
        cut = _first_thought(text)
        if cut is None:
            break
        thoughts.append(cut.thought.strip())
        if cut.end < 0:
            return Said("", "\n".join(thoughts), unclosed=True)
        text = text[: cut.start] + text[cut.end :].lstrip("\r\n")
    return Said(_without_template(text), "\n".join(thoughts))


def may_be_thoughts(reply: str) -> bool:
    """Whether all of an unfinished reply may still turn out to be what a model thinks aloud.

    A chat template may have opened the thoughts, so that only their end will be in the reply. A reply
    that begins with an edit, or with the path above it, is taken for an answer.
    """
    found = said(finished_lines(reply))
    if found.thinking or found.unclosed:
        return found.unclosed
    edit = _EDIT_START.search(found.answer)
    head = found.answer[: edit.start()] if edit else found.answer
    return any(line.strip() and not _PATH.fullmatch(line.strip()) for line in contents(head))


def answer_of(reply: str) -> Said:
    """`said`, for a reply that has an answer.

    Raises:
        UnreadableError: there is none.
    """
    found = said(reply)
    if found.unclosed:
        raise unreadable(
            Refusal.TRUNCATED,
            "The reply ends inside the model's thoughts, so it was cut off.",
            found.thinking[-200:],
        )
    if not found.answer.strip("\ufeff \t\r\n"):
        raise unreadable(Refusal.EMPTY, "The reply holds no answer.")
    return found


def _first_thought(text: str) -> _Cut | None:
    """The first thinking in front of the edit, or before one of several closing marks."""
    edit = _EDIT_START.search(text)
    head = edit.start() if edit else len(text)
    opened = _OPENING.search(text, 0, min(head + _TAIL, len(text)))
    if opened is not None and opened.start() <= head:
        return _opened(text, opened)
    return _closed(text, head)


def _opened(text: str, opened: re.Match[str]) -> _Cut:
    """Cut to the last closing mark in front of the edit; what the thinking holds is no edit."""
    closing = _CLOSINGS[next(at for at, mark in enumerate(opened.groups()) if mark)]
    first = closing.search(text, opened.end())
    if first is None:
        return _Cut(opened.start(), -1, text[opened.end() :])
    last = _last(closing, text, first)
    return _Cut(opened.start(), last.end(), text[opened.end() : last.start()])


def _last(closing: re.Pattern[str], text: str, first: re.Match[str]) -> re.Match[str]:
    if _EDIT_NEXT.match(text, first.end()):
        return first
    edit = _EDIT_START.search(text, first.end())
    last = first
    for mark in closing.finditer(text, first.end(), edit.start() if edit else len(text)):
        last = mark
    return last


def _closed(text: str, head: int) -> _Cut | None:
    """Thinking that the chat template opened itself, so that only its end is in the reply."""
    if not any(sign in text for sign in _CLOSING_SIGNS):
        return None
    found = None
    for mark in _ANY_CLOSING.finditer(text):
        if mark.start() > head:
            break
        if text[mark.start() - 1 : mark.start()] not in _QUOTES:
            found = mark
        if _EDIT_NEXT.match(text, mark.end()):
            break
    if found is None and head < len(text):
        found = _between_blocks(text)
    return None if found is None else _Cut(0, found.end(), text[: found.start()])


def _between_blocks(text: str) -> re.Match[str] | None:
    """The last closing mark on a line of its own, behind blocks that only were drafts."""
    marks = [mark for mark in _ANY_CLOSING.finditer(text) if _alone(text, mark)]
    if not marks:
        return None
    answer = fenced(text)
    if answer.unclosed:
        return None
    found = None
    drafts = _Drafts(text, answer.blocks)
    for mark in marks:
        if mark.start() > drafts.stop:
            break
        if drafts.are_whole(mark.start()):
            found = mark
    return found


class _Drafts:
    """The blocks in a text, read from its start to its end.

    Attributes:
        stop: where the first diff or object begins that stands in running text: nobody knows where
            that ends.
    """

    def __init__(self, text: str, blocks: Sequence[Fenced]) -> None:
        self._text = text
        self._starts = [block.start for block in blocks]
        self._ends = [block.end for block in blocks]
        self._at, self._opened = 0, False
        first = _PATCH_START.search(text)
        self._first = first.start() if first else len(text)
        self._last = max((one.start() for one in _EDIT_START.finditer(text)), default=-1)
        bare = (one.start() for one in _BARE_START.finditer(text))
        self.stop = next((at for at in bare if not self._is_fenced(at)), len(text))

    def are_whole(self, end: int) -> bool:
        """Whether no block is open at a place, and one follows where one came before.

        The places are asked about from the first one on.
        """
        for mark in _BLOCK_MARK.finditer(self._text, self._at, end):
            self._opened = mark["start"] is not None
        self._at = end
        follows = self._first >= end or self._last >= end
        return follows and not self._opened and not self._is_fenced(end)

    def _is_fenced(self, at: int) -> bool:
        behind = bisect_right(self._ends, at)
        return behind < len(self._ends) and self._starts[behind] <= at


def _alone(text: str, mark: re.Match[str]) -> bool:
    start = text.rfind("\n", 0, mark.start()) + 1
    end = text.find("\n", mark.end())
    rest = text[mark.end() : end if end >= 0 else len(text)]
    return not text[start : mark.start()].strip() and not rest.strip()


def _without_template(text: str) -> str:
    start, end = 0, len(text)
    for _ in range(_MOST):
        opening = _TEMPLATE_START.match(text, start, end)
        ending = _TEMPLATE_END.search(text, max(end - _TAIL, start), end)
        if opening is None and ending is None:
            break
        start = opening.end() if opening else start
        end = max(ending.start(), start) if ending else end
    return text[start:end]
