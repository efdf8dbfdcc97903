from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import RefusedError
from understudy.editors.json_edit import add_item, at, remove_item, remove_member, set_member
from understudy.editors.json_text import read_json

COMMENTED = """\
// mine
{
    "theme": "dark", // I like it
    /* of Python { " */
    "lsp": {
        "ruff": {"binary": {"path": "ruff"}},
    },
    "languages": { "Python": { "language_servers": [ "ty", "..." ] } }
}
"""

NAMES = st.sampled_from(["a", "b", "c", "ü"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)
LAYOUTS = st.sampled_from([None, 1, 2, 4, "\t"])
GAPS = st.lists(st.sampled_from([" ", "\n", "// c }\n", '/* , " */', "\t"]), max_size=3)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """An object as somebody may have written it: any layout, with gaps and trailing commas."""
    text = json.dumps(draw(OBJECTS), indent=draw(LAYOUTS), ensure_ascii=draw(st.booleans()))
    pieces = []
    inside = False
    for number, char in enumerate(text):
        if char == '"' and text[number - 1] != "\\":
            inside = not inside
        if not inside and char in "]}" and text[:number].rstrip()[-1] not in "[{":
            pieces.append(draw(st.sampled_from(["", ","])))
        pieces.append(char)
        if not inside and char in "{},:[]":
            pieces += draw(GAPS)
    return "".join(pieces)


def value_of(text: str) -> Any:
    node = read_json(text)
    return node.value if node is not None else None


def test_a_member_is_added_and_the_rest_of_the_text_stays_as_it_is() -> None:
    new = set_member(COMMENTED, ("lsp", "pylsp"), {"binary": {"path": "x", "arguments": ["y"]}})
    assert new == COMMENTED.replace(
        '"ruff"}},\n',
        '"ruff"}},\n'
        '        "pylsp": {\n'
        '            "binary": {\n'
        '                "path": "x",\n'
        '                "arguments": ["y"]\n'
        "            }\n"
        "        },\n",
    )
    assert remove_member(new, ("lsp", "pylsp")) == COMMENTED


def test_a_comment_behind_the_last_member_stays_behind_it() -> None:
    assert set_member('{\n  "a": 1 // one\n}\n', ("b",), 2) == '{\n  "a": 1, // one\n  "b": 2\n}\n'


def test_an_item_is_added_in_front_and_taken_out_again() -> None:
    path = ("languages", "Python", "language_servers")
    new = add_item(COMMENTED, path, "pylsp")
    assert '[ "pylsp", "ty", "..." ]' in new
    assert add_item(new, path, "pylsp") == new
    assert remove_item(new, path, "pylsp") == COMMENTED


@pytest.mark.parametrize("text", ["", "\n", "// nothing yet\n", "// nothing yet"])
def test_a_text_without_a_value_gets_an_object(text: str) -> None:
    new = set_member(text, ("a", "b"), [1])
    assert value_of(new) == {"a": {"b": [1]}}
    assert new.startswith(text)


@pytest.mark.parametrize(
    "text", ["[1]", '"a"', '{"a": 3}', '{"a": [{}]}'], ids=["list", "text", "number", "objects"]
)
def test_what_is_no_object_on_the_way_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="something else than an object"):
        set_member(text, ("a", "b"), 1)


@pytest.mark.parametrize(
    "text", ["{", '{"a" 1}', '{"a": }', "{,}", '{"a": 1} x', "{'a': 1}", '{"a": "\n"}', "[" * 9999]
)
def test_what_can_not_be_read_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(RefusedError, match="see its line 1"):
        read_json(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_json(text)
    except RefusedError:
        return


@given(texts(), st.lists(NAMES, min_size=1, max_size=3), VALUES)
def test_setting_a_member_changes_that_alone(text: str, path: list[str], value: object) -> None:
    before = value_of(text)
    try:
        new = set_member(text, tuple(path), value)
    except RefusedError:
        return
    wanted = json.loads(json.dumps(before))
    inner = wanted
    for name in path[:-1]:
        inner = inner.setdefault(name, {})
    inner[path[-1]] = value
    assert value_of(new) == wanted
    assert set_member(new, tuple(path), value) == new
    assert text.count("//") <= new.count("//") or at(text, tuple(path)) is not None


@given(texts(), st.lists(NAMES, min_size=1, max_size=3))
def test_removing_a_member_changes_that_alone(text: str, path: list[str]) -> None:
    new = remove_member(text, tuple(path))
    assert at(new, tuple(path)) is None
    assert value_of(new) == without(value_of(text), path)


def without(value: Any, path: list[str]) -> Any:
    """The same on plain values; objects that are empty after that go, too."""
    name, *rest = path
    if not isinstance(value, dict) or name not in value:
        return value
    left = {key: each for key, each in value.items() if key != name}
    if not rest:
        return left
    inner = without(value[name], rest)
    if inner == value[name]:
        return value
    return {**value, name: inner} if inner else left
