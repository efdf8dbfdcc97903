"""Paths in replies: which are the document's, however they are written, and which are another file's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reply_cases import seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.reading import UnreadableError
from understudy.reading.targets import OWN, Documents
from understudy.workspace.view import OpenDocument, View

ROOT = Path("/ws")
BEFORE = "def total(items):\n    return sum(items)\n\n\ndef count(items):\n    return len(items)\n"
AFTER = BEFORE.replace("sum(items)", "sum(items, 0)")
BLOCK = AFTER.partition("\n\n\n")[0]
HUNK = "@@ -1,2 +1,2 @@\n def total(items):\n-    return sum(items)\n+    return sum(items, 0)\n"
SEARCH = (
    "<<<<<<< SEARCH\n    return sum(items)\n=======\n    return sum(items, 0)\n>>>>>>> REPLACE\n"
)
EDIT = {"kind": "replace", "old": "    return sum(items)", "new": "    return sum(items, 0)"}

PLACES = {
    "heading": ("whole_file", f"### `PATH`\n\n```python\n{AFTER}```\n"),
    "sentence": ("whole_file", f"Here is the updated `PATH`:\n\n```python\n{AFTER}```\n"),
    "info string": ("whole_file", f"```python PATH\n{AFTER}```\n"),
    "attribute": ("whole_file", f'```python title="PATH"\n{AFTER}```\n'),
    "comment": ("whole_file", f"```python\n# PATH\n{AFTER}```\n"),
    "region, heading": ("region", f"**PATH**\n\n```python\n{BLOCK}\n```\n"),
    "region, info string": ("region", f"```python PATH\n{BLOCK}\n```\n"),
    "region, comment": ("region", f"```python\n# PATH\n{BLOCK}\n```\n"),
    "above a block": ("search_replace", f"PATH\n{SEARCH}"),
    "behind its mark": ("search_replace", SEARCH.replace("SEARCH", "SEARCH PATH")),
    "in its fence": ("search_replace", f"```python PATH\n{SEARCH}```\n"),
    "diff": ("unified_diff", f"--- a/PATH\n+++ b/PATH\n{HUNK}"),
    "diff without sides": ("unified_diff", f"--- PATH\n+++ PATH\n{HUNK}"),
    "diff of git": ("unified_diff", f"diff --git a/PATH b/PATH\n{HUNK}"),
    "above a diff": ("unified_diff", f"`PATH`:\n\n```diff\n{HUNK}```\n"),
    "patch": (
        "apply_patch",
        f"*** Begin Patch\n*** Update File: PATH\n{HUNK}*** End Patch\n",
    ),
    "patch with sides": (
        "apply_patch",
        f"*** Begin Patch\n--- a/PATH\n+++ b/PATH\n{HUNK}*** End Patch\n",
    ),
    "above a patch": ("apply_patch", f"**PATH**\n\n*** Begin Patch\n{HUNK}*** End Patch\n"),
    "JSON": (
        "json",
        json.dumps(
            {"version": 1, "summary": "", "edits": [{"path": "PATH", **EDIT}], "done": True}
        ),
    ),
}


def _view(name: str, **more: object) -> View:
    path = ROOT / name
    view = View(path.as_uri(), BEFORE, Policy(), path=path, root=ROOT)
    return view if not more else View(**{**vars(view), **more})


def _found(path: str, view: View, **others: View) -> str | None:
    try:
        return Documents(view, others).find(path)
    except UnreadableError as error:
        return error.refusal.value


@pytest.mark.parametrize(
    "path",
    [
        *("cart.py", "a/cart.py", "pkg/a/cart.py", "ws/pkg/a/cart.py", "/ws/pkg/a/cart.py"),
        *("./pkg/a/cart.py", "pkg//a/./cart.py", "pkg\\a\\cart.py", "PKG/A/cart.py"),
        *("a/pkg/a/cart.py", "b/pkg/a/cart.py", "/pkg/a/cart.py", "file:///ws/pkg/a/cart.py"),
        *("/workspace/pkg/a/cart.py", "project/pkg/a/cart.py", "path/to/cart.py"),
    ],
)
def test_a_path_without_its_first_folders_or_below_a_made_up_one_is_the_document(path: str) -> None:
    assert _found(path, _view("pkg/a/cart.py")) == OWN


@pytest.mark.parametrize(
    "path",
    [
        *(
            "b/cart.py",
            "pkg/b/cart.py",
            "./pkg/b/cart.py",
            "pkg\\b\\cart.py",
            "other/pkg/a/cart.py",
        ),
        *("pkg/a/b/cart.py", "b/a/cart.py", "pkg/cart.py", "pkg/a/Cart.py", "project/a/cart.py"),
    ],
)
def test_a_path_with_a_folder_that_is_not_the_documents_is_another_file(path: str) -> None:
    assert _found(path, _view("pkg/a/cart.py")) is None


@pytest.mark.parametrize(
    "path", ["/ws/pkg/b/cart.py", "/other/cart.py", "C:\\ws\\pkg\\a\\cart.py", "../a/cart.py"]
)
def test_a_whole_path_that_is_not_the_documents_is_refused(path: str) -> None:
    assert _found(path, _view("pkg/a/cart.py")) == "unsafe_path"


def test_a_folder_above_a_file_at_the_top_is_another_one_unless_it_is_the_workspace() -> None:
    assert [_found(one, _view("cart.py")) for one in ("src/cart.py", "b/cart.py")] == [None, None]
    assert _found("ws/cart.py", _view("cart.py")) == OWN


def test_a_path_is_that_of_the_document_which_has_exactly_this_one() -> None:
    others = {"a/cart.py": _view("a/cart.py"), "lib/api.py": _view("lib/api.py")}
    own = _view("pkg/a/cart.py")
    assert _found("a/cart.py", own, **others) == "a/cart.py"
    assert _found("lib/api.py", own, **others) == "lib/api.py"
    assert _found("cart.py", own, **others) == "ambiguous"


def test_a_path_of_another_open_file_is_not_the_document_that_ends_in_it() -> None:
    path = ROOT / "a/cart.py"
    is_open = _view("pkg/a/cart.py", beside=(OpenDocument(path.as_uri(), path, "python", 1, ""),))
    assert _found("a/cart.py", is_open) is None
    assert _found("a/cart.py", _view("pkg/a/cart.py", recent=(path,))) is None
    assert _found("cart.py", is_open) == OWN


def test_a_path_into_another_workspace_folder_is_not_below_a_made_up_one() -> None:
    roots = (ROOT, Path("/workspace"))
    assert _found("/workspace/a/cart.py", _view("a/cart.py", roots=roots)) == "unsafe_path"


@pytest.mark.parametrize("place", PLACES)
def test_a_namesake_in_another_folder_is_refused_wherever_its_path_stands(place: str) -> None:
    edit_format, reply = PLACES[place]
    view = _view("pkg/a/cart.py")
    region = Region(view, range(2) if edit_format == "region" else range(len(view.index)))
    for path in ("cart.py", "a/cart.py", "pkg/a/cart.py"):
        assert seen(reply.replace("PATH", path), region, edit_format).after == AFTER, path
    for path in ("b/cart.py", "pkg/b/cart.py", "pkg\\b\\cart.py", "other/cart.py"):
        written = json.dumps(path)[1:-1] if edit_format == "json" else path
        found = seen(reply.replace("PATH", written), region, edit_format)
        assert found.outcome == "other_file", path


def test_two_folders_that_a_diff_compares_are_no_part_of_its_paths() -> None:
    region = Region(_view("src/cart.py"), range(7))
    for old, new in [("old/", "new/"), ("a/", "b/"), ("original/src/", "modified/src/")]:
        diff = f"--- {old}cart.py\n+++ {new}cart.py\n{HUNK}"
        assert seen(diff, region, "unified_diff").after == AFTER, old
    assert seen(f"--- a/cart.py\n+++ a/cart.py\n{HUNK}", region, "unified_diff").after is None
