"""What rustc suggests: in parts, in related information, and in rendered text."""

from __future__ import annotations

from typing import Any

from tests.unit.workspace.foreign_factory import TEXT, URI, range_of, read, results
from understudy.core.text import apply


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
        found = read(text, data=_rust(part))
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
        assert results(text, data=_rust(_rust_part(9, 13, "total", **more))) == []


def test_rustc_parts_are_one_suggestion_and_parts_of_one_place_are_alternatives() -> None:
    text = "f(a)\n"
    assert results(text, data=_rust(_rust_part(3, 3, "&"), _rust_part(4, 4, ".b"))) == ["f(&a.b)\n"]
    both = _rust(_rust_part(1, 1, "use a;\n"), _rust_part(1, 1, "use b;\n"))
    assert results(text, data={"reason": "compiler-message", "message": both}) == [
        "use a;\nf(a)\n",
        "use b;\nf(a)\n",
    ]


def test_parts_that_follow_each_other_without_a_gap_are_one_suggestion() -> None:
    parts = (_rust_part(8, 9, ""), _rust_part(10, 13, ""), _rust_part(13, 14, ""))
    assert results("use a::{B, C};\n", data=_rust(*parts)) == ["use a::B;\n"]
    twice = (_rust_part(3, 4, "x"), _rust_part(4, 4, "!"), _rust_part(3, 4, "y"))
    assert results("f(a)\n", data=_rust(*twice)) == ["f(x!)\n", "f(y)\n"]


def _related(message: str, place: dict[str, Any], uri: str = URI) -> list[dict[str, Any]]:
    return [{"location": {"uri": uri, "range": place}, "message": message}]


def test_related_help_replaces_its_own_place_in_this_document_only() -> None:
    help_text = "a local variable with a similar name exists: `the`"
    place = range_of(0, 11, 14)
    assert results(relatedInformation=_related(help_text, place)) == [TEXT.replace("teh", "the")]
    assert results(relatedInformation=_related(help_text, place, "file:///b")) == []
    for message in (
        "similarly named function `the` defined here",
        "expected due to this: `the`",
        "use a value: `/* value */`",
        "change these: `a`, `b`",
    ):
        assert results(relatedInformation=_related(message, place)) == []


def test_an_inserted_import_stays_a_line_of_its_own() -> None:
    message = "consider importing this struct: `use a::B;`"
    found = results("fn f() {}\n", relatedInformation=_related(message, range_of(0, 0, 0)))
    assert found == ["use a::B;\nfn f() {}\n"]
    found = results("fn f() {}\r\n", relatedInformation=_related(message, range_of(0, 0, 0)))
    assert found == ["use a::B;\r\nfn f() {}\r\n"]


def test_rendered_help_counts_only_when_it_fits_the_document() -> None:
    rendered = "error: x\n\nhelp: drop it\n  |\n2 - y = 2\n2 + y = 3\n  |\n\n"
    assert results(data={"rendered": rendered}) == [TEXT.replace("y = 2", "y = 3")]
    assert results("a\nb\n", range=range_of(0, 0, 1), data={"rendered": rendered}) == []
    crlf = TEXT.replace("\n", "\r\n")
    assert results(crlf, data={"rendered": rendered}) == [crlf.replace("y = 2", "y = 3")]


def test_related_help_that_shows_a_part_of_the_rendered_change_is_left_out() -> None:
    rendered = "help: remove `return`\n  |\n1 -     return 42;\n1 +     42\n  |\n\n"
    related = _related("remove `return`: `42`", range_of(0, 4, 13))
    text = "    return 42;\n"
    found = results(text, relatedInformation=related, data={"rendered": rendered})
    assert found == ["    42\n"]
