from __future__ import annotations

import json
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from understudy.config.toml_text import MAX_CHARACTERS, read_toml

KEYS = st.sampled_from(["a", "b-c", "d_1", '"q.x"', "'l #'", '"\\u00e9"'])
SCALARS = st.one_of(
    st.integers(-(2**40), 2**40).map(str),
    st.sampled_from(["true", "false", "1.5", "inf", "1979-05-27 07:32:00", "0xFF"]),
    st.sampled_from(['"""a\n"b"" # c"""', "'''x]\ny'''", '""""quoted""""', "'lit\\'", '"\\"]}#"']),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"])).map(
        lambda text: json.dumps(text, ensure_ascii=False)
    ),
)


def _array(items: list[str]) -> str:
    return "[ # first\n" + " ,\n".join(items) + (",\n" if items else "") + "]"


def _inline(items: list[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in dict(items).items()) + " }"


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(_array),
        st.lists(st.tuples(KEYS, SCALARS), max_size=3).map(_inline),
    ),
    max_leaves=6,
)
PAIRS = st.lists(st.tuples(KEYS, VALUES), max_size=4).map(
    lambda pairs: "".join(f" {key} =  {value}  # end\n" for key, value in dict(pairs).items())
)
DOCUMENTS = st.builds(
    lambda top, tables: top + "".join(tables),
    PAIRS,
    st.lists(
        st.tuples(st.sampled_from(["[[t.x]]\n", "[[ t . y ]]\r\n", "[[t.x.z]]\n"]), PAIRS).map(
            "".join
        ),
        max_size=4,
    ),
)


@given(DOCUMENTS)
def test_every_value_stands_where_its_place_says(text: str) -> None:
    toml = read_toml(text)
    for path, place in toml.places.items():
        found: object = toml.values
        for part in path:
            found = found[part]  # type: ignore[index]  # a path leads through tables and lists
        if not isinstance(found, dict | list):
            assert repr(tomllib.loads(f"v = {place.value.of(text)}")["v"]) == repr(found)
    assert len(toml.values) == len([path for path in toml.places if len(path) == 1])


@given(st.text() | st.text(alphabet="[]{}=\"'\\.#,\n\r a1"))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    toml = read_toml(text)
    if toml.error_span is not None:
        assert toml.error is not None
        assert toml.error_span.end <= len(text)


def test_a_dotted_key_has_one_place_for_each_of_its_parts() -> None:
    text = "gate . 'auto_score' = 0.5"
    places = read_toml(text).places
    assert places["gate",].key.of(text) == "gate"
    assert places["gate", "auto_score"].key.of(text) == "'auto_score'"
    assert places["gate", "auto_score"].value.of(text) == "0.5"


def test_a_broken_text_names_its_line_and_column_and_marks_the_line() -> None:
    text = "a = 1\r\n  b 2  \r\nc = 3\r\n"
    toml = read_toml(text)
    assert toml.error is not None
    assert "line 2, column 5" in toml.error
    assert toml.error_span is not None
    assert toml.error_span.of(text) == "b 2"
    assert toml.values == {}


def test_a_text_that_breaks_off_marks_its_last_written_line() -> None:
    text = "a = 1\nb =\n\n"
    toml = read_toml(text.rstrip())
    assert toml.error is not None
    assert toml.error_span is not None
    assert toml.error_span.of(text) == "b ="


def test_a_byte_order_mark_moves_no_offset() -> None:
    text = "\ufeffgate = 1"
    toml = read_toml(text)
    assert toml.values == {"gate": 1}
    assert toml.places["gate",].key.of(text) == "gate"


def test_hostile_texts_end_in_an_error() -> None:
    assert read_toml("a = " + "[" * 50_000).error is not None
    assert read_toml("a = " + "9" * 10_000).error is not None
    assert read_toml("#" * (MAX_CHARACTERS + 1)).error is not None
