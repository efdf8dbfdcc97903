"""New tests of an edit, and those of them that can't fail, as far as their words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.bare_code import blanked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.grammar import Grammar

_SCRIPT = re.compile(
    r"(?<![\w.$])(?P<name>(?:it|test|specify)(?:\.(?:only|each|concurrent|prop))?)[ \t]*[(`]"
)
_STARTS = {
    "python": re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(?P<name>test\w*)", re.MULTILINE),
    "go": re.compile(r"^func[ \t]+(?P<name>(?:Test|Fuzz|Example)\w*)[ \t]*\(", re.MULTILINE),
    "rust": re.compile(
        r"(?:#\[[^\]\n]*\]\s*){0,8}#\[(?:\w+::){0,3}\w*test(?:\([^\]\n]*\))?\](?:\s*#\[[^\]\n]*\])*\s*"
        r"(?:pub[ \t]+)?(?:async[ \t]+)?fn[ \t]+(?P<name>\w+)"
    ),
    **dict.fromkeys(("typescript", "typescriptreact", "javascript", "javascriptreact"), _SCRIPT),
}
"""Where a test begins. Of other languages nothing is said."""
_ASSERTS = re.compile(
    r"assert|expect|should|verif|check|require|raises|warns|throw|fail|\.error|\.fatal|panic"
    r"|snapshot|approv|ensure|must|equal|unwrap|compare|prove|\.is\(|\?;",
    re.IGNORECASE,
)
"""What libraries and people call what makes a test fail."""
_ALWAYS = re.compile(
    r"\bassert[ \t]+(?:True|1)[ \t]*(?=[\r\n;,]|$)"
    r"|\bassert!\(\s*true\s*\)"
    r"|\b(?:assert_eq!|assertEqual|assertEquals)\(\s*(?P<one>true|True|\d+)\s*,\s*(?P=one)\s*\)"
    r"|\b(?:assert|assertTrue|assert\.ok|assert\.True)\(\s*(?:t,\s*)?(?:true|True|1)\s*\)"
    r"|\bexpect\(\s*(?P<what>true|1)\s*\)\s*\.\w+\(\s*(?:(?P=what)\s*)?\)",
)
"""Assertions that hold whatever the code does."""
_OUTPUT = re.compile(r"//\s*(?:Unordered )?Output:", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class IdleTests:
    """The new tests of a text.

    Attributes:
        new: how many there are, changed ones too.
        names: of those in which nothing can fail.
    """

    new: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Test:
    """One test: its name, all of it, and its code without the name, which is no assertion."""

    name: str
    text: str
    code: str


def idle_tests(before: str, after: str, language: str, grammar: Grammar | None) -> IdleTests | None:
    """What is new in a text of tests; None where nothing can tell.

    Args:
        before: the text as it was; empty for a new file.
        after: the text as it will be.
        language: the LSP language id.
        grammar: of that language.
    """
    start = _STARTS.get(language)
    bare_before, bare_after = blanked(before, grammar), blanked(after, grammar)
    if start is None or bare_before is None or bare_after is None:
        return None
    known = {one.text.strip() for one in _tests(before, bare_before, start)}
    new = [one for one in _tests(after, bare_after, start) if one.text.strip() not in known]
    return IdleTests(len(new), tuple(_called(one) for one in new if not _can_fail(one)))


def _tests(text: str, code: str, start: re.Pattern[str]) -> Iterator[_Test]:
    """Each test with what follows it up to the next one."""
    found = list(start.finditer(code))
    for at, one in enumerate(found):
        stop = found[at + 1].start() if at + 1 < len(found) else len(code)
        unnamed = code[one.start() : one.start("name")] + code[one.end("name") : stop]
        yield _Test(one["name"], text[one.start() : stop], unnamed)


def _can_fail(test: _Test) -> bool:
    if test.name.startswith("Example"):
        # Go compares what an example prints with the comment at its end.
        return _OUTPUT.search(test.text) is not None
    return _ASSERTS.search(_ALWAYS.sub("", test.code)) is not None


def _called(test: _Test) -> str:
    """The name of a test; in JavaScript, what it is said to be."""
    if _SCRIPT.match(test.text) is None:
        return test.name
    said = re.search(r"[\"'`]([^\"'`\n]+)", test.text)
    return said[1][:_LONGEST_NAME] if said else test.name
