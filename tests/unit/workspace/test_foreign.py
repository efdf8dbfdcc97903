from __future__ import annotations

import pytest

from tests.unit.workspace.foreign_factory import TEXT, range_of, read
from understudy.core.lines import LineIndex
from understudy.core.text import Span
from understudy.workspace.diagnostics import Related, Severity
from understudy.workspace.foreign import diagnostic_from_json


def test_spans_count_code_points_whatever_the_client_counts() -> None:
    found = read()
    assert found is not None
    assert found.span.of(TEXT) == "teh"
    other = diagnostic_from_json(
        {"range": range_of(0, 14, 17), "message": "m"}, LineIndex(TEXT), "utf-8"
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
    found = read(code=code)
    assert found is not None
    assert found.code == expected


def test_missing_fields_have_defaults_and_markup_is_text() -> None:
    item = {
        "range": range_of(1, 0, 1),
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
    found = read(source="Ruff", severity=1)
    assert found is not None
    assert (found.source, found.severity) == ("ruff", Severity.ERROR)


def test_other_places_that_it_points_at_are_kept_as_they_are_told() -> None:
    def at(uri: object, line: int) -> dict[str, object]:
        return {"location": {"uri": uri, "range": range_of(line, 2, 5)}, "message": "here"}

    related = [at("file:///p/b.py", 7), at(None, 1), at("file:///p/c.py", -1), "x", {}]
    found = read(range=range_of(0, 0, 1), relatedInformation=related)
    assert found is not None
    assert found.related == (Related("file:///p/b.py", (7, 2), (7, 5), "here"),)


@pytest.mark.parametrize(
    "item", [None, [], "x", 1, {}, {"message": "m"}, {"range": range_of(0, 0, 1)}]
)
def test_what_is_no_diagnostic_is_none(item: object) -> None:
    assert diagnostic_from_json(item, LineIndex(TEXT), "utf-16") is None


def test_positions_outside_the_text_are_moved_inside() -> None:
    backwards = {"start": {"line": 1, "character": 3}, "end": {"line": 0, "character": 0}}
    far = {"start": {"line": 0, "character": -4}, "end": {"line": 99, "character": 10**30}}
    found = [read(range=backwards), read(range=far), read(range=range_of(-3, 5, 9))]
    spans = [one.span for one in found if one is not None]
    assert spans == [Span(21, 21), Span(0, len(TEXT)), Span(0, 0)]
