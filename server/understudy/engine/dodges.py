"""What gets around one kind of diagnostic, and is usual where nothing was found."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.context.only_told import python_guards, script_guards, typing_only
from understudy.engine.loosened import loosened
from understudy.engine.tests_naming import is_test
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk

    More = Callable[[re.Pattern[str]], str]

_SCRIPTS = frozenset({"typescript", "typescriptreact", "javascript", "javascriptreact"})
_ASSUMED = re.compile(r"^\s*assert\s+(?P<what>[\w.]+(?:\s+is\s+not\s+None)?)\s*(?:#.*)?$")
"""In Python, outside of tests: a type checker is told so, and the program ends where it is wrong."""
_ASSERTED = re.compile(r"^\s*assert\s+(?P<what>[^\n#]{1,400})")
_AND = re.compile(r"\band\b|,|[()]")
_CAUGHT = re.compile(r"\bexcept\b[^:\n]{0,200}\b(?:NameError|UnboundLocalError)\b[^:\n]{0,200}:")
"""A name that may lack is used all the same."""
_CAUGHT_TYPE = re.compile(r"\bexcept\b[^:\n]{0,200}\b(?:AttributeError|TypeError)\b[^:\n]{0,200}:")
_OF_TYPES = re.compile(
    r"^report(?:Optional|AttributeAccess)|^(?:union-attr|attr-defined|possibly-unbound-attribute)$"
)
_UNTYPED = re.compile(
    r"\bReflect\.(?:get|set|apply)\(|\bJSON\.parse\(\s*JSON\.stringify\("
    r"|(?:\bArray\.prototype|(?<![\w\])])\[\s*\])\.\w+\.(?:call|apply)\("
)
"""In scripts: what gives a value of any type."""
_UNREAD = re.compile(r"\blet\s+_\w*\s*[=:]|^\s*_\s*=(?!=)")
"""In Rust: a name that says that nobody reads it."""
_DROPPED = re.compile(
    r"^\s*(?:std::mem::|mem::)?drop\(|\bis_(?:ok|err|some|none)\(\)\s*(?:\{\s*\}|;)"
    r"|^(?!\s*(?:let|return|use)\b)[^=\n]{1,300}\.(?:unwrap_or|map_or|or)(?:_\w+)?\([^\n]{0,200}\)\s*;\s*$"
    r"|\bif\s+let\s+\w+\((?:_\w*|\(\)|\.\.)\)\s*=[^{\n]{1,200}\{\s*\}|\.err\(\)\s*;"
    r"|\bErr\(\s*(?:_\w*|\.\.)\s*\)\s*=>\s*(?:continue|break|return)\b"
)
"""In Rust: what came of a call is looked at by nobody."""
_UNUSED = re.compile(r"\bunused\b|\bnever (?:used|read)\b|\bnot (?:used|accessed)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[`'\"](?P<name>[^\W\d]\w*)[`'\"]")
_ENDS = {
    "go": re.compile(r"\bos\.Exit\(|\blog\.Fatal(?:f|ln)?\("),
    "rust": re.compile(r"\bprocess::(?:exit|abort)\(|(?<![\w.])exit\("),
}
"""What ends the whole program; fit for its main function alone."""
_MAINS = {
    "go": re.compile(r"func\s+(?:main|init|TestMain)\s*\("),
    "rust": re.compile(r"(?:pub\s+)?(?:async\s+)?fn\s+main\s*\("),
}
_HEAD = {
    "go": re.compile(r"func\b"),
    "rust": re.compile(r"\s*(?:pub(?:\([^)\n]*\))?\s+)?(?:async\s+)?fn\s"),
}
_PRINTED = re.compile(
    r"!=\s*nil\s*\{\s*(?:fmt|log)\.(?:Print|Fprint)(?:f|ln)?\([^\n]{0,200}\)\s*\}", re.MULTILINE
)
"""In Go: a failure that is only printed, and what follows goes on as if there were none."""
_LONGEST = 100_000
_WIDEST = 1_000
_ZERO = re.compile(
    r"\btry_(?:from|into)\((?:[^()\n]|\((?:[^()\n]|\([^()\n]{0,100}\)){0,100}\)){0,200}\)"
    r"\.unwrap_or(?:_default\(\)|\(0\w*\))"
)
"""In Rust: what does not fit becomes nothing."""
_DEFAULT = re.compile(r"\.unwrap_or_default\(\)")
_CHECKED = re.compile(r"(?<!\w)\w{0,40}[eE]rr\w{0,40}\s*:?=\s*(?P<call>[\w.]+)\(")
_BARE = re.compile(r"^\s*(?P<call>[\w.]+)\([^\n]*\)\s*$")
"""In Go: a call of which nobody looks at what comes of it."""
_GOT = re.compile(r"\.get\(&?\w")
_INDEXED = re.compile(r"[\w)\]]\[[^\]\n#]{1,100}\]")


def dodged(facts: Facts, hunks: tuple[Hunk, ...], more: More) -> str:
    """What gets around the very check that is to be met; empty for nothing.

    Args:
        facts: of the edit.
        hunks: what it changes.
        more: the first match of a pattern that the new lines have more of, or an empty text.
    """
    language = facts.before.language
    if language == "python":
        found = _in_python(facts, hunks, more) or _renamed_away(facts, hunks) or loosened(facts)
        return found or _only_told(facts)
    if language in _SCRIPTS:
        found = more(_UNTYPED) if facts.target is not None else ""
        found = found or _renamed_away(facts, hunks) or loosened(facts)
        return found or _only_told(facts)
    if language == "rust":
        return _in_rust(facts, hunks, more) or _ended(facts, hunks, more)
    if language == "go":
        return _printed(hunks) or _unchecked(hunks) or _ended(facts, hunks, more)
    return ""


def _only_told(facts: Facts) -> str:
    """What is new and true for a type checker alone."""
    before, after, language = facts.before.text, facts.after, facts.before.language
    return next(iter(Counter(_told(after, language)) - Counter(_told(before, language))), "")


@lru_cache(maxsize=4)
def _told(text: str, language: str) -> tuple[str, ...]:
    if language == "python":
        return (*typing_only(text), *python_guards(text))
    return script_guards(text, grammar_of(language))


def _in_python(facts: Facts, hunks: Sequence[Hunk], more: More) -> str:
    view, target = facts.before, facts.target
    found = more(_CAUGHT)
    if not found and target is not None and _OF_TYPES.match(target.code):
        found = more(_CAUGHT_TYPE)
    is_of_tests = is_test("" if view.path is None else view.path.name, "python")
    return found or ("" if is_of_tests else _assumed(hunks))


def _assumed(hunks: Sequence[Hunk]) -> str:
    """The first new assumption that no assertion made before, by itself or with others."""
    gone = (_ASSERTED.match(line) for hunk in hunks for line in hunk.old)
    known = {part.strip() for one in gone if one is not None for part in _AND.split(one["what"])}
    for line in (line for hunk in hunks for line in hunk.new):
        found = _ASSUMED.match(line)
        if found is not None and found["what"] not in known:
            return line.strip()
    return ""


def _in_rust(facts: Facts, hunks: Iterable[Hunk], more: More) -> str:
    if facts.target is None:
        return ""
    if "must_use" in facts.target.code:
        return more(_UNREAD) or more(_DROPPED)
    lossy = more(_ZERO) or (more(_DEFAULT) if "Result<" in facts.target.message else "")
    if lossy:
        return lossy
    old = "".join(line for one in hunks for line in one.old)
    new = "".join(line for one in hunks for line in one.new)
    if len(_GOT.findall(old)) > len(_GOT.findall(new)):
        # What may lack was asked for, and now is taken to be there.
        return more(_INDEXED)
    return ""


def _renamed_away(facts: Facts, hunks: Iterable[Hunk]) -> str:
    """A variable that nothing uses and that is only called so. Of parameters that is the custom."""
    target = facts.target
    if target is None or not _UNUSED.search(f"{target.code} {target.message}"[:1_000]):
        return ""
    names = {found["name"] for found in _QUOTED.finditer(target.message[:1_000])}
    names.add(target.span.of(facts.before.text)[:100])
    for name in sorted(one for one in names if one.isidentifier()):
        word = re.escape(name)
        told = re.compile(
            rf"^\s*(?:(?:const|let|var)\s+)?_+{word}_*\s*(?::[^=\n]{{1,200}})?=(?!=)"
            rf"|^\s*(?:del|void)\s+{word}\s*;?\s*$"
        )
        for line in (line for one in hunks for line in one.new):
            if (found := told.match(line)) is not None:
                return found.group().strip()
    return ""


def _ended(facts: Facts, hunks: Iterable[Hunk], more: More) -> str:
    """An end of the program, away from its main function."""
    language = facts.before.language
    found = more(_ENDS[language])
    if not found or facts.target is None:
        return ""
    lines = facts.before.index.lines
    for hunk in hunks:
        head = next(
            (line for line in reversed(lines[: hunk.first + 1]) if _HEAD[language].match(line)), ""
        )
        if _ENDS[language].search("".join(hunk.new)) and _MAINS[language].match(head):
            return ""
    return found


def _printed(hunks: Iterable[Hunk]) -> str:
    for hunk in hunks:
        new = "".join(hunk.new)
        found = _PRINTED.search(new) if len(new) <= _LONGEST and "defer" not in new else None
        if found is not None and found.group() not in "".join(hunk.old):
            return " ".join(found.group().split())
    return ""


def _unchecked(hunks: Iterable[Hunk]) -> str:
    """A call whose failure was looked at and now is not."""
    for hunk in hunks:
        checked = {one["call"] for line in hunk.old for one in _CHECKED.finditer(line[:_WIDEST])}
        for line in hunk.new:
            found = _BARE.match(line[:_WIDEST]) if line not in hunk.old else None
            if found is not None and found["call"] in checked:
                return line.strip()
    return ""
