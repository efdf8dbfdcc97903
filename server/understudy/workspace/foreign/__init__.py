"""Diagnostics that other servers found, as an editor passes them on.

The format is the Language Server Protocol's `Diagnostic` as plain JSON. Clients drop fields,
send `null` for them or send newer shapes than they announced, so nothing is taken for granted:
whatever can't be read is left out, and no JSON value raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.foreign.document import Document, clamped_span, text_of
from understudy.workspace.foreign.exact import exact
from understudy.workspace.foreign.readers import suggestions_in
from understudy.workspace.foreign.related import related_places

if TYPE_CHECKING:
    from understudy.core.lines import Encoding, LineIndex

__all__ = ["diagnostic_from_json"]

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION, Severity.HINT)


def diagnostic_from_json(
    item: object, index: LineIndex, encoding: Encoding, uri: str | None = None
) -> Diagnostic | None:
    """Read one LSP diagnostic; None when it has no range, or neither a message nor a code.

    Args:
        item: the parsed JSON, of any shape.
        index: the text that the diagnostic was found in.
        encoding: the unit in which the client counts columns.
        uri: the document's address. Edits that name a document are read only when they name this
            one, so without it those are left out.

    Returns:
        The diagnostic with `suggestions` for every edit that its `data`, `codeActions` or
        `relatedInformation` spell out for this document. A position outside the text is moved to
        the nearest one inside; an edit outside the text is left out.
    """
    if not isinstance(item, dict):
        return None
    document = Document(index, encoding, uri)
    span = clamped_span(item.get("range"), document)
    code, message = _code(item.get("code")), text_of(item.get("message"))
    if span is None or not (code or message):
        return None
    return Diagnostic(
        source=text_of(item.get("source")).strip().lower(),
        code=code,
        message=message,
        span=span,
        severity=_severity(item.get("severity")),
        suggestions=exact(suggestions_in(item, span, document), index.text),
        related=related_places(item.get("relatedInformation")),
    )


def _code(value: object) -> str:
    """A code as text. Pyright-like servers once sent `{"value": …, "target": …}`."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    return str(value)


def _severity(value: object) -> Severity:
    if isinstance(value, int) and 1 <= value <= len(_SEVERITIES):
        return _SEVERITIES[value - 1]
    return Severity.WARNING
