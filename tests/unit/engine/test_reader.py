"""In which format a reply is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reply_cases import reply_cases
from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.engine.reader import (
    OtherFormatError,
    other_format,
    read_as_asked,
    watch_as_asked,
    written_in,
)
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

TEXT = "def one():\n    return 1\n\n\ndef two():\n    return 2\n"
BLOCK = "<<<<<<< SEARCH\n    return 2\n=======\n    return 3\n>>>>>>> REPLACE\n"
KNOWN = all_edit_formats()


def region(text: str = TEXT, language: str = "python", lines: range = range(4, 6)) -> Region:
    return Region(View("file:///x", text, Policy(), language=language), lines)


@pytest.mark.parametrize("asked", sorted(KNOWN))
def test_a_block_is_read_whatever_was_asked(asked: str) -> None:
    found = read_as_asked(f"```python\n{BLOCK}```\n", region(), KNOWN[asked])
    assert found.edit_format == "search_replace"
    assert found.reading.after == TEXT.replace("return 2", "return 3")


def test_a_reply_in_another_format_that_can_not_be_read_says_so() -> None:
    with pytest.raises(
        OtherFormatError, match="written in `search_replace`, asked was `region`"
    ) as got:
        read_as_asked(BLOCK.replace("2", "9"), region(), KNOWN["region"])
    assert got.value.refusal is Refusal.NOT_FOUND
    assert got.value.edit_format == "search_replace"


def test_a_named_file_in_a_fence_is_read_where_blocks_were_asked_for() -> None:
    after = TEXT.replace("return 2", "return 3")
    where = Region(
        View("file:///w/x.py", TEXT, Policy(), language="python", path=Path("/w/x.py")), range(6)
    )
    for asked in ("search_replace", "apply_patch", "unified_diff", "json"):
        found = read_as_asked(f"x.py\n```python\n{after}```\n", where, KNOWN[asked])
        assert (found.edit_format, found.reading.after) == ("whole_file", after)
        with pytest.raises(OtherFormatError, match=f"asked was `{asked}`") as got:
            read_as_asked("x.py\n```python\nreturn 3\n```\n", where, KNOWN[asked])
        assert got.value.edit_format == "whole_file"


def test_a_fence_without_a_name_is_no_edit_where_blocks_were_asked_for() -> None:
    reply = f"You could write:\n```python\n{TEXT.replace('2', '3')}```\n"
    with pytest.raises(UnreadableError) as got:
        read_as_asked(reply, region(), KNOWN["search_replace"])
    assert (got.value.refusal, type(got.value)) == (Refusal.NO_EDIT, UnreadableError)


def test_marks_that_the_document_is_full_of_show_nothing() -> None:
    text = f"# Blocks\n\n```\n{BLOCK}```\n"
    asked = KNOWN["region"]
    assert other_format(f"````markdown\n{text}````\n", region(text, "markdown"), asked) is None
    assert other_format(f"```\n{BLOCK}```\n", region(text, "plaintext"), asked) is None


def test_tables_of_code_are_no_contract() -> None:
    code = 'ROWS = [\n    {"search": "a", "replace": "b"},\n]\n'
    assert written_in(f"```python\n{code}```\n", region()) is None


def test_what_is_seen_early_is_read_in_the_same_format() -> None:
    early = watch_as_asked(f"```python\n{BLOCK}```\n", region(), KNOWN["region"])
    assert (early.finished, early.hopeless) == (1, "")
    stale = watch_as_asked(f"```python\n{BLOCK.replace('2', '9')}```\n", region(), KNOWN["region"])
    assert stale.hopeless


@pytest.mark.parametrize("begin", ["Maybe the line is this one:\n\n", "Maybe:\n"])
def test_a_draft_in_thoughts_that_a_template_opened_is_not_the_end(begin: str) -> None:
    stale = BLOCK.replace("2", "9")
    asked = KNOWN["search_replace"]
    thoughts = f"{begin}{stale}\nNo, that is wrong.\n"
    reply = f"{thoughts}</think>\n{BLOCK}"
    assert read_as_asked(reply, region(), asked).reading.after != TEXT
    for size in range(len(reply) + 1):
        assert not watch_as_asked(reply[:size], region(), asked).hopeless
    # Thoughts that came beside the reply, or are over, leave none for the reply.
    assert watch_as_asked(thoughts, region(), asked, has_thought=True).hopeless
    assert watch_as_asked(f"It is.\n</think>\nSo:\n{stale}", region(), asked).hopeless
    assert watch_as_asked(f"shop.py\n{stale}", region(), asked).hopeless


def test_no_labelled_reply_is_read_wrongly_when_another_format_was_asked_for() -> None:
    for case in reply_cases():
        if case.edit_format in {"region", "whole_file"} or not case.is_safe or case.asked:
            continue
        try:
            found = read_as_asked(case.reply, case.region(), KNOWN["whole_file"])
        except UnreadableError:
            continue
        assert found.reading.after == case.after or found.reading.risk == "high", case.name
