"""What the `go` command prints about the files of a package."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.tool_text import place, word_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.core.lines import LineIndex

_ERROR = re.compile(
    r"(?:vet: )?(?P<file>[^:\n]*(?::[\\/][^:\n]*)?\.go):(?P<at>\d+:\d+): (?P<said>.*)"
)
_OFFLINE = re.compile(
    r"GOPROXY=off|missing go\.sum entry|dial tcp|updates to go\.(?:mod|sum) needed"
)
_CRASHED = re.compile(
    rb"^(?:[^\n\"]{0,300}: )?(?:internal compiler error|signal: \w+)|^(?:panic|fatal error): |^goroutine \d",
    re.MULTILINE,
)
_SYNTAX = re.compile(r"syntax error: |expected .*, found ")
_CODES = tuple(
    (re.compile(words), code)
    for words, code in (
        (r"syntax error: |expected .*, found ", "syntax-error"),
        (r"undefined: \w+\.", "UndeclaredImportedName"),
        (r"undefined: ", "UndeclaredName"),
        (r"declared and not used: ", "UnusedVar"),
        (r"\".*\" imported (?:as \w+ )?and not used", "UnusedImport"),
        (r".* undefined \(type .* has no ", "MissingFieldOrMethod"),
        (r"missing return", "MissingReturn"),
        (r"(?:too many|not enough) return values", "WrongResultCount"),
        (r"(?:too many|not enough) arguments in call", "WrongArgCount"),
        (r"assignment mismatch: ", "WrongAssignCount"),
        (r"no new variables on left side of :=", "NoNewVar"),
        (r"\w+ redeclared in this block", "DuplicateDecl"),
        (r"duplicate case ", "DuplicateCase"),
        (r"duplicate key ", "DuplicateLitKey"),
        (r"invalid operation: .*mismatched types", "MismatchedTypes"),
        (r"invalid operation: operator ", "UndefinedOp"),
        (r"invalid operation: cannot call ", "InvalidCall"),
        (r"cannot use .* value in ", "IncompatibleAssign"),
        (r"cannot assign to ", "UnassignableOperand"),
        (r"cannot convert ", "InvalidConversion"),
        (r".* is not a type$", "NotAType"),
        (r".* is not used$", "UnusedExpr"),
        (r"label \w+ defined and not used", "UnusedLabel"),
        (r"impossible type assertion", "ImpossibleAssert"),
        (r"in call to .*, cannot infer ", "CannotInferTypeArgs"),
        (r"package .* is not in std|no required module provides package ", "BrokenImport"),
    )
)
"""The names under which gopls reports what the compiler says without one: go/types' error codes.

`UndeclaredImportedName` stands before `UndeclaredName`, whose words it begins with.
"""
_MAX_ERRORS = 1_000


@dataclass(frozen=True, slots=True)
class GoFile:
    """The file that is checked.

    Attributes:
        index: its text.
        path: where it stands in the project.
        content: where the text lies that Go reads in its place.
    """

    index: LineIndex
    path: Path
    content: Path

    def is_at(self, printed: str) -> bool:
        """Whether a path that Go printed, from the file's folder, means this file."""
        found = self._whole(printed)
        return found in {_plain(self.path), _plain(self.content)}

    def is_beside(self, printed: str) -> bool:
        """Whether it means another file of the same folder."""
        whole = self._whole(printed)
        return not self.is_at(printed) and os.path.dirname(whole) == _plain(self.path.parent)  # noqa: PTH120 - a string

    def _whole(self, printed: str) -> str:
        return _plain(self.path.parent / printed)


@dataclass(frozen=True, slots=True)
class GoError:
    """One error as it was printed.

    Attributes:
        is_loading: whether it was met before any package was looked at.
    """

    file: str
    line: int
    column: int
    message: str
    is_loading: bool


def errors_in(output: bytes) -> list[GoError]:
    """The errors of the compiler, the package loader or `go vet`, lines of one message together."""
    found: list[GoError] = []
    is_loading = True
    for line in output.decode(errors="replace").splitlines():
        is_loading = is_loading and not line.startswith("# ")
        said = _ERROR.fullmatch(line)
        if said is not None:
            row, column = map(int, said["at"].split(":"))
            found.append(GoError(said["file"], row, column, said["said"], is_loading))
        elif line.startswith("\t") and found:
            last = found.pop()
            message = f"{last.message}\n{line.strip()}"
            found.append(GoError(last.file, last.line, last.column, message, last.is_loading))
    return found[:_MAX_ERRORS]


def is_crash(output: bytes) -> bool:
    """Whether Go itself failed: then it says less than there is."""
    return _CRASHED.search(output) is not None


def own_errors(errors: Iterable[GoError], file: GoFile) -> tuple[Diagnostic, ...]:
    """The errors in the file that is checked."""
    return tuple(
        _diagnostic(error, file.index)
        for error in errors
        if file.is_at(error.file) and not _OFFLINE.search(error.message)
    )


def hindrance(errors: Iterable[GoError], file: GoFile) -> str:
    """What of other files keeps Go from looking at this one, as a sentence; empty when nothing does.

    Type errors beside it do not: the compiler tells those of all files of a package.
    """
    for error in errors:
        if error.is_loading or not (file.is_beside(error.file) or file.is_at(error.file)):
            where = "" if file.is_at(error.file) else f"{error.file}: "
            return f"Go can't look at the package: {where}{error.message.splitlines()[0]}."
        if _SYNTAX.match(error.message) and file.is_beside(error.file):
            name = Path(error.file).name
            return f"`{name}` beside it does not parse, so Go looks at no file of the package."
    return ""


def read_vet(output: bytes, file: GoFile) -> tuple[Diagnostic, ...]:
    """The findings in the output of `go vet -json` about the file.

    The format: for each package one object, in it for each analyzer a list of findings; places are
    `path:line:column` in bytes, edits count bytes of the file.

    Raises:
        UnavailableError: when the output is something else.
    """
    try:
        found = [
            _finding(name, item, file)
            for package in _objects(output)
            for by_analyzer in package.values()
            for name, items in by_analyzer.items()
            for item in _items(items)
            if file.is_at(item["posn"].rsplit(":", 2)[0])
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"The answer of `go vet` can't be read: {error!r}.") from error
    return tuple(dict.fromkeys(found))


def is_listed(output: bytes, name: str) -> bool:
    """Whether `go list -json` names a file among those that are built.

    Raises:
        UnavailableError: when the output is something else.
    """
    try:
        listed = [name for each in _objects(output) for names in each.values() for name in names]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"The answer of `go list` can't be read: {error!r}.") from error
    return name in {os.path.basename(str(one)) for one in listed}  # noqa: PTH119 - a string


def _objects(output: bytes) -> Iterator[dict[str, Any]]:
    """JSON objects, one behind the other; older versions write comments between them."""
    lines = output.decode(errors="replace").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    decoder, at = json.JSONDecoder(), 0
    while (at := _past_space(text, at)) < len(text):
        found, at = decoder.raw_decode(text, at)
        yield found


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _items(found: object) -> list[dict[str, Any]]:
    """The findings of an analyzer; one that failed gives an object with its error."""
    if isinstance(found, dict):
        raise UnavailableError(f"`go vet` could not look: {found.get('error', 'no reason given')}.")
    if not isinstance(found, list):
        raise ValueError("findings are a list")  # noqa: TRY004 - one error for all damage
    return found


def _finding(analyzer: str, item: dict[str, Any], file: GoFile) -> Diagnostic:
    start = _offset(item["posn"], file.index)
    end = _offset(item["end"], file.index) if item.get("end") else start
    text = file.index.text
    return Diagnostic(
        source="go vet",
        code=analyzer,
        message=item["message"],
        span=Span(start, end) if end > start else word_at(text, start),
        severity=Severity.WARNING,
        suggestions=tuple(_suggestions(item.get("suggested_fixes") or (), file)),
    )


def _offset(position: str, index: LineIndex) -> int:
    _, line, column = position.rsplit(":", 2)
    return place(index, int(line), int(column), "utf-8")


def _suggestions(fixes: Iterable[dict[str, Any]], file: GoFile) -> Iterator[Suggestion]:
    content = file.index.text.encode()
    for fix in fixes:
        if all(file.is_at(edit["filename"]) for edit in fix["edits"]):
            edits = tuple(_edit(edit, content) for edit in fix["edits"])
            yield Suggestion(fix["message"], edits)


def _edit(edit: dict[str, Any], content: bytes) -> Edit:
    """Its places count bytes."""
    start, end = (len(content[: edit[key]].decode(errors="ignore")) for key in ("start", "end"))
    return Edit(Span(start, max(start, end)), edit["new"])


def _diagnostic(error: GoError, index: LineIndex) -> Diagnostic:
    return Diagnostic(
        source="go",
        code=next((code for words, code in _CODES if words.match(error.message)), ""),
        message=error.message,
        span=_span(error, index),
        severity=Severity.ERROR,
    )


def _span(error: GoError, index: LineIndex) -> Span:
    """The compiler tells no end: the word there, and of an import the whole path."""
    start = place(index, error.line, error.column, "utf-8")
    quoted = re.compile(r'"[^"\n]*"').match(index.text, start)
    return Span(*quoted.span()) if quoted is not None else word_at(index.text, start)


def _plain(path: Path) -> str:
    return os.path.normcase(os.path.normpath(path))
