from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.lines import LineIndex
from understudy.core.text import Span, apply
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.foreign import diagnostic_from_json

URI = "file:///project/a%20b.py"
TEXT = "x = 'π😀'; teh = 1\ny = 2\n"
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


def _range(line: int, start: int, end: int) -> dict[str, Any]:
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


def _read(text: str = TEXT, **item: Any) -> Diagnostic | None:
    given = {"range": _range(0, 11, 14), "message": "m", **item}
    return diagnostic_from_json(given, LineIndex(text), "utf-16", URI)


def _results(text: str = TEXT, **item: Any) -> list[str]:
    found = _read(text, **item)
    assert found is not None
    return [apply(text, suggestion.edits) for suggestion in found.suggestions]


def test_spans_count_code_points_whatever_the_client_counts() -> None:
    found = _read()
    assert found is not None
    assert found.span.of(TEXT) == "teh"
    other = diagnostic_from_json(
        {"range": _range(0, 14, 17), "message": "m"}, LineIndex(TEXT), "utf-8"
    )
    assert other is not None
    assert other.span == found.span


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (2304, "2304"),
        ("E501", "E501"),
        ({"value": "rule", "target": "x:"}, "rule"),
        ({"value": 7}, "7"),
        (None, ""),
        (True, ""),
        ([1], ""),
    ],
)
def test_codes_come_in_every_shape(code: object, expected: str) -> None:
    found = _read(code=code)
    assert found is not None
    assert found.code == expected


def test_missing_fields_have_defaults_and_markup_is_text() -> None:
    item = {
        "range": _range(1, 0, 1),
        "message": {"kind": "markdown", "value": "Bad `y`"},
        "source": None,
        "severity": None,
        "tags": None,
        "relatedInformation": [None],
    }
    found = diagnostic_from_json(item, LineIndex(TEXT), "utf-16")
    assert found is not None
    assert (found.source, found.message, found.severity) == ("", "Bad `y`", Severity.WARNING)


def test_source_is_lower_case_and_severity_read() -> None:
    found = _read(source="Ruff", severity=1)
    assert found is not None
    assert (found.source, found.severity) == ("ruff", Severity.ERROR)


@pytest.mark.parametrize(
    "item", [None, [], "x", 1, {}, {"message": "m"}, {"range": _range(0, 0, 1)}]
)
def test_what_is_no_diagnostic_is_none(item: object) -> None:
    assert diagnostic_from_json(item, LineIndex(TEXT), "utf-16") is None


def test_positions_outside_the_text_are_moved_inside() -> None:
    backwards = {"start": {"line": 1, "character": 3}, "end": {"line": 0, "character": 0}}
    far = {"start": {"line": 0, "character": -4}, "end": {"line": 99, "character": 10**30}}
    found = [_read(range=backwards), _read(range=far), _read(range=_range(-3, 5, 9))]
    spans = [one.span for one in found if one is not None]
    assert spans == [Span(21, 21), Span(0, len(TEXT)), Span(0, 0)]


def test_ruff_edits_are_exact_and_its_silencing_edit_is_not_one() -> None:
    edit = {"range": _range(0, 11, 14), "newText": "the"}
    hide = {"range": _range(0, 18, 18), "newText": "  # noqa: X"}
    carried = {"code": "X", "edits": [edit], "noqa_edit": hide, "is_preferred": True, "title": "T"}
    found = _read(data=carried)
    assert found is not None
    assert [(one.title, one.safe) for one in found.suggestions] == [("T", True)]
    assert _results(data=carried) == [TEXT.replace("teh", "the")]
    assert _results(data={"edits": [hide]}) == []


def test_an_edit_for_another_document_is_left_out_as_a_whole() -> None:
    edit = {"range": _range(0, 11, 14), "newText": "the"}
    same = URI.replace("%20", " ")
    assert _results(data={"edit": {"changes": {same: [edit]}}}) == [TEXT.replace("teh", "the")]
    assert _results(data={"edit": {"changes": {"file:///other": [edit]}}}) == []
    assert _results(data={"edit": {"changes": {URI: [edit], "file:///other": [edit]}}}) == []
    create = {"kind": "create", "uri": "file:///new"}
    own = {"textDocument": {"uri": URI, "version": None}, "edits": [edit]}
    assert _results(data={"edit": {"documentChanges": [own]}}) == [TEXT.replace("teh", "the")]
    assert _results(data={"edit": {"documentChanges": [create, own]}}) == []


def test_half_a_change_is_none() -> None:
    good = {"range": _range(0, 11, 14), "newText": "the"}
    late = {"range": _range(40, 0, 1), "newText": ""}
    overlapping = {"range": _range(0, 12, 15), "newText": ""}
    assert _results(data={"edits": [good, late]}) == []
    assert _results(data={"edits": [good, {"newText": "x"}]}) == []
    assert _results(data={"edits": [good, overlapping]}) == []


def test_eslint_offsets_count_utf16_units_and_not_the_byte_order_mark() -> None:
    fix = {"fix": {"range": [11, 14], "text": "the"}}
    assert _results(data=fix) == [TEXT.replace("teh", "the")]
    assert _results("\ufeff" + TEXT, data=fix) == ["\ufeff" + TEXT.replace("teh", "the")]
    assert _results(data={"suggestions": [{"desc": "d", **fix}]}) == [TEXT.replace("teh", "the")]
    assert _results(data={"fix": {"range": [11, 999], "text": ""}}) == []


def test_spelling_corrections_replace_the_mark() -> None:
    fixed = [TEXT.replace("teh", "the"), TEXT.replace("teh", "tech")]
    assert _results(data={"corrections": ["the", "tech"]}) == fixed
    assert _results(data={"suggestions": [{"word": "the"}, "tech"]}) == fixed
    assert _results(data={"suggestions": ["Rename it, or leave it."]}) == []


def _rust_part(start: int, end: int, text: str, **more: object) -> dict[str, Any]:
    return {
        "file_name": "a.rs",
        "line_start": 1,
        "line_end": 1,
        "column_start": start,
        "column_end": end,
        "suggested_replacement": text,
        "suggestion_applicability": "MachineApplicable",
        "expansion": None,
        **more,
    }


def _rust(*parts: dict[str, Any]) -> dict[str, Any]:
    spans = [{"is_primary": True, "file_name": "a.rs"}]
    return {"spans": spans, "children": [{"message": "help", "spans": list(parts)}]}


def test_rustc_suggestions_tell_safe_from_unsafe_and_skip_gaps() -> None:
    text = "let π = totl;\n"
    for applicability, safe in (("MachineApplicable", [True]), ("MaybeIncorrect", [False])):
        part = _rust_part(9, 13, "total", suggestion_applicability=applicability)
        found = _read(text, data=_rust(part))
        assert found is not None
        assert [one.safe for one in found.suggestions] == safe
        assert apply(text, found.suggestions[0].edits) == "let π = total;\n"
    unusable: tuple[dict[str, object], ...] = (
        {"suggestion_applicability": "HasPlaceholders"},
        {"file_name": "b.rs"},
        {"expansion": {}},
        {"line_end": 9},
    )
    for more in unusable:
        assert _results(text, data=_rust(_rust_part(9, 13, "total", **more))) == []


def test_rustc_parts_are_one_suggestion_and_parts_of_one_place_are_alternatives() -> None:
    text = "f(a)\n"
    assert _results(text, data=_rust(_rust_part(3, 3, "&"), _rust_part(4, 4, ".b"))) == [
        "f(&a.b)\n"
    ]
    both = _rust(_rust_part(1, 1, "use a;\n"), _rust_part(1, 1, "use b;\n"))
    assert _results(text, data={"reason": "compiler-message", "message": both}) == [
        "use a;\nf(a)\n",
        "use b;\nf(a)\n",
    ]


def _related(message: str, place: dict[str, Any], uri: str = URI) -> list[dict[str, Any]]:
    return [{"location": {"uri": uri, "range": place}, "message": message}]


def test_related_help_replaces_its_own_place_in_this_document_only() -> None:
    help_text = "a local variable with a similar name exists: `the`"
    place = _range(0, 11, 14)
    assert _results(relatedInformation=_related(help_text, place)) == [TEXT.replace("teh", "the")]
    assert _results(relatedInformation=_related(help_text, place, "file:///b")) == []
    for message in (
        "similarly named function `the` defined here",
        "expected due to this: `the`",
        "use a value: `/* value */`",
        "change these: `a`, `b`",
    ):
        assert _results(relatedInformation=_related(message, place)) == []


def test_an_inserted_import_stays_a_line_of_its_own() -> None:
    message = "consider importing this struct: `use a::B;`"
    found = _results("fn f() {}\n", relatedInformation=_related(message, _range(0, 0, 0)))
    assert found == ["use a::B;\nfn f() {}\n"]
    found = _results("fn f() {}\r\n", relatedInformation=_related(message, _range(0, 0, 0)))
    assert found == ["use a::B;\r\nfn f() {}\r\n"]


def test_rendered_help_counts_only_when_it_fits_the_document() -> None:
    rendered = "error: x\n\nhelp: drop it\n  |\n2 - y = 2\n2 + y = 3\n  |\n\n"
    assert _results(data={"rendered": rendered}) == [TEXT.replace("y = 2", "y = 3")]
    assert _results("a\nb\n", range=_range(0, 0, 1), data={"rendered": rendered}) == []
    crlf = TEXT.replace("\n", "\r\n")
    assert _results(crlf, data={"rendered": rendered}) == [crlf.replace("y = 2", "y = 3")]


def test_related_help_that_shows_a_part_of_the_rendered_change_is_left_out() -> None:
    rendered = "help: remove `return`\n  |\n1 -     return 42;\n1 +     42\n  |\n\n"
    related = _related("remove `return`: `42`", _range(0, 4, 13))
    text = "    return 42;\n"
    found = _results(text, relatedInformation=related, data={"rendered": rendered})
    assert found == ["    42\n"]


def test_equal_suggestions_are_passed_on_once_and_their_number_is_bounded() -> None:
    edit = {"range": _range(0, 11, 14), "newText": "the"}
    assert len(_results(data={"edits": [edit], "corrections": ["the"]})) == 1
    assert len(_results(data={"corrections": [f"t{n}" for n in range(1_000)]})) == 10


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
        "relatedInformation": _JSON,
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


def test_deep_nesting_is_not_followed() -> None:
    deep: Any = {"edits": [{"range": _range(0, 11, 14), "newText": "the"}]}
    for _ in range(200):
        deep = {"fixes": [deep]}
    assert _results(data=deep) == []
    assert json.dumps(deep)
