from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.config.settings import GateSettings
from understudy.core.lines import LineIndex
from understudy.core.minimise import minimise
from understudy.core.text import Span, apply
from understudy.engine.evidence import Comparison, Facts
from understudy.engine.hunks import hunks_of
from understudy.engine.stops import deletions, hard_stops
from understudy.failures.elision import left_out
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

FILE = "".join(f"def f{number}():\n    return {number}\n" for number in range(20))
SETTINGS = GateSettings()


def stops(before: str, after: str, target: Diagnostic | None = None) -> list[str]:
    view = View("file:///x", before, Policy(), path=Path("/w/a.py"), root=Path("/w"))
    facts = Facts(
        before=view,
        after=after,
        edits=minimise(before, after),
        scope=(),
        target=target,
        comparison=Comparison(None),
        checks=(),
        parsed_before=None,
        parses_after=None,
    )
    return [reason.signal for reason in hard_stops(facts, SETTINGS)]


def replaced_by(line: str) -> list[str]:
    """The stops when the last three functions give way to one line."""
    return stops(FILE, FILE[: FILE.index("def f17")] + line + "\n")


@pytest.mark.parametrize(
    "line",
    [
        "# ... rest of file unchanged",
        "# rest of the file unchanged",
        "# ... existing code ...",
        "# existing code here",
        "// ... existing code ...",
        "    // existing code here",
        "/* ... rest of the code remains the same ... */",
        "{/* ... existing code ... */}",
        "<!-- rest of the file -->",
        "-- remaining code unchanged",
        "# … rest of the code",
        "# ... other methods remain the same",
        "# ... (rest of the implementation)",
        "# The rest of your code stays the same",
        "# Keep existing imports",
        "# ... previous code ...",
        "# ...",
        "// …",
        "... rest of file unchanged",
        "[... rest of the code ...]",
        "# code omitted for brevity",
        "# everything else stays the same",
    ],
)
def test_a_placeholder_where_lines_went_away_stops_the_edit(line: str) -> None:
    expected = (
        [] if line in {"# previous code", "# same as before: code unchanged"} else ["code_left_out"]
    )
    assert replaced_by(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "    ...",
        "...",
        "x = [*rest]",
        "const a = {...rest};",
        "f(...args)",
        "# TODO: later",
        "# TODO: handle existing code paths",
        "# Handle the existing code before the new one runs",
        "# Other tests",
        "# previous code",
        "# the rest of the bytes are padding",
        "existing_code = 1",
        "(existing, code)",
        "print('... rest of file unchanged')",
        "return range(3)",
        "#",
        "#: unchanged",
    ],
)
def test_ellipsis_spreads_todos_and_plain_comments_never_stop_an_edit(line: str) -> None:
    assert replaced_by(line) == []


def test_a_placeholder_that_was_there_before_is_nobodys_fault() -> None:
    before = FILE + "# ... existing code ...\nx = 1\ny = 2\n"
    assert stops(before, before.replace("x = 1\n", "")) == []


def test_a_placeholder_that_replaces_nothing_stands_for_nothing() -> None:
    assert stops(FILE, FILE + "# existing code here\n") == []


def test_the_same_secret_in_another_place_is_not_new() -> None:
    line = "key = 'gh" + "p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'\n"
    assert stops(line + FILE, FILE + line) == []
    assert stops(line + FILE, FILE) == []
    assert stops(FILE, FILE + line) == ["secret_added"]


def test_a_mask_that_was_there_before_may_stay() -> None:
    line = "key = '<secret:aws:ab12>'\n"
    assert stops(line + FILE, line + FILE + "x = 1\n") == []
    assert stops(FILE, line + FILE) == ["mask_left"]


CONFLICT = "<<<<<<< HEAD\na = 1\nb = 1\nc = 1\n=======\na = 2\nb = 2\nc = 2\n>>>>>>> theirs\n"


def test_conflict_markers_may_be_removed_and_not_added() -> None:
    assert stops(CONFLICT, "a = 1\nb = 1\nc = 1\n") == []
    assert stops(FILE, FILE + "<<<<<<< SEARCH\n") == ["conflict_marker"]
    assert stops(FILE, FILE + ">>>>>>> theirs") == ["conflict_marker"]
    assert stops(FILE, FILE.replace("\n", "\r\n") + "<<<<<<<\r\n") == ["conflict_marker"]


def test_underlines_and_shifts_are_no_conflict_markers() -> None:
    assert stops("Title\n", "Title\n=======\n") == []
    assert stops(FILE, FILE + "x = 1 <<<<<<< 2\n") == []
    assert stops(FILE, FILE + "<<<<<<<<<<\n") == []


def test_small_files_may_lose_a_few_lines() -> None:
    assert stops("import os\n\nx = 1\n", "x = 1\n") == []
    assert stops("import os\nimport sys\nx = 1\n", "x = 1\n") == []


def test_mass_deletion_is_measured_against_the_file() -> None:
    third, half = FILE[: FILE.index("def f14")], FILE[: FILE.index("def f10")]
    assert stops(FILE, third) == []
    assert stops(FILE, half) == ["mass_deletion"]
    assert stops(FILE, "") == ["mass_deletion"]


def test_lines_that_the_diagnostic_marks_may_go() -> None:
    half = FILE[: FILE.index("def f10")]
    marked = Diagnostic("x", "unused", "Unused functions", Span(len(half), len(FILE)))
    assert stops(FILE, half, marked) == []


def test_blank_lines_and_replaced_lines_are_not_deleted() -> None:
    assert stops("a = 1\n" + "\n" * 50 + "b = 2\n", "a = 1\nb = 2\n") == []
    assert stops(FILE, FILE.replace("return", "yield")) == []


TEXTS = st.lists(st.sampled_from(["a\n", "b\r\n", "c\r", "\n", "d", "é😀", " "])).map("".join)


@given(TEXTS, TEXTS)
def test_hunks_hold_every_difference_and_nothing_equal_at_their_ends(
    before: str, after: str
) -> None:
    index = LineIndex(before)
    edits = minimise(before, after)
    hunks = hunks_of(index, edits)
    assert apply(before, edits) == after
    for hunk in hunks:
        assert hunk.old or hunk.new
        assert tuple(index.lines[hunk.first : hunk.first + len(hunk.old)]) == hunk.old
        assert not (hunk.old and hunk.new) or (
            hunk.old[0] != hunk.new[0] and hunk.old[-1] != hunk.new[-1]
        )
    assert sum(len(hunk.new) - len(hunk.old) for hunk in hunks) == len(LineIndex(after)) - len(
        index
    )


@given(TEXTS, TEXTS)
def test_any_change_can_be_looked_at(before: str, after: str) -> None:
    hunks = hunks_of(LineIndex(before), minimise(before, after))
    assert all(isinstance(left_out(hunk.old, hunk.new), str) for hunk in hunks)
    assert (stops(before, after) == ["no_change"]) == (before == after)


def test_two_edits_on_one_line_are_one_hunk() -> None:
    before = "x = reslt + reslt\ny = 1\n"
    hunks = hunks_of(LineIndex(before), minimise(before, before.replace("reslt", "result")))
    assert [(hunk.first, hunk.size) for hunk in hunks] == [(0, 1)]


def test_a_new_line_counts_as_one_line() -> None:
    hunks = hunks_of(LineIndex("a\nb\n"), minimise("a\nb\n", "a\nx\nb\n"))
    assert [(hunk.old, hunk.new) for hunk in hunks] == [((), ("x\n",))]


def test_a_final_line_end_counts_as_one_changed_line() -> None:
    hunks = hunks_of(LineIndex("a\nb"), minimise("a\nb", "a\nb\n"))
    assert [hunk.size for hunk in hunks] == [1]


def test_deletions_name_how_many_of_how_many() -> None:
    view = View("file:///x", "a\n\nb\nc\n", Policy())
    after = "a\n"
    facts = Facts(
        view, after, minimise(view.text, after), (), None, Comparison(None), (), None, None
    )
    assert deletions(facts) == (2, 3)
