from __future__ import annotations

import ast
import contextlib
import inspect
import random
import textwrap
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.edit_formats.search_replace import EDIT_FORMAT
from understudy.reading import UnreadableError
from understudy.workspace.view import View

PIECES = st.sampled_from(
    [
        "a",
        "    b",
        "\tc",
        "",
        "=======",
        "  =======",
        "\\=======",
        "<<<<<<< SEARCH",
        ">>>>>>> REPLACE",
        ">>>>>>>",
        ":start_line: 3",
        "-------",
        "\\ No newline at end of file",
        "...",
        "# ... rest of the code ...",
        "src/a.py",
        "```",
        "---FIND",
        "---REPLACE",
        "---COMPLETE",
        "<search>",
        "</search><replace>",
        "</replace>",
        "</think>",
        "\ufeffd",
        "return calculated",
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", ""])


def texts(size: int) -> st.SearchStrategy[str]:
    lines = st.lists(st.tuples(PIECES, ENDS), max_size=size)
    joined = lines.map(lambda parts: "".join(line + end for line, end in parts))
    plain = st.lists(PIECES, max_size=size).map("\n".join)
    return st.one_of(joined, plain, st.text())


def region(text: str) -> Region:
    path = Path("/w/src/a.py")
    view = View("file:///w/src/a.py", text, Policy(), path=path, root=Path("/w"))
    return Region(view, range(len(view.index)))


@given(texts(9), texts(9))
@example("a", "a\n")
@example("a\r", "a\n")
@example("one\ntwo\nthree\nfour\n", "one\n# ... rest of the code ...\n")
def test_what_is_written_is_read_again(before: str, after: str) -> None:
    if before == after:
        return
    reply = EDIT_FORMAT.write(region(before), after)
    assert EDIT_FORMAT.claims(reply)
    assert EDIT_FORMAT.read(reply, region(before)).after == after


@given(texts(25), texts(6))
def test_no_reply_raises_anything_but_its_own_failure(reply: str, text: str) -> None:
    with contextlib.suppress(UnreadableError):
        EDIT_FORMAT.read(reply, region(text))
    EDIT_FORMAT.watch(reply, region(text))
    EDIT_FORMAT.claims(reply)


SOURCE = inspect.getsource(textwrap) + inspect.getsource(ast)


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_an_edit_of_real_code_that_is_made_twice_changes_it_once(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - it only chooses lines
    lines = SOURCE.split("\n")
    for _ in range(3):
        at = chance.randrange(len(lines) - 3)
        new = chance.choice([[f"{lines[at]}  # note {at}"], [lines[at], f"added = {at}"], []])
        lines[at : at + 1] = new
    after = "\n".join(lines)
    reply = EDIT_FORMAT.write(region(SOURCE), after)
    assert EDIT_FORMAT.read(reply, region(SOURCE)).after == after
    # A refusal leaves the file as it is, too.
    with contextlib.suppress(UnreadableError):
        assert EDIT_FORMAT.read(reply, region(after)).after == after
