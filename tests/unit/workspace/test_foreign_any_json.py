"""Whatever a client sends as a diagnostic, reading it never raises."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workspace.foreign_factory import TEXT, URI
from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.workspace.foreign import diagnostic_from_json

KEYS = [
    "range",
    "start",
    "end",
    "line",
    "character",
    "message",
    "source",
    "code",
    "severity",
    "data",
    "edits",
    "edit",
    "changes",
    "newText",
    "documentChanges",
    "textDocument",
    "uri",
    "relatedInformation",
    "location",
    "fix",
    "fixes",
    "text",
    "suggestions",
    "desc",
    "corrections",
    "word",
    "children",
    "spans",
    "is_primary",
    "file_name",
    "suggested_replacement",
    "title",
    "value",
    "suggestion_applicability",
    "line_start",
    "line_end",
    "column_start",
    "column_end",
    "rendered",
    "codeActions",
]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(KEYS),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=30,
)
_PLACE = st.fixed_dictionaries({"line": st.integers(-1, 4), "character": st.integers(-1, 30)})
_RANGE = st.fixed_dictionaries({"start": _PLACE, "end": _PLACE})
_EDIT = st.fixed_dictionaries({"range": _RANGE, "newText": st.text()})
_RELATED = st.fixed_dictionaries(
    {"location": st.fixed_dictionaries({"uri": st.text(), "range": _RANGE}), "message": _JSON}
)
_NEARLY = st.fixed_dictionaries(
    {"range": _RANGE, "message": st.text() | _JSON},
    optional={
        "data": st.fixed_dictionaries(
            {},
            optional={
                "edits": st.lists(_EDIT),
                "rendered": st.text(alphabet="help: \n12|+-~ab"),
                "fix": st.fixed_dictionaries(
                    {"range": st.lists(st.integers(-1, 40), max_size=3), "text": st.text()}
                ),
                "corrections": st.lists(st.text()),
                "children": _JSON,
            },
        )
        | _JSON,
        "relatedInformation": _JSON | st.lists(_JSON | _RELATED),
        "code": _JSON,
        "severity": _JSON,
    },
)


@given(item=_JSON | _NEARLY, text=st.text() | st.just(TEXT), uri=st.none() | st.just(URI))
def test_no_json_raises_and_every_suggestion_applies(item: Any, text: str, uri: str | None) -> None:
    found = diagnostic_from_json(item, LineIndex(text), "utf-16", uri)
    if found is not None:
        assert found.span.end <= len(text)
        for suggestion in found.suggestions:
            assert apply(text, suggestion.edits) != text
        assert all(one.uri and (0, 0) <= one.start <= one.end for one in found.related)
