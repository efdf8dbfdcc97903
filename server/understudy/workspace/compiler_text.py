"""The messages of Clang and GCC about a text that they read from standard input."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Related, Severity, Suggestion
from understudy.workspace.tool_text import place, word_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.core.lines import LineIndex

_FINDING = re.compile(
    r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+):(?P<ranges>(?:\{[\d:-]+\})*:?) "
    r"(?P<level>fatal error|error|warning|note): (?P<message>.*)"
)
_FIX = re.compile(
    r'fix-it:"<stdin>":\{(?P<l1>\d+):(?P<c1>\d+)-(?P<l2>\d+):(?P<c2>\d+)\}:"(?P<text>.*)"'
)
_RANGE = re.compile(r"\{(?P<l1>\d+):(?P<c1>\d+)-(?P<l2>\d+):(?P<c2>\d+)\}")
_OPTION = re.compile(r" \[(-W[\w+=-]+)(?:,[^\]]*)?\]$")
_ESCAPE = re.compile(rb"\\(?:([0-7]{3})|(.))")
_STDIN = "<stdin>"
_SYNTAX = re.compile(r"expected |extraneous |unexpected |unterminated |missing terminating |stray ")
_UNDECLARED = re.compile(
    r"use of undeclared identifier|.{1,200} undeclared|.{1,200} was not declared"
)
_CRASHED = re.compile(
    rb"^(?:[^\n\"']{0,300}: )?internal compiler error|^PLEASE |^Please submit a full bug report"
    rb"|^Stack dump:|^LLVM ERROR|^[\w.+-]{1,40}: (?:fatal )?error: [^\n]*(?:\bsignal|Segmentation|Killed)"
    rb"|^(?:cc1\w*: )?(?:out of memory|virtual memory exhausted)",
    re.MULTILINE,
)
_NO_HEADER = "#pragma once in main file"
"""What GCC says of every header that it is given as the text to compile; Clang can be told not to."""
_MAX_FINDINGS = 1_000
_MOST_NOTES = 20


@dataclass(slots=True)
class _Finding:
    """A message with what belongs to it, as it was printed."""

    said: re.Match[str]
    fixes: list[tuple[str, list[re.Match[str]]]]
    notes: list[re.Match[str]] = field(default_factory=list)


def own_findings(
    output: bytes, index: LineIndex, *, is_clang: bool, path: Path | None = None
) -> tuple[Diagnostic, ...]:
    """The findings in the text itself; of what stands in headers only that notes point there.

    Columns count bytes from 1. Of the two, only Clang counts a byte order mark.

    Args:
        output: what was printed.
        index: the text.
        is_clang: whether Clang printed it, and not GCC.
        path: of the text's file, beside which the compiler ran; None for a text without one.
    """
    reader = _Reader(index, "clang" if is_clang else "gcc", skips_mark=not is_clang, path=path)
    told = [one for one in _findings(output) if not one.said["message"].startswith(_NO_HEADER)]
    found = [reader.diagnostic(one) for one in told[:_MAX_FINDINGS]]
    return tuple(dict.fromkeys(found))


def stopped_elsewhere(output: bytes) -> str:
    """Why the compiler did not read to the end, as a sentence: a header is missing or broken."""
    for line in output.decode(errors="replace").splitlines():
        said = _FINDING.fullmatch(line)
        if said is not None and said["level"] == "fatal error":
            why = f"The compiler stopped: {said['message']}."
            if "file" not in said["message"].lower():
                return why
            return (
                f"{why} Without that header it can't tell what is right, so what it would say is"
                " unknown. A `compile_commands.json` in the project tells where its headers are."
            )
    return ""


def broke_down(output: bytes) -> bool:
    """Whether the compiler itself failed, whatever it had found before."""
    return _CRASHED.search(output) is not None


def has_errors(output: bytes) -> bool:
    """Whether the compiler told of an error, in any file."""
    said = map(_FINDING.fullmatch, output.decode(errors="replace").splitlines())
    return any(one is not None and one["level"].endswith("error") for one in said)


def _findings(output: bytes) -> list[_Finding]:
    """Errors and warnings about standard input; notes are the titles of the fixes below them."""
    found: list[_Finding] = []
    is_own = False
    for line in output.decode(errors="replace").splitlines():
        said = _FINDING.fullmatch(line)
        fix = _FIX.fullmatch(line)
        if said is not None and said["level"] != "note":
            is_own = said["file"] == _STDIN
            if is_own:
                found.append(_Finding(said, [(said["message"], [])]))
        elif said is not None and is_own:
            found[-1].fixes.append((said["message"], []))
            found[-1].notes.append(said)
        elif fix is not None and is_own:
            found[-1].fixes[-1][1].append(fix)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what was printed into places of a text."""

    index: LineIndex
    source: str
    skips_mark: bool
    path: Path | None

    def diagnostic(self, finding: _Finding) -> Diagnostic:
        said = finding.said
        option = _OPTION.search(said["message"])
        message = said["message"] if option is None else said["message"][: option.start()]
        is_error = said["level"] != "warning"
        return Diagnostic(
            source=self.source,
            code=option[1] if option else _code(message) if is_error else "",
            message=message,
            span=self._span(said),
            severity=Severity.ERROR if is_error else Severity.WARNING,
            suggestions=tuple(self._suggestions(finding)),
            related=tuple(self._related(finding.notes[:_MOST_NOTES])),
        )

    def _related(self, notes: Iterable[re.Match[str]]) -> Iterator[Related]:
        """Where the notes below a finding stand."""
        for said in notes:
            if self.path is None or (said["file"].startswith("<") and said["file"] != _STDIN):
                continue
            is_here = said["file"] == _STDIN
            path = self.path if is_here else self.path.parent / os.path.normpath(said["file"])
            if path.is_absolute():
                place = (max(int(said["line"][:9]) - 1, 0), max(int(said["column"][:9]) - 1, 0))
                yield Related(path.as_uri(), place, place, said["message"])

    def _span(self, said: re.Match[str]) -> Span:
        start = self._offset(said["line"], said["column"])
        for printed in _RANGE.finditer(said["ranges"]):
            marked = self._between(printed)
            if marked.start == start < marked.end:
                return marked
        return word_at(self.index.text, start)

    def _suggestions(self, finding: _Finding) -> Iterator[Suggestion]:
        for title, fixes in finding.fixes:
            edits = tuple(Edit(self._between(fix), _unescaped(fix["text"])) for fix in fixes)
            if edits:
                yield Suggestion(_OPTION.sub("", title), edits)

    def _between(self, match: re.Match[str]) -> Span:
        start = self._offset(match["l1"], match["c1"])
        return Span(start, max(start, self._offset(match["l2"], match["c2"])))

    def _offset(self, line: str, column: str) -> int:
        row, units = int(line[:9]), int(column[:9])
        return place(self.index, row, units, "utf-8", skips_mark=self.skips_mark)


def _code(message: str) -> str:
    """Names for errors, which have none of their own: clangd's for what is not declared."""
    if _SYNTAX.match(message):
        return "syntax-error"
    return "undeclared_var_use" if _UNDECLARED.match(message) else ""


def _unescaped(text: str) -> str:
    """A C string: three octal digits are a byte."""

    def plain(match: re.Match[bytes]) -> bytes:
        if match[1]:
            return bytes([int(match[1], 8) & 0xFF])
        return {b"n": b"\n", b"t": b"\t"}.get(match[2], match[2])

    return _ESCAPE.sub(plain, text.encode()).decode(errors="replace")
