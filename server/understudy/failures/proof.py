"""Failures of a model's text that are claimed only when the text itself proves them.

What a model says about its answer counts for nothing here; only what stands in the new text does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category
from understudy.core.lines import content_length, split_lines
from understudy.core.markup import PROSE
from understudy.core.runs import changed_runs
from understudy.failures.build import Finding, build
from understudy.failures.elision import is_to_do, left_out, only_promised
from understudy.failures.fences import is_fence, is_prose, unclosed_fence
from understudy.failures.fingerprint import fingerprint
from understudy.failures.grammar import fault, has_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from understudy.core.failures import Failure

_OF_PROSE = PROSE | {"html"}
_WORDS_RUN = frozenset(
    {"shellscript", "bat", "powershell", "makefile", "yaml", "ini", "dotenv", "gherkin"}
)
"""Languages in which a line of plain words may well be meant."""

_SOURCE = "edit"


def incomplete(old: str, new: str, language: str) -> Failure | None:
    """A new text that is not all of what it should be; None without a proof.

    Proofs are a comment that took the place of lines, a body that is only a promise, a fence that
    is not closed, and a parser that waits for more at the end while the old end is gone.

    Args:
        old: the text before; empty for a new file.
        new: the text after the edit.
        language: the LSP language id.
    """
    before, after = _bare(old), _bare(new)
    told = (
        _left_out(before, after)
        or _promised(before, after)
        or _open_fence(before, after, language)
        or _cut_off(old, new, language)
    )
    return _failure(Category.INCOMPLETE_OUTPUT, told)


def polluted(new: str, language: str) -> Failure | None:
    """A text of code that holds Markdown or prose; None without a proof.

    It is judged after the code was taken out of the answer, so that a fence inside a docstring or
    a file of Markdown is none.
    """
    if language in _OF_PROSE:
        return None
    lines = _bare(new)
    if has_parser(language):
        told = _does_not_parse_with(lines, new, language)
    else:
        told = _at_the_borders(lines, language)
    return _failure(Category.MARKDOWN_POLLUTION, told)


def hallucinated(name: str, old: str, new: str, exists: Callable[[str], bool]) -> Failure | None:
    """A name that the model added and that exists nowhere; None without a proof.

    Args:
        name: the name, import or attribute that a checker does not know.
        old: the text before the edit.
        new: the text after it.
        exists: whether the name is one of the workspace, the installed packages or the built-ins.
            It is asked last, and must say yes where it can't know.
    """
    if not name.strip():
        return None
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    before, after = _bare(old), _bare(new)
    told = next((line for _, line in _added(before, after) if word.search(line)), "")
    if not told or any(word.search(line) for line in before) or exists(name):
        return None
    finding = Finding(Category.HALLUCINATION, code=name[:80], confidence=0.9)
    # Each name is another one, and the failure is the same.
    same = fingerprint(Category.HALLUCINATION, _SOURCE, "", "")
    return replace(build(finding, _SOURCE, told, "check"), fingerprint=same)


def _failure(category: Category, told: str) -> Failure | None:
    return build(Finding(category), _SOURCE, told, "parse") if told else None


def _left_out(before: list[str], after: list[str]) -> str:
    """The first new comment that stands for lines which are gone."""
    runs = changed_runs(before, after)
    places = (
        left_out(before[run.old_start : run.old_stop], after[run.new_start : run.new_stop])
        for run in runs
    )
    return next(filter(None, places), "")


def _promised(before: list[str], after: list[str]) -> str:
    known = {line.strip() for line in before}
    for at, line in _added(before, after):
        if is_to_do(line) and line.strip() not in known and only_promised(after, at):
            return line.strip()
    return ""


def _open_fence(before: list[str], after: list[str], language: str) -> str:
    if language in _OF_PROSE:
        found = unclosed_fence(after)
        return found.text if found and unclosed_fence(before) is None else ""
    new = [line.strip() for _, line in _added(before, after) if is_fence(line)]
    # Code holds no fences of its own but inside strings, where they come in pairs.
    return new[0] if len(new) % 2 else ""


def _cut_off(old: str, new: str, language: str) -> str:
    found = fault(new, language)
    if found is None or not found.at_end or not new.strip():
        return ""
    if _last(old) and _last(old) == _last(new):
        # The end is as it was, so something in between is wrong, and nothing is missing.
        return ""
    earlier = fault(old, language) if old.strip() else None
    return "" if earlier is not None and earlier.at_end else f"{found.message}: {_last(new)}"


def _does_not_parse_with(lines: list[str], new: str, language: str) -> str:
    found = fault(new, language)
    if found is None:
        return ""
    fenced = next((line.strip() for line in lines if is_fence(line)), "")
    if fenced:
        return fenced
    first = _first(lines)
    if first is None or not is_prose(lines[first]):
        return ""
    rest = "\n".join(lines[first + 1 :])
    # Only that line is in the way: without it the rest parses, or stops parsing further down.
    later = fault(rest, language)
    return lines[first].strip() if later is None or later.line > 0 else ""


def _at_the_borders(lines: list[str], language: str) -> str:
    first = _first(lines)
    if first is None:
        return ""
    last = max(at for at, line in enumerate(lines) if line.strip())
    fenced = next((lines[at].strip() for at in (first, last) if is_fence(lines[at])), "")
    if fenced or language in _WORDS_RUN:
        return fenced
    return lines[first].strip() if is_prose(lines[first]) else ""


def _added(before: Sequence[str], after: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that the new text has and the old one has not in this place, with their numbers."""
    for run in changed_runs(before, after):
        for at in range(run.new_start, run.new_stop):
            yield at, after[at]


def _bare(text: str) -> list[str]:
    return [line[: content_length(line)] for line in split_lines(text)]


def _first(lines: Sequence[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if line.strip()), None)


def _last(text: str) -> str:
    return next((line.strip() for line in reversed(_bare(text)) if line.strip()), "")
