"""Where a shell script ends or leaves a function because something failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.syntax import parents
from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_FAILS = re.compile(r"return\s+(?!0\b)\S+")
_SUCCEEDS = re.compile(r"return(?:\s+0)?")
_OPTIONS = re.compile(r"set(?P<given>(?:\s+\S+)+)")
_ENDING = {"e": "set -e", "u": "set -u", "errexit": "set -e", "nounset": "set -u"}
_PIPES = "pipefail"


def shell_ends(node: Node, source: Source) -> Iterator[str]:
    """What a command says if the script, or a function in it, ends with a failure by it.

    A function that returns 0 as well answers yes or no.
    """
    text = " ".join(source.word(node).split())
    if _FAILS.fullmatch(text) and not _answers(node, source):
        yield text
    elif found := _OPTIONS.fullmatch(text):
        yield from dict.fromkeys(_options(found["given"].split()))


def _options(given: list[str]) -> Iterator[str]:
    for number, word in enumerate(given):
        if (
            given[number - 1 : number]
            and given[number - 1].startswith("-")
            and given[number - 1].endswith("o")
        ):
            if word == _PIPES:
                yield "set -o pipefail"
            elif word in _ENDING:
                yield _ENDING[word]
        elif word.startswith("-"):
            yield from (_ENDING[letter] for letter in word[1:] if letter in _ENDING)


def _answers(node: Node, source: Source) -> bool:
    home = next((one for one in parents(node) if one.type == "function_definition"), source.root)
    commands = (one for one in nodes(home) if one.type == "command")
    return any(_SUCCEEDS.fullmatch(source.word(one).strip()) for one in commands)
