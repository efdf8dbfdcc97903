"""Replies as no model means them: cut, doubled, swapped, with pieces of others in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

PIECES = (
    *("<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "------- SEARCH\n", "<old_text>\n"),
    *("*** Begin Patch\n", "*** End Patch\n", "*** Update File: a.py\n", "@@\n", "@@ -1,2 +1 @@\n"),
    *("--- a/a.py\n+++ b/a.py\n", "diff --git a/a.py b/a.py\n", "\\ No newline at end of file\n"),
    *("```\n", "```python\n", "````", "~~~\n", "> ", "1. ", "<think>", "</think>\n", "[/INST]"),
    *("<|im_end|>", "<|channel|>final<|message|>", "{", "}", "[", "]", '"', '\\"', "\\n", "\\u12"),
    *('{"edits": [', '"old": "', "NaN", ",", ":", "/*", "//", "'''", "&lt;", "12 | ", "EOF\n"),
    *("# ... existing code ...\n", "...\n", "-", "+", " ", "\t", "\n", "\r\n", "\r", "\n" * 50),
    *(
        "\ufeff",
        "\u200b",
        "\u00a0",
        "\u2028",
        "\0",
        "\ud800",
        "\U0001f600",
        "\u0130",
        "../",
        "C:\\",
    ),
)


def mutated(reply: str, others: Sequence[str], chance: random.Random) -> str:
    """The reply with one to four random changes; always the same for the same state of chance."""
    for _ in range(chance.randint(1, 4)):
        reply = chance.choice(_WAYS)(reply, others, chance)
    return reply


def _cut(reply: str, others: Sequence[str], chance: random.Random) -> str:
    at = _place(reply, chance)
    return reply[:at] if chance.random() < 0.7 else reply[at:]


def _without_part(reply: str, others: Sequence[str], chance: random.Random) -> str:
    start, stop = sorted((_place(reply, chance), _place(reply, chance)))
    return reply[:start] + reply[stop:]


def _with_part_twice(reply: str, others: Sequence[str], chance: random.Random) -> str:
    start, stop = sorted((_place(reply, chance), _place(reply, chance)))
    return reply[:stop] + reply[start:]


def _with_lines_swapped(reply: str, others: Sequence[str], chance: random.Random) -> str:
    lines = reply.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _without_line(reply: str, others: Sequence[str], chance: random.Random) -> str:
    lines = reply.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _without_characters(reply: str, others: Sequence[str], chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        at = _place(reply, chance)
        reply = reply[:at] + reply[at + 1 :]
    return reply


def _with_piece(reply: str, others: Sequence[str], chance: random.Random) -> str:
    at = _place(reply, chance)
    return reply[:at] + chance.choice(PIECES) + reply[at:]


def _with_part_of_another(reply: str, others: Sequence[str], chance: random.Random) -> str:
    other, at = chance.choice(others), _place(reply, chance)
    start, stop = sorted((_place(other, chance), _place(other, chance)))
    return reply[:at] + other[start:stop] + reply[at:]


def _with_other_ends(reply: str, others: Sequence[str], chance: random.Random) -> str:
    return reply.replace("\n", chance.choice(("\r\n", "\r", "\n\n", " \n")))


def _place(text: str, chance: random.Random) -> int:
    return chance.randint(0, len(text))


_WAYS: tuple[Callable[[str, Sequence[str], random.Random], str], ...] = (
    _cut,
    _without_part,
    _with_part_twice,
    _with_lines_swapped,
    _without_line,
    _without_characters,
    _with_piece,
    _with_part_of_another,
    _with_other_ends,
)
