"""Where a piece of a reply names its file: the less usual places, in all formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.reply_cases import seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.reading.lead_in import lead_of
from understudy.reading.targets import Documents
from understudy.workspace.view import View

ROOT = Path("/ws")
BEFORE = "def total(items):\n    return sum(items)\n\n\ndef count(items):\n    return len(items)\n"
AFTER = BEFORE.replace("sum(items)", "sum(items, 0)")
BLOCK = AFTER.partition("\n\n\n")[0]
SEARCH = (
    "<<<<<<< SEARCH\n    return sum(items)\n=======\n    return sum(items, 0)\n>>>>>>> REPLACE\n"
)
HUNK = "@@\n def total(items):\n-    return sum(items)\n+    return sum(items, 0)\n"
JSON = '{"version": 1, "edits": [{"kind": "replace", "old": "sum(items)", "new": "sum(items, 0)"}]}'


def _region(edit_format: str, name: str = "src/cart.py", language: str = "python") -> Region:
    path = ROOT / name
    view = View(path.as_uri(), BEFORE, Policy(), language=language, path=path, root=ROOT)
    return Region(view, range(2) if edit_format == "region" else range(len(view.index)))


def _check(reply: str, edit_format: str) -> None:
    region = _region(edit_format)
    assert seen(reply.replace("PATH", "other/cart.py"), region, edit_format).outcome == "other_file"
    assert seen(reply.replace("PATH", "src/cart.py"), region, edit_format).after == AFTER


@pytest.mark.parametrize("fence", ["JSON\n", "```json\nJSON\n```\n"])
@pytest.mark.parametrize(
    "above",
    [
        *("[PATH](PATH)", "[`PATH`](./PATH)", "- [PATH](PATH)", "{PATH}", "{{PATH}}", "[PATH]"),
        *(
            "(PATH)",
            "[1] PATH",
            "[PATH](PATH)\n\nThe return changes:",
        ),
    ],
)
def test_json_is_for_the_file_in_brackets_above_it(above: str, fence: str) -> None:
    _check(f"{above}\n\n{fence.replace('JSON', JSON)}", "json")


@pytest.mark.parametrize(
    "mark",
    [
        *("*** Update File: PATH", "*** update file: PATH", "*** UPDATE FILE: PATH"),
        *(
            "*** File: PATH",
            "*** Updated File: PATH",
            "*** Change File: PATH",
            "***Update File:PATH",
        ),
        *("*** Update File : PATH", "*** File: PATH ***"),
    ],
)
@pytest.mark.parametrize("begin", ["*** Begin Patch\n", ""])
def test_a_mark_of_a_patch_may_be_in_any_case_of_letters(mark: str, begin: str) -> None:
    _check(f"{begin}{mark}\n{HUNK}*** End Patch\n", "apply_patch")


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "*** Update: PATH",
            "*** Update file PATH",
            "*** PATH",
            "*** `PATH`",
            "** Update File: PATH",
        ),
        *("### Update File: PATH", "# PATH", "**PATH**"),
    ],
)
def test_a_line_within_a_patch_that_is_a_path_names_its_file(mark: str) -> None:
    _check(f"*** Begin Patch\n{mark}\n{HUNK}*** End Patch\n", "apply_patch")


def test_each_file_of_a_patch_may_have_another_mark() -> None:
    second = HUNK.replace("total", "count").replace("sum(", "len(")
    for mark in ("*** update file: other/cart.py", "*** File: other/cart.py", "*** other/cart.py"):
        reply = (
            f"*** Begin Patch\n*** Update File: src/cart.py\n{HUNK}{mark}\n{second}*** End Patch\n"
        )
        assert seen(reply, _region("apply_patch"), "apply_patch").outcome == "other_file", mark


def test_a_bold_path_above_a_block_begins_no_patch() -> None:
    reply = f"***src/cart.py***\n\n```python\n{AFTER}```\n"
    assert seen(reply, _region("whole_file")).after == AFTER


@pytest.mark.parametrize(
    "mark",
    [
        *("SEARCH PATH", "SEARCH: PATH", "SEARCH:PATH", "SEARCH (PATH)", "SEARCH [PATH]"),
        *("SEARCH `PATH`", 'SEARCH path="PATH"', "SEARCH file=PATH", "SEARCH | PATH"),
        *("SEARCH: PATH line 2", "SEARCH PATH:2"),
    ],
)
def test_a_search_mark_names_its_file(mark: str) -> None:
    _check(SEARCH.replace("SEARCH", mark, 1), "search_replace")


COMMENTS = [
    *(
        "# PATH",
        "# Changes in PATH",
        "# Changes to PATH:",
        "# Fix for PATH",
        "# New version of PATH",
    ),
    *("# This goes in PATH", "# Add this to PATH", "# Location: PATH", "# from PATH", "# [PATH]"),
    *("# ---- PATH ----", "# ===== PATH =====", "#### PATH ####", "# --- PATH: total ---"),
    *("# ... in PATH ...", "# @file PATH", "#: PATH", "# PATH: the total"),
    *("# =====\n# PATH\n# =====", "#-----\n# PATH\n#-----", "######\n# PATH\n######"),
    *("#\n# PATH\n#", '"""PATH"""', "#!/usr/bin/env python\n# =====\n# PATH\n# ====="),
]


@pytest.mark.parametrize("comment", COMMENTS)
@pytest.mark.parametrize("edit_format", ["whole_file", "region"])
def test_a_comment_that_a_block_begins_with_names_its_file(comment: str, edit_format: str) -> None:
    code = AFTER if edit_format == "whole_file" else f"{BLOCK}\n"
    block = f"```python\n{comment}\n{code}```\n"
    found = seen(block.replace("PATH", "other/cart.py"), _region(edit_format), edit_format)
    assert found.outcome == "other_file"
    if "!" not in comment and ": t" not in comment:
        found = seen(block.replace("PATH", "src/cart.py"), _region(edit_format), edit_format)
        assert found.after == AFTER


@pytest.mark.parametrize(
    "comment",
    [
        *("// PATH", "// ===\n// PATH\n// ===", "/* PATH */", "/* ==== PATH ==== */"),
        *(
            "// Changes in PATH",
            "/*****\n * PATH\n *****/",
            "/**\n * @file PATH\n */",
            "// ... PATH ...",
        ),
    ],
)
def test_a_comment_of_another_language_names_its_file(comment: str) -> None:
    old = "export function total(items) {\n  return sum(items);\n}\n"
    path = ROOT / "src/cart.ts"
    view = View(path.as_uri(), old, Policy(), language="typescript", path=path, root=ROOT)
    region = Region(view, range(len(view.index)))
    block = f"```ts\n{comment}\n{old.replace('items)', 'items, 0)')}```\n"
    found = seen(block.replace("PATH", "other/cart.ts"), region, "whole_file")
    assert found.outcome == "other_file"
    assert seen(block.replace("PATH", "src/cart.ts"), region, "whole_file").outcome == "edit"


@pytest.mark.parametrize(
    "comment",
    [
        *("# Keep in sync with other/cart.py.", "# See other/cart.py", "# Used by other/cart.py"),
        *("# The names come from other/cart.py and must stay.", "# Sums like other/cart.py"),
        *("# Changes of prices are read by other/cart.py", "# ====="),
    ],
)
def test_a_comment_that_only_speaks_of_a_file_stays(comment: str) -> None:
    block = f"```python\n{comment}\n{AFTER}```\n"
    assert seen(block, _region("whole_file"), "whole_file").after == f"{comment}\n{AFTER}"


class _Counted(list[str]):
    """Lines that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        self.looks += 1
        return super().__getitem__(at)


@pytest.mark.parametrize("line", ["- pkg/m/cart.py", "### pkg/m/", "In a word, `self.x` (b/c.d)."])
def test_lines_far_above_a_piece_are_not_looked_at(line: str) -> None:
    documents = Documents(_region("whole_file").view)
    looks = []
    for count in (2_000, 20_000):
        lines = _Counted(["other/cart.py", *[line] * count])
        lead_of(lines, documents)
        looks.append(lines.looks)
    assert 0 < looks[0] == looks[1]


def test_the_names_of_documents_are_put_together_once() -> None:
    documents = Documents(_region("whole_file").view)
    assert documents.paths is documents.paths


@pytest.mark.parametrize(
    "marks",
    [
        *("SEARCH <PATH>", "SEARCH: <PATH>", "SEARCH `PATH`"),
        *(">>>>>>> REPLACE PATH", ">>>>>>> REPLACE: `PATH`", ">>>>>>> REPLACE <PATH>"),
        *(">>>>>>> UPDATED PATH", ">>>>>>> REPLACE> PATH", ">>>>>>> REPLACE (PATH)"),
    ],
)
def test_a_path_may_stand_behind_either_mark_of_a_search_block(marks: str) -> None:
    if marks.startswith(">"):
        _check(SEARCH.replace(">>>>>>> REPLACE", marks), "search_replace")
    else:
        _check(SEARCH.replace("SEARCH", marks), "search_replace")


def test_a_path_may_stand_behind_marks_of_dashes_and_of_plus_signs() -> None:
    marked = SEARCH.replace("<<<<<<< SEARCH", "------- SEARCH PATH")
    _check(marked.replace(">>>>>>> REPLACE", "+++++++ REPLACE PATH"), "search_replace")


def test_an_end_mark_with_other_words_behind_it_is_still_none() -> None:
    region = _region("search_replace")
    for words in ("it all", "the line in src/cart.py", "x"):
        reply = SEARCH.replace(">>>>>>> REPLACE", f">>>>>>> REPLACE {words}")
        assert seen(reply, region, "search_replace").outcome == "truncated", words


@pytest.mark.parametrize(
    "mark", ["*** Update: PATH", "*** Update PATH", "*** PATH", "***PATH***", "*** Edit `PATH`"]
)
@pytest.mark.parametrize("form", ["PATCH*** End Patch\n", "```diff\nPATCH```\n"])
def test_a_mark_without_its_words_begins_a_patch_where_a_hunk_follows(mark: str, form: str) -> None:
    reply = form.replace("PATCH", f"{mark}\n{HUNK}", 1)
    _check(f"The fix:\n\n{reply}", "apply_patch")


@pytest.mark.parametrize("edit_format", ["whole_file", "region", "search_replace"])
@pytest.mark.parametrize("comment", ["# Adds zero.\n# PATH", "# Adds zero.\n#\n# File: PATH"])
def test_the_second_line_of_a_comment_above_a_block_may_name_its_file(
    comment: str, edit_format: str
) -> None:
    code = {"whole_file": AFTER, "region": f"{BLOCK}\n", "search_replace": SEARCH}[edit_format]
    region = _region(edit_format)

    def outcome(path: str) -> str | None:
        reply = f"```python\n{comment.replace('PATH', path)}\n{code}```\n"
        return seen(reply, region, edit_format).outcome

    assert outcome("other/cart.py") == "other_file"
    assert outcome("src/cart.py") != "other_file"


@pytest.mark.parametrize(
    "comment", ["# The same is in\n# other/cart.py", "# Adds zero.\n# See other/cart.py for more."]
)
def test_a_comment_that_goes_on_with_a_path_names_no_file(comment: str) -> None:
    reply = f"```python\n{comment}\n{AFTER}```\n"
    assert seen(reply, _region("whole_file"), "whole_file").outcome != "other_file"


@pytest.mark.parametrize("line", ["", ":1", ":1-2", "#L2"])
@pytest.mark.parametrize(
    ("edit_format", "reply"),
    [
        ("json", JSON.replace('"kind"', '"path": "PATH", "kind"')),
        ("unified_diff", f"--- a/PATH\n+++ b/PATH\n{HUNK}"),
        ("apply_patch", f"*** Begin Patch\n*** Update File: PATH\n{HUNK}*** End Patch\n"),
        ("search_replace", f"PATH\n{SEARCH}"),
    ],
)
def test_the_number_of_a_line_behind_a_path_is_no_part_of_it(
    edit_format: str, reply: str, line: str
) -> None:
    for path in ("src/cart.py", "cart.py"):
        told = reply.replace("PATH", path + line)
        assert seen(told, _region(edit_format), edit_format).after == AFTER
    told = reply.replace("PATH", f"other/cart.py{line}")
    outcome = seen(told, _region(edit_format), edit_format).outcome
    assert outcome in {"other_file", "unsafe_path"}
