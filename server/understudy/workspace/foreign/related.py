"""What stands in `relatedInformation`: places, and suggestions as rust-analyzer passes them on.

It appends the replacement to the help text, ``consider importing this struct: `use …;` ``, and
the location is what is to be replaced; see `map_rust_child_diagnostic` in its source. The label
of another place can end in quoted code too, so only texts that tell someone to act are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit
from understudy.workspace.diagnostics import Related, Suggestion
from understudy.workspace.foreign.document import exact_span, items_of, range_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.text import Span
    from understudy.workspace.foreign.document import Document

_HELP = re.compile(
    r"(?P<title>(?:help: |consider |try|use |add |insert |replace |remove |change |convert |borrow "
    r"|using |dereference |write |introduce |make |wrap |call |specify |did you mean|you (?:can|could|might)"
    r"|if (?:this|you) |there is |an? |maybe |import |prefix |unwrap |express|simplify |move )"
    r".*): `(?P<code>[^`]+)`\Z",
    re.DOTALL | re.IGNORECASE,
)
# Only "this" promises that all there is to remove stands at the location.
_REMOVE = re.compile(r"(?:help: )?remove this\b[^:]*")
_PLACEHOLDER = re.compile(r"/\*.*?\*/|\.\.\.|…", re.DOTALL)


def related_places(value: object) -> tuple[Related, ...]:
    """The places that a list of LSP's `DiagnosticRelatedInformation` names, of any shape."""
    return tuple(filter(None, map(_place, items_of(value))))


def _place(entry: object) -> Related | None:
    location = entry.get("location") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(location, dict):
        return None
    uri, places = location.get("uri"), range_of(location.get("range"))
    if not isinstance(uri, str) or not uri or places is None or min(*places[0], *places[1]) < 0:
        return None
    return Related(uri, places[0], max(places), text_of(entry.get("message")))


def related_suggestions(value: object, document: Document) -> Iterator[Suggestion]:
    """One suggestion for each entry about this document that spells out one replacement."""
    for entry in items_of(value):
        location = entry.get("location") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(location, dict):
            continue
        span = exact_span(location.get("range"), document)
        said = _said(text_of(entry.get("message")))
        if span is None or said is None or not document.is_at(location.get("uri")):
            continue
        title, code = said
        yield Suggestion(title, (Edit(span, _whole(code, span, document)),))


def _said(message: str) -> tuple[str, str] | None:
    """The help text and the replacement, which is empty where something is to be removed."""
    help_text = _HELP.match(message)
    if help_text is None:
        return (message, "") if _REMOVE.fullmatch(message) else None
    title, code = help_text["title"], help_text["code"]
    # Code with a gap to fill in is advice, and so is a list of several replacements.
    if _PLACEHOLDER.search(code) or "`, `" in title:
        return None
    return title, code


def _whole(code: str, span: Span, document: Document) -> str:
    """An item inserted where a line starts is a line, even when its end got lost on the way."""
    at_line_start = document.index.position(span.start)[1] == 0
    if not len(span) and at_line_start and code.endswith((";", "]")):
        code += "\n"
    return document.with_line_ends(code)
