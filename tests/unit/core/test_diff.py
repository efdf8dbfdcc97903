from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.diff import hunks, unified
from understudy.core.runs import changed_runs, old_line

TEXTS = st.text(alphabet=st.sampled_from("ab\n\r😀\u2028\x0c"), max_size=40)
_HEADER = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n")


def patched(before: str, diff: str) -> str:
    """What `patch` makes of a text: hunks by their line numbers, context compared."""
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", before)
    out: list[str] = []
    at = 0
    body = re.findall(r"[^\n]*\n", diff)[2:]
    for number, line in enumerate(body):
        header = _HEADER.fullmatch(line)
        if header:
            start = int(header[1]) - (header[2] != "0")
            out += lines[at:start]
            at = start
        elif not line.startswith("\\"):
            follows = body[number + 1] if number + 1 < len(body) else ""
            content = line[1:-1] if follows.startswith("\\") else line[1:]
            if line[0] in " -":
                assert lines[at] == content
                at += 1
            if line[0] in " +":
                out.append(content)
    return "".join(out + lines[at:])


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_a_unified_diff_leads_from_one_text_to_the_other(a: str, b: str, context: int) -> None:
    assert patched(a, unified(a, b, "x", context)) == b


def test_equal_texts_have_no_diff() -> None:
    assert unified("a\n", "a\n", "x") == ""


def test_a_unified_diff_looks_as_everybody_writes_it() -> None:
    before = "".join(f"{n}\n" for n in range(1, 20))
    after = before.replace("5\n", "five\n", 1).replace("19\n", "19")
    assert unified(before, after, "a b.py", context=1) == (
        "--- a/a b.py\n+++ b/a b.py\n"
        "@@ -4,3 +4,3 @@\n 4\n-5\n+five\n 6\n"
        "@@ -18,2 +18,2 @@\n 18\n-19\n+19\n\\ No newline at end of file\n"
    )


def test_changes_whose_context_meets_share_a_hunk() -> None:
    old, new = list("abcdefg"), list("aBcdEfg")
    assert len(list(hunks(old, new, context=1))) == 1
    assert len(list(hunks(old, new, context=0))) == 2


@pytest.mark.parametrize(
    ("before", "after", "line", "was"),
    [
        ("ab", "xab", 1, 0),
        ("abc", "ac", 1, 2),
        ("abc", "aXYc", 1, 1),
        ("abc", "aXYc", 2, 1),
        ("abc", "aXYc", 3, 2),
        ("a", "a", 0, 0),
        ("ab", "aXb", 1, 1),
    ],
)
def test_a_line_is_found_again_in_the_old_text(
    before: str, after: str, line: int, was: int
) -> None:
    assert old_line(changed_runs(list(before), list(after)), line) == was
