from __future__ import annotations

import contextlib

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from tests.unit.edit_formats.texts import ANY, USUAL, document, whole
from tests.unit.edit_formats.wrappers import WRAPPERS
from understudy.edit_formats import EditFormat, Region, all_edit_formats
from understudy.edit_formats.json import EDIT_FORMAT as JSON
from understudy.edit_formats.region import EDIT_FORMAT as REGION
from understudy.edit_formats.whole_file import EDIT_FORMAT as WHOLE_FILE
from understudy.reading import UnreadableError

FORMATS = {one.id: one for one in (REGION, WHOLE_FILE, JSON)}
ALL = all_edit_formats()
LANGUAGES = st.sampled_from(("python", "markdown", "go", "plaintext", "shellscript"))


def read_back(edit_format: EditFormat, where: Region, after: str) -> str:
    return edit_format.read(edit_format.write(where, after), where).after


def test_there_are_six_formats_and_more_than_twenty_wrappers() -> None:
    assert len(ALL) == 6
    assert len(WRAPPERS) >= 20


@pytest.mark.parametrize("edit_format", FORMATS.values(), ids=FORMATS)
@given(before=ANY, after=ANY, language=LANGUAGES)
def test_what_is_written_is_read_whatever_the_texts(
    edit_format: EditFormat, before: str, after: str, language: str
) -> None:
    assume(before != after)
    assert read_back(edit_format, whole(before, language), after) == after


@given(ANY, ANY, ANY, ANY, LANGUAGES)
def test_what_is_written_for_some_lines_is_read(
    head: str, old: str, new: str, tail: str, language: str
) -> None:
    assume(old != new)
    before, after = head + old + tail, head + new + tail
    view = document(before, language)
    first, last = view.index.line_of(len(head)), view.index.line_of(len(head + old))
    where = Region(view, range(first, last + 1))
    stop = len(after) - (len(before) - where.span.end)
    assume(stop >= where.span.start)
    assert read_back(REGION, where, after) == after


@pytest.mark.parametrize("edit_format", ALL.values(), ids=ALL)
@settings(max_examples=50)
@given(before=USUAL, after=USUAL)
def test_what_models_put_around_an_edit_changes_nothing(
    edit_format: EditFormat, before: str, after: str
) -> None:
    assume(before != after)
    where = whole(before)
    reply = edit_format.write(where, after)
    # A text that is meant to the letter would have the line ends of Windows.
    literal = " exact\n" in reply or "\n:verbatim:\n" in reply
    for name, wrapped in WRAPPERS.items():
        if literal and name == "line ends of Windows":
            continue
        note(name)
        assert edit_format.read(wrapped(reply), where).after == after


@pytest.mark.parametrize("edit_format", FORMATS.values(), ids=FORMATS)
@settings(max_examples=30)
@given(before=USUAL, after=USUAL, language=LANGUAGES)
def test_a_reply_that_is_still_written_gives_the_edit_or_nothing(
    edit_format: EditFormat, before: str, after: str, language: str
) -> None:
    assume(before != after)
    where = whole(before, language)
    reply = edit_format.write(where, after)
    for length in range(0, len(reply) + 1, 3):
        progress = edit_format.watch(reply[:length], where)
        assert progress.after in {None, after}
        assert not progress.hopeless


@pytest.mark.parametrize("edit_format", FORMATS.values(), ids=FORMATS)
@given(reply=ANY | st.text(alphabet='`~{}[]":,\\\n ab1<>/|', max_size=120), before=ANY)
def test_any_reply_is_an_edit_or_a_failure(
    edit_format: EditFormat, reply: str, before: str
) -> None:
    where = whole(before)
    with contextlib.suppress(UnreadableError):
        edit_format.read(reply, where)
    edit_format.watch(reply, where)
    edit_format.claims(reply)


@pytest.mark.parametrize("edit_format", FORMATS.values(), ids=FORMATS)
def test_a_written_reply_is_claimed(edit_format: EditFormat) -> None:
    assert edit_format.claims(edit_format.write(whole("a = 1\n"), "a = 2\n"))
    assert not edit_format.claims("The name is misspelt.")


@pytest.mark.parametrize("edit_format", FORMATS.values(), ids=FORMATS)
def test_a_cut_off_reply_gives_no_edit(edit_format: EditFormat) -> None:
    where = whole("a = 1\nb = 2\n")
    reply = edit_format.write(where, "a = 1\nb = 3\n").rstrip("\n")
    for length in range(1, len(reply)):
        with pytest.raises(UnreadableError):
            edit_format.read(reply[:length], where)
