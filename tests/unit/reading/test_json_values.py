from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.reading import Refusal, UnreadableError
from understudy.reading.json_strings import JsonError
from understudy.reading.json_text import JsonReader
from understudy.reading.json_values import value_of

CONTAINER = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
).filter(lambda value: isinstance(value, dict | list))


def anything(value: Any) -> list[str]:
    return [] if isinstance(value, dict | list) else ["expected an object."]


def with_a(value: Any) -> list[str]:
    return [] if isinstance(value, dict) and set(value) == {"a"} else ["expected `a`."]


def read(reply: str) -> Any:
    return value_of(reply, anything).value


def refusal(reply: str, problems: Any = anything) -> Refusal:
    with pytest.raises(UnreadableError) as caught:
        value_of(reply, problems)
    assert str(caught.value)
    return caught.value.refusal


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Result: [{"a":1},{"b":2}]', [{"a": 1}, {"b": 2}]),
        ('{"a": [1, 2,], "b": 3,}', {"a": [1, 2], "b": 3}),
        ("{'a': 'it\\'s'}", {"a": "it's"}),
        ('{"a": 1, // one\n /* two */ "b": 2 # three\n}', {"a": 1, "b": 2}),
        ('{"a": True, "b": False, "c": None}', {"a": True, "b": False, "c": None}),
        ('{a: 1, b_c: "x"}', {"a": 1, "b_c": "x"}),
        ('{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        ('{"a": "one\r\n\ttwo"}', {"a": "one\r\n\ttwo"}),
        ('{"a": "print("hi")", "b": 1}', {"a": 'print("hi")', "b": 1}),
        ('{"a": "x = {"k": 1}"}', {"a": 'x = {"k": 1}'}),
        ('["say "hi" to", "b"]', ['say "hi" to', "b"]),
        ('{"a": "C:\\new\\table"}', {"a": "C:\\new\\table"}),
        ('{"a": "C:\\\\new\\\\table"}', {"a": "C:\\new\\table"}),
        ('{"path": "src\\new\\table.py"}', {"path": "src\\new\\table.py"}),
        ('{"a": "\\d+\\.\\d"}', {"a": "\\d+\\.\\d"}),
        ('{"a": "\\ud83d\\ude00\\u00e9"}', {"a": "😀é"}),
        ('{"a": """one\n"two"\n"""}', {"a": 'one\n"two"\n'}),
        ('{"a": "x"\n "b": 2}', {"a": "x", "b": 2}),
        ('```json\n{"a": 1,}\n```', {"a": 1}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('"{\\"a\\": 1}"', {"a": 1}),
        (f'Here:\n{{"{"k" * 300}": ""}}', {"k" * 300: ""}),
        ('<think>{"a": 0}</think>\n{"a": 1}', {"a": 1}),
        ('<tool_call>\n{"a": 1}\n</tool_call>', {"a": 1}),
        ('{"a": -1.5e3, "b": []}', {"a": -1500.0, "b": []}),
        ("\u201cx\u201d {\u201ca\u201d: \u201cb\u201d}", {"a": "b"}),
    ],
)
def test_json_as_models_write_it_is_read(reply: str, value: Any) -> None:
    assert read(reply) == value


@pytest.mark.parametrize(
    "reply",
    [
        'Use {x} then: {"a":1}',
        '{bad} then {"a":1}',
        '{"b": 2} or {"a":1}',
        'See [1].\n{"a":1}\nDone.',
    ],
)
def test_the_only_value_that_fits_is_the_one(reply: str) -> None:
    assert value_of(reply, with_a).value == {"a": 1}


def test_two_values_that_fit_are_nobodys_choice() -> None:
    assert refusal('{"a": 1} or {"a": 2}', with_a) is Refusal.AMBIGUOUS
    assert value_of('{"a": 1} or {"a": 1}', with_a).value == {"a": 1}


def test_one_object_for_each_line_is_an_array() -> None:
    assert read('{"a": 1}\n{"a": 2}\n') == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "reply",
    [
        '{"a": 1',
        '{"a": [1, 2',
        '{"a": "x',
        '{"a": "x\\',
        '{"a": {"b": 1}, "c": tr',
        '{"a": 1, b',
        '[{"a": 1}, {"a": 2}',
        '[{"a": 1}, {"a":',
        '```json\n{"a": [{"b": 1}',
        '{"a": 1, /* never',
        '{"a": """x',
    ],
)
def test_json_that_ends_too_early_is_cut_off_and_never_completed(reply: str) -> None:
    assert refusal(reply) is Refusal.TRUNCATED


@settings(max_examples=50)
@given(CONTAINER)
def test_every_beginning_of_a_value_is_cut_off(value: Any) -> None:
    text = json.dumps(value)
    for end in range(1, len(text)):
        try:
            found = value_of(text[:end], anything).value
        except UnreadableError:
            continue
        pytest.fail(f"{text[:end]} gave {found}.")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_null_and_told(word: str) -> None:
    found = value_of(f'{{"a": {word}}}', anything)
    assert found.value == {"a": None}
    assert word in found.repairs[0].what


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ('{"a": 1 "b": 2}', Refusal.MALFORMED),
        ("There is none.", Refusal.NO_EDIT),
        ("I'm sorry, but I can't do this.", Refusal.DECLINED),
        ("", Refusal.EMPTY),
        ("[" * 5_000, Refusal.TOO_LARGE),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, Refusal.TOO_LARGE),
        ('{"a": 1} ' * 5_000, Refusal.TOO_LARGE),
        (" " * 5_000_000 + "{}", Refusal.TOO_LARGE),
    ],
)
def test_what_is_no_answer_is_refused_by_name(reply: str, expected: Refusal) -> None:
    assert refusal(reply) is expected


def test_what_was_expected_is_told() -> None:
    with pytest.raises(UnreadableError) as caught:
        value_of('{"b": 1}', with_a)
    assert caught.value.refusal is Refusal.MALFORMED
    assert "expected `a`." in caught.value.teaching


@pytest.mark.parametrize(
    ("reply", "risk"),
    [
        ('{"a": 1, "a": 2}', "high"),
        ("{'a': 1, 'a': 2}", "high"),
        ('{"a": "print("hi")"}', "high"),
        ('{"a": 1,}', "low"),
        ('{"a": "one\ntwo"}', "low"),
    ],
)
def test_every_repair_is_recorded_with_its_risk(reply: str, risk: str) -> None:
    repairs = value_of(reply, anything).repairs
    assert risk in {repair.risk for repair in repairs}


def test_strict_json_needs_no_repair() -> None:
    answer = value_of('Here:\n{"a": "x\\n\\"y\\"", "b": [1]}\nDone.', anything)
    assert answer.repairs == ()
    assert answer.prose == "Here:\n\nDone."


@pytest.mark.parametrize(
    "wrapper",
    [
        '{"name": "edit", "arguments": %s}',
        '{"type": "function", "function": {"name": "edit", "arguments": %s}}',
        '{"type": "tool_use", "id": "t", "name": "edit", "input": %s}',
        '{"tool_calls": [{"id": "t", "function": {"name": "edit", "arguments": %s}}]}',
        '{"content": [{"type": "text", "text": "Sure."}, {"type": "tool_use", "input": %s}]}',
        '{"choices": [{"message": {"tool_calls": [{"function": {"arguments": %s}}]}}]}',
        '{"functionCall": {"name": "edit", "args": %s}}',
        '[{"name": "edit", "parameters": %s}]',
    ],
)
@pytest.mark.parametrize("inner", ['{"a": 1}', json.dumps('{"a": 1}')])
def test_what_stands_around_a_tool_call_is_taken_off(wrapper: str, inner: str) -> None:
    assert value_of(wrapper % inner, with_a).value == {"a": 1}


def test_json_behind_broken_json_is_never_applied_unseen() -> None:
    broken = '{"version": 1, oops "x": [{"a": 1}]} {"a": 1}'
    answer = value_of(f"So: {broken}", with_a)
    assert "high" in {repair.risk for repair in answer.repairs}
    assert refusal(broken, with_a) is Refusal.MALFORMED


@given(CONTAINER, st.sampled_from((None, 1, 2)))
def test_strict_json_is_read_as_it_is(value: Any, indent: int | None) -> None:
    assert read(json.dumps(value, indent=indent)) == value
    assert read(f"Here:\n```json\n{json.dumps(value, indent=indent)}\n```\n") == value


@given(CONTAINER)
def test_the_tolerant_reader_agrees_with_the_strict_one(value: Any) -> None:
    reader = JsonReader(json.dumps(value, ensure_ascii=False), 0, plain_paths=False)
    with contextlib.suppress(JsonError):
        found = reader.read()
        assert found == value or any(repair.risk == "high" for repair in reader.repairs)


@given(st.text(alphabet="{}[]\"'`:,\\/#*\n\r atrue1.-\u201c\ufeff", max_size=200))
def test_any_text_is_a_value_or_a_failure(reply: str) -> None:
    with contextlib.suppress(UnreadableError):
        read(reply)


@pytest.mark.parametrize(
    "piece", ['{"a', "{/*", "{'a': '", '{"a": """', '{"a":"\\', '{"a":"b"c"', "[", '{"a":', "{a:"]
)
def test_long_garbage_is_refused(piece: str) -> None:
    assert refusal(piece * (200_000 // len(piece)))
