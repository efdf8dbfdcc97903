"""SARIF, the format in which many linters can report (OASIS, version 2.1.0)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from understudy.core.failures import UnavailableError
from understudy.core.lines import units_to_column
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.foreign.exact import exact
from understudy.workspace.tool_text import word_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.core.lines import Encoding, LineIndex

_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "note": Severity.INFORMATION,
}
_MAX_RESULTS = 2_000
_FOUND_SOMETHING = 1
_SIGNALS = 128
"""From here on, an exit code tells which signal ended the program, where a shell had started it."""


@dataclass(frozen=True, slots=True)
class SarifReader:
    """Reads the results about one text.

    Attributes:
        source: the name of the checker.
        index: the text.
        is_own: whether a path, as the tool wrote it, means that text.
        severity: that of results that don't say it.
    """

    source: str
    index: LineIndex
    is_own: Callable[[str], bool]
    severity: Severity

    def read(self, output: bytes, returncode: int = 0) -> tuple[Diagnostic, ...]:
        """The results about the text.

        Args:
            output: the log.
            returncode: the exit code of the tool that wrote it.

        Raises:
            UnavailableError: when the output is no SARIF log, or does not show that the tool looked.
        """
        try:
            runs = json.loads(output)["runs"]
            if why := _failure(runs, returncode):
                raise UnavailableError(f"`{self.source}` did not look to the end: {why}.")
            found = [
                diagnostic
                for run in runs
                for result in run["results"][:_MAX_RESULTS]
                for diagnostic in self._diagnostics(result, run)
            ]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UnavailableError(
                f"The answer of `{self.source}` is no SARIF: {error!r}."
            ) from error
        return tuple(dict.fromkeys(found))

    def _diagnostics(self, result: dict[str, Any], run: dict[str, Any]) -> Iterator[Diagnostic]:
        encoding: Encoding = "utf-32" if run.get("columnKind") == "unicodeCodePoints" else "utf-16"
        place = result["locations"][0]["physicalLocation"] if result.get("locations") else None
        if place is None or result.get("kind", "fail") != "fail" or result.get("level") == "none":
            return
        if not self._is_here(place):
            return
        span = self._span(place.get("region") or {}, encoding)
        yield Diagnostic(
            source=self.source,
            code=str(result.get("ruleId") or ""),
            message=str(result["message"].get("text") or result.get("ruleId") or ""),
            span=span if span.end > span.start else word_at(self.index.text, span.start),
            severity=_SEVERITIES.get(result.get("level", ""), self.severity),
            suggestions=exact(self._fixes(result, encoding), self.index.text),
        )

    def _fixes(self, result: dict[str, Any], encoding: Encoding) -> Iterator[Suggestion]:
        """What the tool proposes, where it stays within the text."""
        for fix in result.get("fixes") or ():
            changes = fix["artifactChanges"]
            if all(self._is_here(change) for change in changes):
                edits = tuple(
                    Edit(
                        self._span(replacement["deletedRegion"], encoding),
                        (replacement.get("insertedContent") or {}).get("text", ""),
                    )
                    for change in changes
                    for replacement in change["replacements"]
                )
                title = (fix.get("description") or {}).get("text") or "The tool's fix"
                yield Suggestion(str(title), edits)

    def _is_here(self, place: dict[str, Any]) -> bool:
        uri = place["artifactLocation"]["uri"]
        path = unquote(uri.removeprefix("file://"))
        # `file:///C:/a` names a drive.
        return self.is_own(path[1:] if path[2:3] == ":" else path)

    def _span(self, region: dict[str, Any], encoding: Encoding) -> Span:
        """Lines and columns count from 1; a region without columns is its whole lines."""
        if "startLine" not in region:
            return self._by_characters(region, encoding)
        first, last = region["startLine"], region.get("endLine", region["startLine"])
        start = self._offset(first, region.get("startColumn", 1), encoding)
        default = len(self.index.content(last - 1)) + 1
        if "endColumn" in region:
            end = self._offset(last, region["endColumn"], encoding)
        else:
            end = self._offset(last, default, "utf-32")
        return Span(start, max(start, end))

    def _by_characters(self, region: dict[str, Any], encoding: Encoding) -> Span:
        start = region.get("charOffset", 0)
        end = start + region.get("charLength", 0)
        if encoding == "utf-16" and not self.index.text.isascii():
            raise UnavailableError(f"`{self.source}` counts places in a way that is not read.")
        size = len(self.index.text)
        return Span(min(max(start, 0), size), min(max(start, end, 0), size))

    def _offset(self, line: int, column: int, encoding: Encoding) -> int:
        content = self.index.content(line - 1)
        return self.index.offset(line - 1, units_to_column(content, column - 1, encoding))


def _failure(runs: list[dict[str, Any]], returncode: int) -> str:
    """Why a log does not show that a tool looked, as a clause; empty when it does.

    A run without results is one that failed before it looked (3.14.23 of the specification). Most
    tools end with 1 when they found something; one that ends otherwise may say that it succeeded.
    """
    told = [one for run in runs for one in run.get("invocations") or ()]
    if not runs or any(not isinstance(run.get("results"), list) for run in runs):
        return "there are no results"
    if any(one.get("executionSuccessful") is False for one in told):
        return "it says that it failed"
    for one in told:
        for key in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for notice in one.get(key) or ():
                if notice.get("level") == "error":
                    message = notice.get("message") or {}
                    return str(message.get("text") or "it tells of an error")[:300].rstrip(".")
    good = [one for one in told if one.get("executionSuccessful") is True]
    found = returncode == _FOUND_SOMETHING and (good or any(run["results"] for run in runs))
    said = 0 < returncode < _SIGNALS and any(one.get("exitCode") == returncode for one in good)
    return "" if returncode == 0 or found or said else f"it ended with code {returncode}"
