"""Functions in a file, and diffs of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region
from understudy.edit_formats.unified_diff import EDIT_FORMAT
from understudy.reading import UnreadableError
from understudy.workspace.view import View

ROOT = Path("/shop")
TEXT = "".join(
    f"def area_{name}(shape):\n    # the usual formula\n    return 3 * shape.{name}\n\n\n"
    for name in ("radius", "side", "height")
)
EXPECTED = TEXT.replace("3 * shape.side", "shape.side ** 2")
HEAD = "--- a/src/shapes.py\n+++ b/src/shapes.py\n"
BODY = """\
 def area_side(shape):
     # the usual formula
-    return 3 * shape.side
+    return shape.side ** 2


 def area_height(shape):
"""
UNSIGNED = "\n".join(
    line.removeprefix(" ") if line.startswith(" ") else line for line in BODY.split("\n")
)
DIFF = f"{HEAD}@@ -6,6 +6,6 @@\n{BODY}"


def view(text: str = TEXT, path: str | None = "src/shapes.py") -> View:
    if path is None:
        return View("untitled:Untitled-1", text, Policy())
    return View(f"file:///shop/{path}", text, Policy(), path=ROOT / path, root=ROOT)


def region(
    text: str = TEXT, path: str | None = "src/shapes.py", *, may_create: bool = False
) -> Region:
    own = view(text, path)
    others = {"src/app.py": view("import shapes\n", "src/app.py")} if path else {}
    return Region(own, range(len(own.index)), others, may_create=may_create)


def fenced(diff: str) -> str:
    return f"The side is squared.\n\n```diff\n{diff}```\n\nThat is all.\n"


def read(reply: str, where: Region | None = None) -> Reading:
    return EDIT_FORMAT.read(reply, where or region())


def after(reply: str, where: Region | None = None) -> str:
    return read(reply, where).after


def refused(reply: str, where: Region | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        EDIT_FORMAT.read(reply, where or region())
    assert caught.value.teaching
    return caught.value
