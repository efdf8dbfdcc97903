from __future__ import annotations

import tomllib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.toml_change import with_setting
from understudy.core.failures import RefusedError

TEXT = """\
# Mine.
[gate]  # the gate
auto_score = 0.95   # careful
# The end of the gate.

[models."acme/large"]
enabled = true
"""


def test_a_value_is_set_where_it_stands_and_comments_stay() -> None:
    new = with_setting(TEXT, ("gate", "auto_score"), 0.9)
    assert new == TEXT.replace("0.95", "0.9")


def test_a_new_key_stands_below_those_of_its_table() -> None:
    new = with_setting(TEXT, ("gate", "refit"), value=False)
    assert new == TEXT.replace("# careful\n", "# careful\nrefit = false\n")


def test_a_new_table_stands_at_the_end() -> None:
    assert with_setting("", ("context", "max_tokens"), 4000) == "[context]\nmax_tokens = 4000\n"
    new = with_setting(TEXT, ("context", "max_tokens"), 4000)
    assert new == f"{TEXT}\n[context]\nmax_tokens = 4000\n"
    assert with_setting("[a]", ("a", "b"), 1) == "[a]\nb = 1\n"


def test_a_key_is_found_in_its_other_spelling() -> None:
    assert with_setting("[context]\nmaxTokens = 1\n", ("context", "max_tokens"), 2) == (
        "[context]\nmaxTokens = 2\n"
    )


def test_ids_with_slashes_and_dots_are_quoted() -> None:
    new = with_setting(TEXT, ("models", "acme/large", "edit_format"), "json")
    assert new == f'{TEXT}edit_format = "json"\n'
    new = with_setting("", ("models", "acme/small-1.5", "enabled"), value=False)
    assert tomllib.loads(new) == {"models": {"acme/small-1.5": {"enabled": False}}}


@pytest.mark.parametrize(
    "text", ["gate = 3\n", "gate = { auto_score = 1 }\n", "gate.auto_score = 1\n", "[[gate]]\n"]
)
def test_what_can_not_be_added_to_is_refused_with_the_line_to_write(text: str) -> None:
    with pytest.raises(RefusedError, match=r"gate\.refit = true"):
        with_setting(text, ("gate", "refit"), value=True)


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(RefusedError, match="no TOML"):
        with_setting("[gate\n", ("gate", "refit"), value=True)


NAMES = st.sampled_from(["a", "b", "c d", "x.y", "q"])
VALUES = st.one_of(
    st.booleans(), st.integers(-9, 9), st.text(max_size=4), st.lists(st.integers(0, 3), max_size=2)
)
TABLES = st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=3), max_size=3)


def written(tables: dict[str, dict[str, object]]) -> str:
    quote = '"{}"'.format
    lines = []
    for table, entries in tables.items():
        lines.append(f"[{quote(table)}]  # about [it]")
        for key, value in entries.items():
            text = str(value).lower() if isinstance(value, bool) else repr(value)
            if isinstance(value, str):
                text = '"' + "".join(f"\\U{ord(one):08x}" for one in value) + '"'
            lines.append(f"  {quote(key)} = {text}  # it")
    return "\n".join(lines)


SCALARS = st.one_of(st.booleans(), st.integers(-9, 9), st.floats(-9, 9), st.text(max_size=6))


@given(TABLES, st.tuples(NAMES, NAMES), SCALARS)
def test_nothing_but_the_value_changes(
    tables: dict[str, dict[str, object]], path: tuple[str, str], value: float | str
) -> None:
    text = written(tables)
    new = with_setting(text, path, value)
    tables.setdefault(path[0], {})[path[1]] = value
    assert tomllib.loads(new) == tables
    assert new.count("#") >= text.count("#")


@given(st.text())
def test_whatever_the_text_it_is_set_or_refused(text: str) -> None:
    with suppress(RefusedError):
        found = tomllib.loads(
            with_setting(text, ("gate", "refit"), value=True).removeprefix("\ufeff")
        )
        assert found["gate"]["refit"] is True
