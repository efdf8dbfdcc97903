from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.edit_formats import EditFormat, Region
from understudy.edit_formats.apply_patch import EDIT_FORMAT as APPLY_PATCH
from understudy.edit_formats.unified_diff import EDIT_FORMAT as UNIFIED_DIFF
from understudy.reading import UnreadableError
from understudy.workspace.view import View

BOTH = pytest.mark.parametrize("edit_format", [APPLY_PATCH, UNIFIED_DIFF], ids=lambda one: one.id)
DOCUMENT = "def f():\n    return 1\n\n\ndef g():\n    return 1\n"
LINES = [
    "*** Begin Patch",
    "*** End Patch",
    "*** Update File: a.py",
    "*** Add File: b.py",
    "*** Delete File: a.py",
    "*** Move to: c.py",
    "*** End of File",
    "@@",
    "@@ def f():",
    "@@ -1,2 +1,3 @@",
    "@@ -0,0 +1 @@",
    "@@ ... @@",
    "--- a/a.py",
    "+++ b/a.py",
    "--- /dev/null",
    "+++ /dev/null",
    "diff --git a/a.py b/a.py",
    "new file mode 100644",
    "rename from a.py",
    "rename to ../c.py",
    "```diff",
    "```",
    " def f():",
    "def f():",
    "-    return 1",
    "+    return 2",
    "     return 1",
    " -    return 1",
    "-",
    "+",
    " ",
    "",
    "...",
    "+# ... existing code ...",
    "\\ No newline at end of file",
    "\\ Line end: CR",
    "+\\t\\tx\\ny",
    "This is prose.",
    "apply_patch <<'EOF'",
    "EOF",
    '{"input": "*** Begin Patch\\n@@\\n-x\\n+y\\n',
    "</think>",
    "<think>",
    "\ufeff",
    "\0",
]
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])


def pieces(lines: list[str]) -> st.SearchStrategy[str]:
    line = st.tuples(st.sampled_from(lines), ENDS).map("".join)
    return st.lists(line, max_size=25).map("".join)


TEXTS = st.one_of(
    st.text(max_size=200),
    st.tuples(
        pieces(
            [
                "a",
                "b",
                "",
                "  x",
                "\tx",
                "- b",
                "-- c",
                "++ d",
                "@@ -1 +1 @@",
                "```",
                "*** End Patch",
            ]
        ),
        st.sampled_from(["", "a", "\\ No newline at end of file", "```"]),
    ).map("".join),
)


def region(text: str) -> Region:
    view = View("file:///a.py", text, Policy())
    return Region(view, range(len(view.index)), may_create=True)


@BOTH
@given(
    reply=st.one_of(st.text(), pieces(LINES)),
    text=st.sampled_from([DOCUMENT, DOCUMENT[:-1], DOCUMENT.replace("\n", "\r\n"), "", "\n\n"]),
)
def test_nothing_but_our_own_error_is_raised(
    edit_format: EditFormat, reply: str, text: str
) -> None:
    edit_format.claims(reply)
    edit_format.watch(reply, region(text))
    with contextlib.suppress(UnreadableError):
        edit_format.read(reply, region(text))


@BOTH
@given(before=TEXTS, after=TEXTS)
@example("0\n0\r0\n", "0\n0\n0\n")
@example("-- ", "")
@example("-- a\n++ b\n", "c\n")
@example("a\r\nb\n", "a\nb\n")
def test_what_is_written_is_read_back(edit_format: EditFormat, before: str, after: str) -> None:
    assume(before != after)
    assert edit_format.read(edit_format.write(region(before), after), region(before)).after == after


UNIQUE = st.lists(
    st.tuples(st.integers(0, 3), st.from_regex(r"[a-z]{8,12}", fullmatch=True)).map(
        lambda pair: "    " * pair[0] + pair[1]
    ),
    min_size=8,
    max_size=30,
    unique_by=str.strip,
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A text of distinct lines, and the same with some of them replaced or further ones added."""
    lines = draw(UNIQUE)
    places = draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=3))
    after = list(lines)
    for at in sorted(places, reverse=True):
        new = [f"    added_{at}_{number}" for number in range(draw(st.integers(1, 3)))]
        after[at : at + draw(st.integers(0, 1))] = new
    return "\n".join(lines) + "\n", "\n".join(after) + "\n"


def without_blanks(reply: str) -> str:
    return re.sub(r"^ ", "", reply, flags=re.MULTILINE)


def without_numbers(reply: str) -> str:
    return re.sub(r"^@@ .*", "@@", reply, flags=re.MULTILINE)


def with_wrong_numbers(reply: str) -> str:
    return re.sub(r"^@@ .*", "@@ -7,1 +9,2 @@", reply, flags=re.MULTILINE)


def further_in(reply: str) -> str:
    return re.sub(r"^([-+ ])(?! ?(?:[-+]{2} |@@))(?=.)", r"\1        ", reply, flags=re.MULTILINE)


@BOTH
@pytest.mark.parametrize(
    "damage", [str, without_blanks, without_numbers, with_wrong_numbers, further_in]
)
@settings(max_examples=25)
@given(edit=edits())
def test_a_damaged_patch_gives_the_same_text_and_gives_it_once(
    edit_format: EditFormat, damage: type[str], edit: tuple[str, str]
) -> None:
    before, after = edit
    reply = damage(edit_format.write(region(before), after))
    assert edit_format.read(reply, region(before)).after == after
    assert edit_format.read(reply, region(after)).after == after


@BOTH
@settings(max_examples=50)
@given(edit=edits(), data=st.data())
def test_what_was_seen_early_is_part_of_the_whole(
    edit_format: EditFormat, edit: tuple[str, str], data: st.DataObject
) -> None:
    before, after = edit
    reply = edit_format.write(region(before), after)
    size = data.draw(st.integers(0, len(reply)))
    seen = edit_format.watch(reply[:size], region(before))
    assert not seen.hopeless
    if seen.after is not None:
        old, new, now = (text.split("\n") for text in (before, after, seen.after))
        done = sum(line.startswith("    added_") for line in now)
        assert 0 < done <= sum(line.startswith("    added_") for line in new)
        assert set(now) <= set(old) | set(new)
    assert edit_format.watch(reply, region(before)).after == after


@BOTH
@pytest.mark.parametrize(
    "part",
    [
        "*** Begin Patch\n",
        "@@\n-a\n+b\n",
        "```diff\n",
        "@@ -1 +1 @@\n",
        "--- a\n+++ b\n",
        "@@ def f\n-    return 1\n+x\n",
        " a\n+# ... existing code ...\n",
        " ",
        '"',
        "<<",
    ],
)
def test_a_long_reply_of_one_part_ends(edit_format: EditFormat, part: str) -> None:
    for head in ("", "--- a/a.py\n+++ b/a.py\n", "*** Update File: a.py\n"):
        reply = head + part * (20_000 // len(part))
        edit_format.claims(reply)
        edit_format.watch(reply, region(DOCUMENT))
        with contextlib.suppress(UnreadableError):
            edit_format.read(reply, region(DOCUMENT))
