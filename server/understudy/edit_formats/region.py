"""The replacement of one region, the enclosing symbol as a rule, in a single fence.

Nothing has to be found in the document, so what can go wrong is what stands in the fence: too
little, too much, or another indentation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.failures import FailureCategory
from understudy.core.indentation import in_style_of, indent_of
from understudy.core.lines import content_length, split_lines
from understudy.edit_formats import EditFormat, Reading, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.edit_formats import Region

_FENCE = re.compile(r"(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*?)[ \t]*")
_FENCE_START = re.compile(r"^ {0,3}(?:`{3}|~{3})", re.MULTILINE)
_THOUGHT = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_WORD = re.compile(r"[\w+#.-]*")

_DECLINES = re.compile(
    r"(?:I['\u2019]?m (?:very |so )?(?:sorry|afraid)|I apologi[sz]e|Sorry|Unfortunately)?[,.]?\s*"
    r"(?:but )?(?:I (?:can['\u2019]?t|can ?not|am (?:not able|unable) to|won['\u2019]?t|must decline)"
    r"|as an AI\b).{0,300}",
    re.IGNORECASE | re.DOTALL,
)
"""A short answer that begins by saying no. It counts only where there is no code."""

_ALIASES = {
    "py": "python",
    "python3": "python",
    "js": "javascript",
    "jsx": "javascriptreact",
    "ts": "typescript",
    "tsx": "typescriptreact",
    "golang": "go",
    "rs": "rust",
    "c++": "cpp",
    "sh": "shellscript",
    "bash": "shellscript",
    "shell": "shellscript",
    "zsh": "shellscript",
}
"""Fence words for the LSP's language ids."""


class _Block(NamedTuple):
    """A fenced block: the word behind the fence, and the lines between, with their ends."""

    word: str
    lines: tuple[str, ...]


def _rules(region: Region) -> str:
    first, last = region.lines.start + 1, region.lines.stop
    fence = _fence_for(region.text)
    return (
        f"Answer with exactly one fenced block that holds the new text of lines {first} to {last},"
        f" whole: it replaces these lines as it stands, so nothing may be left out or abbreviated,"
        f" and every line keeps its indentation as in the file. Begin the block with"
        f" {fence}{_fence_word(region.view.language)} and end it with {fence}. Change only what the"
        f" problem needs. Outside of the block, write at most two sentences. If the problem can't"
        f" be solved within these lines, give no block and say in one sentence why."
    )


def _read(reply: str, region: Region) -> Reading:
    answer = _without_thinking(reply)
    if not answer.strip():
        raise unreadable(FailureCategory.EMPTY_OUTPUT, "The reply holds no answer.")
    blocks, prose = _blocks(answer)
    block = _chosen(blocks, region, answer)
    lines = [line[: content_length(line)] for line in block.lines]
    if not any(line.strip() for line in lines) and region.text.strip():
        raise unreadable(FailureCategory.EMPTY_OUTPUT, "The fenced block is empty.")
    repairs: list[str] = []
    restyled = in_style_of(lines, _styled_lines(region))
    if restyled is not None:
        repairs.append("indentation converted")
        lines = restyled
    if _is_whole_file(lines, region):
        repairs.append("whole file")
        after = _joined(lines, region, ends=region.view.text.endswith(("\n", "\r")))
    else:
        lines = _indented(lines, region, repairs)
        text = _joined(lines, region, ends=region.text.endswith(("\n", "\r")))
        span = region.span
        after = region.view.text[: span.start] + text + region.view.text[span.end :]
    if after == region.view.text:
        raise unreadable(FailureCategory.EDIT_APPLY_FAILED, "The block changes nothing.")
    return Reading(after, prose, tuple(repairs))


def _without_thinking(reply: str) -> str:
    """What stands behind the model's thoughts, where only their end is marked within a line.

    All other marks are gone by now (`understudy.wire.thinking`). There any text may be an answer;
    here code stands in a fence, so that a mark in front of the first one can't belong to it.
    """
    fence = _FENCE_START.search(reply)
    marks = list(_THOUGHT.finditer(reply, 0, fence.start() if fence else len(reply)))
    return reply[marks[-1].end() :] if marks else reply


def _blocks(answer: str) -> tuple[list[_Block], str]:
    """The outermost fenced blocks, and the text outside of them.

    Inside a block, a fence with a word opens another one and a bare one closes; a longer fence
    than the block's own is text.
    """
    blocks: list[_Block] = []
    prose: list[str] = []
    marks, word, indent, depth = "", "", "", 0
    body: list[str] = []
    for line in split_lines(answer):
        content = line[: content_length(line)]
        found = _FENCE.fullmatch(content)
        if not depth:
            if found is None:
                prose.append(content)
            else:
                marks, word, indent = found["marks"], _word(found["info"]), found["indent"]
                depth, body = 1, []
            continue
        if (
            found is not None
            and found["marks"][0] == marks[0]
            and len(found["marks"]) >= len(marks)
        ):
            nested = bool(found["info"]) and len(found["marks"]) == len(marks)
            depth += 1 if nested else -1
            if not depth:
                blocks.append(_Block(word, _moved_out(body, indent)))
                continue
        body.append(line)
    if depth:
        raise unreadable(
            FailureCategory.INCOMPLETE_OUTPUT,
            "The fenced block is never closed, so the reply was cut off.",
            answer[-200:],
        )
    return blocks, "\n".join(prose).strip()


def _moved_out(lines: Sequence[str], indent: str) -> tuple[str, ...]:
    """The lines without the indentation of their fence, as inside an item of a list."""
    if not all(line.startswith(indent) for line in lines if line.strip()):
        return tuple(lines)
    return tuple(line.removeprefix(indent) for line in lines)


def _word(info: str) -> str:
    found = _WORD.match(info)
    return found.group().lower() if found else ""


def _chosen(blocks: Sequence[_Block], region: Region, answer: str) -> _Block:
    """The one block; of several, the only one in the document's language."""
    if not blocks and _DECLINES.match(answer.strip()):
        raise unreadable(FailureCategory.REFUSAL, "The model declined to answer.", answer.strip())
    if not blocks:
        raise unreadable(
            FailureCategory.PARSE_ERROR, "The reply holds no fenced block.", answer.strip()
        )
    if len(blocks) == 1:
        return blocks[0]
    language = region.view.language
    fitting = [block for block in blocks if _ALIASES.get(block.word, block.word) == language]
    if len(fitting) == 1:
        return fitting[0]
    raise unreadable(
        FailureCategory.PARSE_ERROR,
        f"The reply holds {len(blocks)} fenced blocks, and one was asked for.",
    )


def _styled_lines(region: Region) -> list[str]:
    """Lines that show how the region is indented: its own, or else those of the whole document."""
    index = region.view.index
    own = [index.content(number) for number in region.lines]
    if any(indent_of(line) for line in own if line.strip()):
        return own
    return [index.content(number) for number in range(len(index))]


def _is_whole_file(lines: Sequence[str], region: Region) -> bool:
    """Whether the model wrote the whole file in place of the region."""
    index = region.view.index
    file = [index.content(number) for number in range(len(index))]
    before, behind = file[: region.lines.start], file[region.lines.stop :]
    head = [line for line in before if line.strip()]
    tail = [line for line in behind if line.strip()]
    written = [line for line in lines if line.strip()]
    if not (head or tail) or len(written) <= len(head) + len(tail):
        return False
    return written[: len(head)] == head and (not tail or written[-len(tail) :] == tail)


def _indented(lines: list[str], region: Region, repairs: list[str]) -> list[str]:
    """The lines at the region's depth.

    A block may have been moved out as a whole, or its first line alone lost its blanks.
    """
    old = [line for line in split_lines(region.text) if line.strip()]
    new = [line for line in lines if line.strip()]
    if not old or not new:
        return lines
    wanted, found = _common_indent(old), _common_indent(new)
    if len(new) > 1 and not indent_of(new[0]) and indent_of(old[0]):
        rest = _common_indent(new[1:])
        if rest.startswith(_common_indent(old[1:] or old)):
            repairs.append("first line indented")
            at = lines.index(new[0])
            return [*lines[:at], indent_of(old[0]) + lines[at], *lines[at + 1 :]]
    if found == wanted or not wanted.startswith(found):
        return lines
    repairs.append("block indented")
    missing = wanted[len(found) :]
    return [missing + line if line.strip() else line for line in lines]


def _common_indent(lines: Sequence[str]) -> str:
    shortest: str | None = None
    for line in lines:
        indent = indent_of(line)
        if shortest is None or len(indent) < len(shortest):
            shortest = indent
    return shortest or ""


def _joined(lines: Sequence[str], region: Region, *, ends: bool) -> str:
    """The lines with the document's own ends; the last one with an end if `ends`."""
    end = next(_line_ends(region.view.index.lines), "\n")
    return end.join(lines) + (end if ends and lines else "")


def _line_ends(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if rest := line[content_length(line) :]:
            yield rest


def _fence_for(text: str) -> str:
    """A fence that is longer than any in the text."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return "`" * max(longest + 1, 3)


def _fence_word(language: str) -> str:
    return language if _WORD.fullmatch(language) else ""


EDIT_FORMAT = EditFormat(id="region", rules=_rules, read=_read)
