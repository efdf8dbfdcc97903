"""Edits that a diagnostic carries in its `data`."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.workspace.foreign_factory import TEXT, URI, range_of, read, results


def test_ruff_edits_are_exact_and_its_silencing_edit_is_not_one() -> None:
    edit = {"range": range_of(0, 11, 14), "newText": "the"}
    hide = {"range": range_of(0, 18, 18), "newText": "  # noqa: X"}
    carried = {"code": "X", "edits": [edit], "noqa_edit": hide, "is_preferred": True, "title": "T"}
    found = read(data=carried)
    assert found is not None
    assert [(one.title, one.safe) for one in found.suggestions] == [("T", True)]
    assert results(data=carried) == [TEXT.replace("teh", "the")]
    assert results(data={"edits": [hide]}) == []


def test_an_edit_for_another_document_is_left_out_as_a_whole() -> None:
    edit = {"range": range_of(0, 11, 14), "newText": "the"}
    same = URI.replace("%20", " ")
    assert results(data={"edit": {"changes": {same: [edit]}}}) == [TEXT.replace("teh", "the")]
    assert results(data={"edit": {"changes": {"file:///other": [edit]}}}) == []
    assert results(data={"edit": {"changes": {URI: [edit], "file:///other": [edit]}}}) == []
    create = {"kind": "create", "uri": "file:///new"}
    own = {"textDocument": {"uri": URI, "version": None}, "edits": [edit]}
    assert results(data={"edit": {"documentChanges": [own]}}) == [TEXT.replace("teh", "the")]
    assert results(data={"edit": {"documentChanges": [create, own]}}) == []


def test_half_a_change_is_none() -> None:
    good = {"range": range_of(0, 11, 14), "newText": "the"}
    late = {"range": range_of(40, 0, 1), "newText": ""}
    overlapping = {"range": range_of(0, 12, 15), "newText": ""}
    assert results(data={"edits": [good, late]}) == []
    assert results(data={"edits": [good, {"newText": "x"}]}) == []
    assert results(data={"edits": [good, overlapping]}) == []


def test_eslint_offsets_count_utf16_units_and_not_the_byte_order_mark() -> None:
    fix = {"fix": {"range": [11, 14], "text": "the"}}
    assert results(data=fix) == [TEXT.replace("teh", "the")]
    assert results("\ufeff" + TEXT, data=fix) == ["\ufeff" + TEXT.replace("teh", "the")]
    assert results(data={"suggestions": [{"desc": "d", **fix}]}) == [TEXT.replace("teh", "the")]
    assert results(data={"fix": {"range": [11, 999], "text": ""}}) == []


def test_spelling_corrections_replace_the_mark() -> None:
    fixed = [TEXT.replace("teh", "the"), TEXT.replace("teh", "tech")]
    assert results(data={"corrections": ["the", "tech"]}) == fixed
    assert results(data={"suggestions": [{"word": "the"}, "tech"]}) == fixed
    assert results(data={"suggestions": ["Rename it, or leave it."]}) == []


def test_equal_suggestions_are_passed_on_once_and_their_number_is_bounded() -> None:
    edit = {"range": range_of(0, 11, 14), "newText": "the"}
    assert len(results(data={"edits": [edit], "corrections": ["the"]})) == 1
    assert len(results(data={"corrections": [f"t{n}" for n in range(1_000)]})) == 10


def test_deep_nesting_is_not_followed() -> None:
    deep: Any = {"edits": [{"range": range_of(0, 11, 14), "newText": "the"}]}
    for _ in range(200):
        deep = {"fixes": [deep]}
    assert results(data=deep) == []
    assert json.dumps(deep)
