"""New tests of an edit, and those of them that can't fail, as far as their words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.bare_code import blanked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

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
_SAME = re.compile(
    r"\bassert[ \t]+(?P<a>[^\n=<>!]{1,200}?)[ \t]*==[ \t]*(?P=a)[ \t]*(?=[\r\n;#,]|$)"
    r"|\bassert(?:_eq!|Equals?|\.(?:strictEqual|deepEqual|equal))\(\s*(?P<b>[^\n,]{1,200}?)\s*,\s*(?P=b)\s*\)"
    r"|\b(?:assert|require)\.Equal\(\s*\w+,\s*(?P<c>[^\n,]{1,200}?)\s*,\s*(?P=c)\s*\)"
    r"|\bexpect\((?P<d>[^\n]{1,200}?)\)\s*\.to(?:Be|Equal|StrictEqual)\((?P=d)\)"
)
"""Assertions that something is equal to itself."""
_THERE = re.compile(
    r"\bassert[ \t]+(?!(?:not|any|all|isinstance)\b)[^\n=<>!]{1,200}?[ \t]is[ \t]+not[ \t]+None[ \t]*(?=[\r\n;#,]|$)"
    r"|\bself\.assertIsNotNone\(|\bassert(?:NotNull|DoesNotThrow)\("
    r"|\bexpect\([^\n]{0,200}?\)\s*\.(?:toBeDefined\(\)|not\s*\.to(?:Be(?:Undefined|Null)\(\)|(?:Be|Equal)\((?:null|undefined)\)))"
    r"|\b(?:assert|require)\.NotNil\("
)
"""Assertions that hold for nearly everything."""
_SWALLOWED = re.compile(
    r"^(?P<lead>[ \t]*)try:[ \t]*\n(?:(?P=lead)[ \t]+[^\s][^\n]*\n|[ \t]*\n){1,100}?"
    r"(?P=lead)except(?:[ \t][^\n:]{0,100}\b(?:AssertionError|(?:Base)?Exception)\b[^\n:]{0,100})?[ \t]*:"
    r"\s*(?:pass|\.\.\.)[ \t]*$"
    r"|\btry\s*\{[^{}]{0,2000}\}\s*catch\s*(?:\([^()\n]{0,80}\)\s*)?\{\s*\}",
    re.MULTILINE,
)
"""What asserts and then takes no notice of its failing."""
_DEFINES = re.compile(
    r"\b(?:def|func|fn|function|class|struct|let|const|var|type)[ \t]+(?:\([^\n)]{0,80}\)[ \t]*)?(\w+)"
    r"|^(\w+)[ \t]*(?::[^\n=]{0,80})?=(?!=)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d]\w*")
_OUTPUT = re.compile(r"//\s*(?:Unordered )?Output:", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class IdleTests:
    """The new tests of a text.

    Attributes:
        new: how many there are, changed ones too.
        names: of those in which nothing can fail.
        weak: of those that only assert that a result is there.
    """

    new: int
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Test:
    """One test: its name, all of it, and its code with blanks for the name, which is no assertion."""

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
    idle = [one for one in new if not _can_fail(one)]
    weak = [one for one in new if one not in idle and _only_there(one)]
    return IdleTests(len(new), tuple(map(_called, idle)), tuple(map(_called, weak)))


def unrelated_tests(
    before: str, after: str, language: str, grammar: Grammar | None, about: Collection[str]
) -> tuple[str, ...]:
    """The new tests that use neither what they are about nor anything else of their file.

    Args:
        before: the text as it was; empty for a new file.
        after: the text as it will be.
        language: the LSP language id.
        grammar: of that language.
        about: the names of what is to be tested.

    Returns:
        Their names; none where nothing can tell.
    """
    start, bare = _STARTS.get(language), blanked(after, grammar)
    old = blanked(before, grammar)
    if start is None or bare is None or old is None or not about:
        return ()
    known = {one.text.strip() for one in _tests(before, old, start)}
    tests = [*_tests(after, bare, start)]
    helpers = {found[1] or found[2] for found in _DEFINES.finditer(bare)}
    helpers -= {one.name for one in tests}
    wanted = {*about, *helpers}
    new = [one for one in tests if one.text.strip() not in known]
    return tuple(_called(one) for one in new if wanted.isdisjoint(_WORD.findall(one.code)))


def replaced_name(after: str, about: Iterable[str]) -> str:
    """The first name that tests replace by another thing instead of testing it; empty for none."""
    for name in about:
        pattern = (
            rf"(?:setattr|patch(?:\.object)?|spyOn|mock\w*)\([^\n]{{0,200}}?\b{re.escape(name)}\b"
        )
        if re.search(pattern, after):
            return name
    return ""


def _tests(text: str, code: str, start: re.Pattern[str]) -> Iterator[_Test]:
    """Each test with what follows it up to the next one."""
    found = list(start.finditer(code))
    for at, one in enumerate(found):
        stop = found[at + 1].start() if at + 1 < len(found) else len(code)
        name = " " * len(one["name"])
        unnamed = code[one.start() : one.start("name")] + name + code[one.end("name") : stop]
        yield _Test(one["name"], text[one.start() : stop], unnamed)


def _can_fail(test: _Test) -> bool:
    if test.name.startswith("Example"):
        # Go compares what an example prints with the comment at its end.
        return _OUTPUT.search(test.text) is not None
    code = test.code
    for same in _SAME.finditer(test.text):
        code = code[: same.start()] + " " * len(same[0]) + code[same.end() :]
    return _ASSERTS.search(_ALWAYS.sub("", _SWALLOWED.sub("", code))) is not None


def _only_there(test: _Test) -> bool:
    without = _THERE.sub("", test.code)
    return without != test.code and _ASSERTS.search(without) is None


def _called(test: _Test) -> str:
    """The name of a test; in JavaScript, what it is said to be."""
    if _SCRIPT.match(test.text) is None:
        return test.name
    said = re.search(r"[\"'`]([^\"'`\n]+)", test.text)
    return said[1][:_LONGEST_NAME] if said else test.name
