from __future__ import annotations

import pytest

from tests.unit.edit_formats.diffs import (
    BODY,
    DIFF,
    EXPECTED,
    HEAD,
    TEXT,
    UNSIGNED,
    after,
    fenced,
    read,
    refused,
    region,
)
from understudy.core.diff import unified
from understudy.edit_formats.unified_diff import EDIT_FORMAT
from understudy.reading import Match, Refusal


@pytest.mark.parametrize(
    "diff",
    [
        DIFF,
        f"diff --git a/src/shapes.py b/src/shapes.py\nindex 1a2b3c4..5d6e7f8 100644\n{DIFF}",
        f"diff --git a/src/shapes.py b/src/shapes.py\n@@ -6,6 +6,6 @@\n{BODY}",
        f"Index: src/shapes.py\n{'=' * 67}\n{DIFF}",
        DIFF.replace("shapes.py\n", "shapes.py\t2024-05-01 12:00:00.000000000 +0200\n"),
        DIFF.replace("shapes.py\n", "shapes.py 2024-05-01 12:00:00\n"),
        DIFF.replace("a/src/shapes.py", "src/shapes.py").replace(
            "b/src/shapes.py", "src/shapes.py"
        ),
        DIFF.replace("a/src/shapes.py", '"a/src/shapes.py"').replace(
            "b/src/shapes.py", '"b/src/shapes.py"'
        ),
        DIFF.replace("b/src/shapes.py", "b/src/shapes_fixed.py"),
        DIFF.replace("src/", ""),
        f"{HEAD}@@ -6,6 +6,6 @@ def area_radius(shape):\n{BODY}",
        f"{HEAD}@@ ... @@\n{BODY}",
        f"{HEAD}@@\n{BODY}",
        f"{HEAD}@@ def area_side(shape): @@\n{BODY}",
        f"{HEAD}@@ -6,6 +6,6\n{BODY}",
        f"{HEAD}@@ -900,2 +1,40 @@\n{BODY}",
        f"{HEAD}@@ -6,60 +6,60 @@\n{BODY}",
        f"{HEAD}@@ -6,3 +6,3 @@\n{BODY}",
        f"{HEAD}@@ -6,6 +6,6 @@\n{UNSIGNED}",
        f"{HEAD}@@ -1,3 +1,9 @@\n{UNSIGNED}",
        f"{HEAD}{BODY}",
        f"@@ -6,6 +6,6 @@\n{BODY}",
        BODY,
        "-    return 3 * shape.side\n+    return shape.side ** 2\n",
        DIFF.replace("\n-", "\n -").replace("\n+ ", "\n + "),
        DIFF.replace("formula\n", "formula   \n"),
        DIFF.replace("    ", "      "),
        DIFF.replace("    ", "\t"),
    ],
)
def test_a_diff_is_read_in_whatever_form_it_comes(diff: str) -> None:
    reply = fenced(diff)
    assert EDIT_FORMAT.claims(reply)
    assert after(reply) == EXPECTED
    assert after(reply, region(EXPECTED)) == EXPECTED
    assert after(reply.replace("\n", "\r\n")) == EXPECTED
    assert after(reply, region(TEXT.replace("\n", "\r\n"))) == EXPECTED.replace("\n", "\r\n")


@pytest.mark.parametrize("diff", [DIFF, f"@@ -6,6 +6,6 @@\n{BODY}", f"{HEAD}@@ ... @@\n{UNSIGNED}"])
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "Here it is.\n\n{}",
        "Here it is.\n\n{}\nThis changes the following:\n\n- the side is squared\n- nothing else\n",
        "```\n{}```\n",
        "~~~patch\n{}~~~\n",
        '````diff title="shapes"\n{}````\n',
        "  ```diff\n{}  ```\n",
        "<think>hm</think>\n```diff\n{}```",
        "```sh\npatch -p1 < fix.diff\n```\n```diff\n{}```",
    ],
)
def test_a_diff_may_stand_in_a_fence_or_between_paragraphs(diff: str, frame: str) -> None:
    assert after(frame.format(diff)) == EXPECTED


def test_the_text_around_the_diff_and_other_blocks_are_kept_apart() -> None:
    reading = read("```sh\nmake\n```\n" + fenced(DIFF))
    assert reading.prose == "The side is squared.\n\n\nThat is all."
    assert reading.leftovers == ("make\n",)


def test_an_edit_that_is_made_already_says_so() -> None:
    reading = read(fenced(DIFF), region(EXPECTED))
    assert (reading.after, reading.match) == (EXPECTED, Match.ALREADY)


@pytest.mark.parametrize(
    "reply",
    [
        "Do this:\n\n- remove the factor\n- square the side\n+ test it\n",
        "# Title\n\n---\n\n+++\n\ntext\n",
        "```python\nx = -1\n- y\n```\n",
        "The `@@` sign, and\n@@x = 1\n",
    ],
)
def test_lists_and_rules_are_no_diffs(reply: str) -> None:
    assert not EDIT_FORMAT.claims(reply)
    assert refused(reply).refusal is Refusal.NO_EDIT


def test_several_fences_and_hunks_are_one_edit() -> None:
    other = "@@ -1,3 +1,3 @@\n def area_radius(shape):\n     # the usual formula\n-    return 3 * shape.radius\n+    return 4\n"
    expected = EXPECTED.replace("3 * shape.radius", "4")
    assert after(fenced(DIFF) + fenced(HEAD + other)) == expected
    assert after(fenced(DIFF + other)) == expected
    assert after(fenced(HEAD + other + f"@@ -6,6 +6,6 @@\n{BODY}")) == expected


def test_the_diff_of_a_diff_is_read_by_its_counts() -> None:
    before = "-- old name\n++ new name\n@@ -1 +1 @@\n-a\n+b\n"
    wanted = "++ other name\n@@ -1 +1 @@\n-a\n+c\n"
    diff = unified(before, wanted, "src/shapes.py")
    assert "\n--- old name\n" in diff
    assert after(fenced(diff), region(before)) == wanted


def test_fences_inside_of_a_changed_document_are_text() -> None:
    before = "# Title\n\n```python\nx = 1\n```\n\nold\n"
    wanted = "# Title\n\n```python\nx = 2\n```\n\n~~~\nnew\n~~~\n"
    diff = unified(before, wanted, "src/shapes.py")
    assert after(fenced(diff), region(before)) == wanted
    unsigned = diff.replace("\n #", "\n#").replace("\n ```", "\n```")
    assert after(fenced(unsigned), region(before)) == wanted


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("a\nb", "a\nc"),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", "a\nb"),
        ("a", "a\nb"),
        ("", "a"),
        ("a\n", ""),
    ],
)
def test_the_end_of_the_file_is_as_the_diff_says(before: str, wanted: str) -> None:
    assert after(fenced(unified(before, wanted, "src/shapes.py")), region(before)) == wanted


def test_the_missing_end_of_the_file_stays_where_the_diff_does_not_say() -> None:
    assert after(fenced("@@ -1,2 +1,2 @@\n a\n-b\n+c\n"), region("a\nb")) == "a\nc"


@pytest.mark.parametrize(
    ("side", "name"), [("b/src/shapes_fixed.py", "src/shapes_fixed.py"), ("b/other.py", "other.py")]
)
def test_a_name_that_is_left_out_of_account_is_recorded(side: str, name: str) -> None:
    reading = read(DIFF.replace("b/src/shapes.py", side))
    assert reading.after == EXPECTED
    assert ("another name in the diff", f"`{name}`") in [
        (one.what, one.where) for one in reading.repairs
    ]
    assert not any("another name" in one.what for one in read(DIFF).repairs)
    old = read(DIFF.replace("a/src/shapes.py", "old/src/shapes.py"))
    assert not any("another name" in one.what for one in old.repairs)
