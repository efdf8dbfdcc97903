"""Search/replace blocks between tags, such as `<old_text>` and `<new_text>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.reading import Refusal
from understudy.reading.fences import fence_of
from understudy.reading.file_names import attribute_in
from understudy.reading.piece_files import behind_piece, path_above
from understudy.reading.search_blocks import Blocks, Broken, SearchBlock, Side
from understudy.reading.tool_tags import plain_parameters
from understudy.reading.whose import NOTHING, quotes_of

if TYPE_CHECKING:
    from understudy.reading.targets import Documents

_OLD = "old_text|old_string|old_str|old_code|search|find|original"
_NEW = "new_text|new_string|new_str|new_code|replace|replacement|updated"
_OPEN = re.compile(rf"<(?P<name>{_OLD})(?P<said>\s[^<>\n]{{0,200}})?>", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"</(?:{_OLD}|{_NEW})\s?>\s*<(?:{_NEW})(?:\s[^<>\n]{{0,200}})?>", re.IGNORECASE
)
_CLOSE = re.compile(rf"</(?:{_OLD}|{_NEW})\s?>", re.IGNORECASE)
_LINE = re.compile(r"\bline=[\"']?(\d{1,9})")
_WRAPPER = re.compile(
    r"\s*</?(?:(?:\w{1,20}:)?(?:invoke|function_calls)|edits?|edit_file|replacement_block|block|change|diff)(?:\s[^<>\n]{0,200})?>\s*",
    re.IGNORECASE,
)


def has_tags(text: str) -> bool:
    """Whether a text holds a pair of tags for what is looked for and what takes its place."""
    text = plain_parameters(text)
    opening = _OPEN.search(text)
    return opening is not None and _BETWEEN.search(text, opening.end()) is not None


def tagged_blocks(text: str, documents: Documents) -> Blocks:
    """The blocks of a reply. One without a path is for the same file as the one before it.

    Args:
        text: the reply.
        documents: those that are known.
    """
    text = plain_parameters(text)
    found: list[SearchBlock] = []
    prose: list[str] = []
    at, path, line, counted = 0, "", 1, 0
    while opening := _OPEN.search(text, at):
        above = split_lines(text[at : opening.start()])
        label = attribute_in(opening["said"] or "")
        line += text.count("\n", counted, opening.start())
        counted = opening.start()
        one = _block(text, opening, line)
        shown = NOTHING if isinstance(one, Broken) else quotes_of(one[0])
        between = behind_piece(above) if found else above
        rest, named = path_above(between, label, documents, shown)
        path = named or path
        prose += rest
        if isinstance(one, Broken):
            return Blocks(tuple(found), _prose(prose), one)
        old, new, at = one
        number = _LINE.search(opening["said"] or "")
        hint = max(int(number[1]) - 1, 0) if number else None
        found.append(SearchBlock(path, ((_side(old), _side(new)),), hint, where=line))
    return Blocks(tuple(found), _prose([*prose, *split_lines(text[at:])]))


def _prose(lines: list[str]) -> str:
    return "\n".join(
        line.rstrip("\r\n")
        for line in lines
        if not _WRAPPER.fullmatch(line) and fence_of(line) is None
    ).strip()


def _block(text: str, opening: re.Match[str], where: int) -> tuple[str, str, int] | Broken:
    """The two texts and the place behind them."""
    following = _OPEN.search(text, opening.end())
    limit = following.start() if following else len(text)
    between = _BETWEEN.search(text, opening.end())
    if between is None or between.end() > limit:
        return _unclosed(where, cut_off=following is None)
    closings = list(_CLOSE.finditer(text, between.end(), limit))
    if not closings:
        return _unclosed(where, cut_off=following is None)
    if len(closings) > 1:
        what = f"The block in line {where} holds several end tags."
        return Broken(Refusal.AMBIGUOUS, where, what)
    old, new = text[opening.end() : between.start()], text[between.end() : closings[0].start()]
    return old, new, closings[0].end()


def _unclosed(where: int, *, cut_off: bool) -> Broken:
    if cut_off:
        what = f"The block in line {where} has no end tag, so the reply was cut off."
        return Broken(Refusal.TRUNCATED, where, what)
    what = f"The block in line {where} has no end tag before the next one begins."
    return Broken(Refusal.MALFORMED, where, what)


def _side(text: str) -> Side:
    """A text between tags, without the line ends next to these."""
    body = re.sub(r"\A[ \t]*\r?\n", "", text, count=1)
    body = re.sub(r"\r?\n[ \t]*\Z", "", body, count=1)
    if not body and "\n" not in text:
        return Side((), "")
    lines = re.split(r"\r\n|\n|\r", body)
    return Side(tuple(lines) if body or text.count("\n") > 1 else (), body)
