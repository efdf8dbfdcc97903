"""The case files' own reader and writer."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.cases import Case, CaseError, read_case, write_case
from understudy.core.text import Span

WHOLE = """\
Two lines
about it.
=== task
task: edit
instruction: Add: it.
=== file: pkg/other.py (crlf)
x = 1
=== before src/app.py
a = <|b|>
=== diagnostics
{"code": "F821", "message": "π"}
=== reply
```
a = c
```
=== reply (no last line end)
No.
=== expect
status: offered
why: a: b
=== after (no last line end)
a = c
=== after pkg/new.py (crlf)
y = 2
=== told
It is done.
"""

LINES = st.lists(st.text(alphabet="ab =π😀\t\f\u2028", max_size=6), max_size=4)
CONTENTS = st.builds(str.join, st.sampled_from(["\n", "\r\n", "\r"]), LINES).filter(
    lambda text: "=== " not in text
)


def test_all_parts_of_a_case_are_read() -> None:
    assert read_case(WHOLE) == Case(
        about="Two lines\nabout it.\n",
        path="src/app.py",
        text="a = b\n",
        selection=Span(4, 5),
        files={"pkg/other.py": "x = 1\r\n"},
        diagnostics=({"code": "F821", "message": "π"},),
        expect={"status": "offered", "why": "a: b"},
        after="a = c",
        task={"task": "edit", "instruction": "Add: it."},
        replies=("```\na = c\n```\n", "No."),
        files_after={"pkg/new.py": "y = 2\r\n"},
        told="It is done.\n",
    )


def test_a_case_is_written_as_it_was_read() -> None:
    assert write_case(read_case(WHOLE)) == WHOLE


@given(text=CONTENTS, after=st.none() | CONTENTS, other=CONTENTS, data=st.data())
def test_every_text_survives_writing_and_reading(
    text: str, after: str | None, other: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    selection = Span(start, data.draw(st.integers(start, len(text))))
    inside_line_end = any(text[at - 1 : at + 1] == "\r\n" for at in (start, selection.end) if at)
    if inside_line_end:
        selection = Span(0, 0)
    case = Case("", "example.py", text, selection, {"o.py": other}, after=after)
    assert read_case(write_case(case)) == case


@given(st.text(alphabet="=<|> beforaft:()clsdi\n{}", max_size=80))
def test_a_file_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    with suppress(CaseError):
        read_case(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("=== expect\n", "exactly one `=== before`"),
        ("=== before\n=== before\n", "exactly one `=== before`"),
        ("=== befor\n", "Line 1 is no section header"),
        ("=== before (lf)\n", "unknown mark: lf"),
        ("=== file\n=== before\n", "needs a path"),
        ("=== before\na|>b<|\n", "marked once"),
        ("=== before\n<|a|> <|b|>\n", "marked once"),
        ("=== before\n=== after\n=== after\n", "stands twice"),
        ("=== before\n=== diagnostics\n{\n", "is no JSON"),
        ("=== before\n=== diagnostics\n[]\n", "one JSON object"),
        ("=== before\n=== expect\nstatus\n", "`key: value`"),
    ],
)
def test_a_case_that_is_written_wrongly_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(CaseError, match=sentence):
        read_case(text)


def test_mixed_line_ends_cannot_be_written() -> None:
    with pytest.raises(CaseError, match="several kinds of line ends"):
        write_case(Case("", "example.py", "a\nb\r\n"))
