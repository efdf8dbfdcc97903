from __future__ import annotations

import pytest

from tests.unit.edit_formats.diffs import (
    BODY,
    DIFF,
    EXPECTED,
    HEAD,
    TEXT,
    after,
    fenced,
    read,
    refused,
    region,
)
from understudy.edit_formats import FileChange
from understudy.edit_formats.unified_diff import EDIT_FORMAT
from understudy.reading import Refusal

REPEATED = "-    # the usual formula\n+    # a formula\n"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("@@ -2,1 +2,1 @@", "radius"),
        ("@@ -7 +7 @@", "side"),
        ("@@ -1 +1 @@ def area_height(shape):", "height"),
        ("@@ ... @@ def area_side", "side"),
    ],
)
def test_numbers_and_sections_choose_between_places(header: str, name: str) -> None:
    old = f"def area_{name}(shape):\n    # the usual"
    expected = TEXT.replace(old, old.replace("the usual", "a"))
    assert after(fenced(f"{HEAD}{header}\n{REPEATED}")) == expected


def test_a_hunk_with_a_place_tells_how_far_the_numbers_of_others_are_off() -> None:
    diff = f"{HEAD}@@ -16,6 +16,6 @@\n{BODY}@@ -22,1 +22,1 @@\n{REPEATED}"
    expected = EXPECTED.replace("height(shape):\n    # the usual", "height(shape):\n    # a")
    assert after(fenced(diff)) == expected


def test_a_number_that_is_only_near_makes_it_risky() -> None:
    assert read(fenced(f"{HEAD}@@ -8,1 +8,1 @@\n{REPEATED}")).risk == "high"
    assert read(fenced(f"{HEAD}@@ -7,1 +7,1 @@\n{REPEATED}")).risk == "none"


def test_two_places_without_a_reason_are_none() -> None:
    error = refused(fenced(f"{HEAD}@@ ... @@\n{REPEATED}"))
    assert error.refusal is Refusal.AMBIGUOUS
    assert "lines 2, 7, 12" in error.teaching


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (BODY.replace("3 * shape.side", "4 * shape.side"), Refusal.NOT_FOUND),
        (f"{BODY}@@ -8 +8 @@\n-    return 3 * shape.side\n+    return 0\n", Refusal.OVERLAPPING),
        (" def area_side(shape):\n+", Refusal.TRUNCATED),
        (
            "-    # the usual formula\n-    return 3 * shape.side\n+    # ... existing code ...\n",
            Refusal.ELIDED,
        ),
        ("-    return 3 * shape.side\n+    return 3 * shape.side\n", Refusal.NO_CHANGE),
    ],
)
def test_hunks_that_mean_nothing_sure_are_refused(body: str, refusal: Refusal) -> None:
    reply = fenced(f"{HEAD}@@ ... @@\n{body}")
    if refusal is Refusal.TRUNCATED:
        reply = reply.partition("\n```\n")[0].rstrip("`\n")
    assert refused(reply).refusal is refusal


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        ("", Refusal.EMPTY),
        ("I can't help with that.", Refusal.DECLINED),
        ("The side must be squared.", Refusal.NO_EDIT),
        (f"```diff\n{DIFF}", Refusal.TRUNCATED),
        ("```diff\n@@@ -1,1 -1,1 +1,1 @@@\n- a\n++b\n```", Refusal.MALFORMED),
        (f"{HEAD}@@ -6,6 +6,6 @@\n" + "\n".join(BODY.split("\n")[:4]), Refusal.TRUNCATED),
        (f"{HEAD}@@ -6,6 +6,6 @@\n def area_side(shape):", Refusal.TRUNCATED),
    ],
)
def test_replies_without_a_whole_diff_are_refused(reply: str, refusal: Refusal) -> None:
    assert refused(reply).refusal is refusal


@pytest.mark.parametrize(
    "path", ["../x.py", "/etc/passwd", "C:/x.py", ".git/hooks/pre-commit", "con"]
)
def test_paths_that_lead_elsewhere_are_refused(path: str) -> None:
    changed = f"--- {path}\n+++ {path}\n@@ -1 +1 @@\n-a\n+b\n"
    created = f"--- /dev/null\n+++ {path}\n@@ -0,0 +1 @@\n+b\n"
    for diff in (changed, created):
        assert refused(fenced(diff), region(may_create=True)).refusal is Refusal.UNSAFE_PATH


def test_a_document_without_a_path_is_what_the_only_name_means() -> None:
    assert after(fenced(DIFF), region(path=None)) == EXPECTED
    two = DIFF + DIFF.replace("shapes", "others")
    assert refused(fenced(two), region(path=None)).refusal is Refusal.OTHER_FILE


def test_other_documents_and_new_files_change_together() -> None:
    more = (
        "--- a/src/app.py\n+++ b/src/app.py\n@@ -1 +1 @@\n-import shapes\n+import figures\n"
        "--- /dev/null\n+++ b/src/new.py\n@@ -0,0 +1,2 @@\n+a = 1\n+b = 2\n"
    )
    reading = read(fenced(DIFF + more), region(may_create=True))
    assert reading.after == EXPECTED
    assert reading.others == (
        FileChange("src/app.py", "import figures\n"),
        FileChange("src/new.py", "a = 1\nb = 2\n"),
    )
    assert refused(fenced(DIFF + more)).refusal is Refusal.OTHER_FILE
    assert refused(fenced(DIFF.replace("shapes", "others"))).refusal is Refusal.OTHER_FILE


def test_files_are_deleted_and_moved_only_where_they_may_be_created() -> None:
    deleted = "--- a/src/app.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-import shapes\n"
    reading = read(fenced(deleted), region(may_create=True))
    assert reading.others == (FileChange("src/app.py", None),)
    moved = (
        "diff --git a/src/shapes.py b/src/figures.py\nsimilarity index 90%\n"
        f"rename from src/shapes.py\nrename to src/figures.py\n{DIFF.replace('b/src/shapes', 'b/src/figures')}"
    )
    reading = read(fenced(moved), region(may_create=True))
    assert reading.others == (FileChange("src/shapes.py", EXPECTED, "src/figures.py"),)
    for diff in (deleted, moved):
        assert refused(fenced(diff)).refusal is Refusal.OTHER_FILE


def test_rules_name_the_file() -> None:
    assert "`src/shapes.py`" in EDIT_FORMAT.rules(region())


def test_an_unfinished_diff_shows_its_finished_hunks_only() -> None:
    first = "@@ -1,3 +1,3 @@\n def area_radius(shape):\n     # the usual formula\n-    return 3 * shape.radius\n+    return 4\n"
    reply = fenced(f"{HEAD}{first}@@ -6,6 +6,6 @@\n{BODY}")
    one = TEXT.replace("3 * shape.radius", "4")
    both = EXPECTED.replace("3 * shape.radius", "4")
    seen = [EDIT_FORMAT.watch(reply[:size], region()) for size in range(len(reply) + 1)]
    assert not any(each.hopeless for each in seen)
    assert {each.after for each in seen} == {None, one, both}
    assert [each.finished for each in seen] == sorted(each.finished for each in seen)
    assert seen[-1].after == both


def test_an_unfinished_diff_of_another_file_is_hopeless() -> None:
    reply = fenced(DIFF.replace("shapes", "others") + "@@ -1 +1 @@\n")
    assert EDIT_FORMAT.watch(reply, region()).hopeless
