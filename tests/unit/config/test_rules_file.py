"""Rules that are added to a configuration file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.rules_file import add_rule, rule_line
from understudy.core.failures import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


def rules(file: Path) -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["failures"]["rules"]
    return found


def test_the_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / ".understudy" / "config.toml"
    add_rule(file, "coffee break", "rate_limit")
    assert rules(file) == {"coffee break": "rate_limit"}


def test_what_stands_in_the_file_stays_to_the_byte(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    before = "# mine\r\n[gate]\r\nauto_score = 0.99 # high\r\n"
    file.write_bytes(before.encode())
    add_rule(file, "coffee break", "rate_limit")
    add_rule(file, "tea * time", "timeout")
    assert file.read_bytes().decode().startswith(before.rstrip())
    assert rules(file) == {"coffee break": "rate_limit", "tea * time": "timeout"}
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


def test_a_rule_for_the_same_words_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    add_rule(file, "coffee break", "rate_limit")
    add_rule(file, "coffee break", "timeout")
    assert rules(file) == {"coffee break": "timeout"}


@pytest.mark.parametrize(
    "text",
    [
        'failures.rules = { "a b c" = "timeout" }\n',
        '[failures]\nrules = { "a b c" = "timeout" }\n',
        "[broken\n",
        'text = """\n[failures.rules]\n"""\n',
    ],
)
def test_a_file_of_an_unusual_form_is_left_as_it_is(text: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError, match=r"config\.toml"):
        add_rule(file, "coffee break", "rate_limit")
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_can_not_be_read_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.mkdir()
    with pytest.raises(RefusedError, match="can't be changed"):
        add_rule(file, "coffee break", "rate_limit")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_can_be_a_rule(text: str) -> None:
    read = tomllib.loads(rule_line(text, "timeout"))
    assert read == {text: "timeout"}
