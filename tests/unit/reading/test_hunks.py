from __future__ import annotations

from dataclasses import replace

import pytest

from understudy.config.policy import Policy
from understudy.reading import Match, Refusal, UnreadableError
from understudy.reading.carrying_out import CarriedOut, Changed, carried_out
from understudy.reading.hunk_context import Known, readings
from understudy.reading.hunk_headers import HunkHeader, hunk_header
from understudy.reading.hunks import FileEdit, Hunk, added_lines, hunk_lines
from understudy.reading.splicing import FileLines
from understudy.reading.targets import OWN, Documents
from understudy.workspace.view import View

TEXT = "def f():\n    a = 1\n    return a\n\n\ndef g():\n    a = 1\n    return a\n"


def hunk(*body: str, hint: int | None = None, anchors: tuple[str, ...] = ()) -> Hunk:
    return Hunk(hunk_lines(body), hint, anchors)


def documents(text: str = TEXT) -> Documents:
    return Documents(View("untitled:1", text, Policy()))


def done(*hunks: Hunk, text: str = TEXT) -> CarriedOut:
    return carried_out([FileEdit("", hunks)], documents(text))


def refusal(*hunks: Hunk, text: str = TEXT) -> Refusal:
    with pytest.raises(UnreadableError) as caught:
        done(*hunks, text=text)
    return caught.value.refusal


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("@@ -1,2 +3,4 @@", HunkHeader(0, (2, 4))),
        ("@@ -7 +7 @@ def f():", HunkHeader(6, (1, 1), "def f():")),
        ("@@ -0,0 +1,2 @@", HunkHeader(0, (0, 2))),
        ("@@ -5,0 +6 @@", HunkHeader(5, (0, 1))),
        ("@@-1,2 +3,4@@", HunkHeader(0, (2, 4))),
        ("@@ -1,2 +3,4", HunkHeader(0, (2, 4))),
        ("@@", HunkHeader()),
        ("@@ ... @@", HunkHeader()),
        ("@@ ... @@ def f():", HunkHeader(section="def f():")),
        ("@@ def f(): @@", HunkHeader(section="def f():")),
        ("@@     def f():", HunkHeader(section="def f():")),
        (" @@ -1 +1 @@", None),
    ],
)
def test_the_line_above_a_hunk_is_read(line: str, expected: HunkHeader | None) -> None:
    assert hunk_header(line) == expected


def test_lines_keep_what_stands_behind_their_sign() -> None:
    one = hunk("  a", "-b ", "+\tc", "", "d", "", "")
    assert one.old == [" a", "b ", "", "d"]
    assert one.new == [" a", "\tc", "", "d"]


def test_marks_say_how_the_line_above_ends() -> None:
    lines = hunk_lines(["-a", "\\ No newline at end of file", "+b", "\\ Line end: CR LF"])
    assert [line.end for line in lines] == ["", "\r\n"]
    assert [line.text for line in added_lines(["+a", "b", "+", ""])] == ["a", "b", ""]


@pytest.mark.parametrize(
    ("body", "old"),
    [
        ([" def f():", "     a = 1", "-    return a"], ["def f():", "    a = 1", "    return a"]),
        (["def f():", "    a = 1", "-    return a"], ["def f():", "    a = 1", "    return a"]),
        (["def f():", "     a = 1", "-    return a"], ["def f():", "    a = 1", "    return a"]),
        (
            [" def f():", "     a = 1", " -    return a", " +    return 2"],
            ["def f():", "    a = 1", "    return a"],
        ),
        (["    b = 1", "-    c"], ["    b = 1", "    c"]),
        (["     b = 1", "-    c"], ["    b = 1", "    c"]),
        ([" def f():", "-    a = 1", "", "This is prose."], ["def f():", "    a = 1"]),
    ],
)
def test_context_lines_are_read_as_the_file_has_them(body: list[str], old: list[str]) -> None:
    first, _ = next(readings(hunk(*body), Known(TEXT.split("\n"))))
    assert first.old == old


def test_a_list_item_without_its_blank_is_context() -> None:
    text = "Fruit:\n- apples\n- pears\n"
    one = done(hunk("Fruit:", "- apples", "-- pears", "+- plums"), text=text)
    assert one.after == "Fruit:\n- apples\n- plums\n"


def test_a_line_that_begins_with_a_plus_in_the_file_may_be_context() -> None:
    text = "a table:\n+------+\n| name |\n+------+\n"
    body = ("+------+", "-| name |", "+| size |", "+------+")
    assert done(hunk("a table:", *body), text=text).after == text.replace("name", "size")
    added = "a table:\n+------+\n------+\n| size |\n------+\n+------+\n"
    assert done(hunk(" +------+", *body), text=text).after == added


def test_hunks_may_share_context() -> None:
    one = done(
        hunk(" def f():", "-    a = 1", "+    a = 2", "     return a", "", "", " def g():"),
        hunk("     return a", "", "", " def g():", "-    a = 1", "+    a = 3"),
    )
    assert one.after == TEXT.replace("a = 1", "a = 2", 1).replace("a = 1", "a = 3", 1)


def test_hunks_that_change_the_same_line_overlap() -> None:
    first = hunk(" def f():", "-    a = 1", "+    a = 2")
    second = hunk(" def f():", "-    a = 1", "+    a = 3")
    assert refusal(first, second) is Refusal.OVERLAPPING


@pytest.mark.parametrize(
    ("one", "place"),
    [
        (hunk("-    a = 1", "+    a = 2", hint=1), 1),
        (hunk("-    a = 1", "+    a = 2", hint=6), 6),
        (hunk("-    a = 1", "+    a = 2", anchors=("def g():",)), 6),
        (hunk("-    a = 1", "+    a = 2", anchors=("def g",)), 6),
        (replace(hunk("-    a = 1", "+    a = 2", "     return a"), at_end=True), 6),
    ],
)
def test_one_of_two_places_is_chosen_for_a_reason(one: Hunk, place: int) -> None:
    lines = TEXT.split("\n")
    lines[place] = "    a = 2"
    assert done(one).after == "\n".join(lines)


@pytest.mark.parametrize(
    "one",
    [
        hunk("-    a = 1", "+    a = 2"),
        hunk("-    a = 1", "+    a = 2", hint=4),
        hunk("-    a = 1", "+    a = 2", anchors=("class C:",)),
    ],
)
def test_without_a_reason_two_places_are_none(one: Hunk) -> None:
    assert refusal(one) is Refusal.AMBIGUOUS


def test_a_result_at_the_given_line_is_no_reason_to_change_another() -> None:
    text = TEXT.replace("a = 1", "a = 2", 1)
    one = hunk("-    a = 1", "+    a = 2", "     return a", hint=1)
    assert done(one, text=text).after == text
    assert done(replace(one, hint=6), text=text).after == text.replace("a = 1", "a = 2")


def test_lines_cut_away_at_the_border_of_a_file_are_not_looked_for_again() -> None:
    text = "one line\nanother line\nthird line\n"
    first = hunk("-zeroth line", " one line", " another line")
    last = hunk(" another line", " third line", "-fourth line")
    for one in (first, last):
        assert done(one, text=text).match is Match.ALREADY
    assert refusal(hunk("-zeroth line", " another line", " third line"), text=text) is (
        Refusal.NOT_FOUND
    )


def test_marks_for_left_out_lines_stay_between_the_lines_around_them() -> None:
    one = done(hunk(" def f():", " ...", "-    return a", "", "", "+# above g", " def g():"))
    assert one.after == TEXT.replace("    return a\n\n\n", "\n\n# above g\n", 1)
    assert one.match is Match.ELISION
    gone = hunk(" def f():", "-...", "-    return a", "+    return 2", "", "", " def g():")
    assert refusal(gone) is Refusal.ELIDED


def test_lines_added_without_context_need_an_anchor_or_the_end() -> None:
    assert refusal(hunk("+x = 1")) is Refusal.NOT_FOUND
    assert refusal(hunk("+x = 1", anchors=("a = 1",))) is Refusal.AMBIGUOUS
    at_end = done(replace(hunk("+x = 1"), at_end=True))
    assert at_end.after == TEXT + "x = 1\n"
    anchored = done(hunk("+    x = 1", anchors=("def g():",)))
    assert anchored.after == TEXT.replace("def g():\n", "def g():\n    x = 1\n")
    assert [repair.risk for repair in anchored.repairs] == ["high"]
    assert done(hunk("+x = 1"), text="").after == "x = 1\n"


def test_every_kept_line_keeps_its_end_and_new_ones_get_the_usual_one() -> None:
    text = "a\r\nb\nc\r\nd"
    assert done(hunk(" a", "+x", " b", "-c", "+y", " d", "+z"), text=text).after == (
        "a\r\nx\r\nb\ny\r\nd\r\nz"
    )


def test_more_hunks_than_anyone_writes_are_too_large() -> None:
    assert refusal(*[hunk("-a", "+b")] * 2000) is Refusal.TOO_LARGE


def test_a_file_is_not_changed_and_written_anew_at_once() -> None:
    edits = [FileEdit("", (hunk("-a", "+b"),)), FileEdit("", content=added_lines(["+c"]))]
    with pytest.raises(UnreadableError) as caught:
        carried_out(edits, documents())
    assert caught.value.refusal is Refusal.OVERLAPPING


def test_documents_that_stay_as_they_are_are_not_named() -> None:
    others = {"b.py": View("file:///b.py", "x = 1\nz = 1\n", Policy())}
    both = replace(documents(), others=others)
    same = FileEdit("b.py", (hunk("-y = 1234567", "+x = 1"),))
    edits = [FileEdit("", (hunk(" def f():", "-    a = 1", "+    a = 2"),)), same]
    with pytest.raises(UnreadableError):
        carried_out(edits, both)
    right = replace(same, hunks=(hunk("-x = 1", "+x = 2"),))
    assert carried_out([edits[0], right], both).others == (Changed("b.py", "x = 2\nz = 1\n"),)
    assert both.find("b.py") == "b.py"
    assert both.find("") == OWN


@pytest.mark.parametrize("text", ["", "\n", "a", "a\n", "a\r\nb\rc\n", "\n\n"])
def test_lines_and_their_ends_are_the_text(text: str) -> None:
    file = FileLines.of(text)
    assert "".join(map("".join, zip(file.texts, file.ends, strict=True))) == text
