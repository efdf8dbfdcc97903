"""Known ways to break a Python text, each in one place, so that the right repair is known too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that was broken on purpose.

    Attributes:
        at: the code point where.
    """

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Break:
    """One way to break a text.

    Attributes:
        where: a pattern for the places where it can be done.
        how: what a place becomes. None leaves the place alone.
    """

    name: str
    where: re.Pattern[str]
    how: Callable[[re.Match[str]], str | None]

    def all(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Broken]:
        """The text broken at each place between two code points, once at a time."""
        for found in self.where.finditer(text, start, len(text) if end is None else end):
            new = self.how(found)
            if new is not None and new != found[0]:
                yield Broken(text[: found.start()] + new + text[found.end() :], found.start())


def _break(name: str, where: str, how: str | Callable[[re.Match[str]], str | None]) -> Break:
    template = how

    def expanded(found: re.Match[str]) -> str | None:
        return found.expand(template) if isinstance(template, str) else template(found)

    return Break(name, re.compile(where, re.MULTILINE), expanded)


def _swapped(found: re.Match[str]) -> str:
    """Two letters of a word change places, as when typing fast."""
    word = found[0]
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _swapped_in_call(found: re.Match[str]) -> str | None:
    """The same, except where the name is defined: there, its uses would be the typos."""
    line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    return None if line.lstrip().startswith(("def ", "async def ", "class ")) else _swapped(found)


_CODE = r"^(?P<code>[ ]+[^\"'#\n]*"
"""The beginning of an indented line, so far without text and comments."""

_BLOCK = r"(?:if|elif|for|while|with|def|class|else|try|except|finally)\b"

_DOC = r"(?P<doc>(?:[ ]+\"\"\".*\n)?)"
_GUARD = r"[ ]+if (?P<name>\w+) is None:\n[ ]+(?P=name) = \[\]\n"

BREAKS = (
    _break("no colon", rf"^(?P<code>[ ]*{_BLOCK}[^\"'#\n:]*):(?=[ ]*$)", r"\g<code>"),
    _break("no closing bracket", _CODE + r"[\w\]\)])[)\]}](?=\n)", r"\g<code>"),
    _break("closing bracket too many", _CODE + r"\))(?=\n)", r"\g<code>)"),
    _break(
        "no closing quote", r"^(?P<code>[ ]+[^\"'#\n]*(?P<q>[\"'])[^\"'\\\n]+)(?P=q)", r"\g<code>"
    ),
    _break("no comma", _CODE + r"\([^\"'#\n()]*\w), (?=\w+\)$)", r"\g<code> "),
    _break("misspelt name", r"(?<=return )[a-z_]{5,}(?=\n)", _swapped),
    _break("misspelt argument", r"(?<=[(])[a-z_]{5,}(?=[,)]\s)", _swapped_in_call),
    _break("misspelt keyword", r"(?<=^        )return(?= )", "retrun"),  # codespell:ignore retrun
    _break("no self", r"(?<=^    def )(?P<name>\w+\()self, ", r"\g<name>"),
    _break("= for ==", r"^(?P<code>[ ]+(?:el)?if [\w.]+) == ", r"\g<code> = "),
    _break("is, not in words", r"(?<= )is (?=None\b)", "== "),
    _break("not … is", r"\bif (?P<what>\w+) is not None", r"if not \g<what> is None"),
    _break("not … in", r"\bif (?P<what>\w+) not in ", r"if not \g<what> in "),
    _break("indented too much", r"^(?P<code>    (?:    )*)(?=(?:return|raise)\b)", r"\g<code>  "),
    _break("indented too little", r"^  (?=      (?:return|raise)\b)", ""),
    _break("f-string of nothing", r"(?<=[(])(?P<text>\"[\w ]+\")(?=[),])", r"f\g<text>"),
    _break("no import", r"^import \w+\n", ""),
    _break("no from-import", r"^from (?!__future__)[\w.]+ import \w+\n", ""),
    _break("unused import", r"^(?=import \w+\n)", "import colorsys\n"),
    _break("bare except", r"^(?P<code>[ ]+except) Exception:", r"\g<code>:"),
    _break("no async", r"^(?P<code>[ ]*)async (?=def )", r"\g<code>"),
    _break("mutable default", rf"=None\):\n{_DOC}{_GUARD}", r"=[]):\n\g<doc>"),
    _break("no opening bracket", r"^(?P<code>[ ]+[^\"'#\n]*\w)\((?=[\w\"'])", r"\g<code>"),
    _break(
        "no opening quote",
        r"^(?P<code>[ ]+[^\"'#\n]*)[\"'](?=\w[^\"'\n]*[\"'][^\"'#\n]*$)",
        r"\g<code>",
    ),
    _break("else if", r"^(?P<code>[ ]+)elif ", r"\g<code>else if "),
    _break(
        "print without brackets",
        r"^(?P<code>[ ]+)print\((?P<what>[^()\n]+)\)$",
        r"\g<code>print \g<what>",
    ),
    _break(
        "except with a comma", r"(?P<code>except \w+) as (?P<name>\w+):", r"\g<code>, \g<name>:"
    ),
    _break("misspelt in", r"(?<= )in (?=\w+:$)", "ni "),
    _break("misspelt def", r"^(?P<code>[ ]+)def (?=\w)", r"\g<code>dfe "),
    _break("true for True", r"\b(?P<word>True|False)\b", lambda found: found[0].lower()),
    _break("null for None", r"(?<=return )None\b", "null"),
    _break("&& for and", r"(?<= )and (?=\w)", "&& "),
    _break("! for not", r"(?<=if )not (?=\w)", "!"),
    _break("double colon", rf"^(?P<code>[ ]+{_BLOCK}[^\"'#\n:]*:)(?=$)", r"\g<code>:"),
)
