"""Records of other programs come in, stay apart, and go out as they were."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.planted import SMALL, Planted, good, rows_of
from tests.unit.journal.samples import count, store
from understudy.core.failures import BadRequestError
from understudy.journal.backlog import SHAPES, Shape, read_backlog, written
from understudy.journal.imports import (
    forget_imported,
    imported_models,
    imported_records,
    store_records,
)
from understudy.journal.model_stats import model_stats

if TYPE_CHECKING:
    from pathlib import Path

STATS = {
    "acme/large": {
        "successRate": 0.9,
        "avgLatencyMs": 1250.5,
        "failuresByCategory": {"timeout": 3, "type_error": 1},
        "byTaskType": {"fix": {"success": 30, "fail": 4}, "edit": {"success": 6, "fail": 0}},
        "totalRuns": 40,
        "note": "a member that we do not know: π",
    },
    "acme/small": {"totalRuns": 0, "successRate": None},
}
EFFECTIVENESS = {"show_error": {"attempts": 10, "successes": 7, "successRate": 0.7}}
LEARNING = [
    {"id": "L1", "pattern": "F821", "remedy": "Import the name.", "tier": "QUEUE_FOR_REVIEW"},
    {"id": "L1", "pattern": "F821", "remedy": "Import the name.", "tier": "QUEUE_FOR_REVIEW"},
    {"id": "L2", "timestamp": "2025-10-09T08:53:20Z", "nested": {"a": [1, None, True]}},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def imported(path: Path, value: Any) -> dict[str, Any]:
    """What is written out after a value was imported."""
    store_records(path, read_backlog(value if isinstance(value, str) else json.dumps(value)))
    records = imported_records(path)
    return {shape: found for shape in SHAPES if (found := written(records, shape)) is not None}


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("stats", STATS),
        ("effectiveness", EFFECTIVENESS),
        ("effectiveness", [{"strategy": "plain", "attempts": 1}, {"strategy": "plain"}]),
        ("learning", LEARNING),
    ],
)
def test_each_shape_goes_out_as_it_came_in(path: Path, shape: Shape, value: Any) -> None:
    assert imported(path, value) == {shape: value}
    assert list(imported(path, value)[shape]) == list(value)


def test_all_of_it_may_come_in_one_file(path: Path) -> None:
    value = {"stats": STATS, "effectiveness": EFFECTIVENESS, "learning": LEARNING}
    assert imported(path, value) == value
    assert imported(path, imported(path, value)) == value


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.text(), json_values, max_size=4)
names = st.text(min_size=1).filter(lambda one: all(not "\ud800" <= c <= "\udfff" for c in one))


@given(st.dictionaries(names, objects, min_size=1, max_size=4), st.lists(objects, min_size=1))
def test_whatever_the_records_hold_nothing_is_lost(
    named: dict[str, Any], listed: list[dict[str, Any]]
) -> None:
    value = {"stats": named, "effectiveness": listed, "learning": listed}
    records = read_backlog(json.dumps(value))
    assert {shape: written(records, shape) for shape in SHAPES} == value


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadRequestError):
        assert read_backlog(text)


def test_a_log_may_have_one_entry_a_line(path: Path) -> None:
    lines = "\n".join(json.dumps(one) for one in LEARNING) + "\n"
    assert imported(path, lines) == {"learning": LEARNING}


def test_a_log_may_have_one_line_alone(path: Path) -> None:
    assert imported(path, json.dumps(LEARNING[0]) + "\n") == {"learning": LEARNING[:1]}


LISTED = [
    {"model": "acme/large", "totalRuns": 3, "successRate": 0.5, "note": "π"},
    {"model": "acme/small", "byTaskType": {}},
]


@pytest.mark.parametrize(
    "value",
    [LISTED, {"stats": LISTED}, "\n".join(json.dumps(one) for one in LISTED)],
    ids=["list", "heading", "lines"],
)
def test_statistics_may_be_a_list_whose_records_name_the_model(path: Path, value: Any) -> None:
    named = {"acme/large": LISTED[0], "acme/small": LISTED[1]}
    assert imported(path, value) == {"stats": named}
    assert [(one.name, one.runs) for one in imported_models(path)] == [
        ("acme/large", 3),
        ("acme/small", None),
    ]


def test_one_line_of_statistics_is_no_log(path: Path) -> None:
    assert imported(path, json.dumps(LISTED[0])) == {"stats": {"acme/large": LISTED[0]}}


@pytest.mark.parametrize("form", [list, dict])
def test_statistics_with_an_id_are_statistics(path: Path, form: type) -> None:
    record = {"id": "m9", "model": "acme/m9", "totalRuns": 3, "successRate": 0.5}
    assert imported(path, [record] if form is list else record) == {"stats": {"acme/m9": record}}


def test_a_heading_says_what_a_list_is(path: Path) -> None:
    lessons = [{"id": "L1", "totalRuns": 3}, {"id": "L2"}]
    assert imported(path, {"learning": lessons}) == {"learning": lessons}


def test_headings_beside_other_members_are_no_log_of_one(path: Path) -> None:
    with pytest.raises(BadRequestError):
        imported(
            path, {"id": "export", "stats": {"a": {"totalRuns": 3}}, "learning": [{"id": "k"}]}
        )


def test_lessons_that_name_a_model_stay_lessons(path: Path) -> None:
    lessons = [{"id": "L1", "model": "acme/large", "successRate": 0.5}, {"model": "acme/large"}]
    assert imported(path, lessons) == {"learning": lessons}


@pytest.mark.parametrize(
    "records",
    [
        [
            {"id": "k1", "model": "m2", "successRate": 0.3},
            {"model": "m3", "successRate": 0.1},
        ],
        [{"strategy": "a", "attempts": 3, "successes": 1}, {"id": "x"}],
        [{"attempts": 3, "successes": 1}],
        [{"successes": 1}, {"words": "Keep it small."}],
        [{"words": "Keep it small."}, {"model": "m3", "successRate": 0.1}],
    ],
)
def test_a_list_that_could_be_several_things_is_refused(path: Path, records: object) -> None:
    with pytest.raises(BadRequestError, match="to say what it is"):
        imported(path, records)


@pytest.mark.parametrize("heading", ["learnings", "entries", "learning"])
def test_a_log_may_have_a_heading(path: Path, heading: str) -> None:
    assert imported(path, {heading: LEARNING}) == {"learning": LEARNING}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The file is not JSON"),
        ("{", "The file is not JSON"),
        ("[]", "holds neither statistics"),
        ("{}", "holds neither statistics"),
        ('{"a": 1}', "holds neither statistics"),
        ('{"a": {"b": 1}}', "holds neither statistics"),
        ('{"model": "acme/large"}', "holds neither statistics"),
        ('{"stats": [1]}', "names its `model`, which is a text"),
        ('{"stats": {"a": 1}}', "A record of `stats` is a number"),
        ('{"stats": 1}', "`stats` is a number"),
        ('{"stats": {"": {}}}', "has a name that is no text"),
        ('{"stats": {"\\ud800": {}}}', "has a name that is no text"),
        ('{"stats": {"a": {"x": NaN}}}', "NaN is no number of JSON"),
        ('{"stats": {"a": {"x": 1e999}}}', "1e999 is too large"),
        ('{"stats": {"a": {}, "a": {}}}', "two members of the same name"),
        ('{"a": 1}\n{"b"', "line 2"),
        ('{"a": 1}\n\n{"b" 1}', "line 3: Expecting ':' delimiter (column 6)."),
        ('{\n "a": {\n  "x": 1,\n }\n}', "The file is not JSON: Expecting property name"),
        ('{\n "a": {\n  "x": 1,\n }\n}', "line 4 column 2"),
        ('{"a":\n {"x": 1e400}}', "The file is not JSON: 1e400 is too large."),
        ('[{"model": "a", "totalRuns": 1}, {"model": "a", "totalRuns": 2}]', "name the same model"),
        ('{"stats": [{"model": "a"}, {"model": 1}]}', "names its `model`, which is a text"),
        ('[{"model": 5, "totalRuns": 3}]', "Record 1 of the list has `totalRuns`"),
        ('[{"totalRuns": 3}]', "do, and has no `model` that is a text"),
        ('[{"model": "", "byTaskType": {}}]', "do, and has no `model` that is a text"),
        ('[{"id": "m", "failuresByCategory": {}}]', "do, and has no `model` that is a text"),
        (
            '[{"id": "x", "text": "b"}, {"model": "m", "totalRuns": 3}]',
            "and record 1 has no `model`",
        ),
        ('[{"model": "m", "totalRuns": 3}, {"model": "n"}]', "record 2 has none of their numbers"),
        ('{"model": "m", "totalRuns": 3}\n{"id": "x"}', "Put the list under `stats` or `learning`"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_kept_whole_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        read_backlog(text)
    assert told in str(caught.value)


def test_the_same_file_again_adds_nothing_and_a_newer_one_replaces(path: Path) -> None:
    records = read_backlog(json.dumps({"stats": STATS, "learning": LEARNING}))
    assert store_records(path, records) == {"stats": 2, "learning": 3}
    assert not store_records(path, records)
    newer = {**STATS, "acme/large": {"totalRuns": 50}}
    assert store_records(path, read_backlog(json.dumps({"stats": newer}))) == {"stats": 1}
    assert imported(path, {"learning": [*LEARNING, {"id": "L3"}]}) == {
        "stats": newer,
        "learning": [*LEARNING, {"id": "L3"}],
    }
    assert list(imported(path, {"stats": newer})["stats"]) == list(STATS)


def test_both_forms_of_strategies_are_written_as_a_list(path: Path) -> None:
    imported(path, EFFECTIVENESS)
    found = imported(path, [{"strategy": "plain", "attempts": 1}])
    assert found["effectiveness"] == [
        {"strategy": "plain", "attempts": 1},
        {"strategy": "show_error", **EFFECTIVENESS["show_error"]},
    ]


def test_imported_numbers_are_apart_from_measured_ones(path: Path) -> None:
    store(path, *rows_of(Planted("A", (good(SMALL),))))
    before = model_stats(path)
    imported(path, STATS)
    assert model_stats(path) == before
    large, small = imported_models(path)
    assert (large.name, large.runs, large.rate, large.failures) == ("acme/large", 40, 0.9, 4)
    assert (small.runs, small.rate, small.latency_ms) == (0, None, None)


def test_numbers_that_are_none_are_told_as_unknown(path: Path) -> None:
    odd = {"m": {"totalRuns": -5, "successRate": True, "failuresByCategory": {"x": "y"}}}
    imported(path, odd)
    (model,) = imported_models(path)
    assert (model.runs, model.rate, model.failures) == (None, None, 0)


def test_secrets_are_not_imported(path: Path) -> None:
    key = "ghp_" + "a1B2c3D4" * 5
    imported(path, [{"remedy": f"use {key}"}])
    assert key.encode() not in path.read_bytes()
    assert "<secret:github:" in json.loads(imported_records(path)[0].doc)["remedy"]


def test_what_was_imported_is_forgotten_alone(path: Path) -> None:
    store(path, *rows_of(Planted("A", (good(SMALL),))))
    imported(path, STATS)
    assert forget_imported(path) == 2
    assert (imported_records(path), count(path, "runs")) == ((), 1)


def test_without_a_journal_nothing_is_imported(path: Path) -> None:
    assert imported_records(path) == ()
    assert forget_imported(path) == 0
    assert not path.exists()


@pytest.mark.parametrize(("told", "rate"), [(0.5, 0.5), (1, 1), (7, None), (-1, None), ("1", None)])
def test_a_rate_that_is_no_share_says_nothing(path: Path, told: Any, rate: float | None) -> None:
    imported(path, {"stats": {"acme/large": {"successRate": told}}})
    assert [one.rate for one in imported_models(path)] == [rate]
