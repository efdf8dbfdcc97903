"""What TypeScript's own server finds in a text, with the fixes that it proposes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.workspace.diagnostics import Diagnostic, Related, Severity, Suggestion
from understudy.workspace.foreign.exact import exact
from understudy.workspace.served import FIXES_WITHIN_S
from understudy.workspace.ts_text import TsText
from understudy.workspace.tsserver import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.mirror import Shown
    from understudy.workspace.tsserver import TsServer
    from understudy.workspace.view import View

_ASKED = ("syntacticDiagnosticsSync", "semanticDiagnosticsSync", "suggestionDiagnosticsSync")
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "suggestion": Severity.HINT}
_FIXES = frozenset(
    {
        *("addMissingAsync", "addMissingAwait", "addMissingAwaitToInitializer", "addMissingConst"),
        *("addMissingInvocationForDecorator", "addMissingNewOperator", "convertToTypeOnlyExport"),
        *("classSuperMustPrecedeThisAccess", "constructorForDerivedNeedSuperCall"),
        *("convertToTypeOnlyImport", "deleteUnmatchedParameter", "fixAwaitInSyncFunction"),
        *("extendsInterfaceBecomesImplements", "fixAddVoidToPromise", "fixExpectedComma"),
        *("fixImportNonExportedMember", "fixInvalidImportSyntax", "fixMissingCallParentheses"),
        *("fixNaNEquality", "fixOverrideModifier", "fixReturnTypeInAsyncFunction"),
        *("fixUnreachableCode", "fixUnusedLabel", "forgottenThisPropertyAccess", "import"),
        *("invalidJsxCharacters", "returnValueCorrect", "spelling", "splitTypeOnlyImport"),
        *("unusedIdentifier", "wrapJsxInFragment"),
    }
)
"""Names of fixes that put right what the finding is about. The others declare what is missing as
something empty, silence the compiler, or change other files."""
_UNUSED = frozenset({6133, 6138, 6192, 6196, 6198, 6199, 7027, 7028})

Json = dict[str, Any]


async def look_by_tsserver(
    server: TsServer, documents: list[Shown], view: View
) -> tuple[Diagnostic, ...]:
    """What the server says about the last of the documents, which is the view.

    Raises:
        UnavailableError: when it gave no answer, or one that is none.
    """
    await server.show(documents)
    file = file_of(documents[-1].uri)
    text = await asyncio.to_thread(TsText, view.text)
    try:
        items = await _items(server, file)
        fixes = await _fixes(server, file, items)
        return tuple(
            _diagnostic(item, text, exact(_suggestions(found, file, text), view.text))
            for item, found in zip(items, fixes, strict=True)
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise UnavailableError(f"TypeScript's answer can't be read: {error!r}.") from error


async def _items(server: TsServer, file: str) -> list[Json]:
    """All findings, each once: the checker repeats some that the parser told already."""
    asked = {"file": file, "includeLinePosition": True}
    answers = [await server.ask(command, asked) for command in _ASKED]
    found = {
        (one["start"], one["length"], one["code"]): one for answer in answers for one in answer
    }
    return list(found.values())


async def _fixes(server: TsServer, file: str, items: list[Json]) -> list[list[Json]]:
    """What is proposed for each finding, as far as there is time; the errors come first."""
    found: list[list[Json]] = [[] for _ in items]
    until = time.monotonic() + FIXES_WITHIN_S
    for number, item in enumerate(items):
        if time.monotonic() > until:
            break
        if item["category"] == "error" or item["code"] in _UNUSED:
            answer = await server.ask("getCodeFixes", _about(item, file))
            found[number] = answer if isinstance(answer, list) else []
    return found


def _about(item: Json, file: str) -> Json:
    start, end = item["startLocation"], item["endLocation"]
    return {
        "file": file,
        "startLine": start["line"],
        "startOffset": start["offset"],
        "endLine": end["line"],
        "endOffset": end["offset"],
        "errorCodes": [item["code"]],
    }


def _suggestions(fixes: list[Json], file: str, text: TsText) -> Iterator[Suggestion]:
    """The fixes that are worth trying and change nothing but this file."""
    for fix in fixes:
        changes = fix["changes"]
        if fix["fixName"] in _FIXES and [one["fileName"] for one in changes] == [file]:
            yield Suggestion(fix["description"], text.edits(changes[0]["textChanges"]))


def _diagnostic(item: Json, text: TsText, suggestions: tuple[Suggestion, ...]) -> Diagnostic:
    return Diagnostic(
        source="ts",
        code=str(item["code"]),
        message=item["message"],
        span=text.span(item["start"], item["length"]),
        severity=_SEVERITIES.get(item["category"], Severity.INFORMATION),
        suggestions=suggestions,
        related=tuple(_related(item.get("relatedInformation"))),
    )


def _related(told: list[Json] | None) -> Iterator[Related]:
    """The places that a finding points at; lines and columns count from 1."""
    for one in told or ():
        span = one.get("span")
        if span and (path := Path(span["file"])).is_absolute():
            start, end = ((at["line"] - 1, at["offset"] - 1) for at in (span["start"], span["end"]))
            yield Related(path.as_uri(), start, end, one["message"])
