from __future__ import annotations

import pytest

from tests.unit.edit_formats.patches import (
    EXPECTED,
    HUNK,
    TEXT,
    after,
    patch,
    read,
    refused,
    region,
    view,
)
from understudy.edit_formats import FileChange, Region
from understudy.edit_formats.apply_patch import EDIT_FORMAT
from understudy.reading import Refusal

SAME = "     def area(self):\n         # the usual formula\n+        assert self\n"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("@@ class Circle:", "radius"),
        ("@@ class Square", "side"),
        ("@@ class Square\n@@ def area", "side"),
    ],
)
def test_anchors_choose_between_places(head: str, name: str) -> None:
    before = f"        # the usual formula\n        return 3 * self.{name}"
    expected = TEXT.replace(before, before.replace("formula\n", "formula\n        assert self\n"))
    assert after(patch(SAME).replace("@@", head, 1)) == expected


def test_the_order_of_hunks_chooses_between_places() -> None:
    first = "-        self.side = side\n+        self.side = abs(side)\n"
    expected = TEXT.replace("= side", "= abs(side)").replace(
        "formula\n        return 3 * self.side",
        "formula\n        assert self\n        return 3 * self.side",
    )
    assert after(patch(f"{first}@@\n{SAME}")) == expected
    twice = TEXT.replace("formula\n", "formula\n        assert self\n")
    assert after(patch(f"{SAME}@@\n{SAME}")) == twice


def test_the_end_of_the_file_chooses_between_places() -> None:
    text = "a = 1\nb = 2\n\na = 1\nb = 2\n"
    body = " a = 1\n-b = 2\n+b = 3\n*** End of File\n"
    assert after(patch(body), region(text)) == "a = 1\nb = 2\n\na = 1\nb = 3\n"


def test_two_places_without_a_reason_are_none() -> None:
    error = refused(patch(SAME))
    assert error.refusal is Refusal.AMBIGUOUS
    assert "lines 8, 20" in error.teaching


def test_old_lines_that_are_not_there_are_shown_with_the_nearest_ones() -> None:
    error = refused(patch(HUNK.replace("3 * self.radius", "3 * self.r")))
    assert error.refusal is Refusal.NOT_FOUND
    assert "Did you mean" in error.teaching
    assert "return 3 * self.radius" in error.teaching


def test_one_hunk_without_a_place_stops_all_of_them() -> None:
    assert refused(patch(f"{HUNK}@@\n-nothing like it\n+x\n")).refusal is Refusal.NOT_FOUND


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (HUNK + "@@\n-        return 3 * self.radius\n+        return 0\n", Refusal.OVERLAPPING),
        (" import os\n \n", Refusal.NO_CHANGE),
        ("-import os\n+import os\n", Refusal.NO_CHANGE),
        ("", Refusal.NO_CHANGE),
        (
            " class Circle:\n-    def __init__(self, radius):\n-        self.radius = radius\n"
            "+    # ... existing code ...\n",
            Refusal.ELIDED,
        ),
        ("+import sys\n", Refusal.NOT_FOUND),
    ],
)
def test_hunks_that_mean_nothing_sure_are_refused(body: str, refusal: Refusal) -> None:
    assert refused(patch(body)).refusal is refusal


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        ("", Refusal.EMPTY),
        ("The factor is wrong; see `*** Begin Patch`.", Refusal.NO_EDIT),
        ("I'm sorry, but I can't help with that.", Refusal.DECLINED),
        (f"```\n*** Begin Patch\n*** Update File: src/shapes.py\n@@\n{HUNK}", Refusal.TRUNCATED),
        (
            "*** Begin Patch\n*** Update File: src/shapes.py\n@@\n class Circle:\n",
            Refusal.TRUNCATED,
        ),
        ("<think>\nhm", Refusal.TRUNCATED),
    ],
)
def test_replies_without_a_whole_patch_are_refused(reply: str, refusal: Refusal) -> None:
    assert refused(reply).refusal is refusal


def test_a_missing_end_is_forgotten_where_context_shows_that_the_hunk_is_whole() -> None:
    reading = read(patch().replace("*** End Patch\n", ""))
    assert reading.after == EXPECTED
    assert reading.risk == "low"


def test_a_missing_end_behind_a_change_means_that_the_reply_was_cut_off() -> None:
    cut = patch(HUNK.partition("\n\n")[0] + "\n").replace("*** End Patch\n", "")
    assert refused(cut).refusal is Refusal.TRUNCATED


@pytest.mark.parametrize(
    "path",
    [
        "../shapes.py",
        "/etc/passwd",
        "C:\\x.py",
        "src/../../shapes.py",
        ".git/config",
        "src/nul",
        "a\0b",
    ],
)
@pytest.mark.parametrize("kind", ["Update", "Add"])
def test_paths_that_lead_elsewhere_are_refused(path: str, kind: str) -> None:
    reply = f"*** Begin Patch\n*** {kind} File: {path}\n+x\n*** End Patch\n"
    assert refused(reply, region(may_create=True)).refusal is Refusal.UNSAFE_PATH


def test_a_file_that_was_not_given_is_refused() -> None:
    assert refused(patch(path="src/other.py")).refusal is Refusal.OTHER_FILE


def test_a_name_that_fits_two_files_is_ambiguous() -> None:
    own = view(TEXT, "a/shapes.py")
    where = Region(own, range(3), {"b/shapes.py": view("", "b/shapes.py")})
    assert refused(patch(path="shapes.py"), where).refusal is Refusal.AMBIGUOUS


@pytest.mark.parametrize("path", ["what/ever.py", "/Users/someone/project/shapes.py"])
def test_a_document_without_a_path_is_what_the_reply_is_about(path: str) -> None:
    assert after(patch(path=path), region(path=None)) == EXPECTED


def test_other_documents_and_new_files_change_together() -> None:
    reply = patch().replace(
        "*** End Patch",
        "*** Update File: app.py\n@@\n-import shapes\n+import figures\n"
        "*** Add File: src/new.py\n+a = 1\n+\n+b = 2\n"
        "*** Delete File: lib/util.py\n*** End Patch",
    )
    reading = read(reply, region(may_create=True))
    assert reading.after == EXPECTED
    assert reading.others == (
        FileChange("src/app.py", "import figures\n"),
        FileChange("src/new.py", "a = 1\n\nb = 2\n"),
        FileChange("lib/util.py", None),
    )
    assert refused(reply).refusal is Refusal.OTHER_FILE


def test_a_file_is_moved_only_where_files_may_be_created() -> None:
    reply = patch().replace("@@\n", "*** Move to: src/figures.py\n@@\n", 1)
    reading = read(reply, region(may_create=True))
    assert reading.others == (FileChange("src/shapes.py", EXPECTED, "src/figures.py"),)
    assert refused(reply).refusal is Refusal.OTHER_FILE
    unsafe = reply.replace("src/figures.py", "../figures.py")
    assert refused(unsafe, region(may_create=True)).refusal is Refusal.UNSAFE_PATH


def test_a_file_that_exists_is_written_anew_only_under_review() -> None:
    reply = "*** Begin Patch\n*** Add File: src/shapes.py\n+x = 1\n*** End Patch\n"
    reading = read(reply)
    assert (reading.after, reading.risk) == ("x = 1\n", "high")
    assert read(reply, region("")).risk == "none"


def test_rules_name_the_file() -> None:
    assert "*** Update File: src/shapes.py" in EDIT_FORMAT.rules(region())


def test_an_unfinished_patch_shows_its_finished_hunks_only() -> None:
    second = '@@\n     def name(self):\n-        return "circle"\n+        return "round"\n'
    reply = patch(HUNK + second)
    both = EXPECTED.replace('"circle"', '"round"')
    seen = [EDIT_FORMAT.watch(reply[:size], region()) for size in range(len(reply) + 1)]
    assert not any(one.hopeless for one in seen)
    assert {one.after for one in seen} == {None, EXPECTED, both}
    assert [one.finished for one in seen] == sorted(one.finished for one in seen)
    assert seen[-1].after == both


def test_an_unfinished_patch_whose_lines_are_nowhere_is_hopeless() -> None:
    reply = patch("-nothing like it\n+x\n@@\n")
    assert EDIT_FORMAT.watch(reply, region()).hopeless
